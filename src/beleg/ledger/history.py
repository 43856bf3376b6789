"""What was done to the ledger, by whom and when; see `Change.note`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from beleg.ledger import schema


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One change: what (`action`) was done to which row (`subject`, `subject_id`), and why.

    article: the one it belongs to, if to one. before, after: plain JSON, as the action has it.
    """

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


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFilter:
    """Which changes are meant; what is None does not matter. subject: as "article" or "check"."""

    subject: str | None = None
    subject_id: int | None = None
    article: int | None = None


def list_history(
    db: Connection,
    chosen: HistoryFilter | None = None,
    *,
    accounts: bool,
    limit: int = 50,
    before: int | None = None,
) -> tuple[HistoryEntry, ...]:
    """Changes, the last one first; `before`: only those before the one of that number.

    accounts: whether those of the web application's accounts are among them.
    """
    chosen = chosen or HistoryFilter()
    h = schema.history.c
    query = select(
        h.id,
        h.at,
        h.who,
        h.why,
        h.action,
        h.subject,
        h.subject_id,
        h.article_id.label("article"),
        h.before,
        h.after,
    )
    for column, value in (
        (h.subject, chosen.subject),
        (h.subject_id, chosen.subject_id),
        (h.article_id, chosen.article),
    ):
        if value is not None:
            query = query.where(column == value)
    if not accounts:
        query = query.where(h.subject != "account")
    if before is not None:
        query = query.where(h.id < before)
    rows = db.execute(query.order_by(h.id.desc()).limit(limit))
    return tuple(HistoryEntry(**row._mapping) for row in rows)
