"""People across articles: who of one article is whom of another.

The same full name of the same kind is taken to be the same one, and said to be a suggestion until
somebody confirms it. Everything beyond that is only proposed: names that differ are merged by a
person, and a merger is undone by taking it back. Nobody's entry is ever deleted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Row,
    Select,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    tuple_,
    update,
)

from beleg.ledger import schema, search
from beleg.ledger.conflicts import missing
from beleg.ledger.stems import folded
from beleg.ledger.store import Change
from beleg.records import Person
from beleg.rules.people_rules import load_people_rules

LinkBasis = Literal["local", "alone", "suggested", "confirmed"]
# Groups are nobody across articles; so is a person of whom the article has only one name, or none.
_ACROSS = ("person", "organisation", "outlet", "document")
_LOCK = 0x62656C65  # PostgreSQL: two writers must not both be the first with a new name


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """Somebody across articles, with everybody merged into them counted in."""

    id: int
    name: str
    kind: str
    note: str
    articles: int
    quotations: int
    rev: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Who one of an article's people is; `person` is null for nobody across articles."""

    local: str
    name: str
    kind: str
    person: int | None
    basis: LinkBasis


def link_people(change: Change, article_id: int, people: Sequence[Person]) -> dict[str, int | None]:
    """Writes who the people of an article are; what somebody confirmed before stays.

    Returns for each of them the number across articles, or None.
    """
    db = change.db
    table = schema.article_people
    before = {
        (folded(row.name), row.kind): row
        for row in db.execute(select(table).where(table.c.article_id == article_id))
    }
    db.execute(delete(table).where(table.c.article_id == article_id))
    fresh = [p for p in people if (folded(p.name), p.kind) not in before and _is_across(p)]
    known = _known(change, fresh)
    rows: list[dict[str, Any]] = []
    for person in people:
        key = (folded(person.name), person.kind)
        if key in before:
            link, basis = before[key].person_id, before[key].basis
        else:
            link, basis = known.get(key, (None, "local"))
        rows.append(
            {
                "article_id": article_id,
                "local": person.id,
                "person_id": link,
                "name": person.name,
                "kind": person.kind,
                "roles": list(person.roles),
                "mentions": len(person.mentions),
                "basis": basis,
            }
        )
    if rows:
        db.execute(insert(table), rows)
    return {row["local"]: row["person_id"] for row in rows}


def links(db: Connection, article_id: int) -> tuple[Link, ...]:
    """Who the people of an article are across articles, in the article's order."""
    c, p = schema.article_people.c, schema.people.c
    rows = db.execute(
        select(c.local, c.name, c.kind, p.root_id.label("person"), c.basis)
        .join_from(schema.article_people, schema.people, p.id == c.person_id, isouter=True)
        .where(c.article_id == article_id)
    )
    found = [Link(**row._mapping) for row in rows]
    return tuple(sorted(found, key=lambda link: (len(link.local), link.local)))


def person(db: Connection, id_: int) -> PersonEntry:
    """The person of that number, or who they were merged into. Raises LedgerMissing."""
    root = row_of(db, id_).root_id
    return _entry(db.execute(_entries().where(schema.people.c.id == root)).one())


def people_by_number(db: Connection, ids: Sequence[int]) -> dict[int, PersonEntry]:
    """The people of those numbers who are merged into nobody."""
    p = schema.people.c
    rows = db.execute(_entries().where(p.id.in_(ids), p.id == p.root_id))
    return {row.id: _entry(row) for row in rows}


def list_people(
    db: Connection, *, kind: str | None = None, limit: int = 50, after: int | None = None
) -> tuple[PersonEntry, ...]:
    """People in the order of their names; `after`: only those after the one of that number."""
    p = schema.people.c
    query = _entries().where(p.id == p.root_id)
    if kind is not None:
        query = query.where(p.kind == kind)
    if after is not None:
        place = row_of(db, after)
        query = query.where(tuple_(p.folded, p.id) > tuple_(place.folded, place.id))
    return tuple(map(_entry, db.execute(query.order_by(p.folded, p.id).limit(limit))))


def find_people(
    db: Connection,
    name: str | None = None,
    *,
    kind: str | None = None,
    limit: int = 50,
    after: int = 0,
) -> tuple[PersonEntry, ...]:
    """People whose name has these words, or all, in the order in which they first occurred.

    Raises LedgerRefused for a name without a word in it.
    """
    p = schema.people.c
    query = _found(db, _entries(), name, kind).where(p.id > after)
    return tuple(map(_entry, db.execute(query.order_by(p.id).limit(limit))))


