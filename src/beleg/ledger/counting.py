"""How many there are of something, as far as anybody wants to know."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, ScalarSelect, Select, func, select

COUNTED = 1_000  # more than this are not counted


def count_each(db: Connection, **queries: Select[Any]) -> dict[str, int]:
    """How many rows each query has, by the queries' names, in one statement.

    1,001 stands for more than a thousand, not counted out.
    """
    columns = [_number(query).label(name) for name, query in queries.items()]
    return dict(db.execute(select(*columns)).one()._mapping)


def _number(query: Select[Any]) -> ScalarSelect[int]:
    some = query.limit(COUNTED + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()
