"""Scores of groups: what counts, what is left out, who is ranked."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest

from beleg.ledger.scoring import By, Score, Scored, middle, score

TODAY = date(2025, 7, 1)
LONG_AGO = date(2025, 1, 31)
LATER = date(2025, 12, 31)


def forecast(
    number: int,
    probability: float | None = 0.8,
    outcome: bool | None = True,
    *,
    holder: str | None = "Merle Hansohn",
    outlet: str | None = "Die Boje",
    topic: str | None = "Hafen",
    window_end: date | None = LONG_AGO,
    resolved: bool = True,
    low: float | None = None,
    high: float | None = None,
) -> Scored:
    return Scored(
        forecast_id=number,
        holder=holder,
        outlet=outlet,
        topic=topic,
        kind="prediction",
        probability=probability,
        outcome=outcome,
        window_end=window_end,
        resolved=resolved,
        low=low,
        high=high,
    )


def many(count: int, probability: float, outcome: bool, *, holder: str, first: int) -> list[Scored]:
    return [
        forecast(number, probability, outcome, holder=holder)
        for number in range(first, first + count)
    ]


def only(records: list[Scored], *, minimum: int = 1) -> Score:
    (found,) = score(records, today=TODAY, by=None, minimum=minimum)
    return found


def test_every_forecast_is_counted_where_it_belongs() -> None:
    found = only(
        [
            forecast(1, 0.8, True),
            forecast(2, None, False),
            forecast(3, 0.8, None),  # void
            forecast(4, 0.8, None, resolved=False),
            forecast(5, 0.8, None, window_end=LATER, resolved=False),
            forecast(6, 0.8, True, window_end=LATER),
            forecast(7, 0.8, True, window_end=None),
            forecast(8, 0.8, None, window_end=None, resolved=False),
            forecast(9, None, True),
        ]
    )
    assert (found.forecasts, found.passed, found.running, found.without_deadline) == (9, 5, 2, 2)
    assert (found.early, found.resolved, found.void, found.scored) == (2, 4, 1, 1)
    assert found.share_resolved is not None
    assert found.share_resolved.share == 4 / 5
    assert found.unworded is not None
    assert (found.unworded.count, found.unworded.total) == (1, 2)


@pytest.mark.parametrize(
    ("window_end", "scored"),
    [(TODAY - timedelta(1), 1), (TODAY, 0), (TODAY + timedelta(1), 0), (None, 0), (date.min, 1)],
)
def test_a_window_has_passed_from_the_day_after_its_last(
    window_end: date | None, scored: int
) -> None:
    assert only([forecast(1, window_end=window_end)]).scored == scored


def test_early_yes_does_not_flatter() -> None:
    # The example of docs/scores.md: ten times "90 %", until the end of the year. Five come true,
    # three of them by June; before the year is over nothing can be known not to come true.
    def book(known_true: int, known_false: int) -> list[Scored]:
        outcomes = [True] * known_true + [False] * known_false
        open_ones = [None] * (10 - len(outcomes))
        return [
            forecast(number, 0.9, outcome, window_end=LATER, resolved=outcome is not None)
            for number, outcome in enumerate([*outcomes, *open_ones])
        ]

    (in_june,) = score(book(3, 0), today=TODAY, by=None)
    assert (in_june.accuracy, in_june.early) == (None, 3)
    (afterwards,) = score(book(5, 5), today=date(2026, 1, 1), by=None)
    assert afterwards.accuracy is not None
    # (5 * 0.1**2 + 5 * 0.9**2) / 10 = (0.05 + 4.05) / 10 = 0.41
    assert afterwards.accuracy.brier == pytest.approx(0.41)
    # Three early ones alone would have had 0.1**2 = 0.01.
    (flattered,) = score(book(3, 0), today=date(2026, 1, 1), by=None)
    assert flattered.accuracy is not None
    assert flattered.accuracy.brier == pytest.approx(0.01)
    assert flattered.share_resolved is not None
    assert flattered.share_resolved.share == 0.3


def test_nothing_to_score_gives_counts_and_no_figures() -> None:
    found = only([])
    assert (found.forecasts, found.scored, found.enough) == (0, 0, False)
    assert (found.accuracy, found.unworded, found.share_resolved) == (None, None, None)
    assert score([], today=TODAY, by="holder") == ()


@pytest.mark.parametrize("by", ["holder", "outlet", "topic", "kind"])
def test_groups_add_up_to_all(by: By) -> None:
    records = [
        forecast(1, holder="A", topic="Hafen", outlet=None),
        forecast(2, holder="B", topic=None, outlet="Die Boje", window_end=None),
        forecast(3, holder="B", topic="Deich", outlet="Der Kurier", outcome=None),
        forecast(4, holder="C", topic="Hafen", window_end=LATER),
    ]
    groups = score(records, today=TODAY, by=by)
    whole = only(records)
    for count in ("forecasts", "passed", "running", "without_deadline", "early", "resolved"):
        assert sum(getattr(group, count) for group in groups) == getattr(whole, count)
    assert {group.key for group in groups} == {getattr(record, by) for record in records}


def test_groups_are_ranked_by_brier_score_from_the_minimum_on() -> None:
    records = [
        *many(3, 0.9, True, holder="Gut", first=0),  # 0.01
        *many(3, 0.6, True, holder="Mittel", first=10),  # 0.16
        *many(2, 1.0, True, holder="Zu wenige", first=20),  # 0, but only two
        *many(3, 0.4, False, holder="Auch mittel", first=30),  # 0.16
        *many(3, 0.9, False, holder="Schlecht", first=40),  # 0.81
    ]
    groups = score(records, today=TODAY, by="holder", minimum=3)
    assert [(group.key, group.rank, group.enough) for group in groups] == [
        ("Gut", 1, True),
        ("Auch mittel", 2, True),
        ("Mittel", 2, True),
        ("Schlecht", 4, True),
        ("Zu wenige", None, False),
    ]


def test_only_scored_forecasts_reach_the_minimum() -> None:
    records = [
        *many(9, 0.9, True, holder="A", first=0),
        forecast(20, None, True, holder="A"),
        forecast(21, 0.9, None, holder="A"),
        forecast(22, 0.9, True, holder="A", window_end=LATER),
    ]
    (group,) = score(records, today=TODAY, by="holder")
    assert (group.scored, group.enough, group.rank) == (9, False, None)
    (group,) = score([*records, forecast(30, holder="A")], today=TODAY, by="holder")
    assert (group.scored, group.enough, group.rank) == (10, True, 1)


def test_the_unknown_and_all_together_have_no_rank() -> None:
    records = [forecast(n, 0.8 if n % 2 else 0.7, outlet="X" if n % 2 else None) for n in range(9)]
    groups = score(records, today=TODAY, by="outlet", minimum=1)
    assert [(group.key, group.enough, group.rank) for group in groups] == [
        ("X", True, 1),
        (None, True, None),
    ]
    assert only(records).rank is None


def test_words_are_scored_at_the_middle_and_at_both_ends() -> None:
    def likely(number: int, outcome: bool) -> Scored:
        return forecast(number, middle(0.66, 1.0), outcome, low=0.66, high=1.0)

    found = only([likely(1, True), likely(2, False)]).accuracy
    assert found is not None
    # middle 0.83: (0.17**2 + 0.83**2) / 2 = (0.0289 + 0.6889) / 2 = 0.3589
    assert found.brier == pytest.approx(0.3589)
    # best: 1.0 for the yes, 0.66 for the no: (0 + 0.4356) / 2
    assert found.brier_best == pytest.approx(0.2178)
    # worst: 0.66 for the yes, 1.0 for the no: (0.1156 + 1) / 2
    assert found.brier_worst == pytest.approx(0.5578)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"probability": 1.01}, "does not lie"),
        ({"probability": -0.01}, "does not lie"),
        ({"probability": math.nan}, "does not lie"),
        ({"probability": 0.5, "low": 0.6, "high": 0.8}, "does not lie"),
        ({"probability": 0.5, "low": 0.4, "high": 1.1}, "does not lie"),
        ({"probability": 0.5, "low": 0.4}, "half a range"),
        ({"probability": None, "low": 0.4, "high": 0.6}, "without a probability"),
        ({"outcome": True, "resolved": False}, "not resolved"),
    ],
)
def test_records_that_contradict_themselves_are_refused(
    fields: dict[str, float | None], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        forecast(1, **fields)  # type: ignore[arg-type]


def test_a_forecast_cannot_count_twice() -> None:
    with pytest.raises(ValueError, match="forecast 1 is given twice"):
        score([forecast(1), forecast(1)], today=TODAY, by="holder")


def test_a_minimum_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="minimum of 0"):
        score([], today=TODAY, by="holder", minimum=0)
