"""What readers and foreign pages try by every route there is, and what no answer may have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api_samples import OURS, Caller
from attack_samples import addresses, fill
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import func, select
from web_samples import LOCAL, TestClient, enter, mark_of

from beleg.ledger import schema
from beleg.ledger.store import Ledger
from beleg.web.security.forms import SAFE

COOKIE = "__Host-beleg"


def changes(ledger: Ledger) -> int:
    with ledger.read() as db:
        return db.scalar(select(func.count()).select_from(schema.history)) or 0


def changing(app: FastAPI) -> Iterator[tuple[str, str]]:
    for context in iter_route_contexts(app.routes):
        for method in sorted((context.methods or set()) - SAFE):
            path = str(context.path)
            yield (
                method,
                "/".join("1" if part.startswith("{") else part for part in path.split("/")),
            )


OWN = {
    "/login",
    "/logout",
    "/account/password",
    "/account/sessions/end",
    "/account/calendar",
    "/account/calendar/end",
}


def test_readers_change_nothing_by_any_route(public: TestClient, ledger: Ledger) -> None:
    fill(ledger)
    enter(public, "reader")
    mark = mark_of(public.get("/account").text)
    before = changes(ledger)
    tried = 0
    for method, path in changing(public.app):  # type: ignore[arg-type]
        if path in OWN:
            continue
        if path.startswith("/api/") and not path.endswith("/upload"):
            answer = public.request(method, path, headers=OURS, json={"rev": 1})
        elif path.startswith("/api/"):
            answer = public.post(path, headers=OURS, files={"files": ("a.txt", b"a")})
        else:
            answer = public.request(method, path, data={"csrf": mark, "rev": "1"})
        assert answer.status_code == 403, (method, path, answer.text[:300])
        tried += 1
    assert tried > 40
    assert changes(ledger) == before


def test_no_answer_has_the_hash_of_a_password_or_of_a_session(
    public: TestClient, ledger: Ledger
) -> None:
    fill(ledger)
    enter(public, "adminer")
    with ledger.read() as db:
        secret = [*db.scalars(select(schema.accounts.c.password_hash))]
        secret += db.scalars(select(schema.sessions.c.token_hash))
    assert len(secret) == 4
    token = public.cookies[COOKIE]
    for path in addresses(public.app):  # type: ignore[arg-type]
        content = public.get(path).content.decode("utf-8", "replace")
        assert "$argon2" not in content, path
        assert not [one for one in (*secret, token) if one in content], path


def test_a_foreign_page_cannot_send_calls_by_any_method(api: Caller, stocked: Ledger) -> None:
    before = changes(stocked)
    for method, path in changing(api.browser.app):  # type: ignore[arg-type]
        for headers in (
            {},
            OURS | {"origin": "https://evil.example"},
            OURS | {"sec-fetch-site": "cross-site", "origin": LOCAL},
            OURS | {"sec-fetch-site": "same-site"},
            OURS | {"origin": "null"},
        ):
            body: Any = {"json": {"rev": 1}} if path.startswith("/api/") else {"data": {"rev": "1"}}
            if path.endswith("/upload"):
                body = {"files": {"files": ("a.txt", b"a")}}
            answer = api.browser.request(method, path, headers=headers, **body)
            assert answer.status_code == 403, (method, path, headers, answer.text[:200])
    assert changes(stocked) == before
