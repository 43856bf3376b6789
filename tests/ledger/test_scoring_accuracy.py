from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.ledger.scoring import Accuracy, accuracy_of
from beleg.ledger.scoring.accuracy import Verdict

PROBABILITY = st.floats(0, 1) | st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.7, 0.83, 0.995, 1.0])


@st.composite
def verdict(draw: st.DrawFn) -> Verdict:
    low, probability, high = sorted(draw(st.tuples(PROBABILITY, PROBABILITY, PROBABILITY)))
    return Verdict(probability, low, high, draw(st.booleans()))


VERDICTS = st.lists(verdict(), min_size=1, max_size=40)


def accuracy(*pairs: tuple[float, int], bins: int = 10) -> Accuracy:
    return accuracy_of([Verdict(p, p, p, bool(came)) for p, came in pairs], bins=bins)


# Eight forecasts in two bins of ten: 0.2, 0.2, 0.2, 0.2 (one came true), 0.8 × 4 (three did).
EIGHT = [(0.2, 1), (0.2, 0), (0.2, 0), (0.2, 0), (0.8, 1), (0.8, 1), (0.8, 1), (0.8, 0)]


def test_brier_score_and_its_parts_by_hand() -> None:
    found = accuracy(*EIGHT)
    # (0.8**2 + 3 * 0.2**2 + 3 * 0.2**2 + 0.8**2) / 8 = (0.64 + 0.12 + 0.12 + 0.64) / 8 = 0.19
    assert found.brier == pytest.approx(0.19)
    # reliability: (4 * (0.2 - 0.25)**2 + 4 * (0.8 - 0.75)**2) / 8 = 0.0025
    assert found.parts.reliability == pytest.approx(0.0025)
    # resolution: base rate 0.5; (4 * (0.25 - 0.5)**2 + 4 * (0.75 - 0.5)**2) / 8 = 0.0625
    assert found.parts.resolution == pytest.approx(0.0625)
    # uncertainty: 0.5 * 0.5; 0.0025 - 0.0625 + 0.25 = 0.19
    assert found.parts.uncertainty == 0.25
    assert (found.parts.within_variance, found.parts.within_covariance) == pytest.approx((0, 0))
    # skill: 1 - 0.19 / 0.25 = 0.24
    assert found.brier_of_base_rate == 0.25
    assert found.skill == pytest.approx(0.24)
    assert (found.brier_best, found.brier_worst) == pytest.approx((0.19, 0.19))


def test_parts_with_different_probabilities_in_one_bin_by_hand() -> None:
    # One bin for all: 0.6 came true, 0.8 did not; mean 0.7, share 0.5.
    found = accuracy((0.6, 1), (0.8, 0), bins=1)
    # Brier: (0.4**2 + 0.8**2) / 2 = (0.16 + 0.64) / 2 = 0.4
    assert found.brier == pytest.approx(0.4)
    assert found.parts.reliability == pytest.approx(0.04)  # (0.7 - 0.5)**2
    assert found.parts.resolution == 0  # one bin
    assert found.parts.within_variance == pytest.approx(0.01)  # (0.1**2 + 0.1**2) / 2
    # 2 / 2 * ((1 - 0.5) * (0.6 - 0.7) + (0 - 0.5) * (0.8 - 0.7)) = -0.05 - 0.05
    assert found.parts.within_covariance == pytest.approx(-0.1)
    assert found.parts.generalized_resolution == pytest.approx(-0.11)  # 0 - 0.01 - 0.1
    assert found.parts.total == pytest.approx(0.4)  # 0.04 + 0.11 + 0.25


def test_log_score_by_hand_in_bits() -> None:
    # -log2(0.5) = 1; -log2(0.25) = 2; "0.75" that failed: -log2(0.25) = 2; (1 + 2 + 2) / 3
    assert accuracy((0.5, 1), (0.25, 1), (0.75, 0)).log_score == pytest.approx(5 / 3)
    assert accuracy((0.5, 0), (0.5, 1)).log_score == 1


