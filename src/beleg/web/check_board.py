"""What the board of checks shows besides the lists of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, func, literal, select, tuple_, type_coerce
from sqlalchemy.dialects.postgresql import JSONB

from beleg.ledger import schema
from beleg.ledger.checks import CheckEntry, State, check, claim_of
from beleg.ledger.checks.listing import entries
from beleg.ledger.corrections import effective
from beleg.report.claimreview import Verdict, reviews_of
from beleg.text.article import Span

_FIELDS = tuple(field.name for field in fields(CheckEntry))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A check on the board; before: how many others with the same words have a verdict."""

    entry: CheckEntry
    before: int


def lines(
    db: Connection,
    state: State,
    *,
    reason: str | None,
    outlet: str | None,
    article: int | None,
    limit: int,
    before: int | None,
) -> tuple[Line, ...]:
    """A page of checks, the heaviest first; before: number of the last one of the page before."""
    c = schema.checks.c
    query = entries().where(c.state == state)
    if reason is not None:
        query = query.where(_has_reason(db, reason))
    if outlet is not None:
        query = query.where(c.outlet == outlet)
    if article is not None:
        query = query.where(c.article_id == article)
    if before is not None:
        place = check(db, before)
        query = query.where(tuple_(c.weight, c.id) < tuple_(place.weight, place.id))
    rows = db.execute(query.order_by(c.weight.desc(), c.id.desc()).limit(limit))
    found = tuple(map(_entry, rows))
    counts = _checked(db, [claim_of(entry.words) for entry in found])
    return tuple(
        Line(
            entry=entry,
            before=counts.get(claim_of(entry.words), 0) - (entry.state == "checked"),
        )
        for entry in found
    )


def reviews(db: Connection, *, article: int | None, limit: int) -> list[dict[str, Any]]:
    """The checks with a verdict as ClaimReviews, the last checked first."""
    c = schema.checks.c
    query = entries().where(c.state == "checked")
    if article is not None:
        query = query.where(c.article_id == article)
    rows = db.execute(query.order_by(c.checked_at.desc(), c.id.desc()).limit(limit))
    by_article: dict[int, list[CheckEntry]] = {}
    for row in rows:
        by_article.setdefault(row.article_id, []).append(_entry(row))
    return [
        review
        for id_, found in by_article.items()
        for review in reviews_of(effective(db, id_).analysis, [_verdict(one) for one in found])
    ]


def _verdict(one: CheckEntry) -> Verdict:
    return Verdict(
        span=Span(one.start, one.end),
        words=one.verdict or "",
        rating=one.rating,
        evidence=one.evidence,
        note=one.note,
        by=one.checked_by,
        on=one.checked_at.date() if one.checked_at else None,
    )


def _has_reason(db: Connection, reason: str) -> Any:
    why = schema.checks.c.why
    if db.dialect.name == "postgresql":
        return type_coerce(why, JSONB).contains([reason])
    each = func.json_each(why).table_valued("value")
    return select(literal(1)).select_from(each).where(each.c.value == reason).exists()


def _checked(db: Connection, claims: Sequence[str]) -> dict[str, int]:
    c = schema.checks.c
    rows = db.execute(
        select(c.claim, func.count())
        .where(c.claim.in_(claims), c.state == "checked")
        .group_by(c.claim)
    )
    return {row[0]: row[1] for row in rows}


def _entry(row: Any) -> CheckEntry:
    values = {name: getattr(row, name) for name in _FIELDS}
    return CheckEntry(**values | {"why": tuple(row.why), "records": tuple(row.records)})
