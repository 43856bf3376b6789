from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
import pytest
from judged_samples import judged_sample
from report_samples import changed, make_analysis
from voices_samples import many_voices, quotation, voices_sample, with_voices

from beleg.errors import EncodingBroken, SpanOutsideText
from beleg.records import Analysis, Quotation
from beleg.report.training_data import to_training_data
from beleg.text.article import Span

PARTS = ("quote", "speaker", "cue", "frame", "addressee")
TYPES = {
    "Direct": "direct",
    "Indirect": "indirect",
    "Reported": "reported",
    "FreeIndirect": "free-indirect",
    "IndirectFreeIndirect": "indirect-free-indirect",
}


@dataclass(frozen=True)
class Read:
    """A line as a reader of the corpus takes it: each part as the words of its tokens."""

    text: str
    data: dict[str, Any]
    quotes: list[dict[str, Any]]


def read(line: str) -> Read:
    """Finds the tokens anew, by searching their words from the start of each sentence."""
    assert len(line.splitlines()) == 1
    data = json.loads(line)
    text, offsets = data["originalText"], []
    for sentence in data["sentences"]:
        at = sentence["charBegin"]
        for token in sentence["tokens"]:
            begin = text.index(token, at)
            offsets.append((begin, begin + len(token)))
            at = begin + len(token)
    quotes = []
    for annotation in data["annotations"]:
        parts = {
            part: [text[slice(*offsets[i])] for i in annotation[part]["tokenIds"]] for part in PARTS
        }
        quotes.append({"type": annotation["type"], "medium": annotation["medium"], **parts})
    return Read(text, data, quotes)


def letters(words: str) -> str:
    return "".join(words.split())


def words_of(analysis: Analysis, quote: Quotation) -> dict[str, str]:
    spans = {
        "quote": quote.spans,
        "speaker": quote.speaker.spans if quote.speaker else (),
        "cue": quote.cue,
        "frame": quote.frame,
        "addressee": quote.addressee,
    }
    text = analysis.document.text
    return {p: letters("".join(text[s.start : s.end] for s in sorted(v))) for p, v in spans.items()}


@pytest.mark.parametrize("analysis", [voices_sample(), judged_sample(), many_voices(40)])
def test_every_quotation_is_read_back_with_all_its_parts(analysis: Analysis) -> None:
    found = read(to_training_data(analysis))
    assert found.text == analysis.document.text
    assert len(found.quotes) == len(analysis.quotes)
    for quote, got in zip(analysis.quotes, found.quotes, strict=True):
        assert TYPES[got["type"]] == quote.type
        assert {part: letters("".join(got[part])) for part in PARTS} == words_of(analysis, quote)


def test_media_types_and_nesting_are_those_of_the_corpus() -> None:
    annotations = read(to_training_data(voices_sample())).data["annotations"]
    outer, spoken, fourth = annotations[0], annotations[1], annotations[3]
    assert (outer["medium"], outer["isNested"], outer["hasNested"]) == ("Writing", False, True)
    assert (spoken["medium"], spoken["isNested"], spoken["hasNested"]) == ("Speech", True, False)
    assert (fourth["type"], fourth["isNested"]) == ("Direct", True)
    assert annotations[9]["medium"] == "SW"
    assert annotations[10]["medium"] == "Thought"
    assert [annotation["id"] for annotation in annotations] == list(range(14))


def test_places_and_running_numbers_agree() -> None:
    data = read(to_training_data(voices_sample())).data
    tokens, text = data["tokens"], data["originalText"]
    assert [token["id"] for token in tokens] == list(range(len(tokens)))
    for token in tokens:
        assert text[token["charBegin"] : token["charEnd"]] == token["text"]
        sentence = data["sentences"][token["sentence"] - 1]
        assert sentence["tokens"][token["word"] - 1] == token["text"]
        assert sentence["tokenIds"][token["word"] - 1] == token["id"]
    for annotation in data["annotations"]:
        for part in PARTS:
            spans = annotation[part]["spans"]
            ids = [i for span in spans for i in range(span["begin"], span["end"])]
            assert ids == annotation[part]["tokenIds"]
            for span in spans:
                assert tokens[span["begin"]]["charBegin"] == span["charBegin"]
                assert tokens[span["end"] - 1]["charEnd"] == span["charEnd"]
    twelfth = data["annotations"][11]["quote"]
    assert len(twelfth["spans"]) == 2
    assert twelfth["text"] == "„Erst der Turm, dann die Mole“ „dann wir.“"


def test_a_span_inside_a_token_is_the_whole_token_and_one_without_any_is_left_out() -> None:
    text = "Er sagte „Unsinn“  😀 heute."
    half = quotation(1, (Span(12, 14),), (), None)
    blank = quotation(2, (Span(17, 18),), (), None)
    after = quotation(3, (Span(19, 20),), (), None)
    analysis = with_voices(make_analysis(text), (), (half, blank, after))
    found = read(to_training_data(analysis))
    assert [quote["quote"] for quote in found.quotes] == [["Unsinn"], ["😀"]]
    assert [annotation["id"] for annotation in found.data["annotations"]] == [0, 1]


def test_the_name_of_the_document_begins_with_the_hash_of_its_text() -> None:
    analysis = make_analysis("Text.", title="Ein\nTitel - mit Strich", published=date(2024, 3, 7))
    data = read(to_training_data(analysis)).data
    assert data["documentName"] == f"{analysis.document.id} - Ein Titel - mit Strich (2024-03-07)"
    assert data["documentName"].split(" - ")[0] == analysis.document.id
    assert data["published"] == "2024-03-07"
    bare = read(to_training_data(make_analysis("Text.", published=None))).data
    assert (bare["documentName"], bare["published"]) == (analysis.document.id, None)


@pytest.mark.parametrize("text", ["", " \n", "a\u2028b\x85c\x0cd\x1e e\r\n", '😀 „ä“ \\ " </b>'])
def test_no_character_of_the_text_can_break_the_line(text: str) -> None:
    line = to_training_data(make_analysis(text, title=text))
    assert line.isascii()
    assert read(line).text == text


def test_an_analysis_that_does_not_fit_its_text_is_refused() -> None:
    with pytest.raises(SpanOutsideText):
        to_training_data(changed(voices_sample(), text="kurz"))
    with pytest.raises(EncodingBroken):
        to_training_data(msgspec.structs.replace(make_analysis("halb \ud800")))
