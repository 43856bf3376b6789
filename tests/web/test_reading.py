from __future__ import annotations

import json
import re
from typing import Any

import msgspec
import pytest
from markupsafe import Markup
from reading_samples import EXAMPLE, HOSTILE, emoji, hostile, put_in
from web_samples import TestClient

from beleg.ledger.article_changes import add_appearance
from beleg.ledger.store import Ledger
from beleg.records import Analysis
from beleg.text.article import Article
from beleg.web.reading.exports import EXPORTS
from beleg.web.reading.loaded import Bodies

LAYERS = ("quotes", "times", "status", "events", "forecasts", "argument", "wording", "people")


def first_key(layer: str) -> str:
    records: Any = EXAMPLE.argument.nodes if layer == "argument" else getattr(EXAMPLE, layer)
    record = records[0]
    if hasattr(record, "id"):
        return str(record.id)
    label = getattr(record, "label", None) or record.kind
    return f"{record.span.start}-{record.span.end} {label}"


def test_the_page_shows_what_the_report_shows(client: TestClient, ledger: Ledger) -> None:
    page = client.get(f"/articles/{put_in(ledger)}").text
    for part in ("w-q1", "card-q1", "card-t1", "tree", "says", "timeline", "forecasts", "argument"):
        assert f'id="{part}"' in page
    assert 'id="panel"' in page
    assert page.count("<h1") == 1


def test_every_record_can_be_linked_to_by_its_id(client: TestClient, ledger: Ledger) -> None:
    page = client.get(f"/articles/{put_in(ledger)}").text
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for layer in ("quotes", "times", "people", "forecasts", "events"):
        assert {record.id for record in getattr(EXAMPLE, layer)} <= set(ids)


def test_ids_of_a_foreign_file_do_not_become_addresses(client: TestClient, ledger: Ledger) -> None:
    quote = msgspec.structs.replace(emoji().quotes[0], id="article")
    analysis = msgspec.structs.replace(emoji(), quotes=(quote,))
    page = client.get(f"/articles/{put_in(ledger, analysis)}").text
    assert page.count('id="article"') == 1


@pytest.mark.parametrize("layer", [*LAYERS, "document"])
def test_the_panel_shows_a_record_of_each_layer(
    client: TestClient, ledger: Ledger, layer: str
) -> None:
    key = "document" if layer == "document" else first_key(layer)
    id_ = put_in(ledger)
    answer = client.get(f"/articles/{id_}", params={"layer": layer, "key": key, "part": "panel"})
    assert answer.status_code == 200
    assert 'data-of="record"' in answer.text
    assert 'value="confirm"' in answer.text
    assert "<html" not in answer.text


def test_the_panel_says_what_the_machine_says(client: TestClient, ledger: Ledger) -> None:
    id_ = put_in(ledger)
    panel = client.get(f"/articles/{id_}?layer=quotes&key=q2&part=panel").text
    assert "noch von niemandem geprüft" in panel
    assert "indirekt" in panel
    assert "<dt>Wer spricht</dt><dd><bdi>ein Sprecher" in panel


@pytest.mark.parametrize(
    "path",
    [
        "/articles/99",
        "/articles/1?layer=quotes&key=q99",
        "/articles/1?layer=nothing&key=q1",
        "/articles/1?new=document",
        "/articles/1/export/exe",
        "/articles/99/export/json",
    ],
)
def test_what_is_not_there_is_not_found(client: TestClient, ledger: Ledger, path: str) -> None:
    put_in(ledger)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_is_a_file_with_a_name(client: TestClient, ledger: Ledger, name: str) -> None:
    answer = client.get(f"/articles/{put_in(ledger)}/export/{name}")
    assert answer.status_code == 200
    assert answer.content
    assert answer.headers["content-type"].startswith(EXPORTS[name].media_type)
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="faehre-laeuft-vor-grauwick')
    assert disposition.endswith(f'.{EXPORTS[name].ending}"')


def test_the_json_export_is_the_analysis(client: TestClient, ledger: Ledger) -> None:
    answer = client.get(f"/articles/{put_in(ledger)}/export/json")
    assert Analysis.from_json(answer.content) == EXAMPLE


def test_places_are_offered_in_code_points(client: TestClient, ledger: Ledger) -> None:
    panel = client.get(f"/articles/{put_in(ledger, emoji())}?layer=times&key=t1&part=panel").text
    span = emoji().times[0].span
    assert f'name="f.span.start" value="{span.start}"' in panel
    assert f'name="f.span.end" value="{span.end}"' in panel


@pytest.mark.parametrize(
    "query", ["", "?layer=quotes&key=q1", "?layer=people&key=p1", "?layer=document&key=document"]
)
def test_hostile_text_stays_text(client: TestClient, ledger: Ledger, query: str) -> None:
    page = client.get(f"/articles/{put_in(ledger, hostile())}{query}").text
    assert "<script>window" not in page
    assert "<img" not in page
    assert "javascript:window" not in re.sub(r"<bdi>.*?</bdi>|value=\"[^\"]*\"", "", page)
    assert "style=" not in page
    assert HOSTILE.replace("<", "&lt;")[:10] in page


def test_where_else_the_text_appeared_is_listed(client: TestClient, ledger: Ledger) -> None:
    id_ = put_in(ledger)
    with ledger.change(who="anna") as change:
        text = EXAMPLE.document.text
        source = "https://moorbote.example/2"
        add_appearance(change, Article(text=text, outlet="Moorbote", source=source))
    page = client.get(f"/articles/{id_}").text
    assert "An 2 Orten erschienen" in page
    assert "<bdi>Moorbote</bdi>" in page


def test_the_page_speaks_english(client: TestClient, ledger: Ledger) -> None:
    page = client.get(f"/articles/{put_in(ledger)}?ui=en&layer=quotes&key=q1").text
    assert "not looked at by anybody yet" in page
    assert "Give out as" in page


def test_the_same_page_comes_from_what_is_kept(client: TestClient, ledger: Ledger) -> None:
    id_ = put_in(ledger)
    first, second = (client.get(f"/articles/{id_}").text for _ in range(2))
    assert re.sub(r'name="csrf" value="[^"]+"', "", first) == re.sub(
        r'name="csrf" value="[^"]+"', "", second
    )
    assert json.dumps(EXAMPLE.document.title, ensure_ascii=False)[1:20] in first


def test_bodies_are_kept_by_state_and_the_oldest_make_room() -> None:
    body = (Markup("<p>vorne</p>"), Markup("<p>hinten 🚢</p>"))
    other = (Markup("x" * 10), Markup("y" * 10))
    bodies = Bodies(most_bytes=100)
    bodies.put(1, 1, "de", body)
    assert bodies.get(1, 1, "de") == body
    assert bodies.get(1, 2, "de") is None
    assert bodies.get(1, 1, "en") is None
    for number in range(2, 12):
        bodies.put(number, 1, "de", other)
    assert bodies.get(1, 1, "de") is None
    assert bodies.get(11, 1, "de") == other
