"""The deadlines of forecasts as the calendar that pages and interface give out."""

from __future__ import annotations

from sqlalchemy import Connection
from starlette.requests import Request

from beleg.ledger.calendar import deadlines_ics
from beleg.ledger.deadlines import deadline_entries
from beleg.ledger.forecasts import ForecastFilter
from beleg.web.state import state_of


def calendar_feed(request: Request, db: Connection, chosen: ForecastFilter, *, name: str) -> bytes:
    """iCalendar (RFC 5545): what falls due, and what fell due lately, with addresses of its pages.

    name: of the calendar, as calendar programs show it.
    """
    state = state_of(request)
    entries = deadline_entries(
        db,
        today=state.today(),
        chosen=chosen,
        address=lambda id_: f"{request.base_url}forecasts/{id_}",
    )
    return deadlines_ics(entries, name=name, made_at=state.ledger.clock())
