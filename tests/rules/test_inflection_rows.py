"""Every row of the inflection table keeps its examples, and matters to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from beleg.errors import RuleTableError
from beleg.rules import inflection, verb_forms, wording_forms
from beleg.rules.inflection import load_inflection
from beleg.rules.tables import read_table

ROWS = read_table("inflection")["row"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: Mapping[str, Any]) -> None:
    for example in row["yes"]:
        made, wanted = inflected(example)
        assert wanted <= made, example
    for example in row["no"]:
        made, unwanted = inflected(example)
        assert unwanted.isdisjoint(made), example


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_matters_to_its_examples(
    row: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [inflected(example) for example in row["yes"] + row["no"]]
    emptied = [{**r, "words": "~=~", "ends": "~"} if r is row else r for r in ROWS]
    without = load_with(emptied, monkeypatch)
    for module in (verb_forms, wording_forms):
        monkeypatch.setattr(module, "load_inflection", lambda: without)
    after = [inflected(example) for example in row["yes"] + row["no"]]
    assert before != after


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [({"kind": "verb"}, "kind 'verb'"), ({"kind": "class", "class": "x"}, "class 'x'")],
)
def test_a_wrong_row_is_refused(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], complaint: str
) -> None:
    wrong = {"id": "de.inflection.wrong", "source": "none", "words": "x", **changed}
    with pytest.raises(RuleTableError, match=f"de.inflection.wrong.*{complaint}"):
        load_with([*ROWS, wrong], monkeypatch)


def load_with(
    rows: list[Mapping[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> inflection.Inflection:
    monkeypatch.setattr(inflection, "read_table", lambda *_: {"row": rows})
    return load_inflection.__wrapped__()


def inflected(example: str) -> tuple[set[str], set[str]]:
    """The forms made of the word of an example, and those that it names."""
    asked, _, forms = example.partition(": ")
    kind, word = asked.split()
    match kind:
        case "adjective":
            made = set(wording_forms.adjective_forms(word))
        case "noun":
            made = set(wording_forms.noun_forms(word))
        case _:
            made = set().union(*wording_forms.verb_forms(word, {}))
    return made, set(forms.split())
