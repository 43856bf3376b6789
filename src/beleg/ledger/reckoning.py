"""What follows from the day on which an article appeared, and how much of it another day changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from beleg.ledger.correcting import Correction, apply_corrections
from beleg.records import Analysis


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How many records of an article have other days than before, or are there only now or then."""

    times: int
    events: int
    forecasts: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.times + self.events + self.forecasts


def day_said(analysis: Analysis, corrections: Sequence[Correction]) -> date | None:
    """The day of publication of a machine's analysis with what people said about the document."""
    said = [correction for correction in corrections if correction.layer == "document"]
    return apply_corrections(analysis, said).analysis.document.published


def moved(before: Analysis, after: Analysis) -> Moved:
    """Compares two analyses of one text; records are the same ones where they stand is the same."""
    return Moved(
        times=_differing(_days(before.times), _days(after.times)),
        events=_differing(_days(before.events), _days(after.events)),
        forecasts=_differing(_windows(before), _windows(after)),
    )


def moved_by_day(before: Analysis, after: Analysis) -> Moved | None:
    """What another day of publication moved; None where both have the same."""
    if before.document.published == after.document.published:
        return None
    return moved(before, after)


def _days(records: Iterable[Any]) -> dict[Any, Any]:
    return {record.span: (record.earliest, record.latest) for record in records}


def _windows(analysis: Analysis) -> dict[Any, Any]:
    return {(forecast.span, forecast.kind): forecast.window for forecast in analysis.forecasts}


def _differing(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> int:
    return sum(
        key not in before or key not in after or before[key] != after[key]
        for key in before.keys() | after.keys()
    )
