"""Step functions over the calendar: sums, products and stretches."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.layers.dating.steps import FIRST, LAST, Steps, bins, product, stretches, weigh

DAY = date(2006, 3, 1).toordinal()
PARTS = st.lists(
    st.tuples(st.integers(DAY - 300, DAY + 300), st.integers(1, 90), st.floats(0.001, 5.0)).map(
        lambda part: (part[0], part[0] + part[1], part[2])
    ),
    max_size=6,
)


def value_at(steps: Steps, day: int) -> float:
    return next(value for start, value in reversed(steps) if start <= day)


@given(PARTS, st.integers(DAY - 320, DAY + 420))
def test_a_day_has_the_greatest_value_of_its_stretches(
    parts: list[tuple[int, int, float]], day: int
) -> None:
    expected = max((value for start, end, value in parts if start <= day < end), default=0.5)
    assert value_at(stretches(parts, 0.5), day) == expected


@given(st.lists(PARTS, min_size=1, max_size=4), st.integers(DAY - 320, DAY + 420))
def test_a_product_is_one_day_by_day(
    functions: list[list[tuple[int, int, float]]], day: int
) -> None:
    steps = [stretches(parts, 0.5) for parts in functions]
    expected = 1.0
    for each in steps:
        expected *= value_at(each, day)
    assert value_at(product(steps), day) == pytest.approx(expected)


@given(PARTS, st.floats(0.05, 0.999))
def test_the_shortest_stretch_holds_its_share_and_no_shorter_one_does(
    parts: list[tuple[int, int, float]], share: float
) -> None:
    weights = weigh(stretches(parts, 1e-9))
    found = weights.shortest(share)
    assert found is not None
    first, last = found
    length = last - first + 1
    held = (weights.before(last + 1) - weights.before(first)) / weights.total
    assert FIRST <= first <= last <= LAST
    assert held >= share - 1e-9
    if length > 1:
        assert weights.heaviest(length - 1) < share + 1e-9


@given(PARTS, st.integers(1, 400))
def test_a_longer_stretch_holds_no_less(parts: list[tuple[int, int, float]], days: int) -> None:
    weights = weigh(stretches(parts, 1e-9))
    assert weights.heaviest(days) <= weights.heaviest(days + 1) + 1e-12
    assert 0.0 <= weights.heaviest(days) <= 1.0 + 1e-9


def test_sums_count_days() -> None:
    weights = weigh(stretches([(DAY, DAY + 10, 2.0)], 0.0))
    assert weights.total == 20.0
    assert weights.before(DAY) == 0.0
    assert weights.before(DAY + 3) == 6.0
    assert weights.before(LAST + 500) == 20.0


def test_nothing_is_nowhere() -> None:
    weights = weigh(stretches([], 0.0))
    assert weights.shortest(0.9) is None
    assert weights.heaviest(31) == 0.0


@given(st.integers(FIRST - 5000, LAST + 5000))
def test_bins_keep_to_the_calendar(base: int) -> None:
    steps = bins([(base - 10, base, 1.0), (base, base + 10, 2.0), (base + 5, base + 20, 3.0)], 0.5)
    starts = [start for start, _ in steps]
    assert starts == sorted(set(starts))
    assert starts[0] == FIRST
    assert starts[-1] <= LAST


def test_of_bins_that_overlap_the_later_one_counts() -> None:
    steps = bins([(DAY, DAY + 10, 1.0), (DAY + 5, DAY + 15, 2.0)], 0.0)
    assert [value_at(steps, DAY + offset) for offset in (-1, 0, 4, 5, 14, 15)] == [
        0.0, 1.0, 1.0, 2.0, 2.0, 0.0,
    ]  # fmt: skip
