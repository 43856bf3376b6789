"""Which fields of a record the forms offer, what they show, and what they mean when sent."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from starlette.datastructures import FormData

from beleg.ledger.correcting import Layer
from beleg.ledger.correcting.kinds import Json, refuse
from beleg.ledger.correcting.soundness import NOWHERE
from beleg.messages import Message

Control = Literal["choice", "text", "lines", "day", "places", "boxes", "number"]
# What a choice is made from: labels of the contract ("quotation" …) or records of the article.
Source = Literal[
    "quotation", "medium", "sourcing", "type", "status", "wording", "forecast", "role", "why",
    "person", "edge", "people", "holders", "quotes", "around", "nodes", "times",
]  # fmt: skip
PREFIX = "f."  # of the names under which a record's fields are sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a layer's records.

    name: in the contract's JSON, with a dot where it is inside another. most: places it may have.
    optional: it may be left empty, which means null.
    """

    name: str
    control: Control
    source: Source | None = None
    optional: bool = False
    most: int = 1


def _choice(name: str, source: Source, *, optional: bool = False) -> Field:
    return Field(name=name, control="choice", source=source, optional=optional)


def _day(name: str) -> Field:
    return Field(name=name, control="day", optional=True)


def _text(name: str, *, optional: bool = True) -> Field:
    return Field(name=name, control="text", optional=optional)


_SPAN = Field(name="span", control="places")
_QUOTE = _choice("quote", "quotes", optional=True)

FIELDS: Mapping[Layer, tuple[Field, ...]] = {
    "document": (_text("title"), _text("author"), _text("outlet"), _text("url"), _day("published")),
    "quotes": (
        Field(name="spans", control="places", most=20),
        _choice("type", "quotation"),
        _choice("medium", "medium"),
        _choice("speaker", "people", optional=True),
        _choice("parent", "around", optional=True),
        _choice("sourcing", "sourcing"),
        Field(name="addressee", control="places", optional=True, most=5),
    ),
    "times": (
        _SPAN,
        _choice("type", "type"),
        _text("value", optional=False),
        _day("earliest"),
        _day("latest"),
    ),
    "status": (
        _SPAN,
        _choice("label", "status"),
        Field(name="about", control="places", optional=True),
        _QUOTE,
    ),
    "wording": (_SPAN, _choice("kind", "wording"), _QUOTE),
    "forecasts": (
        _SPAN,
        _choice("kind", "forecast"),
        _choice("holder", "holders"),
        _day("window.earliest"),
        _day("window.latest"),
        Field(name="condition", control="places", optional=True),
    ),
    "argument": (_SPAN, _choice("role", "role"), _QUOTE),
    "argument_edges": (_choice("from", "nodes"), _choice("kind", "edge"), _choice("to", "nodes")),
    "events": (_SPAN, _choice("time", "times", optional=True), _day("earliest"), _day("latest")),
    "people": (
        _text("name", optional=False),
        _choice("kind", "person"),
        Field(name="roles", control="lines"),
        Field(name="mentions", control="places", most=500),
    ),
    "checklist": (
        _SPAN,
        Field(name="why", control="boxes", source="why"),
        Field(name="weight", control="number"),
    ),
}


def value_of(field: Field, record: Json) -> Any:
    """What a record has in a field: pairs for places, else text or a list of it, never None."""
    value: Any = record
    for part in field.name.split("."):
        value = None if value is None else value.get(part)
    if field.name == "speaker" and value is not None:
        value = value["person"]
    if field.control == "places":
        if value is None:
            return []
        return [value] if value and isinstance(value[0], int) else value
    if field.control in ("lines", "boxes"):
        return value or []
    return "" if value is None else str(value)


def typed_value(field: Field, form: FormData) -> Any:
    """What a form has in a field, as `value_of` gives it; None where the form lacks it."""
    name = PREFIX + field.name
    if field.control == "places":
        if f"{name}.start" not in form:
            return None
        starts, ends = form.getlist(f"{name}.start"), form.getlist(f"{name}.end")
        return [[str(start), str(end)] for start, end in zip(starts, ends, strict=False)]
    if name not in form:
        return None
    if field.control == "boxes":
        return [str(value) for value in form.getlist(name)]
    typed = str(form[name])
    return typed.splitlines() if field.control == "lines" else typed


def filled_in(layer: Layer, record: Json, form: FormData) -> Json:
    """The record with what the form says; fields that the form lacks stay.

    Raises CorrectionRefused for what is no number or no day.
    """
    after = deepcopy(record)
    for field in FIELDS[layer]:
        typed = typed_value(field, form)
        if typed is not None:
            _put(layer, field, after, typed)
    return after


def _put(layer: Layer, field: Field, record: Json, typed: Any) -> None:
    match field.control:
        case "places":
            _put_places(layer, field, record, typed)
        case "lines":
            record[field.name] = [line.strip() for line in typed if line.strip()]
        case "boxes":
            record[field.name] = typed
        case "number":
            record[field.name] = _number(layer, typed)
        case _ if field.name == "speaker":
            _put_speaker(record, typed)
        case _ if "." in field.name:
            _put_inside(layer, field, record, typed)
        case "day":
            record[field.name] = _day_typed(layer, typed)
        case _:
            record[field.name] = typed.strip() or (None if field.optional else "")


def _put_places(layer: Layer, field: Field, record: Json, typed: list[list[str]]) -> None:
    places = sorted(
        [_offset(layer, start), _offset(layer, end)]
        for start, end in typed
        if start.strip() or end.strip()
    )
    single = field.most == 1
    record[field.name] = (places[0] if places else None) if single else places
    if single and not places and not field.optional:
        refuse(layer, NOWHERE, "Mark its words")


def _put_speaker(record: Json, typed: str) -> None:
    """Another speaker is a known one; the words that name the speaker stay."""
    old = record["speaker"]
    if not typed:
        record["speaker"] = None
    elif old is None or old["person"] != typed:
        spans = old["spans"] if old else []
        record["speaker"] = {"person": typed, "spans": spans, "unresolved": None}


def _put_inside(layer: Layer, field: Field, record: Json, typed: str) -> None:
    """A day of a forecast's window, which is null without any."""
    outer, _, inner = field.name.partition(".")
    window = dict(record[outer] or {"earliest": None, "latest": None})
    window[inner] = _day_typed(layer, typed)
    record[outer] = window if any(window.values()) else None


def _offset(layer: Layer, typed: str) -> int:
    if not (typed.strip().isdecimal() and len(typed.strip()) < 10):
        what = Message("no_place", f"{typed!r} is no place in the text", typed=typed)
        refuse(layer, what, "Give a number from 0")
    return int(typed)


def _number(layer: Layer, typed: str) -> float:
    try:
        return float(typed)
    except ValueError:
        what = Message("weight", f"{typed!r} is no number")
        refuse(layer, what, "Give one above 0 and up to 1")


def _day_typed(layer: Layer, typed: str) -> str | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip()).isoformat()
    except ValueError:
        what = Message("no_day", f"{typed!r} is no day", typed=typed)
        refuse(layer, what, "Write it as 2024-03-07")


def labels_of(alternatives: Any) -> tuple[str, ...]:
    """The labels of one of the contract's enumerations."""
    labels: tuple[str, ...] = get_args(alternatives)
    return labels
