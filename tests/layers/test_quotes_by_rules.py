"""Quotations found by rules alone: what they hold, who speaks, and in what frame."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quote_samples import assert_as_marked, quotations_of, words_of

from beleg.records import QuotationType


@pytest.mark.parametrize(
    ("kind", "marked"),
    [
        ("direct", "[„Das Dach ist undicht“], {sagte} <Anna Muster>."),
        ("direct", "<Anna Muster> {sagte}: [„Das Dach ist undicht. Es tropft.“]"),
        ("direct", "<Bauleiter Ole Beispiel>: [„Das Dach ist undicht.“]"),
        ("indirect", "<Anna Muster> {teilte} am Montag {mit}, [dass das Dach undicht sei]."),
        ("indirect", "[Das Dach sei undicht], {sagte} <Anna Muster, die Leiterin der Werft>."),
        ("indirect", "{Wie} <die Stadt> {mitteilte}, [ist das Dach undicht]."),
        ("indirect", "<Die Stadt> {kündigte an}, [das Dach zu erneuern]."),
        ("indirect", "[Das Dach ist] {laut} <Polizei> [undicht]."),
        ("indirect", "{Nach} <Angaben der Polizei> [ist das Dach undicht]."),
        ("indirect", "<Einem Bericht der Stadt> {zufolge} [ist das Dach undicht]."),
        ("indirect", "[Das Dach ist undicht], {so} <die Leiterin der Werft>."),
        ("free-indirect", "[Das Dach soll eingestürzt sein.]"),
        ("reported", "[<Die Stadt> forderte den Abriss der Halle.]"),
    ],
)
def test_each_way_of_quoting_is_found(kind: QuotationType, marked: str) -> None:
    assert assert_as_marked(marked).type == kind


def test_konjunktiv_runs_on_with_the_speaker_of_the_sentence_before() -> None:
    text = "Anna Muster sagte, das Dach sei undicht. Es fehle an Geld. Niemand komme."
    found = next(q for q in quotations_of(text) if q.type == "indirect-free-indirect")
    assert words_of(text, found.spans) == ["Es fehle an Geld. Niemand komme."]
    assert words_of(text, found.speaker) == ["Anna Muster"]
    assert not found.cue


@pytest.mark.parametrize(
    "text",
    ["Ich habe Hunger. Ich werde gehen.", "Die Halle hat ein neues Dach, teilweise aus Glas."],
)
def test_what_only_looks_like_konjunktiv_is_not_quoted(text: str) -> None:
    assert not quotations_of(text)


def test_marked_words_in_an_indirect_quotation_are_direct_with_its_speaker_and_cue() -> None:
    text = "Anna Muster sagte, das Dach sei „ganz und gar undicht“."
    outer, inner = quotations_of(text)
    assert (outer.type, inner.type) == ("indirect", "direct")
    assert words_of(text, inner.spans) == ["„ganz und gar undicht“"]
    assert (inner.speaker, inner.cue, inner.frame) == (outer.speaker, outer.cue, outer.frame)


@pytest.mark.parametrize(
    "text",
    [
        "Das Schiff „Seeadler“ liegt im Hafen von Musterstadt.",
        "Der Film „Die Nacht von Musterstadt“ läuft am Montag.",
        "Die so genannte „Halle“ ist leer.",
    ],
)
def test_names_in_marks_are_not_quoted(text: str) -> None:
    assert not quotations_of(text)


def test_frame_and_addressee_stand_around_the_quotation() -> None:
    text = "Anna Muster sagte gegenüber dem Musterboten, dass das Dach undicht sei."
    (found,) = quotations_of(text)
    assert words_of(text, found.frame) == ["Anna Muster sagte gegenüber dem Musterboten,"]
    assert words_of(text, found.addressee) == ["dem Musterboten"]


def test_interview_turns_belong_to_their_labels() -> None:
    text = "Frage: Ist das Dach dicht?\n\nAnna Muster: Nein. Es tropft.\n\nFrage: Und nun?\n"
    found = quotations_of(text)
    assert [words_of(text, q.speaker) for q in found] == [["Frage"], ["Anna Muster"], ["Frage"]]
    assert words_of(text, found[1].spans) == ["Nein. Es tropft."]


def test_one_label_makes_no_interview() -> None:
    assert not quotations_of("Anmerkung: Die Halle steht am Hafen.\n\nSie ist leer.\n")


def test_passive_names_no_speaker_but_the_agent() -> None:
    text = "Von der Stadt wurde betont, dass das Dach undicht ist."
    (found,) = quotations_of(text)
    assert words_of(text, found.speaker) == ["der Stadt"]


@pytest.mark.parametrize(
    "mark", ["„a", "», sagte er, „", "sagte er, dass ", "(", ": ", "laut ", "‚’"]
)
def test_hostile_repetition_gives_spans_inside_the_text(mark: str) -> None:
    text = mark * 2000
    for quote in quotations_of(text):
        spans = (*quote.spans, *quote.speaker, *quote.cue, *quote.frame, *quote.addressee)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(a.end <= b.start for a, b in pairwise(quote.spans))


_WORDS = """
sagte teilte mit kündigte an hat gesagt wurde zitiert Anna Muster die Polizei sei habe ich , . : ; –
( ) „ “ ” ‚ ‘ » « dass ob wie laut nach zufolge so demnach wonach Angaben zu gehen Dies heißt es
soll haben Forderung bekannt gegenüber dem von
""".split()  # noqa: SIM905


@settings(max_examples=5 * settings().max_examples)
@given(st.lists(st.sampled_from([*_WORDS, "\n\n"]), min_size=1, max_size=30))
def test_any_order_of_words_gives_spans_in_order_inside_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for quote in quotations_of(text):
        assert quote.spans
        for spans in (quote.spans, quote.speaker, quote.cue, quote.frame, quote.addressee):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(a.end <= b.start for a, b in pairwise(spans))
