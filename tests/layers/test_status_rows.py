"""Every row of the status table keeps its examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from status_samples import MARKED, assert_as_marked, status_of, told

from beleg.errors import RuleTableError
from beleg.rules import status_rules
from beleg.rules.status_rules import load_status_rules
from beleg.rules.tables import read_table, rows_of

ROWS = load_status_rules().rows
_LABELS = {
    "question": "unconfirmed",
    **dict.fromkeys(("degree", "future", "infinitive"), "speculated"),
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: Mapping[str, Any]) -> None:
    assert row["yes"]
    assert row["no"]
    label = row.get("label") or _LABELS.get(row["class"], "confirmed")
    for marked in row["yes"]:
        assert_as_marked(marked, label)
    for text in row["no"]:
        assert told(text) == [], text


def test_row_ids_are_unique() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))


# Without "adjective-ending", which the loader has already made into forms.
@pytest.mark.parametrize(
    "row",
    [row for row in rows_of(ROWS, "class") if row["class"] != "adjective-ending"],
    ids=lambda row: row["id"],
)
def test_a_class_matters_to_its_own_examples(row: Mapping[str, Any]) -> None:
    rules = load_status_rules()
    without = replace(rules, classes={**rules.classes, row["class"]: frozenset()})
    texts = [MARKED.sub(r"\2", text) for text in row["yes"] + row["no"]]
    assert any(status_of(text) != status_of(text, rules=without) for text in texts)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["kind"] != "shape"], ids=lambda row: row["id"]
)
def test_no_word_stands_twice_in_a_row(row: Mapping[str, Any]) -> None:
    words = " ".join((row.get("words") or row["verbs"]).split())
    cut = "|" if row["kind"] == "words" else " | " if row["kind"] == "phrase" else " "
    parts = [part.strip() for part in words.split(cut)]
    assert sorted(set(parts)) == sorted(parts)


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"kind": "word", "words": "x"}, "kind 'word'"),
        ({"kind": "adverb", "label": "sure", "words": "x"}, "label 'sure'"),
        ({"kind": "adverb", "label": "denied", "negated": "no", "words": "x"}, "negated 'no'"),
        ({"kind": "adverb", "label": "denied", "needs": "luck", "words": "x"}, "needs 'luck'"),
        ({"kind": "class", "class": "verbs", "words": "x"}, "class 'verbs'"),
    ],
)
def test_a_wrong_row_is_refused_with_its_id(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], complaint: str
) -> None:
    wrong = {"id": "de.status.wrong", "source": "none", **changed}
    _assert_refused(monkeypatch, [*ROWS, wrong], f"de.status.wrong.*{complaint}")


def test_a_table_without_a_class_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row for row in ROWS if row.get("class") != "copula"]
    _assert_refused(monkeypatch, rows, "no row of kind 'class' has the class 'copula'")


def _assert_refused(
    monkeypatch: pytest.MonkeyPatch, rows: list[Mapping[str, Any]], complaint: str
) -> None:
    monkeypatch.setattr(
        status_rules,
        "read_table",
        lambda name, language="de": (
            {"row": rows} if name == "status" else read_table(name, language)
        ),
    )
    load_status_rules.cache_clear()
    try:
        with pytest.raises(RuleTableError, match=complaint):
            load_status_rules()
    finally:
        load_status_rules.cache_clear()
