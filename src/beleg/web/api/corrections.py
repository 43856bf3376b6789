"""Corrections: what people say about the records of an analysis."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel

from beleg.ledger import articles, corrections, schema
from beleg.ledger.conflicts import missing
from beleg.ledger.correcting import Action, Correction, Layer, Lost
from beleg.ledger.reckoning import Moved, moved_by_day
from beleg.ledger.store import Change
from beleg.records import Analysis
from beleg.web.api.inputs import Changing, Text, plain
from beleg.web.numbers import Id
from beleg.web.state import Database, Shared
from beleg.web.visitors import Editing, Reading

router = APIRouter(tags=["corrections"])

Record = Annotated[dict[str, Any], AfterValidator(plain)]
Records = Annotated[dict[str, Any] | list[dict[str, Any]], AfterValidator(plain)]


class MarkedRecord(BaseModel):
    """A record of the effective analysis that people said something about.

    key: its id; without one, its place and label. fields: those that a person set. restored: the
    machine does not find the record any more.
    """

    layer: Layer
    key: str
    corrections: tuple[int, ...]
    actions: tuple[Action, ...]
    fields: tuple[str, ...]
    restored: bool


class Corrections(BaseModel):
    """All corrections of an article, also those taken back, and what they do to its analysis.

    rev: the article's, for the next correction. lost: what does not fit the analysis any more.
    """

    rev: int
    corrections: tuple[Correction, ...]
    marks: tuple[MarkedRecord, ...]
    lost: tuple[Lost, ...]


class NewCorrection(Changing):
    """What a person says about a record of the effective analysis.

    before: the record as the person saw it; null for "add", the list of people for "merge".
    after: as it is to be; null for "confirm" and "reject". rev: the article's.
    """

    layer: Layer
    action: Action
    before: Records | None = None
    after: Record | None = None
    why: Text = ""


class Revocation(Changing):
    """Takes a correction back. rev: the article's."""

    why: Text = ""


class Made(BaseModel):
    """A correction that was written or taken back, and the article's new `rev`.

    moved: how many records have other days now; null where the day of publication is the same.
    """

    id: int
    rev: int
    moved: Moved | None


@router.get("/articles/{article_id}/corrections", summary="List the corrections of an article")
def list_corrections(_: Reading, db: Database, article_id: Id) -> Corrections:
    """In the order in which they are applied."""
    entry = articles.article(db, article_id)
    corrected = corrections.effective(db, article_id)
    marks = [
        MarkedRecord(
            layer=layer,
            key=key,
            corrections=mark.corrections,
            actions=mark.actions,
            fields=mark.fields,
            restored=mark.restored,
        )
        for (layer, key), mark in corrected.marks.items()
    ]
    return Corrections(
        rev=entry.rev,
        corrections=corrections.corrections_of(db, article_id, with_revoked=True),
        marks=tuple(marks),
        lost=corrected.lost,
    )


@router.post(
    "/articles/{article_id}/corrections", status_code=201, summary="Correct or confirm a record"
)
def correct(who: Editing, state: Shared, article_id: Id, wanted: NewCorrection) -> Made:
    """The records are those of `/analysis`, whole, in its JSON."""
    with state.ledger.change(who=who.name, why=wanted.why) as change:
        before = corrections.effective(change.db, article_id).analysis
        made = corrections.correct(
            change,
            article_id,
            layer=wanted.layer,
            action=wanted.action,
            before=wanted.before,
            after=wanted.after,
            rev=wanted.rev,
        )
        return _made(change, article_id, made, before)


@router.post(
    "/articles/{article_id}/corrections/{correction_id}/revoke", summary="Take a correction back"
)
def revoke(
    who: Editing, state: Shared, article_id: Id, correction_id: Id, wanted: Revocation
) -> Made:
    """The analysis is then as if the correction had not been made."""
    with state.ledger.change(who=who.name, why=wanted.why) as change:
        there = corrections.corrections_of(change.db, article_id, with_revoked=True)
        if correction_id not in [one.id for one in there]:
            raise missing(schema.corrections, correction_id)
        before = corrections.effective(change.db, article_id).analysis
        corrections.revoke(change, correction_id, wanted.rev)
        return _made(change, article_id, correction_id, before)


def _made(change: Change, article_id: int, correction_id: int, before: Analysis) -> Made:
    after = corrections.effective(change.db, article_id).analysis
    return Made(
        id=correction_id,
        rev=articles.article(change.db, article_id).rev,
        moved=moved_by_day(before, after),
    )
