"""Articles of the ledger: adding, finding, reading them and saying how far one is.

A text has one entry, whatever outlets print it: the same text again is another appearance. A
changed text from the same address is an entry of its own that names the earlier one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, func, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from beleg.analyse import Mode
from beleg.errors import LedgerRefused
from beleg.ledger import schema
from beleg.ledger.conflicts import missing, take, write
from beleg.ledger.counting import count_some
from beleg.ledger.packed import pack
from beleg.ledger.projection import project
from beleg.ledger.search import matching, words_table
from beleg.ledger.store import Change
from beleg.records import Analysis
from beleg.text.article import Article

State = Literal["new", "read", "done"]
STATES: tuple[State, ...] = ("new", "read", "done")
Outcome = Literal["new", "known", "again", "appeared"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of an article that was added.

    outcome: "new"; "known" (nothing to do); "again" (analysed anew: by another model, version or
    mode, or with its day of publication, which nobody gave before); "appeared" (known text, new
    place).
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
    id_ = _insert_article(change, analysis)
    if id_ is None:
        id_ = _id_of(change.db, analysis.document.id)
        appeared = _insert_appearance(change, id_, analysis, source)
        if _is_known(change.db, analysis, mode):
            return Added(id=id_, outcome="appeared" if appeared else "known")
        outcome: Outcome = "again"
    else:
        _insert_appearance(change, id_, analysis, source)
        outcome = "new"
    _enter(change, id_, analysis, mode, "analyse" if outcome == "again" else "add", source=source)
    return Added(id=id_, outcome=outcome)


def renew_analysis(change: Change, id_: int, analysis: Analysis, *, mode: Mode) -> Added:
    """Puts a new analysis in the place of an article's old one, which stays in the ledger.

    Corrections are kept and applied to it. Raises LedgerMissing.
    """
    article(change.db, id_)
    if _is_known(change.db, analysis, mode):
        return Added(id=id_, outcome="known")
    _enter(change, id_, analysis, mode, "analyse")
    return Added(id=id_, outcome="again")


def known_article(
    db: Connection, text_hash: str, *, beleg: str, model: str, mode: Mode, given: bool = False
) -> bool:
    """Whether the text with that hash was analysed by just this version, model and mode.

    given: and with a day of publication that somebody gave.
    """
    a, n = schema.articles.c, schema.analyses.c
    query = (
        select(n.id)
        .join_from(schema.articles, schema.analyses, n.id == a.analysis_id)
        .where(a.text_hash == text_hash, n.beleg == beleg, n.model == model, n.mode == mode)
    )
    if given:
        query = query.where(a.basis == "given")
    return db.scalar(query) is not None


def add_appearance(change: Change, seen: Article) -> Added:
    """Notes where a text was seen that the ledger has, and what that place says of it.

    The outcome is "appeared", or "known" if that was noted before.
    """
    id_ = _id_of(change.db, seen.id)
    found = {name: getattr(seen, name) for name in ("url", "title", "author", "outlet")}
    appeared = _appear(change, id_, seen.source, {**found, "published": seen.published})
    return Added(id=id_, outcome="appeared" if appeared else "known")


def article(db: Connection, id_: int) -> ArticleEntry:
    """The article with that number. Raises LedgerMissing."""
    row = db.execute(select(*_COLUMNS).where(schema.articles.c.id == id_)).first()
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
    return count_some(db, _filtered(db, select(literal(1)), chosen or ArticleFilter()))


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
    row = take(change, schema.articles, id_, rev)
    write(change, schema.articles, row, state=state)
    change.note(
        "state", "article", id_, article=id_, before={"state": row.state}, after={"state": state}
    )


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


def _is_known(db: Connection, analysis: Analysis, mode: Mode) -> bool:
    return known_article(
        db,
        analysis.document.id,
        beleg=analysis.beleg,
        model=analysis.model,
        mode=mode,
        given=analysis.dating.basis == "given",
    )


def _id_of(db: Connection, text_hash: str) -> int:
    a = schema.articles.c
    id_: int = db.execute(select(a.id).where(a.text_hash == text_hash)).scalar_one()
    return id_


def _enter(
    change: Change, id_: int, analysis: Analysis, mode: Mode, action: str, **told: str
) -> None:
    """Writes the analysis, the rows made of it, and what the history is told."""
    _insert_analysis(change, id_, analysis, mode)
    project(change, id_)
    made_by = {"beleg": analysis.beleg, "model": analysis.model, "mode": mode}
    change.note(action, "article", id_, article=id_, after={**told, **made_by})


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
    row = take(change, schema.articles, id_, None)
    write(change, schema.articles, row, analysis_id=made)


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
