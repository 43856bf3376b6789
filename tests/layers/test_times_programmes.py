"""Clock times of programmes and of opening hours: the day they belong to, or none."""

from __future__ import annotations

from datetime import date

import pytest

from beleg.layers.times import find_times
from beleg.rules.segmentation import segmentation_table
from beleg.rules.time_rules import load_time_rules
from beleg.text import segment
from beleg.text.article import Article

_TUESDAY = date(2024, 5, 7)

_PROGRAMME = """Das Fest beginnt am Freitag, 10. Mai. Das Programm:

Freitag, 10. Mai
20 Uhr: Konzert im Rathaus
Der Eintritt ist frei.
22.30 Uhr: Lesung mit Mira Tollmann

Samstag, 11. Mai:
10 Uhr: Markt auf dem Domplatz
Um 15 Uhr folgt der Umzug.

Sonntag, 12. Mai: 11 Uhr, Matinee. 17 Uhr, Abschluss.
"""


def _values(text: str, kind: str) -> list[str]:
    sentences = [sentence.span for sentence in segment(text, segmentation_table())]
    found = find_times(
        Article(text=text), sentences, rules=load_time_rules(), published=_TUESDAY, mode="news"
    )
    return [time.value for time in found if time.type == kind]


def test_the_day_that_is_a_heading_holds_for_the_lines_below() -> None:
    assert _values(_PROGRAMME, "TIME") == [
        "2024-05-10T20:00",
        "2024-05-10T22:30",
        "2024-05-11T10:00",
        "2024-05-11T15:00",
        "2024-05-12T11:00",
        "2024-05-12T17:00",
    ]


def test_a_day_inside_a_line_does_not_hold_for_the_next_entry() -> None:
    text = "Lesung am Freitag, 10. Mai, im Rathaus.\nKonzert, 20 Uhr, Domplatz.\n"
    assert _values(text, "TIME") == ["2024-05-07T20:00"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Die Sprechstunde ist dienstags und donnerstags, 14 bis 16 Uhr.", ["T14:00", "T16:00"]),
        ("Das Amt ist zwischen 8 und 20 Uhr geöffnet.", ["T08:00", "T20:00"]),
        ("Am Samstag ist das Amt bis 20 Uhr geöffnet.", ["2024-05-11T20:00"]),
    ],
)
def test_hours_that_hold_for_every_day_have_no_day(text: str, values: list[str]) -> None:
    assert _values(text, "TIME") == values


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Die Straße ist am Samstag gesperrt.", "2024-05-11"),
        ("Die Straße ist am Samstag gesperrt worden.", "2024-05-04"),
        ("Der Verein hat für Samstag eine Kundgebung angekündigt.", "2024-05-11"),
        ("Der Verein hat am Samstag eine Kundgebung angekündigt.", "2024-05-04"),
        ("Der Künstler ist am Samstag gestorben.", "2024-05-04"),
        ("Über die Weihnachtsfeiertage bleibt das Bad zu.", "2024-12-24"),
        ("An Ostern war das Bad zu.", "2024-03-31"),
        ("Im ersten Halbjahr sank der Gewinn.", "2023-H1"),
        ("Im ersten Halbjahr soll der Gewinn sinken.", "2024-H1"),
        ("Zum Jahreswechsel steigen die Preise.", "2024"),
        ("Zum Jahreswechsel stiegen die Preise.", "2023"),
        ("Am Pfingstmontag vor drei Jahren brannte es.", "2021-05-24"),
    ],
)
def test_what_will_stand_and_what_is_over(text: str, day: str) -> None:
    assert _values(text, "DATE") == [day]


def test_half_a_month_is_not_a_third() -> None:
    text = "In der zweiten Augusthälfte beginnt der Bau."
    (time,) = find_times(
        Article(text=text), [], rules=load_time_rules(), published=_TUESDAY, mode="news"
    )
    assert (time.earliest, time.latest) == (date(2024, 8, 17), date(2024, 8, 31))
