"""Secret addresses under which calendar programs, which cannot log in, read the deadlines.

An account has one at most. Its token is shown once; the ledger holds its hash. Whoever has it reads the
deadlines and nothing else, until it is ended, replaced, or the account is disabled.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update
from starlette.requests import Request

from beleg.ledger import schema
from beleg.ledger.store import Change
from beleg.web.accounts import end_feed
from beleg.web.roles import Role
from beleg.web.security import audit
from beleg.web.security.signing import token_hash
from beleg.web.state import State

# A program asks every hour or so; the audit log and the account have it once a day.
_GRAIN = timedelta(days=1)
_TABLE = schema.calendar_feeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An account's address; used_at: the last use, to a day, None before the first."""

    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The account that an address belongs to."""

    account: int
    name: str
    role: Role


def feed_of(db: Connection, account: int) -> Feed | None:
    """The address that an account has, without its token; None if it has none."""
    query = select(_TABLE.c.made_at, _TABLE.c.used_at).where(_TABLE.c.account_id == account)
    row = db.execute(query).one_or_none()
    return None if row is None else Feed(made_at=row.made_at, used_at=row.used_at)


def make_feed(change: Change, account: int, name: str) -> str:
    """Gives an account an address in place of any it had; the token of it, kept nowhere."""
    end_feed(change, account)
    token = secrets.token_urlsafe(32)
    change.db.execute(
        insert(_TABLE).values(token_hash=token_hash(token), account_id=account, made_at=change.at)
    )
    change.note("make feed", "account", account)
    audit.note(change, "feed-made", name)
    return token


def holder_of(state: State, request: Request, token: str) -> Holder | None:
    """Whose address has that token; None for any other one, and where the account is disabled."""
    accounts = schema.accounts.c
    query = (
        select(accounts.id, accounts.name, accounts.role, _TABLE.c.used_at)
        .join_from(_TABLE, schema.accounts)
        .where(_TABLE.c.token_hash == token_hash(token), accounts.active)
    )
    with state.ledger.read() as db:
        row = db.execute(query).one_or_none()
    address = audit.address_of(request)
    if row is None:
        if state.common.entries.take(address):
            audit.record(state, request, "feed-refused", None)
        return None
    if row.used_at is None or state.ledger.clock() - row.used_at >= _GRAIN:
        with state.ledger.change(who=row.name) as change:
            mine = _TABLE.c.account_id == row.id
            change.db.execute(update(_TABLE).where(mine).values(used_at=change.at))
            audit.write(change.db, change.at, "feed-read", account=row.name, address=address)
    return Holder(account=row.id, name=row.name, role=row.role)
