"""The check that work grows in line with the text, also inside regular expressions and str."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_FLOOR = 0.01  # seconds below which the clock tells nothing


def assert_linear(prepare: Callable[[int], Callable[[], object]], count: int) -> None:
    """Eight times as much takes about eight times as long, and not 64 times.

    prepare: gives the work to be timed for a text of so many pieces. The least of several
    measures counts, since others use the machine too; the first that is good enough ends it.
    """
    prepare(count)()  # what is done only once
    short = min(_seconds(prepare(count)) for _ in range(4))
    limit = 24 * max(short, _FLOOR)
    assert any(_seconds(prepare(8 * count)) < limit for _ in range(3))


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()  # it looks through everything the other tests have left
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()
