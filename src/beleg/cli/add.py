"""`beleg add` and `beleg reanalyse`: articles into the ledger."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

import click

from beleg.cli.listing import words_of
from beleg.cli.opened import opened
from beleg.cli.options import LEDGER, MAX_SIZE, MODE, PUBLISHED, UI, WHO
from beleg.cli.talking import Progress, complain, put, talk
from beleg.modes import Mode

if TYPE_CHECKING:
    from beleg.ledger.adding import Result


@click.command()
@click.argument("places", metavar="PATH|FOLDER|ADDRESS...", nargs=-1, required=True)
@PUBLISHED
@MODE
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    metavar="N",
    help="Of a feed, only the first N entries.",
)
@click.option(
    "--allow-private",
    is_flag=True,
    help="Ask addresses of private networks and of this machine too.",
)
@MAX_SIZE
@WHO
@UI
@LEDGER
def add(
    places: tuple[str, ...],
    published: date | None,
    mode: Mode,
    limit: int,
    allow_private: bool,
    max_bytes: int,
    who: str,
    ui: str,
    ledger: str | None,
) -> None:
    """Read articles and enter them into the ledger.

    Files, folders (with all below them), web addresses and feeds (RSS, Atom, JSON Feed);
    "-" is standard input. Only what is named is fetched: the page, or the feed and the
    pages of its entries. A text that the ledger has is not read again; where it was seen
    is noted. Each article is entered whole or not at all: after a break, the same command
    goes on. Says for each input what became of it, and its number.

    \b
    Examples:
      beleg add article.txt --published 7.3.2024
      beleg add texts/ --ledger texts.db
      beleg add https://zeitung.example/feed.xml --limit 20
    """
    if places.count("-") > 1:
        raise click.UsageError("standard input ('-') can be read only once.")
    from beleg.ledger.adding import add_all
    from beleg.ledger.sources import SourceOptions, readers_of

    options = SourceOptions(
        published=published,
        allow_private=allow_private,
        max_articles=limit,
        max_bytes=max_bytes,
    )
    readers = chain.from_iterable(
        readers_of(place, options=options, stdin=sys.stdin.buffer) for place in places
    )
    with opened(ledger) as book:
        _tell(add_all(book, readers, who=who, mode=mode), ui=ui)


@click.command()
@WHO
@UI
@LEDGER
def reanalyse(who: str, ui: str, ledger: str | None) -> None:
    """Read all articles anew that an earlier version or model read.

    What people corrected is kept and applied to the new analyses. After a break, the same
    command goes on.
    """
    from beleg.ledger import adding

    with opened(ledger) as book:
        _tell(adding.reanalyse(book, who=who), ui=ui)


def _tell(results: Iterable[Result], *, ui: str) -> None:
    """A line for each result as it comes, and the sums; ends the command where one failed."""
    from beleg.report.safe import one_line

    words = words_of(ui)
    sums: Counter[str] = Counter()
    # On a terminal the lines themselves show that it goes on.
    progress = Progress(None, shown=not sys.stdout.isatty())
    try:
        for result in results:
            sums[result.outcome] += 1
            if result.failure is not None:
                progress.clear()
                complain(result.source, result.failure, ui=ui)
            number = "–" if result.article is None else str(result.article)
            outcome = words.say(f"value.{result.outcome}")
            put(f"{outcome:<14}  {number:>6}  {one_line(result.source)}\n")
            progress.advance()
    finally:  # what is done stays done, whatever ends the work
        progress.clear()
        if sums:
            told = words_of("en")
            talk(", ".join(f"{n} {told.say(f'value.{name}')}" for name, n in sums.items()))
    if not sums:
        talk("nothing to do")
    if sums["failed"]:
        sys.exit(1)
