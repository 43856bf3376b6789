"""Who might be the same person: proposals for somebody to decide, never acted upon.

Two people of one kind are proposed if they share their last name and nothing in the rest speaks
against it (one has fewer names, an initial fits), or if their names are spelt almost alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlalchemy import Connection, select

from beleg.ledger import schema, search
from beleg.ledger.persons import row_of
from beleg.ledger.stems import folded

_ALIKE = 0.85  # of SequenceMatcher.ratio; "chruschtschow" and "khrushchev" are below, by design
_AT_MOST = 200  # people of one last name that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Somebody who may be the same; alike: 0 to 1, how much the names resemble each other."""

    id: int
    name: str
    kind: str
    alike: float


def suggestions(db: Connection, id_: int, *, limit: int = 10) -> tuple[Suggestion, ...]:
    """Who may be the same as a person, the most alike first. Raises LedgerMissing."""
    row = row_of(db, id_)
    return _candidates(db, row.name, row.kind, besides=row.root_id)[:limit]


def candidates(db: Connection, name: str, kind: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
    """Who may be meant by a name in an article, as "Meier" alone."""
    return _candidates(db, name, kind, besides=None)[:limit]


def _candidates(
    db: Connection, name: str, kind: str, *, besides: int | None
) -> tuple[Suggestion, ...]:
    mine = folded(name).split()
    words = search.words_table("person_words")
    p = schema.people.c
    if not mine or not any(sign.isalnum() for sign in mine[-1]):
        return ()
    query = (
        select(p.root_id)
        .join_from(schema.people, words, words.c.rowid == p.id)
        .where(search.matching(db, "person_words", mine[-1]), p.kind == kind)
        .limit(_AT_MOST)
    )
    roots = set(db.scalars(query)) - {besides} - _said_apart(db, besides)
    rows = db.execute(select(p.id, p.name, p.kind).where(p.id.in_(roots)))
    found = [
        Suggestion(id=row.id, name=row.name, kind=row.kind, alike=round(alike, 2))
        for row in rows
        if (alike := _alike(mine, folded(row.name).split())) is not None
    ]
    return tuple(sorted(found, key=lambda one: (-one.alike, one.id)))


def _said_apart(db: Connection, id_: int | None) -> set[int]:
    if id_ is None:
        return set()
    t = schema.parted.c
    pairs = db.execute(select(t.low_id, t.high_id).where((t.low_id == id_) | (t.high_id == id_)))
    return {other for pair in pairs for other in pair} - {id_}


def _alike(mine: list[str], theirs: list[str]) -> float | None:
    """How alike two names are, given as words; None if they cannot be of the same person."""
    ratio = SequenceMatcher(None, " ".join(mine), " ".join(theirs), autojunk=False).ratio()
    if ratio >= _ALIKE:
        return ratio
    if mine[-1] != theirs[-1]:
        return None
    few, many = sorted((mine[:-1], theirs[:-1]), key=len)
    return ratio if all(any(_fits(one, other) for other in many) for one in few) else None


def _fits(one: str, other: str) -> bool:
    """Whether two first names can be of the same person: equal, or one is the other's initial."""
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))
