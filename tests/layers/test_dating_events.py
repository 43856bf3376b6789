"""The table of named events, and how texts name them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dating_samples import RULES, dating_of, passages_of

from beleg.errors import RuleTableError
from beleg.layers.dating.events import events_named
from beleg.rules.atoms import atomise
from beleg.rules.event_table import NamedEvent, Series, compile_events
from beleg.rules.tables import read_table

ROWS = read_table("named-events")["row"]
SERIES = {
    each.id.rpartition(".")[2]: each for each in RULES.events.events if isinstance(each, Series)
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_row_is_found_by_each_of_its_names(row: dict[str, Any]) -> None:
    for name in (*row.get("names", ()), *row.get("numbered", ())):
        number = min((int(key) for key in row.get("years", {})), default=row.get("since", 1))
        words = name.replace("*", "").replace("<number>", str(number)).replace("|", " ")
        atoms = atomise(words).lower
        found = RULES.events.match(atoms, 0)
        assert found is not None, name
        event, stop, _ = found
        assert (event.id, stop) == (row["id"], len(atoms)), name


def test_ids_are_unique() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("series", "number", "year"),
    [
        ("tour-de-france", 1, 1903),
        ("tour-de-france", 34, 1947),
        ("tour-de-france", 105, 2018),
        ("giro", 101, 2018),
        ("oscars", 78, 2006),
        ("berlinale", 56, 2006),
        ("eurovision", 51, 2006),
        ("eurovision", 65, 2021),
        ("cop", 21, 2015),
        ("cop", 26, 2021),
        ("un-assembly", 60, 2005),
        ("four-hills", 54, 2005),
        ("bundestag", 16, 2005),
        ("documenta", 12, 2007),
        ("katholikentag", 100, 2016),
    ],
)
def test_editions_are_counted_right(series: str, number: int, year: int) -> None:
    days = SERIES[series].days(number)
    assert days is not None
    assert days[0].year == year
    assert days[0] <= days[1]


def test_editions_that_are_unknown_have_no_year() -> None:
    assert SERIES["documenta"].days(99) is None
    assert SERIES["oscars"].days(1) is None
    assert SERIES["tour-de-france"].days(999) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Seit dem Mauerfall hat sich Musterhausen verändert.", "Fall der Berliner Mauer"),
        ("Nach dem 11. September 2001 schloss der Hafen.", "Anschläge vom 11. September 2001"),
        ("Die Anschläge vom 11. September wirken nach.", "Anschläge vom 11. September 2001"),
        ("Die Corona-Pandemie ist vorbei.", "Corona-Pandemie"),
    ],
)
def test_names_are_found_in_texts(text: str, what: str) -> None:
    found = [event for event, _, _ in events_named(passages_of(text))]
    assert [event.what for event in found] == [what]
    assert isinstance(found[0], NamedEvent)


def test_reformed_spelling_tells_only_in_texts_with_sharp_s() -> None:
    with_it = dating_of("Sie sagt, dass die Straße gesperrt ist.")
    assert with_it.earliest == date(1996, 7, 1)
    assert dating_of("Sie sagt, dass die Strasse gesperrt ist.").earliest is None


def test_a_name_that_ended_bounds_the_window_on_both_sides() -> None:
    dating = dating_of("Die WASG tagt in Musterhausen.")
    assert dating.earliest is not None
    assert dating.latest is not None
    assert dating.earliest >= date(2004, 7, 3)


def test_planned_events_tell_nothing_until_they_are_expected() -> None:
    assert dating_of("Karten für die WM in Katar waren vergriffen.").earliest is None
    ahead = dating_of("Die WM in Katar wird im Winter stattfinden.")
    assert ahead.latest == date(2022, 12, 18)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"names": ["x"], "from": "2001", "to": "2000"}, "ends before"),
        ({"names": ["x"], "from": "neulich"}, "no year"),
        ({"names": ["ab*"], "from": "2001"}, "too short"),
        ({"numbered": ["<number> . fest"], "first": "13-01", "last": "12-01"}, "month-day"),
    ],
)
def test_a_wrong_row_is_refused(row: dict[str, Any], message: str) -> None:
    with pytest.raises(RuleTableError, match=message):
        compile_events({"row": [{"id": "x", "what": "X", **row}]})


def test_one_name_for_two_events_is_refused() -> None:
    rows = [{"id": name, "what": "X", "names": ["fest"], "from": "2001"} for name in "ab"]
    with pytest.raises(RuleTableError, match="names two events"):
        compile_events({"row": rows})
