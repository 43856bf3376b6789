"""Stored script, open redirects, foreign hosts and paths to other files (see docs/web.md)."""

from __future__ import annotations

import time

import pytest
from api_samples import Caller
from attack_samples import RAW, SCRIPT, addresses, attacking, fill
from board_samples import port
from web_samples import PUBLIC, TestClient, enter, mark_of

from beleg.ledger.article_changes import add_article
from beleg.ledger.articles import article
from beleg.ledger.store import Ledger
from beleg.web.app import create_app
from beleg.web.settings import WebSettings


def test_stored_script_is_served_as_text_or_as_a_file(ledger: Ledger, client: TestClient) -> None:
    fill(ledger)
    seen = set()
    for path in addresses(client.app):  # type: ignore[arg-type]
        answer = client.get(path)
        assert answer.status_code == 200, path
        kind = answer.headers["content-type"].partition(";")[0]
        file = answer.headers.get("content-disposition", "").startswith("attachment; ")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert file or kind in {
            "text/html", "application/json", "application/ld+json", "text/calendar",
        }, path  # fmt: skip
        if kind == "text/html":
            assert [raw for raw in RAW if raw in answer.text] == [], path
            seen.add("page" if not file else "file")
    assert seen == {"page", "file"}


@pytest.mark.parametrize(
    "title",
    [
        'a"; filename="b.exe',
        "a\r\nSet-Cookie: x=1",
        "../../etc/passwd",
        "..\\..\\windows",
        "\u202efdp.exe",
        "a\x00b",
        "%0d%0aX: 1",
        "." * 50,
        "CON",
        "ä" * 500,
    ],
)
def test_a_title_becomes_a_harmless_file_name(
    client: TestClient, ledger: Ledger, title: str
) -> None:
    with ledger.change(who="anna") as change:
        add_article(change, port(title=title.replace("\x00", "")), source="a.txt")
    answer = client.get("/articles/1/export/json")
    assert "set-cookie" not in answer.headers
    given = answer.headers["content-disposition"]
    name = given.removeprefix('attachment; filename="').removesuffix('"')
    assert given == f'attachment; filename="{name}"'
    assert name.isascii()
    assert name.strip(".") == name
    assert all(sign.isalnum() or sign in "-_." for sign in name)
    assert len(name) < 100


def test_what_is_typed_at_the_door_stays_text(public: TestClient) -> None:
    answer = enter(public, SCRIPT, "x")
    assert answer.status_code == 422
    assert [raw for raw in RAW if raw in answer.text] == []
    page = public.get("/login", params={"next": f"/{SCRIPT}"}).text
    assert [raw for raw in RAW if raw in page] == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,<script>", "//evil.example/x", "vbscript:x"])  # fmt: skip
def test_only_web_addresses_are_kept_as_evidence(api: Caller, url: str) -> None:
    verdict = {"verdict": "stimmt", "evidence": url, "note": "drei gute Worte", "rev": 1}
    api.problem(422, "POST", "/checks/1/verdict", json=verdict)
    resolved = {"outcome": "yes", "evidence": url, "note": "drei gute Worte", "rev": 1}
    api.problem(422, "POST", "/forecasts/1/resolve", json=resolved)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,<script>", "JavaScript://a.example/%0aalert(1)"])  # fmt: skip
def test_an_address_with_script_is_never_a_link(
    client: TestClient, ledger: Ledger, url: str
) -> None:
    with ledger.change(who="anna") as change:
        add_article(change, attacking(url, "Ilse"), source=url)
    for path in ("/articles/1", "/articles/1?layer=document&key=document", "/"):
        page = client.get(path).text.lower()
        assert 'href="javascript' not in page
        assert 'href="data:' not in page


FOREIGN = [
    "//evil.example", "///evil.example", "https://evil.example/", "https:evil.example",
    "/\\evil.example", "\\\\evil.example", "/\tevil", "/a\r\nSet-Cookie: x=1", "/a%0d%0aX: 1\n",
    "javascript:alert(1)", "http:/evil.example", " //evil.example", "/\u2028evil", "@evil.example",
]  # fmt: skip


def test_no_field_sends_a_browser_elsewhere(client: TestClient, ledger: Ledger) -> None:
    with ledger.change(who="anna") as change:
        add_article(change, port(), source="a.txt")
    mark = mark_of(client.get("/add").text)
    for target in FOREIGN:
        with ledger.read() as db:
            rev = article(db, 1).rev
        fields = {"csrf": mark, "state": "read", "rev": str(rev), "back": target}
        answer = client.post("/inbox/1/state", data=fields)
        assert (answer.status_code, answer.headers["location"]) == (303, "/"), target
        refused = client.post("/people/1/note", data={"csrf": mark, "rev": "7", "note": "n", "back": target})  # fmt: skip
        assert refused.status_code == 409
        assert "evil" not in refused.text


def test_whoever_is_logged_in_is_not_sent_elsewhere(public: TestClient) -> None:
    enter(public, "reader")
    for target in FOREIGN:
        answer = public.get("/login", params={"next": target})
        assert (answer.status_code, answer.headers["location"]) == (303, "/"), target


def test_a_foreign_host_is_repeated_in_no_page(ledger: Ledger, accounts: None) -> None:
    browser = TestClient(
        create_app(ledger, WebSettings(public=True)), base_url=PUBLIC, follow_redirects=False
    )
    headers = {"host": "evil.example", "x-forwarded-host": "evil.example"}
    for path in ("/", "/login", "/nothing", "/api/v1/articles"):
        answer = browser.get(path, headers=headers)
        assert "evil" not in answer.text
        assert "evil" not in answer.headers.get("location", "")


TRAVERSALS = ["..%2f..%2fetc%2fpasswd", "%2e%2e%2fapp.py", "..%5capp.py", "....//app.py", "%00", "..%252fapp.py"]  # fmt: skip


@pytest.mark.parametrize("place", ["/static/", "/add/", "/articles/", "/articles/1/export/", "/people/", "/api/v1/jobs/", "/api/v1/articles/", "/api/v1/articles/1/export/"])  # fmt: skip
def test_no_address_leads_to_another_file(api: Caller, place: str) -> None:
    for name in TRAVERSALS:
        answer = api.browser.get(place + name)
        assert answer.status_code in (404, 422), place + name
        assert "root:" not in answer.text


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.txt", "..\\..\\a.txt", "/etc/cron.d/a.txt", "a\r\nSet-Cookie: x=1.txt", 'a"; b.txt', "\u202egpj.txt"],
)  # fmt: skip
def test_the_name_of_an_upload_is_only_a_name(api: Caller, name: str) -> None:
    before = api.get("/articles")["items"]
    files = [("files", (name, b"Die Schleuse ist offen.", "text/plain"))]
    answer = api.call("POST", "/articles/upload", files=files)
    assert "set-cookie" not in answer.headers
    if answer.status_code == 422:
        return
    job = answer.json()
    end = time.monotonic() + 30
    while job["state"] not in ("done", "failed"):
        assert time.monotonic() < end
        job = api.get(f"/jobs/{job['id']}")
    assert [one["outcome"] for one in job["results"]] == ["new"]
    assert not {"/", "\\", "\r", "\n"} & set(job["results"][0]["source"])
    assert len(api.get("/articles")["items"]) == len(before) + 1
