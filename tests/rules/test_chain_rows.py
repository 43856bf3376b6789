"""Every row of the chain table keeps its examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from beleg.drafts import FoundQuotation
from beleg.errors import RuleTableError
from beleg.layers.chains import find_vias
from beleg.rules import chain_rules
from beleg.rules.chain_rules import load_chain_rules
from beleg.rules.segmentation import segmentation_table
from beleg.rules.tables import read_table
from beleg.text import segment

RULES = load_chain_rules()
ROWS = read_table("chains")["row"]
_QUOTED = " Es regnet."  # a quotation that the example's sentence frames


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: Mapping[str, Any]) -> None:
    assert row["yes"]
    assert row["no"]
    for marked in row["yes"]:
        text = re.sub(r"[\[\]]", "", marked)
        wanted = re.findall(r"\[(.*?)\]", marked)
        assert set(wanted) <= set(_found(row["kind"], text)), marked
    for text in row["no"]:
        assert not _found(row["kind"], text), text


def _found(kind: str, text: str) -> list[str]:
    """The sources behind the row's words, or the words themselves."""
    if kind not in ("reliance", "venue"):
        matches = RULES.patterns[kind].finditer(text)  # type: ignore[index]
        return [word for match in matches for word in {match[0], *match[0].split()}]
    sentences = segment(text + _QUOTED, segmentation_table())
    quote = FoundQuotation(
        type="indirect",
        medium="speech",
        spans=(sentences[-1].span,),
        speaker=(),
        cue=(),
        frame=tuple(s.span for s in sentences[:-1]),
        addressee=(),
    )
    vias = find_vias(text + _QUOTED, sentences, [quote], rules=RULES)
    return [text[via.span.start : via.span.end] for via in vias if via.kind == kind]


def test_a_row_of_an_unknown_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    load_chain_rules.cache_clear()
    wrong = {"row": [{"id": "de.chain.wrong", "source": "none", "kind": "gossip", "words": "x"}]}
    monkeypatch.setattr(chain_rules, "read_table", lambda name: wrong)
    with pytest.raises(RuleTableError, match=r"de\.chain\.wrong.*gossip"):
        load_chain_rules()
    load_chain_rules.cache_clear()
