"""Corrections in the ledger: written, undone, and put on an article's analysis.

Corrections are never deleted: one that is undone is marked so, and the history has both.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

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
from beleg.ledger.messages import Message
from beleg.ledger.packed import unpack
from beleg.ledger.store import Change
from beleg.records import Analysis


def analysis_of(db: Connection, article_id: int) -> Analysis:
    """The machine's analysis of an article, the current one. Raises LedgerMissing."""
    articles, analyses = schema.articles.c, schema.analyses.c
    record = db.scalar(
        select(analyses.record)
        .join(schema.articles, articles.analysis_id == analyses.id)
        .where(articles.id == article_id)
    )
    if record is None:
        raise missing(schema.articles, article_id)
    return unpack(record)


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
    correction_id = _write(change, article_id, row.analysis_id, checked)
    write(change, schema.articles, row)
    told = _told(checked)
    change.note("correct", "correction", correction_id, article=article_id, after=told)
    change.note("correct", "article", article_id, article=article_id)
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
    project(change, row.article_id)


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
    now = _unfounded(apply_corrections(analysis, corrections))
    then = apply_corrections(analysis, [c for c in corrections if c.id != row.id])
    later = sorted(_unfounded(then) - now - {row.id})
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
