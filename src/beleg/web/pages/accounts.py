"""The accounts, for administrators: making, roles, passwords, disabling, ending sessions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy import select
from starlette.responses import HTMLResponse, RedirectResponse

from beleg.ledger import schema
from beleg.web import accounts
from beleg.web.flash import see_other
from beleg.web.navigation import Area
from beleg.web.roles import ROLES, Role
from beleg.web.security import passwords
from beleg.web.state import Database, Shared
from beleg.web.templating import page
from beleg.web.visitors import Administering

AREA = Area(key="accounts", path="/accounts", role="admin")
router = APIRouter(prefix="/accounts")

_LATEST = 100
Name = Annotated[str, Form(max_length=200)]
Password = Annotated[str, Form(max_length=4 * passwords.MOST)]


@router.get("")
def overview(request: Request, _: Administering, db: Database, state: Shared) -> HTMLResponse:
    """All accounts, and what last happened at the door."""
    latest = select(schema.audit).order_by(schema.audit.c.id.desc()).limit(_LATEST)
    return page(
        request,
        "accounts.html.j2",
        accounts=accounts.accounts(db, now=state.ledger.clock()),
        roles=ROLES,
        fewest=passwords.FEWEST,
        audit=db.execute(latest).mappings().all(),
    )


@router.post("/add")
def add(
    request: Request,
    who: Administering,
    state: Shared,
    name: Name,
    password: Password,
    role: Annotated[Role, Form()],
) -> RedirectResponse:
    """A new account."""
    with state.ledger.change(who=who.name) as change:
        accounts.add_account(change, name, password, role)
    return see_other(request, "/accounts", said="accounts.added", name=accounts.folded(name))


@router.post("/role")
def set_role(
    request: Request, who: Administering, state: Shared, name: Name, role: Annotated[Role, Form()]
) -> RedirectResponse:
    """Another role; the account's sessions end."""
    with state.ledger.change(who=who.name) as change:
        accounts.set_role(change, name, role)
    return see_other(request, "/accounts", said="accounts.changed", name=name)


@router.post("/password")
def set_password(
    request: Request, who: Administering, state: Shared, name: Name, new_password: Password
) -> RedirectResponse:
    """A new password for somebody who lost his."""
    with state.ledger.change(who=who.name) as change:
        accounts.set_password(change, name, new_password)
    return see_other(request, "/accounts", said="accounts.changed", name=name)


@router.post("/disable")
def disable(request: Request, who: Administering, state: Shared, name: Name) -> RedirectResponse:
    """Keeps an account from logging in."""
    with state.ledger.change(who=who.name) as change:
        accounts.disable(change, name)
    return see_other(request, "/accounts", said="accounts.changed", name=name)


@router.post("/enable")
def enable(request: Request, who: Administering, state: Shared, name: Name) -> RedirectResponse:
    """Lets an account log in again."""
    with state.ledger.change(who=who.name) as change:
        accounts.enable(change, name)
    return see_other(request, "/accounts", said="accounts.changed", name=name)


@router.post("/calendar/end")
def end_feed(request: Request, who: Administering, state: Shared, name: Name) -> RedirectResponse:
    """Ends the secret address that an account has of the calendar."""
    with state.ledger.change(who=who.name) as change:
        accounts.end_feed_of(change, name)
    return see_other(request, "/accounts", said="accounts.changed", name=name)


@router.post("/sessions/end")
def end_sessions(
    request: Request, who: Administering, state: Shared, name: Name
) -> RedirectResponse:
    """Logs an account out everywhere."""
    with state.ledger.change(who=who.name) as change:
        accounts.end_sessions_of(change, name)
    return see_other(request, "/accounts", said="accounts.changed", name=name)
