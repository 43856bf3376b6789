"""Sessions: what a browser holds is a random token, what the ledger holds is its hash.

A session ends by log-out, after its last use (`session_idle`), after log-in (`session_life`), or
when its account is disabled or gets another role or password.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from starlette.requests import HTTPConnection
from starlette.responses import Response

from beleg.ledger import schema
from beleg.ledger.store import Change
from beleg.web.roles import Role
from beleg.web.security.signing import token_hash
from beleg.web.settings import WebSettings
from beleg.web.state import State, state_of

# A session's last use is written down so often at most: reading must not mean writing.
_GRAIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session that is open, with its account's number, name and role."""

    account: int
    name: str
    role: Role
    made_at: datetime
    expires_at: datetime


def cookie_name(settings: WebSettings) -> str:
    """`__Host-` binds a cookie to this very host and to https; not to be had on plain http."""
    return "__Host-beleg" if settings.secure else "beleg_session"


def held(request: HTTPConnection) -> str | None:
    """The token that the browser holds, whether or not a session belongs to it."""
    return request.cookies.get(cookie_name(state_of(request).settings))


def current(state: State, request: HTTPConnection) -> Session | None:
    """The session of this request, its end put off by this use; None if there is none open."""
    token = held(request)
    if token is None:
        return None
    now = state.ledger.clock()
    session = _read(state, token, now)
    if session is not None:
        _put_off(state, token, session, now)
    return session


def _read(state: State, token: str, now: datetime) -> Session | None:
    table, accounts = schema.sessions.c, schema.accounts.c
    query = (
        select(accounts.id, accounts.name, accounts.role, table.made_at, table.expires_at)
        .join_from(schema.sessions, schema.accounts)
        .where(table.token_hash == token_hash(token), table.expires_at > now, accounts.active)
    )
    with state.ledger.read() as db:
        row = db.execute(query).one_or_none()
    if row is None:
        return None
    return Session(
        account=row.id,
        name=row.name,
        role=row.role,
        made_at=row.made_at,
        expires_at=row.expires_at,
    )


def _put_off(state: State, token: str, session: Session, now: datetime) -> None:
    settings = state.settings
    end = min(now + settings.session_idle, session.made_at + settings.session_life)
    if end - session.expires_at < min(_GRAIN, settings.session_idle / 2):
        return
    with state.ledger.change(who=session.name) as change:
        change.db.execute(
            update(schema.sessions)
            .where(schema.sessions.c.token_hash == token_hash(token))
            .values(expires_at=end)
        )


def begin(change: Change, account: int, settings: WebSettings) -> str:
    """Opens a session and returns its token; sessions that are over are cleared away."""
    table = schema.sessions
    change.db.execute(delete(table).where(table.c.expires_at <= change.at))
    token = secrets.token_urlsafe(32)
    change.db.execute(
        insert(table).values(
            token_hash=token_hash(token),
            account_id=account,
            made_at=change.at,
            expires_at=change.at + min(settings.session_idle, settings.session_life),
        )
    )
    return token


def end(change: Change, token: str) -> None:
    """Ends the session of that token, if it is open."""
    table = schema.sessions
    change.db.execute(delete(table).where(table.c.token_hash == token_hash(token)))


def hand_out(response: Response, token: str, settings: WebSettings) -> None:
    """Gives the browser its token; gone when the browser closes."""
    response.set_cookie(
        cookie_name(settings),
        token,
        path="/",
        httponly=True,
        secure=settings.secure,
        samesite="lax",
    )


def take_back(response: Response, settings: WebSettings) -> None:
    """Makes the browser forget its token."""
    response.delete_cookie(
        cookie_name(settings), path="/", httponly=True, secure=settings.secure, samesite="lax"
    )
