"""Forecasts across articles: read, put more sharply, resolved."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from beleg.ledger import forecasts, schema
from beleg.ledger.conflicts import missing
from beleg.ledger.forecasts import ForecastDetail, ForecastEntry, ForecastFilter, Outcome, Which
from beleg.ledger.forecasts.changes import LONGEST_QUESTION
from beleg.records import ForecastKind
from beleg.web.api.inputs import Address, Changing, Day, Line, Reason, Sent, Text
from beleg.web.api.paging import Listing, Page, page_of
from beleg.web.calendar_feed import calendar_feed
from beleg.web.numbers import Id, Number
from beleg.web.state import Database, Shared, Today
from beleg.web.visitors import Editing, Reading

router = APIRouter(prefix="/forecasts", tags=["forecasts"])


class ChosenForecasts(Sent):
    """Which forecasts are meant. person: number across articles; holder: a name as articles have it.

    since, until: the last day of the window lies between, inclusive.
    """

    person: Number | None = None
    holder: Line | None = None
    outlet: Line | None = None
    topic: Line | None = None
    kind: ForecastKind | None = None
    article: Number | None = None
    since: Day | None = None
    until: Day | None = None

    def filter(self) -> ForecastFilter:
        """The filter that the ledger takes."""
        return ForecastFilter(
            **{name: getattr(self, name) for name in ChosenForecasts.model_fields}
        )


class WantedForecasts(ChosenForecasts, Listing):
    """The list meant, and of it which forecasts."""

    which: Which = "all"


class Wording(Changing):
    """An open forecast put as another question.

    earliest, latest: days in which it can come true, inclusive, null where open. same_claim: the
    article's certainty word speaks of this question too.
    """

    question: Annotated[Text, Field(max_length=LONGEST_QUESTION)]
    condition: Text | None = None
    earliest: Day | None
    latest: Day | None
    why: Text
    same_claim: bool = False


class Probability(Changing):
    """How probable the present wording is, 0 to 1."""

    probability: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Topic(Changing):
    """The topic it stands under; null for none."""

    topic: Line | None


class Answer(Changing):
    """How it came out; "void" where the question cannot be answered.

    evidence: an http or https address; without one the note needs at least three words.
    """

    outcome: Outcome
    evidence: Address | None = None
    note: Text = ""


@router.get("", summary="List forecasts")
def list_forecasts(
    _: Reading, db: Database, today: Today, wanted: Annotated[WantedForecasts, Query()]
) -> Page[ForecastEntry]:
    """`which`: "due" (its last day is today or was before), "open" (not due), "resolved", "all"."""
    found = forecasts.list_forecasts(
        db,
        wanted.which,
        wanted.filter(),
        today=today,
        limit=wanted.limit + 1,
        before=wanted.after,
    )
    return page_of(found, wanted.limit, lambda entry: entry.id)


@router.get(
    "/calendar.ics",
    summary="Load the deadlines as a calendar",
    response_class=Response,
    responses={200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}},
)
def calendar(
    request: Request, _: Reading, db: Database, wanted: Annotated[ChosenForecasts, Query()]
) -> Response:
    """iCalendar (RFC 5545): what falls due, and what fell due in the last 31 days."""
    feed = calendar_feed(request, db, wanted.filter(), name="Beleg")
    return Response(feed, media_type="text/calendar")


@router.get("/{forecast_id}", summary="Read a forecast")
def forecast(_: Reading, db: Database, forecast_id: Id) -> ForecastDetail:
    """With all wordings, probabilities and resolutions."""
    return forecasts.forecast(db, forecast_id)


@router.post("/{forecast_id}/reword", summary="Put an open forecast as another question")
def reword(who: Editing, state: Shared, forecast_id: Id, wanted: Wording) -> ForecastDetail:
    """The wordings before stay on record."""
    with state.ledger.change(who=who.name, why=wanted.why) as change:
        forecasts.reword(
            change,
            forecast_id,
            question=wanted.question,
            condition=wanted.condition,
            earliest=wanted.earliest,
            latest=wanted.latest,
            why=wanted.why,
            same_claim=wanted.same_claim,
            rev=wanted.rev,
        )
        return forecasts.forecast(change.db, forecast_id)


@router.post("/{forecast_id}/probability", summary="Say how probable it is")
def give_probability(
    who: Editing, state: Shared, forecast_id: Id, wanted: Probability
) -> ForecastDetail:
    """Only while it is open and its last day has not passed."""
    with state.ledger.change(who=who.name) as change:
        forecasts.give_probability(change, forecast_id, wanted.probability, rev=wanted.rev)
        return forecasts.forecast(change.db, forecast_id)


@router.put("/{forecast_id}/topic", summary="Put it under a topic")
def set_topic(who: Editing, state: Shared, forecast_id: Id, wanted: Topic) -> ForecastDetail:
    """Scores can be had by topic."""
    with state.ledger.change(who=who.name) as change:
        forecasts.set_topic(change, forecast_id, wanted.topic, rev=wanted.rev)
        return forecasts.forecast(change.db, forecast_id)


@router.post("/{forecast_id}/resolve", summary="Say how an open forecast came out")
def resolve(who: Editing, state: Shared, forecast_id: Id, wanted: Answer) -> ForecastDetail:
    """As its present wording asks."""
    with state.ledger.change(who=who.name) as change:
        forecasts.resolve(
            change,
            forecast_id,
            wanted.outcome,
            evidence=wanted.evidence,
            note=wanted.note,
            rev=wanted.rev,
        )
        return forecasts.forecast(change.db, forecast_id)


@router.post("/{forecast_id}/dispute", summary="Say that the resolution is wrong")
def dispute(who: Editing, state: Shared, forecast_id: Id, wanted: Reason) -> ForecastDetail:
    """Until it is settled, it counts as unresolved."""
    with state.ledger.change(who=who.name, why=wanted.why) as change:
        forecasts.dispute(change, forecast_id, wanted.why, rev=wanted.rev)
        return forecasts.forecast(change.db, forecast_id)


@router.post("/{forecast_id}/settle", summary="Decide a disputed forecast")
def settle(who: Editing, state: Shared, forecast_id: Id, wanted: Answer) -> ForecastDetail:
    """By a further resolution, with the same outcome or another."""
    with state.ledger.change(who=who.name) as change:
        forecasts.settle(
            change,
            forecast_id,
            wanted.outcome,
            evidence=wanted.evidence,
            note=wanted.note,
            rev=wanted.rev,
        )
        return forecasts.forecast(change.db, forecast_id)


@router.post("/{forecast_id}/resolutions/{resolution_id}/revoke", summary="Take a resolution back")
def revoke(
    who: Editing, state: Shared, forecast_id: Id, resolution_id: Id, wanted: Reason
) -> ForecastDetail:
    """It stays on record; the one before it holds again, or the forecast is open."""
    with state.ledger.change(who=who.name, why=wanted.why) as change:
        there = forecasts.forecast(change.db, forecast_id).resolutions
        if resolution_id not in [one.id for one in there]:
            raise missing(schema.resolutions, resolution_id)
        forecasts.revoke(change, resolution_id, wanted.why, rev=wanted.rev)
        return forecasts.forecast(change.db, forecast_id)
