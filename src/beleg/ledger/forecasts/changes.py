"""What people write on forecasts besides their outcome: wording, probability, topic."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row, insert, select

from beleg.errors import LedgerRefused
from beleg.ledger import schema
from beleg.ledger.conflicts import name_of, take, write
from beleg.ledger.store import Change
from beleg.ledger.written import LONGEST_LINE, needed, written
from beleg.messages import Message

LONGEST_QUESTION = 2_000


def reword(
    change: Change,
    id_: int,
    *,
    question: str,
    earliest: date | None,
    latest: date | None,
    why: str,
    condition: str | None = None,
    same_claim: bool = False,
    rev: int | None = None,
) -> int:
    """Puts an open forecast as another question; the wordings before stay. Returns the version.

    earliest, latest: days in which it can come true, inclusive, None where open. condition: what
    has to be met, else it is void. Probabilities belong to the wording they were given for and do
    not count for this one; same_claim: whoever rewords says that the article's certainty word
    speaks of this question too, so that its range goes along.
    Raises LedgerRefused if it is resolved or nothing differs, LedgerConflict, LedgerMissing.
    """
    where = name_of(schema.forecasts, id_)
    row = take(change, schema.forecasts, id_, rev)
    if row.state != "open":
        raise LedgerRefused(
            where,
            Message("reword_resolved", "resolved with its present wording"),
            "Revoke that first",
        )
    if earliest is not None and latest is not None and latest < earliest:
        raise LedgerRefused(
            where,
            Message("days_swapped", f"{latest} is before {earliest}", first=earliest, last=latest),
            "Name the first day first",
        )
    new: dict[str, Any] = {
        "question": needed(where, "question", question, most=LONGEST_QUESTION),
        "condition": written(where, "condition", condition or "") or None,
        "earliest": earliest,
        "latest": latest,
    }
    old = _wording(change, row)
    if old == new:
        raise LedgerRefused(
            where,
            Message("same_wording", "worded just so already"),
            "Change something or leave it",
        )
    version = int(row.version) + 1
    change.db.execute(
        insert(schema.wordings).values(
            forecast_id=id_,
            version=version,
            **new,
            made_at=change.at,
            made_by=change.who,
            why=needed(where, "reason", why),
        )
    )
    if same_claim:
        _carry(change, row, version)
    write(change, schema.forecasts, row, version=version, earliest=earliest, latest=latest)
    after = {**_plain(new), "version": version, "same_claim": same_claim}
    _note(change, "reword", row, before={**_plain(old), "version": row.version}, after=after)
    return version


def give_probability(
    change: Change, id_: int, probability: float, *, rev: int | None = None
) -> None:
    """Says how probable the present wording is, 0 to 1; what was given before stays on record.

    Scores take the last one given for the wording that was resolved. Since nothing can be given
    for a resolved forecast or after the last day (in UTC), that is always one from before both.
    Raises LedgerRefused, LedgerConflict, LedgerMissing.
    """
    where = name_of(schema.forecasts, id_)
    row = take(change, schema.forecasts, id_, rev)
    if not 0 <= probability <= 1:
        raise LedgerRefused(where, f"{probability} is no probability", "Give 0 to 1")
    if row.state != "open":
        raise LedgerRefused(
            where,
            Message("probability_resolved", "no longer open"),
            "A probability after the fact says nothing",
        )
    if row.latest is not None and change.at.date() > row.latest:
        raise LedgerRefused(
            where,
            Message("probability_late", f"its last day was {row.latest}", day=row.latest),
            "A probability after the fact says nothing",
        )
    change.db.execute(
        insert(schema.probabilities).values(
            forecast_id=id_,
            version=row.version,
            origin="own",
            low=probability,
            high=probability,
            made_at=change.at,
            made_by=change.who,
        )
    )
    write(change, schema.forecasts, row)
    after = {"probability": probability, "version": row.version}
    _note(change, "give probability", row, before=None, after=after)


def set_topic(change: Change, id_: int, topic: str | None, *, rev: int | None = None) -> None:
    """Puts a forecast under a topic, or (None, empty) under none.

    Raises LedgerRefused for a topic that is too long, LedgerConflict, LedgerMissing.
    """
    where = name_of(schema.forecasts, id_)
    row = take(change, schema.forecasts, id_, rev)
    new = " ".join(written(where, "topic", topic or "", most=LONGEST_LINE).split()) or None
    if new == row.topic:
        return
    write(change, schema.forecasts, row, topic=new)
    _note(change, "topic", row, before={"topic": row.topic}, after={"topic": new})


def _wording(change: Change, row: Row[Any]) -> dict[str, Any]:
    w = schema.wordings.c
    query = select(w.question, w.condition, w.earliest, w.latest)
    found = change.db.execute(query.where(w.forecast_id == row.id, w.version == row.version))
    return dict(found.one()._mapping)


def _carry(change: Change, row: Row[Any], version: int) -> None:
    """The extracted probability of the present wording, for the next one too."""
    p = schema.probabilities.c
    said = change.db.execute(
        select(p.origin, p.low, p.high, p.scale, p.words).where(
            p.forecast_id == row.id, p.version == row.version, p.origin == "extracted"
        )
    ).first()
    if said is not None:
        change.db.execute(
            insert(schema.probabilities).values(
                forecast_id=row.id,
                version=version,
                **said._mapping,
                made_at=change.at,
                made_by=change.who,
            )
        )


def _note(change: Change, action: str, row: Row[Any], *, before: Any, after: Any) -> None:
    change.note(action, "forecast", row.id, article=row.article_id, before=before, after=after)


def _plain(wording: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in wording.items()}
