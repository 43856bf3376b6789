"""A ledger on either database; both run the same tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from database_server import named, run
from stub_analysis import Stub

from beleg.ledger.store import Ledger, open_ledger
from opening import open_sharing


class Clock:
    """A time that goes on by a second with every look at it, the same in every run."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    """The name of a database that holds an empty ledger, to be copied."""
    run(postgres, "CREATE DATABASE beleg_template")
    open_ledger(named(postgres, "beleg_template")).close()
    return "beleg_template"


@pytest.fixture
def new_database(postgres: str, template: str) -> Iterator[str]:
    """The address of a database of its own with an empty ledger, which is gone afterwards."""
    name = f"beleg_{uuid4().hex}"
    run(postgres, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield named(postgres, name)
    run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty ledger is."""
    if request.param == "postgres":
        address: str = request.getfixturevalue("new_database")
        return address
    empty: Path = request.getfixturevalue("empty_file")
    return str(shutil.copy(empty, tmp_path / "ledger.db"))


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    """An empty ledger."""
    opened = open_sharing(place, clock=Clock())
    yield opened
    opened.close()


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Stub:
    """In the place of the encoder's analysis."""
    stub = Stub()
    stub.put_in(monkeypatch.setattr)
    return stub
