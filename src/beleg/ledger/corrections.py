"""Corrections in the ledger: written, undone, and put on an article's analysis.

Corrections are never deleted: one that is undone is marked so, and the history has both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from beleg.analyse import redated
from beleg.errors import LedgerRefused
from beleg.ledger import schema
from beleg.ledger.conflicts import missing, take, write
from beleg.ledger.correcting import (
    Action,
    Corrected,
    Correction,
    Layer,
    apply_corrections,
    check_correction,
)
from beleg.ledger.packed import pack, unpack
from beleg.ledger.reckoning import day_said, moved
from beleg.ledger.store import Change
from beleg.messages import Message
from beleg.modes import Mode
from beleg.records import Analysis
from beleg.version import __version__


def analysis_of(db: Connection, article_id: int) -> Analysis:
    """What corrections of an article are put on: the machine's current analysis of it, reckoned
    from the day of publication that people say. Raises LedgerMissing.
    """
    a = schema.articles.c
    return unpack(_kept(db, article_id, func.coalesce(a.reckoned_id, a.analysis_id)).record)


def found_by_machine(db: Connection, article_id: int) -> Analysis:
    """The machine's analysis as it made it, without anything people said. Raises LedgerMissing."""
    return unpack(_kept(db, article_id, schema.articles.c.analysis_id).record)


def _kept(db: Connection, article_id: int, which: ColumnElement[int]) -> Row[Any]:
    """The analysis of the article that has the number `which`."""
    row = db.execute(
        select(schema.analyses)
        .join(schema.articles, schema.analyses.c.id == which)
        .where(schema.articles.c.id == article_id)
    ).first()
    if row is None:
        raise missing(schema.articles, article_id)
    return row


def corrections_of(
    db: Connection, article_id: int, with_revoked: bool = False
) -> tuple[Correction, ...]:
    """What people said about an article, in the order in which it is applied."""
    table = schema.corrections
    query = select(table).where(table.c.article_id == article_id).order_by(table.c.id)
    if not with_revoked:
        query = query.where(table.c.revoked_at.is_(None))
    return tuple(map(_correction, db.execute(query)))


def effective(db: Connection, article_id: int) -> Corrected:
    """The current analysis with what people said about it. Raises LedgerMissing."""
    return apply_corrections(analysis_of(db, article_id), corrections_of(db, article_id))


def correct(
    change: Change,
    article_id: int,
    *,
    layer: Layer,
    action: Action,
    before: Any,
    after: dict[str, Any] | None,
    rev: int | None,
) -> int:
    """Writes what a person says about a record, see `Correction`; gives the correction's id.

    before, after: in terms of the effective analysis. rev: the article's that the person saw.
    Raises LedgerMissing, LedgerConflict, and CorrectionRefused for what does not fit.
    """
    from beleg.ledger.projection import project  # reads the corrections in its turn

    row = take(change, schema.articles, article_id, rev)
    analysis = effective(change.db, article_id).analysis
    correction = Correction(
        id=0,
        layer=layer,
        action=action,
        before=before,
        after=after,
        refs={},
        made_at=change.at,
        made_by=change.who,
        why=change.why,
    )
    checked = check_correction(analysis, correction)
    correction_id = _write(change, article_id, row.reckoned_id or row.analysis_id, checked)
    write(change, schema.articles, row)
    told = _told(checked)
    change.note("correct", "correction", correction_id, article=article_id, after=told)
    change.note("correct", "article", article_id, article=article_id)
    if layer == "document":
        reckon(change, article_id)
    project(change, article_id)
    return correction_id


def revoke(change: Change, correction_id: int, rev: int | None) -> None:
    """Undoes a correction: the analysis is as if it had not been made.

    rev: the article's that the person saw. Raises LedgerMissing, LedgerConflict, and LedgerRefused
    for one that is undone already or that later ones build on.
    """
    from beleg.ledger.projection import project

    table = schema.corrections
    row = change.db.execute(select(table).where(table.c.id == correction_id)).first()
    if row is None:
        raise missing(table, correction_id)
    article = take(change, schema.articles, row.article_id, rev)
    row = change.db.execute(select(table).where(table.c.id == correction_id)).one()
    if row.revoked_at is not None:
        raise LedgerRefused(
            f"correction {correction_id}",
            Message("undone_already", f"undone already by {row.revoked_by}", who=row.revoked_by),
            "Load it again",
        )
    _check_later(change.db, row)
    change.db.execute(
        update(table)
        .where(table.c.id == correction_id)
        .values(revoked_at=change.at, revoked_by=change.who)
    )
    write(change, schema.articles, article)
    change.note(
        "revoke",
        "correction",
        correction_id,
        article=row.article_id,
        before=_told(_correction(row)),
    )
    change.note("revoke", "article", row.article_id, article=row.article_id)
    if row.layer == "document":
        reckon(change, row.article_id)
    project(change, row.article_id)


