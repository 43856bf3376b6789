"""Lists of forecasts by state, day, holder; page by page; and the calendar made from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from forecast_samples import BRIDGE, PORT, TEXT, Said, add, analysis, person
from sqlalchemy import update

from beleg.errors import LedgerMissing
from beleg.ledger import schema
from beleg.ledger.deadlines import deadline_entries
from beleg.ledger.forecasts import (
    ForecastEntry,
    ForecastFilter,
    Which,
    dispute,
    forecasts_in,
    give_probability,
    list_forecasts,
    own_probabilities,
    resolve,
    reword,
    set_topic,
    sync_forecasts,
)
from beleg.ledger.store import Ledger

TODAY = date(2024, 7, 1)
DAY = timedelta(days=1)
WEB = "https://lunden.example/hafen"


def enter(ledger: Ledger, *forecasts: Said, text: str = TEXT, outlet: str = "Bote") -> int:
    made = analysis(*forecasts, text=text, outlet=outlet)
    with ledger.change(who="anna") as change:
        article = add(change, made)
        sync_forecasts(change, article, made, {})
    return article


def on_days(ledger: Ledger, days: Sequence[date | None]) -> None:
    """One article with one forecast for each day."""
    for number, day in enumerate(days):
        enter(ledger, Said(words=PORT, latest=day), text=f"{number}. {TEXT}")


def pages(
    ledger: Ledger, which: Which, *, limit: int = 2, chosen: ForecastFilter | None = None
) -> list[ForecastEntry]:
    found: list[ForecastEntry] = []
    with ledger.read() as db:
        while page := list_forecasts(
            db, which, chosen, today=TODAY, limit=limit, before=found[-1].id if found else None
        ):
            assert len(page) <= limit
            found += page
    return found


@pytest.mark.parametrize(
    ("latest", "due"), [(TODAY - DAY, True), (TODAY, True), (TODAY + DAY, False), (None, False)]
)
def test_a_forecast_is_due_from_its_last_day_on(
    ledger: Ledger, latest: date | None, due: bool
) -> None:
    on_days(ledger, [latest])
    with ledger.read() as db:
        (one,) = list_forecasts(db, today=TODAY)
        assert list_forecasts(db, "due", today=TODAY) == ((one,) if due else ())
        assert list_forecasts(db, "open", today=TODAY) == (() if due else (one,))


def test_pages_of_due_ones_go_back_from_today(ledger: Ledger) -> None:
    days = [TODAY, TODAY - 3 * DAY, TODAY, TODAY - DAY, TODAY + DAY, None, TODAY - DAY]
    on_days(ledger, days)
    due = pages(ledger, "due")
    assert [one.latest for one in due] == sorted(
        (d for d in days if d and d <= TODAY), reverse=True
    )
    assert len({one.id for one in due}) == 5


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_pages_of_open_ones_go_on_from_today_and_end_with_those_without_a_day(
    ledger: Ledger, limit: int
) -> None:
    on_days(ledger, [None, TODAY + 2 * DAY, TODAY, TODAY + DAY, None, TODAY + DAY])
    found = pages(ledger, "open", limit=limit)
    assert [one.latest for one in found] == [
        TODAY + DAY, TODAY + DAY, TODAY + 2 * DAY, None, None,
    ]  # fmt: skip
    assert len({one.id for one in found}) == 5


def test_resolved_ones_are_no_longer_due_and_listed_apart(ledger: Ledger) -> None:
    on_days(ledger, [TODAY, TODAY, TODAY])
    first, second, third = sorted(one.id for one in pages(ledger, "all"))
    with ledger.change(who="anna") as change:
        resolve(change, first, "yes", evidence=WEB)
        resolve(change, third, "void", evidence=WEB)
    assert [one.id for one in pages(ledger, "resolved", limit=1)] == [third, first]
    assert [one.id for one in pages(ledger, "due")] == [second]
    assert [one.id for one in pages(ledger, "all", limit=1)] == [third, second, first]


def test_forecasts_are_listed_by_their_state_the_last_entered_first(ledger: Ledger) -> None:
    on_days(ledger, [TODAY - DAY] * 4)
    with ledger.change(who="anna") as change:
        for id_ in (1, 2, 3):
            resolve(change, id_, "yes", evidence=WEB, note="")
        dispute(change, 2, "Der Hafen ist noch zu.")
    with ledger.read() as db:
        assert [one.id for one in forecasts_in(db, ["yes", "no", "void"])] == [3, 1]
        assert [one.id for one in forecasts_in(db, ["yes", "disputed"], limit=2)] == [3, 2]
        assert [one.id for one in forecasts_in(db, ["yes", "disputed"], before=2)] == [1]
        assert forecasts_in(db, ["yes"], ForecastFilter(outlet="Nordblatt")) == ()
        with pytest.raises(LedgerMissing):
            forecasts_in(db, ["yes"], before=99)


def test_of_ones_own_probabilities_the_last_for_the_present_wording_is_shown(
    ledger: Ledger,
) -> None:
    on_days(ledger, [date(2030, 1, 1)] * 2)
    with ledger.change(who="anna") as change:
        for id_, share in ((1, 0.3), (1, 0.4), (2, 0.5)):
            give_probability(change, id_, share)
        reword(
            change, 2, question="Ist er frei?", earliest=None, latest=date(2030, 1, 1), why="klarer"
        )
    with ledger.read() as db:
        assert own_probabilities(db, [1, 2]) == {1: 0.4}


def test_lists_are_narrowed_by_what_is_asked_for(ledger: Ledger) -> None:
    one = enter(ledger, Said(words=PORT), Said(words=BRIDGE, kind="warning", latest=None))
    two = enter(ledger, Said(words=PORT, latest=TODAY + DAY), text=f"2. {TEXT}", outlet="Blatt")
    port, bridge = sorted(entry.id for entry in pages(ledger, "all") if entry.article_id == one)
    (other,) = (entry.id for entry in pages(ledger, "all") if entry.article_id == two)
    with ledger.change(who="anna") as change:
        set_topic(change, bridge, "Verkehr")
    for chosen, expected in (
        (ForecastFilter(outlet="Blatt"), [other]),
        (ForecastFilter(kind="warning"), [bridge]),
        (ForecastFilter(topic="Verkehr"), [bridge]),
        (ForecastFilter(article=one), [bridge, port]),
        (ForecastFilter(holder="Karl Beispiel", kind="prediction"), [other, port]),
        (ForecastFilter(since=TODAY), [other]),
        (ForecastFilter(until=TODAY), [port]),
        (ForecastFilter(outlet="nirgends"), []),
    ):
        assert [entry.id for entry in pages(ledger, "all", chosen=chosen)] == expected


def test_somebody_is_found_with_everybody_merged_into_them(ledger: Ledger) -> None:
    made = analysis(Said(words=PORT, holder="p1"), Said(words=BRIDGE))
    with ledger.change(who="anna") as change:
        article = add(change, made)
        maria = person(change, "Maria Muster")
        alias = person(change, "M. Muster", root=maria)
        sync_forecasts(change, article, made, {"p1": alias})
    (found,) = pages(ledger, "all", chosen=ForecastFilter(person=maria))
    assert (found.person, found.person_name, found.holder) == (
        maria, "Maria Muster", "Maria Muster",
    )  # fmt: skip
    assert pages(ledger, "all", chosen=ForecastFilter(person=alias)) == []


def test_a_page_after_an_unknown_forecast_is_missing(ledger: Ledger) -> None:
    with ledger.read() as db, pytest.raises(LedgerMissing):
        list_forecasts(db, today=TODAY, before=99)


def test_the_calendar_has_what_is_to_come_and_what_passed_lately(ledger: Ledger) -> None:
    on_days(ledger, [TODAY + DAY, TODAY - 40 * DAY, None, TODAY - 3 * DAY])
    resolved = pages(ledger, "due", limit=1)[0].id
    with ledger.change(who="anna") as change:
        resolve(change, resolved, "no", evidence=WEB)
    with ledger.read() as db:
        first, second = deadline_entries(
            db, today=TODAY, address=lambda id_: f"http://localhost/forecasts/{id_}"
        )
    assert (first.day, first.state, first.uid) == (
        TODAY - 3 * DAY, "no", f"forecast-{resolved}@beleg",
    )  # fmt: skip
    assert first.url == f"http://localhost/forecasts/{resolved}"
    assert (second.day, second.state) == (TODAY + DAY, "open")
    assert (second.title, second.quote, second.article, second.holder, second.kind) == (
        PORT, PORT, "Hafen und Brücke", "Karl Beispiel", "prediction",
    )  # fmt: skip


def test_the_calendar_leaves_out_what_is_gone_unless_it_is_resolved(ledger: Ledger) -> None:
    on_days(ledger, [TODAY, TODAY])
    first = pages(ledger, "all")[-1].id
    with ledger.change(who="anna") as change:
        resolve(change, first, "yes", evidence=WEB)
        change.db.execute(update(schema.forecasts).values(present=False))
    with ledger.read() as db:
        assert [one.state for one in deadline_entries(db, today=TODAY)] == ["yes"]
