"""Quotation marks of every shape, nested, unbalanced, over paragraphs."""

from __future__ import annotations

import pytest

from beleg.rules.segmentation import segmentation_table
from beleg.text import segment
from beleg.text.marks import CLOSES, INSIDE, NESTED, OPENS, OUTSIDE, find_marked, mark_states

TABLE = segmentation_table()


def stretches(text: str) -> list[tuple[str, int, bool]]:
    return [
        (text[m.span.start : m.span.end], m.depth, m.closed)
        for m in find_marked(text, segment(text, TABLE))
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er sagte: „Ja.“", ["„Ja.“"]),
        ("»Nein«, rief sie.", ["»Nein«"]),
        ("«Doch», rief sie.", ["«Doch»"]),
        ('"Ja", sagte er, "nein".', ['"Ja"', '"nein"']),
        ("Die “Seekarte” schrieb das.", ["“Seekarte”"]),
        ("Die „Seekarte” schrieb das.", ["„Seekarte”"]),
        ('Die „Seekarte" schrieb das.', ['„Seekarte"']),
        ("Er nannte es ‚mutig‘.", ["‚mutig‘"]),
        ("Er nannte es ›mutig‹.", ["›mutig‹"]),
        ("Er rief ``Halt''.", ["``Halt''"]),
        ("Hans’ Auto und Lisas Rad.", []),
        ("Wie geht's dir, 's ist spät.", []),
        ("", []),
    ],
)
def test_marks_of_every_shape_are_paired(text: str, found: list[str]) -> None:
    assert [words for words, _, _ in stretches(text)] == found


def test_the_same_shape_nests() -> None:
    text = "„Er hat gesagt: „Die Zahlen sind solide.“ Daran glaube ich.“"
    assert stretches(text) == [(text, 0, True), ("„Die Zahlen sind solide.“", 1, True)]


def test_a_mark_never_closed_reaches_to_the_end_of_its_paragraph() -> None:
    text = "Sie sagt: „Das bleibt so.\n\nDanach ging sie „heim“."
    assert stretches(text) == [("„Das bleibt so.", 0, False), ("„heim“", 0, True)]


def test_a_quotation_may_close_paragraphs_later_and_be_opened_again_at_each() -> None:
    text = "Sie schreibt: „Eins.\n\n„Zwei.\n\nDrei.“ Ende."
    assert stretches(text) == [("„Eins.\n\n„Zwei.\n\nDrei.“", 0, True)]


def test_a_closing_mark_alone_is_left_out() -> None:
    assert stretches("Das war so.“ Ende.") == []


def test_every_word_knows_how_it_stands_to_the_marks() -> None:
    text = "Er: „Das „ist“ so.“ Ja."
    sentences = segment(text, TABLE)
    states = mark_states(sentences, find_marked(text, sentences))
    words = [t.text for s in sentences for t in s.tokens]
    assert dict(zip(words, states, strict=True)) == {
        "Er": OUTSIDE,
        ":": OUTSIDE,
        "„": OPENS,
        "Das": INSIDE,
        "ist": NESTED,
        "“": CLOSES,
        "so": INSIDE,
        ".": OUTSIDE,
        "Ja": OUTSIDE,
    }


def test_of_many_lone_marks_only_the_outer_stretches_count() -> None:
    text = "„Wort " * 20_000
    found = stretches(text)
    assert 1 < len(found) < 10
