"""Every row of the connective table keeps its examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from beleg.errors import RuleTableError
from beleg.layers.argument import find_argument
from beleg.records import Argument
from beleg.rules import connective_rules
from beleg.rules.connective_rules import ConnectiveRules, load_connective_rules
from beleg.rules.segmentation import segmentation_table
from beleg.rules.tables import read_table
from beleg.text import segment

RULES = load_connective_rules()
ROWS = read_table("connectives")["row"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: Mapping[str, Any]) -> None:
    assert row["yes"]
    assert row["no"]
    for marked in row["yes"]:
        if row["kind"] in ("trait", "shape"):
            (word,) = re.findall(r"\[(.*?)\]", marked)
            assert shows(word.lower(), row)
            continue
        text = re.sub(r"[\[\]{}]", "", marked)
        found = argument_of(text)
        assert spans(text, found, "conclusion") >= set(_inside(marked, r"\[(.*?)\]")), marked
        assert spans(text, found, "other") >= set(_inside(marked, r"\{(.*?)\}")), marked
    for text in row["no"]:
        if row["kind"] in ("trait", "shape"):
            assert not any(shows(word, row) for word in re.findall(r"\w+", text.lower())), text
        else:
            # What the traits of sentences relate, without a cue, is not the row's business.
            assert [edge.cue for edge in argument_of(text).edges if edge.cue] == [], text


def shows(word: str, row: Mapping[str, Any]) -> bool:
    if row["kind"] == "shape":
        return RULES.shapes[row["class"]].fullmatch(word) is not None
    traits = (*RULES.traits.get(word, ()), *RULES.first_traits.get(word, ()))
    return row["trait"] in traits


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["kind"] == "class"], ids=lambda row: row["id"]
)
def test_a_class_matters_to_its_own_examples(row: Mapping[str, Any]) -> None:
    without = replace(RULES, classes={**RULES.classes, row["class"]: frozenset()})
    assert any(
        argument(marked, RULES) != argument(marked, without) for marked in row["yes"] + row["no"]
    )


def argument(marked: str, rules: ConnectiveRules) -> Argument:
    return argument_of(re.sub(r"[\[\]{}]", "", marked), rules)


def _inside(marked: str, pattern: str) -> list[str]:
    return [re.sub(r"[\[\]{}]", "", part) for part in re.findall(pattern, marked)]


def argument_of(text: str, rules: ConnectiveRules = RULES) -> Argument:
    sentences = segment(text, segmentation_table())
    # Of the network, for every sentence: so that traits decide.
    logits = np.full((len(sentences), 2), (-1.4, -1.9), np.float32)
    return find_argument(text, sentences, (), rules=rules, logits=logits)


def spans(text: str, argument: Argument, role: str) -> set[str]:
    return {
        text[node.span.start : node.span.end]
        for node in argument.nodes
        if (node.role == "conclusion") == (role == "conclusion")
    }


def test_a_row_of_an_unknown_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    load_connective_rules.cache_clear()
    wrong = {"row": [{"id": "de.argument.wrong", "source": "none", "kind": "gossip", "words": "x"}]}
    monkeypatch.setattr(connective_rules, "read_table", lambda *_: wrong)
    with pytest.raises(RuleTableError, match=r"de\.argument\.wrong.*gossip"):
        load_connective_rules()
    load_connective_rules.cache_clear()
