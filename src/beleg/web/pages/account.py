"""Logging in and out, and one's own account: another password, the end of all sessions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse, RedirectResponse, Response

from beleg.errors import LedgerRefused
from beleg.messages import Message
from beleg.web import sessions
from beleg.web.accounts import end_sessions_of, set_password
from beleg.web.addresses import within
from beleg.web.failure import Failure
from beleg.web.feeds import feed_of
from beleg.web.flash import see_other
from beleg.web.navigation import Area
from beleg.web.security import audit, passwords
from beleg.web.security.logins import log_in, verify
from beleg.web.state import Database, Shared
from beleg.web.templating import page
from beleg.web.visitors import Known, OurPage, OwnAccount, Reading, Visitor

AREA: Area | None = None
router = APIRouter()

Typed = Annotated[str, Form(max_length=4 * passwords.MOST)]


@router.get("/login")
def ask(request: Request, found: Known, next: Annotated[str, Query()] = "/") -> Response:  # noqa: A002
    """The form to log in with; on to `next` for whoever already is."""
    if found is not None:
        return RedirectResponse(within(next), status_code=303)
    return page(request, "login.html.j2", next=within(next), wrong=False, name="")


@router.post("/login")
def enter(
    request: Request,
    _: OurPage,
    state: Shared,
    name: Typed,
    password: Typed,
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """Opens a session and goes on to `next`, or shows the form again."""
    token = log_in(request, name, password)
    if token is None:
        return page(request, "login.html.j2", status=422, next=within(next), wrong=True, name=name)
    response = RedirectResponse(within(next), status_code=303)
    sessions.hand_out(response, token, state.settings)
    return response


@router.post("/logout")
def leave(request: Request, who: OwnAccount, state: Shared) -> RedirectResponse:
    """Ends this session."""
    token = sessions.held(request)
    if token is not None:
        with state.ledger.change(who=who.name) as change:
            sessions.end(change, token)
        audit.record(state, request, "log-out", who.name)
    response = see_other(request, "/login", said="account.logged_out")
    sessions.take_back(response, state.settings)
    return response


@router.get("/account")
def own(request: Request, who: Reading, db: Database) -> HTMLResponse:
    """One's own account."""
    return account_page(request, db, who)


def account_page(
    request: Request, db: Connection, who: Visitor, *, address: str | None = None
) -> HTMLResponse:
    """The page of one's own account. address: of the calendar, when it has just been made."""
    if who.account is None:
        raise Failure(404)
    feed = feed_of(db, who.account)
    return page(
        request, "account.html.j2", fewest=passwords.FEWEST, feed=feed, feed_address=address
    )


@router.post("/account/password")
def change_password(
    request: Request,
    who: OwnAccount,
    state: Shared,
    password: Typed,
    new_password: Typed,
) -> RedirectResponse:
    """Another password: all sessions end, and this browser gets a new one."""
    known = verify(request, who.name, password)
    if known is None:
        raise LedgerRefused(
            f"account {who.name}",
            Message("old_password", "the old password is not right"),
            "Try again",
        )
    with state.ledger.change(who=who.name) as change:
        set_password(change, who.name, new_password)
        token = sessions.begin(change, known.id, state.settings)
    response = see_other(request, "/account", said="account.password_changed")
    sessions.hand_out(response, token, state.settings)
    return response


@router.post("/account/sessions/end")
def end_everywhere(request: Request, who: OwnAccount, state: Shared) -> RedirectResponse:
    """Logs out here and everywhere else."""
    with state.ledger.change(who=who.name) as change:
        end_sessions_of(change, who.name)
    response = see_other(request, "/login", said="account.logged_out")
    sessions.take_back(response, state.settings)
    return response
