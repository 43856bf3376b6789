"""What happened when, across all articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from beleg.errors import LedgerMissing
from beleg.ledger import persons
from beleg.ledger.timeline import EventEntry, TimelineFilter, list_events
from beleg.web.asked import AskedDay, AskedNumber, AskedText, here
from beleg.web.month_bars import month_bars
from beleg.web.months import by_month
from beleg.web.navigation import Area
from beleg.web.refusals import unaskable
from beleg.web.state import Database, Today
from beleg.web.templating import page
from beleg.web.visitors import Reading
from beleg.web.words import language, words_of

AREA = Area(key="timeline", path="/timeline")
router = APIRouter()

_ON_A_PAGE = 100


@router.get("/timeline")
def timeline(
    request: Request,
    _: Reading,
    db: Database,
    today: Today,
    q: AskedText = None,
    person: AskedNumber = None,
    article: AskedNumber = None,
    since: AskedDay = None,
    until: AskedDay = None,
    after: AskedDay = None,
    after_id: AskedNumber = None,
) -> HTMLResponse:
    """One page of events, the earliest first. after, after_id: where the page before ended.

    Without any wish it begins with the present year: that is what one mostly looks for.
    """
    if since is None and not request.query_params:
        since = today.replace(month=1, day=1)
    refused = unaskable(q, language(request))
    chosen = TimelineFilter(
        query=None if refused else q, person=person, article=article, since=since, until=until
    )
    place = (after, after_id) if after is not None and after_id is not None else None
    found = list_events(db, chosen, limit=_ON_A_PAGE + 1, after=place)
    shown = found[:_ON_A_PAGE]
    last = shown[-1] if len(found) > _ON_A_PAGE else None
    return page(
        request,
        "timeline.html.j2",
        months=by_month(shown, lambda one: one.earliest),
        picture=month_bars(
            _per_month(shown),
            words=words_of(language(request)),
            title="timeline.picture",
            key="events",
        ),
        chosen=chosen,
        query=q or "",
        refused=refused,
        person=_person(db, person),
        without_person=here(request, person=None, after=None, after_id=None),
        first=here(request, after=None, after_id=None) if place else None,
        further=last and here(request, since=since, after=last.earliest, after_id=last.id),
    )


def _per_month(events: Iterable[EventEntry]) -> list[tuple[date, int]]:
    counts = Counter(one.earliest.replace(day=1) for one in events if one.earliest)
    return sorted(counts.items())


def _person(db: Connection, id_: int | None) -> persons.PersonEntry | None:
    try:
        return None if id_ is None else persons.person(db, id_)
    except LedgerMissing:
        return None
