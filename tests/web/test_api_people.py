"""People, quotations and the timeline by the REST interface."""

from __future__ import annotations

import pytest
from api_samples import MAYOR, Caller


def test_people_are_found_by_words_of_their_names(api: Caller) -> None:
    found = api.get("/people", name="ilse brandt")["items"]
    assert [(one["name"], one["articles"], one["quotations"]) for one in found] == [(MAYOR, 1, 1)]
    assert [one["id"] for one in api.get("/people", kind="person")["items"]] == [1, 2]
    assert api.get("/people", kind="organisation")["items"] == []


def test_people_are_listed_page_by_page(api: Caller) -> None:
    first = api.get("/people", limit=1)
    assert [one["id"] for one in first["items"]] == [1]
    second = api.get("/people", limit=1, after=first["next"])
    assert ([one["id"] for one in second["items"]], second["next"]) == ([2], None)


def test_two_are_merged_and_parted_again(api: Caller) -> None:
    assert [one["id"] for one in api.get("/people/2/suggestions")] == [1]
    both = api.send("POST", "/people/2/merge", into=1, rev=1)
    assert (both["id"], both["articles"], both["quotations"]) == (1, 2, 2)
    found = api.get("/people/2")
    assert found["person"]["id"] == 1
    (merged,) = found["merged"]
    assert (merged["id"], merged["name"]) == (2, "I. Brandt")
    alone = api.send("POST", "/people/2/undo-merge", rev=merged["rev"])
    assert (alone["id"], alone["articles"]) == (2, 1)
    assert api.get("/people/1")["merged"] == []


def test_two_that_are_told_apart_are_not_suggested_again(api: Caller) -> None:
    api.send("POST", "/people/2/different", other=1)
    assert api.get("/people/2/suggestions") == []


def test_a_person_gets_another_name_and_a_note(api: Caller) -> None:
    found = api.send("PATCH", "/people/1", name="Ilse M. Brandt", note="seit 2019", rev=1)
    assert (found["name"], found["note"], found["rev"]) == ("Ilse M. Brandt", "seit 2019", 2)
    only_note = api.send("PATCH", "/people/1", note="", rev=2)
    assert (only_note["name"], only_note["note"]) == ("Ilse M. Brandt", "")


@pytest.mark.parametrize("name", ["", " \t", "\u202eIlse", "Il\x07se"])
def test_a_name_that_cannot_be_read_is_refused(api: Caller, name: str) -> None:
    api.problem(422, "PATCH", "/people/1", json={"name": name, "rev": 1})
    assert api.get("/people/1")["person"]["name"] == MAYOR


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "/people/1", {"note": "zu spät"}),
        ("POST", "/people/1/merge", {"into": 2}),
    ],
)
def test_who_comes_second_is_told_the_present_rev(
    api: Caller, method: str, path: str, body: dict[str, object]
) -> None:
    api.send("PATCH", "/people/1", note="schon da", rev=1)
    assert api.problem(409, method, path, json=body | {"rev": 1})["rev"] == 2


def test_undoing_an_outdated_merger_is_refused(api: Caller) -> None:
    api.send("POST", "/people/2/merge", into=1, rev=1)
    assert api.problem(409, "POST", "/people/2/undo-merge", json={"rev": 1})["rev"] == 2


def test_one_of_an_article_is_assigned(api: Caller) -> None:
    (link,) = api.send("PUT", "/articles/2/people/p1", person=1)
    assert (link["person"], link["basis"]) == (1, "confirmed")
    (link,) = api.send("PUT", "/articles/2/people/p1", person=None)
    assert link["person"] == 3
    api.problem(404, "PUT", "/articles/2/people/p7", json={"person": 1})


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/people/1/merge", {"into": 1, "rev": 1}),
        ("/people/1/undo-merge", {"rev": 1}),
        ("/people/1/different", {"other": 1}),
    ],
)
def test_what_the_rules_forbid_is_refused(api: Caller, path: str, body: dict[str, int]) -> None:
    assert api.problem(422, "POST", path, json=body)["detail"]


def test_quotations_are_found(api: Caller) -> None:
    found = api.get("/quotations", query="hält", person=1)["items"]
    assert [(one["article"], one["speaker"], one["text"]) for one in found] == [
        (1, MAYOR, "Der Deich hält")
    ]
    assert found == api.get("/people/1/quotations")["items"]
    assert api.get("/quotations", type="indirect")["items"] == []
    assert api.get("/quotations", sourcing="named_person", outlet="Norder Bote")["items"]
    api.problem(404, "GET", "/people/9/quotations")


def test_quotations_are_listed_page_by_page(api: Caller) -> None:
    first = api.get("/quotations", limit=1)
    second = api.get("/quotations", limit=1, after=first["next"])
    assert [one["article"] for one in first["items"] + second["items"]] == [2, 1]


def test_the_timeline_is_listed_page_by_page(api: Caller) -> None:
    first = api.get("/timeline", limit=1)
    assert first["next"].startswith("2024-03-04.")
    second = api.get("/timeline", limit=1, after=first["next"])
    assert [one["article"] for one in first["items"] + second["items"]] == [1, 2]
    assert second["next"] is None
    assert [one["article"] for one in api.get("/timeline", person=2)["items"]] == [2]
    assert api.get("/timeline", since="2024-03-05")["items"] == []


@pytest.mark.parametrize(
    "place",
    ["7", "2024-03-04", "2024-13-04.1", "2024-03-04.4294967296", "2024-03-04.-1", "٢٠٢٤-03-04.1"],
)
def test_a_place_that_no_page_named_is_refused(api: Caller, place: str) -> None:
    api.problem(422, "GET", "/timeline", params={"after": place})
