"""Articles of the ledger: adding, finding, reading them and saying how far one is.

A text has one entry, whatever outlets print it: the same text again is another appearance. A
changed text from the same address is an entry of its own that names the earlier one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, func, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from beleg.analyse import Mode
from beleg.errors import LedgerConflict, LedgerMissing, LedgerRefused
from beleg.ledger import schema
from beleg.ledger.packed import pack
from beleg.ledger.projection import project
from beleg.ledger.search import matching, words_table
from beleg.ledger.store import Change
from beleg.records import Analysis

State = Literal["new", "read", "done"]
STATES: tuple[State, ...] = ("new", "read", "done")
Outcome = Literal["new", "known", "again", "appeared"]
_COUNTED = 1_000  # more hits than this are not counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of an article that was added.

    outcome: "new"; "known" (nothing to do); "again" (analysed anew, by another model, version or
    mode); "appeared" (known text, new place).
    """

    id: int
    outcome: Outcome


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


def add_article(change: Change, analysis: Analysis, *, source: str, mode: Mode = "news") -> Added:
    """Enters an analysed article, or what is new about one that is known.

    source: the file, address or feed it was read from. Corrections of a known article are kept
    and applied to the new analysis.
    """
    document = analysis.document
    id_ = _insert_article(change, analysis)
    if id_ is None:
        id_ = change.db.scalar(
            select(schema.articles.c.id).where(schema.articles.c.text_hash == document.id)
        )
        assert id_ is not None  # the text is there, or the insert had not been refused
        appeared = _insert_appearance(change, id_, analysis, source)
        if _is_current(change.db, id_, analysis, mode):
            return Added(id=id_, outcome="appeared" if appeared else "known")
        outcome: Outcome = "again"
    else:
        _insert_appearance(change, id_, analysis, source)
        outcome = "new"
    _insert_analysis(change, id_, analysis, mode)
    project(change, id_)
    change.note(
        "analyse" if outcome == "again" else "add",
        "article",
        id_,
        article=id_,
        after={"source": source, "beleg": analysis.beleg, "model": analysis.model, "mode": mode},
    )
    return Added(id=id_, outcome=outcome)


def known_article(db: Connection, text_hash: str, *, beleg: str, model: str, mode: Mode) -> bool:
    """Whether the text with that hash was analysed by just this version, model and mode."""
    a, n = schema.articles.c, schema.analyses.c
    query = (
        select(n.id)
        .join_from(schema.articles, schema.analyses, n.id == a.analysis_id)
        .where(a.text_hash == text_hash, n.beleg == beleg, n.model == model, n.mode == mode)
    )
    return db.scalar(query) is not None


def add_appearance(change: Change, analysis_of: int, *, source: str, **found: Any) -> bool:
    """Notes a further place where a known text was seen; False if that is known too."""
    return _appear(change, analysis_of, source, found)


def article(db: Connection, id_: int) -> ArticleEntry:
    """The article with that number. Raises LedgerMissing."""
    row = db.execute(select(*_COLUMNS).where(schema.articles.c.id == id_)).first()
    if row is None:
        raise _missing(id_)
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
) -> tuple[ArticleEntry, ...]:
    """Articles, the last added first; `before`: only those added before the one of that number.

    Raises LedgerRefused for a query without a word in it.
    """
    query = _filtered(db, select(*_COLUMNS), chosen or ArticleFilter())
    a = schema.articles.c
    order: ColumnElement[int] = a.id
    if chosen is not None and chosen.query is not None and db.dialect.name != "postgresql":
        # The index gives its rows in this order, and stops when there are enough.
        order = words_table("article_words").c.rowid
    if before is not None:
        query = query.where(order < before)
    return tuple(_entry(row) for row in db.execute(query.order_by(order.desc()).limit(limit)))


def count_articles(db: Connection, chosen: ArticleFilter | None = None) -> int:
    """How many there are; 1,001 stands for more than a thousand, which is not counted out."""
    some = _filtered(db, select(literal(1)), chosen or ArticleFilter()).limit(_COUNTED + 1)
    return db.scalar(select(func.count()).select_from(some.subquery())) or 0


