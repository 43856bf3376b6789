from __future__ import annotations

import time

import pytest

from beleg.report.timex import length_name, set_name, unit_name, unit_of
from beleg.report.words import words_of

DE, EN = words_of("de"), words_of("en")


@pytest.mark.parametrize(
    ("value", "mod", "german", "english"),
    [
        ("2024-03-03", None, "Sonntag, 3. März 2024", "Sunday, 3 March 2024"),
        ("2024-03-03", "BEFORE", "vor dem Sonntag, 3. März 2024", "before Sunday, 3 March 2024"),
        ("2024-03-03T14:30", None, "Sonntag, 3. März 2024, 14.30 Uhr", "Sunday, 3 March 2024, 14:30"),
        ("2024-03-03T06:00", None, "Sonntag, 3. März 2024, 6 Uhr", "Sunday, 3 March 2024, 6:00"),
        ("2024-03-03TEV", None, "Sonntag, 3. März 2024, am Abend", "Sunday, 3 March 2024, in the evening"),
        ("2024-03-03T!!", None, "Sonntag, 3. März 2024", "Sunday, 3 March 2024"),
        ("2024-W10", None, "Woche 4.–10. März 2024", "week of 4–10 March 2024"),
        ("2024-W10-WE", None, "Wochenende 9.–10. März 2024", "weekend of 9–10 March 2024"),
        ("2024-W60", None, "60. Kalenderwoche 2024", "60th week of 2024"),
        ("2024-05", None, "Mai 2024", "May 2024"),
        ("2024-05", "START", "Anfang Mai 2024", "start of May 2024"),
        ("2024-05", "ON_OR_BEFORE", "spätestens Mai 2024", "May 2024 at the latest"),
        ("2024-05", "NO_SUCH_MOD", "Mai 2024", "May 2024"),
        ("2024-Q2", "END", "Ende des 2. Quartals 2024", "end of the 2nd quarter of 2024"),
        ("2024-H1", None, "1. Halbjahr 2024", "1st half of 2024"),
        ("2024-SU", "START", "Anfang des Sommers 2024", "start of summer 2024"),
        ("2024", "MID", "Mitte 2024", "middle of 2024"),
        ("0987", None, "987", "987"),
        ("199", "END", "Ende der 1990er-Jahre", "end of the 1990s"),
        ("19", "AFTER", "nach dem 20. Jahrhundert", "after the 20th century"),
        ("BC0480", None, "480 v. Chr.", "480 BC"),
        ("BC048", None, "480 v. Chr.", "480 BC"),
        ("BC04", None, "5. Jahrhundert v. Chr.", "5th century BC"),
    ],
)  # fmt: skip
def test_a_date_value_in_words(value: str, mod: str | None, german: str, english: str) -> None:
    units = unit_of(value, DE), unit_of(value, EN)
    assert units[0] is not None
    assert units[1] is not None
    assert (unit_name(units[0], mod, DE), unit_name(units[1], mod, EN)) == (german, english)


@pytest.mark.parametrize(
    "value", ["", "XXXX-XX-XX", "2024-13", "2024-02-30", "2024-03-03 ", "PRESENT_REF", "20240", "x"]
)
def test_a_value_that_names_no_unit_is_left_alone(value: str) -> None:
    assert unit_of(value, DE) is None


@pytest.mark.parametrize(
    ("value", "mod", "german", "english"),
    [
        ("P1D", None, "1 Tag", "1 day"),
        ("P3M", None, "3 Monate", "3 months"),
        ("PT3M", None, "3 Minuten", "3 minutes"),
        ("P1Y6M", None, "1 Jahr 6 Monate", "1 year 6 months"),
        ("P2.5Y", None, "2,5 Jahre", "2.5 years"),
        ("PT36H", "MORE_THAN", "mehr als 36 Stunden", "more than 36 hours"),
        ("P2WE", None, "2 Wochenenden", "2 weekends"),
        ("PXD", None, "mehrere Tage", "several days"),
        ("P6M", "APPROX", "etwa 6 Monate", "about 6 months"),
        ("PT1NI", None, "1 Nacht", "1 night"),
        ("P1DT12H", None, "1 Tag 12 Stunden", "1 day 12 hours"),
    ],
)
def test_a_length_in_words(value: str, mod: str | None, german: str, english: str) -> None:
    assert (length_name(value, mod, DE), length_name(value, mod, EN)) == (german, english)


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        ("XXXX-WXX-5", "jeden Freitag", "every Friday"),
        ("XXXX-WXX-01TEV", "jeden Montag, am Abend", "every Monday, in the evening"),
        ("P1D", "täglich", "daily"),
        ("XXXX-XX-XXTAF", "täglich, am Nachmittag", "daily, in the afternoon"),
        ("XXXX-WXX-WE", "jedes Wochenende", "every weekend"),
        ("P2W", "alle 2 Wochen", "every 2 weeks"),
        ("PT1NI", "jede Nacht", "every night"),
        ("XXXX-12", "jedes Jahr im Dezember", "every year in December"),
        ("XXXX-02-29", "jedes Jahr am 29. Februar", "every year on 29 February"),
        ("XXXX-SU", "jedes Jahr im Sommer", "every year in summer"),
    ],
)
def test_a_rhythm_in_words(value: str, german: str, english: str) -> None:
    assert (set_name(value, DE), set_name(value, EN)) == (german, english)


@pytest.mark.parametrize(
    "value", ["", "P", "PT", "P3", "PX", "P3Q7", "D3P", "XXXX-13", "XXXX-02-30"]
)
def test_what_is_not_understood_has_no_words(value: str) -> None:
    assert length_name(value, None, DE) is None
    assert set_name(value, DE) is None


@pytest.mark.parametrize("value", ["P" + "1Y" * 50_000, "P" + "9" * 100_000, "XXXX-WXX-" * 20_000])
def test_hostile_values_are_refused_quickly(value: str) -> None:
    start = time.process_time()
    unit_of(value, DE)
    assert length_name(value, None, DE) is None
    set_name(value, DE)
    assert time.process_time() - start < 10
