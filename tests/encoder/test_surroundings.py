"""What stage 2 is shown of a candidate."""

from __future__ import annotations

import numpy as np

from beleg.encoder.surroundings import AFTER, BEFORE, surroundings

WORDS = 1000
SENTENCES = np.arange(WORDS) // 10
STATES = np.arange(WORDS) % 5


def test_words_before_and_after_are_shown_and_the_candidate_is_marked() -> None:
    shown = surroundings((500, 501, 503), SENTENCES, STATES)
    assert shown.words[0] == 500 - BEFORE
    assert shown.words[-1] == 503 + AFTER
    assert shown.words[shown.features[:, 0] == 1].tolist() == [500, 501, 503]
    assert (shown.features[:, 4] == STATES[shown.words]).all()


def test_the_ends_of_the_article_are_kept() -> None:
    shown = surroundings((0, 1), SENTENCES[:4], STATES[:4])
    assert shown.words.tolist() == [0, 1, 2, 3]


def test_of_a_long_candidate_both_ends_are_shown() -> None:
    shown = surroundings(tuple(range(200, 800)), SENTENCES, STATES)
    assert {200, 799} <= set(shown.words.tolist())
    assert 500 not in shown.words
    assert len(shown.words) == len(set(shown.words.tolist()))


def test_sentences_are_counted_from_the_nearer_end() -> None:
    shown = surroundings((505, 514), SENTENCES, STATES)
    steps = dict(zip(shown.words.tolist(), shown.features[:, 3].tolist(), strict=True))
    assert (steps[505], steps[514]) == (4, 4)
    assert (steps[499], steps[489]) == (3, 2)
    assert (steps[520], steps[459]) == (5, 0)
