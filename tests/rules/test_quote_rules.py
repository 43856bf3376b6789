"""What the compiled table of words that report says about single words."""

from __future__ import annotations

from functools import partial

import pytest

from beleg.rules.quote_rules import load_quote_rules
from linear import assert_linear

RULES = load_quote_rules()


@pytest.mark.parametrize(
    "word", ["anzugeben", "zuzugeben", "zurückzutreten", "entgegenzutreten", "zusammenzuhalten"]
)
def test_an_infinitive_has_zu_behind_its_particle(word: str) -> None:
    assert RULES.is_marked(word)


@pytest.mark.parametrize("word", ["zugeben", "zusagen", "wozu", "dazu", "zu", "n", "abzug"])
def test_other_words_with_zu_are_no_such_infinitive(word: str) -> None:
    assert not RULES.is_marked(word)


def test_a_long_word_takes_no_long_time() -> None:
    assert_linear(lambda size: partial(RULES.is_marked, "zu" * size + "n"), 100_000)
