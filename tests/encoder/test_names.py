"""Names from scores of words."""

from __future__ import annotations

import numpy as np
import pytest

from beleg.encoder.names import Name, find_names, surnames
from beleg.rules.segmentation import segmentation_table
from beleg.text import Span, segment

NO, B_PER, I_PER, B_ORG, I_ORG = range(5)
TEXT = "Ilva Torsten kam heim."


def names(*labels: tuple[int, float]) -> list[tuple[str, str]]:
    """Of words whose label has a score, all other labels having none."""
    scores = np.zeros((5, 9), np.float32)
    for word, (label, score) in enumerate(labels):
        scores[word, label] = score
    found = find_names(scores, segment(TEXT, segmentation_table()))
    return [(TEXT[n.span.start : n.span.end], n.kind) for n in found]


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ([(B_PER, 3), (I_PER, 3), (NO, 3)], [("Ilva Torsten", "PER")]),
        ([(B_PER, 3), (B_PER, 3), (NO, 3)], [("Ilva", "PER"), ("Torsten", "PER")]),
        # The surer word decides about the kind of both.
        ([(B_ORG, 1), (I_PER, 3), (NO, 3)], [("Ilva Torsten", "PER")]),
        ([(B_PER, 3), (I_ORG, 1), (NO, 3)], [("Ilva", "PER")]),
        ([(NO, 3), (I_PER, 1), (NO, 3)], []),
    ],
)
def test_a_further_word_follows_one_of_its_kind(
    labels: list[tuple[int, float]], found: list[tuple[str, str]]
) -> None:
    assert names(*labels, (NO, 3), (NO, 3)) == found


def test_no_words_have_no_names() -> None:
    assert find_names(np.zeros((0, 9), np.float32), ()) == ()


def test_a_surname_is_the_last_word_of_a_full_name() -> None:
    text = "Ilva Torsten von Brandis traf Ole in Nordhagen Hafen."
    full, given, place = Span(0, 24), Span(30, 33), Span(37, 52)
    found = [Name(full, "PER"), Name(given, "PER"), Name(place, "LOC")]
    assert surnames(text, found) == {"Brandis", "Brandiss"}
