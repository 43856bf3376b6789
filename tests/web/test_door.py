"""What every answer says and who is turned away at once."""

from __future__ import annotations

import pytest
from fastapi import APIRouter, FastAPI
from web_samples import LOCAL, PUBLIC, TestClient, audited, enter, kept_app

from beleg.errors import LedgerConflict, LedgerMissing, LedgerRefused, LedgerUnreachable
from beleg.ledger.store import Ledger
from beleg.web.app import create_app
from beleg.web.settings import WebSettings
from beleg.web.visitors import Reading


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1:8765", "[::1]:8765", "LOCALHOST:8765"])  # fmt: skip
def test_our_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "localhost", "localhost:80", "127.0.0.1:8766", "localhost:8765.evil.example", "", "[::1]"],
)  # fmt: skip
def test_other_names_are_not(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Brücke" not in answer.text


def test_public_names_can_be_limited(ledger: Ledger) -> None:
    app = create_app(ledger, WebSettings(public=True, hosts=("beleg.example",)))
    browser = TestClient(app, base_url=PUBLIC, follow_redirects=False)
    assert browser.get("/").status_code == 303
    assert browser.get("/", headers={"host": "beleg.example:443"}).status_code == 303
    assert browser.get("/", headers={"host": "other.example"}).status_code == 421


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/web.css", "/api/nothing"])
def test_every_answer_protects_itself(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "strict-transport-security" not in headers


def test_pages_are_not_kept_but_files_are(client: TestClient) -> None:
    assert client.get("/").headers["cache-control"] == "no-store"
    assert "immutable" in client.get("/static/web.css").headers["cache-control"]


def test_https_stays_https(public: TestClient) -> None:
    assert public.get("/login").headers["strict-transport-security"] == "max-age=31536000"


def test_too_many_requests_of_one_address_have_to_wait(ledger: Ledger, accounts: None) -> None:
    app = create_app(ledger, WebSettings(public=True, burst=5, rate=0.01))
    browser = TestClient(app, base_url=PUBLIC)
    statuses = [browser.get("/login").status_code for _ in range(8)]
    assert statuses == [200] * 5 + [429] * 3
    answer = browser.get("/login")
    assert int(answer.headers["retry-after"]) > 50
    assert "Zu viele Anfragen" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ("refused-rate", None) in audited(ledger)


def failures(app: FastAPI) -> None:
    """Adds a page and a call that fail in the way their address says."""
    router = APIRouter()
    errors = {
        404: LedgerMissing("person 7", "there is none", "See the list"),
        409: LedgerConflict("person 7", "bert changed <it> at 12.00", "Look again", rev=3),
        422: LedgerRefused("person 7", "not allowed", "Leave it"),
        503: LedgerUnreachable("a file", "gone", "Bring it back"),
        500: RuntimeError("the secret reason"),
    }

    @router.get("/fail/{code}")
    @router.get("/api/fail/{code}")
    def fail(_: Reading, code: int) -> None:
        raise errors[code]

    app.include_router(router)


@pytest.fixture
def failing(ledger: Ledger) -> TestClient:
    app = kept_app(ledger, WebSettings(), more=failures)
    return TestClient(app, base_url=LOCAL, raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("code", "detail"),
    [(404, "there is none. See the list"), (409, "bert changed &lt;it&gt; at 12.00"), (422, "not allowed"), (503, "gone")],
)  # fmt: skip
def test_what_the_ledger_says_is_shown_in_the_layout(
    failing: TestClient, code: int, detail: str
) -> None:
    answer = failing.get(f"/fail/{code}")
    assert answer.status_code == code
    assert detail in answer.text
    assert 'class="areas"' in answer.text
    problem = failing.get(f"/api/fail/{code}")
    assert problem.status_code == code
    assert problem.headers["content-type"] == "application/problem+json"
    assert set(problem.json()) - {"rev"} == {"type", "title", "status", "detail"}
    assert problem.json().get("rev") == (3 if code == 409 else None)


def test_a_fault_of_ours_says_nothing_about_itself(failing: TestClient) -> None:
    for path in ("/fail/500", "/api/fail/500"):
        answer = failing.get(path)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("path", "header", "cookie", "ui"),
    [
        ("/", None, None, "de"),
        ("/", "en-GB,en;q=0.9,de;q=0.8", None, "en"),
        ("/", "fr,de;q=0.5,en;q=0.4", None, "de"),
        ("/", "en;q=0,fr", None, "de"),
        ("/", "en;q=x, ;;;=,", None, "de"),
        ("/", "en", "de", "de"),
        ("/?ui=en", "de", "de", "en"),
        ("/?ui=fr", "en", None, "en"),
    ],
)
def test_the_language_is_that_of_address_cookie_and_browser(
    client: TestClient, path: str, header: str | None, cookie: str | None, ui: str
) -> None:
    if cookie is not None:
        client.cookies.set("beleg_ui", cookie)
    answer = client.get(path, headers={} if header is None else {"accept-language": header})
    assert f'<html lang="{ui}">' in answer.text


def test_the_language_asked_for_is_remembered(client: TestClient) -> None:
    client.get("/?ui=en")
    assert '<html lang="en">' in client.get("/").text


@pytest.mark.parametrize("name", ["web.py", "..%2fapp.py", "%2e%2e/app.py", ""])
def test_no_other_file_is_handed_out(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_a_message_that_we_did_not_sign_is_not_shown(public: TestClient) -> None:
    enter(public, "adminer")
    public.cookies.set("beleg_flash", "WyJhIiwge31d.0000")
    answer = public.get("/")
    assert answer.status_code == 200
    assert 'class="flash"' not in answer.text
