"""Opening many ledgers in one process: a statement is compiled once for all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Dialect

from beleg.ledger.store import Clock, Ledger, open_ledger

_COMPILED: dict[Any, Any] = {}
_DIALECTS: dict[str, Dialect] = {}


def open_sharing(place: str | Path, *, clock: Clock | None = None) -> Ledger:
    """As open_ledger, with what other such ledgers have compiled.

    SQLAlchemy keeps compiled statements per engine and knows them by its dialect, so both are
    shared. Compiling them anew for each test takes twice as long as running them.
    """
    ledger = open_ledger(place, clock=clock)
    own = ledger.engine.dialect
    ledger.engine.dialect = _DIALECTS.setdefault(own.name, own)
    ledger.engine.update_execution_options(compiled_cache=_COMPILED)
    return ledger
