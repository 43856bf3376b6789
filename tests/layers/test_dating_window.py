"""The days on which a text was written, from the text alone."""

from __future__ import annotations

import sys
from datetime import date
from types import FrameType
from typing import Any

import pytest
from dating_samples import RULES, dating_of, reasons, sentences_of

from beleg.layers.dating import find_dating
from beleg.layers.times import find_times
from beleg.records import Dating
from beleg.rules.time_rules import load_time_rules
from beleg.text.article import Article


def holds(dating: Dating, day: date) -> bool:
    earliest, latest = dating.earliest, dating.latest
    return (earliest is None or earliest <= day) and (latest is None or day <= latest)


def width(dating: Dating) -> int:
    assert dating.earliest is not None
    assert dating.latest is not None
    return (dating.latest - dating.earliest).days + 1


@pytest.mark.parametrize("text", ["", "Es regnete.", "Der Rat von Musterhausen tagt morgen."])
def test_without_evidence_nothing_is_claimed(text: str) -> None:
    dating = dating_of(text)
    assert dating == Dating(earliest=None, latest=None, basis="inferred", evidence=(), conflicts=())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Das Amt hat gestern, am 3. März 2006, den Fund gemeldet.", date(2006, 3, 4)),
        ("Ada Muster kam heute, am 5. Mai 2011, nach Musterhausen.", date(2011, 5, 5)),
        ("Die Brücke wird morgen, am 1. Juni 2012, gesperrt.", date(2012, 5, 31)),
        ("Am heutigen Montag, dem 4. März 2024, beginnt der Bau.", date(2024, 3, 4)),
        (
            "Die am 5. August 1930 in Musterhausen geborene Ada Muster wird heute 75 Jahre alt.",
            date(2005, 8, 5),
        ),
    ],
)
def test_words_that_name_the_day_of_writing_give_that_day(text: str, day: date) -> None:
    dating = dating_of(text)
    assert (dating.earliest, dating.latest) == (day, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Am Montag, dem 4. März 2024, brannte in Musterhausen eine Scheune.", date(2024, 3, 5)),
        ("Am Sonntag (10. Juni 2018) wählte Musterhausen einen neuen Rat.", date(2018, 6, 11)),
    ],
)
def test_a_day_told_with_its_weekday_was_written_about_within_the_month(
    text: str, day: date
) -> None:
    dating = dating_of(text)
    assert holds(dating, day)
    assert width(dating) <= 31


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("Im Jahr 2014 wurde die Schule in Musterhausen gebaut.", date(2014, 1, 1)),
        ("Seit 2014 steht die Schule leer.", date(2014, 1, 1)),
        ("Im Mai 1987 und im Juni 1988 wurde gebaut.", date(1988, 6, 1)),
        ("Viele gingen nach dem Mauerfall aus Musterhausen fort.", date(1989, 11, 9)),
        ("Die Bürger zahlen dort in Euro.", date(1995, 12, 16)),
    ],
)
def test_what_is_told_as_past_bounds_the_window_from_below(text: str, earliest: date) -> None:
    dating = dating_of(text)
    assert dating.earliest == earliest
    assert any(evidence.earliest == earliest for evidence in dating.evidence)


def test_a_plan_bounds_the_window_less_than_the_past() -> None:
    told = "Am 3. Juni 2009 begann der Bau der Schule in Musterhausen."
    planned = told + " Sie soll bis zum 1. September 2009 fertig sein."
    dating = dating_of(planned)
    assert dating.earliest is not None
    assert dating.earliest >= date(2009, 6, 3)
    assert holds(dating, date(2009, 6, 5))
    assert "1. September 2009 als Termin" in reasons(dating)


@pytest.mark.parametrize(
    ("text", "day", "most"),
    [
        ("Vor knapp sechs Jahren, im Juni 2000, verschwand das Boot.", date(2006, 2, 12), 366),
        ("Das Boot verschwand vor drei Wochen, am 2. Mai 2010.", date(2010, 5, 23), 31),
        ("Zum 50. Jahrestag des Mauerbaus kamen viele.", date(2011, 8, 13), 366),
        (
            "Am 10. Jahrestag der Anschläge vom 11. September schwieg die Stadt.",
            date(2011, 9, 11),
            366,
        ),
        ("Im vergangenen Jahr (2005) kamen 300 Gäste.", date(2006, 6, 1), 366),
        ("In diesem Jahr, 2005, kommen mehr Gäste.", date(2005, 6, 1), 366),
    ],
)
def test_distances_are_reckoned_from_the_date_beside_them(text: str, day: date, most: int) -> None:
    dating = dating_of(text)
    assert holds(dating, day)
    assert width(dating) <= most


