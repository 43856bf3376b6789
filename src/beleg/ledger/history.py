"""Who changed what, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from beleg.ledger import schema


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One step; subject: the kind of row it was done to, before and after: what it says, as JSON."""

    id: int
    at: datetime
    who: str
    why: str
    action: str
    subject: str
    subject_id: int
    article: int | None
    before: Any
    after: Any


def list_history(
    db: Connection, *, article: int | None = None, limit: int = 50, before: int | None = None
) -> tuple[HistoryEntry, ...]:
    """The last steps first, of one article or all; `before`: only those before that number."""
    h = schema.history.c
    query = select(
        *(h[name] for name in ("id", "at", "who", "why", "action", "subject", "subject_id")),
        h.article_id.label("article"),
        h.before,
        h.after,
    )
    if article is not None:
        query = query.where(h.article_id == article)
    if before is not None:
        query = query.where(h.id < before)
    rows = db.execute(query.order_by(h.id.desc()).limit(limit))
    return tuple(HistoryEntry(**row._mapping) for row in rows)
