"""The web application on a fresh ledger, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, insert, select
from web_samples import LOCAL, NOW, PASSWORD, PUBLIC, Adder, Clock, TestClient

from beleg.ledger import schema
from beleg.ledger.store import Ledger, open_ledger
from beleg.web.accounts import ROLES, add_account
from beleg.web.app import create_app
from beleg.web.security import passwords
from beleg.web.settings import WebSettings


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger.db", clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def client(ledger: Ledger) -> Iterator[TestClient]:
    """A browser at the machine itself."""
    app = create_app(ledger, WebSettings(user="anna"))
    with TestClient(app, base_url=LOCAL, follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def add_article(ledger: Ledger) -> Adder:
    """Puts a bare article into the ledger; returns its number."""
    count = 0

    def add(title: str | None = "Brücke gesperrt", **fields: Any) -> int:
        nonlocal count
        count += 1
        values = {
            "text_hash": f"sha256:{count}",
            "title": title,
            "published": date(2024, 3, 7),
            "basis": "given",
            "language": "de",
            "text": "Die Brücke ist gesperrt.",
            "added_at": NOW,
            "added_by": "anna",
        }
        with ledger.change(who="anna") as change:
            change.db.execute(insert(schema.articles).values(values | fields))
            return int(change.db.scalar(select(func.max(schema.articles.c.id))) or 0)

    return add


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that cost little to check; their real cost has a test of its own."""
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: cheap)


@pytest.fixture
def accounts(ledger: Ledger) -> None:
    """Three accounts, named after their roles."""
    with ledger.change(who="anna") as change:
        for role in ROLES:
            add_account(change, f"{role}er", PASSWORD, role)


@pytest.fixture
def public(ledger: Ledger, accounts: None) -> Iterator[TestClient]:
    """A browser somewhere, without a session."""
    app = create_app(ledger, WebSettings(public=True))
    with TestClient(app, base_url=PUBLIC, follow_redirects=False) as opened:
        yield opened
