"""Forecasts: what is due, open, resolved and disputed, and all that is on record of one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse, RedirectResponse, Response

from beleg.ledger import forecasts
from beleg.ledger.articles import outlets
from beleg.ledger.counting import COUNTED
from beleg.ledger.forecasts import ForecastFilter, Outcome
from beleg.web.asked import AskedDay, AskedNumber, AskedText, OrEmpty, here, report_say
from beleg.web.calendar_feed import calendar_feed
from beleg.web.flash import see_other
from beleg.web.forecast_board import TABS, Tab, cards, tallies
from beleg.web.histories import history_of_row
from beleg.web.kinds import FORECAST_KINDS
from beleg.web.navigation import Area
from beleg.web.numbers import Id
from beleg.web.state import Database, Shared, Today
from beleg.web.templating import page
from beleg.web.visitors import Editing, Reading
from beleg.web.words import language, words_of

AREA = Area(key="forecasts", path="/forecasts")
router = APIRouter(prefix="/forecasts")

_ON_A_PAGE = 50
Rev = Annotated[int, Form()]
FormText = Annotated[str, Form(max_length=10_000)]
FormDay = Annotated[date | None, OrEmpty, Form()]


@router.get("")
def board(
    request: Request,
    _: Reading,
    db: Database,
    today: Today,
    which: Annotated[Tab, Query()] = "due",
    person: AskedNumber = None,
    outlet: AskedText = None,
    topic: AskedText = None,
    kind: AskedText = None,
    article: AskedNumber = None,
    since: AskedDay = None,
    until: AskedDay = None,
    before: AskedNumber = None,
) -> HTMLResponse:
    """One page of a tab. since, until: the last day of the window lies between."""
    chosen = ForecastFilter(
        person=person,
        outlet=outlet,
        topic=topic,
        kind=kind,
        article=article,
        since=since,
        until=until,
    )
    found = cards(db, which, chosen, today=today, limit=_ON_A_PAGE + 1, before=before)
    shown = found[:_ON_A_PAGE]
    return page(
        request,
        "forecasts.html.j2",
        cards=shown,
        which=which,
        tabs=[(one, here(request, which=one, before=None)) for one in TABS],
        counts=tallies(db, chosen, today=today),
        counted=COUNTED,
        chosen=chosen,
        outlets=outlets(db),
        kinds=FORECAST_KINDS,
        report=report_say(request),
        today=today,
        first=None if before is None else here(request, before=None),
        further=here(request, before=shown[-1].entry.id) if len(found) > _ON_A_PAGE else None,
    )


async def _asked_deadlines(
    person: AskedNumber = None, outlet: AskedText = None, topic: AskedText = None
) -> ForecastFilter:
    return ForecastFilter(person=person, outlet=outlet, topic=topic)


AskedDeadlines = Annotated[ForecastFilter, Depends(_asked_deadlines)]


@router.get("/calendar.ics")
def calendar(request: Request, _: Reading, db: Database, chosen: AskedDeadlines) -> Response:
    """The deadlines for a calendar program."""
    return calendar_answer(request, db, chosen)


def calendar_answer(request: Request, db: Connection, chosen: ForecastFilter) -> Response:
    """The deadlines as a file for calendar programs, all or those asked for."""
    name = words_of(language(request)).say("forecasts.calendar_name")
    return Response(
        calendar_feed(request, db, chosen, name=name),
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="beleg.ics"'},
    )


@router.get("/{forecast_id}")
def forecast(
    request: Request, _: Reading, db: Database, today: Today, forecast_id: Id
) -> HTMLResponse:
    """A forecast with all wordings, probabilities and resolutions."""
    found = forecasts.forecast(db, forecast_id)
    return page(
        request,
        "forecast.html.j2",
        found=found,
        entry=found.entry,
        today=today,
        report=report_say(request),
        **history_of_row(request, db, "forecast", forecast_id),
    )


@router.post("/{forecast_id}/probability")
def give_probability(
    request: Request,
    who: Editing,
    state: Shared,
    forecast_id: Id,
    rev: Rev,
    percent: Annotated[float, Form(ge=0, le=100)],
) -> RedirectResponse:
    """How probable one takes it to be, in percent."""
    with state.ledger.change(who=who.name) as change:
        forecasts.give_probability(change, forecast_id, percent / 100, rev=rev)
    return _back(request, forecast_id, "forecast.probability_saved")


@router.post("/{forecast_id}/resolve")
def resolve(
    request: Request,
    who: Editing,
    state: Shared,
    forecast_id: Id,
    rev: Rev,
    outcome: Annotated[Outcome, Form()],
    evidence: FormText = "",
    note: FormText = "",
) -> RedirectResponse:
    """How it came out; a disputed one is settled by it."""
    with state.ledger.change(who=who.name) as change:
        forecasts.decide(change, forecast_id, outcome, evidence=evidence, note=note, rev=rev)
    return _back(request, forecast_id, f"forecast.resolved_{outcome}")


@router.post("/{forecast_id}/dispute")
def dispute(
    request: Request, who: Editing, state: Shared, forecast_id: Id, rev: Rev, why: FormText
) -> RedirectResponse:
    """Says that the resolution is wrong, and why."""
    with state.ledger.change(who=who.name) as change:
        forecasts.dispute(change, forecast_id, why, rev=rev)
    return _back(request, forecast_id, "forecast.disputed_now")


@router.post("/{forecast_id}/revoke")
def revoke(
    request: Request,
    who: Editing,
    state: Shared,
    forecast_id: Id,
    rev: Rev,
    resolution: Annotated[int, Form()],
    why: FormText,
) -> RedirectResponse:
    """Takes a resolution back, and says why."""
    with state.ledger.change(who=who.name) as change:
        forecasts.revoke(change, resolution, why, rev=rev)
    return _back(request, forecast_id, "forecast.revoked_now")


@router.post("/{forecast_id}/topic")
def set_topic(
    request: Request,
    who: Editing,
    state: Shared,
    forecast_id: Id,
    rev: Rev,
    topic: FormText = "",
) -> RedirectResponse:
    """The topic that its scores are counted under."""
    with state.ledger.change(who=who.name) as change:
        forecasts.set_topic(change, forecast_id, topic, rev=rev)
    return _back(request, forecast_id, "forecast.topic_saved")


@router.post("/{forecast_id}/wording")
def reword(
    request: Request,
    who: Editing,
    state: Shared,
    forecast_id: Id,
    rev: Rev,
    question: FormText,
    why: FormText,
    condition: FormText = "",
    earliest: FormDay = None,
    latest: FormDay = None,
    same_claim: Annotated[bool, Form()] = False,
) -> RedirectResponse:
    """Another wording of the question; those before stay on record."""
    with state.ledger.change(who=who.name) as change:
        forecasts.reword(
            change,
            forecast_id,
            question=question,
            earliest=earliest,
            latest=latest,
            why=why,
            condition=condition,
            same_claim=same_claim,
            rev=rev,
        )
    return _back(request, forecast_id, "forecast.reworded")


def _back(request: Request, forecast_id: int, said: str) -> RedirectResponse:
    return see_other(request, f"/forecasts/{forecast_id}", said=said)
