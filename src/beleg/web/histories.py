"""What was changed, when, by whom and why: the ledger's history as pages show it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from starlette.requests import Request

from beleg.ledger import schema
from beleg.web.words import language, words_of

_LONGEST = 4_000  # characters of what a row held before or after


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change. subject, subject_id: the row; before, after: what it held, as plain JSON."""

    id: int
    at: datetime
    who: str
    why: str
    action: str
    subject: str
    subject_id: int
    article_id: int | None
    before: Any
    after: Any


def history(
    db: Connection,
    *,
    subject: str | None = None,
    id_: int | None = None,
    article: int | None = None,
    who: str | None = None,
    limit: int = 50,
    before: int | None = None,
) -> tuple[Entry, ...]:
    """Changes, the last first; `before`: only those before the one of that number."""
    h = schema.history.c
    query = select(schema.history)
    for column, value in (
        (h.subject, subject),
        (h.subject_id, id_),
        (h.article_id, article),
        (h.who, who),
    ):
        if value is not None:
            query = query.where(column == value)
    if before is not None:
        query = query.where(h.id < before)
    rows = db.execute(query.order_by(h.id.desc()).limit(limit))
    return tuple(Entry(**row._mapping) for row in rows)


def history_words(request: Request) -> dict[str, Any]:
    """What templates need to show changes: `act` for the words of an action, `told` for JSON."""
    words = words_of(language(request))

    def act(action: str) -> str:
        key = f"act.{action.replace(' ', '_')}"
        return words.say(key) if words.has(key) else action

    return {"act": act, "told": _told}


def _told(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
