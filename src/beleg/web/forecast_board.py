"""What the board of forecasts shows besides the lists of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, Connection, select

from beleg.ledger import schema
from beleg.ledger.counting import count_each
from beleg.ledger.forecasts import (
    OUTCOMES,
    ForecastEntry,
    ForecastFilter,
    forecasts_in,
    list_forecasts,
    own_probabilities,
)
from beleg.ledger.forecasts.listing import filtered

Tab = Literal["due", "open", "resolved", "disputed", "all"]
TABS: tuple[Tab, ...] = ("due", "open", "resolved", "disputed", "all")


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
    if tab == "resolved":
        found = forecasts_in(db, OUTCOMES, chosen, limit=limit, before=before)
    elif tab == "disputed":
        found = forecasts_in(db, ["disputed"], chosen, limit=limit, before=before)
    else:
        found = list_forecasts(db, tab, chosen, today=today, limit=limit, before=before)
    own = own_probabilities(db, [entry.id for entry in found])
    return tuple(Card(entry=entry, own=own.get(entry.id)) for entry in found)


def tallies(db: Connection, chosen: ForecastFilter, *, today: date) -> dict[str, int]:
    """How many each tab has; 1,001 stands for more than a thousand, which is not counted out."""
    f = schema.forecasts.c
    conditions: dict[str, ColumnElement[bool]] = {
        "due": (f.state == "open") & (f.latest <= today),
        "open": (f.state == "open") & ((f.latest > today) | f.latest.is_(None)),
        "resolved": f.state.in_(OUTCOMES),
        "disputed": f.state == "disputed",
    }
    return count_each(
        db,
        **{tab: filtered(select(f.id).where(meant), chosen) for tab, meant in conditions.items()},
    )
