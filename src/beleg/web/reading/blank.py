"""Records that a person adds: what they have before anything is chosen."""

from __future__ import annotations

from beleg.ledger.correcting import LAYERS, Layer
from beleg.ledger.correcting.kinds import Json
from beleg.records import Analysis
from beleg.report.safe import one_line
from beleg.text.article import Span

# Every article has its document; all else can be added.
ADDED_LAYERS: tuple[Layer, ...] = tuple(layer for layer in LAYERS if layer != "document")


def blank(layer: Layer, analysis: Analysis, span: Span | None) -> Json:
    """A record of the layer at `span`; without one it stands nowhere, which no ledger takes."""
    place = list(span) if span else None
    quote = _quote_around(analysis, span)
    match layer:
        case "quotes":
            return _quote(place, quote)
        case "people":
            name = one_line(analysis.document.text[slice(*span)]) if span else ""
            return {"id": "new", "name": name, "kind": "person", "roles": [],
                    "mentions": [place] if place else []}  # fmt: skip
        case "times":
            return {"id": "new", "span": place, "type": "DATE", "value": "", "mod": None,
                    "earliest": None, "latest": None, "anchor": None, "rule": "person"}  # fmt: skip
        case "status":
            return {"span": place, "label": "unconfirmed", "about": None, "quote": quote}
        case "wording":
            return {"span": place, "kind": "loaded", "quote": quote}
        case "events":
            return {"id": "new", "span": place, "time": None, "earliest": None, "latest": None,
                    "after": [], "people": [], "quote": quote}  # fmt: skip
        case "forecasts":
            return {"id": "new", "span": place, "kind": "prediction",
                    "holder": _holder(analysis, quote), "quote": quote, "window": None,
                    "time": None, "condition": None, "certainty": None}  # fmt: skip
        case "argument":
            return {"id": "new", "span": place, "role": "premise", "quote": quote}
        case "argument_edges":
            return {"from": "", "to": "", "kind": "supports", "cue": None}
        case _:
            return {"span": place, "why": [], "weight": 0.5, "records": []}


def completed(layer: Layer, record: Json) -> Json:
    """What follows from what was chosen: a new quotation's only voice is its speaker."""
    if layer == "quotes" and record["speaker"]:
        record["chain"] = [record["speaker"]["person"]]
    return record


def _quote(place: list[int] | None, around: str | None) -> Json:
    return {
        "id": "new", "type": "direct", "medium": "speech", "spans": [place] if place else [],
        "cue": [], "frame": [], "addressee": [], "speaker": None, "parent": around,
        "chain": [], "sourcing": "named_person",
    }  # fmt: skip


def _quote_around(analysis: Analysis, span: Span | None) -> str | None:
    """The shortest quotation that covers the span."""
    if span is None:
        return None
    around = [
        (place.end - place.start, quote.id)
        for quote in analysis.quotes
        for place in quote.spans
        if place.covers(span)
    ]
    return min(around)[1] if around else None


def _holder(analysis: Analysis, quote: str | None) -> str:
    speakers = {q.id: q.speaker.person for q in analysis.quotes if q.speaker is not None}
    return speakers.get(quote or "", "author")
