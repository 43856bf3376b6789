"""The boards in a real browser: accessible, within 360 pixels, without a word from the console."""

from __future__ import annotations

from typing import Any

import pytest
from board_samples import HOSTILE, enter, ferry, port

from beleg.ledger.store import Ledger
from browsing import PHONE, WIDE, Faults, Opener, widest

pytestmark = pytest.mark.browser

PATHS = (
    "/add",
    "/search?q=umbau",
    "/people/1",
    "/forecasts?which=open",
    "/forecasts/1",
    "/checks/1",
    "/timeline?since=2024-01-01",
    "/history",
)


@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (WIDE, "dark")], ids=["phone", "wide-dark"]
)
def test_boards_are_accessible_and_fit(
    show: Opener,
    serious_faults: Faults,
    ledger: Ledger,
    size: Any,
    scheme: str,
) -> None:
    enter(ledger, port(title=HOSTILE, outlet="Donaudampfschifffahrtsblatt" * 4), ferry())
    page = show("/", viewport=size, color_scheme=scheme)
    address = page.url.rstrip("/")
    for path in PATHS:
        page.goto(address + path)
        assert (path, widest(page), serious_faults(page)) == (path, 0, [])
