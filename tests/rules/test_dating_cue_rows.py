"""Cue rows of the dating table that carry examples keep them, and matter to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from beleg.layers.dating import find_dating
from beleg.layers.times import find_times
from beleg.records import Evidence
from beleg.rules.dating_rules import DatingRules, load_dating_rules
from beleg.rules.segmentation import segmentation_table
from beleg.rules.time_rules import load_time_rules
from beleg.text import segment
from beleg.text.article import Article

RULES = load_dating_rules()
ROWS = [row for row in RULES.rows if "cue" in row and "yes" in row]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_cue_changes_the_evidence_of_its_examples_alone(row: Mapping[str, Any]) -> None:
    key = row["cue"], row["where"]
    without = replace(RULES, cues={**RULES.cues, key: frozenset()})
    for text in row["yes"]:
        assert evidence_of(text, RULES) != evidence_of(text, without), text
    for text in row["no"]:
        assert evidence_of(text, RULES) == evidence_of(text, without), text


def evidence_of(text: str, rules: DatingRules) -> tuple[Evidence, ...]:
    article = Article(text=text)
    sentences = [sentence.span for sentence in segment(text, segmentation_table())]
    times = find_times(article, sentences, rules=load_time_rules(), published=None)
    return find_dating(article, sentences, times, rules=rules).evidence
