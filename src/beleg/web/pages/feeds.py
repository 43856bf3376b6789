"""One's own secret address of the calendar: making and ending it, and what it gives out."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from beleg.web.accounts import end_feed_of
from beleg.web.feeds import make_feed
from beleg.web.flash import see_other
from beleg.web.navigation import Area
from beleg.web.pages.account import account_page
from beleg.web.pages.forecasts import AskedDeadlines, calendar_answer
from beleg.web.state import Database, Shared
from beleg.web.visitors import FeedReading, OwnAccount
from beleg.web.words import language

AREA: Area | None = None  # part of one's own account
router = APIRouter()


@router.post("/account/calendar")
def make(request: Request, who: OwnAccount, state: Shared) -> HTMLResponse:
    """A new address in place of the old one; this answer alone shows it."""
    assert who.account is not None
    with state.ledger.change(who=who.name) as change:
        token = make_feed(change, who.account, who.name)
    address = f"{request.base_url}calendar/{token}.ics?ui={language(request)}"
    with state.ledger.read() as db:
        return account_page(request, db, who, address=address)


@router.post("/account/calendar/end")
def end(request: Request, who: OwnAccount, state: Shared) -> RedirectResponse:
    """The address gives nothing out any more."""
    with state.ledger.change(who=who.name) as change:
        end_feed_of(change, who.name)
    return see_other(request, "/account", said="account.calendar_ended")


@router.get("/calendar/{token}.ics")
def calendar(request: Request, _: FeedReading, db: Database, chosen: AskedDeadlines) -> Response:
    """The deadlines for a calendar program that has one's address."""
    return calendar_answer(request, db, chosen)