def people_to_count(
    db: Connection, name: str | None = None, *, kind: str | None = None
) -> Select[Any]:
    """A row for each of them, see `counting`. Raises LedgerRefused."""
    return _found(db, select(literal(1)).select_from(schema.people), name, kind)


def merged(db: Connection, id_: int) -> tuple[tuple[int, str, int], ...]:
    """Who was merged into a person, as (number, name, rev)."""
    p = schema.people.c
    query = select(p.id, p.name, p.rev).where(p.root_id == id_, p.id != id_).order_by(p.id)
    return tuple(db.execute(query).all())


def _entries() -> Select[Any]:
    """People with what is counted of them and of everybody merged into them, in one query."""
    p, c, q = schema.people.c, schema.article_people.c, schema.quotations.c
    same, too = schema.people.alias("same"), schema.people.alias("too")
    articles = (
        select(func.count(c.article_id.distinct()))
        .join_from(schema.article_people, same, same.c.id == c.person_id)
        .where(same.c.root_id == p.id)
    )
    quotations = (
        select(func.count(q.id))
        .join_from(schema.quotations, too, too.c.id == q.person_id)
        .where(too.c.root_id == p.id)
    )
    return select(
        p.id,
        p.name,
        p.kind,
        p.note,
        articles.correlate(schema.people).scalar_subquery().label("articles"),
        quotations.correlate(schema.people).scalar_subquery().label("quotations"),
        p.rev,
    )


def _entry(row: Row[Any]) -> PersonEntry:
    return PersonEntry(**row._mapping)


def _found(db: Connection, query: Select[Any], name: str | None, kind: str | None) -> Select[Any]:
    p = schema.people.c
    query = query.where(p.id == p.root_id)
    if name is not None:
        words, named = search.words_table("person_words"), schema.people.alias("named")
        hits = (
            select(named.c.root_id)
            .join_from(named, words, words.c.rowid == named.c.id)
            .where(search.matching(db, "person_words", name))
        )
        query = query.where(p.id.in_(hits))
    return query if kind is None else query.where(p.kind == kind)


def _is_across(person: Person) -> bool:
    """Whether the name is one; "ein Sprecher der Küstenwache" is somebody else in every article."""
    words = person.name.split()
    if person.kind not in _ACROSS or not words or words[0][0].islower():
        return False
    if person.kind != "person":
        return True
    return len(words) > 1 and words[0].casefold() not in load_people_rules().determiners


def _known(
    change: Change, people: Sequence[Person]
) -> Mapping[tuple[str, str], tuple[int, LinkBasis]]:
    """Who has the same name and kind: the first entered; where nobody, a new entry."""
    if not people:
        return {}
    db = change.db
    if db.dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    p = schema.people.c
    wanted = {(folded(one.name), one.kind): one.name for one in people}
    found: dict[tuple[str, str], tuple[int, LinkBasis]] = {}
    query = select(p.id, p.folded, p.kind).where(p.folded.in_([name for name, _ in wanted]))
    for row in db.execute(query.order_by(p.id.desc())):
        found[row.folded, row.kind] = (row.id, "suggested")
    missing = [key for key in wanted if key not in found]
    for key, id_ in zip(
        missing, enter_people(change, [(wanted[k], k[1]) for k in missing]), strict=True
    ):
        found[key] = (id_, "alone")
    return found


def enter_people(change: Change, people: Sequence[tuple[str, str]]) -> Sequence[int]:
    """Makes entries for people, as (name, kind), whether or not there are others of the name."""
    if not people:
        return ()
    table = schema.people
    rows = [{"name": name, "folded": folded(name), "kind": kind} for name, kind in people]
    ids = change.db.scalars(
        insert(table).returning(table.c.id, sort_by_parameter_order=True), rows
    ).all()
    change.db.execute(update(table).where(table.c.id.in_(ids)).values(root_id=table.c.id))
    search.put(
        change.db, "person_words", [(i, name) for i, (name, _) in zip(ids, people, strict=True)]
    )
    return ids


def row_of(db: Connection, id_: int) -> Any:
    """The row of a person as it stands, merged or not. Raises LedgerMissing."""
    row = db.execute(select(schema.people).where(schema.people.c.id == id_)).first()
    if row is None:
        raise missing(schema.people, id_)
    return row
