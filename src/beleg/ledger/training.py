"""Which articles people have corrected, to learn from."""

from __future__ import annotations

from sqlalchemy import Connection, select

from beleg.ledger import schema


def corrected_articles(db: Connection) -> tuple[int, ...]:
    """The articles with a correction that was not taken back, confirmations included, in order."""
    c = schema.corrections.c
    query = select(c.article_id).where(c.revoked_at.is_(None)).distinct().order_by(c.article_id)
    return tuple(db.scalars(query))
