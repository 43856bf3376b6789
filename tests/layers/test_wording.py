"""The wording layer: what counts, and whose words they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from beleg.layers.wording import find_wording
from beleg.records import Quotation
from beleg.rules.segmentation import segmentation_table
from beleg.rules.wording_rules import load_wording_rules
from beleg.text import Span, segment
from linear import assert_linear

RULES = load_wording_rules()


def found_in(text: str, quotes: Sequence[Quotation] = ()) -> list[tuple[str, str, str | None]]:
    wording = find_wording(text, segment(text, segmentation_table()), quotes, rules=RULES)
    return [(w.kind, text[slice(*w.span)], w.quote) for w in wording]


def quotation(text: str, words: str) -> Quotation:
    start = text.index(words)
    return Quotation(
        id="q1",
        type="direct",
        medium="speech",
        spans=(Span(start, start + len(words)),),
        cue=(),
        frame=(),
        addressee=(),
        speaker=None,
        parent=None,
        chain=(),
        sourcing="named_person",
    )


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Der Rat lieferte ein Trauerspiel.", "loaded", "Trauerspiel"),
        ("Absurde Pläne hat der Rat.", "loaded", "Absurde"),
        ("Im Amt herrscht Aktenchaos.", "loaded", "Aktenchaos"),
        ("Die Firma steht vor dem Abgrund.", "loaded", "vor dem Abgrund"),
        ("Der Zug kommt vermutlich.", "hedge", "vermutlich"),
        ("Der Zug ist äußerst voll.", "intensifier", "äußerst"),
        ("Der Rat verkauft das „freie“ Gelände.", "scare-quote", "„freie“"),
        ("Die sogenannte „Reform“ kommt.", "scare-quote", "„Reform“"),
    ],
)
def test_words_of_the_author_are_found(text: str, kind: str, words: str) -> None:
    assert (kind, words, None) in found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Der Rat tagt am Montag.",
        "Der „Sundbote“ erscheint am Montag.",
        "Die Neugier der Passagiere war groß.",
        "In Georgien begann das Erdbeben um acht.",
    ],
)
def test_plain_words_and_names_are_not(text: str) -> None:
    assert found_in(text) == []


def test_words_of_quoted_people_are_theirs() -> None:
    text = "Das Ganze sei ein Trauerspiel, sagte Frau Amsel. Der Rat schwieg leider."
    quotes = [quotation(text, "Das Ganze sei ein Trauerspiel")]
    assert found_in(text, quotes) == [("loaded", "leider", None)]


def test_words_between_marks_are_nobodys_own() -> None:
    assert found_in("Sie nannte es „ein elendes Trauerspiel ohne Ende und Sinn“ im Rat.") == []


def test_a_comment_in_a_reprint_is_its_writers_own() -> None:
    inside = "Das Ganze ist ein Trauerspiel. " + "Der Rat tagt am Montag. " * 80
    text = f"Ein Portal druckt den Beitrag.\n\n{inside.strip()}"
    quotes = [quotation(text, inside.strip())]
    assert found_in(text, quotes) == [("loaded", "Trauerspiel", "q1")]


@pytest.mark.parametrize("piece", ["leider ", "auf ", "„", "„so“ ", "Aktenchaos, ", "x" * 50])
def test_endless_text_takes_time_in_line_with_its_length(piece: str) -> None:
    def prepare(count: int) -> Callable[[], object]:
        text = "Er kam " + piece * count
        sentences = segment(text, segmentation_table())
        return lambda: find_wording(text, sentences, (), rules=RULES)

    assert_linear(prepare, 1_000)
