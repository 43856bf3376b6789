"""Another day of publication: what counts from it is reckoned anew, and back again."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import msgspec
import pytest
from made import analysis_of as bare
from sqlalchemy import select

from beleg.analyse import redated
from beleg.errors import LedgerRefused
from beleg.ledger import schema
from beleg.ledger.article_changes import add_article, renew_analysis
from beleg.ledger.articles import article
from beleg.ledger.corrections import correct, effective, found_by_machine, revoke
from beleg.ledger.forecasts import ForecastFilter, list_forecasts
from beleg.ledger.history import HistoryFilter, list_history
from beleg.ledger.reckoning import Moved, moved
from beleg.ledger.store import Ledger
from beleg.records import Analysis
from invariants import assert_sound

TEXT = (
    "Gestern fiel im Hafen von Lunden der Kran um. Am Montag hatte ihn ein Prüfer besichtigt. "
    "Bis Ende nächsten Monats wird die Stadt den Kran ersetzen. "
    "Der Hafen war am 3. März 2024 eröffnet worden."
)
MARCH, APRIL = date(2024, 3, 7), date(2024, 4, 11)
UNDATED = redated(bare(TEXT, title="Kran umgefallen"), None)
IN_MARCH = redated(UNDATED, MARCH)


def _add(ledger: Ledger, analysis: Analysis) -> int:
    with ledger.change(who="anna") as change:
        return add_article(change, analysis, source="kran.txt").id


def _date(ledger: Ledger, id_: int, day: date | None, *, who: str = "berta") -> int:
    """Says on which day the article appeared; the correction's number."""
    with ledger.change(who=who, why="Impressum") as change:
        now = effective(change.db, id_).analysis.document.published
        before, after = ({"published": d and d.isoformat()} for d in (now, day))
        return correct(
            change, id_, layer="document", action="correct", before=before, after=after, rev=None
        )


def _say(ledger: Ledger, id_: int, layer: Any, words: str, **fields: Any) -> int:
    """Gives the record at these words other values, or confirms it where there are none."""
    with ledger.change(who="berta") as change:
        now = effective(change.db, id_).analysis
        record = json.loads(msgspec.json.encode(_at(now, layer, words)))
        after = {**record, **fields} if fields else None
        action: Any = "correct" if fields else "confirm"
        return correct(
            change, id_, layer=layer, action=action, before=record, after=after, rev=None
        )


def _at(analysis: Analysis, layer: str, words: str) -> Any:
    start = TEXT.index(words)
    return next(r for r in getattr(analysis, layer) if r.span.start <= start < r.span.end)


def _now(ledger: Ledger, id_: int) -> Analysis:
    with ledger.read() as db:
        return effective(db, id_).analysis


def _rows(ledger: Ledger, id_: int) -> dict[str, Any]:
    """What stands in the rows that are searched and sorted by."""
    with ledger.read() as db:
        entry = article(db, id_)
        events = select(schema.events).where(schema.events.c.article_id == id_)
        found = list_forecasts(
            db, "all", ForecastFilter(article=id_), today=date(2024, 1, 1), limit=10
        )
        basis = db.scalar(select(schema.articles.c.basis).where(schema.articles.c.id == id_))
        return {
            "days": (entry.published, entry.earliest, entry.latest, entry.day, basis),
            "events": [(e.start, e.earliest, e.latest) for e in db.execute(events)],
            "deadlines": [(f.earliest, f.latest) for f in found],
        }


@pytest.mark.parametrize("machine", [UNDATED, IN_MARCH], ids=["undated", "dated"])
def test_everything_follows_the_day_that_is_said(ledger: Ledger, machine: Analysis) -> None:
    id_ = _add(ledger, machine)
    _date(ledger, id_, APRIL)
    expected = redated(machine, APRIL)
    assert _now(ledger, id_) == expected
    assert_sound(expected)
    yesterday = _at(expected, "times", "Gestern")
    assert (yesterday.earliest, yesterday.latest) == (date(2024, 4, 10), date(2024, 4, 10))
    rows = _rows(ledger, id_)
    assert rows["days"] == (APRIL, APRIL, APRIL, APRIL, "given")
    assert (0, date(2024, 4, 10), date(2024, 4, 10)) in rows["events"]
    assert [latest for _, latest in rows["deadlines"]] == [date(2024, 5, 31)]


