"""Corrections by the REST interface."""

from __future__ import annotations

import pytest
from api_samples import Caller


def rev_of(api: Caller, article: int = 1) -> int:
    return int(api.get(f"/articles/{article}")["article"]["rev"])


def reject_wording(api: Caller) -> dict[str, int]:
    (word,) = api.get("/articles/1/analysis")["wording"]
    made: dict[str, int] = api.send(
        "POST",
        "/articles/1/corrections",
        layer="wording",
        action="reject",
        before=word,
        why="ein Zitat",
        rev=rev_of(api),
    )
    return made


def test_a_correction_is_listed_with_what_it_does(api: Caller) -> None:
    (quote,) = api.get("/articles/1/analysis")["quotes"]
    made = api.send(
        "POST",
        "/articles/1/corrections",
        layer="quotes",
        action="confirm",
        before=quote,
        rev=rev_of(api),
    )
    found = api.get("/articles/1/corrections")
    (correction,) = found["corrections"]
    assert (correction["id"], correction["made_by"]) == (made["id"], "anna")
    assert (correction["action"], correction["before"]) == ("confirm", quote)
    assert [(mark["layer"], mark["key"]) for mark in found["marks"]] == [("quotes", "q1")]
    assert found["lost"] == []
    assert found["rev"] == made["rev"] == rev_of(api)


def test_a_correction_is_taken_back(api: Caller) -> None:
    made = reject_wording(api)
    assert api.get("/articles/1/analysis")["wording"] == []
    path = f"/articles/1/corrections/{made['id']}/revoke"
    after = api.send("POST", path, rev=made["rev"], why="doch nicht")
    assert after["rev"] == made["rev"] + 1
    assert len(api.get("/articles/1/analysis")["wording"]) == 1
    (correction,) = api.get("/articles/1/corrections")["corrections"]
    assert correction["revoked_by"] == "anna"


def test_another_day_of_publication_reckons_anew_and_says_how_much(api: Caller) -> None:
    before = api.get("/articles/1/analysis")
    (found,) = [time for time in before["times"] if time["anchor"] == "publication"]
    made = api.send(
        "POST",
        "/articles/1/corrections",
        layer="document",
        action="correct",
        before={"published": before["document"]["published"]},
        after={"published": "2024-04-10"},
        rev=rev_of(api),
    )
    assert made["moved"]["times"] >= 1
    after = api.get("/articles/1/analysis")
    (then,) = [time for time in after["times"] if time["span"][1] == found["span"][1]]
    assert found["earliest"] < "2024-04-01" < then["earliest"]
    assert api.get("/articles/1/analysis", machine="true") == before
    path = f"/articles/1/corrections/{made['id']}/revoke"
    assert api.send("POST", path, rev=made["rev"])["moved"] == made["moved"]
    assert api.get("/articles/1/analysis") == before


def test_a_correction_of_a_record_moves_no_days(api: Caller) -> None:
    assert reject_wording(api)["moved"] is None


def test_a_correction_of_another_article_is_not_found(api: Caller) -> None:
    made = reject_wording(api)
    path = f"/articles/2/corrections/{made['id']}/revoke"
    api.problem(404, "POST", path, json={"rev": rev_of(api, 2)})


def test_an_outdated_correction_is_refused_with_the_present_rev(api: Caller) -> None:
    (quote,) = api.get("/articles/1/analysis")["quotes"]
    made = reject_wording(api)
    body = {"layer": "quotes", "action": "confirm", "before": quote, "rev": made["rev"] - 1}
    problem = api.problem(409, "POST", "/articles/1/corrections", json=body)
    assert problem["rev"] == made["rev"]


@pytest.mark.parametrize(
    "body",
    [
        {"layer": "quotes", "action": "confirm", "before": {"id": "q9"}},
        {"layer": "quotes", "action": "confirm", "before": None},
        {"layer": "quotes", "action": "add", "after": {}},
        {"layer": "tunes", "action": "confirm", "before": {}},
        {"layer": "document", "action": "correct", "before": {}, "after": {"text": "anders"}},
        {"layer": "document", "action": "correct", "before": [], "after": {"title": "anders"}},
        {"layer": "people", "action": "merge", "before": [{}, {}]},
        {"layer": "people", "action": "merge", "before": {}},
    ],
)
def test_what_does_not_fit_is_refused_and_not_written(api: Caller, body: dict[str, object]) -> None:
    problem = api.problem(422, "POST", "/articles/1/corrections", json=body | {"rev": rev_of(api)})
    assert problem["detail"]
    assert api.get("/articles/1/corrections")["corrections"] == []


@pytest.mark.parametrize("person", ["p99", "q1", "author", ""])
def test_a_speaker_who_is_not_there_is_refused_and_the_one_before_stays(
    api: Caller, person: str
) -> None:
    (quote,) = api.get("/articles/1/analysis")["quotes"]
    after = quote | {"speaker": quote["speaker"] | {"person": person}}
    body = {"layer": "quotes", "action": "correct", "before": quote, "after": after}
    problem = api.problem(422, "POST", "/articles/1/corrections", json=body | {"rev": rev_of(api)})
    assert f"'{person}', which is not there" in problem["detail"]
    assert api.get("/articles/1/analysis")["quotes"] == [quote]
