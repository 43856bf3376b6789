"""What may pass as metadata."""

from __future__ import annotations

from datetime import date

import pytest

from beleg.intake.extracted import (
    Block,
    join_blocks,
    one_line,
    plausible_author,
    plausible_title,
    stated_day,
    web_address,
)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-03-05", date(2024, 3, 5)),
        ("2024-03-05T14:30:00+01:00", date(2024, 3, 5)),
        ("2024-03-05T23:30:00.123Z", date(2024, 3, 6)),  # 00:30 in Berlin
        ("2024-07-05T22:15:00+00:00", date(2024, 7, 6)),  # 00:15, summer time
        ("2024-07-05 22:15:00 UTC", date(2024, 7, 6)),
        ("2024-03-05T23:30:00-05:00", date(2024, 3, 5)),
        ("1950-03-05", date(1950, 3, 5)),
        ("2024-13-05", None),
        ("2024-03-05T25:00:00Z", None),
        ("9999-12-31T23:59:59Z", None),
        ("2024-03", None),
        ("05.03.2024", None),
        (20240305, None),
        (None, None),
    ],
)
def test_day_is_read_only_where_one_is_stated(value: object, day: date | None) -> None:
    assert stated_day(value) == day


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" http://example.org ", "http://example.org"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///tmp/a", None),
        ("https://", None),
        ("//example.org/a", None),
        ("https://example.org/a b", None),
    ],
)
def test_only_web_addresses_are_addresses(value: str, address: str | None) -> None:
    assert web_address(value) == address


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("  Der\n Streit\t", "Der Streit"),
        ("a\x00b\x1b", "ab"),
        ("", None),
        (7, None),
        ("a" * 301, None),
    ],
)
def test_metadata_is_one_short_line(value: object, line: str | None) -> None:
    assert one_line(value) == line


@pytest.mark.parametrize("value", ["Streit um die Brücke", "Was der Rat beschloss"])
def test_titles_people_write(value: str) -> None:
    assert plausible_title(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "Microsoft Word - Artikel Brücke neu.doc",
        "artikel_final_v2",
        "Unbenannt",
        "a/b/c d e",
        "x.html",
        None,
    ],
)
def test_titles_programs_write(value: object) -> None:
    assert plausible_title(value) is None


@pytest.mark.parametrize("value", ["Maria Muster", "Karl-Heinz von Beispiel"])
def test_authors_with_first_and_last_name(value: str) -> None:
    assert plausible_author(value) == value


@pytest.mark.parametrize(
    "value",
    ["python-docx", "mmuster", "admin", "m@example.org", "User 7", "pdf writer demo", "", None],
)
def test_authors_that_are_logins_or_programs(value: object) -> None:
    assert plausible_author(value) is None


def test_blocks_stand_apart_but_not_within_a_list() -> None:
    blocks = [
        Block("Kopf"),
        Block("a", 1),
        Block(" b ", 1),
        Block(" "),
        Block("c", 2),
        Block("Ende"),
    ]
    assert join_blocks(blocks) == "Kopf\n\na\nb\n\nc\n\nEnde"
