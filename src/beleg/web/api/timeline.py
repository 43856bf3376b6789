"""What happened when, across articles."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AfterValidator, Field

from beleg.ledger import timeline
from beleg.ledger.timeline import EventEntry, TimelineFilter
from beleg.web.api.inputs import Day, Limit, Line, Sent
from beleg.web.api.paging import Page, page_of
from beleg.web.numbers import LARGEST, Number
from beleg.web.state import Database
from beleg.web.visitors import Reading

router = APIRouter(prefix="/timeline", tags=["timeline"])


def _place(text: str) -> str:
    day, _, number = text.partition(".")
    date.fromisoformat(day)
    if int(number) > LARGEST:
        raise ValueError("no number of an event")
    return text


Place = Annotated[
    str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,10}$"), AfterValidator(_place)
]


class WantedEvents(Sent):
    """Which events are meant: those that can have happened on one of the days, both inclusive.

    query: words of the article. person: who takes part.
    """

    query: Line | None = None
    person: Number | None = None
    article: Number | None = None
    since: Day | None = None
    until: Day | None = None
    limit: Limit = 50
    after: Annotated[
        Place | None, Field(description="`next` of the page before; leave it out for the first.")
    ] = None

    def chosen(self) -> dict[str, Any]:
        """The fields that say which events are meant."""
        return self.model_dump(exclude={"limit", "after"})


@router.get("", summary="List events, the earliest first")
def list_events(
    _: Reading, db: Database, wanted: Annotated[WantedEvents, Query()]
) -> Page[EventEntry]:
    """Only events whose first day is known."""
    after = None
    if wanted.after is not None:
        day, _dot, number = wanted.after.partition(".")
        after = (date.fromisoformat(day), int(number))
    found = timeline.list_events(
        db, TimelineFilter(**wanted.chosen()), limit=wanted.limit + 1, after=after
    )
    return page_of(found, wanted.limit, lambda entry: f"{entry.earliest}.{entry.id}")
