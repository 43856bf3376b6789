"""Attacks in a real browser: stored script, and pages of another origin that send to ours."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from attack_samples import addresses, fill
from board_samples import enter, port
from fastapi import FastAPI
from sqlalchemy import func, select
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from web_samples import log_in, running

from beleg.ledger import schema
from beleg.ledger.store import Ledger
from beleg.web.app import create_app
from beleg.web.settings import WebSettings

pytestmark = pytest.mark.browser

# What an attack that worked would have left on a page.
_LEFT = """[
    window.hacked ?? null,
    document.querySelectorAll(
        "img, iframe, object, embed, base, form[action*=':'], [onerror], [onload], [onclick]"
    ).length,
    [...document.querySelectorAll("a[href], form[action]")].filter(
        (one) => !["http:", "https:", location.protocol].includes(new URL(one.href ?? one.action, location).protocol)
    ).length,
    document.querySelectorAll("script:not([src])").length,
]"""
_CLEAN = [None, 0, 0, 0]


def watched(page: Any) -> list[str]:
    """What the page complains of, shows as a dialog, or asks another host for."""
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("dialog", lambda dialog: seen.append(dialog.dismiss() or dialog.message))
    page.on(
        "request",
        lambda request: (
            seen.append(request.url)
            if not request.url.startswith(("http://127.0.0.1:", "data:", "file:"))
            else None
        ),
    )
    return seen


@pytest.mark.slow
def test_stored_script_does_nothing_on_any_page(
    browser: Any, ledger: Ledger, tmp_path: Path
) -> None:
    fill(ledger)
    made: list[FastAPI] = []

    def make(number: int) -> FastAPI:
        made.append(create_app(ledger, WebSettings(port=number, user="anna")))
        return made[0]

    with running(make) as number, browser.new_context(accept_downloads=False) as context:
        page = context.new_page()
        page.set_default_timeout(30_000)
        seen = watched(page)
        shown = 0
        for path in addresses(made[0]):
            address = f"http://127.0.0.1:{number}{path}"
            answer = context.request.get(address)
            if (
                "content-disposition" in answer.headers
                or "text/html" not in answer.headers["content-type"]
            ):
                continue
            page.goto(address)
            page.keyboard.press("j")
            assert (path, page.evaluate(_LEFT), seen) == (path, _CLEAN, [])
            shown += 1
        assert shown > 25
        kept = tmp_path / "report.html"
        kept.write_bytes(
            context.request.get(f"http://127.0.0.1:{number}/articles/1/export/html").body()
        )
        page.goto(kept.as_uri())  # the export has its own script in it
        assert (page.evaluate(_LEFT)[:3], seen) == (_CLEAN[:3], [])


_FOREIGN = """<!doctype html><title>Gewinn</title>
<form id="note" method="post" action="{ours}/people/1/note" target="one">
<input name="csrf" value="geraten"><input name="rev" value="1"><input name="note" value="falsch">
</form>
<form id="text" method="post" enctype="multipart/form-data" action="{ours}/add/text" target="two">
<input name="csrf" value="geraten"><input name="text" value="Falsch."></form>
<form id="plain" method="post" enctype="text/plain" action="{ours}/api/v1/articles" target="three">
<input name='{{"text": "' value='Falsch."}}'></form>
<form id="out" method="post" action="{ours}/logout" target="four"></form>
<iframe name="one"></iframe><iframe name="two"></iframe><iframe name="three"></iframe>
<iframe name="four"></iframe><iframe id="framed" src="{ours}/people"></iframe>
<script>
addEventListener("load", async () => {{
  const body = JSON.stringify({{ name: "Falsch", rev: 1 }});
  const calls = [
    {{ method: "PATCH", body, headers: {{ "X-Beleg": "1", "Content-Type": "application/json" }} }},
    {{ method: "POST", body, mode: "no-cors" }},
    {{ method: "GET" }},
  ];
  const results = [];
  for (const call of calls) {{
    try {{
      const answer = await fetch("{ours}/api/v1/people/1", {{ credentials: "include", ...call }});
      results.push(answer.type + (await answer.text()));
    }} catch {{
      results.push("blocked");
    }}
  }}
  for (const form of document.forms) form.submit();
  window.results = results;
}});
</script>"""


class Answers:
    """Keeps the method and status of every answer, also of those that a browser does not show."""

    def __init__(self, app: ASGIApp, kept: list[tuple[str, int]]) -> None:
        self._app = app
        self._kept = kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._kept.append((scope["method"], message["status"]))
            await send(message)

        await self._app(scope, receive, sending)


@pytest.fixture
def foreign() -> Iterator[ThreadingHTTPServer]:
    """A server of somebody else; its page sends forms and calls to the address after "?"."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = _FOREIGN.format(ours=self.path.partition("?")[2]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: Any) -> None:
            """Nothing to standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def state(ledger: Ledger) -> list[int]:
    with ledger.read() as db:
        return [
            db.scalar(select(func.count()).select_from(table)) or 0
            for table in (schema.history, schema.articles, schema.sessions)
        ]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"], ids=["same site", "cross site"])
@pytest.mark.parametrize("public", [False, True], ids=["local", "logged in"])
def test_a_foreign_page_changes_and_reads_nothing(
    browser: Any,
    ledger: Ledger,
    accounts: None,
    foreign: ThreadingHTTPServer,
    host: str,
    public: bool,
) -> None:
    enter(ledger, port())
    answers: list[tuple[str, int]] = []

    def make(number: int) -> FastAPI:
        settings = WebSettings(port=number, public=public, secure=False, user="anna")
        app = create_app(ledger, settings)
        app.add_middleware(Answers, kept=answers)
        return app

    with running(make) as number, browser.new_context() as context:
        ours = f"http://127.0.0.1:{number}"
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{ours}/people")
        if public:
            log_in(page, "editer")
        before = state(ledger)
        answers.clear()
        page.goto(f"http://{host}:{foreign.server_address[1]}/?{ours}")
        page.wait_for_function("window.results")
        end = time.monotonic() + 20
        while len([method for method, _ in answers if method == "POST"]) < 5:
            assert time.monotonic() < end, answers
            page.wait_for_timeout(50)
        assert page.evaluate("window.results") == ["blocked"] * 3
        framed = page.frame_locator("#framed").locator("main")
        assert framed.count() == 0
        assert state(ledger) == before
    refused = [status for method, status in answers if method not in ("GET", "OPTIONS")]
    assert len(refused) == 5
    assert all(400 <= status < 500 for status in refused), answers
