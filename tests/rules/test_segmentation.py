"""Every row of the splitting table keeps its examples."""

from __future__ import annotations

import re
from typing import Any

import pytest

from beleg.errors import RuleTableError
from beleg.rules import segmentation
from beleg.rules.segmentation import segmentation_table
from beleg.rules.tables import read_table
from beleg.text import segment

ROWS: list[dict[str, Any]] = read_table("segmentation")["row"]
TABLE = segmentation_table()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: dict[str, Any]) -> None:
    assert row["examples"]
    for marked in row["examples"]:
        text = re.sub(r"\s*\|", "", marked)
        found = [text[s.span.start : s.span.end] for s in segment(text, TABLE)]
        assert found == [part.strip() for part in marked.split("|")]


def test_row_ids_are_unique() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(set(ids)) == len(ids)


def test_no_word_stands_twice_in_a_row() -> None:
    for row in ROWS:
        words = row["words"].split()
        assert sorted(set(words)) == sorted(words), row["id"]


@pytest.mark.parametrize(
    ("word", "letters_before", "after"),
    [
        ("Dr", "", "never"),
        ("DR", "", "never"),
        ("Vgl", "", "never"),
        ("Tel.-Nr", "", "starter"),
        ("Bahnhofstr", "", "starter"),
        ("B", "z.", "never"),
        ("z.B", "", "never"),
        ("R", "i.d.", "never"),
        ("K", "J.", "starter"),
        ("XIV", "", "starter"),
        ("Tgb", "", "starter"),
        ("usw", "", "capital"),
        ("Art", "", "number"),
        ("Haus", "", None),
        ("Franz", "", None),
        ("GmbH", "", None),
        ("km/h", "", None),
        ("XXL", "", None),
        ("EU", "", None),
        ("\u00ad", "", None),
        ("bz\u00adw", "", "never"),
    ],
)
def test_what_the_stop_behind_a_word_does(
    word: str, letters_before: str, after: str | None
) -> None:
    assert TABLE.after_stop(word, letters_before) == after


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"kind": "abbreviation", "after": "sometimes", "words": "a."}, "sometimes"),
        ({"kind": "abbreviation", "after": "never", "words": "ab"}, "'ab' has no stop"),
        ({"kind": "wish", "words": "a"}, "kind 'wish'"),
        ({"kind": "starter"}, "words must be"),
        ({"kind": "starter", "words": " "}, "words must be"),
        ({"kind": "starter", "words": ["a"]}, "words must be"),
    ],
)
def test_a_wrong_row_is_refused_with_its_id(
    monkeypatch: pytest.MonkeyPatch, row: dict[str, Any], complaint: str
) -> None:
    table = {"row": [{"id": "de.segmentation.wrong", "source": "none", **row}]}
    monkeypatch.setattr(segmentation, "read_table", lambda *_: table)
    segmentation_table.cache_clear()
    try:
        with pytest.raises(RuleTableError, match=f"de.segmentation.wrong: .*{complaint}"):
            segmentation_table("de")
    finally:
        segmentation_table.cache_clear()


def test_a_word_in_two_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "x", "source": "none", "kind": "abbreviation", "after": "never", "words": "a."}
    monkeypatch.setattr(segmentation, "read_table", lambda *_: {"row": [row, {**row, "id": "y"}]})
    segmentation_table.cache_clear()
    try:
        with pytest.raises(RuleTableError, match=r"row y: 'a\.' stands in another row"):
            segmentation_table("de")
    finally:
        segmentation_table.cache_clear()
