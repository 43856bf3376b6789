from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.report.marks import Mark, paragraphs, segments
from beleg.text.article import Span


def words_of(text: str) -> list[str]:
    return [text[span.start : span.end] for span in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n ", []),
        ("a", ["a"]),
        ("Titel\nErster.\nZweiter.", ["Titel", "Erster.", "Zweiter."]),
        ("Titel\n\nErste Zeile\nzweite Zeile\n\nEnde", ["Titel", "Erste Zeile\nzweite Zeile", "Ende"]),
        ("Titel\n\n" + "x" * 200 + "\n" + "y" * 200, ["Titel", "x" * 200, "y" * 200]),
        ("  a  \n \t\n  b\n", ["a", "b"]),
    ],
)  # fmt: skip
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


def cut(text: str, *marks: tuple[str, int, int]) -> list[tuple[str, str]]:
    """Words of each segment and the ids on it, shortest mark first."""
    made = [Mark(id=name, layer="x", span=Span(start, end)) for name, start, end in marks]
    return [
        (text[s.span.start : s.span.end], " ".join(mark.id for mark in s.marks))
        for block in segments(text, made)
        for s in block
    ]


def test_nested_marks_list_the_inner_one_first() -> None:
    assert cut("abcdef", ("out", 0, 6), ("in", 2, 4)) == [
        ("ab", "out"),
        ("cd", "in out"),
        ("ef", "out"),
    ]


def test_crossing_marks_share_the_middle() -> None:
    assert cut("abcdef", ("l", 0, 4), ("r", 2, 6)) == [("ab", "l"), ("cd", "l r"), ("ef", "r")]


def test_adjacent_and_equal_marks() -> None:
    assert cut("abcd", ("a", 0, 2), ("b", 2, 4), ("c", 2, 4)) == [("ab", "a"), ("cd", "b c")]


def test_a_mark_across_paragraphs_starts_once_and_ends_once() -> None:
    blocks = segments("eins\nzwei\ndrei", [Mark(id="m", layer="x", span=Span(2, 12))])
    flat = [segment for block in blocks for segment in block]
    assert [bool(segment.starts) for segment in flat] == [False, True, False, False, False]
    assert [bool(segment.ends) for segment in flat] == [False, False, False, True, False]


def test_marks_outside_the_text_are_left_out() -> None:
    assert cut("ab", ("far", 5, 9), ("neg", -1, 1), ("empty", 1, 1)) == [("ab", "")]


TEXTS = st.text(alphabet="aä👍 \n\u0308\u200d", max_size=60)
SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), max_size=12)


@given(TEXTS, SPANS)
def test_segments_hold_every_paragraph_whole_and_every_mark_on_its_letters(
    text: str, spans: list[tuple[int, int]]
) -> None:
    marks = [
        Mark(id=str(number), layer="x", span=Span(start, min(start + length, len(text))))
        for number, (start, length) in enumerate(spans)
        if start < len(text)
    ]
    blocks = segments(text, marks)
    assert [
        "".join(text[s.span.start : s.span.end] for s in block) for block in blocks
    ] == words_of(text)
    flat = [segment for block in blocks for segment in block]
    for segment in flat:
        for position in range(*segment.span):
            covering = {mark.id for mark in marks if mark.span.start <= position < mark.span.end}
            assert covering == {mark.id for mark in segment.marks}
    shown = {mark.id for segment in flat for mark in segment.marks}
    assert sorted(m.id for s in flat for m in s.starts) == sorted(shown)
    assert sorted(m.id for s in flat for m in s.ends) == sorted(shown)
