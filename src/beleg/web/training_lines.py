"""What people corrected, as training data that is made while it is sent."""

from __future__ import annotations

from collections.abc import Iterator

from beleg.ledger.corrected import corrected_articles
from beleg.ledger.corrections import effective
from beleg.ledger.store import Ledger
from beleg.report.training_data import to_training_data


def training_lines(ledger: Ledger) -> Iterator[str]:
    """A line of JSON for each article with a correction that stands, in order.

    A connection for each, given back before the line is sent: whoever reads slowly holds none.
    """
    with ledger.read() as db:
        ids = corrected_articles(db)
    for id_ in ids:
        with ledger.read() as db:
            analysis = effective(db, id_).analysis
        yield to_training_data(analysis) + "\n"
