"""What happened when, across all articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, tuple_

from beleg.ledger import schema
from beleg.ledger.search import narrowed


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEntry:
    """An event as a timeline shows it; earliest, latest: inclusive days, null where open.

    local, start, end: its id and place in the article.
    """

    id: int
    article: int
    title: str | None
    outlet: str | None
    local: str
    text: str
    start: int
    end: int
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFilter:
    """Which events are meant; what is None does not matter.

    query: words of the article; person: who takes part, across articles. since, until: inclusive
    days; an event is meant if it can have happened on one of them.
    """

    query: str | None = None
    person: int | None = None
    article: int | None = None
    since: date | None = None
    until: date | None = None


def list_events(
    db: Connection,
    chosen: TimelineFilter | None = None,
    *,
    limit: int = 100,
    after: tuple[date, int] | None = None,
) -> tuple[EventEntry, ...]:
    """Events whose first day is known, the earliest first.

    after: first day and number of the last event of the page before. Raises LedgerRefused for a
    query without a word in it.
    """
    chosen = chosen or TimelineFilter()
    e, a = schema.events.c, schema.articles.c
    query: Any = (
        select(
            e.id,
            e.article_id.label("article"),
            a.title,
            a.outlet,
            e.local,
            e.text,
            e.start,
            e.end,
            e.earliest,
            e.latest,
        )
        .join_from(schema.events, schema.articles, a.id == e.article_id)
        .where(e.earliest.is_not(None))
    )
    if chosen.query is not None:
        query = narrowed(db, query, e.article_id, "article_words", chosen.query)
    if chosen.person is not None:
        p, part = schema.people.c, schema.event_people.c
        theirs = (
            select(part.event_id)
            .join_from(schema.event_people, schema.people, p.id == part.person_id)
            .where(p.root_id == chosen.person)
        )
        query = query.where(e.id.in_(theirs))
    if chosen.article is not None:
        query = query.where(e.article_id == chosen.article)
    if chosen.since is not None:
        query = query.where((e.latest >= chosen.since) | e.latest.is_(None))
    if chosen.until is not None:
        query = query.where(e.earliest <= chosen.until)
    if after is not None:
        query = query.where(tuple_(e.earliest, e.id) > tuple_(*after))
    rows = db.execute(query.order_by(e.earliest, e.id).limit(limit))
    return tuple(EventEntry(**row._mapping) for row in rows)
