"""The web application on a fresh ledger, without a network."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from api_samples import MODEL, Caller, analysed, stock
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import func, insert, select, text
from web_samples import LOCAL, NOW, PASSWORD, PUBLIC, Adder, Clock, TestClient, kept_app, running

from beleg.ledger import adding, schema
from beleg.ledger.store import Ledger, open_ledger
from beleg.web.accounts import add_account
from beleg.web.api import about
from beleg.web.app import create_app
from beleg.web.roles import ROLES
from beleg.web.security import passwords
from beleg.web.settings import WebSettings
from browsing import Listener, Opener
from opening import open_sharing

AppMaker = Callable[[Ledger, WebSettings], FastAPI]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(empty_file: Path, tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    opened = open_sharing(shutil.copy(empty_file, tmp_path / "ledger.db"), clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def make_app() -> AppMaker:
    """Makes an application; to be replaced where tests need further routes."""
    return kept_app


@pytest.fixture
def client(ledger: Ledger, make_app: AppMaker) -> Iterator[TestClient]:
    """A browser at the machine itself."""
    app = make_app(ledger, WebSettings(user="anna"))
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
def public(ledger: Ledger, accounts: None, make_app: AppMaker) -> Iterator[TestClient]:
    """A browser somewhere, without a session."""
    app = make_app(ledger, WebSettings(public=True))
    with TestClient(app, base_url=PUBLIC, follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are added without the encoder, which finds nothing in them."""
    encoder = SimpleNamespace(name=MODEL)
    monkeypatch.setattr(adding, "analyse_each", analysed)
    monkeypatch.setattr(adding, "load_encoder", lambda: encoder)
    monkeypatch.setattr(about, "load_encoder", lambda: encoder)


@pytest.fixture(scope="session")
def stocked_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a ledger of two articles, to be copied."""
    path = tmp_path_factory.mktemp("stocked") / "ledger.db"
    opened = open_ledger(path, clock=Clock())
    stock(opened)
    with opened.engine.connect() as db:
        db.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    opened.close()
    return path


@pytest.fixture
def stocked(stocked_file: Path, tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    """A ledger of two articles."""
    opened = open_sharing(shutil.copy(stocked_file, tmp_path / "stocked.db"), clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def api(stocked: Ledger, no_model: None) -> Iterator[Caller]:
    """A program at the machine itself; the ledger has two articles."""
    app = kept_app(stocked, WebSettings(user="anna"))
    with TestClient(app, base_url=LOCAL, follow_redirects=False) as opened:
        yield Caller(opened)


@pytest.fixture
def show(browser: Any, ledger: Ledger, request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Opens a page; at the end nothing may have been fetched elsewhere or complained about."""
    public = "accounts" in request.fixturenames

    def make(port: int) -> FastAPI:
        settings = WebSettings(port=port, public=public, secure=False, user="anna")
        return create_app(ledger, settings)

    listener = Listener(browser)
    with running(make) as port:
        address = f"http://127.0.0.1:{port}"
        yield lambda path="/", **options: listener.open(address + path, **options)
        listener.close()
        assert listener.foreign(address) == []
    # Chromium itself says this of every refusal, which tests cause on purpose.
    refused = "the server responded with a status of"
    assert [text for text in listener.complaints if refused not in text] == []
