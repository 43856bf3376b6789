"""What the ledger refuses is said in the language of the page, with what to do."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from board_samples import enter, ferry, port
from web_samples import TestClient, mark_of

import beleg
from beleg.ledger.store import Ledger
from beleg.messages import Message
from beleg.report.failures import german
from beleg.web.refusals import said, unaskable
from beleg.web.words import words_of

# Keys that are put together from a state.
TOGETHER = {"check_checked", "check_dropped", "dispute_open", "dispute_disputed"}
WORDS = {"question": "Ist der Hafen frei?", "why": "klarer", "latest": "2024-06-30"}


def named() -> set[str]:
    """The keys of all messages in the code."""
    found = set()
    for folder in ("ledger", "web"):
        for place in (Path(beleg.__file__).parent / folder).rglob("*.py"):
            found |= set(re.findall(r'Message\(\s*"(\w+)"', place.read_text(encoding="utf-8")))
    return found - german().keys()  # of inputs: reports have words for these


@pytest.mark.parametrize("key", sorted(named() | TOGETHER))
def test_pages_have_words_for_every_message(key: str) -> None:
    assert all(words_of(ui).has(f"refused.{key}") for ui in ("de", "en"))


def test_no_words_are_kept_that_no_message_has() -> None:
    known = {
        key.split(".")[1] for key in words_of("de").keys if re.fullmatch(r"refused\.[a-z_]+", key)
    }
    assert known - {"named"} == named() | TOGETHER


def send(client: TestClient, path: str, ui: str, **fields: str) -> Any:
    mark = mark_of(client.get("/add").text)
    return client.post(f"{path}?ui={ui}", data={"csrf": mark, "rev": "1", **fields})


@pytest.mark.parametrize(
    ("path", "fields", "german", "english"),
    [
        ("/checks/1/verdict", {"verdict": "stimmt", "evidence": "ftp://a.example"},
         "Der Beleg ist keine Webadresse", "The evidence is no web address"),
        ("/checks/1/verdict", {"verdict": "stimmt"},
         "eine Notiz aus wenigstens 3 Wörtern", "a note of at least 3 words"),
        ("/checks/1/verdict", {"verdict": " ", "note": "drei gute Worte"},
         "Es fehlt: das Ergebnis", "Missing: the verdict"),
        ("/checks/1/reopen", {"why": "doch"}, "Die Stelle ist schon offen", "is open already"),
        ("/forecasts/1/dispute", {"why": "nein"},
         "noch nicht entschieden", "is not resolved yet"),
        ("/forecasts/1/resolve", {"outcome": "yes"},
         "Es fehlt ein Beleg", "There is no evidence"),
        ("/forecasts/1/wording", WORDS | {"earliest": "2024-07-01"},
         "Der erste Tag (1. Juli 2024) liegt nach dem letzten (30. Juni 2024)",
         "The first day (1 July 2024) is after the last (30 June 2024)"),
        ("/checks/1/verdict", {"verdict": "a" * 501, "note": "drei gute Worte"},
         "Zu lang (das Ergebnis): 501 Zeichen", "Too long (the verdict): 501 characters"),
        ("/people/1/note", {"note": "a\x07b"}, "Unsichtbares Zeichen U+0007 (die Notiz)",
         "Invisible character U+0007 (the note)"),
        ("/people/1/part", {}, "mit niemandem zusammengelegt", "merged with nobody"),
        ("/people/1/merge", {"into": "99"}, "Prüfen Sie die Nummer", "Check the number"),
        ("/forecasts/99/topic", {"topic": "Häfen"}, "Das gibt es nicht (mehr)",
         "There is no such entry"),
        ("/inbox/99/state", {"state": "read"}, "Prüfen Sie die Nummer", "Check the number"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ui", ["de", "en"])
def test_a_refusal_speaks_the_language_of_the_page(
    client: TestClient,
    ledger: Ledger,
    ui: str,
    path: str,
    fields: dict[str, str],
    german: str,
    english: str,
) -> None:
    enter(ledger, port(), ferry())
    answer = send(client, path, ui, **fields)
    assert answer.status_code in (404, 422)
    told, other = (german, english) if ui == "de" else (english, german)
    assert told in answer.text
    assert other not in answer.text


@pytest.mark.parametrize(
    ("ui", "told"),
    [
        ("de", "Fehlt oder hat keinen möglichen Wert: verdict, rating."),
        ("en", "Missing, or without a possible value: verdict, rating."),
    ],
)
def test_what_no_form_sends_is_told_by_its_fields(
    client: TestClient, ledger: Ledger, ui: str, told: str
) -> None:
    enter(ledger, port())
    answer = send(client, "/checks/1/verdict", ui, note="drei gute Worte", rating="gut")
    assert answer.status_code == 422
    assert told in answer.text


@pytest.mark.parametrize(
    ("ui", "told"),
    [("de", "Zuletzt geändert von anna, "), ("en", "Last changed by anna, ")],
)
def test_a_conflict_says_who_when_and_what_in_the_language_of_the_page(
    client: TestClient, ledger: Ledger, ui: str, told: str
) -> None:
    enter(ledger, port())
    assert send(client, "/checks/1/drop", ui, why="keine Angabe").status_code == 303
    answer = send(client, "/checks/1/drop", ui, why="noch einmal")
    assert answer.status_code == 409
    assert told in answer.text
    assert f"({words_of(ui).say('act.drop')})" in answer.text
    assert "UTC" not in answer.text


@pytest.mark.parametrize(("ui", "told"), [("de", "höchstens 32"), ("en", "at most 32")])
@pytest.mark.parametrize("path", ["/search", "/people", "/people/1", "/timeline"])
def test_too_many_words_to_search_are_told_on_every_page(
    client: TestClient, ledger: Ledger, path: str, ui: str, told: str
) -> None:
    enter(ledger, port())
    assert told in client.get(f"{path}?ui={ui}&q={'+'.join(['wort'] * 33)}").text


def test_a_query_that_can_be_asked_is_not_refused() -> None:
    assert unaskable("Hafen", "de") is None
    assert unaskable(None, "de") is None
    assert unaskable("-Hafen", "en") == words_of("en").say("refused.no_word")


def test_programs_are_told_in_english_whatever_their_language(
    client: TestClient, ledger: Ledger
) -> None:
    enter(ledger, port())
    headers = {"X-Beleg": "test", "Accept-Language": "de"}
    body = {"verdict": "stimmt", "evidence": "ftp://a.example", "rev": 1}
    answer = client.post("/api/v1/checks/1/verdict", json=body, headers=headers)
    assert answer.json()["detail"].startswith("the evidence is no web address. ")


def test_a_message_reads_as_its_english_and_fills_in_its_fields() -> None:
    message = Message("probability_late", "its last day was 2024-03-05", day=date(2024, 3, 5))
    assert message == "its last day was 2024-03-05"
    assert "5. März 2024" in str(said(message, "de"))
    assert said("a plain text", "de") is None
    assert said(deepcopy(message), "en") == said(message, "en")
