"""Every row of the hearsay table keeps its examples: the [statement] and no speaker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from quote_samples import unmark, words_of

from beleg.drafts import FoundQuotation
from beleg.errors import RuleTableError
from beleg.layers.quotes.hearsay import find_hearsay
from beleg.rules import hearsay_rules
from beleg.rules.hearsay_rules import load_hearsay_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import Span, segment

RULES = load_hearsay_rules()


def hearsay_of(text: str, quotes: tuple[FoundQuotation, ...] = ()) -> tuple[FoundQuotation, ...]:
    return find_hearsay(segment(text, segmentation_table()), quotes, rules=RULES)


@pytest.mark.parametrize("row", RULES.rows, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: Mapping[str, Any]) -> None:
    assert row["yes"]
    assert row["no"]
    for marked in row["yes"]:
        expected = unmark(marked)
        (quote,) = hearsay_of(expected.text)
        assert words_of(expected.text, quote.spans) == words_of(
            expected.text, expected.quotation
        ), marked
        assert quote.cue
        assert not quote.speaker
    for text in row["no"]:
        assert not hearsay_of(text), text


def test_a_row_of_an_unknown_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [*RULES.rows, {"id": "de.hearsay.wrong", "kind": "gossip", "words": "x"}]
    _assert_refused(monkeypatch, rows, r"de\.hearsay\.wrong.*gossip")


def test_a_table_without_a_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row for row in RULES.rows if row["kind"] != "modal"]
    _assert_refused(monkeypatch, rows, "no row of the kind 'modal'")


def _assert_refused(
    monkeypatch: pytest.MonkeyPatch, rows: list[Mapping[str, Any]], complaint: str
) -> None:
    monkeypatch.setattr(hearsay_rules, "read_table", lambda name, language="de": {"row": rows})
    load_hearsay_rules.cache_clear()
    try:
        with pytest.raises(RuleTableError, match=complaint):
            load_hearsay_rules()
    finally:
        load_hearsay_rules.cache_clear()


def test_what_is_quoted_already_is_not_found_again() -> None:
    text = "Anna Muster soll nach Musterstadt gereist sein."
    quote = FoundQuotation(
        type="indirect", medium="SW", spans=(Span(0, len(text)),), speaker=(), cue=(), frame=(),
        addressee=(),
    )  # fmt: skip
    assert hearsay_of(text)
    assert not hearsay_of(text, (quote,))


def test_a_modal_is_free_indirect_and_a_phrase_indirect() -> None:
    (modal,) = hearsay_of("Anna Muster soll krank gewesen sein.")
    (phrase,) = hearsay_of("Dem Vernehmen nach ist Anna Muster krank.")
    assert (modal.type, phrase.type) == ("free-indirect", "indirect")


@pytest.mark.parametrize("word", ["soll ", "es heißt, ", "dem Vernehmen nach ", "aus kreisen "])
def test_an_endless_sentence_has_at_most_one_statement(word: str) -> None:
    quotes = hearsay_of(word * 4_000)
    assert len(quotes) <= 1
