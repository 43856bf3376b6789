"""Scores per holder, outlet, topic or kind, with what was counted and what was left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from beleg.ledger.choices import By
from beleg.ledger.scoring.accuracy import DEFAULT_BINS, Accuracy, Verdict, accuracy_of
from beleg.ledger.scoring.proportion import Proportion
from beleg.ledger.scoring.scored import Scored

DEFAULT_MINIMUM = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The scores of one group.

    key: the holder, outlet, topic or kind; None for all together, or where it is unknown.
    forecasts: all of the group: those that have passed, are running, or have no deadline.
    early: resolved, but the window is still open or has no end; they count only as forecasts.
    resolved: of the passed; void: of the resolved.
    accuracy: of what has passed, came true or did not, and had a probability; None if nothing.
    unworded: how many came true of those that had no probability; None if there are none.
    enough: whether `minimum` forecasts are scored; without that no rank.
    rank: 1 is the lowest Brier score, equal scores share a rank; None for all together, for
        the unknown, and under the minimum.
    """

    key: str | None
    forecasts: int
    passed: int
    running: int
    without_deadline: int
    early: int
    resolved: int
    void: int
    accuracy: Accuracy | None
    unworded: Proportion | None
    enough: bool
    rank: int | None = None

    @property
    def share_resolved(self) -> Proportion | None:
        """How many of those whose window has passed are resolved, void ones too; None of none."""
        return Proportion(count=self.resolved, total=self.passed) if self.passed else None

    @property
    def scored(self) -> int:
        """How many forecasts the accuracy rests on."""
        return self.accuracy.scored if self.accuracy is not None else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Forecasts without a resolution that were only counted; passed: before the day in question."""

    forecasts: int = 0
    passed: int = 0
    without_deadline: int = 0


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them in one."""
    found = list(tallies)
    return Tally(
        forecasts=sum(one.forecasts for one in found),
        passed=sum(one.passed for one in found),
        without_deadline=sum(one.without_deadline for one in found),
    )


def score(
    records: Iterable[Scored],
    *,
    today: date,
    by: By | None,
    minimum: int = DEFAULT_MINIMUM,
    bins: int = DEFAULT_BINS,
    unresolved: Mapping[str | None, Tally] | None = None,
) -> tuple[Score, ...]:
    """The scores of each group; of all together, in one, if `by` is None.

    today: windows that end before it have passed.
    minimum: scored forecasts from which on a group is ranked, at least 1.
    unresolved: by group, further forecasts that are not among `records`.
    Ranked groups come first, in order of rank, all others by name, the unknown last.
    Raises ValueError if a forecast is given twice, and for a minimum or bins under 1.
    """
    if minimum < 1:
        raise ValueError(f"a minimum of {minimum} would rank what has no scores")
    tallies = unresolved or {}
    groups: dict[str | None, list[Scored]] = {key: [] for key in (tallies if by else (None,))}
    seen: set[int] = set()
    for forecast in records:
        if forecast.forecast_id in seen:
            raise ValueError(f"forecast {forecast.forecast_id} is given twice, would count twice")
        seen.add(forecast.forecast_id)
        groups.setdefault(getattr(forecast, by) if by else None, []).append(forecast)
    return _ranked(
        [
            _score(key, group, tallies.get(key, Tally()), today, minimum, bins)
            for key, group in groups.items()
        ]
    )


def _score(
    key: str | None, group: Sequence[Scored], counted: Tally, today: date, minimum: int, bins: int
) -> Score:
    passed = [forecast for forecast in group if forecast.passed(today)]
    resolved = [forecast for forecast in passed if forecast.resolved]
    forecasts, all_passed = len(group) + counted.forecasts, len(passed) + counted.passed
    without_deadline = counted.without_deadline + sum(one.window_end is None for one in group)
    verdicts = [verdict for forecast in resolved if (verdict := _verdict(forecast))]
    unworded = [
        forecast.outcome
        for forecast in resolved
        if forecast.probability is None and forecast.outcome is not None
    ]
    return Score(
        key=key,
        forecasts=forecasts,
        passed=all_passed,
        running=forecasts - all_passed - without_deadline,
        without_deadline=without_deadline,
        early=sum(forecast.resolved for forecast in group) - len(resolved),
        resolved=len(resolved),
        void=sum(forecast.void for forecast in resolved),
        accuracy=accuracy_of(verdicts, bins=bins) if verdicts else None,
        unworded=Proportion(count=sum(unworded), total=len(unworded)) if unworded else None,
        enough=len(verdicts) >= minimum,
    )


def _verdict(forecast: Scored) -> Verdict | None:
    probability, outcome = forecast.probability, forecast.outcome
    if probability is None or outcome is None:
        return None
    low, high = forecast.range or (probability, probability)
    return Verdict(probability, low, high, outcome)


def _ranked(scores: Sequence[Score]) -> tuple[Score, ...]:
    comparable = [
        (one.accuracy.brier, one.key, one)
        for one in scores
        if one.accuracy is not None and one.enough and one.key is not None
    ]
    comparable.sort(key=lambda row: row[:2])
    briers = [brier for brier, _, _ in comparable]
    ranked = {key: 1 + bisect_left(briers, brier) for brier, key, _ in comparable}
    others = [one for one in scores if one.key not in ranked]
    return (
        *(replace(one, rank=ranked[key]) for _, key, one in comparable),
        *sorted(others, key=lambda one: (one.key is None, one.key or "")),
    )
