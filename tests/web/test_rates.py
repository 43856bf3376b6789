from __future__ import annotations

import pytest

from beleg.web.security import rates
from beleg.web.security.rates import Buckets


def test_a_bucket_empties_and_fills_again() -> None:
    now = 0.0
    buckets = Buckets(2.0, 3, clock=lambda: now)
    assert [buckets.take("a") for _ in range(4)] == [True, True, True, False]
    assert buckets.take("b")
    assert buckets.wait("a") == 1
    now = 0.5
    assert [buckets.take("a") for _ in range(2)] == [True, False]
    now = 100.0
    assert [buckets.take("a") for _ in range(4)] == [True, True, True, False]


def test_the_wait_is_long_enough() -> None:
    now = 0.0
    buckets = Buckets(0.1, 1, clock=lambda: now)
    buckets.take("a")
    now = float(buckets.wait("a"))
    assert buckets.take("a")


def test_many_keys_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "_MOST", 10)
    buckets = Buckets(1.0, 1, clock=lambda: 0.0)
    for number in range(100):
        buckets.take(str(number))
    assert len(buckets._buckets) == 10
    assert not buckets.take("99")
