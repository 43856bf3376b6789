"""Every row of the wording table keeps its examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from beleg.errors import RuleTableError
from beleg.layers.wording import find_wording
from beleg.rules import wording_rules
from beleg.rules.segmentation import segmentation_table
from beleg.rules.tables import read_table
from beleg.rules.wording_rules import load_wording_rules
from beleg.text import segment

RULES = load_wording_rules()
ROWS = read_table("wording")["row"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: Mapping[str, Any]) -> None:
    assert row["yes"]
    assert row["no"]
    for marked in row["yes"]:
        text = re.sub(r"[\[\]]", "", marked)
        assert re.findall(r"\[(.*?)\]", marked) == _found(row["kind"], text), marked
    for text in row["no"]:
        assert not _found(row["kind"], text), text


def _found(kind: str, text: str) -> list[str]:
    if kind in ("distance", "except"):
        words = re.findall(r"\w+", text)
        return [word for word in words if RULES.word(kind, word)]  # type: ignore[arg-type]
    found = find_wording(text, segment(text, segmentation_table()), (), rules=RULES)
    return [text[w.span.start : w.span.end] for w in found if w.kind == kind]


def test_no_word_stands_in_two_kinds_of_judging() -> None:
    seen: dict[str, str] = {}
    for row in ROWS:
        for word in "".join(row["words"].split("\n")).split("|"):
            key = word.strip()
            if key and row["kind"] in ("loaded", "hedge", "intensifier"):
                assert seen.setdefault(f"{row['class']}:{key}", row["kind"]) == row["kind"], key


@pytest.mark.parametrize("field", ["kind", "class"])
def test_a_row_of_an_unknown_kind_or_class_is_refused(
    monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    load_wording_rules.cache_clear()
    row = {"id": "de.wording.wrong", "source": "none", "kind": "loaded", "class": "noun"}
    wrong = {"row": [row | {field: "gossip", "words": "x"}]}
    monkeypatch.setattr(wording_rules, "read_table", lambda *_: wrong)
    with pytest.raises(RuleTableError, match=r"de\.wording\.wrong.*gossip"):
        load_wording_rules()
    load_wording_rules.cache_clear()
