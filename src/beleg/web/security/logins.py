"""Logging in, with delays that grow by each failure.

Attempts are written to the audit log before the password is looked at, in one transaction with the
check whether one is allowed: many at once, or through several processes, gain nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request
from sqlalchemy import ColumnElement, Connection, Row, and_, func, select, text, update

from beleg.ledger import schema
from beleg.ledger.store import Change
from beleg.web import sessions
from beleg.web.accounts import folded
from beleg.web.failure import Failure
from beleg.web.security import audit, passwords
from beleg.web.state import State, state_of

_WINDOW = timedelta(hours=1)
_TRIED, _RIGHT = "log-in-tried", "password-right"
_LOCK = 0x62656C65676C6F67  # "beleglog"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """After `free` failures in a row each further one doubles the wait, up to `longest` seconds."""

    free: int
    longest: int

    def wait(self, failures: int) -> int:
        """Seconds to wait after so many failures."""
        if failures < self.free:
            return 0
        return min(self.longest, 1 << min(failures - self.free, 20))


# One address trying one account; one address trying many; many addresses trying one account, where
# the wait is short, so that strangers cannot lock somebody out.
PAIR = Limit(free=5, longest=900)
ADDRESS = Limit(free=20, longest=900)
ACCOUNT = Limit(free=50, longest=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An account whose password was right. kept: the hash it has now."""

    id: int
    name: str
    kept: str


def verify(request: Request, name: str, password: str) -> Known | None:
    """Whose name and password these are; None if they are nobody's.

    Raises Failure 429 where one has to wait.
    """
    state, address = state_of(request), audit.address_of(request)
    with state.ledger.change(who="nobody") as change:
        row = _account(change.db, folded(name))
        label = _label(folded(name), known=row is not None)
        wait = _wait(change, label, address)
        if wait == 0:
            _write(change, _TRIED, label, address)
    if wait:
        _refuse(state, request, label, wait)
    try:
        right = passwords.right(password, row.password_hash if row is not None else None)
    except TimeoutError as error:
        raise Failure(429, retry_after=5) from error
    if row is None or not right or not row.active:
        with state.ledger.change(who="nobody") as change:
            _write(change, "log-in-failed", label, address)
        return None
    with state.ledger.change(who=row.name) as change:
        _write(change, _RIGHT, label, address)
        kept = _renewed(change, row.id, row.password_hash, password)
    return Known(id=row.id, name=row.name, kept=kept)


def log_in(request: Request, name: str, password: str) -> str | None:
    """The token of a new session; None if name and password do not belong together.

    The session that the browser held before is over. Raises Failure 429 where one has to wait.
    """
    known = verify(request, name, password)
    if known is None:
        return None
    state = state_of(request)
    with state.ledger.change(who=known.name) as change:
        now = _account(change.db, known.name)
        if now is None or not now.active or now.password_hash != known.kept:
            return None  # disabled, or given another password, while this one was looked at
        held = sessions.held(request)
        if held is not None:
            sessions.end(change, held)
        _write(change, "log-in", known.name, audit.address_of(request))
        return sessions.begin(change, known.id, state.settings)


def _account(db: Connection, name: str) -> Row[int, str, str, bool] | None:
    table = schema.accounts.c
    query = select(table.id, table.name, table.password_hash, table.active)
    return db.execute(query.where(table.name == name)).one_or_none()


def _label(name: str, *, known: bool) -> str:
    """Unknown names are kept as a hash: people type passwords where names belong."""
    return name if known else f"?{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _wait(change: Change, label: str, address: str) -> int:
    """Seconds until this address may try this account; 0 if it may now."""
    if change.db.dialect.name == "postgresql":
        change.db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    table = schema.audit.c
    lately = table.at > change.at - _WINDOW
    account, place = and_(lately, table.account == label), and_(lately, table.address == address)
    pair = and_(account, place)
    # Whoever has an account could reset an address's count with it, so that one only goes down.
    of_address = _tries(change, place, _TRIED) - _tries(change, place, _RIGHT)
    return max(
        _left(change, pair, PAIR.wait(_since_right(change, pair))),
        _left(change, account, ACCOUNT.wait(_since_right(change, account))),
        _left(change, place, ADDRESS.wait(of_address)),
    )


def _since_right(change: Change, of: ColumnElement[bool]) -> int:
    """Tries since the last one whose password was right."""
    table = schema.audit.c
    last = change.db.scalar(select(func.max(table.id)).where(of, table.what == _RIGHT)) or 0
    return _tries(change, and_(of, table.id > last), _TRIED)


def _tries(change: Change, of: ColumnElement[bool], what: str) -> int:
    table = schema.audit.c
    query = select(func.count()).where(of, table.what == what)
    return change.db.scalar(query) or 0


def _left(change: Change, of: ColumnElement[bool], wait: int) -> int:
    """Of `wait` seconds after the last try, those still to come."""
    table = schema.audit.c
    last = change.db.scalar(select(func.max(table.at)).where(of, table.what == _TRIED))
    if not wait or last is None:
        return 0
    return max(0, wait - int((change.at - last).total_seconds()))


def _write(change: Change, what: str, label: str, address: str) -> None:
    audit.write(change.db, change.at, what, account=label, address=address)


def _refuse(state: State, request: Request, label: str, wait: int) -> None:
    if state.common.entries.take(audit.address_of(request)):
        audit.record(state, request, "log-in-delayed", label)
    raise Failure(429, retry_after=wait)


def _renewed(change: Change, account: int, kept: str, password: str) -> str:
    """The hash to go on with: a new one where `kept` was made with other parameters."""
    if not passwords.outdated(kept):
        return kept
    table, new = schema.accounts, passwords.renewed(password)
    change.db.execute(
        update(table)
        .where(table.c.id == account, table.c.password_hash == kept)
        .values(password_hash=new)
    )
    return new
