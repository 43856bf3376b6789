from __future__ import annotations

from typing import Any

import msgspec
import pytest
from reading_samples import EXAMPLE, emoji, put_in, send
from sqlalchemy import select
from web_samples import TestClient

from beleg.ledger import schema
from beleg.ledger.articles import article
from beleg.ledger.corrections import correct, corrections_of, effective
from beleg.ledger.persons import enter_people, links
from beleg.ledger.reckoning import moved
from beleg.ledger.store import Ledger
from beleg.records import Analysis

CORRECTIONS = "/articles/1/corrections"
SECOND_TIME = EXAMPLE.document.text[slice(*EXAMPLE.times[1].span)]


@pytest.fixture
def page(client: TestClient, ledger: Ledger) -> str:
    """The page of the example, which is article 1."""
    put_in(ledger)
    shown: str = client.get("/articles/1").text
    return shown


def now(ledger: Ledger) -> Analysis:
    with ledger.read() as db:
        return effective(db, 1).analysis


def corrections_in(ledger: Ledger) -> list[int]:
    with ledger.read() as db:
        return [correction.id for correction in corrections_of(db, 1)]


def quote(ledger: Ledger, id_: str = "q2") -> Any:
    return next(quote for quote in now(ledger).quotes if quote.id == id_)


def test_a_record_is_confirmed(client: TestClient, ledger: Ledger, page: str) -> None:
    answer = send(client, CORRECTIONS, page, action="confirm", layer="quotes", key="q2")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/articles/1?layer=quotes&key=q2#panel"
    shown = client.get(answer.headers["location"]).text
    assert "Bestätigt." in shown
    assert "bestätigt: <bdi>anna</bdi>" in shown
    with ledger.read() as db:
        (made,) = corrections_of(db, 1)
    assert (made.action, made.made_by) == ("confirm", "anna")


@pytest.mark.parametrize(
    ("layer", "key", "fields", "expected"),
    [
        ("quotes", "q2", {"f.type": "direct"}, {"type": "direct"}),
        ("quotes", "q2", {"f.medium": "writing"}, {"medium": "writing"}),
        ("quotes", "q2", {"f.spans.start": "290", "f.spans.end": "346"}, {"spans": ((290, 346),)}),
        ("quotes", "q2", {"f.addressee.start": "300", "f.addressee.end": "310"}, {"addressee": ((300, 310),)}),
        ("quotes", "q2", {"f.speaker": ""}, {"speaker": None}),
        ("times", "t1", {"f.value": "2025-03-13", "f.earliest": "2025-03-13", "f.latest": "2025-03-13"}, {"value": "2025-03-13"}),
        ("forecasts", "f1", {"f.kind": "warning"}, {"kind": "warning"}),
        ("forecasts", "f1", {"f.holder": "author"}, {"holder": "author"}),
        ("forecasts", "f1", {"f.condition.start": "10", "f.condition.end": "20"}, {"condition": (10, 20)}),
        ("people", "p1", {"f.kind": "group"}, {"kind": "group"}),
        ("people", "p1", {"f.roles": "Lotse\n\n Kapitän "}, {"roles": ("Lotse", "Kapitän")}),
        ("argument", "n1", {"f.role": "precedent"}, {"role": "precedent"}),
        ("events", "e1", {"f.latest": ""}, {"latest": None}),
    ],
)  # fmt: skip
def test_a_field_is_corrected_and_the_others_stay(
    client: TestClient,
    ledger: Ledger,
    page: str,
    layer: str,
    key: str,
    fields: dict[str, str],
    expected: dict[str, Any],
) -> None:
    answer = send(client, CORRECTIONS, page, action="correct", layer=layer, key=key, **fields)
    assert answer.status_code == 303, answer.text
    records = now(ledger).argument.nodes if layer == "argument" else getattr(now(ledger), layer)
    record = next(record for record in records if record.id == key)
    assert {name: getattr(record, name) for name in expected} == expected


def test_a_forecast_gets_a_window(client: TestClient, ledger: Ledger, page: str) -> None:
    fields = {"f.window.earliest": "2025-04-01", "f.window.latest": "2025-04-30"}
    send(client, CORRECTIONS, page, action="correct", layer="forecasts", key="f1", **fields)
    window = now(ledger).forecasts[0].window
    assert window is not None
    assert str(window.latest) == "2025-04-30"
    page = client.get("/articles/1").text
    none = {"f.window.earliest": "", "f.window.latest": ""}
    send(client, CORRECTIONS, page, action="correct", layer="forecasts", key="f1", **none)
    assert now(ledger).forecasts[0].window is None


