"""Another process that adds articles, to be killed or to run beside."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial

from stub_analysis import Stub

from beleg.intake import article_from_text
from beleg.ledger.adding import Result, add_all, reanalyse
from beleg.ledger.sources import SourceOptions, readers_of
from beleg.ledger.store import Ledger, open_ledger
from beleg.text.article import Article

FEED_OPTIONS = SourceOptions(allow_private=True, pause=0)


def text_of(number: int) -> str:
    """An article with one person and one quotation."""
    return f"„Wir sind bei {number} von vielen“, sagte Erna Müller. Das ist Meldung {number}."


def texts(count: int) -> list[Callable[[], Article]]:
    """Readers of so many articles."""
    return [
        partial(article_from_text, text_of(number), source=f"{number}.txt")
        for number in range(count)
    ]


def results(ledger: Ledger, what: str, value: str) -> Iterator[Result]:
    """What the task gives: "texts" COUNT, "feed" ADDRESS or "reanalyse" MODEL."""
    if what == "texts":
        Stub().put_in()
        return add_all(ledger, texts(int(value)), who="process")
    if what == "feed":
        Stub().put_in()
        return add_all(ledger, readers_of(value, options=FEED_OPTIONS), who="process")
    Stub(value, seconds=0.01).put_in()
    return reanalyse(ledger, who="process")


if __name__ == "__main__":
    place, what, value = sys.argv[1:]
    for result in results(open_ledger(place), what, value):
        sys.stdout.write(f"{result.outcome} {result.article} {result.failure}\n")
        sys.stdout.flush()
