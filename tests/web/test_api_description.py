"""Who may call what, and that the description says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from api_samples import OURS, Caller
from jsonschema import Draft202012Validator
from web_samples import PASSWORD, PUBLIC, TestClient, enter, kept_app

from beleg.ledger.store import Ledger
from beleg.records import json_schema
from beleg.web.accounts import add_account
from beleg.web.api.description import description
from beleg.web.roles import ROLES
from beleg.web.settings import WebSettings

CALLS = [
    (method.upper(), path.removeprefix("/api/v1"))
    for path, operations in description()["paths"].items()
    for method in operations
]
CHANGING = [call for call in CALLS if call[0] != "GET"]
READING = [call for call in CALLS if call[0] == "GET"]


@pytest.fixture
def door(stocked: Ledger, no_model: None) -> Iterator[TestClient]:
    """A browser somewhere, without a session; there is an account of each role."""
    with stocked.change(who="anna") as change:
        for role in ROLES:
            add_account(change, f"{role}er", PASSWORD, role)
    app = kept_app(stocked, WebSettings(public=True))
    with TestClient(app, base_url=PUBLIC, follow_redirects=False) as opened:
        yield opened


def call(browser: TestClient, method: str, path: str, **more: Any) -> httpx.Response:
    """The call with the numbers of what is there, and an empty body where one belongs."""
    known = {"format": "json", "local": "p1", "job_id": "none"}
    for name in ("article_id", "person_id", "forecast_id", "check_id"):
        known[name] = "1"
    filled = path.format_map(known | {"correction_id": "1", "resolution_id": "1"})
    if path.endswith("/upload"):
        more.setdefault("files", [("files", ("a.txt", b"Text"))])
    elif method != "GET":
        more.setdefault("json", {})
    answer: httpx.Response = browser.request(method, f"/api/v1{filled}", **more)
    return answer


def test_the_description_has_every_route(api: Caller) -> None:
    assert len(CALLS) > 40
    found = api.browser.get("/api/openapi.json").json()
    assert found == description()
    assert found["openapi"] == "3.1.0"
    for operations in found["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
            assert operation["description"]
            assert {"401", "404", "422", "429"} <= operation["responses"].keys()


def test_what_is_sent_has_limits_everywhere() -> None:
    schemas = description()["components"]["schemas"]
    sent = {
        name: schema
        for name, schema in schemas.items()
        if schema.get("additionalProperties") is False and not name.startswith("Analysis")
    }
    assert len(sent) > 12
    for name, schema in sent.items():
        for field, kinds in schema["properties"].items():
            for kind in kinds.get("anyOf", [kinds]):
                if kind.get("type") == "string" and kind.get("format") != "date":
                    assert {"maxLength", "enum"} & kind.keys(), f"{name}.{field}"
                if kind.get("type") in ("integer", "number"):
                    assert {"minimum", "maximum"} <= kind.keys(), f"{name}.{field}"


def test_the_analysis_is_described_as_by_the_contract(api: Caller) -> None:
    found = api.get("/articles/1/analysis")
    Draft202012Validator(json_schema()).validate(found)
    schema = {"$ref": "#/components/schemas/Analysis", "components": description()["components"]}
    validator = Draft202012Validator(schema)
    validator.validate(found)
    assert not validator.is_valid(found | {"quotes": [{}]})


def test_the_calls_are_listed_on_a_page(api: Caller) -> None:
    page = api.browser.get("/api")
    assert page.status_code == 200
    for method, path in CALLS:
        assert f"<code>{method} /api/v1{path}</code>" in page.text


def test_strangers_may_do_nothing(door: TestClient) -> None:
    for method, path in CALLS:
        assert call(door, method, path, headers=OURS).status_code == 401, (method, path)
    assert door.get("/api/openapi.json").status_code == 401
    assert door.get("/api").headers["location"].startswith("/login")


def test_readers_may_read_and_change_nothing(door: TestClient) -> None:
    enter(door, "reader")
    for method, path in READING:
        expected = 404 if path == "/jobs/{job_id}" else 200
        assert call(door, method, path).status_code == expected, path
    for method, path in CHANGING:
        answer = call(door, method, path, headers=OURS)
        assert answer.status_code == 403, (method, path)
        assert answer.json()["status"] == 403


def test_editors_may_change_what_they_name_rightly(door: TestClient) -> None:
    enter(door, "editer")
    for method, path in CHANGING:
        answer = call(door, method, path, headers=OURS)
        assert answer.status_code in (202, 422), (method, path, answer.text)


def test_without_the_header_nothing_is_changed(door: TestClient, stocked: Ledger) -> None:
    enter(door, "editer")
    for method, path in CHANGING:
        body = {"json": {"state": "done", "rev": 2}} if path.endswith("/state") else {}
        answer = call(door, method, path, **body)
        assert answer.status_code == 403, (method, path)
    assert door.get("/api/v1/articles/1").json()["article"]["state"] == "new"


def test_a_foreign_page_changes_nothing_even_with_the_header(api: Caller) -> None:
    headers = OURS | {"sec-fetch-site": "cross-site"}
    api.problem(403, "POST", "/articles", json={"text": "Ein Text."}, headers=headers)


def test_changes_of_accounts_are_for_administrators(door: TestClient) -> None:
    enter(door, "editer")
    subjects = {one["subject"] for one in door.get("/api/v1/history").json()["items"]}
    assert "article" in subjects
    assert "account" not in subjects
    asked = door.get("/api/v1/history", params={"subject": "account"}).json()
    assert asked == {"items": [], "next": None}
    enter(door, "adminer")
    asked = door.get("/api/v1/history", params={"subject": "account"}).json()
    assert len(asked["items"]) == 3
    assert "password" not in str(asked)


def test_jobs_are_seen_by_who_began_them_and_administrators(door: TestClient) -> None:
    enter(door, "editer")
    job = door.post("/api/v1/articles", json={"text": "Ein Text."}, headers=OURS).json()
    assert [one["id"] for one in door.get("/api/v1/jobs").json()] == [job["id"]]
    enter(door, "reader")
    assert door.get("/api/v1/jobs").json() == []
    assert door.get(f"/api/v1/jobs/{job['id']}").status_code == 404
    enter(door, "adminer")
    assert door.get(f"/api/v1/jobs/{job['id']}").json() == job
