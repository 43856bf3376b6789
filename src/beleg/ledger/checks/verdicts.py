"""What becomes of a check: a verdict, nothing to check, open again.

open ──set_verdict──▶ checked ──set_verdict──▶ checked (revised)
open ──drop──▶ dropped
checked | dropped ──reopen──▶ open
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from beleg.errors import LedgerRefused
from beleg.ledger import schema
from beleg.ledger.conflicts import name_of, take, write
from beleg.ledger.store import Change
from beleg.ledger.written import LONGEST_LINE, grounds, needed
from beleg.messages import Message

_WRITTEN = ("state", "verdict", "rating", "evidence", "note", "checked_at", "checked_by")


def set_verdict(
    change: Change,
    id_: int,
    verdict: str,
    *,
    rating: int | None = None,
    evidence: str | None = None,
    note: str = "",
    rev: int | None = None,
) -> None:
    """Gives a check its verdict, or revises it; the history keeps the one before.

    verdict: in the checker's own words. rating: 1 (false) to 5 (true), None where no scale fits.
    evidence: an http or https address; without one the note needs at least three words.
    Raises LedgerRefused, also for a dropped check, LedgerConflict, LedgerMissing.
    """
    where = name_of(schema.checks, id_)
    row = take(change, schema.checks, id_, rev)
    if row.state == "dropped":
        raise LedgerRefused(where, Message("check_dropped", "dropped"), "Open it again first")
    if rating is not None and (isinstance(rating, bool) or rating not in range(1, 6)):
        raise LedgerRefused(where, f"{rating!r} is no rating", "Give 1 (false) to 5 (true) or none")
    address, note = grounds(where, evidence, note)
    _write(
        change,
        "verdict",
        row,
        state="checked",
        verdict=needed(where, "verdict", verdict, most=LONGEST_LINE),
        rating=rating,
        evidence=address or None,
        note=note,
        checked_at=change.at,
        checked_by=change.who,
    )


def drop(change: Change, id_: int, why: str, *, rev: int | None = None) -> None:
    """Says that there is nothing to check. Raises LedgerRefused if the check is not open."""
    where = name_of(schema.checks, id_)
    row = take(change, schema.checks, id_, rev)
    if row.state != "open":
        raise LedgerRefused(where, Message(f"check_{row.state}", row.state), "Open it again first")
    _write(
        change,
        "drop",
        row,
        state="dropped",
        verdict=None,
        rating=None,
        evidence=None,
        note=needed(where, "reason", why),
        checked_at=change.at,
        checked_by=change.who,
    )


def reopen(change: Change, id_: int, why: str, *, rev: int | None = None) -> None:
    """Takes verdict or drop back; the history keeps it. Raises LedgerRefused for an open check."""
    where = name_of(schema.checks, id_)
    row = take(change, schema.checks, id_, rev)
    if row.state == "open":
        raise LedgerRefused(
            where, Message("check_open", "open already"), "Give a verdict or drop it"
        )
    why = needed(where, "reason", why)
    empty = dict.fromkeys(("verdict", "rating", "evidence", "checked_at", "checked_by"))
    _write(change, "reopen", row, why, state="open", note="", **empty)


def _write(
    change: Change, action: str, row: Row[Any], why: str | None = None, /, **values: Any
) -> None:
    write(change, schema.checks, row, **values)
    before = _plain({key: getattr(row, key) for key in _WRITTEN})
    after = _plain(values) | ({"why": why} if why is not None else {})
    change.note(action, "check", row.id, article=row.article_id, before=before, after=after)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON has it: moments as ISO 8601."""
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in values.items()}
