from __future__ import annotations

import json
import re
from datetime import date

import pytest
from board_samples import enter, ferry, port
from web_samples import TestClient, mark_of

from beleg.ledger.store import Ledger


@pytest.fixture(autouse=True)
def entered(ledger: Ledger) -> None:
    enter(ledger, port(), ferry())


def send(client: TestClient, path: str, **fields: str) -> int:
    """Sends a form with the rev its page shows."""
    page = client.get(re.sub(r"/[a-z]+$", "", path)).text
    rev = re.search(r'name="rev" value="(\d+)"', page)
    assert rev
    data = {"csrf": mark_of(page), "rev": rev.group(1), **fields}
    return int(client.post(path, data=data).status_code)


def resolve(client: TestClient, outcome: str = "yes") -> int:
    return send(client, "/forecasts/1/resolve", outcome=outcome, evidence="https://a.example/x")


def test_an_open_forecast_shows_range_window_and_days_left(client: TestClient) -> None:
    page = client.get("/forecasts?which=open").text
    assert "66 bis 100 %" in page
    assert "5. März – 30. Juni 2024" in page
    assert "noch 115 Tage" in page
    assert "Maria Muster" in page
    assert "Nichts ist fällig." in client.get("/forecasts").text


@pytest.mark.parametrize("asked", ["outlet=Kanal Sund", "kind=warning", "topic=x", "person=2"])
def test_the_board_narrows_by_what_is_asked(client: TestClient, asked: str) -> None:
    assert "Keine offene Vorhersage." in client.get(f"/forecasts?which=open&{asked}").text


def test_ones_own_estimate_stands_beside_the_extracted_range(client: TestClient) -> None:
    assert send(client, "/forecasts/1/probability", percent="40") == 303
    assert "40 %" in client.get("/forecasts?which=open").text
    assert send(client, "/forecasts/1/probability", percent="101") == 422


def test_a_forecast_is_resolved_disputed_settled_and_taken_back(client: TestClient) -> None:
    assert resolve(client) == 303
    assert "eingetreten" in client.get("/forecasts?which=resolved").text
    assert resolve(client, "no") == 422
    assert send(client, "/forecasts/1/dispute", why="Der Kran steht noch.") == 303
    assert "strittig" in client.get("/forecasts?which=disputed").text
    assert 'href="/forecasts/1"' not in client.get("/forecasts?which=resolved").text
    assert resolve(client, "no") == 303
    assert "nicht eingetreten" in client.get("/forecasts?which=resolved").text
    assert send(client, "/forecasts/1/revoke", resolution="2", why="Ein Versehen.") == 303
    page = client.get("/forecasts/1").text
    assert "Ein Versehen." in page
    assert "Der Kran steht noch." in page


def test_a_resolution_without_grounds_is_refused_and_what_was_typed_kept(
    client: TestClient,
) -> None:
    page = client.get("/forecasts/1").text
    data = {"csrf": mark_of(page), "rev": "1", "outcome": "yes", "note": "halt so"}
    answer = client.post("/forecasts/1/resolve", data=data)
    assert answer.status_code == 422
    assert "halt so" in answer.text


def test_wordings_before_stay_on_record(client: TestClient) -> None:
    fields = {"question": "Ist der Hafen frei?", "why": "klarer", "latest": "2024-07-31"}
    assert send(client, "/forecasts/1/wording", **fields, same_claim="true") == 303
    page = client.get("/forecasts/1").text
    assert "Der Hafen wird bis Juni wahrscheinlich wieder frei." in page
    assert "Ist der Hafen frei?" in page
    assert "66 bis 100 %" in client.get("/forecasts?which=open").text


def test_a_topic_is_set_and_filtered_by(client: TestClient) -> None:
    assert send(client, "/forecasts/1/topic", topic="Häfen") == 303
    assert 'href="/forecasts/1"' in client.get("/forecasts?which=open&topic=Häfen").text


def test_the_calendar_has_the_deadline_with_its_address(client: TestClient) -> None:
    answer = client.get("/forecasts/calendar.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    text = answer.text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20240630" in text
    assert "URL:http://localhost:8765/forecasts/1" in text


def test_scores_keep_to_what_has_passed_and_say_when_it_is_too_little(
    client: TestClient, ledger: Ledger
) -> None:
    enter(ledger, port(last_day=date(2024, 3, 6)))
    assert resolve(client) == 303
    page = client.get("/forecasts/scores").text
    assert "vorzeitig entschieden" in page
    assert "Noch keine Vorhersage mit Wahrscheinlichkeit" in page


def test_scores_show_figures_plot_and_rank_rule(client: TestClient, ledger: Ledger) -> None:
    client.get("/forecasts/scores")  # what is kept must not outlive the change
    assert send(client, "/forecasts/1/wording", question="Frei?", why="kürzer",
                latest="2024-03-06", same_claim="true") == 303  # fmt: skip
    assert resolve(client, "no") == 303
    page = client.get("/forecasts/scores?by=outlet").text
    assert "0,689" in page  # (0.83 - 0) squared
    assert "Unter 10 entscheidet vor allem der Zufall" in page
    assert 'class="calibration"' in page
    assert "Lundener Bote" in page
    english = client.get("/forecasts/scores?ui=en").text
    assert "0.689" in english


def test_scores_of_nothing_say_so(client: TestClient) -> None:
    assert "Dazu gibt es keine Vorhersagen" in client.get("/forecasts/scores?outlet=Niemand").text


def test_checks_are_filtered_judged_and_exported(client: TestClient) -> None:
    assert "Der Umbau kostete" in client.get("/checks?reason=exact figure").text
    assert "Der Umbau kostete" not in client.get("/checks?reason=denied").text
    assert "Dazu gibt es nichts" in client.get("/checks?outlet=Niemand").text
    assert json.loads(client.get("/checks/claimreview.json").text)["@graph"] == []
    verdict = {"verdict": "Es waren 41.", "rating": "2", "evidence": "https://a.example/h"}
    assert send(client, "/checks/1/verdict", **verdict, note="Haushalt, Seite 12") == 303
    (review,) = json.loads(client.get("/checks/claimreview.json?article=1").text)["@graph"]
    assert review["claimReviewed"] == "Der Umbau kostete 40 Millionen Euro."
    assert review["reviewRating"]["ratingValue"] == 2
    assert review["reviewRating"]["alternateName"] == "Es waren 41."
    assert review["citation"] == "https://a.example/h"
    assert review["author"]["name"] == "anna"
    assert json.loads(client.get("/checks/claimreview.json?article=2").text)["@graph"] == []


def test_the_same_words_were_checked_before(client: TestClient) -> None:
    assert send(client, "/checks/1/verdict", verdict="stimmt", note="laut dem Haushalt") == 303
    assert "schon 1-mal geprüft" in client.get("/checks").text
    page = client.get("/checks/2").text
    assert "Schon anderswo geprüft" in page
    assert "laut dem Haushalt" in page
    assert "geprüft" not in client.get("/checks?state=checked").text.partition("<ol")[2]


def test_a_check_is_dropped_and_opened_again(client: TestClient) -> None:
    assert send(client, "/checks/1/drop", why="keine Angabe") == 303
    assert "keine Angabe" in client.get("/checks/1").text
    assert send(client, "/checks/1/verdict", verdict="x", note="drei kurze Wörter") == 422
    assert send(client, "/checks/1/reopen", why="doch eine") == 303
    assert "/checks/1" in client.get("/checks").text
