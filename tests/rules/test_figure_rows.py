"""Every row of the figure table keeps its examples; the weights of reasons are whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

import pytest

from beleg.errors import RuleTableError
from beleg.layers.checklist.figures import find_figures
from beleg.layers.times import find_times
from beleg.records import CheckReason
from beleg.rules import checklist_rules
from beleg.rules.checklist_rules import load_checklist_rules, load_figure_rules
from beleg.rules.segmentation import segmentation_table
from beleg.rules.tables import read_table
from beleg.rules.time_rules import load_time_rules
from beleg.text import segment
from beleg.text.article import Article

RULES = load_figure_rules()
ROWS = read_table("figures")["row"]


def figures_of(text: str) -> list[str]:
    sentences = segment(text, segmentation_table())
    spans = [sentence.span for sentence in sentences]
    rules = load_time_rules()
    times = find_times(Article(text=text), spans, rules=rules, published=None, mode="news")
    places = [time.span for time in times]
    found = [span for sentence in sentences for span in find_figures(sentence, places, RULES)]
    return [text[span.start : span.end] for span in found]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: Mapping[str, Any]) -> None:
    assert row["yes"]
    assert row["no"]
    for marked in row["yes"]:
        assert figures_of(re.sub(r"[\[\]]", "", marked)) == re.findall(r"\[(.*?)\]", marked), marked
    for text in row["no"]:
        assert figures_of(text) == [], text


@pytest.mark.parametrize(
    "text",
    [
        "Am 3. Mai 2021 um 14.30 Uhr tagte der Rat.",
        "Der 53-Jährige kam nach 20 Jahren zurück.",
        "Die Boeing 737 startete.",
        "Jonas Wellenkamp (41) schweigt.",
        "1. Der Plan. 2. Das Geld.",
        "Sie wohnt in der Ringstraße 12.",
        "Das Tief von 1987 war schlimmer.",
    ],
)
def test_dates_ages_names_and_list_numbers_are_no_figures(text: str) -> None:
    assert figures_of(text) == []


def test_every_reason_has_one_weight_and_the_heaviest_comes_first() -> None:
    weights = load_checklist_rules().weights
    assert set(weights) == set(get_args(CheckReason))
    assert list(weights.values()) == sorted(weights.values(), reverse=True)


def test_more_reasons_weigh_more_but_never_more_than_one() -> None:
    rules = load_checklist_rules()
    reasons = list(rules.weights)
    sums = [rules.weight(reasons[:count]) for count in range(len(reasons) + 1)]
    assert sums[0] == 0
    assert sums == sorted(sums)
    assert sums[1] < sums[2] < sums[3]
    assert sums[-1] <= 1
    assert rules.weight(reversed(reasons)) == sums[-1]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"why": "gossip", "weight": 0.5}, "gossip"),
        ({"why": "dated", "weight": 1.5}, "between 0 and 1"),
        ({"why": "dated", "weight": 0.5}, "no weight for"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(
    changed: dict[str, Any], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = {"row": [{"id": "check.x", "source": "none", **changed}]}
    monkeypatch.setattr(checklist_rules, "read_table", lambda name, language: table)
    with pytest.raises(RuleTableError, match=message):
        checklist_rules._weights()
