"""The example texts: well-formed, licensed, and right about the calendar."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from beleg.cli import cli

FOLDER = Path(__file__).resolve().parent.parent / "examples"
NAMES = ["reprint-undated.txt", "news-report.txt", "saved-page.html"]
WEEKDAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
MONTHS = [
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
]
DATED_WEEKDAY = re.compile(
    rf"({'|'.join(WEEKDAYS)}), (?:dem |den )?(\d{{1,2}})\. ({'|'.join(MONTHS)})(?: (\d{{4}}))?"
)
REPRINT_YEAR = 2024  # follows from the text; see examples/README.md


def read(name: str) -> str:
    return (FOLDER / name).read_bytes().decode("utf-8")


def dated_weekdays(text: str, year: int) -> Iterator[tuple[str, date]]:
    """Every weekday written beside its date, with the day that date is in `year`."""
    for weekday, day, month, own_year in DATED_WEEKDAY.findall(text):
        yield weekday, date(int(own_year or year), MONTHS.index(month) + 1, int(day))


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


@pytest.mark.parametrize("name", NAMES)
def test_example_is_utf8_without_mark_or_carriage_returns(name: str) -> None:
    text = read(name)
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert text.endswith("\n")


@pytest.mark.parametrize("name", NAMES)
def test_readme_names_the_example_and_the_licence(name: str) -> None:
    readme = read("README.md")
    assert f"`{name}`" in readme
    assert "CC0-1.0" in readme


def test_no_example_lacks_a_description() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*NAMES, "README.md"}


def test_weekdays_of_the_reprint_fit_the_calendar_of_its_year() -> None:
    found = list(dated_weekdays(read("reprint-undated.txt"), REPRINT_YEAR))
    assert len(found) == 2
    assert [name for name, _ in found] == [weekday(day) for _, day in found]


def test_weekdays_of_the_reprint_fit_no_year_near_the_right_one() -> None:
    text = read("reprint-undated.txt").replace("29. Februar", "28. Februar")
    for year in (REPRINT_YEAR - 1, REPRINT_YEAR + 1):
        found = dated_weekdays(text, year)
        assert all(name != weekday(day) for name, day in found)


def test_reprint_has_a_title_and_ten_paragraphs_and_gives_no_publication_date() -> None:
    title, *paragraphs = read("reprint-undated.txt").strip().split("\n\n")
    assert "\n" not in title
    assert len(paragraphs) == 10
    assert str(REPRINT_YEAR) not in title + "".join(paragraphs)


def test_reprint_nests_marks_of_the_same_shape_and_closes_what_it_opens() -> None:
    depth = deepest = 0
    for mark in re.findall("[„“]", read("reprint-undated.txt")):
        depth += 1 if mark == "„" else -1
        assert depth >= 0
        deepest = max(deepest, depth)
    assert depth == 0
    assert deepest == 3


def test_report_is_dated_on_the_friday_it_tells_of() -> None:
    text = read("news-report.txt")
    published = date(2025, 3, 14)
    assert "14. März 2025, 18:40 Uhr" in text
    assert "am Freitagmorgen" in text
    assert weekday(published) == "Freitag"


def test_report_says_three_weeks_ago_of_the_day_three_weeks_before() -> None:
    assert "vor drei Wochen, am 21. Februar" in read("news-report.txt")
    assert date(2025, 3, 14) - timedelta(weeks=3) == date(2025, 2, 21)


def test_saved_page_names_one_publication_day_in_all_its_metadata() -> None:
    text = read("saved-page.html")
    stated = re.findall(r'(?:published_time" content=|datePublished": |datetime=)"([^"]+)"', text)
    assert stated == ["2025-09-17T16:05:00+02:00"] * 3
    assert "17. September 2025, 16:05 Uhr" in text


def test_saved_page_starts_the_bus_on_a_friday_as_its_timetable_says() -> None:
    assert "Vom 5.&nbsp;Dezember an soll sie freitags und samstags" in read("saved-page.html")
    assert weekday(date(2025, 12, 5)) == "Freitag"


README = (FOLDER.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.model
def test_python_in_the_readme_prints_what_the_readme_says() -> None:
    examples = doctest.DocTestParser().get_doctest(README, {}, "README.md", "README.md", 0)
    assert examples.examples
    assert doctest.DocTestRunner().run(examples).failed == 0


@pytest.mark.model
def test_terminal_output_in_the_readme_is_what_beleg_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (paragraph,) = re.findall(r"^> (.+)$", README, re.M)
    command, expected = re.findall(r"^```\n\$ beleg (.+)\n((?:.*\n)+?)```$", README, re.M)[0]
    name, *options = command.removeprefix("read ").split()
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(paragraph + "\n", encoding="utf-8")
    printed = CliRunner().invoke(cli, ["read", name, *options], env={"COLUMNS": "80"})
    assert printed.exit_code == 0
    assert printed.output == expected
