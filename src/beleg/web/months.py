"""Entries of a list grouped by the month of their day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Month(Generic[T]):
    """A month with its entries; first, last: its days, None for entries without a day."""

    first: date | None
    last: date | None
    entries: Sequence[T]


def by_month(entries: Iterable[T], day_of: Callable[[T], date | None]) -> list[Month[T]]:
    """The entries, which are in order of their days, a group for each month."""

    def month(entry: T) -> date | None:
        day = day_of(entry)
        return None if day is None else day.replace(day=1)

    return [
        Month(first=first, last=None if first is None else _last(first), entries=list(group))
        for first, group in groupby(entries, month)
    ]


def _last(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])
