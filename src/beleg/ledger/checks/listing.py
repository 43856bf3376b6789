"""Lists of checks, and whether the same words were checked before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Row,
    Select,
    func,
    select,
    tuple_,
)

from beleg.ledger import schema
from beleg.ledger.conflicts import missing
from beleg.records import CheckReason

State = Literal["open", "checked", "dropped"]
STATES: tuple[State, ...] = ("open", "checked", "dropped")
_LONGEST = 1_000  # code points of a statement in a list


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckEntry:
    """A statement to verify, and what became of it.

    words: of the article, from `start` to `end`, at most 1,000 code points of them.
    why: reasons, the heaviest first. records: ids in the article's analysis that it rests on.
    weight: ranks, 0 to 1. verdict: the checker's own words. rating: 1 (false) to 5 (true).
    evidence: address. present: whether the article's latest analysis still has it.
    """

    id: int
    article_id: int
    article_title: str | None
    outlet: str | None
    words: str
    start: int
    end: int
    why: tuple[str, ...]
    records: tuple[str, ...]
    weight: float
    day: date | None
    state: State
    verdict: str | None
    rating: int | None
    evidence: str | None
    note: str
    checked_at: datetime | None
    checked_by: str | None
    present: bool
    rev: int


def checks_of(db: Connection, article: int) -> tuple[CheckEntry, ...]:
    """All checks of an article, the heaviest first, then in the order of the text."""
    c = schema.checks.c
    query = _all().where(c.article_id == article)
    return _entries(db, query.order_by(c.weight.desc(), c.start, c.id))


def list_checks(
    db: Connection,
    state: State = "open",
    *,
    outlet: str | None = None,
    why: CheckReason | None = None,
    article: int | None = None,
    limit: int = 50,
    before: int | None = None,
) -> tuple[CheckEntry, ...]:
    """A page of checks, the heaviest first, of those the last entered; of all articles or of one.

    why: a reason that has to be among theirs. before: number of the last one of the page before.
    Raises LedgerMissing if that is unknown.
    """
    c = schema.checks.c
    query = _narrowed(_all(), state, article)
    if outlet is not None:
        query = query.where(c.outlet == outlet)
    if why is not None:
        query = query.where(schema.has_reason(why, db.dialect.name))
    if before is not None:
        place = check(db, before)
        query = query.where(tuple_(c.weight, c.id) < tuple_(place.weight, place.id))
    return _entries(db, query.order_by(c.weight.desc(), c.id.desc()).limit(limit))


def check(db: Connection, id_: int) -> CheckEntry:
    """The check of that number. Raises LedgerMissing."""
    row = db.execute(_all().where(schema.checks.c.id == id_)).first()
    if row is None:
        raise missing(schema.checks, id_)
    return _entry(row)


def last_checked(
    db: Connection, *, article: int | None = None, limit: int = 50
) -> tuple[CheckEntry, ...]:
    """The checks with a verdict, of all articles or of one, the last checked first."""
    c = schema.checks.c
    order = (c.checked_at.desc(), c.id.desc())
    which = _narrowed(select(c.id), "checked", article).order_by(*order).limit(limit)
    # Their numbers first: what is sorted of tens of thousands stays small.
    return _entries(db, _all().where(c.id.in_(db.scalars(which).all())).order_by(*order))


def checked_before(db: Connection, article: int) -> dict[int, tuple[CheckEntry, ...]]:
    """For checks of an article: those of others with a verdict on the same words, latest first.

    The same words: equal but for case and white space. Checks without any are left out.
    """
    c = schema.checks.c
    mine = db.execute(select(c.id, c.claim).where(c.article_id == article).order_by(c.id)).all()
    claims = {row.claim for row in mine}
    query = (
        _all()
        .where(c.claim.in_(claims), c.state == "checked", c.article_id != article)
        .order_by(c.checked_at.desc(), c.id.desc())
    )
    others: dict[str, tuple[CheckEntry, ...]] = {}
    for row in db.execute(query):
        others[row.claim] = (*others.get(row.claim, ()), _entry(row))
    return {row.id: others[row.claim] for row in mine if row.claim in others}


def times_checked(db: Connection, ids: Sequence[int]) -> dict[int, int]:
    """For these checks: how many `checked_before` has for each; those with none are left out."""
    c, mine = schema.checks.c, schema.checks.alias("mine").c
    # For each of them by itself: joined, PostgreSQL would sort all checks by their claims.
    others = select(func.count()).where(
        c.claim == mine.claim, c.state == "checked", c.article_id != mine.article_id
    )
    query = select(mine.id, others.scalar_subquery()).where(mine.id.in_(ids))
    return {row[0]: row[1] for row in db.execute(query) if row[1]}


def _narrowed(query: Select[Any], state: State, article: int | None) -> Select[Any]:
    c = schema.checks.c
    if article is None:
        return query.where(c.state == state)
    # Not a bare column: SQLite would go through all in that state.
    return query.where(c.article_id == article, func.coalesce(c.state, "") == state)


def _all() -> Select[Any]:
    """The query that all lists narrow: checks with their article and their words."""
    c, a = schema.checks.c, schema.articles.c
    # Both databases count code points here, the first is 1.
    return select(
        schema.checks,
        a.title.label("article_title"),
        func.substr(a.text, c.start + 1, c.end - c.start).label("words"),
    ).join_from(schema.checks, schema.articles, a.id == c.article_id)


_FIELDS = tuple(field.name for field in fields(CheckEntry))


def _entries(db: Connection, query: Select[Any]) -> tuple[CheckEntry, ...]:
    return tuple(_entry(row) for row in db.execute(query))


def _entry(row: Row[Any]) -> CheckEntry:
    values = {name: getattr(row, name) for name in _FIELDS}
    values["why"], values["records"] = tuple(row.why), tuple(row.records)
    values["words"] = row.words[:_LONGEST]
    return CheckEntry(**values)