def test_another_speaker_is_chosen_and_the_chain_follows(
    client: TestClient, ledger: Ledger, page: str
) -> None:
    other = next(p.id for p in EXAMPLE.people if p.name == "Wiebke Anders")
    fields = {"f.speaker": other}
    answer = send(client, CORRECTIONS, page, action="correct", layer="quotes", key="q2", **fields)
    assert quote(ledger).speaker.person == other
    assert quote(ledger).chain[-1] == other
    shown = client.get(answer.headers["location"]).text
    assert '<span class="hint">zuvor: <bdi>ein Sprecher' in shown


def test_the_document_is_corrected(client: TestClient, ledger: Ledger, page: str) -> None:
    fields = {"f.title": "Neuer Titel", "f.published": "2025-03-15"}
    send(client, CORRECTIONS, page, action="correct", layer="document", key="document", **fields)
    document = now(ledger).document
    assert (document.title, str(document.published)) == ("Neuer Titel", "2025-03-15")
    assert document.author == EXAMPLE.document.author


def test_another_day_of_publication_moves_the_others_and_says_how_many(
    client: TestClient, ledger: Ledger, page: str
) -> None:
    before = now(ledger)
    fields = {"f.published": "2025-06-02"}
    answer = send(
        client, CORRECTIONS, page, action="correct", layer="document", key="document", **fields
    )
    after = now(ledger)
    assert after.document.published is not None
    counted = moved(before, after)
    assert counted.times > 3
    shown = client.get(answer.headers["location"]).text
    assert (
        f"Geänderte Tage: {counted.total} (Zeitangaben {counted.times}, "
        f"Ereignisse {counted.events}, Vorhersagen {counted.forecasts})" in shown
    )
    assert "vom anderen Tag aus neu gerechnet: 2025-06-02" in shown
    (made,) = corrections_in(ledger)
    undone = send(client, f"{CORRECTIONS}/{made}/undo", shown)
    assert "vom vorigen Tag aus neu gerechnet. Geänderte Tage" in client.get("/articles/1").text
    assert undone.status_code == 303
    assert now(ledger) == before


def test_the_emptied_day_is_said_in_the_pages_language(
    client: TestClient, ledger: Ledger, page: str
) -> None:
    fields = {"action": "reject", "layer": "document", "key": "document"}
    send(client, CORRECTIONS, page, **fields)
    shown = client.get("/articles/1?ui=en").text
    assert "reckoned anew without a day of publication. Days changed:" in shown
    assert now(ledger).document.published is None


def test_a_rejected_record_is_gone_and_can_be_brought_back(
    client: TestClient, ledger: Ledger, page: str
) -> None:
    answer = send(client, CORRECTIONS, page, action="reject", layer="quotes", key="q2")
    shown = client.get(answer.headers["location"]).text
    assert "q2" not in {q.id for q in now(ledger).quotes}
    assert "verworfen: <bdi>anna</bdi>" in shown
    undone = send(client, f"{CORRECTIONS}/1/undo", shown, layer="quotes", key="q2")
    assert undone.headers["location"] == "/articles/1?layer=quotes&key=q2#panel"
    assert now(ledger) == EXAMPLE


@pytest.mark.parametrize(
    ("layer", "fields"),
    [
        ("wording", {"f.span.start": "0", "f.span.end": "5", "f.kind": "hedge"}),
        ("status", {"f.span.start": "0", "f.span.end": "5", "f.label": "denied"}),
        ("quotes", {"f.spans.start": "0", "f.spans.end": "30", "f.type": "direct", "f.medium": "speech", "f.speaker": "p1", "f.sourcing": "role"}),
        ("times", {"f.span.start": "0", "f.span.end": "5", "f.type": "DATE", "f.value": "2025"}),
        ("forecasts", {"f.span.start": "0", "f.span.end": "30", "f.kind": "warning", "f.holder": "author"}),
        ("argument", {"f.span.start": "0", "f.span.end": "30", "f.role": "objection"}),
        ("events", {"f.span.start": "0", "f.span.end": "30"}),
        ("people", {"f.name": "Fähre", "f.kind": "unknown", "f.mentions.start": "0", "f.mentions.end": "5"}),
        ("checklist", {"f.span.start": "0", "f.span.end": "30", "f.why": ["dated", "denied"], "f.weight": "0.7"}),
        ("argument_edges", {"f.from": "n2", "f.to": "n1", "f.kind": "attacks"}),
    ],
)  # fmt: skip
def test_a_record_is_added_to_each_layer(
    client: TestClient, ledger: Ledger, page: str, layer: str, fields: dict[str, Any]
) -> None:
    if layer == "argument_edges" and EXAMPLE.argument.edges:
        send(client, CORRECTIONS, page, action="reject", layer=layer, key="n2>n1 supports")
        page = client.get("/articles/1").text
    answer = send(client, CORRECTIONS, page, action="add", layer=layer, **fields)
    assert answer.status_code == 303, answer.text
    shown = client.get(answer.headers["location"]).text
    assert "von Hand hinzugefügt: <bdi>anna</bdi>" in shown


