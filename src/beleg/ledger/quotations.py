"""Who was quoted with what, across all articles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, extract, func, literal, select

from beleg.ledger import schema
from beleg.ledger.conflicts import missing
from beleg.ledger.search import found, narrowed, only_words, words_table


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationEntry:
    """A quotation as a list shows it.

    local: its id within the article; start, end: its place there, in code points; person: the
    speaker across articles, with mergers followed; day: the article's.
    """

    id: int
    article: int
    title: str | None
    outlet: str | None
    local: str
    type: str
    medium: str
    text: str
    start: int
    end: int
    speaker: str | None
    person: int | None
    sourcing: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationFilter:
    """Which quotations are meant; what is None does not matter. Days inclusive."""

    query: str | None = None
    person: int | None = None
    type: str | None = None
    sourcing: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None


def list_quotations(
    db: Connection,
    chosen: QuotationFilter | None = None,
    *,
    limit: int = 50,
    before: int | None = None,
) -> tuple[QuotationEntry, ...]:
    """Quotations, the last added first; `before`: only those added before the one of that number.

    Raises LedgerRefused for a query without a word in it.
    """
    chosen = chosen or QuotationFilter()
    query = _filtered(db, _columns(), chosen)
    order: ColumnElement[int] = schema.quotations.c.id
    if chosen.query is not None and db.dialect.name != "postgresql":
        # The index gives its rows in this order, and stops when there are enough.
        order = words_table("quotation_words").c.rowid
    if before is not None:
        query = query.where(order < before)
    rows = db.execute(query.order_by(order.desc()).limit(limit))
    return tuple(QuotationEntry(**row._mapping) for row in rows)


def list_over_time(
    db: Connection,
    person: int,
    chosen: QuotationFilter | None = None,
    *,
    limit: int = 50,
    before: int | None = None,
) -> tuple[QuotationEntry, ...]:
    """What one person is quoted with, the latest day first, without a day at the end.

    before: number of the last one of the page before. Raises LedgerMissing if that is unknown,
    LedgerRefused for a query without a word in it.
    """
    q = schema.quotations.c
    bare = select(q.id).select_from(schema.quotations)
    query = _filtered(db, bare, replace(chosen or QuotationFilter(), person=person))
    if before is not None:
        place = db.execute(select(q.id, q.day).where(q.id == before)).first()
        if place is None:
            raise missing(schema.quotations, before)
        undated = q.day.is_(None) & (q.id < place.id)
        if place.day is None:
            query = query.where(undated)
        else:
            same = (q.day == place.day) & (q.id < place.id)
            query = query.where((q.day < place.day) | same | q.day.is_(None))
    order = (q.day.is_(None), q.day.desc(), q.id.desc())
    # Their numbers first: what is sorted of somebody quoted ten thousand times stays small.
    ids = db.scalars(query.order_by(*order).limit(limit)).all()
    rows = db.execute(_columns().where(q.id.in_(ids)).order_by(*order))
    return tuple(QuotationEntry(**row._mapping) for row in rows)


def quoted_per_month(db: Connection, person: int) -> tuple[tuple[date, int], ...]:
    """How often somebody is quoted in each month that has any, as (its first day, how often)."""
    q = schema.quotations.c
    year, month = extract("year", q.day), extract("month", q.day)
    rows = db.execute(
        select(year, month, func.count())
        .where(q.person_id.in_(_same(person)), q.day.is_not(None))
        .group_by(year, month)
        .order_by(year, month)
    )
    return tuple((date(int(y), int(m), 1), n) for y, m, n in rows)


def quoting_outlets(
    db: Connection, person: int, *, limit: int = 10
) -> tuple[tuple[str | None, int], ...]:
    """Who prints what somebody says, as (outlet, quotations), the most first."""
    q, a = schema.quotations.c, schema.articles.c
    # Counted by article first, and not by a bare column: SQLite would go through all articles in
    # the order of an index of theirs instead of through what that person said.
    article = (q.article_id + 0).label("article")
    said = (
        select(article, func.count().label("number"))
        .where(q.person_id.in_(_same(person)))
        .group_by(article)
        .subquery()
    )
    number = func.sum(said.c.number).label("number")
    rows = db.execute(
        select(a.outlet, number)
        .join_from(said, schema.articles, a.id == said.c.article)
        .group_by(a.outlet)
        .order_by(number.desc(), a.outlet)
        .limit(limit)
    )
    return tuple((outlet, int(count)) for outlet, count in rows)


def quotations_to_count(db: Connection, chosen: QuotationFilter) -> Select[Any]:
    """A row for each of them, see `counting`. Raises LedgerRefused."""
    words = only_words(chosen)
    if words is not None:
        return found(db, "quotation_words", words)
    query = select(literal(1)).select_from(schema.quotations)
    return _filtered(db, query, chosen)


def _same(person: int) -> Select[Any]:
    p = schema.people.c
    return select(p.id).where(p.root_id == person)


def _columns() -> Any:
    q, a, p = schema.quotations.c, schema.articles.c, schema.people.c
    return (
        select(
            q.id,
            q.article_id.label("article"),
            a.title,
            a.outlet,
            q.local,
            q.type,
            q.medium,
            q.text,
            q.start,
            q.end,
            q.speaker_name.label("speaker"),
            p.root_id.label("person"),
            q.sourcing,
            q.day,
        )
        .select_from(schema.quotations)
        .join(schema.articles, a.id == q.article_id)
        .join(schema.people, p.id == q.person_id, isouter=True)
    )


def _filtered(db: Connection, query: Select[Any], chosen: QuotationFilter) -> Select[Any]:
    q, a = schema.quotations.c, schema.articles.c
    if chosen.query is not None:
        query = narrowed(db, query, q.id, "quotation_words", chosen.query)
    if chosen.person is not None:
        query = query.where(q.person_id.in_(_same(chosen.person)))
    if chosen.outlet is not None:
        of_outlet = select(a.id).where(a.outlet == chosen.outlet)
        query = query.where(q.article_id.in_(of_outlet))
    for column, value in ((q.type, chosen.type), (q.sourcing, chosen.sourcing)):
        if value is not None:
            query = query.where(column == value)
    if chosen.since is not None:
        query = query.where(q.day >= chosen.since)
    if chosen.until is not None:
        query = query.where(q.day <= chosen.until)
    return query
