"""What people say about people: who is the same, who is not, what somebody is called.

Nothing is lost by it: a merger is a pointer that is taken back, and every step is in the history.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select, update

from beleg.errors import LedgerMissing, LedgerRefused
from beleg.ledger import schema, search
from beleg.ledger.conflicts import take, write
from beleg.ledger.persons import enter_people, row_of
from beleg.ledger.stems import folded
from beleg.ledger.store import Change
from beleg.ledger.written import LONGEST_LINE, needed, written
from beleg.messages import Message


def merge_people(change: Change, id_: int, into: int, *, rev: int | None = None) -> None:
    """Says that `id_` and `into` are the same; `into` gives the name.

    Raises LedgerRefused if they are so already, LedgerConflict if `id_` is not as the caller saw
    it (`rev`), LedgerMissing.
    """
    row, target = row_of(change.db, id_), row_of(change.db, into)
    if row.root_id == target.root_id:
        raise LedgerRefused(
            f"person {id_}", Message("same_already", f"already the same as {into}"), "Nothing to do"
        )
    head = take(change, schema.people, row.root_id, rev)
    write(change, schema.people, head, merged_into=target.root_id)
    change.db.execute(
        update(schema.people)
        .where(schema.people.c.root_id == head.id)
        .values(root_id=target.root_id)
    )
    change.note(
        "merge", "person", head.id, before={"name": head.name}, after={"into": target.root_id}
    )


def undo_merge(change: Change, id_: int, *, rev: int | None = None) -> None:
    """Takes back that `id_` is somebody else; who was merged into `id_` goes with it.

    Raises LedgerRefused if it was not merged, LedgerConflict, LedgerMissing.
    """
    row = take(change, schema.people, id_, rev)
    if row.merged_into is None:
        raise LedgerRefused(
            f"person {id_}", Message("not_merged", "not merged into anybody"), "Nothing to undo"
        )
    p = schema.people.c
    parents = dict(
        change.db.execute(select(p.id, p.merged_into).where(p.root_id == row.root_id)).all()
    )
    below = {id_}
    grown = True
    while grown:
        more = {i for i, parent in parents.items() if parent in below} - below
        below |= more
        grown = bool(more)
    write(change, schema.people, row, merged_into=None)
    change.db.execute(update(schema.people).where(p.id.in_(below)).values(root_id=id_))
    change.note("part", "person", id_, before={"into": row.merged_into}, after={"name": row.name})


def set_person(
    change: Change,
    id_: int,
    *,
    name: str | None = None,
    note: str | None = None,
    rev: int | None = None,
) -> None:
    """Gives a person another name to be listed under, or a note.

    Raises LedgerRefused for a name that is empty or too long, LedgerConflict, LedgerMissing.
    """
    where = f"person {id_}"
    row = take(change, schema.people, id_, rev)
    values: dict[str, Any] = {}
    if name is not None:
        name = needed(where, "name", " ".join(name.split()), most=LONGEST_LINE)
        values |= {"name": name, "folded": folded(name)}
        search.drop(change.db, "person_words", [id_])
        search.put(change.db, "person_words", [(id_, name)])
    if note is not None:
        values["note"] = written(where, "note", note)
    write(change, schema.people, row, **values)
    change.note(
        "describe",
        "person",
        id_,
        before={"name": row.name, "note": row.note},
        after={key: value for key, value in values.items() if key != "folded"},
    )


def assign(change: Change, article_id: int, local: str, person_id: int | None) -> None:
    """Says who one of an article's people is: somebody known, or (None) somebody new.

    Raises LedgerMissing if there is no such person here or there.
    """
    c = schema.article_people.c
    where = (c.article_id == article_id) & (c.local == local)
    row = change.db.execute(select(schema.article_people).where(where)).first()
    if row is None:
        raise LedgerMissing(
            f"article {article_id}",
            Message("no_such_person", f"has no person {local}"),
            "Load it again",
        )
    target = (
        row_of(change.db, person_id).id
        if person_id is not None
        else enter_people(change, [(row.name, row.kind)])[0]
    )
    change.db.execute(
        update(schema.article_people).where(where).values(person_id=target, basis="confirmed")
    )
    q, f = schema.quotations.c, schema.forecasts.c
    change.db.execute(
        update(schema.quotations)
        .where(q.article_id == article_id, q.speaker == local)
        .values(person_id=target)
    )
    change.db.execute(
        update(schema.forecasts)
        .where(f.article_id == article_id, f.holder == row.name, ~f.by_author)
        .values(person_id=target)
    )
    change.note(
        "assign",
        "person",
        target,
        article=article_id,
        before={"local": local, "person": row.person_id, "basis": row.basis},
        after={"local": local, "person": target, "basis": "confirmed"},
    )


def say_different(change: Change, one: int, other: int) -> None:
    """Says that two are not the same, so that it is not suggested again."""
    low, high = sorted((row_of(change.db, one).root_id, row_of(change.db, other).root_id))
    if low == high:
        raise LedgerRefused(
            f"person {one}",
            Message("same_so_far", f"the same as {other} so far"),
            "Undo the merger first",
        )
    t = schema.parted
    if change.db.execute(select(t).where(t.c.low_id == low, t.c.high_id == high)).first() is None:
        change.db.execute(
            insert(t).values(low_id=low, high_id=high, made_at=change.at, made_by=change.who)
        )
        change.note("differ", "person", low, after={"from": high})
