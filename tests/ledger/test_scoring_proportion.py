from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.ledger.scoring import Proportion


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        # z**2 = 3.841459; middle = (0.8 + 0.192073) / 1.384146 = 0.716740;
        # half = sqrt(0.8 * 0.2 * 0.384146 + 0.384146**2 / 4) / 1.384146
        #      = sqrt(0.061463 + 0.036892) / 1.384146 = 0.313617 / 1.384146 = 0.226578
        (8, 10, 0.490162, 0.943318),
        # half a share: 0.5 -+ sqrt(0.25 * 0.960365 + 0.960365**2 / 4) / 1.960365
        #             = 0.5 -+ 0.686051 / 1.960365 = 0.5 -+ 0.349961
        (2, 4, 0.150039, 0.849961),
        # none: 0 to z**2 / (n + z**2) = 3.841459 / 13.841459
        (0, 10, 0.0, 0.277533),
        (10, 10, 0.722467, 1.0),
        (1, 1, 0.206549, 1.0),
    ],
)
def test_wilson_interval(count: int, total: int, low: float, high: float) -> None:
    proportion = Proportion(count=count, total=total)
    assert proportion.share == count / total
    assert proportion.interval == pytest.approx((low, high), abs=1e-6)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_within_0_and_1(numbers: tuple[int, int]) -> None:
    count, total = numbers
    low, high = Proportion(count=count, total=total).interval
    assert 0 <= low <= count / total <= high <= 1
    mirrored = Proportion(count=total - count, total=total).interval
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-12)


@pytest.mark.parametrize(("count", "total"), [(0, 1), (1, 3), (17, 40), (399, 400)])
def test_the_interval_is_that_of_scipy(count: int, total: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    theirs = stats.binomtest(count, total).proportion_ci(method="wilson")
    ours = Proportion(count=count, total=total).interval
    assert ours == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@pytest.mark.parametrize(("count", "total"), [(0, 0), (-1, 2), (3, 2)])
def test_what_is_no_proportion_is_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="no proportion"):
        Proportion(count=count, total=total)
