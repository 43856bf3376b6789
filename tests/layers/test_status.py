"""Status cues: negation, scope, the quotation they belong to, endless texts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from status_samples import status_of, told

from beleg.records import Quotation
from beleg.text import Span


def quotation(text: str, number: int, words: str, cue: str = "", frame: str = "") -> Quotation:
    def place(part: str) -> tuple[Span, ...]:
        start = text.index(part)
        return (Span(start, start + len(part)),) if part else ()

    return Quotation(
        id=f"q{number}", type="indirect", medium="speech", spans=place(words), cue=place(cue),
        frame=place(frame), addressee=(), speaker=None, parent=None, chain=(),
        sourcing="anonymous",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Die Stadt bestätigte das.", "confirmed"),
        ("Die Stadt konnte das bisher nicht bestätigen.", "unconfirmed"),
        ("Eine Bestätigung gab es nicht, der Bericht ist unbestätigt.", "unconfirmed"),
        ("Anna Muster wies den Bericht zurück.", "denied"),
        ("Anna Muster hat das stets bestritten.", "denied"),
        ("Sie weigerte sich, den Fehler einzuräumen.", "conceded"),
        ("Der mutmaßliche Dieb schwieg.", "alleged"),
        ("Der Dieb soll nach Musterstadt geflohen sein.", "alleged"),
        ("Sie sagt, dass er geflohen sein soll.", "alleged"),
        ("Der Dieb war wohl schon fort.", "speculated"),
        ("Es scheint zu brennen.", "speculated"),
    ],
)
def test_cues_have_the_label_of_the_guide(text: str, label: str) -> None:
    assert [found for found, _ in told(text)] == [label]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Muster bestritt den Bericht nicht.",
        "Die Halle soll im Mai öffnen.",
        "Die Stadt sollte das bestätigen.",
        "Falls die Stadt das bestätigt, geht sie.",
        "Sie wird wahrscheinlich gewinnen.",
        "Sie fühlt sich wohl.",
        "Das Gericht wies die Klage zurück.",
    ],
)
def test_other_uses_of_the_words_are_no_cues(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Die Stadt bestätigte, dass die Halle brannte.", "dass die Halle brannte"),
        ("Unklar ist, wer die Halle baute.", "wer die Halle baute"),
        ("Ob sie zahlt, ist noch offen.", "Ob sie zahlt"),
        ("Sie ging, weil er offenbar krank war, nach Hause.", "weil er offenbar krank war"),
        ("Gestern kam der mutmaßliche Dieb ins Rathaus.", "mutmaßliche Dieb"),
        ("Er wirft ihr vor, Geld genommen zu haben.", "Geld genommen zu haben"),
        ("Wie die Stadt bestätigte, brannte die Halle.", "brannte die Halle"),
    ],
)
def test_a_cue_bears_on_its_clause(text: str, about: str) -> None:
    (status,) = status_of(text)
    assert status.about is not None
    assert text[status.about.start : status.about.end] == about


def test_a_cue_in_the_frame_bears_on_the_quotation() -> None:
    text = "Anna Muster räumte ein, die Halle sei offenbar leer gewesen."
    words = "die Halle sei offenbar leer gewesen"
    quote = quotation(text, 7, words, cue="räumte ein", frame="Anna Muster räumte ein,")
    conceded, speculated = status_of(text, [quote])
    assert (conceded.label, conceded.quote, conceded.about) == ("conceded", "q7", quote.spans[0])
    assert (speculated.label, speculated.quote) == ("speculated", "q7")


def test_a_cue_belongs_to_the_innermost_quotation() -> None:
    text = "Die Zeitung schrieb, Anna Muster sage, die Halle sei angeblich leer."
    outer = quotation(text, 1, "Anna Muster sage, die Halle sei angeblich leer")
    inner = quotation(text, 2, "die Halle sei angeblich leer")
    (status,) = status_of(text, [outer, inner])
    assert status.quote == "q2"


def test_a_cue_outside_of_quotations_belongs_to_none() -> None:
    text = "Sie sagte, es regne. Die Halle war offenbar leer."
    (status,) = status_of(text, [quotation(text, 1, "es regne")])
    assert status.quote is None


@pytest.mark.parametrize(
    "word",
    [
        "soll ",
        "wies ",
        "nicht ",
        "bestätigt ",
        "offenbar, ",
        "in ",
        "wird wohl ",
        "Vorwurf ",
        "ob, ",
    ],
)
def test_an_endless_sentence_has_cues_in_order(word: str) -> None:
    text = word * 4_000
    quote = quotation(text, 1, text)
    found = status_of(text, [quote] * 3)
    spans = [status.span for status in found]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_word_without_end_is_no_cue() -> None:
    assert told("offenbar" * 50_000) == []
    assert told("x" * 100_000 + "vorwurf") == []
