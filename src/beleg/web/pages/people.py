"""People across articles: the list, and everything that is on record of one of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse, RedirectResponse, Response

from beleg.ledger import person_changes, persons
from beleg.ledger.articles import ArticleFilter, list_articles, outlets
from beleg.ledger.forecasts import ForecastFilter, list_forecasts
from beleg.ledger.person_suggestions import suggestions
from beleg.ledger.quotations import (
    QuotationFilter,
    list_over_time,
    quoted_per_month,
    quoting_outlets,
)
from beleg.ledger.scores import scores
from beleg.web.asked import AskedDay, AskedNumber, AskedText, AskedType, here, report_say
from beleg.web.flash import see_other
from beleg.web.kinds import PERSON_KINDS, QUOTATION_TYPES, SOURCINGS
from beleg.web.month_bars import month_bars
from beleg.web.months import by_month
from beleg.web.navigation import Area
from beleg.web.numbers import Id
from beleg.web.refusals import unaskable
from beleg.web.state import Database, Shared, Today
from beleg.web.templating import page
from beleg.web.visitors import Editing, Reading
from beleg.web.words import language, words_of

AREA = Area(key="people", path="/people")
router = APIRouter(prefix="/people")

_ON_A_PAGE = 50
_FEW = 10  # articles and forecasts shown beside the quotations
Rev = Annotated[int, Form()]


@router.get("")
def people(
    request: Request,
    _: Reading,
    db: Database,
    q: AskedText = None,
    kind: AskedText = None,
    after: AskedNumber = None,
) -> HTMLResponse:
    """People by name, or those whose name has the words of `q`."""
    refused, limit = unaskable(q, language(request)), _ON_A_PAGE + 1
    if refused:
        found: tuple[persons.PersonEntry, ...] = ()
    elif q is None:
        found = persons.list_people(db, kind=kind, limit=limit, after=after)
    else:
        found = persons.find_people(db, q, kind=kind, limit=limit, after=after or 0)
    shown = found[:_ON_A_PAGE]
    return page(
        request,
        "people.html.j2",
        people=shown,
        query=q or "",
        kind=kind,
        kinds=PERSON_KINDS,
        refused=refused,
        first=None if after is None else here(request, after=None),
        further=here(request, after=shown[-1].id) if len(found) > _ON_A_PAGE else None,
    )


@router.get("/{person_id}")
def person(
    request: Request,
    _: Reading,
    db: Database,
    today: Today,
    person_id: Id,
    q: AskedText = None,
    outlet: AskedText = None,
    type_: AskedType = None,
    sourcing: AskedText = None,
    since: AskedDay = None,
    until: AskedDay = None,
    before: AskedNumber = None,
    same: AskedText = None,
) -> Response:
    """Everything on record of one person. same: part of a name that may be theirs too."""
    entry = persons.person(db, person_id)
    if entry.id != person_id:
        return RedirectResponse(f"/people/{entry.id}", status_code=303)
    refused = unaskable(q, language(request))
    chosen = QuotationFilter(
        query=None if refused else q,
        outlet=outlet,
        type=type_,
        sourcing=sourcing,
        since=since,
        until=until,
    )
    found = list_over_time(db, person_id, chosen, limit=_ON_A_PAGE + 1, before=before)
    shown = found[:_ON_A_PAGE]
    return page(
        request,
        "person.html.j2",
        person=entry,
        months=by_month(shown, lambda one: one.day),
        chosen=chosen,
        query=q or "",
        refused=refused,
        outlets=outlets(db),
        types=QUOTATION_TYPES,
        sourcings=SOURCINGS,
        report=report_say(request),
        first=None if before is None else here(request, before=None),
        further=here(request, before=shown[-1].id) if len(found) > _ON_A_PAGE else None,
        same=same or "",
        **_around(request, db, today, entry, same),
    )


def _around(
    request: Request, db: Connection, today: date, entry: persons.PersonEntry, same: str | None
) -> dict[str, Any]:
    """What stands beside the quotations."""
    mine = ForecastFilter(person=entry.id)
    ui = language(request)
    return {
        "picture": month_bars(
            quoted_per_month(db, entry.id),
            words=words_of(ui),
            title="person.picture",
            key="quoted",
        ),
        "quoting": quoting_outlets(db, entry.id),
        "articles": list_articles(db, ArticleFilter(person=entry.id), limit=_FEW),
        "forecasts": list_forecasts(db, "all", mine, today=today, limit=_FEW),
        "score": scores(db, today=today, by=None, chosen=mine).together,
        "merged": persons.merged(db, entry.id),
        "alike": _alike(db, entry, None if unaskable(same, ui) else same),
        "today": today,
    }


def _alike(
    db: Connection, entry: persons.PersonEntry, same: str | None
) -> tuple[persons.PersonEntry, ...]:
    """Who may be the same: those whose name has the words asked for, else whom Beleg suggests."""
    if same is not None:
        found = persons.find_people(db, same, limit=_FEW + 1)
        return tuple(one for one in found if one.id != entry.id)[:_FEW]
    alike = [one.id for one in suggestions(db, entry.id)]
    known = persons.people_by_number(db, alike)
    return tuple(known[id_] for id_ in alike if id_ in known)


@router.post("/{person_id}/name")
def rename(
    request: Request,
    who: Editing,
    state: Shared,
    person_id: Id,
    rev: Rev,
    name: Annotated[str, Form(max_length=500)],
) -> RedirectResponse:
    """Another name to be listed under."""
    with state.ledger.change(who=who.name) as change:
        person_changes.set_person(change, person_id, name=name, rev=rev)
    return see_other(request, f"/people/{person_id}", said="person.renamed")


@router.post("/{person_id}/note")
def save_note(
    request: Request,
    who: Editing,
    state: Shared,
    person_id: Id,
    rev: Rev,
    note: Annotated[str, Form(max_length=10_000)] = "",
) -> RedirectResponse:
    """What one wants to remember about a person."""
    with state.ledger.change(who=who.name) as change:
        person_changes.set_person(change, person_id, note=note, rev=rev)
    return see_other(request, f"/people/{person_id}", said="person.note_saved")


@router.post("/{person_id}/merge")
def merge(
    request: Request,
    who: Editing,
    state: Shared,
    person_id: Id,
    rev: Rev,
    into: Annotated[int, Form()],
) -> RedirectResponse:
    """Says that this person is the same as `into`, who gives the name."""
    with state.ledger.change(who=who.name) as change:
        person_changes.merge_people(change, person_id, into, rev=rev)
    return see_other(request, f"/people/{into}", said="person.merged_now")


@router.post("/{person_id}/part")
def part(
    request: Request, who: Editing, state: Shared, person_id: Id, rev: Rev
) -> RedirectResponse:
    """Takes back that this person is somebody else."""
    with state.ledger.change(who=who.name) as change:
        person_changes.undo_merge(change, person_id, rev=rev)
    return see_other(request, f"/people/{person_id}", said="person.parted")


@router.post("/{person_id}/differ")
def differ(
    request: Request,
    who: Editing,
    state: Shared,
    person_id: Id,
    other: Annotated[int, Form()],
) -> RedirectResponse:
    """Says that two are not the same, so that it is not suggested again."""
    with state.ledger.change(who=who.name) as change:
        person_changes.say_different(change, person_id, other)
    return see_other(request, f"/people/{person_id}", said="person.differs")