def test_people_of_an_article_are_merged(client: TestClient, ledger: Ledger, page: str) -> None:
    answer = send(client, CORRECTIONS, page, action="merge", layer="people", key="p6", other="p13")
    assert answer.status_code == 303, answer.text
    people = {person.id: person for person in now(ledger).people}
    assert "p13" not in people
    assert len(people["p6"].mentions) == 2


def test_somebody_is_said_to_be_somebody_across_articles(
    client: TestClient, ledger: Ledger, page: str
) -> None:
    with ledger.change(who="anna") as change:
        (known,) = enter_people(change, [("Wiebke Anders-Holm", "person")])
    local = next(p.id for p in EXAMPLE.people if p.name == "Wiebke Anders")
    shown = client.get(f"/articles/1?layer=people&key={local}").text
    answer = send(client, f"/articles/1/people/{local}/across", shown, person=str(known))
    assert answer.status_code == 303, answer.text
    with ledger.read() as db:
        link = next(link for link in links(db, 1) if link.local == local)
    assert (link.person, link.basis) == (known, "confirmed")


@pytest.mark.parametrize("to", ["read", "done"])
def test_the_state_is_set(client: TestClient, ledger: Ledger, page: str, to: str) -> None:
    assert send(client, "/articles/1/state", page, to=to).status_code == 303
    with ledger.read() as db:
        assert article(db, 1).state == to


def test_who_comes_second_is_told_what_happened_and_keeps_what_was_typed(
    client: TestClient, ledger: Ledger, page: str
) -> None:
    with ledger.change(who="berta", why="Irrtum") as change:
        before = effective(change.db, 1).analysis.quotes[1]
        correct(
            change, 1, layer="quotes", action="confirm",
            before=_json(before), after=None, rev=None,
        )  # fmt: skip
    fields = {"f.medium": "writing", "because": "steht im Brief"}
    answer = send(client, CORRECTIONS, page, action="correct", layer="quotes", key="q2", **fields)
    assert answer.status_code == 409
    assert "Jemand anders war schneller" in answer.text
    assert "<bdi>berta</bdi>" in answer.text
    assert "Zitat bestätigt Die „Seeschwalbe“" in answer.text
    assert '<option value="writing" selected>' in answer.text
    assert 'value="steht im Brief"' in answer.text
    assert quote(ledger).medium == EXAMPLE.quotes[1].medium
    again = send(
        client, CORRECTIONS, answer.text, action="correct", layer="quotes", key="q2", **fields
    )
    assert again.status_code == 303
    assert quote(ledger).medium == "writing"


def test_a_conflict_about_a_record_that_is_gone_keeps_what_was_typed(
    client: TestClient, ledger: Ledger, page: str
) -> None:
    send(client, CORRECTIONS, page, action="reject", layer="quotes", key="q2")
    fields = {"f.medium": "writing"}
    answer = send(client, CORRECTIONS, page, action="correct", layer="quotes", key="q2", **fields)
    assert answer.status_code == 409
    assert "<dt>medium</dt><dd><bdi>writing</bdi></dd>" in answer.text


