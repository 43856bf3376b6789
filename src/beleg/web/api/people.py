"""People across articles: found, read, merged, told apart."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from beleg.ledger import person_changes, person_suggestions, persons, quotations
from beleg.ledger.person_suggestions import Suggestion
from beleg.ledger.persons import Link, PersonEntry
from beleg.ledger.quotations import QuotationEntry, QuotationFilter
from beleg.records import PersonKind
from beleg.web.api.inputs import Changing, Line, Sent, Text
from beleg.web.api.paging import Listing, Page, page_of
from beleg.web.numbers import Id, Number
from beleg.web.state import Database, Shared
from beleg.web.visitors import Editing, Reading

router = APIRouter(tags=["people"])
Local = Annotated[str, Field(max_length=16, pattern="^p[0-9]+$")]


class WantedPeople(Listing):
    """Which people are meant. name: words of it."""

    name: Line | None = None
    kind: PersonKind | None = None


class Merged(BaseModel):
    """Somebody who was merged into another."""

    id: int
    name: str
    rev: int


class PersonDetail(BaseModel):
    """Somebody, and who was merged into them."""

    person: PersonEntry
    merged: tuple[Merged, ...]


class Description(Changing):
    """Another name to be listed under, or another note; null leaves it as it is."""

    name: Line | None = None
    note: Text | None = None


class Merger(Changing):
    """Says that this one is the same as `into`, who gives the name."""

    into: Number


class Difference(Sent):
    """Says that this one is not the same as `other`."""

    other: Number


class Assignment(Sent):
    """person: who is meant; null for somebody new."""

    person: Number | None


@router.get("/people", summary="List people in the order in which they first occurred")
def list_people(
    _: Reading, db: Database, wanted: Annotated[WantedPeople, Query()]
) -> Page[PersonEntry]:
    """Those who were merged into another are counted in there."""
    found = persons.find_people(
        db, wanted.name, kind=wanted.kind, limit=wanted.limit + 1, after=wanted.after or 0
    )
    return page_of(found, wanted.limit, lambda entry: entry.id)


@router.get("/people/{person_id}", summary="Read somebody's entry")
def person(_: Reading, db: Database, person_id: Id) -> PersonDetail:
    """Or the entry of whom they were merged into."""
    found = persons.person(db, person_id)
    merged = [Merged(id=i, name=name, rev=rev) for i, name, rev in persons.merged(db, found.id)]
    return PersonDetail(person=found, merged=tuple(merged))


@router.get("/people/{person_id}/suggestions", summary="List who may be the same")
def suggestions(_: Reading, db: Database, person_id: Id) -> tuple[Suggestion, ...]:
    """The most alike first; nothing is merged without a person."""
    return person_suggestions.suggestions(db, person_id)


@router.get("/people/{person_id}/quotations", summary="List what somebody is quoted with")
def quotations_of(
    _: Reading, db: Database, person_id: Id, wanted: Annotated[Listing, Query()]
) -> Page[QuotationEntry]:
    """In all articles, the last added first; see /quotations for more to choose by."""
    root = persons.person(db, person_id).id
    found = quotations.list_quotations(
        db, QuotationFilter(person=root), limit=wanted.limit + 1, before=wanted.after
    )
    return page_of(found, wanted.limit, lambda entry: entry.id)


@router.patch("/people/{person_id}", summary="Give somebody another name or note")
def describe(who: Editing, state: Shared, person_id: Id, wanted: Description) -> PersonEntry:
    """Articles keep the names they use."""
    with state.ledger.change(who=who.name) as change:
        person_changes.set_person(
            change, person_id, name=wanted.name, note=wanted.note, rev=wanted.rev
        )
        return persons.person(change.db, person_id)


@router.post("/people/{person_id}/merge", summary="Say that two are the same")
def merge(who: Editing, state: Shared, person_id: Id, wanted: Merger) -> PersonEntry:
    """Answers the entry of both together."""
    with state.ledger.change(who=who.name) as change:
        person_changes.merge_people(change, person_id, wanted.into, rev=wanted.rev)
        return persons.person(change.db, person_id)


@router.post("/people/{person_id}/undo-merge", summary="Take a merger back")
def undo_merge(who: Editing, state: Shared, person_id: Id, wanted: Changing) -> PersonEntry:
    """`rev`: of the one that was merged, as the other's entry has it under `merged`."""
    with state.ledger.change(who=who.name) as change:
        person_changes.undo_merge(change, person_id, rev=wanted.rev)
        return persons.person(change.db, person_id)


@router.post("/people/{person_id}/different", summary="Say that two are not the same")
def different(who: Editing, state: Shared, person_id: Id, wanted: Difference) -> PersonEntry:
    """The other is not suggested any more."""
    with state.ledger.change(who=who.name) as change:
        person_changes.say_different(change, person_id, wanted.other)
        return persons.person(change.db, person_id)


@router.put(
    "/articles/{article_id}/people/{local}", summary="Say who one of an article's people is"
)
def assign(
    who: Editing, state: Shared, article_id: Id, local: Local, wanted: Assignment
) -> tuple[Link, ...]:
    """`local`: the id in the article's analysis, as p3. Answers all of its people."""
    with state.ledger.change(who=who.name) as change:
        person_changes.assign(change, article_id, local, wanted.person)
        return persons.links(change.db, article_id)
