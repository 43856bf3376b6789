"""The rows of the holiday table against the library `holidays`, an independent source."""

from __future__ import annotations

import holidays
import pytest

from beleg.layers.times.holidays import holiday_in
from beleg.rules.tables import read_table

ROWS = {row["id"].rpartition(".")[2]: row for row in read_table("holidays")["row"]}
# Row, country and subdivision in which the day is a public holiday.
PUBLIC = [
    ("neujahr", "DE", None),
    ("neujahr", "AT", None),
    ("dreikoenig", "DE", "BY"),
    ("dreikoenig", "AT", None),
    ("karfreitag", "DE", None),
    ("ostersonntag", "DE", "BB"),
    ("ostermontag", "DE", None),
    ("ostermontag", "AT", None),
    ("tag-der-arbeit", "DE", None),
    ("tag-der-arbeit", "AT", None),
    ("himmelfahrt", "DE", None),
    ("himmelfahrt", "CH", None),
    ("pfingstsonntag", "DE", "BB"),
    ("pfingstmontag", "DE", None),
    ("fronleichnam", "DE", "NW"),
    ("fronleichnam", "AT", None),
    ("bundesfeier", "CH", None),
    ("mariae-himmelfahrt", "DE", "SL"),
    ("mariae-himmelfahrt", "AT", None),
    ("einheit", "DE", None),
    ("nationalfeiertag", "AT", None),
    ("reformationstag", "DE", "SN"),
    ("allerheiligen", "DE", "BY"),
    ("allerheiligen", "AT", None),
    ("buss-und-bettag", "DE", "SN"),
    ("mariae-empfaengnis", "AT", None),
    ("weihnachtstag-1", "DE", None),
    ("weihnachtstag-2", "AT", None),
]


@pytest.mark.parametrize(("name", "country", "part"), PUBLIC, ids=lambda value: str(value))
def test_row_names_the_day_the_library_names(name: str, country: str, part: str | None) -> None:
    years = range(1996, 2036)
    known = holidays.country_holidays(country, subdiv=part, years=years)
    for year in years:
        day = holiday_in(ROWS[name]["means"], year)
        assert day in known, (year, day)


def test_every_row_says_where_it_is_kept() -> None:
    assert all(set(row["region"].split()) <= {"DE", "AT", "CH"} for row in ROWS.values())
