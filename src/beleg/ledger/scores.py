"""Scores of the ledger's forecasts: which of them count, and with which probability."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, case, select

from beleg.ledger import schema
from beleg.ledger.choices import OUTCOMES, By, Origin
from beleg.ledger.forecasts import ForecastFilter
from beleg.ledger.forecasts.listing import filtered
from beleg.ledger.scoring import (
    DEFAULT_BINS,
    DEFAULT_MINIMUM,
    Score,
    Scored,
    middle,
    score,
    total,
)
from beleg.ledger.unresolved import holder_key, named, unresolved


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerScore:
    """The scores of one group.

    name: of the holder, outlet, topic or kind; None for all together, or where it is unknown.
    person: the holder's number across articles, None for authors, who have only their name.
    """

    name: str | None
    person: int | None
    score: Score


class LedgerScores(NamedTuple):
    """The score of all forecasts together, and those of each group; without groups that one."""

    together: LedgerScore
    groups: tuple[LedgerScore, ...]


def scores(
    db: Connection,
    *,
    today: date,
    by: By | None,
    origin: Origin = "extracted",
    chosen: ForecastFilter | None = None,
    minimum: int = DEFAULT_MINIMUM,
    bins: int = DEFAULT_BINS,
) -> LedgerScores:
    """How good the forecasts were, all together and by group.

    origin: "extracted" scores the article's certainty word, "own" the last probability that users
    of the ledger gave; either one for the wording that was resolved. Disputed forecasts count as
    unresolved. Those that the latest analysis no longer has count only if they are resolved.
    today, minimum, bins and the order: see `beleg.ledger.scoring.score`.
    """
    chosen = chosen or ForecastFilter()
    records = list(scored(db, origin=origin, chosen=chosen, only_resolved=True))
    counted = unresolved(db, today=today, by=by, chosen=chosen)
    rules: Any = {"today": today, "minimum": minimum, "bins": bins}
    (found,) = score(records, by=None, unresolved={None: total(counted.values())}, **rules)
    together = _plain(found)
    if by is None:
        return LedgerScores(together, (together,))
    name = _named if by == "holder" else _plain
    groups = score(records, by=by, unresolved=counted, **rules)
    return LedgerScores(together, tuple(map(name, groups)))


def scored(
    db: Connection,
    *,
    origin: Origin = "extracted",
    chosen: ForecastFilter | None = None,
    only_resolved: bool = False,
) -> Iterator[Scored]:
    """The forecasts that count, or of them only those that are resolved, as scores see them.

    holder: name and number of somebody across articles, name alone of an author, None where it is
    unknown who that is, for example "the spokesman" of some article.
    """
    own = _own(db) if origin == "own" else {}
    f, p = schema.forecasts.c, schema.probabilities.c
    who, root = schema.people.alias("who"), schema.people.alias("root")
    tables: Any = schema.forecasts.outerjoin(who, who.c.id == f.person_id)
    tables = tables.outerjoin(root, root.c.id == who.c.root_id)
    columns: list[Any] = [f.id, f.kind, f.outlet, f.topic, f.latest, f.state, f.version]
    holder = case((f.by_author, f.holder)).label("author")
    if origin == "extracted":
        said = (p.forecast_id == f.id) & (p.version == f.version) & (p.origin == "extracted")
        tables = tables.outerjoin(schema.probabilities, said)
        columns += [p.low, p.high]
    query: Select[Any] = select(
        *columns, holder, root.c.id.label("person"), root.c.name
    ).select_from(tables)
    counts = f.state.in_(OUTCOMES) if only_resolved else f.present | f.state.in_(OUTCOMES)
    query = filtered(query.where(counts), chosen or ForecastFilter())
    for row in db.execute(query):
        yield _scored(row, own.get((row.id, row.version)) if origin == "own" else _range(row))


def _own(db: Connection) -> dict[tuple[int, int], tuple[float, float]]:
    """The last probability that users gave for each forecast and version.

    It is from before the resolution and the end of the window: see `forecasts.give_probability`.
    """
    p = schema.probabilities.c
    rows = db.execute(
        select(p.forecast_id, p.version, p.low, p.high).where(p.origin == "own").order_by(p.id)
    )
    return {(row.forecast_id, row.version): (row.low, row.high) for row in rows}


def _range(row: Row[Any]) -> tuple[float, float] | None:
    return None if row.low is None else (row.low, row.high)


def _scored(row: Row[Any], said: tuple[float, float] | None) -> Scored:
    holder = holder_key(row.name, row.person) if row.person is not None else row.author
    figure = said is not None and said[0] == said[1]
    return Scored(
        forecast_id=row.id,
        holder=holder,
        outlet=row.outlet,
        topic=row.topic,
        kind=row.kind,
        probability=middle(*said) if said is not None else None,
        low=None if said is None or figure else said[0],
        high=None if said is None or figure else said[1],
        outcome={"yes": True, "no": False}.get(row.state),
        window_end=row.latest,
        resolved=row.state in OUTCOMES,
    )


def _named(one: Score) -> LedgerScore:
    if one.key is None:
        return _plain(one)
    name, person = named(one.key)
    return LedgerScore(name=name, person=person, score=one)


def _plain(one: Score) -> LedgerScore:
    return LedgerScore(name=one.key, person=None, score=one)
