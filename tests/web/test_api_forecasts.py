"""Forecasts, scores and checks by the REST interface."""

from __future__ import annotations

from datetime import timedelta

import pytest
from api_samples import Caller
from icalendar import Calendar
from web_samples import Clock

LATER = timedelta(days=150)  # after the last day of the forecasts
SURE = "Das steht im Protokoll"


def rev_of(api: Caller, id_: int = 1) -> int:
    return int(api.get(f"/forecasts/{id_}")["entry"]["rev"])


def resolve(api: Caller, outcome: str, id_: int = 1) -> None:
    api.send("POST", f"/forecasts/{id_}/resolve", outcome=outcome, note=SURE, rev=rev_of(api, id_))


def test_forecasts_fall_due(api: Caller, clock: Clock) -> None:
    assert [one["id"] for one in api.get("/forecasts", which="open")["items"]] == [1, 2]
    assert api.get("/forecasts", which="due")["items"] == []
    clock.move(LATER)
    assert [one["id"] for one in api.get("/forecasts", which="due")["items"]] == [2, 1]


def test_forecasts_are_listed_page_by_page_and_chosen(api: Caller) -> None:
    first = api.get("/forecasts", limit=1)
    second = api.get("/forecasts", limit=1, after=first["next"])
    assert [one["id"] for one in first["items"] + second["items"]] == [2, 1]
    assert second["next"] is None
    assert [one["id"] for one in api.get("/forecasts", article=1)["items"]] == [1]
    assert api.get("/forecasts", topic="Deiche")["items"] == []
    api.problem(404, "GET", "/forecasts", params={"after": 99})


def test_a_forecast_is_reworded_under_a_topic_with_a_probability(api: Caller) -> None:
    body = {"question": "Ist die Schleuse im Juni fertig?", "earliest": None, "why": "schärfer"}
    found = api.send("POST", "/forecasts/1/reword", latest="2024-06-30", rev=rev_of(api), **body)
    assert [one["made_by"] for one in found["wordings"]] == ["beleg", "anna"]
    found = api.send("POST", "/forecasts/1/probability", probability=0.7, rev=rev_of(api))
    assert [(one["origin"], one["low"]) for one in found["probabilities"]][-1] == ("own", 0.7)
    found = api.send("PUT", "/forecasts/1/topic", topic="Deiche", rev=rev_of(api))
    assert found["entry"]["topic"] == "Deiche"
    assert [one["id"] for one in api.get("/forecasts", topic="Deiche")["items"]] == [1]


def test_a_forecast_is_resolved_disputed_settled_and_revoked(api: Caller) -> None:
    resolve(api, "yes")
    found = api.send("POST", "/forecasts/1/dispute", why="noch nicht fertig", rev=rev_of(api))
    assert found["entry"]["state"] == "disputed"
    found = api.send(
        "POST",
        "/forecasts/1/settle",
        outcome="no",
        evidence="https://bote.example/schleuse",
        rev=rev_of(api),
    )
    assert found["entry"]["state"] == "no"
    last = found["resolutions"][-1]["id"]
    path = f"/forecasts/1/resolutions/{last}/revoke"
    found = api.send("POST", path, why="verwechselt", rev=rev_of(api))
    assert found["entry"]["state"] == "disputed"
    other = {"why": "verwechselt", "rev": rev_of(api, 2)}
    api.problem(404, "POST", f"/forecasts/2/resolutions/{last}/revoke", json=other)


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("probability", {"probability": 0.5}),
        ("resolve", {"outcome": "yes", "note": SURE}),
        ("dispute", {"why": "nein"}),
        ("settle", {"outcome": "yes", "note": SURE}),
        ("reword", {"question": "Ja?", "earliest": None, "latest": None, "why": "kürzer"}),
    ],
)
def test_who_comes_second_is_told_the_present_rev(
    api: Caller, action: str, body: dict[str, object]
) -> None:
    rev = rev_of(api)
    api.send("PUT", "/forecasts/1/topic", topic="Deiche", rev=rev)
    problem = api.problem(409, "POST", f"/forecasts/1/{action}", json=body | {"rev": rev})
    assert problem["rev"] == rev + 1


@pytest.mark.parametrize("probability", ["NaN", "Infinity", "-0.1", "1.1", "1e400", '"sicher"'])
def test_what_is_no_probability_is_refused(api: Caller, probability: str) -> None:
    body = f'{{"probability": {probability}, "rev": {rev_of(api)}}}'
    headers = {"X-Beleg": "1", "content-type": "application/json"}
    api.problem(422, "POST", "/forecasts/1/probability", content=body, headers=headers)


def test_the_calendar_has_the_deadlines_with_their_pages(api: Caller) -> None:
    answer = api.ask("GET", "/forecasts/calendar.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(one["url"]) for one in events] == [
        "http://localhost:8765/forecasts/1",
        "http://localhost:8765/forecasts/2",
    ]


