"""Taking a record out, so that nothing refers to it afterwards."""

from __future__ import annotations

from collections.abc import Mapping

from beleg.ledger.correcting.draft import Draft
from beleg.ledger.correcting.kinds import Json, Layer
from beleg.ledger.correcting.voices import Voices

_QUOTING: tuple[Layer, ...] = ("status", "events", "forecasts", "argument", "wording")


def remove(draft: Draft, layer: Layer, record: Json) -> None:
    """Takes the record out; what referred to it refers to what is around it, or to nothing."""
    match layer:
        case "quotes":
            _remove_quotation(draft, record)
        case "people":
            _remove_person(draft, record)
        case "events":
            _join_order(draft, record)
        case "argument":
            _remove_edges(draft, record)
    draft.remove(layer, record)
    if "id" in record:
        replace(draft, {record["id"]: None})


def replace(draft: Draft, others: Mapping[str, str | None]) -> None:
    """Puts other ids for some ids, everywhere."""
    draft.rename(lambda name: others.get(name, name))


def _remove_quotation(draft: Draft, quote: Json) -> None:
    """What stood in the quotation stands in the one around it, if there is one."""
    voices = Voices(draft)
    around, parent = voices.around(quote["id"]), quote["parent"]
    speaker = quote["speaker"]["person"] if quote["speaker"] else None
    for forecast in draft.records("forecasts"):
        if forecast["quote"] == quote["id"] and forecast["holder"] == speaker:
            forecast["holder"] = around[-1] if parent and around else "author"
    inside = [inner for inner in draft.records("quotes") if inner["parent"] == quote["id"]]
    for layer in _QUOTING:
        for record in draft.records(layer):
            if record["quote"] == quote["id"]:
                record["quote"] = parent
    quote["chain"] = around
    for inner in inside:
        voices.follow(inner)
        inner["parent"] = parent


def _remove_person(draft: Draft, person: Json) -> None:
    """Forecasts pass to the next voice outwards, or to the author."""
    chains = {quote["id"]: quote["chain"] for quote in draft.records("quotes")}
    for forecast in draft.records("forecasts"):
        if forecast["holder"] == person["id"]:
            voices = [v for v in chains.get(forecast["quote"], ()) if v != person["id"]]
            forecast["holder"] = voices[-1] if voices else "author"
    for quote in draft.records("quotes"):
        if quote["speaker"] and quote["speaker"]["person"] == person["id"]:
            quote["sourcing"] = "anonymous"


def _join_order(draft: Draft, event: Json) -> None:
    """What came after the event comes after what the event came after."""
    for other in draft.records("events"):
        if event["id"] in other["after"]:
            other["after"] = list(dict.fromkeys((*other["after"], *event["after"])))


def _remove_edges(draft: Draft, node: Json) -> None:
    for edge in list(draft.records("argument_edges")):
        if node["id"] in (edge["from"], edge["to"]):
            draft.remove("argument_edges", edge)
