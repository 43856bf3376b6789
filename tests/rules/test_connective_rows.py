"""Every row of the connective table keeps its examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from beleg.errors import RuleTableError
from beleg.layers.argument import find_argument
from beleg.records import Argument
from beleg.rules import connective_rules
from beleg.rules.connective_rules import load_connective_rules
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
        if row["kind"] == "trait":
            (word,) = re.findall(r"\[(.*?)\]", marked)
            assert row["trait"] in traits(word.lower())
            continue
        text = re.sub(r"[\[\]{}]", "", marked)
        found = argument_of(text)
        assert spans(text, found, "conclusion") >= set(_inside(marked, r"\[(.*?)\]")), marked
        assert spans(text, found, "other") >= set(_inside(marked, r"\{(.*?)\}")), marked
    for text in row["no"]:
        if row["kind"] == "trait":
            words = re.findall(r"\w+", text.lower())
            assert not any(row["trait"] in traits(word) for word in words), text
        else:
            assert argument_of(text).nodes == (), text


def traits(word: str) -> tuple[str, ...]:
    return (*RULES.traits.get(word, ()), *RULES.first_traits.get(word, ()))


def _inside(marked: str, pattern: str) -> list[str]:
    return [re.sub(r"[\[\]{}]", "", part) for part in re.findall(pattern, marked)]


def argument_of(text: str) -> Argument:
    return find_argument(text, segment(text, segmentation_table()), (), rules=RULES)


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
