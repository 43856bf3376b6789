"""What the tests of the web application share: a clock, a browser without network, marks."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

with warnings.catch_warnings():
    # Starlette wishes for httpx2, which nothing else here needs.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

__all__ = ["LOCAL", "NOW", "Adder", "Clock", "TestClient", "mark_of"]

NOW = datetime(2024, 3, 7, 12, 0, tzinfo=UTC)
LOCAL = "http://localhost:8765"
Adder = Callable[..., int]


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, span: timedelta) -> None:
        self.now += span


def mark_of(page: str) -> str:
    """The mark (CSRF) of a page's forms."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found, page
    return found.group(1)
