"""What is sent wrongly, or with bad intent, is refused as a problem and changes nothing."""

from __future__ import annotations

import json

import pytest
from api_samples import OURS, Caller

JSON = OURS | {"content-type": "application/json"}
BEYOND = ["0", "-1", "2147483648", "9223372036854775808", "1" + 30 * "0", "1.5", "eins", "%00"]
NUL, HALF = "\x00", "\ud800"


@pytest.mark.parametrize("number", BEYOND)
@pytest.mark.parametrize("area", ["articles", "people", "forecasts", "checks"])
def test_a_number_that_no_entry_has_is_no_fault_of_ours(
    api: Caller, area: str, number: str
) -> None:
    assert api.call("GET", f"/{area}/{number}").status_code in (404, 422)


@pytest.mark.parametrize("area", ["articles", "people", "forecasts", "checks"])
def test_the_largest_number_is_not_found(api: Caller, area: str) -> None:
    api.problem(404, "GET", f"/{area}/2147483647")


@pytest.mark.parametrize("number", [*BEYOND[:6], "1e400", "NaN", "true" * 2, '"x"', "null"])
def test_a_number_in_a_body_has_its_limits(api: Caller, number: str) -> None:
    for path, body in (
        ("/people/1/merge", f'{{"into": {number}, "rev": 1}}'),
        ("/people/1/undo-merge", f'{{"rev": {number}}}' if number != "0" else '{"rev": -1}'),
    ):
        api.problem(422, "POST", path, content=body, headers=JSON)


@pytest.mark.parametrize("sign", [NUL, HALF])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/articles", {"text": "Text {}"}),
        ("POST", "/articles", {"text": "Ein Text.", "title": "{}"}),
        ("POST", "/articles/fetch", {"url": "https://bote.example/{}"}),
        ("PATCH", "/people/1", {"name": "A{}", "rev": 1}),
        ("PATCH", "/people/1", {"note": "A{}", "rev": 1}),
        ("PUT", "/articles/1/state", {"state": "{}", "rev": 2}),
        ("POST", "/checks/1/verdict", {"verdict": "{}", "note": "drei gute Worte", "rev": 1}),
        ("PUT", "/forecasts/1/topic", {"topic": "{}", "rev": 1}),
        ("PUT", "/forecasts/1/topic", {"{}": 1, "topic": "a", "rev": 1}),
        ("POST", "/articles/1/corrections", {"why": "{}"}),
        ("POST", "/articles/1/corrections", {"before": {"{}": 1}}),
        ("POST", "/articles/1/corrections", {"after": {"a": ["{}"]}}),
    ],
)
def test_what_a_database_cannot_keep_is_refused(
    api: Caller, method: str, path: str, body: dict[str, object], sign: str
) -> None:
    filled = {key.replace("{}", sign): put(value, sign) for key, value in body.items()}
    if "corrections" in path:
        rev = api.get("/articles/1")["article"]["rev"]
        filled = {"layer": "wording", "action": "reject", "before": {}, "rev": rev} | filled
    content = json.dumps(filled)  # with escapes, since no bytes stand for half a character
    problem = api.problem(422, method, path, content=content, headers=JSON)
    assert problem["detail"]


def put(value: object, sign: str) -> object:
    """`value` with the sign wherever there is room for it."""
    if isinstance(value, str):
        return value.replace("{}", sign)
    if isinstance(value, list):
        return [put(one, sign) for one in value]
    if isinstance(value, dict):
        return {str(put(key, sign)): put(one, sign) for key, one in value.items()}
    return value


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 40, "-" + "9" * 40]
)
def test_a_number_that_json_does_not_have_is_refused_in_a_record(api: Caller, number: str) -> None:
    body = f'{{"layer": "wording", "action": "reject", "rev": 2, "before": {{"span": [{number}]}}}}'
    api.problem(422, "POST", "/articles/1/corrections", content=body, headers=JSON)


@pytest.mark.parametrize(
    "path",
    ["/articles", "/people", "/quotations", "/timeline", "/forecasts", "/checks", "/history"],
)
@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=201", "limit=x", "after=0", "after=99999999999999999999", "unknown=1",
        "after=%00", "person=2147483648", "query=%00", "query=-weg", "name=%00", "since=0000-01-01",
        "since=10000-01-01", "until=2024-02-30", "until=1700000000", "since=", "outlet=%00",
        "subject=%00", "state=%00",
    ],
)  # fmt: skip
def test_no_question_is_a_fault_of_ours(api: Caller, path: str, query: str) -> None:
    api.problem(422, "GET", f"{path}?{query}")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_last_day_can_be_asked_for(api: Caller, day: str) -> None:
    for path in ("/articles", "/quotations", "/timeline", "/forecasts", "/scores"):
        api.get(path, since=day, until=day)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_last_day_can_be_written(api: Caller, day: str) -> None:
    body = {"question": "Kommt es?", "why": "so", "earliest": day, "latest": day, "rev": 1}
    found = api.send("POST", "/forecasts/1/reword", **body)
    assert found["entry"]["latest"] == day
    assert api.ask("GET", "/forecasts/calendar.ics").content.startswith(b"BEGIN:VCALENDAR")


def test_what_is_too_long_is_refused(api: Caller) -> None:
    for method, path, body in (
        ("PATCH", "/people/1", {"note": "ä" * 10_001, "rev": 1}),
        ("PATCH", "/people/1", {"name": "ä" * 501, "rev": 1}),
        ("PUT", "/forecasts/1/topic", {"topic": "ä" * 501, "rev": 1}),
    ):
        api.problem(422, method, path, json=body)
    api.problem(413, "POST", "/articles", json={"text": "ä" * 6_000_001})


def test_a_record_that_is_too_large_is_refused(api: Caller) -> None:
    rev = api.get("/articles/1")["article"]["rev"]
    body = {"layer": "wording", "action": "reject", "before": {"a": "ä" * 200_000}, "rev": rev}
    api.problem(422, "POST", "/articles/1/corrections", json=body)


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("text/plain", b"{}", 415),
        ("application/x-www-form-urlencoded", b"a=1", 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("application/json-patch+json", b"[]", 415),
        ("application/json", b"{", 422),
        ("application/json", b"", 422),
        ("application/json", b"[" * 100, 422),
        ("application/json", b'"\xff\xfe"', 400),
        ("application/json; charset=utf-8", b"[]", 422),
        ("application/json", b"null", 422),
    ],
)
def test_a_body_of_another_kind_is_refused(
    api: Caller, kind: str, content: bytes, status: int
) -> None:
    headers = OURS | {"content-type": kind}
    api.problem(status, "POST", "/articles", content=content, headers=headers)


def test_an_upload_has_to_be_a_form(api: Caller) -> None:
    api.problem(415, "POST", "/articles/upload", json={"files": []})
    headers = OURS | {"content-type": "multipart/form-data"}
    api.problem(400, "POST", "/articles/upload", content=b"--x--", headers=headers)
    api.problem(422, "POST", "/articles/upload", files={"other": ("a.txt", b"a")})


def test_an_address_that_is_none_answers_with_a_problem(api: Caller) -> None:
    api.problem(404, "GET", "/nothing")
    api.problem(405, "DELETE", "/articles/1", headers=OURS)
