"""Articles, their analyses and exports by the REST interface."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from api_samples import MAYOR, TEXT, Caller

from beleg.records import Analysis


def test_articles_are_listed_page_by_page(api: Caller) -> None:
    first = api.get("/articles", limit=1)
    assert [one["id"] for one in first["items"]] == [2]
    second = api.get("/articles", limit=1, after=first["next"])
    assert [one["id"] for one in second["items"]] == [1]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"query": "Deich"}, [2, 1]),
        ({"query": f'"{MAYOR}"'}, [1]),
        ({"query": "Brandung"}, []),
        ({"state": "done"}, []),
        ({"outlet": "Norder Bote"}, [2, 1]),
        ({"person": 2}, [2]),
        ({"since": "2024-03-06"}, []),
        ({"since": "2024-03-05", "until": "2024-03-05"}, [2, 1]),
    ],
)
def test_articles_are_chosen(api: Caller, asked: dict[str, object], found: list[int]) -> None:
    assert [one["id"] for one in api.get("/articles", **asked)["items"]] == found


def test_an_article_has_its_appearances_and_people(api: Caller) -> None:
    found = api.get("/articles/1")
    assert found["article"]["title"] == "Deich fertig"
    assert [one["source"] for one in found["appearances"]] == ["a.txt"]
    assert found["people"] == [
        {"local": "p1", "name": MAYOR, "kind": "person", "person": 1, "basis": "alone"}
    ]


def test_the_state_of_an_article_is_set(api: Caller) -> None:
    rev = api.get("/articles/1")["article"]["rev"]
    entry = api.send("PUT", "/articles/1/state", state="done", rev=rev)
    assert (entry["state"], entry["rev"]) == ("done", rev + 1)


def test_who_comes_second_is_told_the_present_rev(api: Caller) -> None:
    rev = api.get("/articles/1")["article"]["rev"]
    api.send("PUT", "/articles/1/state", state="read", rev=rev)
    body = {"state": "done", "rev": rev}
    problem = api.problem(409, "PUT", "/articles/1/state", json=body)
    assert problem["rev"] == rev + 1
    assert "anna" in problem["detail"]
    assert api.get("/articles/1")["article"]["state"] == "read"


def test_the_analysis_is_the_contract_with_or_without_corrections(api: Caller) -> None:
    rev = api.get("/articles/1")["article"]["rev"]
    (word,) = api.get("/articles/1/analysis")["wording"]
    api.send(
        "POST", "/articles/1/corrections", layer="wording", action="reject", before=word, rev=rev
    )
    effective = api.ask("GET", "/articles/1/analysis").text
    machine = api.ask("GET", "/articles/1/analysis", params={"machine": "true"}).text
    assert Analysis.from_json(effective).wording == ()
    assert len(Analysis.from_json(machine).wording) == 1
    assert Analysis.from_json(machine).to_json() == machine


@pytest.mark.parametrize(
    ("kind", "media_type", "holds"),
    [
        ("json", "application/json", '"schema": 1'),
        ("html", "text/html; charset=utf-8", "<!DOCTYPE html>"),
        ("csv", "text/csv; charset=utf-8", "seit Montag"),
        ("claimreview", "application/ld+json", "ClaimReview"),
        ("timeml", "application/xml", "<TimeML"),
        ("webannotation", "application/ld+json", "AnnotationPage"),
        ("argdown", "text/vnd.argdown; charset=utf-8", "Die Schleuse"),
    ],
)
def test_an_article_is_exported(api: Caller, kind: str, media_type: str, holds: str) -> None:
    answer = api.ask("GET", f"/articles/1/export/{kind}")
    assert answer.headers["content-type"] == media_type
    assert answer.headers["content-disposition"].startswith('attachment; filename="article-1.')
    assert holds in answer.text


def test_a_cas_is_exported(api: Caller) -> None:
    pytest.importorskip("cassis")
    answer = api.ask("GET", "/articles/1/export/cas")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert sorted(archive.namelist()) == ["TypeSystem.xml", "document.xmi"]


def test_the_table_of_csv_is_chosen(api: Caller) -> None:
    answer = api.ask("GET", "/articles/1/export/csv", params={"table": "quotes"})
    assert "Der Deich hält" in answer.text
    assert 'filename="article-1.quotes.csv"' in answer.headers["content-disposition"]


def test_training_data_has_the_articles_that_were_corrected(api: Caller) -> None:
    assert api.ask("GET", "/training").text == ""
    entry = api.get("/articles/2")["article"]
    (quote,) = api.get("/articles/2/analysis")["quotes"]
    after = quote | {"type": "indirect"}
    api.send(
        "POST",
        "/articles/2/corrections",
        layer="quotes",
        action="correct",
        before=quote,
        after=after,
        rev=entry["rev"],
    )
    answer = api.ask("GET", "/training")
    assert answer.headers["content-type"] == "application/jsonl"
    (line,) = answer.text.splitlines()
    data = json.loads(line)
    assert data["originalText"] == TEXT.format(name="I. Brandt")
    assert [one["type"] for one in data["annotations"]] == ["Indirect"]


def test_the_history_has_every_change_page_by_page(api: Caller) -> None:
    rev = api.get("/articles/1")["article"]["rev"]
    api.send("PUT", "/articles/1/state", state="done", rev=rev)
    first = api.get("/history", article=1, limit=1)
    (entry,) = first["items"]
    assert (entry["action"], entry["who"]) == ("state", "anna")
    assert (entry["before"], entry["after"]) == ({"state": "new"}, {"state": "done"})
    rest = api.get("/history", article=1, after=first["next"])["items"]
    assert {"add", "find checks"} <= {one["action"] for one in rest}
    assert {one["article"] for one in rest} == {1}
    assert api.get("/history", subject="correction")["items"] == []


def test_info_says_what_answers(api: Caller) -> None:
    assert api.get("/info") | {"beleg": ""} == {
        "beleg": "",
        "analysis_schema": 1,
        "model": "by hand@1",
        "ledger": "sqlite",
        "user": "anna",
        "role": "admin",
    }
