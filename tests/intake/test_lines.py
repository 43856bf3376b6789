"""Printed lines to running text."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest

from beleg.intake.lines import Line, join_lines, paragraphs, without_page_frames

ROWS: list[dict[str, Any]] = tomllib.loads(
    (resources.files("beleg") / "rules/de/line-ends.toml").read_text(encoding="utf-8")
)["row"]


def column(*texts: str, x: float = 60, top: float = 700, page: int = 0) -> list[Line]:
    """Lines of 11 points, 14 points apart; an empty text leaves a gap."""
    return [Line(text, page, x, top - 14 * row, 11) for row, text in enumerate(texts) if text]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: dict[str, Any]) -> None:
    for end, start, joined in (*row["yes"], *row["no"]):
        assert join_lines(end, start) == joined


@pytest.mark.parametrize(
    ("end", "start", "joined"),
    [
        ("Die Stadt-", "verwaltung", "Die Stadtverwaltung"),
        ("Die Stadt\u2010", "verwaltung", "Die Stadtverwaltung"),
        ("Die Stadt\u00ad", "verwaltung", "Die Stadtverwaltung"),
        ("in Nordrhein-", "Westfalen", "in Nordrhein-Westfalen"),
        ("die EU-", "weite Regel", "die EU-weite Regel"),
        ("im Winter 2023/24 -", "und danach", "im Winter 2023/24 - und danach"),
        ("Er kam –", "und ging", "Er kam – und ging"),
        ("Ein Satz", "geht weiter", "Ein Satz geht weiter"),
    ],
)
def test_hyphen_at_the_end_of_a_line(end: str, start: str, joined: str) -> None:
    assert join_lines(end, start) == joined


def test_full_lines_form_a_paragraph() -> None:
    lines = column(
        "Der Rat hat am Abend über die", "Brücke gestritten, die seit dem", "Frühjahr gesperrt ist."
    )
    assert paragraphs(lines) == [" ".join(line.text for line in lines)]


@pytest.mark.parametrize(
    "lines",
    [
        column(
            "Der Rat hat am Abend über die",
            "Brücke gestritten. Sie bleibt.",
            "",
            "Danach ging es nur noch um das",
        ),
        [
            *column("Der Rat hat am Abend über die", "Brücke gestritten. Sie bleibt."),
            Line("Danach ging es", 0, 72, 672, 11),
        ],
        [
            *column("Der Rat hat am Abend über die", "Brücke gestritten. Sie bleibt."),
            Line("Was nun", 0, 60, 672, 14),
        ],
        column(
            "Der Rat hat am Abend über die Brücke gestritten.",
            "Sie bleibt.",
            "Danach ging es nur noch um das Bad und den Weg.",
        ),
    ],
    ids=["gap", "indent", "size", "short line"],
)
def test_a_new_paragraph_shows_in_print(lines: list[Line]) -> None:
    first, second = paragraphs(lines)
    assert first == "Der Rat hat am Abend über die Brücke gestritten. Sie bleibt."
    assert second.startswith(("Danach ging es", "Was nun"))


def test_list_items_stay_apart() -> None:
    lines = column(
        "Der Rat hat am Abend lange getagt und dabei drei Dinge beschlossen,",
        "und zwar diese:",
        "die Brücke",
        "das Bad",
        "der Weg",
    )
    assert paragraphs(lines)[1:] == ["die Brücke", "das Bad", "der Weg"]


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    left = column("Der Rat hat am Abend", "über die alte Brücke")
    right = column("gestritten, die seit", "dem Frühjahr gesperrt", x=300)
    after = column("und baufällig ist.", page=1)
    assert paragraphs([*left, *right, *after]) == [
        "Der Rat hat am Abend über die alte Brücke gestritten, die seit "
        "dem Frühjahr gesperrt und baufällig ist."
    ]


def test_narrow_column_under_a_wide_paragraph_is_one_paragraph() -> None:
    wide = column(
        "Der Vorspann geht über die ganze Breite der Seite und ist darum viel länger",
        "als jede Zeile der Spalten.",
    )
    left = column("Der Rat hat am", "Abend gestritten,", "bis es spät war.", top=640)
    right = column("Danach ging man", "nach Hause, müde", "wie selten zuvor.", top=640, x=300)
    assert len(paragraphs([*wide, *left, *right])) == 3


def test_what_pages_repeat_is_left_out() -> None:
    lines = [
        line
        for page, word in enumerate(("Brücke", "Bad", "Weg", "Wald"))
        for line in (
            Line(f"Neustädter Bote, Seite {page + 1}", page, 60, 800, 9),
            Line(f"Der Text über {word} ist immer ein anderer.", page, 60, 700, 11),
            Line("Der zweite Satz steht in der Mitte.", page, 60, 650, 11),
            Line(f"Und dies sagt zuletzt {word}.", page, 60, 100, 11),
            Line(f"- {page + 1} -", page, 300, 30, 9),
        )
    ]
    kept = [line.text for line in without_page_frames(lines)]
    assert kept == [line.text for line in lines if "Bote" not in line.text and line.y != 30]


def test_single_page_keeps_its_first_and_last_line() -> None:
    lines = column("Streit um die Brücke", "Ein Satz.")
    assert without_page_frames(lines) == lines


def test_no_lines_no_paragraphs() -> None:
    assert paragraphs(without_page_frames([])) == []
