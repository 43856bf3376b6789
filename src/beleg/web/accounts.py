"""Accounts: who may use a ledger's web application where it is public, and in which role.

Each change is noted in the history (never the password) and in the audit log. A disabled account
keeps its name, which is in the history; a new role or password ends its sessions.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from beleg.errors import LedgerMissing, LedgerRefused
from beleg.ledger import schema
from beleg.ledger.store import Change
from beleg.messages import Message
from beleg.web.roles import ROLES, Role
from beleg.web.security import audit, passwords

_NAME = re.compile(r"[^\W_][\w.@+-]{0,63}")
_TABLE = schema.accounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account.

    active: whether it may log in; sessions: how many are open; feed: whether it has a secret
    address of the calendar.
    """

    id: int
    name: str
    role: Role
    active: bool
    made_at: datetime
    sessions: int
    feed: bool


def accounts(db: Connection, *, now: datetime) -> tuple[Account, ...]:
    """All accounts by name, with their sessions that are open at `now`."""
    open_ones = (
        select(func.count())
        .where(schema.sessions.c.account_id == _TABLE.c.id, schema.sessions.c.expires_at > now)
        .scalar_subquery()
    )
    feed = exists().where(schema.calendar_feeds.c.account_id == _TABLE.c.id)
    columns = [_TABLE.c[name] for name in ("id", "name", "role", "active", "made_at")]
    query = select(*columns, open_ones.label("sessions"), feed.label("feed"))
    rows = db.execute(query.order_by(_TABLE.c.name))
    return tuple(Account(**row) for row in rows.mappings())


def folded(name: str) -> str:
    """A name as accounts have it: in small letters, so that "Anna" and "anna" are one."""
    return unicodedata.normalize("NFKC", name).strip().lower()


def add_account(change: Change, name: str, password: str, role: Role) -> int:
    """A new account's number. Raises LedgerRefused for a name that is taken or unfit, or a password
    that is too short or easy to guess."""
    name = folded(name)
    if not _NAME.fullmatch(name):
        raise LedgerRefused(
            f"account {name[:64]!r}",
            Message("account_name", "a name has 1 to 64 letters, digits or any of . @ + - _"),
            "Choose another name",
        )
    _check_role(name, role)
    if change.db.scalar(select(_TABLE.c.id).where(_TABLE.c.name == name)) is not None:
        raise LedgerRefused(
            f"account {name}",
            Message("account_taken", "there is one of that name"),
            "Choose another name",
        )
    kept = passwords.hashed(password, name=name)
    number: int = change.db.execute(
        insert(_TABLE)
        .values(name=name, password_hash=kept, role=role, active=True, made_at=change.at)
        .returning(_TABLE.c.id)
    ).scalar_one()
    change.note("add", "account", number, after={"name": name, "role": role})
    audit.note(change, "account-made", name, detail=role)
    return number


def set_role(change: Change, name: str, role: Role) -> None:
    """Gives another role. Raises LedgerMissing, or LedgerRefused for the last administrator."""
    found = _find(change, name)
    _check_role(found["name"], role)
    if found["role"] == "admin" and role != "admin":
        _keep_one_admin(change, found)
    _set(change, found, "role", role=role)
    audit.note(change, "account-role", found["name"], detail=role)


def disable(change: Change, name: str) -> None:
    """Keeps it from logging in, and ends its address of the calendar.

    Raises LedgerMissing, or LedgerRefused for the last admin.
    """
    found = _find(change, name)
    if found["role"] == "admin":
        _keep_one_admin(change, found)
    end_feed(change, found["id"])
    _set(change, found, "disable", active=False)
    audit.note(change, "account-disabled", found["name"])


def enable(change: Change, name: str) -> None:
    """Lets it log in again. Raises LedgerMissing."""
    found = _find(change, name)
    _set(change, found, "enable", active=True)
    audit.note(change, "account-enabled", found["name"])


def set_password(change: Change, name: str, password: str) -> None:
    """Raises LedgerMissing, or LedgerRefused for a password too short or easy to guess."""
    found = _find(change, name)
    kept = passwords.hashed(password, name=found["name"])
    change.db.execute(update(_TABLE).where(_TABLE.c.id == found["id"]).values(password_hash=kept))
    end_sessions(change, found["id"])
    change.note("password", "account", found["id"])
    audit.note(change, "account-password", found["name"])


def end_sessions(change: Change, account: int) -> None:
    """Logs the account out everywhere."""
    table = schema.sessions
    change.db.execute(delete(table).where(table.c.account_id == account))


def end_sessions_of(change: Change, name: str) -> None:
    """Logs the account of that name out everywhere. Raises LedgerMissing."""
    found = _find(change, name)
    end_sessions(change, found["id"])
    audit.note(change, "sessions-ended", found["name"])


def end_feed(change: Change, account: int) -> bool:
    """Ends the account's secret address of the calendar; whether there was one."""
    table = schema.calendar_feeds
    return change.db.execute(delete(table).where(table.c.account_id == account)).rowcount > 0


def end_feed_of(change: Change, name: str) -> None:
    """Ends the address of the account of that name. Raises LedgerMissing."""
    found = _find(change, name)
    if end_feed(change, found["id"]):
        change.note("end feed", "account", found["id"])
        audit.note(change, "feed-ended", found["name"])


def _find(change: Change, name: str) -> dict[str, Any]:
    query = select(_TABLE.c.id, _TABLE.c.name, _TABLE.c.role, _TABLE.c.active)
    row = change.db.execute(query.where(_TABLE.c.name == folded(name))).mappings().one_or_none()
    if row is None:
        raise LedgerMissing(
            f"account {folded(name)[:64]}",
            Message("account_missing", "there is none"),
            "See the accounts",
        )
    return dict(row)


def _set(change: Change, found: dict[str, Any], action: str, **values: Any) -> None:
    change.db.execute(update(_TABLE).where(_TABLE.c.id == found["id"]).values(**values))
    end_sessions(change, found["id"])
    before = {key: found[key] for key in values}
    change.note(action, "account", found["id"], before=before, after=values)


def _check_role(name: str, role: str) -> None:
    if role not in ROLES:
        raise LedgerRefused(
            f"account {name}", f"there is no role {role!r}", f"Roles are {', '.join(ROLES)}"
        )


def _keep_one_admin(change: Change, found: dict[str, Any]) -> None:
    others = select(func.count()).where(
        _TABLE.c.role == "admin", _TABLE.c.active, _TABLE.c.id != found["id"]
    )
    if not change.db.scalar(others):
        raise LedgerRefused(
            f"account {found['name']}",
            Message("last_admin", "the last one that may manage accounts"),
            "Make another one an administrator first",
        )
