"""How many there are of something, as far as anybody wants to know."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, func, select

COUNTED = 1_000  # more than this are not counted


def count_some(db: Connection, query: Select[Any]) -> int:
    """How many rows a query has; 1,001 stands for more than a thousand, not counted out."""
    some = query.limit(COUNTED + 1).subquery()
    return db.scalar(select(func.count()).select_from(some)) or 0
