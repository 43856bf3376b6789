"""The records of an article as the reading view lists them, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from beleg.errors import LedgerMissing
from beleg.ledger.correcting import DOCUMENT_FIELDS, LAYERS, Corrected, Correction, Layer, key_of
from beleg.ledger.correcting.draft import Draft
from beleg.ledger.correcting.kinds import KINDS, Json, spans_of
from beleg.messages import Message
from beleg.records import Analysis, Record
from beleg.report.safe import beginning, one_line, shorten
from beleg.report.words import Words
from beleg.text.article import Span

Standing = Literal["untouched", "confirmed", "corrected", "added", "merged"]

# The letter that the report gives a layer's marks and cards; they are counted from 1.
_LETTERS: Mapping[Layer, str] = {
    "quotes": "q", "times": "t", "status": "s", "wording": "w", "forecasts": "f",
    "argument": "n", "events": "e", "checklist": "k",
}  # fmt: skip
_STANDING: Mapping[str, Standing] = {
    "confirm": "confirmed", "correct": "corrected", "add": "added", "merge": "merged",
}  # fmt: skip
_GROUPS = {
    "quotes": "quotation", "times": "type", "status": "status", "wording": "wording",
    "forecasts": "forecast", "argument": "role",
}  # fmt: skip
_ANCHOR = re.compile(r"[a-z]\d{1,6}")
_LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What people said last about a record. restored: the machine does not find it (any more)."""

    standing: Standing = "untouched"
    by: str | None = None
    at: datetime | None = None
    correction: int | None = None
    restored: bool = False
    fields: tuple[str, ...] = ()


UNTOUCHED = State()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A record in the list.

    key: see `key_of`. mark: what the report calls it ("q4"); anchor: its id, where that can stand
    in an address. label: what it is, in the report's words, where there is one.
    """

    layer: Layer
    key: str
    mark: str | None
    anchor: str | None
    label: str | None
    words: str
    state: State
    start: int


def records_of(analysis: Analysis, layer: Layer) -> Sequence[Record]:
    """The records of a layer, in the analysis's order; of the document the one there is."""
    match layer:
        case "document":
            return (analysis.document,)
        case "argument":
            return analysis.argument.nodes
        case "argument_edges":
            return analysis.argument.edges
        case _:
            records: Sequence[Record] = getattr(analysis, layer)
            return records


def as_json(layer: Layer, record: Record) -> Json:
    """The record as in the contract's JSON; of the document what can be corrected."""
    plain: Json = msgspec.json.decode(msgspec.json.encode(record))
    return {name: plain[name] for name in DOCUMENT_FIELDS} if layer == "document" else plain


def record_at(analysis: Analysis, layer: Layer, key: str) -> Json:
    """The record of that key. Raises LedgerMissing."""
    for record in records_of(analysis, layer):
        if key_of(layer, record) == key:
            return as_json(layer, record)
    raise LedgerMissing(
        f"{layer} {key}",
        Message("record_gone", "not in this analysis (any more)"),
        "Load it again",
    )


def rows_of(
    corrected: Corrected, corrections: Mapping[int, Correction], words: Words
) -> tuple[Row, ...]:
    """All records but the document's: first what stands in the text, in its order."""
    rows = list(_rows(corrected, corrections, words))
    return tuple(sorted(rows, key=lambda row: row.start))


def state_of(
    corrected: Corrected, corrections: Mapping[int, Correction], layer: Layer, key: str
) -> State:
    """What people said about the record of that key."""
    mark = corrected.marks.get((layer, key))
    last = corrections.get(mark.corrections[-1]) if mark else None
    if mark is None or last is None:
        return UNTOUCHED
    return State(
        standing=_STANDING.get(mark.actions[-1], "corrected"),
        by=last.made_by,
        at=last.made_at,
        correction=last.id,
        restored=mark.restored,
        fields=mark.fields,
    )


def words_of_record(analysis: Analysis, layer: Layer, record: Json) -> str:
    """The record in words of the article, on one line."""
    if layer == "document":
        return one_line(record.get("title") or analysis.document.title or "")
    if layer == "people":
        return shorten(one_line(str(record["name"])), _LONGEST)
    if layer == "argument_edges":
        nodes = {node.id: node.span for node in analysis.argument.nodes}
        ends = (nodes.get(record[end]) for end in ("from", "to"))
        return " → ".join(
            beginning(analysis.document.text, span, _LONGEST // 2) if span else "?" for span in ends
        )
    spans = sorted(spans_of(layer, record))
    text = analysis.document.text
    return shorten(" … ".join(beginning(text, Span(*span), _LONGEST) for span in spans), _LONGEST)


def _rows(
    corrected: Corrected, corrections: Mapping[int, Correction], words: Words
) -> Iterator[Row]:
    analysis = corrected.analysis
    draft = Draft(analysis)
    behind = len(analysis.document.text)
    for layer in LAYERS[1:]:
        letter = _LETTERS.get(layer)
        for number, plain in enumerate(draft.records(layer), start=1):
            key = key_of(layer, plain)
            spans = spans_of(layer, plain)
            yield Row(
                layer=layer,
                key=key,
                mark=f"{letter}{number}" if letter else None,
                anchor=key if KINDS[layer].prefix and _ANCHOR.fullmatch(key) else None,
                label=_label(layer, plain, words),
                words=words_of_record(analysis, layer, plain),
                state=state_of(corrected, corrections, layer, key),
                start=min(spans)[0] if spans else behind,
            )


def _label(layer: Layer, record: Json, words: Words) -> str | None:
    group, name = _GROUPS.get(layer), KINDS[layer].label
    if group is None or name is None:
        return None
    return words.say(f"{group}.{record[name]}")