def test_an_age_and_a_birthday_give_a_year() -> None:
    dating = dating_of("Der 62-jährige Ban Ki-moon reist nach Musterhausen.")
    assert (dating.earliest, dating.latest) == (date(2006, 6, 13), date(2007, 6, 12))


def test_terms_of_office_are_intersected() -> None:
    dating = dating_of(
        "Außenminister Guido Westerwelle traf Wirtschaftsminister Rainer Brüderle in Musterhausen."
    )
    assert holds(dating, date(2010, 6, 1))
    assert not holds(dating, date(2009, 10, 1))
    assert not holds(dating, date(2013, 10, 1))


def test_a_weekday_picks_the_year_in_which_it_fits() -> None:
    """Of the years 2005 to 2009 the 5th of May was a Monday in 2008 only."""
    office = "Innenminister Wolfgang Schäuble und Verteidigungsminister Franz Josef Jung kamen. "
    dating = dating_of(office + "Am Montag, dem 5. Mai, sprachen sie in Musterhausen.")
    assert holds(dating, date(2008, 5, 7))
    assert width(dating) <= 31
    assert "Der 5. Mai 2008 ist ein Montag" in reasons(dating)


def test_a_look_back_does_not_close_the_window() -> None:
    dating = dating_of("Am 5. Mai 1967 lobte Bundeskanzler Kurt Georg Kiesinger die Brücke.")
    assert "Kurt Georg Kiesinger wird als Bundeskanzler in einem Rückblick genannt" in reasons(
        dating
    )
    assert not any(
        evidence.latest is not None and "Kiesinger" in evidence.because
        for evidence in dating.evidence
    )


def test_a_newer_office_holder_outweighs_an_older_one() -> None:
    dating = dating_of(
        "Bundeskanzlerin Angela Merkel erinnerte daran. 1982 hatte Bundeskanzler Helmut Schmidt "
        "anders entschieden."
    )
    assert holds(dating, date(2010, 1, 1))
    assert not holds(dating, date(1982, 9, 1))


AWKWARD = [
    "Am 3. März 2006",
    "🚢 Am 3. März 2006 kam 🚢 ein Schiff an, „‚Muster‘“.",
    "Am 3. Ma\u0308rz 2006 kam ein Schiff. Am 4. Mä\u00adrz ging es.",
    "Am 31. Dezember 9999 endet der Kalender. Im Jahr 1 begann er.",
    "Am 30. Februar 2006 und am 29. Februar, einem Montag, war nichts.",
    "Vor 9000 Jahren, im Jahr 9000, und in 99 Jahren, am 31. Dezember 9999.",
    "(3.3.2006) (4.3.2006)\n\n5.3.2006\n\n– – –",
    "Bundeskanzlerin",
    "Merkel, Merkel (CDU, Merkel), die Bundeskanzlerin",
    "Der 99-jährige Der 99-jährige Kofi",
    "1. Jahrestag 2. Jahrestag 3. Jahrestag des",
]


@pytest.mark.parametrize("text", AWKWARD)
@pytest.mark.parametrize("published", [None, date(2006, 3, 5), date.max, date.min])
def test_awkward_texts_keep_the_invariants(text: str, published: date | None) -> None:
    dating = dating_of(text, published)
    assert dating == dating_of(text, published)
    if dating.earliest is not None and dating.latest is not None:
        assert dating.earliest <= dating.latest
    for evidence in dating.evidence:
        assert 0 <= evidence.span.start < evidence.span.end <= len(text)
        assert evidence.because.endswith(".")
        if evidence.earliest is not None and evidence.latest is not None:
            assert evidence.earliest <= evidence.latest
    for conflict in dating.conflicts:
        assert conflict.spans
        assert all(0 <= span.start < span.end <= len(text) for span in conflict.spans)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "am 3. März 2006 ",
        "am Montag, dem 3. März, ",
        "Bundeskanzlerin von der von der Leyen ",
        "vor drei Jahren, im Jahr 2003, ",
        "zum 50. Jahrestag ",
        "der 62-jährige Ban Ki-moon ",
        "Präsident Bush und Papst Benedikt ",
        "gestern, heute, ",
        "((((",
    ],
)
def test_work_grows_with_the_text_and_not_faster(unit: str) -> None:
    small, large = lines_run(unit * 40), lines_run(unit * 320)
    assert large < 8 * 1.5 * small


def lines_run(text: str) -> int:
    """How many lines of Python the layer runs."""
    article, sentences = Article(text=text), sentences_of(text)
    times = find_times(article, sentences, rules=load_time_rules(), published=None)
    count = 0

    def trace(_frame: FrameType, _event: str, _value: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        find_dating(article, sentences, times, rules=RULES)
    finally:
        sys.settrace(before)
    return count
