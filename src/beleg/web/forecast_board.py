"""What the board of forecasts shows besides the lists of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from beleg.ledger import schema
from beleg.ledger.forecasts import ForecastEntry, ForecastFilter, list_forecasts
from beleg.ledger.forecasts.listing import entries, filtered

Tab = Literal["due", "open", "resolved", "disputed", "all"]
TABS: tuple[Tab, ...] = ("due", "open", "resolved", "disputed", "all")
COUNTED = 1_000  # more than this are not counted
_RESOLVED = ("yes", "no", "void")
_FIELDS = tuple(field.name for field in fields(ForecastEntry))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A forecast on the board. own: the last probability that users gave its present wording."""

    entry: ForecastEntry
    own: float | None


def cards(
    db: Connection,
    tab: Tab,
    chosen: ForecastFilter,
    *,
    today: date,
    limit: int,
    before: int | None,
) -> tuple[Card, ...]:
    """A page of the board; before: number of the last forecast of the page before.

    "resolved" are those that came out yes, no or void, "disputed" those in doubt, both the last
    entered first; the other tabs are the ledger's. Raises LedgerMissing if `before` is unknown.
    """
    if tab in ("resolved", "disputed"):
        found = _in_state(db, tab, chosen, limit, before)
    else:
        which: Any = tab
        found = list_forecasts(db, which, chosen, today=today, limit=limit, before=before)
    own = _own(db, found)
    return tuple(Card(entry=entry, own=own.get((entry.id, entry.version))) for entry in found)


def tallies(db: Connection, chosen: ForecastFilter, *, today: date) -> dict[Tab, int]:
    """How many each tab has; 1,001 stands for more than a thousand, which is not counted out."""
    f = schema.forecasts.c
    conditions: dict[Tab, Any] = {
        "due": (f.state == "open") & (f.latest <= today),
        "open": (f.state == "open") & ((f.latest > today) | f.latest.is_(None)),
        "resolved": f.state.in_(_RESOLVED),
        "disputed": f.state == "disputed",
    }
    return {tab: _count(db, condition, chosen) for tab, condition in conditions.items()}


def _count(db: Connection, condition: Any, chosen: ForecastFilter) -> int:
    query = filtered(select(schema.forecasts.c.id).where(condition), chosen).limit(COUNTED + 1)
    return db.scalar(select(func.count()).select_from(query.subquery())) or 0


def _in_state(
    db: Connection, tab: Tab, chosen: ForecastFilter, limit: int, before: int | None
) -> tuple[ForecastEntry, ...]:
    f = schema.forecasts.c
    states = _RESOLVED if tab == "resolved" else ("disputed",)
    query = filtered(entries(), chosen).where(f.state.in_(states))
    if before is not None:
        query = query.where(f.id < before)
    rows = db.execute(query.order_by(f.id.desc()).limit(limit))
    return tuple(ForecastEntry(**{name: getattr(row, name) for name in _FIELDS}) for row in rows)


def _own(db: Connection, found: Sequence[ForecastEntry]) -> dict[tuple[int, int], float]:
    p = schema.probabilities.c
    rows = db.execute(
        select(p.forecast_id, p.version, p.low)
        .where(p.origin == "own", p.forecast_id.in_([entry.id for entry in found]))
        .order_by(p.id)
    )
    return {(row.forecast_id, row.version): row.low for row in rows}
