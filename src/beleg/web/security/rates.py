"""How often who may come: token buckets in memory."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

# An attacker with many addresses must not fill the memory; the one unused longest is forgotten.
_MOST = 20_000


class Buckets:
    """A bucket per key: holds up to `burst` tokens and gets `rate` new ones a second."""

    def __init__(
        self, rate: float, burst: int, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate = rate
        self._burst = float(burst)
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> bool:
        """Takes a token; False if the bucket is empty."""
        with self._lock:
            now = self._clock()
            tokens = self._filled(key, now)
            enough = tokens >= 1.0
            self._buckets[key] = (tokens - 1.0 if enough else tokens, now)
            self._buckets.move_to_end(key)
            if len(self._buckets) > _MOST:
                self._buckets.popitem(last=False)
            return enough

    def wait(self, key: str) -> int:
        """Whole seconds until the next token, at least one."""
        with self._lock:
            missing = 1.0 - self._filled(key, self._clock())
        return max(1, round(missing / self._rate + 0.5))

    def _filled(self, key: str, now: float) -> float:
        tokens, then = self._buckets.get(key, (self._burst, now))
        return min(self._burst, tokens + (now - then) * self._rate)
