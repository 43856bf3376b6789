"""Whether a record may stand in an analysis: places, days, labels, references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NoReturn

import msgspec

from beleg.ledger.correcting.draft import Draft, named_by
from beleg.ledger.correcting.finding import shared
from beleg.ledger.correcting.kinds import DOCUMENT_FIELDS, KINDS, Json, Layer, refuse, spans_of
from beleg.messages import Message
from beleg.records import Document

_VALUE = re.compile(r"[A-Z0-9X_:./-]+")  # TIMEX3, as tests/invariants.py has it
_LONGEST = 2000  # characters of a name, title or address
NOWHERE = Message("nowhere", "a record that stands nowhere in the text")
_SPAN_FIELDS = ("span", "about", "condition", "spans", "mentions", "cue", "frame", "addressee")


def check_record(draft: Draft, layer: Layer, record: Json, *, instead_of: Sequence[Json]) -> None:
    """Raises CorrectionRefused unless the record fits.

    instead_of: the records of the draft that it replaces, itself as it is there first.
    """
    if layer == "document":
        _check_document(draft, record)
        return
    try:
        msgspec.convert(record, KINDS[layer].record)
    except msgspec.ValidationError as error:
        what = Message("misfit", str(error), detail=str(error))
        refuse(layer, what, "Use the fields and labels of docs/schema/analysis-1.json")
    _check_words(layer, record)
    _check_places(draft, layer, record, instead_of[0] if instead_of else {})
    _check_days(layer, record)
    _check_references(draft, layer, record)
    others = [o for o in draft.records(layer) if all(o is not gone for gone in instead_of)]
    match layer:
        case "people":
            if not record["name"].strip():
                refuse(layer, Message("no_name", "a person without a name"), "Write one")
        case "quotes":
            _check_parent(draft, record)
        case "times":
            _check_time(draft, record, others, {gone["id"] for gone in instead_of})
        case "events":
            _check_order(draft, record)
        case "argument_edges":
            _check_edge(record, others)
        case "checklist":
            if not record["why"] or len({*record["why"]}) < len(record["why"]):
                what = Message("reasons", "no reason, or the same one twice")
                refuse(layer, what, "Give each reason once")
            if not 0 < record["weight"] <= 1:
                what = Message("weight", f"a weight of {record['weight']}")
                refuse(layer, what, "Give one above 0 and up to 1")


def _check_document(draft: Draft, record: Json) -> None:
    try:
        msgspec.convert(record, Document)
    except msgspec.ValidationError as error:
        what = Message("misfit", str(error), detail=str(error))
        refuse("document", what, "Use the fields of docs/schema/analysis-1.json")
    old = draft.data["document"]
    fixed = [name for name in old if name not in DOCUMENT_FIELDS and record[name] != old[name]]
    if fixed:
        refuse("document", f"{fixed[0]} cannot be corrected", "Add the other text as an article")
    _check_words("document", {name: record[name] for name in DOCUMENT_FIELDS})


def _check_words(layer: Layer, value: Any) -> None:
    for words in _strings(value):
        if len(words) > _LONGEST:
            what = f"{len(words)} characters for one field"
            refuse(
                layer,
                Message("field_too_long", what, n=len(words), most=_LONGEST),
                f"Use {_LONGEST} at most",
            )
        if re.search("[\x00\ud800-\udfff]", words):
            what = "a character that no text has (NUL or half a one)"
            refuse(layer, Message("no_character", what), "Leave it out")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _check_places(draft: Draft, layer: Layer, record: Json, old: Json) -> None:
    length = len(draft.text)
    if KINDS[layer].spans and not spans_of(layer, record):
        refuse(layer, NOWHERE, "Mark its words")
    for spans in _places({n: v for n, v in record.items() if v != old.get(n)}):
        for start, end in spans:
            if not 0 <= start < end <= length:
                what = f"span {start}–{end} does not fit the text ({length} code points)"
                refuse(
                    layer,
                    Message("outside", what, start=start, end=end, length=length),
                    "Offsets count code points, from 0, end not included",
                )
        for (start, end), (following, last) in pairwise(spans):
            if following < end:
                what = f"spans {start}–{end} and {following}–{last} overlap or are out of order"
                refuse(
                    layer,
                    Message(
                        "spans_overlap", what, one=f"{start}–{end}", other=f"{following}–{last}"
                    ),
                    "Give each word once, in the order of the text",
                )


def _places(record: Json) -> Iterator[list[list[int]]]:
    for name in _SPAN_FIELDS:
        value = record.get(name)
        if value:
            yield [value] if isinstance(value[0], int) else value
    for inner in ("speaker", "certainty"):
        if record.get(inner):
            yield from _places(record[inner])


def _check_days(layer: Layer, record: Json) -> None:
    for part in (record, record.get("window") or {}):
        first, last = part.get("earliest"), part.get("latest")
        if first and last and first > last:
            what = f"the first day ({first}) is after the last ({last})"
            days = {"first": date.fromisoformat(first), "last": date.fromisoformat(last)}
            refuse(layer, Message("days_swapped", what, **days), "Swap them")
    certainty = record.get("certainty")
    if certainty and not 0 <= certainty["low"] <= certainty["high"] <= 1:
        refuse(
            layer,
            f"a probability from {certainty['low']} to {certainty['high']}",
            "Give the lower one first, both between 0 and 1",
        )


_TARGETS: dict[str, Layer] = {
    "person": "people", "chain": "people", "people": "people", "holder": "people",
    "parent": "quotes", "quote": "quotes", "time": "times", "anchor": "times",
    "after": "events", "from": "argument", "to": "argument",
}  # fmt: skip


def _check_references(draft: Draft, layer: Layer, record: Json) -> None:
    flat = {**record, **(record.get("speaker") or {})}
    for name, target in _TARGETS.items():
        if name in flat:
            known = draft.by_id(target)
            for one in named_by(layer, {name: flat[name]}) if name != "person" else [flat[name]]:
                if one not in known:
                    _refuse_name(layer, name, one)
    if "records" in record:
        known_ids = {
            r["id"] for other, k in KINDS.items() if k.prefix for r in draft.records(other)
        }
        for one in record["records"]:
            if one not in known_ids:
                _refuse_name(layer, "records", one)


def _refuse_name(layer: Layer, field: str, name: str) -> NoReturn:
    what = f"{field} names {name!r}, which is not there"
    refuse(layer, Message("names_missing", what, named=name), "Name one that is")


def _check_parent(draft: Draft, record: Json) -> None:
    quotes = draft.by_id("quotes")
    parent = record["parent"]
    seen = {record["id"]}
    while parent:
        if parent in seen:
            what = Message("in_itself", "a quotation that stands inside itself")
            refuse("quotes", what, "Choose another parent")
        seen.add(parent)
        parent = quotes[parent]["parent"]
    if record["parent"] and not shared(record["spans"], quotes[record["parent"]]["spans"]):
        what = Message("parent_elsewhere", "its parent stands elsewhere")
        refuse("quotes", what, "Choose one around it, or none")


def _check_time(draft: Draft, record: Json, others: list[Json], gone: set[str]) -> None:
    """gone: expressions of which the record takes the place."""
    start, end = record["span"]
    words = draft.text[start:end]
    if words != words.strip():
        what = f"span {start}–{end} begins or ends with a space"
        refuse("times", Message("space", what), "Mark the words only")
    if not _VALUE.fullmatch(record["value"]):
        value = record["value"]
        what = Message("no_timex", f"{value!r} is no TIMEX3 value", value=value)
        refuse("times", what, "Write one such as 2024-03-07")
    for other in others:
        if other["span"][0] < end and start < other["span"][1]:
            place = f"{other['id']} ({other['span'][0]}–{other['span'][1]})"
            what = f"span {start}–{end} overlaps {place}"
            refuse(
                "times",
                Message("times_overlap", what, words=draft.text[slice(*other["span"])]),
                "Correct that one, or reject it first",
            )
    dated = draft.data["document"]["published"] or draft.data["dating"]["earliest"]
    known = {None, "publication"} if dated else {None}
    for time in sorted((*others, record), key=lambda t: t["span"]):
        anchor = record["id"] if time["anchor"] in gone else time["anchor"]
        if anchor not in known:
            what = f"{time['id']} counts from {time['anchor']}, which does not stand before it"
            refuse(
                "times",
                Message("anchor_later", what, words=draft.text[slice(*time["span"])]),
                "Choose an earlier expression, or none",
            )
        known.add(time["id"])


def _check_order(draft: Draft, record: Json) -> None:
    events = draft.by_id("events")
    seen: set[str] = set()
    waiting = list(record["after"])
    while waiting:
        name = waiting.pop()
        if name == record["id"]:
            what = Message("after_itself", "an event that comes after itself")
            refuse("events", what, "Take it out of the order")
        if name not in seen:
            seen.add(name)
            waiting += events[name]["after"]


def _check_edge(record: Json, others: list[Json]) -> None:
    if record["from"] == record["to"]:
        what = Message("for_itself", "a statement given for itself")
        refuse("argument_edges", what, "Name two statements")
    if any((o["from"], o["to"]) == (record["from"], record["to"]) for o in others):
        what = Message("joined_already", "the two are joined already")
        refuse("argument_edges", what, "Correct that edge")
