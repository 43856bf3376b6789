"""Entering articles and what is new about them, and saying how far one is.

A text has one entry, whatever outlets print it: the same text again is another appearance. A
changed text from the same address is an entry of its own that names the earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from beleg.errors import LedgerRefused
from beleg.ledger import schema
from beleg.ledger.articles import STATES, State, article
from beleg.ledger.conflicts import take, write
from beleg.ledger.corrections import reckon
from beleg.ledger.packed import pack
from beleg.ledger.projection import project
from beleg.ledger.store import Change
from beleg.modes import Mode
from beleg.records import Analysis
from beleg.text.article import Article

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


def set_state(change: Change, id_: int, state: State, *, rev: int | None = None) -> None:
    """Says how far an article is: "new", "read" or "done". Raises LedgerConflict, LedgerMissing."""
    if state not in STATES:
        raise LedgerRefused(f"article {id_}", f"{state!r} is no state", "new, read or done")
    row = take(change, schema.articles, id_, rev)
    write(change, schema.articles, row, state=state)
    change.note(
        "state", "article", id_, article=id_, before={"state": row.state}, after={"state": state}
    )


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
    made_by = {"beleg": analysis.beleg, "model": analysis.model, "mode": mode}
    change.note(action, "article", id_, article=id_, after={**told, **made_by})
    reckon(change, id_)
    project(change, id_)


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
    write(change, schema.articles, row, analysis_id=made, reckoned_id=None)


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
