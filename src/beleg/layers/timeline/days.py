"""Stretches of days with open ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_HALF_OPEN, _OPEN = 10**7, 10**8  # widths beyond any calendar


@dataclass(frozen=True, slots=True)
class Days:
    """Inclusive days; None is open."""

    earliest: date | None = None
    latest: date | None = None

    @property
    def width(self) -> int:
        """Number of nights between the ends; very many if an end is open."""
        if self.earliest is None or self.latest is None:
            return _HALF_OPEN if self.earliest or self.latest else _OPEN
        return (self.latest - self.earliest).days

    def meets(self, other: Days) -> bool:
        """Whether the two have a day in common."""
        return not (
            is_before(self.latest, other.earliest) or is_before(other.latest, self.earliest)
        )

    def within(self, other: Days) -> Days:
        """The days in both."""
        earliest = [day for day in (self.earliest, other.earliest) if day is not None]
        latest = [day for day in (self.latest, other.latest) if day is not None]
        return Days(max(earliest, default=None), min(latest, default=None))

    def hull(self, other: Days) -> Days:
        """From the first to the last day of the two."""
        return Days(
            min(self.earliest, other.earliest) if self.earliest and other.earliest else None,
            max(self.latest, other.latest) if self.latest and other.latest else None,
        )


def is_before(day: date | None, other: date | None) -> bool:
    """Whether both are known and the first is the earlier one."""
    return day is not None and other is not None and day < other
