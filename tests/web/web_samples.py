"""What the tests of the web application share: a clock, a browser without network, marks."""

from __future__ import annotations

import re
import socket
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, cast

import httpx
import uvicorn
from fastapi import FastAPI
from sqlalchemy import select

from beleg.ledger import schema
from beleg.ledger.store import Ledger
from beleg.web.app import create_app
from beleg.web.settings import WebSettings

with warnings.catch_warnings():
    # Starlette wishes for httpx2, which nothing else here needs.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

__all__ = [
    "LOCAL",
    "NOW",
    "PASSWORD",
    "PUBLIC",
    "Adder",
    "Clock",
    "TestClient",
    "audited",
    "enter",
    "kept_app",
    "log_in",
    "mark_of",
    "running",
]

NOW = datetime(2024, 3, 7, 12, 0, tzinfo=UTC)
LOCAL = "http://localhost:8765"
PUBLIC = "https://beleg.example"
PASSWORD = "vier Wörter sind genug"
Adder = Callable[..., int]
Routes = Callable[[FastAPI], None]


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


def enter(browser: TestClient, name: str, password: str = PASSWORD) -> httpx.Response:
    """Fills in the form to log in with and sends it."""
    browser.cookies.delete("__Host-beleg")
    mark = mark_of(browser.get("/login").text)
    fields = {"csrf": mark, "name": name, "password": password}
    answer: httpx.Response = browser.post("/login", data=fields)
    return answer


def log_in(page: Any, name: str) -> None:
    """The same in a page of a real browser."""
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "login" not in url)


def audited(ledger: Ledger) -> list[tuple[str, str | None]]:
    """What the audit log has: what and whose, in order."""
    table = schema.audit.c
    with ledger.read() as db:
        rows = db.execute(select(table.what, table.account).order_by(table.id)).all()
    return [(row.what, row.account) for row in rows]


@cache
def _kept_app(public: bool, more: Routes | None) -> FastAPI:
    app = create_app(cast(Ledger, None), WebSettings(public=public))
    if more is not None:
        more(app)
    return app


def kept_app(ledger: Ledger, settings: WebSettings, more: Routes | None = None) -> FastAPI:
    """As create_app, but the application of the last test with a state of its own.

    FastAPI prepares a route when it is first looked at, which takes longer than most tests do.
    more: adds further routes, for an application that has them.
    """
    app = _kept_app(settings.public, more)
    app.state = create_app(ledger, settings).state
    return app


@contextmanager
def running(make: Callable[[int], FastAPI]) -> Iterator[int]:
    """The port of a real server on loopback; `make` gets it and returns the application."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
        config = uvicorn.Config(make(port), log_level="critical", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield port
        finally:
            server.should_exit = True
            thread.join(10)
