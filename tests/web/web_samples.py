"""What the tests of the web application share: a clock, a browser without network, marks."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
from sqlalchemy import select

from beleg.ledger import schema
from beleg.ledger.store import Ledger

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
    "mark_of",
]

NOW = datetime(2024, 3, 7, 12, 0, tzinfo=UTC)
LOCAL = "http://localhost:8765"
PUBLIC = "https://beleg.example"
PASSWORD = "vier Wörter sind genug"
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


def enter(browser: TestClient, name: str, password: str = PASSWORD) -> httpx.Response:
    """Fills in the form to log in with and sends it."""
    browser.cookies.delete("__Host-beleg")
    mark = mark_of(browser.get("/login").text)
    return browser.post("/login", data={"csrf": mark, "name": name, "password": password})


def audited(ledger: Ledger) -> list[tuple[str, str | None]]:
    """What the audit log has: what and whose, in order."""
    table = schema.audit.c
    with ledger.read() as db:
        rows = db.execute(select(table.what, table.account).order_by(table.id)).all()
    return [(row.what, row.account) for row in rows]
