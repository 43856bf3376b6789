"""Whether a correction may be written: it has to fit the analysis it was made on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from beleg.ledger.correcting.applying import apply_one
from beleg.ledger.correcting.draft import Draft
from beleg.ledger.correcting.finding import find, find_edge
from beleg.ledger.correcting.kinds import (
    ACTIONS,
    DOCUMENT_FIELDS,
    KINDS,
    LAYERS,
    Correction,
    Json,
    Layer,
    refuse,
    spans_of,
)
from beleg.ledger.correcting.naming import references
from beleg.ledger.correcting.soundness import NOWHERE
from beleg.messages import Message
from beleg.records import Analysis

_LARGEST = 200_000  # bytes of before and after as JSON
_MOST_MERGED = 100


def check_correction(analysis: Analysis, correction: Correction) -> Correction:
    """The correction with its `refs`, ready to be written.

    analysis: with all earlier corrections applied; ids in before and after are its ids.
    Raises CorrectionRefused for one that does not fit.
    """
    _check_form(correction)
    layer, action = correction.layer, correction.action
    draft = Draft(analysis)
    match layer, action:
        case "document", _:
            _check_document(draft, correction)
        case _, "add":
            _check_addition(draft, correction)
        case _, "merge":
            _check_merger(draft, correction)
        case _:
            _there(draft, layer, _whole(layer, correction.before))
    if action == "correct" and layer != "document":
        _check_after(correction)
    befores = correction.before if action == "merge" else [correction.before]
    records = [record for record in (*befores, correction.after) if record is not None]
    checked = replace(correction, refs=references(draft, layer, action, records))
    missing = apply_one(draft, checked)
    if missing:
        what = f"it names {missing[0]!r}, which is not there"
        refuse(layer, Message("names_missing", what, named=missing[0]), "Name one that is")
    draft.finished()
    if action in ("add", "correct"):
        _check_neighbours(Draft(analysis), correction)
    return checked


def _check_form(correction: Correction) -> None:
    layer, action = correction.layer, correction.action
    if layer not in LAYERS or action not in ACTIONS:
        known = f"Layers: {', '.join(LAYERS)}; actions: {', '.join(ACTIONS)}"
        refuse(layer, f"no such layer or action ({action!r})", known)
    if action == "merge" and layer != "people":
        refuse(layer, "only people can be merged", "Reject one and correct the other")
    if (correction.before is None) != (action == "add"):
        refuse(layer, f"{action} with a wrong `before`", "Give the record, for `add` none")
    if (correction.after is None) == (action in ("correct", "add")) and action != "merge":
        refuse(layer, f"{action} with a wrong `after`", "Give it for `correct` and `add` only")
    try:
        size = len(msgspec.json.encode([correction.before, correction.after]))
    except (TypeError, ValueError, RecursionError) as error:
        refuse(layer, f"before and after are no JSON ({error})", "Send plain JSON")
    if size > _LARGEST:
        refuse(layer, f"{size} bytes", f"Correct in steps of at most {_LARGEST}")


def _check_document(draft: Draft, correction: Correction) -> None:
    for value in (correction.before, correction.after):
        if value is None:
            continue
        if not isinstance(value, Mapping):
            refuse("document", "not fields with values", "Send them as a JSON object")
        unknown = [name for name in value if name not in DOCUMENT_FIELDS]
        if unknown or not value:
            what = f"{unknown[0]} cannot be corrected" if unknown else "no field is named"
            refuse("document", what, f"Correct {', '.join(DOCUMENT_FIELDS)}")
    if correction.action == "add":
        refuse("document", "every article has one", "Use `correct`")
    now = draft.data["document"]
    if any(now[name] != value for name, value in correction.before.items()):
        refuse("document", _another(), "Load the article again")


def _check_addition(draft: Draft, correction: Correction) -> None:
    layer = correction.layer
    record = _whole(layer, correction.after, new=True)
    label = KINDS[layer].label
    if layer == "argument_edges":
        if find_edge(record["from"], record["to"], draft.records(layer)):
            what = Message("joined_already", "the two are joined already")
            refuse(layer, what, "Correct that edge")
        return
    for other in draft.records(layer):
        same = spans_of(layer, other) == spans_of(layer, record)
        if same and (label is None or other[label] == record[label]):
            what = Message("there_already", "such a record is there already")
            refuse(layer, what, "Correct that one")


def _check_merger(draft: Draft, correction: Correction) -> None:
    if not isinstance(correction.before, list) or len(correction.before) > _MOST_MERGED:
        refuse("people", "no list of people", f"Give two to {_MOST_MERGED}")
    found = [_there(draft, "people", _whole("people", one)) for one in correction.before]
    if len({one["id"] for one in found}) < 2:
        what = Message("merge_fewer", "fewer than two different people")
        refuse("people", what, "Give at least two")
    if correction.after is not None:
        _whole("people", correction.after)


def _whole(layer: Layer, record: Any, *, new: bool = False) -> Json:
    """The record, checked to be a whole one; a new one needs no id."""
    if not isinstance(record, Mapping):
        refuse(layer, "not a record", "Send the whole record as JSON")
    whole = dict(record)
    if new and KINDS[layer].prefix:
        whole["id"] = "new"
    try:
        msgspec.convert(whole, KINDS[layer].record)
    except msgspec.ValidationError as error:
        what = Message("misfit", str(error), detail=str(error))
        refuse(layer, what, "Use the fields and labels of docs/schema/analysis-1.json")
    if KINDS[layer].spans and not spans_of(layer, whole):
        refuse(layer, NOWHERE, "Mark its words")
    return whole


def _there(draft: Draft, layer: Layer, wanted: Json) -> Json:
    """The draft's record, which has to be as the person saw it."""
    records = draft.records(layer)
    if layer == "argument_edges":
        found = find_edge(wanted["from"], wanted["to"], records)
    else:
        found = find(layer, wanted, records)
    if found is None:
        what = Message("record_gone", "the record is not there (any more)")
        refuse(layer, what, "Load the article again")
    type_ = KINDS[layer].record
    if msgspec.convert(wanted, type_) != msgspec.convert(found, type_):
        refuse(layer, _another(), "Load the article again")
    return found