def texts_of(db: Connection, ids: Sequence[int], *, most: int) -> dict[int, str]:
    """The texts of articles, each up to `most` code points."""
    a = schema.articles.c
    rows = db.execute(select(a.id, func.substr(a.text, 1, most)).where(a.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def outlets(db: Connection, *, limit: int = 200) -> tuple[str, ...]:
    """The outlets of the ledger by name, at most `limit`.

    Goes from one to the next in the index, however many articles each has.
    """
    a = schema.articles.c
    step = select(func.min(a.outlet).label("name"), literal(1).label("number")).cte(recursive=True)
    following = select(func.min(a.outlet)).where(a.outlet > step.c.name).scalar_subquery()
    step = step.union_all(
        select(following, step.c.number + 1).where(step.c.name.is_not(None), step.c.number < limit)
    )
    return tuple(db.scalars(select(step.c.name).where(step.c.name.is_not(None))))


def set_state(change: Change, id_: int, state: State, *, rev: int | None = None) -> None:
    """Says how far an article is: "new", "read" or "done". Raises LedgerConflict, LedgerMissing."""
    if state not in STATES:
        raise LedgerRefused(f"article {id_}", f"{state!r} is no state", "new, read or done")
    before = article(change.db, id_)
    raise_rev(change, id_, rev, state=state)
    change.note(
        "state", "article", id_, article=id_, before={"state": before.state}, after={"state": state}
    )


def raise_rev(change: Change, id_: int, rev: int | None, **values: Any) -> None:
    """Counts a change of an article, which must still be as the caller saw it (`rev`).

    Raises LedgerConflict if it is not, LedgerMissing if there is no such article.
    """
    a = schema.articles.c
    where = a.id == id_ if rev is None else (a.id == id_) & (a.rev == rev)
    done = change.db.execute(update(schema.articles).where(where).values(rev=a.rev + 1, **values))
    if done.rowcount == 0:
        article(change.db, id_)
        raise _conflict(change.db, id_)


def _conflict(db: Connection, id_: int) -> LedgerConflict:
    h = schema.history.c
    last = db.execute(
        select(h.who, h.at, h.action).where(h.article_id == id_).order_by(h.id.desc()).limit(1)
    ).first()
    by = f" by {last.who} at {last.at:%Y-%m-%d %H:%M} UTC ({last.action})" if last else ""
    return LedgerConflict(
        f"article {id_}", f"changed in the meantime{by}", "Load it again and repeat what you did"
    )


def _missing(id_: int) -> LedgerMissing:
    return LedgerMissing(f"article {id_}", "not in the ledger", "Check the number (beleg find)")


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
    func.substr(schema.articles.c.text, 1, 300).label("beginning"),
    schema.articles.c.earliest,
    schema.articles.c.latest,
    schema.articles.c.added_by,
    select(func.count())
    .where(schema.appearances.c.article_id == schema.articles.c.id)
    .correlate(schema.articles)
    .scalar_subquery()
    .label("places"),
)


def _entry(row: Any) -> ArticleEntry:
    return ArticleEntry(**row._mapping)


def _filtered(db: Connection, query: Any, chosen: ArticleFilter) -> Any:
    a = schema.articles.c
    if chosen.query is not None:
        words = words_table("article_words")
        query = query.join_from(schema.articles, words, words.c.rowid == a.id)
        query = query.where(matching(db, "article_words", chosen.query))
    else:
        query = query.select_from(schema.articles)
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


def _insert_article(change: Change, analysis: Analysis) -> int | None:
    """The new article's number; None if its text is there already, maybe since a moment ago."""
    document, dating = analysis.document, analysis.dating
    insert_ = postgresql.insert if change.db.dialect.name == "postgresql" else sqlite.insert
    added: int | None = change.db.scalar(
        insert_(schema.articles)
        .values(
            text_hash=document.id,
            language=document.language,
            text=document.text,
            basis=dating.basis,
            added_at=change.at,
            added_by=change.who,
            previous_id=_previous(change.db, document.url),
        )
        .on_conflict_do_nothing(index_elements=["text_hash"])
        .returning(schema.articles.c.id)
    )
    return added


def _previous(db: Connection, url: str | None) -> int | None:
    if url is None:
        return None
    a = schema.articles.c
    return db.scalar(select(a.id).where(a.url == url).order_by(a.id.desc()).limit(1))


def _is_current(db: Connection, id_: int, analysis: Analysis, mode: Mode) -> bool:
    a, n = schema.articles.c, schema.analyses.c
    row = db.execute(
        select(n.beleg, n.model, n.mode)
        .join(schema.articles, n.id == a.analysis_id)
        .where(a.id == id_)
    ).first()
    return row is not None and tuple(row) == (analysis.beleg, analysis.model, mode)


def _insert_analysis(change: Change, id_: int, analysis: Analysis, mode: Mode) -> None:
    (made,) = change.db.execute(
        insert(schema.analyses).values(
            article_id=id_,
            beleg=analysis.beleg,
            model=analysis.model,
            mode=mode,
            made_at=change.at,
            record=pack(analysis),
        )
    ).inserted_primary_key or (0,)
    raise_rev(change, id_, None, analysis_id=made)


def _insert_appearance(change: Change, id_: int, analysis: Analysis, source: str) -> bool:
    document = analysis.document
    return _appear(
        change,
        id_,
        source,
        {
            "url": document.url,
            "title": document.title,
            "author": document.author,
            "outlet": document.outlet,
            "published": document.published,
        },
    )


def _appear(change: Change, id_: int, source: str, found: dict[str, Any]) -> bool:
    insert_ = postgresql.insert if change.db.dialect.name == "postgresql" else sqlite.insert
    row = change.db.scalar(
        insert_(schema.appearances)
        .values(article_id=id_, source=source, seen_at=change.at, **found)
        .on_conflict_do_nothing(index_elements=["article_id", "source"])
        .returning(schema.appearances.c.id)
    )
    return row is not None