def reckon(change: Change, article_id: int) -> None:
    """Lets everything that counts from the day of publication count from the one people say.

    What they said of single records goes before that. The history tells how many days changed.
    Where nobody says another day than the machine found, its own analysis holds again. The caller
    makes the rows anew. Raises LedgerMissing.
    """
    said = corrections_of(change.db, article_id)
    a = schema.articles.c
    kept = change.db.scalar(select(a.reckoned_id).where(a.id == article_id))
    if kept is None and all(correction.layer != "document" for correction in said):
        return
    now = analysis_of(change.db, article_id)
    machine = _kept(change.db, article_id, a.analysis_id)
    found = unpack(machine.record)
    then = _reckoned(found, said, machine.mode)
    day, other = now.document.published, then.document.published
    if day == other:
        return
    _keep(change, machine, None if then == found else then)
    counted = moved(apply_corrections(now, said).analysis, apply_corrections(then, said).analysis)
    change.note(
        "reckon",
        "article",
        article_id,
        article=article_id,
        before={"published": day and day.isoformat()},
        after={"published": other and other.isoformat(), **asdict(counted)},
    )


def _keep(change: Change, machine: Row[Any], reckoned: Analysis | None) -> None:
    """Makes it the analysis that corrections are put on; None for the machine's own."""
    made = None
    if reckoned is not None:
        values = {"article_id": machine.article_id, "beleg": __version__, "made_at": change.at}
        values |= {"model": machine.model, "mode": machine.mode, "record": pack(reckoned)}
        made = change.db.execute(insert(schema.analyses).values(values)).inserted_primary_key
    a = schema.articles
    (id_,) = made or (None,)
    change.db.execute(update(a).where(a.c.id == machine.article_id).values(reckoned_id=id_))


def _reckoned(found: Analysis, said: Sequence[Correction], mode: Mode) -> Analysis:
    """The machine's analysis, made in that mode, reckoned from the day that corrections say."""
    day = day_said(found, said)
    return found if day == found.document.published else redated(found, day, mode=mode)


def _write(change: Change, article_id: int, analysis_id: int, correction: Correction) -> int:
    values = {
        name: getattr(correction, name)
        for name in ("layer", "action", "before", "after", "refs", "made_at", "made_by", "why")
    }
    written = change.db.execute(
        insert(schema.corrections)
        .values(article_id=article_id, analysis_id=analysis_id, **values)
        .returning(schema.corrections.c.id)
    )
    return int(written.scalar_one())


def _check_later(db: Connection, row: Row[Any]) -> None:
    """Raises LedgerRefused if later corrections only fit with this one."""
    analysis = analysis_of(db, row.article_id)
    corrections = corrections_of(db, row.article_id)
    others = [c for c in corrections if c.id != row.id]
    now = _unfounded(apply_corrections(analysis, corrections))
    without = analysis
    if row.layer == "document":
        machine = _kept(db, row.article_id, schema.articles.c.analysis_id)
        without = _reckoned(unpack(machine.record), others, machine.mode)
    later = sorted(_unfounded(apply_corrections(without, others)) - now - {row.id})
    if later:
        numbers = ", ".join(map(str, later))
        raise LedgerRefused(
            f"correction {row.id}",
            Message("built_upon", f"later ones build on it ({numbers})", numbers=numbers),
            "Undo those first",
        )


def _unfounded(corrected: Corrected) -> set[int]:
    """The corrections whose record the machine does not have."""
    restored = {m.corrections[0] for m in corrected.marks.values() if m.restored}
    return restored | {lost.correction for lost in corrected.lost}


def _correction(row: Row[Any]) -> Correction:
    left_out = {"article_id", "analysis_id"}
    return Correction(**{n: v for n, v in row._mapping.items() if n not in left_out})


def _told(correction: Correction) -> dict[str, Any]:
    """What the history says of a correction."""
    return {
        "layer": correction.layer,
        "action": correction.action,
        "before": correction.before,
        "after": correction.after,
    }