def test_scores_are_reckoned(api: Caller, clock: Clock) -> None:
    resolve(api, "yes")
    clock.move(LATER)
    (score,) = api.get("/scores")
    assert (score["forecasts"], score["passed"], score["resolved"]) == (2, 2, 1)
    accuracy = score["accuracy"]
    assert accuracy["brier"] == pytest.approx(0.17**2)
    assert accuracy["base_rate"] | {"low": 0} == {
        "count": 1, "total": 1, "share": 1.0, "low": 0, "high": 1.0,
    }  # fmt: skip
    (score,) = api.get("/scores", by="outlet", minimum=1)
    assert (score["name"], score["rank"]) == ("Norder Bote", 1)


def test_an_infinite_score_is_null(api: Caller, clock: Clock) -> None:
    api.send("POST", "/forecasts/1/probability", probability=0, rev=rev_of(api))
    resolve(api, "yes")
    clock.move(LATER)
    (score,) = api.get("/scores", origin="own")
    assert score["accuracy"]["log_score"] is None
    assert score["accuracy"]["ruled_out"] == 1


def test_checks_get_a_verdict_are_opened_again_and_dropped(api: Caller) -> None:
    check = api.get("/checks/1")
    assert check["words"] == "Der Umbau kostete 4 Millionen Euro."
    body = {"verdict": "zu niedrig", "rating": 2, "evidence": "https://bote.example/haushalt"}
    check = api.send("POST", "/checks/1/verdict", rev=check["rev"], **body)
    assert (check["state"], check["rating"], check["checked_by"]) == ("checked", 2, "anna")
    (other,) = api.get("/articles/2/checks")
    assert [one["id"] for one in other["before"]] == [1]
    check = api.send("POST", "/checks/1/reopen", why="neue Zahlen", rev=check["rev"])
    assert check["state"] == "open"
    check = api.send("POST", "/checks/1/drop", why="unwichtig", rev=check["rev"])
    assert [one["id"] for one in api.get("/checks", state="dropped")["items"]] == [1]
    assert [one["id"] for one in api.get("/checks")["items"]] == [2]


def test_verdicts_are_loaded_as_claim_reviews(api: Caller) -> None:
    assert api.get("/checks/claimreview")["@graph"] == []
    api.send("POST", "/checks/2/verdict", verdict="zu niedrig", rating=2, note=SURE, rev=1)
    answer = api.ask("GET", "/checks/claimreview", params={"article": 2})
    assert answer.headers["content-type"] == "application/ld+json"
    (review,) = answer.json()["@graph"]
    assert review["claimReviewed"] == "Der Umbau kostete 4 Millionen Euro."
    assert review["reviewRating"]["ratingValue"] == 2
    assert api.get("/checks/claimreview", article=1)["@graph"] == []


def test_checks_are_listed_page_by_page(api: Caller) -> None:
    first = api.get("/checks", limit=1, outlet="Norder Bote")
    second = api.get("/checks", limit=1, after=first["next"])
    assert [one["id"] for one in first["items"] + second["items"]] == [2, 1]
    api.problem(404, "GET", "/checks", params={"after": 99})


def test_checks_are_listed_by_their_reason(api: Caller) -> None:
    (reason,) = api.get("/checks/1")["why"]
    assert [one["id"] for one in api.get("/checks", reason=reason)["items"]] == [2, 1]
    assert api.get("/checks", reason="denied")["items"] == []
    api.problem(422, "GET", "/checks", params={"reason": "luck"})


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("verdict", {"verdict": "stimmt", "note": SURE}),
        ("drop", {"why": "unwichtig"}),
        ("reopen", {"why": "neue Zahlen"}),
    ],
)
def test_an_outdated_word_on_a_check_is_refused(
    api: Caller, action: str, body: dict[str, object]
) -> None:
    assert api.problem(409, "POST", f"/checks/1/{action}", json=body | {"rev": 0})["rev"] == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/checks/1/verdict", {"verdict": "stimmt"}),
        ("/checks/1/verdict", {"verdict": "stimmt", "evidence": "javascript:alert(1)"}),
        ("/checks/1/verdict", {"verdict": "stimmt", "note": SURE, "rating": 6}),
        ("/checks/1/reopen", {"why": "schon offen"}),
        ("/checks/1/drop", {"why": ""}),
        ("/forecasts/1/dispute", {"why": "noch offen"}),
        ("/forecasts/1/settle", {"outcome": "yes", "note": SURE}),
        ("/forecasts/1/resolve", {"outcome": "maybe", "note": SURE}),
        ("/forecasts/1/resolve", {"outcome": "yes", "note": "ja"}),
    ],
)
def test_what_the_rules_forbid_is_refused(api: Caller, path: str, body: dict[str, object]) -> None:
    assert api.problem(422, "POST", path, json=body | {"rev": 1})["detail"]
