"""How many forecasts are without a resolution, by group, counted by the database.

Of these, scores need only counts, and there may be hundreds of thousands. Each query reads one
index and nothing else; what the latest analysis no longer has, which is little, is taken off after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, not_, select

from beleg.ledger import schema
from beleg.ledger.forecasts import OUTCOMES, ForecastFilter
from beleg.ledger.forecasts.listing import filtered
from beleg.ledger.scoring import By, Tally

# Fields of a filter and the columns that begin an index on column, state and last day.
_INDEXED = {
    "person": "person_id",
    "holder": "holder",
    "outlet": "outlet",
    "topic": "topic",
    "kind": "kind",
}
_GAP = "\x1f"  # between a name and a number in a key, so that keys sort by name


def holder_key(name: str, person: int) -> str:
    """The key of somebody across articles; authors have their name alone."""
    return f"{name}{_GAP}{person}"


def named(key: str) -> tuple[str, int | None]:
    """Name and number that a key of a holder stands for."""
    name, _, number = key.partition(_GAP)
    return name, int(number) if number else None


def unresolved(
    db: Connection, *, today: date, by: By | None, chosen: ForecastFilter
) -> dict[str | None, Tally]:
    """The forecasts of each group, or of all together (None), that nothing was decided of."""
    f = schema.forecasts.c
    if by != "holder":
        found = _counted(db, today, chosen, f[by] if by is not None else None)
        found.subtract(_absent(db, today, chosen, lambda row: getattr(row, by) if by else None))
        return found.tallies()
    keys = _people(db)
    people = _counted(db, today, chosen, f.person_id)
    authors = _counted(db, today, chosen, f.holder, f.by_author)
    # Authors have no number across articles: the rest of those without one is of nobody known.
    nobody = people.sums.pop(None, [0, 0, 0])
    found = _Sums()
    for person, counts in people.sums.items():
        found.add(keys[person], counts)
    for name, counts in authors.sums.items():
        found.add(name, counts)
        found.add(None, counts, -1)
    found.add(None, nobody)
    found.subtract(_absent(db, today, chosen, lambda row: keys.get(row.person_id) or _author(row)))
    return found.tallies()


class _Sums:
    """By group: how many there are, how many have a last day, for how many it has passed."""

    def __init__(self) -> None:
        self.sums: dict[Any, list[int]] = {}

    def add(self, key: Any, counts: Sequence[int], sign: int = 1) -> None:
        sums = self.sums.setdefault(key, [0, 0, 0])
        for number, count in enumerate(counts):
            sums[number] += sign * count

    def subtract(self, found: Iterable[tuple[Any, Sequence[int]]]) -> None:
        for key, counts in found:
            self.add(key, counts, -1)

    def tallies(self) -> dict[str | None, Tally]:
        return {
            key: Tally(forecasts=total, passed=passed, without_deadline=total - dated)
            for key, (total, dated, passed) in self.sums.items()
            if total
        }


def _counted(
    db: Connection,
    today: date,
    chosen: ForecastFilter,
    column: ColumnElement[Any] | None,
    *conditions: ColumnElement[bool],
) -> _Sums:
    """All without a resolution, also those that the latest analysis no longer has.

    Grouped by what was chosen and by state too: so the rows come in the order of the index that has
    just the chosen ones, and no condition on the state leads SQLite to another one.
    """
    f = schema.forecasts.c
    group = [column] if column is not None else []
    keys = [one.label("key") for one in group]
    group += [f[name] for field, name in _INDEXED.items() if getattr(chosen, field) is not None]
    found = _Sums()
    every = select(f.state, func.count().label("total"), func.count(f.latest).label("dated"), *keys)
    ended = select(f.state, func.count().label("passed"), *keys).where(f.latest < today)
    for query in (every, ended):
        narrowed = filtered(query.where(*conditions), chosen).group_by(*group, f.state)
        for row in db.execute(narrowed):
            if row.state not in OUTCOMES:
                counts = (row.total, row.dated, 0) if query is every else (0, 0, row.passed)
                found.add(row.key if keys else None, counts)
    return found


def _absent(
    db: Connection, today: date, chosen: ForecastFilter, key: Callable[[Row[Any]], str | None]
) -> Iterator[tuple[str | None, tuple[int, int, int]]]:
    """Those without a resolution that the latest analysis no longer has, one by one."""
    f = schema.forecasts.c
    query = filtered(select(schema.forecasts).where(not_(f.present)), chosen)
    for row in db.execute(query):
        if row.state not in OUTCOMES:
            dated = row.latest is not None
            yield key(row), (1, int(dated), int(dated and row.latest < today))


def _author(row: Row[Any]) -> str | None:
    return row.holder if row.by_author else None


def _people(db: Connection) -> dict[int, str]:
    """The key of everybody: of whom they were merged into."""
    who, root = schema.people.alias("who"), schema.people.alias("root")
    rows = db.execute(
        select(who.c.id, root.c.id.label("root"), root.c.name).join_from(
            who, root, root.c.id == who.c.root_id
        )
    )
    return {row.id: holder_key(row.name, row.root) for row in rows}
