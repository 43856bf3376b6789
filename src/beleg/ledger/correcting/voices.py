"""Chains of voices when a speaker or a parent changes: each follows from the one around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from beleg.ledger.correcting.draft import Draft, once, refer
from beleg.ledger.correcting.kinds import Json
from beleg.ledger.correcting.naming import Names

_SOURCING = {
    "person": "named_person",
    "organisation": "named_org",
    "group": "group",
    "document": "document",
    "outlet": "outlet",
}


class Voices:
    """For each quotation the voices that are its own, as they were when this was made.

    A chain is that of the quotation around it, then the voices of its own; above the outermost
    stand those that print the article.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        quotes = draft.by_id("quotes")
        self._above: dict[str, list[str]] = {}
        self.own: dict[str, list[str]] = {}
        for name, quote in quotes.items():
            around = quotes[quote["parent"]]["chain"] if quote["parent"] else None
            self.own[name] = own_voices(quote, around)
            if around is None:
                self._above[name] = quote["chain"][: len(quote["chain"]) - len(self.own[name])]
        self._outermost = {name: _outermost(name, quotes) for name in quotes}

    def follow(self, quote: Json) -> None:
        """Makes the chain of a quotation, and of all inside it, anew."""
        quote["chain"] = once([*self._around(quote), *self.own[quote["id"]]])
        self.follow_inside(quote)

    def follow_inside(self, quote: Json) -> None:
        """Makes the chains of all quotations inside this one anew."""
        for inner in self._draft.records("quotes"):
            if inner["parent"] == quote["id"]:
                self.follow(inner)

    def around(self, name: str) -> list[str]:
        """The chain that a quotation got from outside."""
        quote = self._draft.by_id("quotes")[name]
        return self._around(quote)

    def _around(self, quote: Json) -> list[str]:
        if quote["parent"]:
            chain: list[str] = self._draft.by_id("quotes")[quote["parent"]]["chain"]
            return chain
        return self._above.get(self._outermost.get(quote["id"], ""), [])

    def speaks(self, quote: Json, before: str | None) -> None:
        """Puts a quotation's speaker in the place of the one before, in its own voices."""
        now = quote["speaker"]["person"] if quote["speaker"] else None
        own = self.own[quote["id"]]
        changed = [now if v == before else v for v in own] if before in own else [*own, now]
        self.own[quote["id"]] = [voice for voice in changed if voice is not None]


def own_voices(quote: Json, around: Sequence[str] | None) -> list[str]:
    """The voices of a chain that are not from outside; the speaker is always one of them.

    around: the chain of the quotation it stands in; None for an outermost one.
    """
    chain: list[str] = quote["chain"]
    speaker = quote["speaker"]["person"] if quote["speaker"] else None
    latest = chain.index(speaker) if speaker in chain else len(chain)
    if around is None:
        return chain[latest:]
    for start in range(latest, -1, -1):
        if once([*around, *chain[start:]]) == chain:
            return chain[start:]
    return chain


def _outermost(name: str, quotes: dict[str, Json]) -> str:
    while quotes[name]["parent"]:
        name = quotes[name]["parent"]
    return name


def change_voices(draft: Draft, quote: Json, fields: Json) -> None:
    """Gives a quotation other values; chains, its source's class and forecasts in it follow.

    What the person set (`fields`) stays as set.
    """
    voices = Voices(draft)
    before = quote["speaker"]["person"] if quote["speaker"] else None
    draft.change("quotes", quote, fields)
    now = quote["speaker"]["person"] if quote["speaker"] else None
    if now != before:
        voices.speaks(quote, before)
        if "sourcing" not in fields:
            quote["sourcing"] = _sourcing(draft, quote, now)
        for forecast in draft.records("forecasts"):
            if forecast["quote"] == quote["id"] and forecast["holder"] == before:
                forecast["holder"] = now or "author"
    if "chain" in fields:
        voices.follow_inside(quote)
    elif {"speaker", "parent"} & {*fields}:
        voices.follow(quote)


def voices_of_added(draft: Draft, quote: Json, names: Names) -> None:
    """Puts this analysis's ids into a quotation to be added.

    Its chain goes on from that of the quotation around it.
    """
    parent = names.record(quote["parent"]) if quote["parent"] else None
    own = own_voices(quote, parent["chain"]) if parent else list(quote["chain"])
    quote["chain"] = own
    refer("quotes", quote, names.resolve)
    if quote["parent"]:
        around = draft.by_id("quotes")[quote["parent"]]["chain"]
        quote["chain"] = once([*around, *quote["chain"]])


def take_mentions(draft: Draft, person: Json, before: list[Json]) -> None:
    """A mention that a person now has is nobody else's; everybody keeps their last one."""
    new = [mention for mention in person["mentions"] if mention not in before]
    for other in draft.records("people"):
        kept = [mention for mention in other["mentions"] if mention not in new]
        if other is not person and kept:
            other["mentions"] = kept


def _sourcing(draft: Draft, quote: Json, person: str | None) -> str:
    """The class that the speaker's other quotations have, else the one of their kind."""
    if person is None:
        return "anonymous"
    others = Counter(
        other["sourcing"]
        for other in draft.records("quotes")
        if other is not quote and other["speaker"] and other["speaker"]["person"] == person
    )
    if others:
        return str(others.most_common(1)[0][0])
    return _SOURCING.get(draft.by_id("people")[person]["kind"], str(quote["sourcing"]))
