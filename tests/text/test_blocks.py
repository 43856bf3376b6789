"""Paragraphs, headings, list items and wrapped lines."""

from __future__ import annotations

import pytest

from beleg.rules.segmentation import segmentation_table
from beleg.text import segment

TABLE = segmentation_table("de")

WRAPPED = """\
Die Bürgermeisterin von Musterstadt hat am Montag erklärt, dass die
Brücke über den Beispielbach im Frühjahr gesperrt wird. Betroffen sind
Pendler aus drei Dörfern. Die Umleitung führt über
Beispielhausen, wie das Amt mitteilte. Sie soll bis zum
3. Oktober gelten.
"""


def found(text: str) -> list[tuple[int, str, str]]:
    return [
        (s.paragraph, s.kind, " ".join(text[s.span.start : s.span.end].split()))
        for s in segment(text, TABLE)
    ]


def test_a_line_without_a_stop_before_text_is_a_heading() -> None:
    assert found(
        "Streit um die Brücke\nDer Rat tagt.\n\nWie es weitergeht\n\nNiemand weiß es."
    ) == [
        (0, "heading", "Streit um die Brücke"),
        (1, "sentence", "Der Rat tagt."),
        (2, "heading", "Wie es weitergeht"),
        (3, "sentence", "Niemand weiß es."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Max Muster",
        "Der Rat tagt.\n\nMax Muster",
        "Die Lage ist ernst!\nDer Rat tagt.",
        "Es gilt:\nDer Rat tagt.",
        "Liebe Leute,\nder Rat tagt.",
        "Der Rat tagt. Er berät über die Brücke\n\nDanach ist Schluss.",
        "-----\n\nDer Rat tagt.",
        "wort " * 40 + "\n\nDer Rat tagt.",
    ],
)
def test_other_lines_are_not(text: str) -> None:
    assert {kind for _, kind, _ in found(text)} == {"sentence"}


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "•", "– "])
def test_bullets_make_items(bullet: str) -> None:
    text = f"Es fehlt:\n{bullet}eine Brücke\n{bullet}Ein Weg. Der ist lang."
    assert found(text) == [
        (0, "sentence", "Es fehlt:"),
        (1, "item", f"{bullet}eine Brücke"),
        (2, "item", f"{bullet}Ein Weg."),
        (2, "item", "Der ist lang."),
    ]


@pytest.mark.parametrize(
    ("first", "second"), [("1.", "2."), ("a)", "b)"), ("(1)", "(2)"), ("9)", "10)")]
)
def test_counted_lines_are_items(first: str, second: str) -> None:
    text = f"{first} Der Weg\n{second} Die Brücke wird gebaut."
    assert found(text) == [
        (0, "item", f"{first} Der Weg"),
        (1, "item", f"{second} Die Brücke wird gebaut."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2. Liga: Musterstadt siegt\nDer Jubel war groß.",
        "24. Dezember\n25. Dezember",
        "A. Muster ging.\nC. Muster kam.",
    ],
)
def test_a_number_alone_makes_no_item(text: str) -> None:
    assert "item" not in {kind for _, kind, _ in found(text)}


def test_wrapped_lines_are_joined() -> None:
    assert found(WRAPPED) == [
        (
            0,
            "sentence",
            "Die Bürgermeisterin von Musterstadt hat am Montag erklärt, dass die "
            "Brücke über den Beispielbach im Frühjahr gesperrt wird.",
        ),
        (0, "sentence", "Betroffen sind Pendler aus drei Dörfern."),
        (0, "sentence", "Die Umleitung führt über Beispielhausen, wie das Amt mitteilte."),
        (0, "sentence", "Sie soll bis zum 3. Oktober gelten."),
    ]


def test_a_short_line_in_wrapped_text_ends_its_paragraph() -> None:
    text = f"Brücke gesperrt\n{WRAPPED}Weiter hinten\n{WRAPPED}"
    assert [(p, kind) for p, kind, words in found(text) if len(words.split()) == 2] == [
        (0, "heading"),
        (2, "heading"),
    ]


def test_one_paragraph_a_line_is_not_joined() -> None:
    text = "Der Rat tagt\nDie Brücke ist zu\nAnna Muster klagt\nund niemand hört es"
    assert [words for _, _, words in found(text)] == [
        "Der Rat tagt",
        "Die Brücke ist zu",
        "Anna Muster klagt und niemand hört es",
    ]


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \t\n", "\r\r", "\u2028\u2028", "\n\n\n\n"])
def test_a_blank_line_always_ends_a_paragraph(gap: str) -> None:
    text = f"Der Rat\n{WRAPPED}{gap}tagt heute"
    assert found(text)[-1][1:] == ("sentence", "tagt heute")


def test_a_colon_at_the_end_of_a_line_ends_the_sentence() -> None:
    assert [words for _, _, words in found("Sie sagte:\n„Wir gehen.“")] == [
        "Sie sagte:",
        "„Wir gehen.“",
    ]