def _another() -> Message:
    return Message("another_by_now", "it is another than the one in `before`")


def _check_after(correction: Correction) -> None:
    layer, before = correction.layer, correction.before
    after = _whole(layer, correction.after)
    if layer == "argument_edges" and any(before[end] != after[end] for end in ("from", "to")):
        what = Message("other_ends", "an edge between other statements")
        refuse(layer, what, "Reject it and add the other")
    if "id" in after and after["id"] != before["id"]:
        refuse(layer, "before and after have other ids", "Leave the id as it is")


def _check_neighbours(draft: Draft, correction: Correction) -> None:
    """A person sees the neighbours, so none gives way unasked, as one does in a later analysis."""
    layer, before, after = correction.layer, correction.before, correction.after or {}
    itself = None if before is None or layer == "document" else _there(draft, layer, before)
    others = [other for other in draft.records(layer) if other is not itself]
    if layer == "times":
        start, end = after["span"]
        for other in others:
            if other["span"][0] < end and start < other["span"][1]:
                what = f"span {start}–{end} overlaps {other['id']}"
                words = draft.text[slice(*other["span"])]
                refuse(
                    layer,
                    Message("times_overlap", what, words=words),
                    "Correct that one, or reject it first",
                )
    if layer == "people":
        old = [] if before is None else before["mentions"]
        new = [mention for mention in after["mentions"] if mention not in old]
        for other in others:
            # Who wrote the article may be mentioned nowhere in it.
            if other["mentions"] and all(mention in new for mention in other["mentions"]):
                name = other["name"]
                what = Message("only_mention", f"the only mention of {name}", who=name)
                refuse(layer, what, "Merge the two")