def test_the_same_as_an_article_that_came_with_that_day(ledger: Ledger) -> None:
    id_ = _add(ledger, IN_MARCH)
    _date(ledger, id_, APRIL)
    assert _now(ledger, id_) == redated(UNDATED, APRIL)


def test_undoing_brings_the_reckoning_before_back(ledger: Ledger) -> None:
    id_ = _add(ledger, IN_MARCH)
    before = _now(ledger, id_), _rows(ledger, id_)
    correction = _date(ledger, id_, APRIL)
    with ledger.change(who="carla") as change:
        revoke(change, correction, None)
    assert (_now(ledger, id_), _rows(ledger, id_)) == before


def test_of_two_days_the_one_undone_last_leaves_the_other(ledger: Ledger) -> None:
    id_ = _add(ledger, UNDATED)
    _date(ledger, id_, MARCH)
    second = _date(ledger, id_, APRIL)
    with ledger.change(who="carla") as change:
        revoke(change, second, None)
    assert _now(ledger, id_) == redated(UNDATED, MARCH)


def test_without_its_day_an_article_is_dated_from_its_text(ledger: Ledger) -> None:
    id_ = _add(ledger, IN_MARCH)
    _date(ledger, id_, None)
    assert _now(ledger, id_) == UNDATED
    assert _at(_now(ledger, id_), "times", "Gestern").value == "XXXX-XX-XX"


def test_the_day_is_held_against_the_text(ledger: Ledger) -> None:
    """A text that tells of 3 March 2024 as past cannot be of January."""
    id_ = _add(ledger, IN_MARCH)
    assert _now(ledger, id_).dating.conflicts == ()
    _date(ledger, id_, date(2024, 1, 9))
    spans = [span for c in _now(ledger, id_).dating.conflicts for span in c.spans]
    assert any(TEXT[start:end] == "3. März 2024" for start, end in spans)


def test_what_people_said_of_single_records_goes_before_the_reckoning(ledger: Ledger) -> None:
    id_ = _add(ledger, IN_MARCH)
    day = "2024-02-20"
    _say(ledger, id_, "times", "Gestern", value=day, earliest=day, latest=day)
    _say(ledger, id_, "forecasts", "die Stadt den Kran", kind="announcement")
    _date(ledger, id_, APRIL)
    now = _now(ledger, id_)
    assert str(_at(now, "times", "Gestern").earliest) == day
    assert _at(now, "times", "Montag").earliest == date(2024, 4, 8)
    forecast = _at(now, "forecasts", "die Stadt den Kran")
    assert forecast.kind == "announcement"
    assert forecast.window.latest == date(2024, 5, 31)


def test_what_was_confirmed_stays_as_it_was_confirmed(ledger: Ledger) -> None:
    id_ = _add(ledger, IN_MARCH)
    _say(ledger, id_, "times", "Montag")
    _date(ledger, id_, APRIL)
    assert _at(_now(ledger, id_), "times", "Montag").earliest == date(2024, 3, 4)


def test_a_later_analysis_is_reckoned_from_that_day_too(ledger: Ledger) -> None:
    id_ = _add(ledger, IN_MARCH)
    correction = _date(ledger, id_, APRIL)
    newer = msgspec.structs.replace(IN_MARCH, model="test@2")
    with ledger.change(who="anna") as change:
        assert renew_analysis(change, id_, newer, mode="news").outcome == "again"
    assert _now(ledger, id_) == redated(newer, APRIL)
    with ledger.read() as db:
        assert found_by_machine(db, id_) == newer  # which a still later one starts from
    with ledger.change(who="carla") as change:
        revoke(change, correction, None)
    assert _now(ledger, id_) == newer


