"""Every row of the time tables keeps its examples."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from beleg.layers.times import OPS, find_times
from beleg.records import TimeExpression
from beleg.rules.segmentation import segmentation_table
from beleg.rules.time_rules import load_time_rules
from beleg.text.article import Article, Span
from beleg.text.segments import segment

ROWS = load_time_rules().rows


def unmark(marked: str) -> tuple[str, Span]:
    start, end = marked.index("["), marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), Span(start, end)


def times_of(text: str, published: str, mode: str = "news") -> tuple[TimeExpression, ...]:
    sentences = [sentence.span for sentence in segment(text, segmentation_table())]
    return find_times(
        Article(text=text),
        sentences,
        rules=load_time_rules(),
        published=date.fromisoformat(published) if published else None,
        mode="narrative" if mode == "narrative" else "news",
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: Mapping[str, Any]) -> None:
    assert row["yes"], "a row without an example is a row without a test"
    for marked, published, expected in row["yes"]:
        text, span = unmark(marked)
        found = {time.span: time for time in times_of(text, published, row.get("mode", "news"))}
        assert span in found, (marked, {text[s.start : s.end] for s in found})
        kind, _, value = expected.rpartition(" ")
        time = found[span]
        assert time.rule.partition("#")[0] == row["id"], marked
        assert time.value == value, marked
        assert time.type == (kind or time.type), marked
    for text in row.get("no", ()):
        rules = {time.rule.partition("#")[0] for time in times_of(text, "2020-06-15")}
        assert row["id"] not in rules, text


def test_row_ids_are_unique_and_every_op_is_known() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))
    assert {row["means"]["op"] for row in ROWS} <= set(OPS)
