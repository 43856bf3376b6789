"""What was done to an article, by whom and when, the latest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from beleg.ledger import schema
from beleg.ledger.correcting import Layer
from beleg.records import Analysis
from beleg.report.safe import shorten
from beleg.web.reading.records import words_of_record

_LONGEST = 120
_MOST = 200
# What a step that is no correction tells of, the first that it has.
_NAMES = ("state", "source", "name", "question", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A step. layer: of the record where it is about one; what: what tells it apart, if anything."""

    id: int
    at: datetime
    who: str
    why: str
    action: str
    subject: str
    layer: str | None
    what: str


def history_of(
    db: Connection, article_id: int, analysis: Analysis, *, after: int = 0
) -> tuple[Entry, ...]:
    """The last steps, those beyond the number `after`."""
    h = schema.history.c
    rows = db.execute(
        select(h.id, h.at, h.who, h.why, h.action, h.subject, h.before, h.after)
        .where(h.article_id == article_id, h.id > after)
        # A correction is noted twice, as itself and as a change of the article.
        .where(~((h.subject == "article") & h.action.in_(("correct", "revoke"))))
        .order_by(h.id.desc())
        .limit(_MOST)
    )
    return tuple(_entry(row, analysis) for row in rows)


def last_of(db: Connection, article_id: int) -> int:
    """The number of the article's last step, so that later ones can be told: at least that of the
    first in `history_of`."""
    h = schema.history.c
    return db.scalar(select(func.max(h.id)).where(h.article_id == article_id)) or 0


def words_of_correction(analysis: Analysis, layer: Layer, before: Any, after: Any) -> str:
    """The records that a correction is about, in words of the article."""
    if isinstance(before, list):
        return shorten(" + ".join(str(one["name"]) for one in before), _LONGEST)
    if layer == "document":
        values = (str(value) for value in (after or before).values() if value)
        return shorten(" · ".join(values), _LONGEST)
    return words_of_record(analysis, layer, {**(before or {}), **(after or {})})


def _entry(row: Any, analysis: Analysis) -> Entry:
    told: Mapping[str, Any] = row.after or row.before or {}
    correction = row.subject == "correction"
    if correction:
        what = words_of_correction(analysis, told["layer"], told["before"], told["after"])
    else:
        named = (told.get(name) for name in _NAMES)
        what = shorten(next((str(name) for name in named if name), ""), _LONGEST)
    return Entry(
        id=row.id,
        at=row.at,
        who=row.who,
        why=row.why,
        action=str(told["action"]) if correction and row.action == "correct" else row.action,
        subject=row.subject,
        layer=told["layer"] if correction else None,
        what=what,
    )