def test_a_later_analysis_that_has_the_day_itself_is_not_reckoned(ledger: Ledger) -> None:
    id_ = _add(ledger, UNDATED)
    _date(ledger, id_, APRIL)
    with ledger.change(who="anna") as change:
        newer = msgspec.structs.replace(redated(UNDATED, APRIL), model="test@2")
        renew_analysis(change, id_, newer, mode="news")
    with ledger.read() as db:
        query = select(schema.articles.c.reckoned_id).where(schema.articles.c.id == id_)
        assert db.scalar(query) is None
    assert _now(ledger, id_) == newer


def test_a_correction_that_only_fits_the_new_day_is_undone_first(ledger: Ledger) -> None:
    """Of March 2025 the replacement is no forecast: the month the text names lies behind it."""
    text = TEXT.replace("Bis Ende nächsten Monats wird", "Im Mai 2024 wird")
    late = redated(bare(text), date(2025, 3, 4))
    id_ = _add(ledger, late)
    assert late.forecasts == ()
    correction = _date(ledger, id_, APRIL)
    with ledger.change(who="berta") as change:
        (forecast,) = json.loads(effective(change.db, id_).analysis.to_json())["forecasts"]
        after = {**forecast, "kind": "announcement"}
        correct(
            change,
            id_,
            layer="forecasts",
            action="correct",
            before=forecast,
            after=after,
            rev=None,
        )
    with (
        pytest.raises(LedgerRefused, match="later ones build on it"),
        ledger.change(who="carla") as change,
    ):
        revoke(change, correction, None)


def test_another_field_of_the_document_reckons_nothing_anew(ledger: Ledger) -> None:
    id_ = _add(ledger, IN_MARCH)
    with ledger.change(who="berta") as change:
        correct(
            change,
            id_,
            layer="document",
            action="correct",
            before={"title": "Kran umgefallen"},
            after={"title": "Kran gestürzt"},
            rev=None,
        )
    with ledger.read() as db:
        history = list_history(db, HistoryFilter(article=id_), accounts=False)
    assert "reckon" not in [step.action for step in history]
    assert _now(ledger, id_).times == IN_MARCH.times


def test_the_history_says_from_which_day_to_which_and_how_much(ledger: Ledger) -> None:
    id_ = _add(ledger, IN_MARCH)
    correction = _date(ledger, id_, APRIL)
    with ledger.change(who="carla") as change:
        revoke(change, correction, None)
    with ledger.read() as db:
        history = list_history(db, HistoryFilter(subject="article"), accounts=False)
    back, there = [step for step in history if step.action == "reckon"]
    counted = moved(IN_MARCH, redated(IN_MARCH, APRIL))
    assert counted == Moved(times=3, events=3, forecasts=1)
    assert there.before == {"published": "2024-03-07"}
    assert there.after == {"published": "2024-04-11", "times": 3, "events": 3, "forecasts": 1}
    assert (there.who, there.why, back.who) == ("berta", "Impressum", "carla")
    assert (back.before, back.after["published"]) == ({"published": "2024-04-11"}, "2024-03-07")
    assert [back.after[name] for name in ("times", "events", "forecasts")] == [3, 3, 1]


def test_narratives_stay_narratives(ledger: Ledger) -> None:
    text = "Am 3. März 2024 fiel der Kran um. Am Montag kam der Prüfer."
    told = redated(bare(text), MARCH, mode="narrative")
    with ledger.change(who="anna") as change:
        id_ = add_article(change, told, source="kran.txt", mode="narrative").id
    _date(ledger, id_, APRIL)
    assert _now(ledger, id_) == redated(told, APRIL, mode="narrative")
    assert _now(ledger, id_).times != redated(told, APRIL, mode="news").times
