"""Who was quoted with what, across all articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal, select

from beleg.ledger import schema
from beleg.ledger.search import matching, words_table

_COUNTED = 1_000  # more hits than this are not counted


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


def count_quotations(db: Connection, chosen: QuotationFilter | None = None) -> int:
    """How many there are; 1,001 stands for more than a thousand, which is not counted out."""
    query = select(literal(1)).select_from(schema.quotations)
    some = _filtered(db, query, chosen or QuotationFilter()).limit(_COUNTED + 1)
    return db.scalar(select(func.count()).select_from(some.subquery())) or 0


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


def _filtered(db: Connection, query: Any, chosen: QuotationFilter) -> Any:
    q, a, p = schema.quotations.c, schema.articles.c, schema.people.c
    if chosen.query is not None:
        words = words_table("quotation_words")
        query = query.join(words, words.c.rowid == q.id)
        query = query.where(matching(db, "quotation_words", chosen.query))
    if chosen.person is not None:
        theirs = select(p.id).where(p.root_id == chosen.person)
        query = query.where(q.person_id.in_(theirs))
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
