"""What holds for all pages of lists: they show, page, filter, escape, and let only editors change."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from board_samples import HOSTILE, enter, ferry, port
from web_samples import TestClient, mark_of
from web_samples import enter as log_in

from beleg.ledger.store import Ledger

PAGES = (
    "/",
    "/search",
    "/search?q=hafen",
    "/search?q=hafen&within=quotations",
    "/search?q=must*&within=people",
    "/people",
    "/people/1",
    "/people/1?same=Marie",
    "/forecasts?which=due",
    "/forecasts?which=open",
    "/forecasts?which=resolved",
    "/forecasts?which=disputed",
    "/forecasts?which=all",
    "/forecasts/1",
    "/forecasts/scores",
    "/checks",
    "/checks?state=checked",
    "/checks?state=dropped",
    "/checks/1",
    "/timeline",
    "/timeline?since=2024-01-01",
    "/history",
    "/corrections",
)
CHANGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("/inbox/1/state", {"state": "read"}),
    ("/add/text", {"text": "Die Brücke ist wieder frei."}),
    ("/add/address", {"address": "https://beleg.example/"}),
    ("/people/1/name", {"name": "M. Muster"}),
    ("/people/1/note", {"note": "neu"}),
    ("/people/2/merge", {"into": "1"}),
    ("/people/2/part", {}),
    ("/people/1/differ", {"other": "2"}),
    ("/forecasts/1/probability", {"percent": "40"}),
    ("/forecasts/1/resolve", {"outcome": "yes", "evidence": "https://beleg.example/x"}),
    ("/forecasts/1/dispute", {"why": "stimmt so nicht"}),
    ("/forecasts/1/revoke", {"resolution": "1", "why": "ein Versehen"}),
    ("/forecasts/1/topic", {"topic": "Häfen"}),
    ("/forecasts/1/wording", {"question": "Ist der Hafen frei?", "why": "klarer"}),
    ("/checks/1/verdict", {"verdict": "stimmt", "note": "laut dem Haushalt"}),
    ("/checks/1/drop", {"why": "keine Angabe"}),
    ("/checks/1/reopen", {"why": "doch eine"}),
)


@pytest.mark.parametrize("ui", ["de", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_show_an_empty_and_a_filled_ledger(
    client: TestClient, ledger: Ledger, path: str, ui: str
) -> None:
    address = f"{path}{'&' if '?' in path else '?'}ui={ui}"
    bare = client.get(address)
    assert bare.status_code == (404 if path.partition("?")[0].endswith("/1") else 200)
    enter(ledger, port(), ferry())
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_what_comes_from_articles_is_escaped(client: TestClient, ledger: Ledger, path: str) -> None:
    enter(ledger, port(title=HOSTILE, outlet=HOSTILE, name=f"Muster {HOSTILE}"))
    page = client.get(path).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "onerror" not in page or "&lt;img src=x onerror" in page


@pytest.mark.parametrize("query", [HOSTILE, '"', "* -", "\x00", "a" * 300, "' OR 1=1 --", "𝔥afen"])
@pytest.mark.parametrize("path", ["/search", "/people", "/people/1", "/timeline"])
def test_hostile_queries_are_answered_and_escaped(
    client: TestClient, ledger: Ledger, path: str, query: str
) -> None:
    enter(ledger, port())
    for within in ("articles", "quotations", "people"):
        found = client.get(f"{path}?q={quote(query)}&within={within}")
        assert found.status_code in (200, 422)
        assert "<script>alert" not in found.text


@pytest.mark.parametrize(
    "address",
    [
        "/?state=gone",
        "/?since=gestern",
        "/?before=0",
        "/search?within=all",
        "/forecasts?which=none",
        "/checks?state=none",
        "/checks?reason=luck",
        "/forecasts/scores?by=luck",
        f"/search?q={'a' * 301}",
    ],
)
def test_what_no_form_sends_is_refused(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 422


def test_empty_fields_of_forms_mean_any(client: TestClient, ledger: Ledger) -> None:
    enter(ledger, port())
    assert "Kran im Hafen" in client.get("/?state=&outlet=&since=&until=").text


@pytest.mark.parametrize("path", ["/people/1", "/forecasts/1", "/checks/1", "/add/none"])
def test_what_is_not_there_is_said_to_be_missing(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("path", "fields"), CHANGES, ids=[path for path, _ in CHANGES])
def test_changes_need_our_own_form(
    client: TestClient, ledger: Ledger, path: str, fields: dict[str, str]
) -> None:
    enter(ledger, port(), ferry())
    assert client.post(path, data={**fields, "rev": "1"}).status_code == 403


@pytest.mark.parametrize(("path", "fields"), CHANGES, ids=[path for path, _ in CHANGES])
def test_readers_may_change_nothing(
    public: TestClient, ledger: Ledger, path: str, fields: dict[str, str]
) -> None:
    enter(ledger, port(), ferry())
    log_in(public, "reader")
    mark = mark_of(public.get("/").text)
    assert public.post(path, data={**fields, "rev": "1", "csrf": mark}).status_code == 403


def test_readers_see_pages_without_forms_that_change(public: TestClient, ledger: Ledger) -> None:
    enter(ledger, port(), ferry())
    log_in(public, "reader")
    for path in PAGES:
        page = public.get(path)
        assert page.status_code == 200
        assert page.text.count('method="post"') == 1  # to log out


def test_strangers_are_sent_to_the_door(public: TestClient) -> None:
    for path in PAGES:
        assert public.get(path).headers["location"].startswith("/login")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/inbox/1/state", {"state": "read"}),
        ("/people/1/name", {"name": "M. Muster"}),
        ("/people/1/note", {"note": "neu"}),
        ("/people/2/merge", {"into": "1"}),
        ("/forecasts/1/probability", {"percent": "40"}),
        ("/forecasts/1/resolve", {"outcome": "void", "note": "drei kurze Wörter"}),
        ("/forecasts/1/topic", {"topic": "Häfen"}),
        ("/forecasts/1/wording", {"question": "Ist er frei?", "why": "klarer"}),
        ("/checks/1/verdict", {"verdict": "stimmt", "note": "laut dem Haushalt"}),
        ("/checks/1/drop", {"why": "keine Angabe"}),
    ],
)
def test_who_saw_an_older_entry_is_told_and_keeps_what_was_typed(
    client: TestClient, ledger: Ledger, path: str, fields: dict[str, str]
) -> None:
    enter(ledger, port(), ferry())
    mark = mark_of(client.get("/add").text)
    answer = client.post(path, data={**fields, "rev": "77", "csrf": mark})
    assert answer.status_code == 409
    assert next(iter(fields.values())) in answer.text
