"""The ledger that a command works on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beleg.ledger.store import Ledger


@contextmanager
def opened(place: str | None) -> Iterator[Ledger]:
    """The ledger at a place, the user's own for None, closed afterwards."""
    from beleg.ledger.store import open_ledger

    ledger = open_ledger(place)
    try:
        yield ledger
    finally:
        ledger.close()
