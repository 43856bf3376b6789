from __future__ import annotations

import re
from datetime import date

import pytest
from web_samples import Adder, TestClient


def titles(page: str) -> list[str]:
    return re.findall(r'<a href="/articles/\d+">(?:<bdi>|<i>)(.*?)<', page)


def test_an_empty_ledger_says_so(client: TestClient) -> None:
    assert "Noch ist kein Artikel aufgenommen." in client.get("/").text


def test_the_latest_added_comes_first(client: TestClient, add_article: Adder) -> None:
    add_article("Eins")
    add_article("Zwei")
    assert titles(client.get("/").text) == ["Zwei", "Eins"]


def test_further_pages_go_on_where_the_last_one_ended(
    client: TestClient, add_article: Adder
) -> None:
    for number in range(51):
        add_article(f"Artikel Nummer {number}")
    first = client.get("/").text
    assert titles(first) == [f"Artikel Nummer {number}" for number in range(50, 0, -1)]
    found = re.search(r'href="(/\?before=\d+)" rel="next"', first)
    assert found
    second = client.get(found.group(1)).text
    assert titles(second) == ["Artikel Nummer 0"]
    assert 'rel="next"' not in second


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"published": date(2024, 3, 5)}, "5. März 2024"),
        (
            {"published": None, "earliest": date(2024, 3, 1), "latest": date(2024, 3, 31)},
            "März 2024",
        ),
        ({"published": None}, "unbekannt"),
        ({"title": None}, "Artikel 1, ohne Titel"),
        ({"author": "Ina Weber", "outlet": "Wattlicht"}, "<bdi>Ina Weber</bdi> · <bdi>Wattlicht"),
        ({"state": "done"}, "erledigt"),
    ],
)
def test_an_entry_shows_what_is_known(
    client: TestClient, add_article: Adder, fields: dict[str, object], shown: str
) -> None:
    add_article(**fields)
    assert shown in client.get("/").text


def test_hostile_titles_stay_text(client: TestClient, add_article: Adder) -> None:
    add_article('<script>alert("1")</script>', outlet="\"><img src=x onerror='1'>")
    page = client.get("/").text
    assert "<script>alert" not in page
    assert "<img" not in page
