"""Articles of the ledger: finding and reading them; `article_changes` enters them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    bindparam,
    func,
    literal,
    select,
)

from beleg.ledger import schema
from beleg.ledger.conflicts import missing
from beleg.ledger.counting import COUNTED, count_each
from beleg.ledger.search import few_found, found, narrowed, only_words, words_table

State = Literal["new", "read", "done"]
STATES: tuple[State, ...] = ("new", "read", "done")
_BEGINNING = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleEntry:
    """An article as a list shows it. day: published, else the last day it can be from.

    earliest, latest: days between which it appeared, inclusive. places: where its text was seen,
    the first place counted in.
    """

    id: int
    title: str | None
    author: str | None
    outlet: str | None
    url: str | None
    published: date | None
    day: date | None
    state: State
    added_at: datetime
    rev: int
    beginning: str
    earliest: date | None
    latest: date | None
    added_by: str
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """Where a text was seen; source: the file, address or feed it was read from."""

    source: str
    url: str | None
    title: str | None
    author: str | None
    outlet: str | None
    published: date | None
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFilter:
    """Which articles are meant; what is None does not matter. Days inclusive."""

    query: str | None = None
    state: State | None = None
    outlet: str | None = None
    person: int | None = None
    since: date | None = None
    until: date | None = None


def article(db: Connection, id_: int) -> ArticleEntry:
    """The article with that number. Raises LedgerMissing."""
    row = db.execute(_entries().where(schema.articles.c.id == id_)).first()
    if row is None:
        raise missing(schema.articles, id_)
    return _entry(row)


def appearances(db: Connection, id_: int) -> tuple[Appearance, ...]:
    """Where the text of an article was seen, the first place first."""
    c = schema.appearances.c
    rows = db.execute(
        select(c.source, c.url, c.title, c.author, c.outlet, c.published, c.seen_at)
        .where(c.article_id == id_)
        .order_by(c.id)
    )
    return tuple(Appearance(**row._mapping) for row in rows)


def list_articles(
    db: Connection,
    chosen: ArticleFilter | None = None,
    *,
    limit: int = 50,
    before: int | None = None,
    beginning: int = _BEGINNING,
) -> tuple[ArticleEntry, ...]:
    """Articles, the last added first; `before`: only those added before the one of that number.

    beginning: how many code points of their texts. Raises LedgerRefused for a query without a
    word in it.
    """
    query = _filtered(db, _entries(beginning), chosen or ArticleFilter())
    a = schema.articles.c
    order: ColumnElement[int] = a.id
    if chosen is not None and chosen.query is not None and db.dialect.name != "postgresql":
        # The index gives its rows in this order, and stops when there are enough.
        order = words_table("article_words").c.rowid
    if before is not None:
        query = query.where(order < before)
    return tuple(_entry(row) for row in db.execute(query.order_by(order.desc()).limit(limit)))


def search_articles(
    db: Connection,
    chosen: ArticleFilter,
    *,
    limit: int = 50,
    before: int | None = None,
    beginning: int = _BEGINNING,
) -> tuple[tuple[ArticleEntry, ...], int]:
    """What `list_articles` gives for a query, and how many there are, as `count_articles` counts.

    Where nothing but words is asked for, the index is looked into once for both.
    """
    words = only_words(chosen)
    few = None if words is None else few_found(db, "article_words", words)
    if few is None:
        listed = list_articles(db, chosen, limit=limit, before=before, beginning=beginning)
        return listed, count_articles(db, chosen) if words is None else COUNTED + 1
    a = schema.articles.c
    shown = sorted((id_ for id_ in few if before is None or id_ < before), reverse=True)[:limit]
    rows = db.execute(_entries(beginning).where(a.id.in_(shown)).order_by(a.id.desc()))
    return tuple(map(_entry, rows)), len(few)


def count_articles(db: Connection, chosen: ArticleFilter | None = None) -> int:
    """How many there are; 1,001 stands for more than a thousand, which is not counted out."""
    return count_each(db, rows=articles_to_count(db, chosen or ArticleFilter()))["rows"]


def articles_to_count(db: Connection, chosen: ArticleFilter) -> Select[Any]:
    """A row for each of them, see `counting`. Raises LedgerRefused."""
    words = only_words(chosen)
    if words is not None:
        return found(db, "article_words", words)
    return _filtered(db, select(literal(1)), chosen)


def outlets(db: Connection, *, limit: int = 200) -> tuple[str, ...]:
    """The outlets of the ledger by name, at most `limit`."""
    return tuple(db.scalars(_outlets(), {"most": limit}))


@cache
def _outlets() -> Select[Any]:
    """Goes from one to the next in the index, however many articles each has."""
    a, most = schema.articles.c, bindparam("most", type_=Integer)
    step = select(func.min(a.outlet).label("name"), literal(1).label("number")).cte(recursive=True)
    following = select(func.min(a.outlet)).where(a.outlet > step.c.name).scalar_subquery()
    step = step.union_all(
        select(following, step.c.number + 1).where(step.c.name.is_not(None), step.c.number < most)
    )
    return select(step.c.name).where(step.c.name.is_not(None))


_COLUMNS = (
    schema.articles.c.id,
    schema.articles.c.title,
    schema.articles.c.author,
    schema.articles.c.outlet,
    schema.articles.c.url,
    schema.articles.c.published,
    schema.articles.c.day,
    schema.articles.c.state,
    schema.articles.c.added_at,
    schema.articles.c.rev,
    schema.articles.c.earliest,
    schema.articles.c.latest,
    schema.articles.c.added_by,
    select(func.count())
    .where(schema.appearances.c.article_id == schema.articles.c.id)
    .correlate(schema.articles)
    .scalar_subquery()
    .label("places"),
)


def _entries(beginning: int = _BEGINNING) -> Select[Any]:
    return select(*_COLUMNS, func.substr(schema.articles.c.text, 1, beginning).label("beginning"))


def _entry(row: Any) -> ArticleEntry:
    return ArticleEntry(**row._mapping)


def _filtered(db: Connection, query: Select[Any], chosen: ArticleFilter) -> Select[Any]:
    a = schema.articles.c
    query = query.select_from(schema.articles)
    if chosen.query is not None:
        query = narrowed(db, query, a.id, "article_words", chosen.query)
    if chosen.state is not None:
        query = query.where(a.state == chosen.state)
    if chosen.outlet is not None:
        query = query.where(a.outlet == chosen.outlet)
    if chosen.person is not None:
        p, of = schema.people.c, schema.article_people.c
        theirs = (
            select(of.article_id)
            .join(schema.people, p.id == of.person_id)
            .where(p.root_id == chosen.person)
        )
        query = query.where(a.id.in_(theirs))
    if chosen.since is not None:
        query = query.where(a.day >= chosen.since)
    if chosen.until is not None:
        query = query.where(a.day <= chosen.until)
    return query
