"""Finds a record again in another analysis of the same text: by its layer and its place.

Ids change between analyses, and a new model moves a border by a word or so. What covers at least
half of the same characters (Jaccard) is the same record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from beleg.ledger.correcting.kinds import KINDS, Json, Layer, spans_of
from beleg.ledger.same_place import ENOUGH

_Spans = Sequence[Sequence[int]]


def shared(first: _Spans, second: _Spans) -> float:
    """Characters covered by both, of those covered by either: 0 to 1."""
    one, two = _united(first), _united(second)
    both = sum(max(0, min(a_end, b_end) - max(a, b)) for a, a_end in one for b, b_end in two)
    either = sum(end - start for start, end in (*one, *two)) - both
    return both / either if either else 0.0


def find(layer: Layer, wanted: Mapping[str, Any], records: Iterable[Json]) -> Json | None:
    """The record of the layer that stands where the wanted one stood, or None.

    Of several at the same place the one with the same label, then the most alike, then the first.
    People also go by their name, since one analysis finds more mentions of them than another.
    Not for edges, see `find_edge`.
    """
    best: tuple[float, bool, int] | None = None
    found = None
    label = KINDS[layer].label
    place = spans_of(layer, wanted)
    for record in records:
        overlap = shared(place, spans_of(layer, record))
        named = layer == "people" and overlap > 0 and record["name"] == wanted["name"]
        if overlap < ENOUGH and not named:
            continue
        alike = sum(record.get(name) == value for name, value in wanted.items())
        rank = (overlap, label is None or record[label] == wanted[label], alike)
        if best is None or rank > best:
            best, found = rank, record
    return found


def find_edge(from_: str, to: str, edges: Iterable[Json]) -> Json | None:
    """The edge between two nodes of this analysis, or None."""
    return next((e for e in edges if (e["from"], e["to"]) == (from_, to)), None)


def _united(spans: _Spans) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for start, end in sorted((span[0], span[1]) for span in spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united
