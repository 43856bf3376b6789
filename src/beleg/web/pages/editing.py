"""What people change in the reading view: records, people across articles, how far an article is."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request, Response
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse

from beleg.errors import LedgerConflict, LedgerRefused
from beleg.ledger import schema
from beleg.ledger.article_changes import set_state
from beleg.ledger.articles import State as ArticleState
from beleg.ledger.conflicts import take
from beleg.ledger.correcting import LAYERS, Action, Corrected, Layer, key_of
from beleg.ledger.corrections import correct, effective, revoke
from beleg.ledger.person_changes import assign
from beleg.ledger.reckoning import moved_by_day
from beleg.records import Analysis
from beleg.web.flash import see_other
from beleg.web.numbers import Id
from beleg.web.pages.reading import Refusal, reading_page
from beleg.web.reading.blank import blank, completed
from beleg.web.reading.fields import filled_in
from beleg.web.reading.history import history_of
from beleg.web.reading.panel import Chosen
from beleg.web.reading.records import record_at, records_of
from beleg.web.refusals import explained
from beleg.web.state import Shared, State
from beleg.web.visitors import Editing
from beleg.web.words import language

AREA = None
router = APIRouter()

Number = Annotated[int, Form(ge=0, le=2**31 - 1)]
Name = Annotated[str, Form(max_length=200)]


async def sent(request: Request) -> FormData:
    """The whole form, since its fields differ from layer to layer."""
    return await request.form()


Sent = Annotated[FormData, Depends(sent)]


@router.post("/articles/{article_id}/corrections")
def write(
    request: Request,
    who: Editing,
    state: Shared,
    article_id: Id,
    action: Annotated[Action, Form()],
    layer: Annotated[Layer, Form()],
    rev: Number,
    form: Sent,
    key: Name = "",
    because: Annotated[str, Form(max_length=2000)] = "",
    seen: Number = 0,
) -> Response:
    """Writes what somebody says about a record, and shows what became of it."""
    try:
        with state.ledger.change(who=who.name, why=because.strip()) as change:
            take(change, schema.articles, article_id, rev)
            analysis = effective(change.db, article_id).analysis
            before, after = _said(analysis, action, layer, key, form)
            written = correct(
                change, article_id, layer=layer, action=action, before=before, after=after, rev=rev
            )
            now = effective(change.db, article_id)
    except (LedgerConflict, LedgerRefused) as error:
        what = Chosen(new=layer) if action == "add" else Chosen(layer=layer, key=key)
        return _refused(request, state, article_id, what, error, form, seen)
    address = _address(article_id, _place_of(now, written))
    return _done(request, address, action, analysis, now.analysis)


@router.post("/articles/{article_id}/corrections/{correction_id}/undo")
def undo(
    request: Request,
    who: Editing,
    state: Shared,
    article_id: Id,
    correction_id: Id,
    rev: Number,
    form: Sent,
    layer: Name = "",
    key: Name = "",
    seen: Number = 0,
) -> Response:
    """Takes a correction back, and shows the record it was about where that is still there."""
    try:
        with state.ledger.change(who=who.name) as change:
            before = effective(change.db, article_id).analysis
            revoke(change, correction_id, rev)
            analysis = effective(change.db, article_id).analysis
    except (LedgerConflict, LedgerRefused) as error:
        return _refused(request, state, article_id, Chosen(), error, form, seen)
    place = _still_there(analysis, layer, key)
    return _done(request, _address(article_id, place), "undo", before, analysis)


@router.post("/articles/{article_id}/state")
def say_state(
    request: Request,
    who: Editing,
    state: Shared,
    article_id: Id,
    to: Annotated[ArticleState, Form()],
    rev: Number,
    form: Sent,
    seen: Number = 0,
) -> Response:
    """Says how far the article is."""
    try:
        with state.ledger.change(who=who.name) as change:
            set_state(change, article_id, to, rev=rev)
    except (LedgerConflict, LedgerRefused) as error:
        return _refused(request, state, article_id, Chosen(), error, form, seen)
    return see_other(request, f"/articles/{article_id}", said="reading.said.state")


@router.post("/articles/{article_id}/people/{local}/across")
def say_who(
    request: Request,
    who: Editing,
    state: Shared,
    article_id: Id,
    local: str,
    person: Annotated[str, Form(pattern=r"^(new|\d{1,9})$")],
    rev: Number,
    form: Sent,
    seen: Number = 0,
) -> Response:
    """Says who a person of the article is across articles: somebody known, or somebody new."""
    place: dict[str, Any] = {"layer": "people", "key": local}
    try:
        with state.ledger.change(who=who.name) as change:
            take(change, schema.articles, article_id, rev)
            assign(change, article_id, local, None if person == "new" else int(person))
    except (LedgerConflict, LedgerRefused) as error:
        return _refused(request, state, article_id, Chosen(**place), error, form, seen)
    return see_other(request, _address(article_id, place), said="reading.said.across")


def _said(
    analysis: Analysis, action: Action, layer: Layer, key: str, form: FormData
) -> tuple[Any, Any]:
    """before and after of the correction that a form means, see `Correction`."""
    if action == "add":
        return None, completed(layer, filled_in(layer, blank(layer, analysis, None), form))
    before = record_at(analysis, layer, key)
    if action == "correct":
        return before, filled_in(layer, before, form)
    if action == "merge":
        others = [str(other) for other in form.getlist("other") if other]
        return [before, *(record_at(analysis, layer, other) for other in others)], None
    return before, None


def _done(
    request: Request, address: str, what: str, before: Analysis, after: Analysis
) -> RedirectResponse:
    """Goes on and says what was done; of another day of publication, how many days it changed."""
    counted = moved_by_day(before, after)
    if counted is None:
        return see_other(request, address, said=f"reading.said.{what}")
    return see_other(
        request,
        address,
        said=f"reading.said.{what}_day",
        total=counted.total,
        **asdict(counted),
    )


def _place_of(corrected: Corrected, correction: int) -> dict[str, Any]:
    """Where the record that was corrected is now; where there is none, the correction."""
    for (layer, key), mark in corrected.marks.items():
        if correction == mark.corrections[-1]:
            return {"layer": layer, "key": key}
    return {"correction": correction}


def _still_there(analysis: Analysis, layer: str, key: str) -> dict[str, Any]:
    for one in LAYERS:
        if one == layer and any(key_of(one, record) == key for record in records_of(analysis, one)):
            return {"layer": layer, "key": key}
    return {}


def _address(article_id: int, place: dict[str, Any]) -> str:
    query = f"?{urlencode(place)}" if place else ""
    return f"/articles/{article_id}{query}#panel"


def _refused(
    request: Request,
    state: State,
    article_id: int,
    what: Chosen,
    error: LedgerConflict | LedgerRefused,
    form: FormData,
    seen: int,
) -> Response:
    """The page again with what is wrong, what others did since, and everything typed."""
    conflict = isinstance(error, LedgerConflict)
    with state.ledger.read() as db:
        analysis = effective(db, article_id).analysis
        refusal = Refusal(
            status=409 if conflict else 422,
            message=explained(error, language(request)),
            meanwhile=history_of(db, article_id, analysis, after=seen) if conflict else (),
            typed=form,
        )
        kept = _still_there(analysis, what.layer or "", what.key or "")
        shown = Chosen(**kept) if what.layer else what
        return reading_page(request, db, article_id, shown, refusal=refusal)
