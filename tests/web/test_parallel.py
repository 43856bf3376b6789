"""Many requests at once, on a real server."""

from __future__ import annotations

import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

from fastapi import APIRouter, FastAPI, Form
from sqlalchemy import func, select, update
from starlette.responses import PlainTextResponse
from web_samples import Adder, running

from beleg.ledger import schema
from beleg.ledger.store import Ledger
from beleg.web.app import create_app
from beleg.web.settings import WebSettings
from beleg.web.state import Database, Shared
from beleg.web.visitors import Editing, Reading

AT_ONCE = 80  # more than the 40 threads and the 30 connections that there are


def test_readers_and_writers_beyond_threads_and_connections_are_all_answered(
    ledger: Ledger, add_article: Adder
) -> None:
    add_article("0")
    router = APIRouter()

    @router.get("/slow")
    def slow(_: Reading, db: Database) -> PlainTextResponse:
        return PlainTextResponse(str(db.scalar(select(func.count()).select_from(schema.articles))))

    @router.post("/api/add")
    def add(who: Editing, state: Shared, by: Annotated[int, Form()]) -> PlainTextResponse:
        table = schema.articles
        with state.ledger.change(who=who.name) as change:
            title = change.db.scalar(select(table.c.title)) or "0"
            change.db.execute(update(table).values(title=str(int(title) + by)))
        return PlainTextResponse("done")

    def make(port: int) -> FastAPI:
        app = create_app(ledger, WebSettings(port=port))
        app.include_router(router)
        return app

    with running(make) as port, ThreadPoolExecutor(AT_ONCE) as threads:

        def ask(number: int) -> str:
            data = None if number % 2 else b"by=1"
            path = "/slow" if number % 2 else "/api/add"
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}{path}", data=data, headers={"X-Beleg": "1"}
            )
            with urllib.request.urlopen(request, timeout=60) as answer:
                return str(answer.read().decode())

        answers = list(threads.map(ask, range(200)))
    assert sorted(set(answers)) == ["1", "done"]
    with ledger.read() as db:
        assert db.scalar(select(schema.articles.c.title)) == "100"
