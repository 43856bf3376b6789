"""Every row of the people table keeps its examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from people_samples import assert_as_marked

from beleg.errors import RuleTableError
from beleg.rules import people_rules
from beleg.rules.people_rules import load_people_rules
from beleg.rules.tables import read_table

ROWS = load_people_rules().rows


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: Mapping[str, Any]) -> None:
    assert row["yes"], "a row without an example is a row without a test"
    for marked in row["yes"]:
        assert_as_marked(marked)


def test_row_ids_are_unique() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("row", [row for row in ROWS if "words" in row], ids=lambda row: row["id"])
def test_no_word_stands_twice_in_a_row(row: Mapping[str, Any]) -> None:
    split = row["words"].split("|") if row["kind"] == "media" else row["words"].split()
    words = [" ".join(word.split()) for word in split]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"kind": "noun", "means": "thing", "form": "er", "words": "x"}, "means 'thing'"),
        ({"kind": "noun", "means": "person", "form": "odd", "words": "x"}, "form 'odd'"),
        ({"kind": "determiner", "sense": "vague", "forms": {"x": "mn"}}, "sense 'vague'"),
        ({"kind": "pronoun", "sense": "vague", "forms": {"x": "m"}}, "sense 'vague'"),
        ({"kind": "letters", "scheme": "x", "pairs": "ab"}, "'ab' is no pair"),
    ],
)
def test_a_wrong_row_is_refused_with_its_id(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], complaint: str
) -> None:
    rows = [*ROWS, {"id": "de.people.wrong", "source": "none", **changed}]
    _assert_refused(monkeypatch, rows, f"de.people.wrong.*{complaint}")


def test_a_table_without_a_sense_of_pronouns_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row for row in ROWS if row.get("sense") != "reflexive"]
    _assert_refused(monkeypatch, rows, "no row of kind 'pronoun' has the sense 'reflexive'")


def _assert_refused(
    monkeypatch: pytest.MonkeyPatch, rows: list[Mapping[str, Any]], complaint: str
) -> None:
    monkeypatch.setattr(
        people_rules,
        "read_table",
        lambda name, language="de": (
            {"row": rows} if name == "people" else read_table(name, language)
        ),
    )
    load_people_rules.cache_clear()
    try:
        with pytest.raises(RuleTableError, match=complaint):
            load_people_rules()
    finally:
        load_people_rules.cache_clear()
