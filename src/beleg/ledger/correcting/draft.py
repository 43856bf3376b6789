"""The analysis while corrections are applied to it: its JSON, changed in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

import msgspec

from beleg.ledger.correcting.kinds import KINDS, Correction, Json, Layer, Mark, key_of
from beleg.records import Analysis

Resolve = Callable[[str], str | None]
_NO_IDS = {"anchor": "publication", "holder": "author"}  # what stands there in place of an id


class Draft:
    """The records of an analysis by layer, and what was said about each so far."""

    def __init__(self, analysis: Analysis) -> None:
        self.data: Json = msgspec.json.decode(analysis.to_json())
        self._marks: dict[int, tuple[Layer, Json, Mark]] = {}  # by identity of the record
        self._last = {
            kind.prefix: max(map(_number, _ids(self.records(layer))), default=0)
            for layer, kind in KINDS.items()
            if kind.prefix
        }

    @property
    def text(self) -> str:
        """The article's text."""
        return str(self.data["document"]["text"])

    def records(self, layer: Layer) -> list[Json]:
        """The records of a layer, as they are now."""
        if layer == "document":
            return [self.data["document"]]
        if layer in ("argument", "argument_edges"):
            argument: Json = self.data["argument"]
            nodes: list[Json] = argument["nodes" if layer == "argument" else "edges"]
            return nodes
        records: list[Json] = self.data[layer]
        return records

    def by_id(self, layer: Layer) -> dict[str, Json]:
        """The records of a layer that has ids."""
        return {record["id"]: record for record in self.records(layer)}

    def everything(self) -> Iterator[tuple[Layer, Json]]:
        """All records but the document."""
        for layer in KINDS:
            for record in self.records(layer):
                yield layer, record

    def new_id(self, layer: Layer) -> str:
        """The next free number; never one that the machine gave in this analysis."""
        prefix = KINDS[layer].prefix or ""
        self._last[prefix] += 1
        return f"{prefix}{self._last[prefix]}"

    def insert(self, layer: Layer, record: Json) -> None:
        """Puts a record at its place in the order of its layer."""
        records = self.records(layer)
        place = _order(layer, record)
        behind = (i for i, other in enumerate(records) if _order(layer, other) > place)
        records.insert(next(behind, len(records)), record)

    def change(self, layer: Layer, record: Json, fields: Json) -> None:
        """Gives a record other values, and another place where the order asks for it."""
        before = None if layer == "document" else _order(layer, record)
        record.update(fields)
        if layer != "document" and _order(layer, record) != before:
            self._take_out(layer, record)
            self.insert(layer, record)

    def remove(self, layer: Layer, record: Json) -> None:
        """Takes a record out, with what was said about it; references to it are the caller's."""
        self._take_out(layer, record)
        self._marks.pop(id(record), None)

    def rename(self, resolve: Resolve) -> None:
        """Puts other ids into all references, or clears them (None)."""
        for layer, record in self.everything():
            refer(layer, record, resolve)

    def mark(
        self,
        layer: Layer,
        record: Json,
        correction: Correction,
        *,
        fields: Iterable[str] = (),
        restored: bool = False,
    ) -> None:
        """Notes that a person said something about a record."""
        old = self.mark_of(record)
        self._marks[id(record)] = layer, record, Mark(
            corrections=(*(old.corrections if old else ()), correction.id),
            actions=(*(old.actions if old else ()), correction.action),
            fields=tuple(sorted({*(old.fields if old else ()), *fields})),
            restored=restored or (old is not None and old.restored),
        )  # fmt: skip

    def mark_of(self, record: Json) -> Mark | None:
        """What was said about a record so far."""
        found = self._marks.get(id(record))
        return found[2] if found else None

    def marks(self) -> dict[tuple[Layer, str], Mark]:
        """What was said, by layer and key."""
        return {
            (layer, key_of(layer, record)): mark for layer, record, mark in self._marks.values()
        }

    def finished(self) -> Analysis:
        """The analysis as it is now."""
        return Analysis.from_json(msgspec.json.encode(self.data))

    def _take_out(self, layer: Layer, record: Json) -> None:
        records = self.records(layer)
        del records[next(i for i, other in enumerate(records) if other is record)]


def refer(layer: Layer, record: Json, resolve: Resolve) -> None:
    """Puts what `resolve` gives in the place of every id that a record, or a part of it, names.

    None clears the reference: out of a list, a speaker as a whole; a forecast without its holder
    is its author's, as long as nobody gives it another one.
    """

    def other(value: str | None) -> str | None:
        return value if value is None else resolve(value)

    if layer == "quotes" and record.get("speaker"):
        person = other(record["speaker"]["person"])
        record["speaker"] = None if person is None else {**record["speaker"], "person": person}
    if "chain" in record:
        record["chain"] = once(list(filter(None, map(other, record["chain"]))))
    for name in ("after", "people", "records"):
        if name in record:
            record[name] = list(dict.fromkeys(filter(None, map(other, record[name]))))
    for name in ("parent", "anchor", "time", "quote", "from", "to", "holder"):
        if name in record and record[name] != _NO_IDS.get(name):
            record[name] = other(record[name])
    if "holder" in record:
        record["holder"] = record["holder"] or "author"


def named_by(layer: Layer, record: Json) -> list[str]:
    """The ids that a record names, its own not among them."""
    found: dict[str, str] = {}

    def note(name: str) -> str:
        return found.setdefault(name, name)

    refer(layer, dict(record), note)
    return list(found)


def once(voices: list[str]) -> list[str]:
    """A chain with each voice once, where it comes last: nobody speaks through himself."""
    return [voice for i, voice in enumerate(voices) if voice not in voices[i + 1 :]]


def _ids(records: Iterable[Json]) -> Iterator[str]:
    return (record["id"] for record in records)


def _number(name: str) -> int:
    digits = re.search(r"\d{1,9}$", name)
    return int(digits[0]) if digits else 0


def _order(layer: Layer, record: Json) -> Any:
    """Where a record stands among its layer's; people and edges stay as they come."""
    match layer:
        case "quotes":
            return record["spans"][0][0], -record["spans"][-1][1]
        case "events":
            return record["earliest"] or record["latest"] or ""
        case "checklist":
            return -record["weight"], record["span"]
        case "people" | "argument_edges" | "document":
            return 0
        case _:
            return tuple(chain(record["span"]))
