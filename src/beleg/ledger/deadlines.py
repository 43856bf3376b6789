"""The last days of forecasts, for a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import Connection, func

from beleg.ledger import schema
from beleg.ledger.calendar import Deadline
from beleg.ledger.forecasts import ForecastFilter
from beleg.ledger.forecasts.listing import entries, filtered

DAYS_BACK = 31  # so that what fell due lately, or was resolved since, does not vanish at once
MOST = 1_000  # entries; calendars refuse or stall on feeds of many thousands


def deadline_entries(
    db: Connection,
    *,
    today: date,
    chosen: ForecastFilter | None = None,
    address: Callable[[int], str] | None = None,
    limit: int = MOST,
) -> tuple[Deadline, ...]:
    """Forecasts whose last day is at most 31 days ago or still to come, the next first.

    Resolved ones are among them, with their state, so that a calendar that shows them can stop
    reminding. What the latest analysis no longer has is left out unless somebody resolved it.
    address: where to read more about the forecast of that number.
    """
    f, a = schema.forecasts.c, schema.articles.c
    words = func.substr(a.text, f.start + 1, f.end - f.start).label("words")
    query = filtered(entries().add_columns(words), chosen or ForecastFilter())
    query = query.where(
        f.latest >= today - timedelta(days=DAYS_BACK), f.present | (f.state != "open")
    )
    rows = db.execute(query.order_by(f.latest, f.id).limit(limit))
    return tuple(
        Deadline(
            uid=f"forecast-{row.id}@beleg",
            title=row.question,
            day=row.latest,
            holder=row.person_name or row.holder,
            quote=row.words,
            article=row.article_title,
            url=address(row.id) if address is not None else None,
            kind=row.kind,
            state=row.state,
        )
        for row in rows
    )
