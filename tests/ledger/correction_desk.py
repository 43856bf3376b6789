"""An editor at an analysis of our own text, and other analyses of the same text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from beleg.ledger.correcting import (
    Action,
    Corrected,
    Correction,
    Layer,
    apply_corrections,
    check_correction,
)
from beleg.records import Analysis

AT = datetime(2024, 5, 1, 9, tzinfo=UTC)
Json = dict[str, Any]
_ID = re.compile(r"([pqtefn])(\d+)")


def deichplan() -> Analysis:
    """What Beleg 0.1 found in a text of ours; read from a file, so that no model is needed."""
    return Analysis.from_json((Path(__file__).parent / "data" / "deichplan.json").read_bytes())


class Desk:
    """Makes corrections one after another, each on what the ones before have made of it."""

    def __init__(self, analysis: Analysis) -> None:
        self.machine = analysis
        self.corrections: list[Correction] = []
        self.corrected = Corrected(analysis=analysis, marks={}, lost=())

    @property
    def now(self) -> Json:
        """The corrected analysis as JSON."""
        plain: Json = json.loads(self.corrected.analysis.to_json())
        return plain

    def record(self, layer: Layer, words: str) -> Json:
        """The record of the layer that stands at these words of the text."""
        found = [r for r in records(self.now, layer) if words in self.words(layer, r)]
        assert found, (layer, words)
        return found[0]

    def words(self, layer: Layer, record: Json) -> list[str]:
        """The words at which a record stands."""
        text = self.machine.document.text
        places = record.get("spans") or record.get("mentions") or [record["span"]]
        return [text[start:end] for start, end in places]

    def span(self, words: str) -> list[int]:
        """Where words stand in the text the first time."""
        start = self.machine.document.text.index(words)
        return [start, start + len(words)]

    def make(self, layer: Layer, action: Action, before: Any = None, after: Any = None) -> int:
        """Checks a correction and applies it; gives its id."""
        correction = self.checked(layer, action, before, after)
        self.corrections.append(correction)
        self.corrected = apply_corrections(self.machine, self.corrections)
        return correction.id

    def checked(self, layer: Layer, action: Action, before: Any, after: Any) -> Correction:
        """The correction as it is written."""
        correction = Correction(
            id=len(self.corrections) + 1,
            layer=layer,
            action=action,
            before=before,
            after=after,
            refs={},
            made_at=AT,
            made_by="anna",
        )
        checked = check_correction(self.corrected.analysis, correction)
        # As the database gives it back.
        plain = json.loads(json.dumps([checked.before, checked.after, checked.refs]))
        return Correction(
            id=correction.id,
            layer=layer,
            action=action,
            before=plain[0],
            after=plain[1],
            refs=plain[2],
            made_at=AT,
            made_by="anna",
        )

    def correct(self, layer: Layer, words: str, **changes: Any) -> int:
        """Gives the record at these words other values."""
        before = self.record(layer, words)
        return self.make(layer, "correct", before, {**before, **changes})

    def on(self, analysis: Analysis) -> Desk:
        """The same corrections on another analysis."""
        other = Desk(analysis)
        other.corrections = list(self.corrections)
        other.corrected = apply_corrections(analysis, self.corrections)
        return other


def records(plain: Mapping[str, Any], layer: Layer) -> list[Json]:
    """The records of a layer."""
    if layer in ("argument", "argument_edges"):
        part: list[Json] = plain["argument"]["nodes" if layer == "argument" else "edges"]
        return part
    found: list[Json] = plain[layer]
    return found


def changed(analysis: Analysis, change: Callable[[Json], None]) -> Analysis:
    """The analysis with its JSON changed."""
    plain = json.loads(analysis.to_json())
    change(plain)
    return Analysis.from_json(json.dumps(plain))


def renumbered(analysis: Analysis, by: int = 40) -> Analysis:
    """The same analysis with other ids."""

    def other(value: Any) -> Any:
        match value:
            case dict():
                return {name: other(inner) for name, inner in value.items()}
            case list():
                return [other(inner) for inner in value]
            case str() if found := _ID.fullmatch(value):
                return f"{found[1]}{int(found[2]) + by}"
        return value

    return Analysis.from_json(json.dumps(other(json.loads(analysis.to_json()))))
