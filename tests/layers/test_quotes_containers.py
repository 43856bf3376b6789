"""Quotations of whole paragraphs, hints to the encoder, ends put right."""

from __future__ import annotations

import pytest

from beleg.drafts import FoundQuotation
from beleg.layers.quotes.by_rules import find_quotations_by_rules
from beleg.layers.quotes.containers import find_containers, marks_inside, quotation_of
from beleg.layers.quotes.hints import CUE, INDIRECT, NONE, SPEAKER, find_hints, word_states
from beleg.layers.quotes.tidy import Tidy
from beleg.rules.quote_rules import load_quote_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import Span, WordIndex, segment
from beleg.text.marks import find_marked

REPRINT = (
    "Das Portal Wattlicht druckt ihn ab: „Es regnet. Ilva Torsten sagte: „Ich bleibe.“\n\n"
    "Dann ging sie.“ Das war alles."
)


def test_marks_over_paragraphs_contain_an_article_of_its_own() -> None:
    sentences = segment(REPRINT, segmentation_table())
    marked = find_marked(REPRINT, sentences)
    (container,) = find_containers(sentences, marked)
    assert REPRINT[container.span.start : container.span.end].endswith("Dann ging sie.“")
    (inner,) = marks_inside(marked, [container])
    assert (inner.depth, REPRINT[inner.span.start : inner.span.end]) == (0, "„Ich bleibe.“")


def test_a_container_is_a_direct_quotation_even_where_rules_find_no_frame() -> None:
    sentences = segment(REPRINT, segmentation_table())
    (container,) = find_containers(sentences, find_marked(REPRINT, sentences))
    quote = quotation_of(container, ())
    assert (quote.type, quote.spans, quote.speaker) == ("direct", (container.span,), ())


def test_what_is_inside_a_container_is_found_as_if_it_stood_alone() -> None:
    sentences = segment(REPRINT, segmentation_table())
    marked = find_marked(REPRINT, sentences)
    inside = marks_inside(marked, find_containers(sentences, marked))
    found = find_quotations_by_rules(REPRINT, sentences, inside, rules=load_quote_rules())
    spoken = {REPRINT[q.spans[0].start : q.spans[-1].end]: q.speaker for q in found}
    assert [REPRINT[s.start : s.end] for s in spoken["„Ich bleibe.“"]] == ["Ilva Torsten"]


@pytest.mark.parametrize("text", ["Er sagt: „Ja. Nein. Doch.“", "Er sagt: „Ja.\n\nNein."])
def test_a_paragraph_or_a_lone_mark_contains_nothing(text: str) -> None:
    sentences = segment(text, segmentation_table())
    assert find_containers(sentences, find_marked(text, sentences)) == ()


def test_words_are_told_what_part_they_play() -> None:
    text = "Torsten sagte, sie bleibe."
    words = WordIndex(segment(text, segmentation_table()))
    quote = FoundQuotation(
        type="indirect",
        medium="speech",
        spans=(Span(15, 25),),
        speaker=(Span(0, 7),),
        cue=(Span(8, 13),),
        frame=(),
        addressee=(),
    )
    assert find_hints(words, [quote]) == [SPEAKER, CUE, NONE, INDIRECT, INDIRECT + 1, NONE]
    sentences = segment(text, segmentation_table())
    assert len(word_states(sentences, (), [quote])) == len(words)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Es sei „ein Versprechen“, sagte sie.", "„ein Versprechen", "„ein Versprechen“"),
        ("Es sei „ein Versprechen“, sagte sie.", "ein Versprechen“,", "„ein Versprechen“"),
        ("Er ließ wissen, man rede „mit allen“.", "man rede „mit allen“", "man rede „mit allen“"),
        ("Quast warnte, ohne Brücke gehe es nicht.", ", ohne Brücke", "ohne Brücke"),
        ("Sie sagte, es regne, und ging.", "es regne,", "es regne"),
    ],
)
def test_ends_are_put_right(text: str, before: str, after: str) -> None:
    sentences = segment(text, segmentation_table())
    words = WordIndex(sentences)
    tidy = Tidy(words, find_marked(text, sentences))
    start = text.index(before)
    (span,) = words.spans(tidy(tuple(words.within(Span(start, start + len(before))))))
    assert text[span.start : span.end] == after


def test_a_missing_word_is_filled_in() -> None:
    text = "Sie sagte, es regne heute stark."
    words = WordIndex(segment(text, segmentation_table()))
    assert Tidy(words, ())((3, 4, 6)) == (3, 4, 5, 6)


@pytest.mark.parametrize(
    ("gap", "shown"),
    [
        ("Aufrufs zum Streik“", "er habe sich des „Aufrufs zum Streik“ schuldig gemacht"),
        ("Streik“ schuldig gemacht", "er habe sich des „Aufrufs zum Streik“"),
        ("Aufrufs zum Streik“ schuldig gemacht", "er habe sich des „"),
    ],
)
def test_a_part_of_what_stands_between_marks_becomes_the_whole(gap: str, shown: str) -> None:
    text = "Sie meinte, er habe sich des „Aufrufs zum Streik“ schuldig gemacht."
    sentences = segment(text, segmentation_table())
    words = WordIndex(sentences)
    missing = text.index(gap)
    left = [
        w
        for w in words.within(Span(12, text.index(".")))
        if not missing <= words.tokens[w].start < missing + len(gap)
    ]
    spans = words.spans(Tidy(words, find_marked(text, sentences))(tuple(left)))
    assert " ".join(text[s.start : s.end] for s in spans) == shown
