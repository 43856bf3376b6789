"""How forecasts came out: resolved, disputed, settled, revoked; each signed and on record.

    open      ──resolve──▶ yes | no | void
    yes|no|void ─dispute─▶ disputed ──settle──▶ yes | no | void
    any but open ─revoke─▶ what the resolutions left say: the one before, or open

A resolution is never overwritten: settling adds another, and revoking marks the one it takes back.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from beleg.errors import LedgerRefused
from beleg.ledger import schema
from beleg.ledger.choices import OUTCOMES, Outcome
from beleg.ledger.conflicts import missing, name_of, take, write
from beleg.ledger.forecasts.listing import State
from beleg.ledger.store import Change
from beleg.ledger.written import grounds, needed
from beleg.messages import Message


def resolve(
    change: Change,
    id_: int,
    outcome: Outcome,
    *,
    evidence: str | None = None,
    note: str = "",
    rev: int | None = None,
) -> int:
    """Says how an open forecast came out, as its present wording asks. Returns the resolution.

    outcome: "void" where the question cannot be answered, for example since its condition was not
    met. evidence: an http or https address; without one the note needs at least three words.
    It may come before the last day; such a resolution does not count in scores until then.
    Raises LedgerRefused, LedgerConflict, LedgerMissing.
    """
    row = take(change, schema.forecasts, id_, rev)
    if row.state != "open":
        raise LedgerRefused(
            _name(id_),
            Message("not_open", f"already {_told(row.state)}", state=row.state),
            "Dispute or revoke that",
        )
    return _enter(change, row, "resolve", outcome, evidence, note)


def dispute(change: Change, id_: int, why: str, *, rev: int | None = None) -> None:
    """Says that the resolution is wrong; until it is settled, the forecast counts as unresolved.

    Raises LedgerRefused if there is none or it is disputed already, LedgerConflict, LedgerMissing.
    """
    row = take(change, schema.forecasts, id_, rev)
    if row.state not in OUTCOMES:
        remedy = "Settle it" if row.state == "disputed" else "Resolve it first"
        raise LedgerRefused(_name(id_), Message(f"dispute_{row.state}", row.state), remedy)
    why = needed(_name(id_), "reason", why)
    (standing,) = _standing(change.db, id_)[-1:]
    _mark(change, standing.id, disputed_at=change.at, disputed_by=change.who, disputed_why=why)
    write(change, schema.forecasts, row, state="disputed")
    _note(change, "dispute", row, standing.id, "disputed", why=why)


def settle(
    change: Change,
    id_: int,
    outcome: Outcome,
    *,
    evidence: str | None = None,
    note: str = "",
    rev: int | None = None,
) -> int:
    """Decides a disputed forecast by a further resolution, with the same outcome or another.

    Rules and errors as for `resolve`. Returns the resolution.
    """
    row = take(change, schema.forecasts, id_, rev)
    if row.state != "disputed":
        raise LedgerRefused(
            _name(id_),
            Message("not_disputed", f"{_told(row.state)}, not disputed", state=row.state),
            "Dispute it first",
        )
    return _enter(change, row, "settle", outcome, evidence, note)


def decide(
    change: Change,
    id_: int,
    outcome: Outcome,
    *,
    evidence: str | None = None,
    note: str = "",
    rev: int | None = None,
) -> int:
    """Settles a disputed forecast, resolves any other; see those. Returns the resolution."""
    table = schema.forecasts
    state = change.db.scalar(select(table.c.state).where(table.c.id == id_))
    step = settle if state == "disputed" else resolve
    return step(change, id_, outcome, evidence=evidence, note=note, rev=rev)


def revoke(change: Change, resolution: int, why: str, *, rev: int | None = None) -> State:
    """Takes a resolution back; it stays on record. Returns the state the forecast has then.

    rev: the forecast's. The resolution before it, if one stands, holds again; otherwise the
    forecast is open. Raises LedgerRefused if it is revoked already, LedgerConflict, LedgerMissing.
    """
    table = schema.resolutions
    of = change.db.scalar(select(table.c.forecast_id).where(table.c.id == resolution))
    if of is None:
        raise missing(table, resolution)
    row = take(change, schema.forecasts, of, rev)
    standing = _standing(change.db, of)
    if resolution not in [one.id for one in standing]:
        raise LedgerRefused(
            name_of(table, resolution),
            Message("revoked_already", "revoked already"),
            "Load it again",
        )
    why = needed(name_of(table, resolution), "reason", why)
    _mark(change, resolution, revoked_at=change.at, revoked_by=change.who, revoked_why=why)
    state = _state([one for one in standing if one.id != resolution])
    write(change, schema.forecasts, row, state=state)
    _note(change, "revoke", row, resolution, state, why=why)
    return state


def _enter(
    change: Change,
    row: Row[Any],
    action: str,
    outcome: Outcome,
    evidence: str | None,
    note: str,
) -> int:
    if outcome not in OUTCOMES:
        raise LedgerRefused(_name(row.id), f"{outcome!r} is no outcome", "yes, no or void")
    address, note = grounds(_name(row.id), evidence, note)
    table = schema.resolutions
    id_: int = change.db.execute(
        insert(table)
        .values(
            forecast_id=row.id,
            version=row.version,
            outcome=outcome,
            evidence=address,
            note=note,
            made_at=change.at,
            made_by=change.who,
        )
        .returning(table.c.id)
    ).scalar_one()
    write(change, schema.forecasts, row, state=outcome)
    said = {"version": row.version, "evidence": address, "note": note}
    _note(change, action, row, id_, outcome, **said)
    return id_


def _standing(db: Connection, id_: int) -> list[Row[Any]]:
    """The resolutions of a forecast that are not revoked, in order."""
    r = schema.resolutions.c
    query = select(schema.resolutions).where(r.forecast_id == id_, r.revoked_at.is_(None))
    return list(db.execute(query.order_by(r.id)))


def _state(standing: list[Row[Any]]) -> State:
    if not standing:
        return "open"
    last = standing[-1]
    state: State = "disputed" if last.disputed_at is not None else last.outcome
    return state


def _mark(change: Change, resolution: int, **values: Any) -> None:
    table = schema.resolutions
    change.db.execute(update(table).where(table.c.id == resolution).values(**values))


def _note(
    change: Change, action: str, row: Row[Any], resolution: int, state: State, **said: Any
) -> None:
    change.note(
        action,
        "forecast",
        row.id,
        article=row.article_id,
        before={"state": row.state},
        after={"state": state, "resolution": resolution, **said},
    )


def _name(id_: int) -> str:
    return name_of(schema.forecasts, id_)


def _told(state: str) -> str:
    return f'resolved as "{state}"' if state in OUTCOMES else state
