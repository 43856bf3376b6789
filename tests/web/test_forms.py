"""That only our own pages change something."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from fastapi import APIRouter, FastAPI
from starlette.responses import PlainTextResponse
from web_samples import LOCAL, PASSWORD, TestClient, audited, enter, kept_app, mark_of

from beleg.ledger.store import Ledger
from beleg.web.app import create_app
from beleg.web.settings import WebSettings
from beleg.web.visitors import Editing, Reading

MINE = {"sec-fetch-site": "same-origin"}


def trial(app: FastAPI) -> None:
    """Adds a page that changes something and a call that does."""
    router = APIRouter()

    @router.get("/form")
    def form(who: Reading) -> PlainTextResponse:
        return PlainTextResponse(who.name)

    @router.post("/form")
    @router.post("/api/form")
    def send(who: Editing) -> PlainTextResponse:
        return PlainTextResponse(f"{who.name} {who.role}")

    app.include_router(router)


@pytest.fixture
def make_app() -> Callable[[Ledger, WebSettings], FastAPI]:
    """Makes an application with the page and the call."""
    return partial(kept_app, more=trial)


@pytest.fixture
def mark(ledger: Ledger, client: TestClient) -> str:
    """What a form of the local page would carry; the browser holds its cookie."""
    from beleg.web.security import forms
    from beleg.web.security.signing import signature

    client.get("/")
    cookie = client.cookies["beleg_form"]
    state = client.app.state.beleg  # type: ignore[attr-defined]
    return signature(state.settings.secret, forms._PURPOSE, cookie)


@pytest.mark.parametrize(
    "headers",
    [{}, MINE, {"origin": LOCAL}, {"origin": "null", **MINE}, {"sec-fetch-site": "none"}],
)
def test_our_own_form_is_taken(client: TestClient, mark: str, headers: dict[str, str]) -> None:
    answer = client.post("/form", data={"csrf": mark}, headers=headers)
    assert (answer.status_code, answer.text) == (200, "anna admin")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:9999"},
        {"origin": "https://localhost:8765"},
        {"origin": "null"},
    ],
)
def test_a_right_mark_from_elsewhere_is_refused(
    client: TestClient, mark: str, headers: dict[str, str]
) -> None:
    answer = client.post("/form", data={"csrf": mark}, headers=headers)
    assert answer.status_code == 403
    assert "Das Formular gilt nicht mehr" in answer.text


@pytest.mark.parametrize("given", [None, "", "0" * 64, "ä"])
def test_a_form_without_its_mark_is_refused(
    client: TestClient, mark: str, given: str | None
) -> None:
    data = {} if given is None else {"csrf": given}
    assert client.post("/form", data=data, headers=MINE).status_code == 403


def test_the_mark_of_another_cookie_is_refused(client: TestClient, mark: str) -> None:
    client.cookies.clear()
    client.cookies.set("beleg_form", "x" * 43)
    assert client.post("/form", data={"csrf": mark}).status_code == 403


def test_calls_need_the_header_that_foreign_pages_cannot_send(
    client: TestClient, mark: str
) -> None:
    assert client.post("/api/form", json={}).status_code == 403
    assert client.post("/api/form", data={"csrf": mark}).status_code == 403
    assert client.post("/api/form", json={}, headers={"x-beleg": "1"}).status_code == 200
    foreign = {"x-beleg": "1", "origin": "https://evil.example"}
    assert client.post("/api/form", json={}, headers=foreign).status_code == 403


def test_no_other_page_is_allowed_to_send_the_header(client: TestClient, mark: str) -> None:
    asking = {
        "origin": "https://evil.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "x-beleg",
    }
    answer = client.options("/api/form", headers=asking)
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_the_mark_of_one_session_is_not_that_of_another(public: TestClient) -> None:
    enter(public, "editer")
    first = mark_of(public.get("/account").text)
    enter(public, "editer")
    second = mark_of(public.get("/account").text)
    assert first != second
    assert public.post("/form", data={"csrf": first}).status_code == 403
    assert public.post("/form", data={"csrf": second}).status_code == 200


def test_logging_in_needs_the_mark_too(public: TestClient) -> None:
    public.get("/login")
    fields = {"name": "editer", "password": PASSWORD}
    assert public.post("/login", data=fields).status_code == 403


def test_readers_change_nothing(public: TestClient, ledger: Ledger) -> None:
    enter(public, "reader")
    mark = mark_of(public.get("/account").text)
    answer = public.post("/form", data={"csrf": mark})
    assert answer.status_code == 403
    assert "Das darf Ihr Konto nicht" in answer.text
    assert public.post("/api/form", headers={"x-beleg": "1"}).status_code == 403
    assert audited(ledger)[-1] == ("refused-role", "reader")


def test_strangers_change_nothing(public: TestClient, ledger: Ledger) -> None:
    mark = mark_of(public.get("/login").text)
    assert public.post("/form", data={"csrf": mark}).status_code == 401
    answer = public.post("/api/form", headers={"x-beleg": "1"})
    assert (answer.status_code, answer.json()["status"]) == (401, 401)


def test_refused_forms_are_written_down_but_not_without_end(
    public: TestClient, ledger: Ledger
) -> None:
    for _ in range(12):
        public.post("/login", data={"name": "x", "password": "y"})
    assert [what for what, _ in audited(ledger)].count("refused-form") == 5


def test_processes_that_share_a_secret_know_each_others_forms(ledger: Ledger) -> None:
    settings = WebSettings(secret=b"s" * 32)
    apps = [create_app(ledger, settings) for _ in range(2)]
    for app in apps:
        trial(app)
    first, second = (TestClient(app, base_url=LOCAL) for app in apps)
    from beleg.web.security.signing import signature

    first.get("/")
    second.cookies.set("beleg_form", first.cookies["beleg_form"])
    mark = signature(settings.secret, "form", first.cookies["beleg_form"])
    assert second.post("/form", data={"csrf": mark}).status_code == 200
