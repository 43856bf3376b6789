"""`beleg find` and `beleg history`: what the ledger has, and who did what."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from beleg.cli.listing import columns_of, put_rows, rows_of
from beleg.cli.opened import opened
from beleg.cli.options import LEDGER, LIMIT, SINCE, UI, UNTIL, lines_as
from beleg.cli.people import list_people, number_of
from beleg.cli.talking import talk_of_more

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from beleg.ledger.articles import ArticleFilter
    from beleg.ledger.quotations import QuotationFilter


@click.command()
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@click.option("--quotes", "what", flag_value="quotes", help="Quotations with these words.")
@click.option("--people", "what", flag_value="people", help="People with these words in the name.")
@click.option("--person", metavar="ID|NAME", help="Only articles with, or words of, this person.")
@click.option("--outlet", metavar="NAME", help="Only of this outlet.")
@SINCE
@UNTIL
@LIMIT
@lines_as()
@UI
@LEDGER
def find(
    words: tuple[str, ...],
    what: str | None,
    person: str | None,
    outlet: str | None,
    since: date | None,
    until: date | None,
    limit: int,
    kind: str,
    ui: str,
    ledger: str | None,
) -> None:
    """Find articles, quotations or people by words, the last added first.

    Words are found in every form of theirs; all have to occur. "Words in quotation marks"
    stand one after the other, word* is a beginning, and after "--" -word must not occur.
    Without words: everything, as far as the options allow. Days are those of publication.

    \b
    Examples:
      beleg find brücke sanierung --since 2024-01-01
      beleg find --quotes --person "Maria Muster"
      beleg find --format csv --limit 1000 > articles.csv
      beleg find -- brücke -schule
    """
    query = " ".join(words) or None
    with opened(ledger) as book, book.read() as db:
        if what == "people":
            if person or outlet or since or until:
                raise click.UsageError("--people takes words only.")
            list_people(db, query, limit=limit, kind=kind, ui=ui)
            return
        number = None if person is None else number_of(db, person)
        chosen = {
            "query": query,
            "person": number,
            "outlet": outlet,
            "since": since,
            "until": until,
        }
        if what == "quotes":
            from beleg.ledger.quotations import QuotationFilter

            _list_quotations(db, QuotationFilter(**chosen), limit, kind, ui)  # type: ignore[arg-type]
        else:
            from beleg.ledger.articles import ArticleFilter

            _list_articles(db, ArticleFilter(**chosen), limit, kind, ui)  # type: ignore[arg-type]


@click.command()
@click.argument("article", type=int, required=False)
@LIMIT
@lines_as()
@UI
@LEDGER
def history(article: int | None, limit: int, kind: str, ui: str, ledger: str | None) -> None:
    """List who changed what and why, the latest first: of one ARTICLE, or everything."""
    from beleg.ledger.history import HistoryEntry, HistoryFilter, list_history

    with opened(ledger) as book, book.read() as db:
        found = list_history(db, HistoryFilter(article=article), accounts=True, limit=limit + 1)
    shown = ("at", "who", "article", "subject", "action", "why")
    put_rows(rows_of(found[:limit]), columns_of(HistoryEntry), shown=shown, kind=kind, ui=ui)
    talk_of_more(len(found) > limit, limit)


def _list_articles(db: Connection, chosen: ArticleFilter, limit: int, kind: str, ui: str) -> None:
    from beleg.ledger.articles import ArticleEntry, list_articles

    found = list_articles(db, chosen, limit=limit + 1)
    rows = [
        # A text without a title is known by how it begins.
        {**row, "title": row["title"] or row["beginning"]} if kind == "text" else row
        for row in rows_of(found[:limit])
    ]
    shown = ("id", "day", "state", "outlet", "title")
    put_rows(rows, columns_of(ArticleEntry), shown=shown, kind=kind, ui=ui)
    talk_of_more(len(found) > limit, limit)


def _list_quotations(
    db: Connection, chosen: QuotationFilter, limit: int, kind: str, ui: str
) -> None:
    from beleg.ledger.quotations import QuotationEntry, list_quotations

    found = list_quotations(db, chosen, limit=limit + 1)
    shown = ("article", "day", "speaker", "outlet", "text")
    put_rows(rows_of(found[:limit]), columns_of(QuotationEntry), shown=shown, kind=kind, ui=ui)
    talk_of_more(len(found) > limit, limit)
