"""Two people at the same entry: who comes second is told, and nothing of theirs is written.

Every row that people change has a `rev`. A caller gives the one it saw; where the row has another
by now, somebody was faster.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Table, select, update

from beleg.errors import LedgerConflict, LedgerMissing
from beleg.ledger import schema
from beleg.ledger.store import Change
from beleg.messages import Message


def take(change: Change, table: Table, id_: int, rev: int | None) -> Row[Any]:
    """The row as it is now, kept from other writers until the change ends.

    rev: the one the caller saw, None for whatever it is. Raises LedgerMissing, LedgerConflict.
    """
    # SQLite has one writer at a time; there this is a plain SELECT.
    row = change.db.execute(select(table).where(table.c.id == id_).with_for_update()).first()
    if row is None:
        raise missing(table, id_)
    if rev is not None and row.rev != rev:
        raise _conflict(change.db, table, id_)
    return row


def write(change: Change, table: Table, row: Row[Any], **values: Any) -> None:
    """Writes values into a row that was taken, and raises its `rev`.

    Raises LedgerConflict if somebody else wrote it since, which `take` keeps from happening.
    """
    at = (table.c.id == row.id) & (table.c.rev == row.rev)
    done = change.db.execute(update(table).where(at).values(rev=row.rev + 1, **values))
    if done.rowcount != 1:
        raise _conflict(change.db, table, row.id)


def name_of(table: Table, id_: int) -> str:
    """How messages and the history call a row: "forecast 7"."""
    return f"{subject_of(table)} {id_}"


def subject_of(table: Table) -> str:
    """The subject under which the history has the rows of a table."""
    return table.name.removesuffix("s")


def missing(table: Table, id_: int) -> LedgerMissing:
    """The error for a number that nothing has."""
    return LedgerMissing(
        name_of(table, id_), Message("missing", "not in the ledger"), "Check the number"
    )


def _conflict(db: Connection, table: Table, id_: int) -> LedgerConflict:
    h = schema.history.c
    last = db.execute(
        select(h.who, h.at, h.action)
        .where(h.subject == subject_of(table), h.subject_id == id_)
        .order_by(h.id.desc())
        .limit(1)
    ).first()
    what = Message("conflict", "changed in the meantime")
    if last is not None:
        what = Message(
            "conflict_by",
            f"{what} by {last.who} at {last.at:%Y-%m-%d %H:%M} UTC ({last.action})",
            who=last.who,
            at=last.at,
            action=last.action,
        )
    return LedgerConflict(
        name_of(table, id_),
        what,
        "Load it again and repeat what you did",
        rev=db.execute(select(table.c.rev).where(table.c.id == id_)).scalar_one(),
    )
