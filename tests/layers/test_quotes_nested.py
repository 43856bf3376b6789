"""Quotations between marks inside other marks, of the same shape or another."""

from __future__ import annotations

import pytest

from beleg.drafts import FoundQuotation
from beleg.layers.quotes.by_rules import find_nested
from beleg.layers.quotes.tidy import Tidy
from beleg.rules.quote_rules import load_quote_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import WordIndex, segment
from beleg.text.marks import find_marked


def nested(text: str) -> list[tuple[str, str]]:
    """(speaker, words) of each."""
    sentences = segment(text, segmentation_table())
    marked = find_marked(text, sentences)

    def words(quote: FoundQuotation) -> tuple[str, str]:
        return (
            " … ".join(text[s.start : s.end] for s in quote.speaker),
            " … ".join(text[s.start : s.end] for s in quote.spans),
        )

    return [words(q) for q in find_nested(text, sentences, marked, rules=load_quote_rules())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Torsten sagte: „Herr Olvar hat mir gesagt: „Die Zahlen sind solide.“ Daran glaube ich.“",
            [("Herr Olvar", "„Die Zahlen sind solide.“")],
        ),
        (
            "Halvik rief: „Sie hat uns versprochen: ‚Kein Taler fließt.‘ Das gilt.“",
            [("Sie", "‚Kein Taler fließt.‘")],
        ),
        (
            "„Meine Großmutter pflegte zu sagen: »Zwei Ufer brauchen keine Brücke«“, sagte Valk.",
            [("Meine Großmutter", "»Zwei Ufer brauchen keine Brücke«")],
        ),
        (
            "Quast sagte: „‚Wir klagen‘, sagte der Anwalt. Also klagen wir.“",
            [("der Anwalt", "‚Wir klagen‘")],
        ),
        (
            "Valk erzählte: „Olvar sagte: „Torsten hat gerufen: „Nein, niemals!“ Mehr nicht.“ Gut.“",
            [
                ("Olvar", "„Torsten hat gerufen: „Nein, niemals!“ Mehr nicht.“"),
                ("Torsten", "„Nein, niemals!“"),
            ],
        ),
        ("Quast las „Die Seekarte“ und sagte: „Ich lese nur „Die Seekarte“ am Morgen.“", []),
        ("Torsten sagte: „Herr Olvar hat mir gesagt, die Zahlen sind solide.“", []),
    ],
)
def test_the_words_before_or_behind_inner_marks_tell_who_speaks(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert nested(text) == found


def test_inner_marks_do_not_end_the_outer_quotation() -> None:
    text = "Sie sagte: „Er hat gesagt: „Nein.“ Das gilt.“"
    sentences = segment(text, segmentation_table())
    index = WordIndex(sentences)
    tidy = Tidy(index, find_marked(text, sentences))
    begun = [w for w in range(len(index)) if 11 <= index.tokens[w].start < 26]
    (span,) = index.spans(tidy(tuple(begun)))
    assert text[span.start : span.end] == "„Er hat gesagt: „Nein.“ Das gilt.“"
