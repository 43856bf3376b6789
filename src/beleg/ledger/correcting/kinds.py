"""What can be corrected: the layers with their records, and the correction itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NoReturn, get_args

from beleg.errors import CorrectionRefused
from beleg.records import (
    Analysis,
    ArgumentEdge,
    ArgumentNode,
    Check,
    Event,
    Forecast,
    Person,
    Quotation,
    Record,
    Status,
    TimeExpression,
    Wording,
)

Layer = Literal[
    "document", "people", "quotes", "times", "status", "events", "forecasts",
    "argument", "argument_edges", "wording", "checklist",
]  # fmt: skip
Action = Literal["confirm", "reject", "correct", "add", "merge"]
Json = dict[str, Any]  # a record as in the contract's JSON

LAYERS: tuple[Layer, ...] = get_args(Layer)
ACTIONS: tuple[Action, ...] = get_args(Action)
DOCUMENT_FIELDS = ("title", "author", "outlet", "url", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How the records of a layer are built.

    prefix: of their ids; None where they have none. spans: the field that says where a record
    stands; None for edges, which stand where their nodes do. label: the field that says what it
    is. sets: fields of which single members are corrected, not the whole.
    """

    record: type[Record]
    prefix: str | None = None
    spans: str | None = "span"
    label: str | None = None
    sets: tuple[str, ...] = ()


KINDS: Mapping[Layer, Kind] = {
    "people": Kind(
        record=Person, prefix="p", spans="mentions", label="kind", sets=("mentions", "roles")
    ),
    "quotes": Kind(record=Quotation, prefix="q", spans="spans", label="type"),
    "times": Kind(record=TimeExpression, prefix="t", label="type"),
    "status": Kind(record=Status, label="label"),
    "events": Kind(record=Event, prefix="e", sets=("after", "people")),
    "forecasts": Kind(record=Forecast, prefix="f", label="kind"),
    "argument": Kind(record=ArgumentNode, prefix="n", label="role"),
    "argument_edges": Kind(record=ArgumentEdge, spans=None, label="kind"),
    "wording": Kind(record=Wording, label="kind"),
    "checklist": Kind(record=Check, sets=("records",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person says about one record, or of several people that they are one.

    before: the record as that person saw it; None for "add"; for "merge" the list of people, the
    one who stays first. after: as it is to be; None for "confirm" and "reject", and for "merge"
    where the first is to stay as it is. In the layer "document" both hold the fields meant only.
    refs: the records they name by id, see `beleg.ledger.correcting.naming`.
    """

    id: int
    layer: Layer
    action: Action
    before: Any
    after: Json | None
    refs: Json
    made_at: datetime
    made_by: str
    why: str = ""
    revoked_at: datetime | None = None
    revoked_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What people said about one record of the corrected analysis.

    corrections, actions: in order, side by side. fields: those that a person set. restored: the
    machine does not find the record (any more); it is there since a person said so.
    """

    corrections: tuple[int, ...]
    actions: tuple[Action, ...]
    fields: tuple[str, ...] = ()
    restored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What of a correction could not be applied to this analysis, and why.

    partly: the rest of it was applied.
    """

    correction: int
    layer: Layer
    reason: str
    partly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """An analysis with what people said about it applied.

    marks: by layer and key, see `key_of`. lost: what could not be applied.
    """

    analysis: Analysis
    marks: Mapping[tuple[Layer, str], Mark]
    lost: tuple[Lost, ...]


def key_of(layer: Layer, record: Record | Mapping[str, Any]) -> str:
    """What names a record within its layer of one analysis.

    Its id; without one the place and the label ("12-20 denied"); "n2>n1 supports" for an edge;
    "document" for the document.
    """
    if layer == "document":
        return "document"
    kind = KINDS[layer]

    def value(name: str) -> Any:
        if isinstance(record, Mapping):
            return record[name]
        return getattr(record, "from_" if name == "from" else name)

    if kind.prefix:
        return str(value("id"))
    where = "{}-{}".format(*value(kind.spans)) if kind.spans else f"{value('from')}>{value('to')}"
    return f"{where} {value(kind.label)}" if kind.label else where


def spans_of(layer: Layer, record: Mapping[str, Any]) -> list[list[int]]:
    """Where a record stands, as [start, end) pairs; empty for edges and the document."""
    name = KINDS[layer].spans if layer != "document" else None
    if name is None:
        return []
    value = record[name]
    return [value] if name == "span" else list(value)


def refuse(layer: str, what: str, remedy: str) -> NoReturn:
    """Raises CorrectionRefused. what: a `Message` where people can meet it on a page."""
    raise CorrectionRefused(f"correction of {layer}", what, remedy)
