"""Every row of the hearsay table keeps its examples: the [statement] and no speaker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from quote_samples import unmark, words_of

from beleg.drafts import FoundQuotation
from beleg.errors import RuleTableError
from beleg.layers.quotes.hearsay import find_hearsay, without_speaker
from beleg.rules import hearsay_rules
from beleg.rules.hearsay_rules import load_hearsay_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import Span, segment
from linear import assert_linear

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


BEFORE = "Die Sprecherin schwieg. "


def attributed(statement: str, **parts: tuple[Span, ...]) -> tuple[str, FoundQuotation]:
    """A quotation of the statement whose speaker stands in the sentence before."""
    text = BEFORE + statement + "."
    empty: dict[str, tuple[Span, ...]] = {"cue": (), "frame": (), "addressee": ()}
    quote = FoundQuotation(
        type="indirect", medium="speech", spans=(Span(len(BEFORE), len(text) - 1),),
        speaker=(Span(0, 14),), **{**empty, **parts},
    )  # fmt: skip
    (kept,) = without_speaker(segment(text, segmentation_table()), (quote,), rules=RULES)
    return text, kept


def test_whoever_spoke_before_did_not_say_what_hearsay_says() -> None:
    text, quote = attributed("Anna Muster soll nach Musterstadt gereist sein")
    assert (quote.speaker, quote.type) == ((), "free-indirect")
    assert words_of(text, quote.cue) == words_of(
        text, (Span(text.index("soll"), len(BEFORE) + 16),)
    )


@pytest.mark.parametrize(("said", "kept"), [("Es heißt,", False), ("Es heißt weiter,", True)])
def test_what_is_said_by_nobody_is_not_said_by_whoever_spoke_before(said: str, kept: bool) -> None:
    statement = f"{said} die Halle sei leer"
    place = Span(len(BEFORE), len(BEFORE) + len(said))
    assert bool(attributed(statement, frame=(place,), cue=(place,))[1].speaker) == kept


@pytest.mark.parametrize(
    "statement",
    [
        "Anna Muster sei nach Musterstadt gereist",
        "Anna Muster soll nach Musterstadt reisen",
        "Anna Muster soll Zeugen zufolge gereist sein",
    ],
)
def test_other_statements_keep_their_speaker(statement: str) -> None:
    assert attributed(statement)[1].speaker


@pytest.mark.slow
def test_hearsay_in_one_endless_sentence_takes_time_in_line_with_its_length() -> None:
    def quoted(count: int) -> Callable[[], object]:
        text = "Anna soll gereist sein, " * count + "ja."
        sentences = segment(text, segmentation_table())
        quotes = tuple(
            FoundQuotation(
                type="indirect", medium="speech", spans=(Span(24 * n, 24 * n + 22),),
                speaker=(), cue=(), frame=(), addressee=(),
            )
            for n in range(count)
        )  # fmt: skip
        return lambda: without_speaker(sentences, quotes, rules=RULES)

    assert_linear(quoted, 400)
