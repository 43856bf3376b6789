from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from report_samples import make_analysis
from voices_samples import quotation, voices_sample, with_voices

from beleg.records import Analysis
from beleg.report.marks import paragraphs
from beleg.report.pieces import Paragraph, article_paragraphs
from beleg.report.voices import Voices
from beleg.report.words import words_of
from beleg.text.article import Span


def shown(analysis: Analysis) -> tuple[Paragraph, ...]:
    return article_paragraphs(analysis, (), Voices(analysis, words_of("de")).statements)


def said(analysis: Analysis, *rows: tuple[int, int, int | None]) -> Analysis:
    """The analysis with a quotation for each (start, end, number of the one around it)."""
    quotes = [
        quotation(n, (Span(start, end),), (f"p{n}",), None, parent=parent)
        for n, (start, end, parent) in enumerate(rows, 1)
    ]
    return with_voices(analysis, (), quotes)


def words_with(paragraphs_shown: tuple[Paragraph, ...], name: str) -> list[str]:
    return [p.text for block in paragraphs_shown for p in block.pieces if name in p.layers]


def test_a_quotation_begins_with_a_link_on_its_first_word() -> None:
    blocks = shown(said(make_analysis("Er rief: „Komm' her zu mir!“ Still."), (9, 28, None)))
    links = [piece for block in blocks for piece in block.pieces if piece.link]
    assert [(link.text, link.opens, link.cards, link.stop) for link in links] == [
        ("„Komm", "q1", ("q1",), True)
    ]
    assert "".join(words_with(blocks, "said")) == "„Komm' her zu mir!“"


def test_a_quotation_in_two_places_has_one_link_and_two_grounds() -> None:
    blocks = shown(voices_sample())
    pieces = [p for block in blocks for p in block.pieces if "q12" in p.keys and "said" in p.layers]
    assert "".join(p.text for p in pieces) == "„Erst der Turm, dann die Mole““dann wir.“".replace(
        "““", "“„"
    )
    assert [p.text for p in pieces if p.opens] == ["„Erst"]


def test_a_quotation_inside_another_has_its_own_colour_and_the_line_of_the_other() -> None:
    text = "Er sagte: Sie sagt, es regne, oft."
    analysis = said(make_analysis(text), (10, 33, None), (20, 28, 1))
    inner = next(p for block in shown(analysis) for p in block.pieces if p.text == " regne")
    assert inner.cards == ("q2",)
    assert inner.keys == ("q2", "q1")


def test_quotations_that_begin_together_are_both_reached() -> None:
    analysis = said(make_analysis("Ja und nein."), (0, 12, None), (0, 6, 1))
    first = shown(analysis)[0].pieces[0]
    assert first.cards == ("q1", "q2")
    assert first.stop


def test_whole_paragraphs_get_a_bar_and_parts_a_ground() -> None:
    blocks = shown(voices_sample())
    bars = [[key for key, _ in block.bars] for block in blocks]
    assert bars == [[], [], ["q1"], ["q1"], ["q1"], ["q1"], ["q1"], [], ["q14"], []]
    grounds = {
        key
        for block in (blocks[1], blocks[7])
        for p in block.pieces
        if "said" in p.layers
        for key in p.keys
    }
    assert {"q1", "q14"} <= grounds


def test_a_quotation_that_is_one_paragraph_has_a_ground() -> None:
    blocks = shown(said(make_analysis("Davor.\n\n„Ja.“\n\nDanach."), (8, 13, None)))
    assert [block.bars for block in blocks] == [(), (), ()]
    assert "".join(words_with(blocks, "said")) == "„Ja.“"


def test_no_more_bars_than_can_be_told_apart() -> None:
    text = "\n\n".join(["Absatz."] * 3)
    rows = [(0, len(text), n or None) for n in range(6)]
    blocks = shown(said(make_analysis(text), *rows))
    assert [[key for key, _ in block.bars] for block in blocks] == [["q4", "q5", "q6"]] * 3


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), max_size=8)


@given(st.text(alphabet="aä„“ \n\u0308👍", min_size=1, max_size=40), SPANS)
def test_text_and_quotations_are_shown_whole(text: str, rows: list[tuple[int, int]]) -> None:
    places = [
        (start, min(start + length, len(text))) for start, length in rows if start < len(text)
    ]
    analysis = said(make_analysis(text), *[(start, end, None) for start, end in places])
    blocks = shown(analysis)
    assert ["".join(p.text for p in block.pieces) for block in blocks] == [
        text[span.start : span.end] for span in paragraphs(text)
    ]
    barred = {key for block in blocks for key, _ in block.bars}
    for number, (start, end) in enumerate(places, 1):
        if text[start:end].strip():
            ground = any(f"q{number}" in p.keys for block in blocks for p in block.pieces)
            assert ground or f"q{number}" in barred
