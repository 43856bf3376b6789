"""Lists of forecasts: what falls due, what is open, what came of the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select, tuple_

from beleg.ledger import schema
from beleg.ledger.choices import Which
from beleg.ledger.conflicts import missing

State = Literal["open", "yes", "no", "void", "disputed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastEntry:
    """A forecast as a list shows it, with its present wording.

    start, end: of its words in the article. question: the article's words, or a person's.
    earliest, latest: days in which it can come true, inclusive; None where open.
    made_on: the day the article was published, else the last day it can be from.
    holder: name as in the article, or its author's; person, person_name: across articles.
    low, high, scale, said: certainty word of the article with its range, None where it has none.
    present: whether the article's latest analysis still has it; local: its id there.
    """

    id: int
    article_id: int
    local: str | None
    article_title: str | None
    kind: str
    start: int
    end: int
    question: str
    condition: str | None
    earliest: date | None
    latest: date | None
    made_on: date | None
    holder: str | None
    by_author: bool
    person: int | None
    person_name: str | None
    outlet: str | None
    topic: str | None
    state: State
    present: bool
    version: int
    rev: int
    low: float | None
    high: float | None
    scale: str | None
    said: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastFilter:
    """Which forecasts are meant; what is None does not matter.

    person: number of somebody across articles, with everybody merged into them; holder: a name as
    articles have it. since, until: the last day of the window lies between, inclusive.
    """

    person: int | None = None
    holder: str | None = None
    outlet: str | None = None
    topic: str | None = None
    kind: str | None = None
    article: int | None = None
    since: date | None = None
    until: date | None = None


def list_forecasts(
    db: Connection,
    which: Which = "all",
    chosen: ForecastFilter | None = None,
    *,
    today: date,
    limit: int = 50,
    before: int | None = None,
) -> tuple[ForecastEntry, ...]:
    """A page of forecasts; `before`: number of the last one of the page before.

    "due": open, last day today or earlier, the longest overdue last. "open": open and not due, the
    next to fall due first, those without a last day at the end. "resolved": yes, no, void or
    disputed, and "all": the last entered first. Raises LedgerMissing if `before` is unknown.
    """
    chosen = chosen or ForecastFilter()
    place = _place(db, before) if before is not None else None
    if which == "due":
        return _entries(db, _due(filtered(entries(), chosen), chosen, today, place).limit(limit))
    if which == "open":
        return _open(db, chosen, today, place, limit)
    resolved = [schema.forecasts.c.state != "open"] if which == "resolved" else []
    return _last_entered(db, chosen, place, limit, *resolved)


def forecasts_in(
    db: Connection,
    states: Collection[State],
    chosen: ForecastFilter | None = None,
    *,
    limit: int = 50,
    before: int | None = None,
) -> tuple[ForecastEntry, ...]:
    """A page of the forecasts in one of these states, the last entered first.

    before: number of the last one of the page before. Raises LedgerMissing if that is unknown.
    """
    place = _place(db, before) if before is not None else None
    among = schema.forecasts.c.state.in_(states)
    return _last_entered(db, chosen or ForecastFilter(), place, limit, among)


def own_probabilities(db: Connection, ids: Sequence[int]) -> dict[int, float]:
    """The last probability that users of the ledger gave for the present wording of each."""
    f, p = schema.forecasts.c, schema.probabilities.c
    query = (
        select(f.id, p.low)
        .join_from(schema.forecasts, schema.probabilities, p.forecast_id == f.id)
        .where(f.id.in_(ids), p.version == f.version, p.origin == "own")
        .order_by(p.id)
    )
    return {row.id: row.low for row in db.execute(query)}


def entry(db: Connection, id_: int) -> ForecastEntry:
    """The forecast of that number. Raises LedgerMissing."""
    row = db.execute(entries().where(schema.forecasts.c.id == id_)).first()
    if row is None:
        raise missing(schema.forecasts, id_)
    return _entry(row)


def entries() -> Select[Any]:
    """The query that all lists narrow: forecasts with their article, wording, holder, certainty."""
    f, a, w = schema.forecasts.c, schema.articles.c, schema.wordings.c
    p, who, root = schema.probabilities.c, schema.people.alias("who"), schema.people.alias("root")
    return select(
        schema.forecasts,
        a.title.label("article_title"),
        w.question,
        w.condition,
        root.c.id.label("person"),
        root.c.name.label("person_name"),
        p.low,
        p.high,
        p.scale,
        p.words.label("said"),
    ).select_from(
        schema.forecasts.join(schema.articles, a.id == f.article_id)
        .join(schema.wordings, (w.forecast_id == f.id) & (w.version == f.version))
        .outerjoin(
            schema.probabilities,
            and_(p.forecast_id == f.id, p.version == f.version, p.origin == "extracted"),
        )
        .outerjoin(who, who.c.id == f.person_id)
        .outerjoin(root, root.c.id == who.c.root_id)
    )


def filtered(query: Select[Any], chosen: ForecastFilter) -> Select[Any]:
    """The query narrowed to the forecasts that are meant."""
    f, p = schema.forecasts.c, schema.people.c
    if chosen.person is not None:
        same = select(p.id).where(p.root_id == chosen.person)
        query = query.where(f.person_id.in_(same))
    for column, value in (
        (f.holder, chosen.holder),
        (f.outlet, chosen.outlet),
        (f.topic, chosen.topic),
        # Not a bare column: a kind is a third of all forecasts, so no index is to be taken for it.
        (func.coalesce(f.kind, ""), chosen.kind),
        (f.article_id, chosen.article),
    ):
        if value is not None:
            query = query.where(column == value)
    if chosen.since is not None:
        query = query.where(f.latest >= chosen.since)
    if chosen.until is not None:
        query = query.where(f.latest <= chosen.until)
    return query


def _last_entered(
    db: Connection,
    chosen: ForecastFilter,
    place: _Place | None,
    limit: int,
    *conditions: ColumnElement[bool],
) -> tuple[ForecastEntry, ...]:
    # Numbers first, from an index alone; what else is shown is looked up for this page only.
    f = schema.forecasts.c
    numbers = filtered(select(f.id), chosen).where(*conditions)
    if place is not None:
        numbers = numbers.where(f.id < place.id)
    numbers = numbers.order_by(_number(chosen).desc()).limit(limit)
    return _entries(db, entries().where(f.id.in_(numbers)).order_by(f.id.desc()))


def _is_open(chosen: ForecastFilter) -> ColumnElement[bool]:
    """Not a bare column for one holder: SQLite would go through all that is open in its order."""
    state = schema.forecasts.c.state
    return (func.coalesce(state, "") if _by_one(chosen) else state) == "open"


def _number(chosen: ForecastFilter) -> ColumnElement[int]:
    """Not a bare column for one holder: SQLite would go through all forecasts in its order."""
    number = schema.forecasts.c.id
    return func.coalesce(number, 0) if _by_one(chosen) else number


def _by_one(chosen: ForecastFilter) -> bool:
    return chosen.person is not None or chosen.holder is not None


def _due(
    query: Select[Any], chosen: ForecastFilter, today: date, place: _Place | None
) -> Select[Any]:
    f = schema.forecasts.c
    query = query.where(_is_open(chosen), f.latest <= today)
    if place is not None and place.latest is not None:
        query = query.where(tuple_(f.latest, f.id) < tuple_(place.latest, place.id))
    return query.order_by(f.latest.desc(), f.id.desc())


def _open(
    db: Connection, chosen: ForecastFilter, today: date, place: _Place | None, limit: int
) -> tuple[ForecastEntry, ...]:
    # Two queries, so that both databases take the order from the index.
    f = schema.forecasts.c
    query = filtered(entries(), chosen).where(_is_open(chosen))
    found: tuple[ForecastEntry, ...] = ()
    if place is None or place.latest is not None:
        dated = query.where(f.latest > today)
        if place is not None:
            dated = dated.where(tuple_(f.latest, f.id) > tuple_(place.latest, place.id))
        found = _entries(db, dated.order_by(f.latest, f.id).limit(limit))
        place = None
    if len(found) < limit and chosen.since is None and chosen.until is None:
        undated = query.where(f.latest.is_(None), f.id > (place.id if place is not None else 0))
        found += _entries(db, undated.order_by(f.id).limit(limit - len(found)))
    return found


class _Place(NamedTuple):
    """Where a page goes on."""

    id: int
    latest: date | None


def _place(db: Connection, id_: int) -> _Place:
    f = schema.forecasts.c
    row = db.execute(select(f.id, f.latest).where(f.id == id_)).first()
    if row is None:
        raise missing(schema.forecasts, id_)
    return _Place(row.id, row.latest)


_FIELDS = tuple(field.name for field in fields(ForecastEntry))


def _entries(db: Connection, query: Select[Any]) -> tuple[ForecastEntry, ...]:
    return tuple(_entry(row) for row in db.execute(query))


def _entry(row: Row[Any]) -> ForecastEntry:
    return ForecastEntry(**{name: getattr(row, name) for name in _FIELDS})