@pytest.mark.parametrize(
    ("layer", "key", "fields"),
    [
        ("quotes", "q2", {"f.spans.start": "300", "f.spans.end": "290"}),
        ("quotes", "q2", {"f.spans.start": "0", "f.spans.end": "99999"}),
        ("quotes", "q2", {"f.spans.start": "-1", "f.spans.end": "5"}),
        ("quotes", "q2", {"f.type": "shouted"}),
        ("quotes", "q2", {"f.speaker": "p999"}),
        ("times", "t1", {"f.span.start": "", "f.span.end": ""}),
        ("times", "t1", {"f.earliest": "gestern"}),
        ("times", "t1", {"f.value": "<b>"}),
        ("people", "p1", {"f.name": " "}),
    ],
)
def test_what_does_not_fit_is_refused_and_stays_in_the_form(
    client: TestClient, ledger: Ledger, page: str, layer: str, key: str, fields: dict[str, str]
) -> None:
    answer = send(client, CORRECTIONS, page, action="correct", layer=layer, key=key, **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert now(ledger) == EXAMPLE
    if layer == "quotes" and "f.spans.end" in fields:
        assert f'value="{fields["f.spans.end"]}"' in answer.text


@pytest.mark.parametrize(
    ("layer", "key", "fields", "german", "english"),
    [
        ("quotes", "q2", {"f.spans.start": "0", "f.spans.end": "99999"},
         "Die Stelle 0–99999 passt nicht in den Text", "The place 0–99999 does not fit the text"),
        ("quotes", "q2", {"f.speaker": "p999"},
         "„p999“ gibt es hier nicht (mehr)", "“p999” is not there (any more)"),
        ("quotes", "q2", {"f.spans.start": "-1", "f.spans.end": "5"},
         "„-1“ ist keine Stelle im Text", "“-1” is no place in the text"),
        ("times", "t1", {"f.span.start": "", "f.span.end": ""},
         "Markieren Sie die Wörter", "Mark the words"),
        ("times", "t1", {"f.earliest": "gestern"},
         "„gestern“ ist kein Tag", "“gestern” is no day"),
        ("times", "t1", {"f.span.start": str(EXAMPLE.times[1].span.start),
                         "f.span.end": str(EXAMPLE.times[1].span.end)},
         f"überschneidet sich mit „{SECOND_TIME}“", f"overlaps “{SECOND_TIME}”"),
        ("people", "p1", {"f.name": " "}, "Die Person hat keinen Namen", "The person has no name"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ui", ["de", "en"])
def test_why_something_does_not_fit_is_told_in_the_language_of_the_page(
    client: TestClient,
    page: str,
    ui: str,
    layer: str,
    key: str,
    fields: dict[str, str],
    german: str,
    english: str,
) -> None:
    path = f"{CORRECTIONS}?ui={ui}"
    answer = send(client, path, page, action="correct", layer=layer, key=key, **fields)
    told, other = (german, english) if ui == "de" else (english, german)
    assert told in answer.text
    assert other not in answer.text


def test_forms_without_their_mark_are_refused(
    client: TestClient, ledger: Ledger, page: str
) -> None:
    fields = {"action": "reject", "layer": "quotes", "key": "q2", "rev": "1"}
    assert client.post(CORRECTIONS, data=fields).status_code == 403
    assert now(ledger) == EXAMPLE


def test_what_cannot_be_applied_any_more_is_listed(
    client: TestClient, ledger: Ledger, page: str
) -> None:
    send(client, CORRECTIONS, page, action="confirm", layer="quotes", key="q2")
    with ledger.change(who="anna") as change:
        change.db.execute(
            schema.corrections.update().values(
                before={**_json(EXAMPLE.quotes[1]), "spans": [[99990, 99999]]}
            )
        )
        change.db.execute(schema.articles.update().values(rev=schema.articles.c.rev + 1))
    shown = client.get("/articles/1").text
    assert 'id="lost"' in shown
    assert "1 Angabe passt nicht mehr" in shown
    assert "Die Stelle 99990–99999 passt nicht in den Text" in shown
    assert "The place 99990–99999 does not fit" in client.get("/articles/1?ui=en").text


def test_the_history_tells_every_step(client: TestClient, ledger: Ledger, page: str) -> None:
    send(client, CORRECTIONS, page, action="confirm", layer="quotes", key="q2", because="gehört")
    shown = client.get("/articles/1").text
    assert "Zitat bestätigt Die „Seeschwalbe“" in shown
    assert "<bdi>gehört</bdi>" in shown
    assert "Artikel aufgenommen: wattlicht.example/7" in shown
    with ledger.read() as db:
        assert db.scalars(select(schema.corrections.c.why)).all() == ["gehört"]


def test_places_are_taken_in_code_points(client: TestClient, ledger: Ledger) -> None:
    put_in(ledger, emoji())
    page = client.get("/articles/1").text
    text = emoji().document.text
    start = text.index("bald")
    fields = {"f.spans.start": str(start), "f.spans.end": str(start + 4)}
    send(client, CORRECTIONS, page, action="correct", layer="quotes", key="q1", **fields)
    (span,) = quote(ledger, "q1").spans
    assert text[span.start : span.end] == "bald"


def _json(record: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(record))
