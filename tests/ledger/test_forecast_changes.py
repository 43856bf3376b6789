"""What people write on forecasts: every transition, who comes second, and what stays on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from forecast_samples import BRIDGE, PORT, PUBLISHED, Said, add, analysis
from sqlalchemy import select

from beleg.errors import LedgerConflict, LedgerMissing, LedgerRefused
from beleg.ledger import schema
from beleg.ledger.forecasts import (
    ForecastDetail,
    Outcome,
    dispute,
    forecast,
    give_probability,
    resolve,
    revoke,
    reword,
    set_topic,
    settle,
    sync_forecasts,
)
from beleg.ledger.store import Change, Ledger
from beleg.records import Analysis

WEB = "https://lunden.example/hafen"
MADE = analysis(Said(words=BRIDGE, latest=date(2026, 6, 30), sure=(0.66, 1.0)))


def enter(ledger: Ledger, made: Analysis = MADE) -> tuple[int, int]:
    """Article and forecast, its only one."""
    with ledger.change(who="anna") as change:
        article = add(change, made)
        sync_forecasts(change, article, made, {})
        id_ = change.db.scalar(select(schema.forecasts.c.id))
    assert id_ is not None
    return article, id_


def look(ledger: Ledger, id_: int) -> ForecastDetail:
    with ledger.read() as db:
        return forecast(db, id_)


def do(
    ledger: Ledger, action: Callable[..., Any], *args: Any, who: str = "anna", **more: Any
) -> Any:
    with ledger.change(who=who) as change:
        return action(change, *args, **more)


def to_state(ledger: Ledger, id_: int, state: str) -> None:
    if state in ("yes", "no", "void"):
        do(ledger, resolve, id_, state, evidence=WEB)
    elif state == "disputed":
        do(ledger, resolve, id_, "yes", evidence=WEB)
        do(ledger, dispute, id_, "Das stimmt nicht.")


@pytest.mark.parametrize("outcome", ["yes", "no", "void"])
def test_a_resolution_is_signed_and_belongs_to_the_wording(
    ledger: Ledger, outcome: Outcome
) -> None:
    _, id_ = enter(ledger)
    do(ledger, resolve, id_, outcome, evidence=WEB, note="Siehe dort.", who="berta", rev=1)
    found = look(ledger, id_)
    (one,) = found.resolutions
    assert found.resolution == one
    assert (found.entry.state, found.entry.rev) == (outcome, 2)
    assert (one.outcome, one.version, one.evidence, one.note, one.made_by) == (
        outcome, 1, WEB, "Siehe dort.", "berta",
    )  # fmt: skip


def test_a_disputed_forecast_is_settled_by_a_further_resolution(ledger: Ledger) -> None:
    _, id_ = enter(ledger)
    do(ledger, resolve, id_, "yes", evidence=WEB)
    do(ledger, dispute, id_, "Die Brücke steht nicht.", who="berta")
    assert look(ledger, id_).entry.state == "disputed"
    do(ledger, settle, id_, "no", note="Das Amt bestätigt es.", who="carl")
    found = look(ledger, id_)
    first, second = found.resolutions
    assert (found.entry.state, found.resolution) == ("no", second)
    assert (first.disputed_by, first.disputed_why) == ("berta", "Die Brücke steht nicht.")
    assert (second.made_by, second.revoked_at) == ("carl", None)


def test_revoking_goes_back_step_by_step_and_keeps_all_on_record(ledger: Ledger) -> None:
    _, id_ = enter(ledger)
    first = do(ledger, resolve, id_, "yes", evidence=WEB)
    do(ledger, dispute, id_, "Falsch.")
    second = do(ledger, settle, id_, "no", evidence=WEB)
    assert do(ledger, revoke, second, "Irrtum", who="berta") == "disputed"
    assert do(ledger, revoke, first, "Auch ein Irrtum") == "open"
    found = look(ledger, id_)
    assert (found.entry.state, found.resolution) == ("open", None)
    assert [one.revoked_why for one in found.resolutions] == ["Auch ein Irrtum", "Irrtum"]
    do(ledger, resolve, id_, "void", evidence=WEB)
    assert look(ledger, id_).entry.state == "void"


@pytest.mark.parametrize("state", ["yes", "no", "void", "disputed"])
def test_only_an_open_forecast_is_resolved_reworded_or_given_a_probability(
    ledger: Ledger, state: str
) -> None:
    _, id_ = enter(ledger)
    to_state(ledger, id_, state)
    before = look(ledger, id_)
    with pytest.raises(LedgerRefused):
        do(ledger, resolve, id_, "yes", evidence=WEB)
    with pytest.raises(LedgerRefused):
        do(ledger, reword, id_, question="Anders?", earliest=None, latest=None, why="So")
    with pytest.raises(LedgerRefused):
        do(ledger, give_probability, id_, 0.5)
    assert look(ledger, id_) == before


@pytest.mark.parametrize("state", ["open", "disputed"])
def test_only_a_resolved_forecast_is_disputed(ledger: Ledger, state: str) -> None:
    _, id_ = enter(ledger)
    to_state(ledger, id_, state)
    with pytest.raises(LedgerRefused):
        do(ledger, dispute, id_, "Nein.")


@pytest.mark.parametrize("state", ["open", "yes", "no", "void"])
def test_only_a_disputed_forecast_is_settled(ledger: Ledger, state: str) -> None:
    _, id_ = enter(ledger)
    to_state(ledger, id_, state)
    with pytest.raises(LedgerRefused):
        do(ledger, settle, id_, "yes", evidence=WEB)


def test_a_resolution_is_revoked_once(ledger: Ledger) -> None:
    _, id_ = enter(ledger)
    resolution = do(ledger, resolve, id_, "yes", evidence=WEB)
    do(ledger, revoke, resolution, "Irrtum")
    with pytest.raises(LedgerRefused, match="revoked already"):
        do(ledger, revoke, resolution, "Irrtum")


@pytest.mark.parametrize(
    "grounds",
    [
        {},
        {"note": "war so"},
        {"evidence": "lunden.example"},
        {"evidence": "javascript:alert(1)", "note": "Das steht alles dort."},
        {"evidence": "https://"},
        {"evidence": "https://lunden.example/a b"},
        {"evidence": "http://[", "note": ""},
        {"evidence": "https://lunden.example/" + "a" * 2_000},
        {"note": "ein zwei drei \x00"},
        {"note": "ein zwei drei \u202e"},
        {"note": "viel " * 3_000},
    ],
)
def test_no_resolution_without_sound_grounds(ledger: Ledger, grounds: dict[str, str]) -> None:
    _, id_ = enter(ledger)
    with pytest.raises(LedgerRefused):
        do(ledger, resolve, id_, "yes", **grounds)
    assert look(ledger, id_).resolutions == ()


def test_an_unknown_outcome_or_an_empty_reason_is_refused(ledger: Ledger) -> None:
    _, id_ = enter(ledger)
    with pytest.raises(LedgerRefused, match="no outcome"):
        do(ledger, resolve, id_, "maybe", evidence=WEB)
    resolution = do(ledger, resolve, id_, "yes", evidence=WEB)
    for action, number in ((dispute, id_), (revoke, resolution)):
        with pytest.raises(LedgerRefused, match="empty"):
            do(ledger, action, number, "  ")


ACTIONS: dict[str, Callable[[Change, int, int | None], Any]] = {
    "resolve": lambda change, id_, rev: resolve(change, id_, "yes", evidence=WEB, rev=rev),
    "reword": lambda change, id_, rev: reword(
        change, id_, question="Anders?", earliest=None, latest=None, why="klarer", rev=rev
    ),
    "probability": lambda change, id_, rev: give_probability(change, id_, 0.5, rev=rev),
    "topic": lambda change, id_, rev: set_topic(change, id_, "Hafen", rev=rev),
    "dispute": lambda change, id_, rev: dispute(change, id_, "Nein.", rev=rev),
    "settle": lambda change, id_, rev: settle(change, id_, "no", evidence=WEB, rev=rev),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_who_comes_second_is_told_who_was_first_and_changes_nothing(
    ledger: Ledger, action: str
) -> None:
    _, id_ = enter(ledger)
    do(ledger, set_topic, id_, "Brücke", who="berta", rev=1)
    before = look(ledger, id_)
    with pytest.raises(LedgerConflict, match=r"changed in the meantime by berta .*\(topic\)"):
        do(ledger, ACTIONS[action], id_, 1)
    assert look(ledger, id_) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_an_unknown_forecast_is_missing(ledger: Ledger, action: str) -> None:
    with pytest.raises(LedgerMissing):
        do(ledger, ACTIONS[action], 7, None)


def test_revoking_knows_conflicts_and_unknown_resolutions_too(ledger: Ledger) -> None:
    _, id_ = enter(ledger)
    resolution = do(ledger, resolve, id_, "yes", evidence=WEB)
    with pytest.raises(LedgerConflict):
        do(ledger, revoke, resolution, "Irrtum", rev=1)
    with pytest.raises(LedgerMissing):
        do(ledger, revoke, resolution + 1, "Irrtum")


def test_a_further_wording_leaves_the_ones_before_and_their_probabilities(ledger: Ledger) -> None:
    _, id_ = enter(ledger)
    do(ledger, give_probability, id_, 0.8, who="berta")
    version = do(
        ledger,
        reword,
        id_,
        question="Wird die Brücke gebaut?",
        earliest=PUBLISHED,
        latest=date(2027, 1, 1),
        condition="Geld",
        why="messbar",
    )
    found = look(ledger, id_)
    assert version == found.entry.version == 2
    assert (found.entry.question, found.entry.condition) == ("Wird die Brücke gebaut?", "Geld")
    assert (found.entry.latest, found.entry.low) == (date(2027, 1, 1), None)
    first, second = found.wordings
    assert (first.question, first.latest, first.made_by) == (BRIDGE, date(2026, 6, 30), "beleg")
    assert (second.made_by, second.why) == ("anna", "messbar")
    assert [(one.version, one.origin) for one in found.probabilities] == [
        (1, "extracted"), (1, "own"),
    ]  # fmt: skip


def test_who_says_it_is_the_same_claim_takes_the_certainty_word_along(ledger: Ledger) -> None:
    _, id_ = enter(ledger)
    do(
        ledger, reword, id_, question="Bleibt die Brücke ungebaut?", earliest=None,
        latest=date(2026, 6, 30), why="klarer", same_claim=True,
    )  # fmt: skip
    found = look(ledger, id_)
    assert (found.entry.low, found.entry.high, found.entry.said) == (0.66, 1.0, "wahrscheinlich")
    assert found.probabilities[-1].made_by == "anna"


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": " "},
        {"why": ""},
        {"earliest": date(2025, 2, 1), "latest": date(2025, 1, 1)},
        {"question": BRIDGE, "earliest": PUBLISHED, "latest": date(2026, 6, 30)},
        {"question": "a" * 2_001},
    ],
    ids=["empty", "no reason", "days turned round", "the same", "too long"],
)
def test_a_wording_that_says_nothing_new_or_nothing_is_refused(
    ledger: Ledger, wrong: dict[str, Any]
) -> None:
    _, id_ = enter(ledger)
    right = {"question": "Anders?", "earliest": None, "latest": None, "why": "klarer"}
    with pytest.raises(LedgerRefused):
        do(ledger, reword, id_, **{**right, **wrong})
    assert len(look(ledger, id_).wordings) == 1


@pytest.mark.parametrize("wrong", [-0.01, 1.01, float("nan"), float("inf")])
def test_what_is_no_probability_is_refused(ledger: Ledger, wrong: float) -> None:
    _, id_ = enter(ledger)
    with pytest.raises(LedgerRefused):
        do(ledger, give_probability, id_, wrong)


def test_a_probability_can_be_given_on_the_last_day_and_not_after(ledger: Ledger) -> None:
    _, id_ = enter(ledger)
    ledger.clock = lambda: datetime(2026, 6, 30, 23, 59, tzinfo=UTC)
    do(ledger, give_probability, id_, 0.9)
    ledger.clock = lambda: datetime(2026, 7, 1, tzinfo=UTC)
    with pytest.raises(LedgerRefused, match="2026-06-30"):
        do(ledger, give_probability, id_, 1.0)
    assert [one.low for one in look(ledger, id_).probabilities] == [0.66, 0.9]


def test_a_topic_is_set_and_taken_away(ledger: Ledger) -> None:
    _, id_ = enter(ledger)
    do(ledger, set_topic, id_, "  Hafen  und Brücke ")
    assert look(ledger, id_).entry.topic == "Hafen und Brücke"
    do(ledger, set_topic, id_, None)
    assert look(ledger, id_).entry.topic is None


def test_the_history_has_every_change_with_before_and_after(ledger: Ledger) -> None:
    article, id_ = enter(ledger)
    do(ledger, set_topic, id_, "Brücke")
    do(ledger, give_probability, id_, 0.8)
    do(ledger, reword, id_, question="Anders?", earliest=None, latest=None, why="klarer")
    first = do(ledger, resolve, id_, "yes", evidence=WEB, who="berta")
    do(ledger, dispute, id_, "Nein.")
    second = do(ledger, settle, id_, "no", evidence=WEB)
    do(ledger, revoke, second, "Irrtum")
    h = schema.history.c
    with ledger.read() as db:
        rows = db.execute(
            select(h.action, h.before, h.after, h.who, h.article_id)
            .where(h.subject == "forecast", h.subject_id == id_)
            .order_by(h.id)
        ).all()
    assert [row.action for row in rows] == [
        "topic", "give probability", "reword", "resolve", "dispute", "settle", "revoke",
    ]  # fmt: skip
    assert {row.article_id for row in rows} == {article}
    by_action = {row.action: row for row in rows}
    assert by_action["reword"].before["question"] == BRIDGE
    assert by_action["reword"].after["version"] == 2
    resolved = by_action["resolve"]
    assert (resolved.who, resolved.before, resolved.after["state"]) == (
        "berta", {"state": "open"}, "yes",
    )  # fmt: skip
    assert resolved.after["resolution"] == first
    assert by_action["revoke"].after == {
        "state": "disputed", "resolution": second, "why": "Irrtum",
    }  # fmt: skip


@pytest.mark.parametrize("touch", ["resolve", "reword", "probability", "topic", "revoked"])
def test_what_somebody_wrote_on_outlives_an_analysis_without_it(ledger: Ledger, touch: str) -> None:
    article, id_ = enter(ledger)
    if touch == "revoked":
        do(ledger, revoke, do(ledger, resolve, id_, "yes", evidence=WEB), "Irrtum")
    else:
        do(ledger, ACTIONS[touch], id_, None)
    before = look(ledger, id_)
    do(ledger, sync_forecasts, article, analysis(), {})
    without = look(ledger, id_)
    assert (before.entry.present, without.entry.present) == (True, False)
    assert without.wordings == before.wordings
    assert without.probabilities == before.probabilities
    assert without.resolutions == before.resolutions
    do(ledger, sync_forecasts, article, MADE, {})
    assert look(ledger, id_).entry.present


@pytest.mark.parametrize("touch", ["resolve", "reword", "probability", "topic"])
def test_a_new_analysis_does_not_change_the_wording_somebody_wrote_on(
    ledger: Ledger, touch: str
) -> None:
    article, id_ = enter(ledger)
    do(ledger, ACTIONS[touch], id_, None)
    before = look(ledger, id_)
    later = analysis(Said(words=BRIDGE[4:], latest=date(2030, 1, 1)))
    do(ledger, sync_forecasts, article, later, {})
    now = look(ledger, id_)
    assert (now.wordings, now.probabilities) == (before.wordings, before.probabilities)
    assert (now.entry.latest, now.entry.state) == (before.entry.latest, before.entry.state)
    assert now.entry.start == before.entry.start + 4


def test_the_chain_names_all_voices_up_to_the_holder(ledger: Ledger) -> None:
    _, id_ = enter(ledger, analysis(Said(words=PORT, holder="p1")))
    assert look(ledger, id_).chain == ("Lundener Bote", "Maria Muster")
