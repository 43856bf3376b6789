"""Every row of the timeline table keeps its examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from timeline_samples import assert_as_marked, events_of

from beleg.errors import RuleTableError
from beleg.rules import timeline_rules
from beleg.rules.tables import read_table
from beleg.rules.timeline_rules import load_timeline_rules

ROWS = load_timeline_rules().rows


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: Mapping[str, Any]) -> None:
    assert row["yes"] or row["no"], "a row without an example is a row without a test"
    for marked in row["yes"]:
        assert_as_marked(marked)
    for text in row.get("no", ()):
        found = events_of(text)
        if row["kind"] == "order":
            found = tuple(event for event in found if event.time is None)
        assert not found, text


def test_row_ids_are_unique() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))


def test_no_word_stands_twice_in_a_row() -> None:
    for row in ROWS:
        words = row.get("words", "")
        parts = words.split("|") if row["kind"] == "order" else words.split()
        assert sorted(set(parts)) == sorted(parts), row["id"]


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"kind": "order", "words": "x", "relation": "beside"}, "relation 'beside'"),
        ({"kind": "bound", "words": "x", "side": "left"}, "side 'left'"),
        ({"kind": "shape", "class": "t-form", "pattern": "("}, "pattern"),
    ],
)
def test_a_wrong_row_is_refused_with_its_id(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], complaint: str
) -> None:
    table = {"row": [*ROWS, {"id": "de.timeline.wrong", "source": "none", **changed}]}
    _assert_refused(monkeypatch, table, f"de.timeline.wrong.*{complaint}")


@pytest.mark.parametrize("kind", ["class", "aside", "shape"])
def test_a_table_without_a_class_is_refused(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    name = next(row["class"] for row in ROWS if row["kind"] == kind)
    table = {"row": [row for row in ROWS if row.get("class") != name]}
    _assert_refused(monkeypatch, table, f"no row of kind '{kind}' has the class '{name}'")


def _assert_refused(
    monkeypatch: pytest.MonkeyPatch, table: Mapping[str, Any], complaint: str
) -> None:
    monkeypatch.setattr(
        timeline_rules,
        "read_table",
        lambda name, language="de": table if name == "timeline" else read_table(name, language),
    )
    load_timeline_rules.cache_clear()
    try:
        with pytest.raises(RuleTableError, match=complaint):
            load_timeline_rules()
    finally:
        load_timeline_rules.cache_clear()
