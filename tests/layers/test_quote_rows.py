"""Every row of the table of words that report keeps its examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from quote_samples import assert_as_marked, quotations_of

from beleg.errors import RuleTableError
from beleg.rules import quote_rules
from beleg.rules.quote_rules import load_quote_rules
from beleg.rules.tables import read_table

ROWS = load_quote_rules().rows


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: Mapping[str, Any]) -> None:
    assert row.get("yes") or row.get("no"), "a row without an example is a row without a test"
    for marked in row.get("yes", ()):
        assert_as_marked(marked)
    for text in row.get("no", ()):
        assert not quotations_of(text), text


def test_row_ids_are_unique() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))


def test_no_word_stands_twice_in_a_row() -> None:
    for row in ROWS:
        listed = row.get("words") or row.get("verbs") or row.get("forms") or ""
        phrases = row["kind"] in ("phrase", "strong")
        listed = " ".join(listed.split())
        parts = [part.strip() for part in listed.split(" | ")] if phrases else listed.split()
        assert sorted(set(parts)) == sorted(parts), row["id"]


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"kind": "verbs"}, "kind 'verbs'"),
        ({"kind": "verb", "verbs": "x", "medium": "song", "takes": "clause"}, "medium 'song'"),
        ({"kind": "verb", "verbs": "x", "medium": "SW", "takes": "dative"}, "takes 'dative'"),
        ({"kind": "class", "words": "x", "class": "colour"}, "class 'colour'"),
        ({"kind": "attribution", "words": "x", "class": "so-so", "medium": "SW"}, "class 'so-so'"),
    ],
)
def test_a_wrong_row_is_refused_with_its_id(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], complaint: str
) -> None:
    row = {"id": "de.quotes.wrong", "source": "none", **changed}
    _assert_refused(monkeypatch, {"row": [*ROWS, row]}, f"de.quotes.wrong.*{complaint}")


def test_a_table_without_a_class_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"row": [row for row in ROWS if row.get("class") != "pronoun"]}
    _assert_refused(monkeypatch, table, "no row of kind 'class' has the class 'pronoun'")


def _assert_refused(
    monkeypatch: pytest.MonkeyPatch, table: Mapping[str, Any], complaint: str
) -> None:
    monkeypatch.setattr(
        quote_rules,
        "read_table",
        lambda name, language="de": table if name == "quotes" else read_table(name, language),
    )
    load_quote_rules.cache_clear()
    try:
        with pytest.raises(RuleTableError, match=complaint):
            load_quote_rules()
    finally:
        load_quote_rules.cache_clear()
