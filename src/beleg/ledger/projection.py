"""From an article's analysis and its corrections to the rows that are searched and counted.

The rows can always be made anew; nothing that people wrote stands in them alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Table, delete, insert, select, update

from beleg.ledger import schema, search
from beleg.ledger.checks import sync_checks
from beleg.ledger.corrections import effective
from beleg.ledger.forecasts import sync_forecasts
from beleg.ledger.persons import link_people
from beleg.ledger.store import Change
from beleg.records import Analysis

GAP = " … "  # between the places of a quotation that is interrupted


def project(change: Change, article_id: int) -> None:
    """Writes the rows of one article as its analysis and the corrections now have it."""
    analysis = effective(change.db, article_id).analysis
    day = _describe(change, article_id, analysis)
    people = link_people(change, article_id, analysis.people)
    _quote(change, article_id, analysis, people, day)
    _date(change, article_id, analysis, people)
    sync_forecasts(change, article_id, analysis, people)
    sync_checks(change, article_id, analysis)


def _describe(change: Change, article_id: int, analysis: Analysis) -> date | None:
    """Title, days and the words to be found by. Returns the day the article is sorted under."""
    document, dating = analysis.document, analysis.dating
    day = document.published or dating.latest
    change.db.execute(
        update(schema.articles)
        .where(schema.articles.c.id == article_id)
        .values(
            title=document.title,
            author=document.author,
            outlet=document.outlet,
            url=document.url,
            published=document.published,
            earliest=dating.earliest,
            latest=dating.latest,
            day=day,
            basis=dating.basis,
        )
    )
    search.drop(change.db, "article_words", [article_id])
    words = f"{document.title or ''}\n{document.text}"
    search.put(change.db, "article_words", [(article_id, words)])
    return day


def _quote(
    change: Change,
    article_id: int,
    analysis: Analysis,
    people: Mapping[str, int | None],
    day: date | None,
) -> None:
    table = schema.quotations
    old = change.db.scalars(select(table.c.id).where(table.c.article_id == article_id)).all()
    search.drop(change.db, "quotation_words", old)
    change.db.execute(delete(table).where(table.c.article_id == article_id))
    names = {person.id: person.name for person in analysis.people}
    text = analysis.document.text
    rows = []
    for quote in analysis.quotes:
        who = quote.speaker.person if quote.speaker else None
        places = sorted(quote.spans)
        rows.append(
            {
                "article_id": article_id,
                "local": quote.id,
                "type": quote.type,
                "medium": quote.medium,
                "text": GAP.join(text[place.start : place.end] for place in places),
                "start": places[0].start,
                "end": max(place.end for place in places),
                "speaker": who,
                "speaker_name": names.get(who) if who else None,
                "person_id": people.get(who) if who else None,
                "parent": quote.parent,
                "sourcing": quote.sourcing,
                "day": day,
            }
        )
    if not rows:
        return
    ids = _insert(change, table, article_id, rows)
    texts = [(ids[str(row["local"])], str(row["text"])) for row in rows]
    search.put(change.db, "quotation_words", texts)


def _date(
    change: Change, article_id: int, analysis: Analysis, people: Mapping[str, int | None]
) -> None:
    """The events, for timelines across articles."""
    table, parts = schema.events, schema.event_people
    change.db.execute(delete(table).where(table.c.article_id == article_id))
    text = analysis.document.text
    rows = [
        {
            "article_id": article_id,
            "local": event.id,
            "text": text[event.span.start : event.span.end],
            "start": event.span.start,
            "end": event.span.end,
            "earliest": event.earliest,
            "latest": event.latest,
        }
        for event in analysis.events
    ]
    if not rows:
        return
    ids = _insert(change, table, article_id, rows)
    takes_part = [
        {"event_id": ids[event.id], "person_id": person}
        for event in analysis.events
        for person in sorted({people[p] or 0 for p in event.people if p in people} - {0})
    ]
    if takes_part:
        change.db.execute(insert(parts), takes_part)


def _insert(
    change: Change, table: Table, article_id: int, rows: list[dict[str, Any]]
) -> dict[str, int]:
    """Inserts rows of an article; their numbers by the id within the article."""
    # In one statement; SQLite would give numbers back in order only row by row.
    change.db.execute(insert(table), rows)
    c = table.c
    found = change.db.execute(select(c.local, c.id).where(c.article_id == article_id))
    return {row.local: row.id for row in found}
