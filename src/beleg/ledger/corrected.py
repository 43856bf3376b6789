"""The articles on which people said something, as training data wants them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from beleg.ledger import schema
from beleg.ledger.corrections import effective
from beleg.records import Analysis


def corrected(db: Connection) -> Iterator[tuple[int, Analysis]]:
    """Number and corrected analysis of each article with a correction that stands, in order."""
    for number in corrected_articles(db):
        yield number, effective(db, number).analysis


def corrected_articles(db: Connection) -> tuple[int, ...]:
    """The articles with a correction that stands, confirmations included, in order."""
    c = schema.corrections.c
    query = select(c.article_id).where(c.revoked_at.is_(None)).distinct().order_by(c.article_id)
    return tuple(db.scalars(query))