@pytest.mark.parametrize("wrong", [(0.0, 1), (1.0, 0)])
def test_what_happened_against_certainty_makes_the_log_score_infinite(
    wrong: tuple[float, int],
) -> None:
    found = accuracy((0.9, 1), wrong)
    assert found.log_score == math.inf
    assert found.ruled_out == 1
    assert math.isfinite(found.brier)


def test_certainty_that_was_right_costs_nothing() -> None:
    found = accuracy((1.0, 1), (0.0, 0))
    assert (found.brier, found.log_score, found.ruled_out) == (0, 0, 0)
    assert math.copysign(1, found.log_score) == 1
    assert found.skill == 1


@pytest.mark.parametrize("came", [0, 1])
def test_no_skill_where_all_outcomes_are_alike(came: int) -> None:
    found = accuracy((0.5, came), (0.5, came))
    assert found.base_rate.share == came
    assert (found.brier_of_base_rate, found.skill) == (0, None)


def test_worse_than_the_base_rate_is_negative_skill() -> None:
    # Brier 0.64, base rate 0.5: 1 - 0.64 / 0.25 = -1.56
    assert accuracy((0.8, 0), (0.2, 1)).skill == pytest.approx(-1.56)


def test_calibration_curve_by_hand() -> None:
    low, high = accuracy(*EIGHT, (0.85, 1)).curve
    assert (low.from_, low.to, low.mean) == pytest.approx((0.2, 0.3, 0.2))
    assert (low.came_true.count, low.came_true.total) == (1, 4)
    assert (high.from_, high.to, high.mean) == pytest.approx((0.8, 0.9, 0.81))
    assert (high.came_true.count, high.came_true.total) == (4, 5)


@pytest.mark.parametrize("bins", [1, 3, 7, 10, 49, 100])
def test_a_probability_on_an_edge_belongs_to_the_bin_that_begins_there(bins: int) -> None:
    for number in range(bins):
        (only,) = accuracy((number / bins, 1), bins=bins).curve
        assert only.from_ == number / bins
    (last,) = accuracy((1.0, 1), bins=bins).curve
    assert last.to == 1


@pytest.mark.parametrize(("pairs", "bins"), [([], 10), ([(0.5, 1)], 0)])
def test_nothing_to_score_or_no_bins_is_refused(pairs: list[tuple[float, int]], bins: int) -> None:
    with pytest.raises(ValueError, match="cannot be scored"):
        accuracy(*pairs, bins=bins)


@given(VERDICTS, st.integers(1, 20))
def test_the_parts_add_up_to_the_score_whatever_the_bins(
    verdicts: list[Verdict], bins: int
) -> None:
    found = accuracy_of(verdicts, bins=bins)
    assert found.parts.total == pytest.approx(found.brier, abs=1e-12)


@given(VERDICTS, st.randoms(use_true_random=False))
def test_the_order_of_forecasts_changes_no_figure(verdicts: list[Verdict], chance: object) -> None:
    shuffled = list(verdicts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert accuracy_of(shuffled) == accuracy_of(verdicts)


@given(VERDICTS, st.integers(1, 20))
def test_figures_stay_within_their_bounds(verdicts: list[Verdict], bins: int) -> None:
    found = accuracy_of(verdicts, bins=bins)
    assert 0 <= found.brier_best <= found.brier <= found.brier_worst <= 1
    assert 0 <= found.parts.resolution <= found.parts.uncertainty + 1e-12 <= 0.25 + 1e-12
    assert 0 <= found.parts.reliability <= 1
    assert found.log_score >= 0
    assert math.isinf(found.log_score) == bool(found.ruled_out)
    assert found.skill is None or found.skill <= 1


@given(VERDICTS, st.integers(1, 20))
def test_every_forecast_lies_in_one_bin_between_its_edges(
    verdicts: list[Verdict], bins: int
) -> None:
    curve = accuracy_of(verdicts, bins=bins).curve
    assert sum(point.came_true.total for point in curve) == len(verdicts)
    assert sum(point.came_true.count for point in curve) == sum(v.outcome for v in verdicts)
    for point in curve:
        assert point.from_ <= point.mean <= point.to
