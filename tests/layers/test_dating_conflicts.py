"""What in a text cannot be right, with and without a day of publication."""

from __future__ import annotations

from datetime import date

import pytest
from dating_samples import dating_of

from beleg.records import Conflict

PUBLISHED = date(2024, 3, 7)  # a Thursday


def quoted(text: str, conflict: Conflict) -> list[str]:
    return [text[span.start : span.end] for span in conflict.spans]


@pytest.mark.parametrize("published", [None, PUBLISHED])
@pytest.mark.parametrize(
    ("text", "words", "because"),
    [
        (
            "Am Montag, dem 5. März 2024, brannte es in Musterhausen.",
            "Montag, dem 5. März 2024",
            "Der 5. März 2024 ist ein Dienstag, kein Montag.",
        ),
        (
            "Am 9. November 1989 (Freitag) kam Ada Muster nach Berlin.",
            "9. November 1989",
            "Der 9. November 1989 ist ein Donnerstag, kein Freitag.",
        ),
    ],
)
def test_a_weekday_that_is_not_the_dates_is_a_conflict(
    text: str, words: str, because: str, published: date | None
) -> None:
    (conflict,) = dating_of(text, published).conflicts
    assert quoted(text, conflict) == [words]
    assert conflict.because == because


@pytest.mark.parametrize("published", [None, PUBLISHED])
@pytest.mark.parametrize(
    "text",
    [
        "Am Dienstag, dem 5. März 2024, brannte es in Musterhausen.",
        "In der Nacht zum Dienstag, dem 5. März 2024, brannte es in Musterhausen.",
        "Von Freitag, 1. März, bis Sonntag, 3. März 2024, wurde gefeiert.",
        "Am Dienstag brannte es. Am 7. März 2024 wurde gelöscht.",
    ],
)
def test_weekdays_that_fit_are_no_conflict(text: str, published: date | None) -> None:
    assert dating_of(text, published).conflicts == ()


def test_two_days_of_writing_are_a_conflict_of_both() -> None:
    text = "Ada Muster kam gestern, am 3. März 2006. Heute, am 7. Mai 2009, ging sie."
    (conflict,) = dating_of(text).conflicts
    assert quoted(text, conflict) == ["gestern, am 3. März 2006", "Heute, am 7. Mai 2009"]
    assert "4. März 2006" in conflict.because
    assert "7. Mai 2009" in conflict.because


@pytest.mark.parametrize(
    ("text", "words", "because"),
    [
        ("Am 3. Juni 2029 begann der Bau der Schule.", "3. Juni 2029", "als vergangen"),
        (
            "Das Amt hat es gestern, am 3. März 2023, gemeldet.",
            "gestern, am 3. März 2023",
            "vom 4. März 2023",
        ),
        (
            "Im vergangenen Jahr (2021) kamen mehr Gäste.",
            "vergangenen Jahr (2021)",
            "aus dem Jahr 2022",
        ),
        (
            "Am Montag, dem 5. März, brannte eine Scheune.",
            "Montag, dem 5. März",
            "Der 5. März 2024 ist ein Dienstag",
        ),
        (
            "Bundeskanzler Friedrich Merz kam nach Musterhausen.",
            "Bundeskanzler Friedrich Merz",
            "nicht im Amt",
        ),
        (
            "Bundeskanzlerin Angela Merkel ist heute in Musterhausen.",
            "Bundeskanzlerin Angela Merkel",
            "bis 8. Dezember 2021",
        ),
    ],
)
def test_what_speaks_against_the_day_given_is_a_conflict(
    text: str, words: str, because: str
) -> None:
    dating = dating_of(text, PUBLISHED)
    (conflict,) = dating.conflicts
    assert quoted(text, conflict) == [words]
    assert because in conflict.because
    assert (dating.earliest, dating.latest) == (PUBLISHED, PUBLISHED)


def test_what_did_not_exist_yet_is_a_conflict() -> None:
    text = "Die Corona-Pandemie traf auch Musterhausen."
    (conflict,) = dating_of(text, date(2018, 5, 4)).conflicts
    assert quoted(text, conflict) == ["Corona-Pandemie"]


@pytest.mark.parametrize(
    "text",
    [
        "Am 3. Juni 2029 soll der Bau beginnen.",
        "Der Bau wurde für den 3. Juni 2029 geplant.",
        "Sie warb für die Wahl am 3. Juni 2029 und gewann Stimmen.",
        "Das Amt hat es gestern, am 6. März 2024, gemeldet.",
        "Im vergangenen Jahr (2023) kamen mehr Gäste.",
        "Am Dienstag, dem 5. März, brannte eine Scheune.",
        "Am Montag, dem 5. März 2018, brannte eine Scheune.",
        "Der frühere Bundeskanzler Gerhard Schröder ist heute in Musterhausen.",
        "1982 wurde Helmut Kohl gewählt. Bundeskanzler Kohl sprach in Musterhausen.",
        "Bundeskanzler Olaf Scholz ist heute in Musterhausen.",
        "Der künftige Bundeskanzler Friedrich Merz kam nach Musterhausen.",
        "Ein Film über Papst Johannes Paul II. läuft heute in Musterhausen.",
        "Die Karten für die WM 2026 sind begehrt.",
    ],
)
def test_what_can_be_right_is_no_conflict(text: str) -> None:
    assert dating_of(text, PUBLISHED).conflicts == ()


@pytest.mark.parametrize(("given", "basis"), [(True, "given"), (False, "metadata")])
def test_a_day_that_is_known_is_taken_as_it_is(*, given: bool, basis: str) -> None:
    dating = dating_of("Im Jahr 2014 wurde gebaut.", PUBLISHED, given=given)
    assert dating.basis == basis
    assert (dating.earliest, dating.latest) == (PUBLISHED, PUBLISHED)
