"""Forecasts follow the analysis until somebody writes on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from forecast_samples import BRIDGE, PORT, PUBLISHED, Said, add, analysis, person
from sqlalchemy import select

from beleg.ledger import schema
from beleg.ledger.forecasts import ForecastEntry, list_forecasts, sync_forecasts
from beleg.ledger.store import Ledger
from beleg.records import Analysis

TODAY = date(2024, 7, 1)


def enter(ledger: Ledger, made: Analysis, article: int | None = None) -> int:
    with ledger.change(who="anna") as change:
        id_ = add(change, made) if article is None else article
        sync_forecasts(change, id_, made, {})
    return id_


def all_of(ledger: Ledger) -> tuple[ForecastEntry, ...]:
    with ledger.read() as db:
        return list_forecasts(db, today=TODAY)


def history(ledger: Ledger) -> list[tuple[str, str, Any, Any]]:
    h = schema.history.c
    with ledger.read() as db:
        rows = db.execute(select(h.action, h.subject, h.before, h.after).order_by(h.id))
        return [tuple(row) for row in rows]


def test_a_new_forecast_has_the_articles_words_days_holder_and_certainty(ledger: Ledger) -> None:
    made = analysis(
        Said(words=PORT, holder="p1", kind="announcement"),
        Said(words=BRIDGE, latest=None, sure=(0.66, 1.0)),
    )
    with ledger.change(who="anna") as change:
        id_ = add(change, made)
        maria = person(change, "Maria Muster")
        sync_forecasts(change, id_, made, {"p1": maria})
    bridge, port = all_of(ledger)
    assert (port.question, port.holder, port.person, port.person_name) == (
        PORT, "Maria Muster", maria, "Maria Muster",
    )  # fmt: skip
    assert (port.earliest, port.latest, port.made_on) == (PUBLISHED, date(2024, 6, 30), PUBLISHED)
    assert (port.kind, port.state, port.version, port.rev, port.present) == (
        "announcement", "open", 1, 1, True,
    )  # fmt: skip
    assert (bridge.holder, bridge.by_author, bridge.person) == ("Karl Beispiel", True, None)
    assert (bridge.low, bridge.high, bridge.scale, bridge.said) == (
        0.66, 1.0, "ipcc-de", "wahrscheinlich",
    )  # fmt: skip
    assert history(ledger) == [
        ("find forecasts", "article", None, {"forecasts": [port.id, bridge.id]})
    ]


def test_the_same_analysis_again_changes_nothing(ledger: Ledger) -> None:
    made = analysis(Said(words=PORT), Said(words=BRIDGE, sure=(0.66, 1.0)))
    id_ = enter(ledger, made)
    before, noted = all_of(ledger), history(ledger)
    enter(ledger, made, id_)
    assert (all_of(ledger), history(ledger)) == (before, noted)


def test_another_number_in_the_analysis_is_not_worth_a_note(ledger: Ledger) -> None:
    id_ = enter(ledger, analysis(Said(words=BRIDGE)))
    (first,) = all_of(ledger)
    enter(ledger, analysis(Said(words=PORT), Said(words=BRIDGE)), id_)
    assert [one.id for one in all_of(ledger)] == [first.id + 1, first.id]
    assert [note[0] for note in history(ledger)] == ["find forecasts", "find forecasts"]


@pytest.mark.parametrize(
    "after",
    [
        Said(words=PORT, latest=date(2024, 12, 31)),
        Said(words=PORT[4:]),
    ],
    ids=["days", "words"],
)
def test_other_words_or_days_are_a_further_wording_by_beleg(ledger: Ledger, after: Said) -> None:
    id_ = enter(ledger, analysis(Said(words=PORT)))
    (first,) = all_of(ledger)
    enter(ledger, analysis(after), id_)
    (now,) = all_of(ledger)
    assert (now.id, now.version, now.rev) == (first.id, 2, 2)
    assert (now.question, now.latest) == (after.words, after.latest)
    with ledger.read() as db:
        w = schema.wordings.c
        rows = db.execute(select(w.version, w.question, w.made_by).order_by(w.version)).all()
    assert [tuple(row) for row in rows] == [(1, PORT, "beleg"), (2, after.words, "beleg")]
    action, _, before, noted = history(ledger)[-1]
    assert (action, before["latest"], noted["question"]) == ("reword", "2024-06-30", after.words)


def test_less_than_half_in_common_or_another_kind_is_another_forecast(ledger: Ledger) -> None:
    id_ = enter(ledger, analysis(Said(words=PORT), Said(words=BRIDGE)))
    old = {one.id for one in all_of(ledger)}
    enter(ledger, analysis(Said(words=PORT[-10:]), Said(words=BRIDGE, kind="warning")), id_)
    assert not old & {one.id for one in all_of(ledger)}


def test_what_nobody_wrote_on_is_deleted_with_the_analysis_and_noted(ledger: Ledger) -> None:
    id_ = enter(ledger, analysis(Said(words=PORT, sure=(0.1, 0.2))))
    enter(ledger, analysis(), id_)
    assert all_of(ledger) == ()
    action, subject, before, after = history(ledger)[-1]
    assert (action, subject, before["question"], after) == ("delete", "forecast", PORT, None)
    with ledger.read() as db:
        assert db.execute(select(schema.wordings)).all() == []
        assert db.execute(select(schema.probabilities)).all() == []


@pytest.mark.parametrize("after", [None, (0.5, 0.6)], ids=["none", "another"])
def test_another_certainty_for_the_same_words_takes_the_place_of_the_first(
    ledger: Ledger, after: tuple[float, float] | None
) -> None:
    id_ = enter(ledger, analysis(Said(words=BRIDGE, sure=(0.66, 1.0))))
    enter(ledger, analysis(Said(words=BRIDGE, sure=after)), id_)
    (now,) = all_of(ledger)
    assert now.version == 1
    assert ((now.low, now.high) if now.low is not None else None) == after
    action, _, before, _ = history(ledger)[-1]
    assert (action, before["low"]) == ("extract probability", 0.66)


def test_another_author_and_outlet_follow_the_article_and_are_noted(ledger: Ledger) -> None:
    id_ = enter(ledger, analysis(Said(words=PORT)))
    enter(ledger, analysis(Said(words=PORT), outlet="Nordblatt", author=None), id_)
    (now,) = all_of(ledger)
    assert (now.outlet, now.holder) == ("Nordblatt", None)
    assert history(ledger)[-1][0::2] == (
        "follow", {"holder": "Karl Beispiel", "outlet": "Lundener Bote"},
    )  # fmt: skip


def test_a_question_of_hostile_length_is_cut_visibly(ledger: Ledger) -> None:
    long = "Es wird " + "sehr " * 5_000 + "warm"
    enter(ledger, analysis(Said(words=long), text=f"{long}. wahrscheinlich"))
    (now,) = all_of(ledger)
    assert len(now.question) == 2_000
    assert now.question.endswith("…")
    assert replace(now, question="").end == len(long)
