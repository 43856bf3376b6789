"""The table of offices: right about the calendar, without gaps in its logic."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from beleg.errors import RuleTableError
from beleg.rules.office_table import OfficeTable, Term, compile_offices, fold, whole_days
from beleg.rules.tables import read_table

TABLE = read_table("offices")
OFFICES = compile_offices(TABLE)


def terms_of(office: str) -> list[Term]:
    found = [term for (row, _), terms in OFFICES.terms.items() if row == office for term in terms]
    return sorted(found, key=lambda term: term.first)


def holder_on(office: str, day: date) -> list[str]:
    return [
        term.person
        for term in terms_of(office)
        if term.first <= day and (term.last is None or day <= term.last)
    ]


@pytest.mark.parametrize("row", TABLE["row"], ids=lambda row: row["id"])
def test_every_office_names_its_holders_and_its_titles(row: dict[str, Any]) -> None:
    assert terms_of(row["id"])
    assert row.get("titles") or row.get("group")
    assert row["what"][0].isupper() or row["what"].startswith(("österreichisch", "schweizer"))


def test_ids_are_unique() -> None:
    ids = [row["id"] for row in TABLE["row"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "row", [row for row in TABLE["row"] if row.get("exclusive", True)], ids=lambda row: row["id"]
)
def test_an_office_of_one_has_one_holder_at_a_time(row: dict[str, Any]) -> None:
    for before, after in pairwise(terms_of(row["id"])):
        assert before.last is not None, f"{before.person} is still in office before {after.person}"
        # A month counts whole where the day is not known, so terms may share that month.
        assert (after.first - before.last).days >= -31, f"{before.person}, {after.person}"


def test_nobody_takes_office_after_the_table_was_made() -> None:
    for terms in OFFICES.terms.values():
        assert all(term.first <= OFFICES.as_of for term in terms)
        assert all(term.last is None or term.last.year <= OFFICES.as_of.year for term in terms)


def test_holders_are_adults_in_office() -> None:
    for (office, person), terms in OFFICES.terms.items():
        born = OFFICES.born.get(person)
        if born is not None and "monarch" not in office:
            age = (terms[0].first - born).days / 365.25
            assert 25 < age < 90, person


@pytest.mark.parametrize(
    ("office", "day", "person"),
    [
        ("de.office.de.chancellor", date(1989, 11, 9), "Helmut Kohl"),
        ("de.office.de.chancellor", date(2005, 11, 21), "Gerhard Schröder"),
        ("de.office.de.chancellor", date(2015, 9, 4), "Angela Merkel"),
        ("de.office.de.president", date(2011, 1, 1), "Christian Wulff"),
        ("de.office.us.president", date(2001, 9, 11), "George W. Bush"),
        ("de.office.us.president", date(2018, 1, 1), "Donald Trump"),
        ("de.office.un.secretary", date(2006, 7, 1), "Kofi Annan"),
        ("de.office.eu.commission", date(2010, 1, 1), "José Manuel Barroso"),
        ("de.office.uk.government", date(2022, 10, 1), "Liz Truss"),
        ("de.office.ch.president", date(2006, 5, 5), "Moritz Leuenberger"),
        ("de.office.at.chancellor", date(2019, 12, 24), "Brigitte Bierlein"),
        ("de.office.land.nw", date(2006, 1, 1), "Jürgen Rüttgers"),
        ("de.office.pope", date(2013, 3, 1), ""),
    ],
)
def test_who_held_the_office(office: str, day: date, person: str) -> None:
    assert holder_on(office, day) == ([person] if person else [])


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("des", "bundeskanzlers"), ("bundeskanzler",)),
        (("us", "-", "präsidenten"), ("us", "-", "präsident")),
        (("dem", "papst"), ("papst",)),
        (("die", "cdu", "-", "vorsitzende"), ("cdu", "-", "vorsitzende")),
    ],
)
def test_titles_are_found_inflected_and_at_full_length(
    words: tuple[str, ...], title: tuple[str, ...]
) -> None:
    folded = tuple(fold(word) for word in words)
    found = OFFICES.title_before(folded, len(folded))
    assert found is not None
    assert found.atoms == tuple(fold(word) for word in title)


def test_words_that_are_no_title_are_not_found() -> None:
    assert OFFICES.title_before(("der", "bäcker"), 2) is None
    assert OFFICES.title_before((), 0) is None


@pytest.mark.parametrize(
    ("written", "folded"), [("Erdoğan", "erdogan"), ("Wałęsa", "walesa"), ("Müller", "muller")]
)
def test_diacritics_do_not_matter(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2008", date(2008, 1, 1), date(2008, 12, 31)),
        ("2008-02", date(2008, 2, 1), date(2008, 2, 29)),
        ("2008-02-29", date(2008, 2, 29), date(2008, 2, 29)),
    ],
)
def test_years_and_months_count_whole(text: str, first: date, last: date) -> None:
    assert whole_days(text, "row") == (first, last)


@pytest.mark.parametrize("text", ["2007-02-29", "gestern", "2007-13", ""])
def test_what_is_no_date_is_refused_with_its_row(text: str) -> None:
    with pytest.raises(RuleTableError, match="the-row"):
        whole_days(text, "the-row")


def table_with(**row: Any) -> dict[str, Any]:
    full = {
        "id": "x",
        "what": "Amt",
        "titles": ["amt"],
        "holders": "Ada Muster | 2001 | 2002",
        **row,
    }
    return {
        "as_of": "2020-01-01",
        "endings": ["s"],
        "particles": "von",
        "common": "",
        "generic": "",
        "groups": {},
        "row": [full],
    }


@pytest.mark.parametrize(
    "row",
    [
        {"holders": "Ada Muster | 2002 | 2001"},
        {"holders": "Ada Muster"},
        {"holders": "Ada Muster | 2001 | 2002 | 1960 | 7"},
        {"holders": "Ada Muster | neulich"},
        {"group": ["nobody"]},
    ],
)
def test_a_wrong_row_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(RuleTableError, match="x: "):
        compile_offices(table_with(**row))


def test_a_right_row_compiles() -> None:
    offices: OfficeTable = compile_offices(table_with())
    (term,) = offices.terms["x", "Ada Muster"]
    assert (term.first, term.last) == (date(2001, 1, 1), date(2002, 12, 31))
