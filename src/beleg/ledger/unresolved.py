"""How many forecasts are without a resolution, by group, counted by the database.

Of these, scores need only counts, and there may be hundreds of thousands. Each query reads one
index and nothing else; what the latest analysis no longer has, which is little, is taken off after.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, not_, select

from beleg.ledger import schema
from beleg.ledger.forecasts import OUTCOMES, ForecastFilter
from beleg.ledger.forecasts.listing import filtered
from beleg.ledger.scoring import By, Tally

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
    found = _Sums()
    for sign, present in ((1, None), (-1, False)):
        for key, tally in _counts(db, today, by, chosen, present):
            found.add(key, tally, sign)
    return found.tallies()


class _Sums:
    def __init__(self) -> None:
        self._sums: dict[str | None, list[int]] = {}

    def add(self, key: str | None, counts: tuple[int, int, int], sign: int) -> None:
        sums = self._sums.setdefault(key, [0, 0, 0])
        for number, count in enumerate(counts):
            sums[number] += sign * count

    def tallies(self) -> dict[str | None, Tally]:
        return {
            key: Tally(forecasts=total, passed=passed, without_deadline=total - dated)
            for key, (total, dated, passed) in self._sums.items()
            if total
        }


_Counted = Iterator[tuple[str | None, tuple[int, int, int]]]


def _counts(
    db: Connection, today: date, by: By | None, chosen: ForecastFilter, present: bool | None
) -> _Counted:
    f = schema.forecasts.c
    if by != "holder":
        column = f[by] if by is not None else None
        for key, counts in _grouped(db, today, chosen, present, column):
            yield key, counts
        return
    total, known = [0, 0, 0], [0, 0, 0]
    for _, counts in _grouped(db, today, chosen, present, None):
        total = [one + more for one, more in zip(total, counts, strict=True)]
    people = list(_grouped(db, today, chosen, present, f.person_id))
    keys = _people(db)
    authors = _grouped(db, today, chosen, present, f.holder, where=f.by_author)
    for key, counts in (
        *((keys[number], counts) for number, counts in people if number is not None),
        *((name, counts) for name, counts in authors if name is not None),
    ):
        known = [one + more for one, more in zip(known, counts, strict=True)]
        yield key, counts
    one, dated, passed = (all_ - some for all_, some in zip(total, known, strict=True))
    yield None, (one, dated, passed)


def _grouped(
    db: Connection,
    today: date,
    chosen: ForecastFilter,
    present: bool | None,
    column: ColumnElement[Any] | None,
    *,
    where: ColumnElement[bool] | None = None,
) -> Iterator[tuple[Any, tuple[int, int, int]]]:
    """All, those with a last day, and those whose last day has passed.

    By state too: so the rows come in the order of the index, and no condition on the state leads
    SQLite to another one.
    """
    f = schema.forecasts.c

    def count(column: ColumnElement[Any], *conditions: ColumnElement[bool]) -> ColumnElement[int]:
        wanted = [*conditions, *([where] if where is not None else [])]
        return func.count(column).filter(and_(*wanted)) if wanted else func.count(column)

    group = [column] if column is not None else []
    query: Select[Any] = select(
        f.state,
        count(f.state).label("total"),
        count(f.latest).label("dated"),
        count(f.latest, f.latest < today).label("passed"),
        *[one.label("key") for one in group],
    ).group_by(*group, f.state)
    query = filtered(query, chosen)
    if present is not None:
        query = query.where(f.present if present else not_(f.present))
    for row in db.execute(query):
        if row.state not in OUTCOMES and row.total:
            yield row.key if group else None, (row.total, row.dated, row.passed)


def _people(db: Connection) -> dict[int, str]:
    """The key of everybody: of whom they were merged into."""
    who, root = schema.people.alias("who"), schema.people.alias("root")
    rows = db.execute(
        select(who.c.id, root.c.id.label("root"), root.c.name).join_from(
            who, root, root.c.id == who.c.root_id
        )
    )
    return {row.id: holder_key(row.name, row.root) for row in rows}
