"""From the checklist of an analysis to rows that keep their verdicts when it is made anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from beleg.ledger import schema
from beleg.ledger.same_place import same_places
from beleg.ledger.store import Change
from beleg.records import Analysis
from beleg.text.article import Span

_FOLLOWS = ("start", "end", "claim", "why", "records", "weight", "day", "outlet")


def sync_checks(change: Change, article_id: int, analysis: Analysis) -> None:
    """Brings an article's checks up to its analysis, with all corrections already in it.

    A check is known again by its place. One with a verdict, or dropped, stays with the words it
    was about, marked as no longer present where the analysis has nothing there any more; an open
    one follows the analysis and goes with it. The history notes all but another weight or place.
    """
    c = schema.checks.c
    rows = change.db.execute(
        select(schema.checks).where(c.article_id == article_id).order_by(c.id)
    ).all()
    found = _found(analysis)
    if not rows and not found:
        return
    kept = same_places(
        [(Span(row.start, row.end), 0) for row in rows],
        [(Span(one["start"], one["end"]), 0) for one in found],
    )
    _follow(change, [(rows[at], found[number]) for number, at in sorted(kept.items())])
    _enter(change, article_id, [one for number, one in enumerate(found) if number not in kept])
    still = set(kept.values())
    _part(change, [row for at, row in enumerate(rows) if at not in still])


def claim_of(words: str) -> str:
    """32 signs that two statements share if they have the same words, whatever case and spacing.

    A BLAKE2b hash of 16 bytes (RFC 7693) of the words, case folded, one space between.
    """
    folded = " ".join(words.casefold().split())
    return blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _found(analysis: Analysis) -> list[dict[str, Any]]:
    day = analysis.document.published or analysis.dating.latest
    text = analysis.document.text
    return [
        {
            "start": check.span.start,
            "end": check.span.end,
            "claim": claim_of(text[check.span.start : check.span.end]),
            "why": list(check.why),
            "records": list(check.records),
            "weight": check.weight,
            "day": day,
            "outlet": analysis.document.outlet,
        }
        for check in analysis.checklist
    ]


def _enter(change: Change, article_id: int, found: Sequence[dict[str, Any]]) -> None:
    if not found:
        return
    table = schema.checks
    rows = [{"article_id": article_id, **one} for one in found]
    # Without asking for their order, SQLite takes all rows in one statement.
    ids = sorted(change.db.scalars(insert(table).returning(table.c.id), rows))
    change.note("find checks", "article", article_id, article=article_id, after={"checks": ids})


def _follow(change: Change, pairs: Sequence[tuple[Row[Any], dict[str, Any]]]) -> None:
    changed = []
    for row, one in pairs:
        values = {**one, "present": True}
        if row.state != "open":
            values |= {key: getattr(row, key) for key in ("start", "end", "claim")}
        if all(getattr(row, key) == value for key, value in values.items()):
            continue
        changed.append({"of": row.id, **values})
        if (row.why, row.claim, row.present) != (values["why"], values["claim"], True):
            after = {key: values[key] for key in (*_FOLLOWS, "present")}
            before = {key: getattr(row, key) for key in after}
            _note(change, "follow", row, before=before, after=after)
    if changed:
        c = schema.checks.c
        change.db.execute(
            update(schema.checks)
            .where(c.id == bindparam("of"))
            .values(rev=c.rev + 1, **{key: bindparam(key) for key in (*_FOLLOWS, "present")}),
            changed,
        )


def _part(change: Change, rows: Sequence[Row[Any]]) -> None:
    c = schema.checks.c
    gone = [row.id for row in rows if row.state == "open"]
    kept = [row.id for row in rows if row.state != "open" and row.present]
    if gone:
        change.db.execute(delete(schema.checks).where(c.id.in_(gone)))
    if kept:
        change.db.execute(
            update(schema.checks).where(c.id.in_(kept)).values(present=False, rev=c.rev + 1)
        )
    for row in rows:
        if row.state == "open":
            before = {key: getattr(row, key) for key in (*_FOLLOWS, "present")}
            _note(change, "delete", row, before=before)
        elif row.present:
            _note(change, "miss", row, before={"present": True}, after={"present": False})


def _note(
    change: Change,
    action: str,
    row: Row[Any],
    *,
    before: dict[str, Any],
    after: dict[str, Any] | None = None,
) -> None:
    plain = (
        {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
        if values is not None
        else None
        for values in (before, after)
    )
    first, last = plain
    change.note(action, "check", row.id, article=row.article_id, before=first, after=last)
