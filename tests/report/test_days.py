from __future__ import annotations

from datetime import date

import pytest

from beleg.report.days import between, gap, stretch
from beleg.report.words import words_of

DE, EN = words_of("de"), words_of("en")


@pytest.mark.parametrize(
    ("earliest", "latest", "german", "english"),
    [
        ("2024-03-03", "2024-03-03", "Sonntag, 3. März 2024", "Sunday, 3 March 2024"),
        ("2024-05-01", "2024-05-10", "1.–10. Mai 2024", "1–10 May 2024"),
        ("2024-05-01", "2024-05-31", "Mai 2024", "May 2024"),
        ("2024-02-01", "2024-02-29", "Februar 2024", "February 2024"),
        ("2023-02-01", "2023-02-27", "1.–27. Februar 2023", "1–27 February 2023"),
        ("2024-06-01", "2024-08-31", "Juni – August 2024", "June – August 2024"),
        ("2023-12-01", "2024-02-29", "Dezember 2023 – Februar 2024", "December 2023 – February 2024"),
        ("2024-01-01", "2024-12-31", "2024", "2024"),
        ("1990-01-01", "1999-12-31", "1990–1999", "1990–1999"),
        ("2024-02-28", "2024-03-03", "28. Februar – 3. März 2024", "28 February – 3 March 2024"),
        ("2023-12-30", "2024-01-02", "30. Dezember 2023 – 2. Januar 2024", "30 December 2023 – 2 January 2024"),
        ("2024-03-03", None, "ab 3. März 2024", "from 3 March 2024"),
        (None, "2024-03-03", "bis 3. März 2024", "until 3 March 2024"),
    ],
)  # fmt: skip
def test_a_stretch_in_the_shortest_clear_words(
    earliest: str | None, latest: str | None, german: str, english: str
) -> None:
    first = date.fromisoformat(earliest) if earliest else None
    last = date.fromisoformat(latest) if latest else None
    assert (stretch(first, last, DE), stretch(first, last, EN)) == (german, english)


def test_a_stretch_open_at_both_ends_has_no_words() -> None:
    assert stretch(None, None, DE) is None


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (date(2024, 3, 3), date(2024, 3, 3), "Sonntag, 3. März"),
        (date(2024, 3, 1), date(2024, 3, 10), "1.–10. März"),
        (date(2024, 3, 1), date(2024, 3, 31), "März"),
        (date(2024, 3, 1), None, "ab 1. März"),
        (date(2023, 12, 30), date(2024, 1, 2), "30. Dezember 2023 – 2. Januar 2024"),
    ],
)
def test_the_year_is_left_out_only_where_it_is_one(
    earliest: date, latest: date | None, expected: str
) -> None:
    assert stretch(earliest, latest, DE, year=False) == expected


def test_between_says_that_the_day_is_not_known() -> None:
    assert between(date(2024, 3, 3), date(2024, 3, 9), DE) == "zwischen 3. März und 9. März 2024"
    assert between(date(2023, 12, 30), date(2024, 1, 2), EN) == (
        "between 30 December 2023 and 2 January 2024"
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [(46, "46 Tage später"), (61, "2 Monate später"), (364, "12 Monate später"), (731, "2 Jahre später"), (36525, "100 Jahre später")],
)  # fmt: skip
def test_a_gap_is_counted_in_its_coarsest_unit(days: int, expected: str) -> None:
    assert gap(days, DE) == expected
