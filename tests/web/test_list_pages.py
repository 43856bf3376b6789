"""Inbox, search, people, timeline, history and corrections."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date

import pytest
from board_samples import enter, ferry, port
from msgspec.structs import replace
from web_samples import Adder, TestClient, mark_of

from beleg.ledger.article_changes import add_article
from beleg.ledger.corrections import correct, effective
from beleg.ledger.store import Ledger


def entries(page: str) -> list[int]:
    """The articles that a page links to, in order, each once."""
    return list(dict.fromkeys(int(n) for n in re.findall(r'href="/articles/(\d+)[#"]', page)))


def send(client: TestClient, path: str, **fields: str) -> int:
    mark = mark_of(client.get("/add").text)
    return int(client.post(path, data={"csrf": mark, **fields}).status_code)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("state=new", [3, 1]),
        ("state=done", [2]),
        ("outlet=Wattlicht", [1]),
        ("since=2024-03-08", [3]),
        ("until=2024-03-07&state=new", [1]),
        ("outlet=Niemand", []),
    ],
)
def test_the_inbox_narrows(
    client: TestClient, add_article: Adder, asked: str, shown: list[int]
) -> None:
    add_article(outlet="Wattlicht", day=date(2024, 3, 7))
    add_article(state="done", day=date(2024, 3, 7))
    add_article(day=date(2024, 3, 9))
    assert entries(client.get(f"/?{asked}").text) == shown


def test_the_inbox_pages_with_its_filters(client: TestClient, add_article: Adder) -> None:
    for number in range(120):
        add_article(state="new" if number % 2 else "read")
    seen: list[int] = []
    address: str | None = "/?state=new"
    while address is not None:
        page = client.get(address).text
        seen += entries(page)
        further = re.search(r'href="([^"]+)" rel="next"', page)
        address = further.group(1).replace("&amp;", "&") if further else None
    assert seen == list(range(120, 0, -2))


def test_a_button_says_how_far_one_is_and_returns_to_the_same_list(
    client: TestClient, ledger: Ledger
) -> None:
    enter(ledger, port())
    fields = {"csrf": mark_of(client.get("/add").text), "state": "done", "rev": "2"}
    answer = client.post("/inbox/1/state", data={**fields, "back": "/?state=new"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?state=new")
    assert entries(client.get("/?state=done").text) == [1]
    away = client.post("/inbox/1/state", data={**fields, "rev": "3", "back": "//evil.example"})
    assert away.headers["location"] == "/"


def test_the_inbox_says_when_a_text_appeared_elsewhere(client: TestClient, ledger: Ledger) -> None:
    enter(ledger, port())
    with ledger.change(who="anna") as change:
        add_article(change, port(), source="https://kanal.example/kran")
    assert "auch an 1 anderer Stelle" in client.get("/").text


def test_search_finds_words_in_any_form_and_marks_them(client: TestClient, ledger: Ledger) -> None:
    enter(ledger, port(), ferry())
    page = client.get("/search?q=Häfen").text
    assert "<mark>Hafen</mark>" in page
    assert entries(page) == [1]
    assert re.findall(r'class="number">([^<]+)<', page) == ["1", "1", "0"]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("q=Umbau", [2, 1]),
        ("q=Umbau -Kran", [2]),
        ('q="Umbau kostete"', [2, 1]),
        ('q="kostete Umbau"', []),
        ("q=Fäh*", [2]),
        ("q=Umbau&outlet=Kanal Sund", [2]),
        ("q=Umbau&until=2024-03-31", [1]),
        ("q=Umbau&person=2", [2]),
        ("q=gewartet&within=quotations", [2]),
        ("q=gewartet&within=quotations&type=indirect", []),
        ("q=gewartet&within=quotations&sourcing=anonymous", []),
        ("q=gewartet&within=quotations&person=1", [2]),
    ],
)
def test_search_keeps_to_query_and_filters(
    client: TestClient, ledger: Ledger, asked: str, shown: list[int]
) -> None:
    enter(ledger, port(), ferry())
    assert entries(client.get(f"/search?{asked}").text) == shown


def test_search_finds_people_and_pages(client: TestClient, ledger: Ledger) -> None:
    enter(ledger, port(), ferry())
    page = client.get("/search?q=muster&within=people").text
    assert "Maria <mark>Muster</mark>" in page
    assert "2 Aussagen · 2 Artikel" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [("-nein", "wenigstens eines ohne Minuszeichen"), ("w " * 40, "höchstens 32")],
)
def test_queries_that_cannot_be_asked_are_explained(
    client: TestClient, query: str, said: str
) -> None:
    assert said in client.get(f"/search?q={query}").text


def test_people_are_listed_by_name_and_counted(client: TestClient, ledger: Ledger) -> None:
    enter(ledger, ferry(), port(name="Ada Anders"))
    page = client.get("/people").text
    assert re.findall(r'href="/people/(\d+)"', page) == ["3", "1", "2"]
    assert "1 Aussage" in page
    assert re.findall(r'href="/people/(\d+)"', client.get("/people?q=ad*").text) == ["3"]
    assert "Dazu gibt es nichts" in client.get("/people?kind=outlet").text


def test_a_person_has_everything_by_month(client: TestClient, ledger: Ledger) -> None:
    enter(ledger, port(), ferry())
    page = client.get("/people/1").text
    months = re.findall(r'<h3 class="month">([^<]+)<', page)
    assert months == ["April 2024", "März 2024"]
    assert "März 2024: 1, April 2024: 1" in page  # the picture's figures as text
    assert "Lundener Bote" in page
    assert "Kanal Sund" in page
    assert 'href="/forecasts/1"' in page
    assert "gewartet" not in client.get("/people/1?outlet=Lundener Bote").text
    assert "Marie Muster" in page  # a suggestion


def test_people_are_merged_parted_and_told_apart(client: TestClient, ledger: Ledger) -> None:
    enter(ledger, port(), ferry())
    assert send(client, "/people/2/merge", rev="1", into="1") == 303
    assert client.get("/people/2").headers["location"] == "/people/1"
    assert "Zusammengelegt mit" in client.get("/people/1").text
    assert send(client, "/people/2/merge", rev="2", into="1") == 422
    assert send(client, "/people/2/part", rev="2") == 303
    assert client.get("/people/2").status_code == 200
    assert send(client, "/people/1/differ", other="2") == 303
    assert "Kein ähnlicher Name" in client.get("/people/1").text
    assert "Marie Muster" in client.get("/people/1?same=Marie").text


def test_a_person_gets_another_name_and_a_note(client: TestClient, ledger: Ledger) -> None:
    enter(ledger, port())
    assert send(client, "/people/1/name", rev="1", name="Dr. Maria Muster") == 303
    assert send(client, "/people/1/note", rev="2", note="seit 2019\nim Amt") == 303
    page = client.get("/people/1").text
    assert "<h1><bdi>Dr. Maria Muster</bdi></h1>" in page
    assert "seit 2019" in page
    assert send(client, "/people/1/name", rev="3", name=" ") == 422


def test_the_timeline_begins_with_this_year_and_links_to_the_words(
    client: TestClient, ledger: Ledger
) -> None:
    enter(ledger, port())
    page = client.get("/timeline").text
    assert 'value="2024-01-01"' in page
    assert 'href="/articles/1#e1"' in page
    assert "März 2024: 1" in page
    assert 'role="img"' in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("q=Kran", [1]),
        ("q=Fähre", []),
        ("person=1", [1]),
        ("since=2024-03-02", []),
        ("until=2024-03-01", [1]),
        ("until=2024-02-29", []),
    ],
)
def test_the_timeline_narrows(
    client: TestClient, ledger: Ledger, asked: str, shown: list[int]
) -> None:
    enter(ledger, port(), ferry())
    assert entries(client.get(f"/timeline?{asked}").text) == shown


def test_the_timeline_goes_on_where_the_page_ended(client: TestClient, ledger: Ledger) -> None:
    made = port()
    (event,) = made.events
    days = [date(2024, 1 + n // 25, 1 + n % 25) for n in range(150)]
    events = [replace(event, id=f"e{n}", earliest=day) for n, day in enumerate(days)]
    enter(ledger, replace(made, events=tuple(events)))
    first = client.get("/timeline").text
    further = re.search(r'href="([^"]+)" rel="next"', first)
    assert further
    second = client.get(further.group(1).replace("&amp;", "&")).text
    found = re.findall(r'class="words"><a href="/articles/1#(e\d+)"', first + second)
    assert found == [f"e{n}" for n in range(150)]


def test_history_says_what_who_when_and_narrows(client: TestClient, ledger: Ledger) -> None:
    enter(ledger, port())
    send(client, "/people/1/note", rev="1", note="neu")
    page = client.get("/history").text
    assert page.index("Name oder Notiz geändert") < page.index("aufgenommen")
    assert "anna" in page
    assert "aufgenommen" not in client.get("/history?subject=person&id=1").text.partition("<ol")[2]


def _corrected(ledger: Ledger) -> None:
    enter(ledger, port(), ferry())
    with ledger.change(who="anna", why="Tippfehler") as change:
        record = json.loads(effective(change.db, 1).analysis.to_json())["people"][0]
        correct(change, 1, layer="people", action="confirm", before=record, after=None, rev=None)


def test_corrected_articles_are_given_out_as_training_data(
    client: TestClient, ledger: Ledger
) -> None:
    assert "Noch hat niemand" in client.get("/corrections").text
    _corrected(ledger)
    page = client.get("/corrections").text
    assert entries(page) == [1]
    assert "1 Korrektur" in page
    (line,) = client.get("/corrections/training.jsonl").text.splitlines()
    assert json.loads(line)["originalText"].startswith("Am 1. März")


def test_corrected_articles_are_given_out_for_inception(client: TestClient, ledger: Ledger) -> None:
    _corrected(ledger)
    archive = zipfile.ZipFile(io.BytesIO(client.get("/corrections/cas.zip").content))
    assert archive.namelist() == ["article-1.zip"]
    inner = zipfile.ZipFile(io.BytesIO(archive.read("article-1.zip")))
    assert sorted(inner.namelist()) == ["TypeSystem.xml", "document.xmi"]
