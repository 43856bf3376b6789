"""The records that a correction names by id, kept with it so that they are found again.

`refs` is `{"named": {"p1": {"layer": "people", "record": {…}}}, "beside": [{…}]}`. named: every
record that `before` or `after` refers to. beside: for an added record those that stood at its
place already, so that none of them is taken for it later.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from beleg.ledger.correcting.difference import Difference
from beleg.ledger.correcting.draft import Draft, named_by, refer
from beleg.ledger.correcting.finding import find, shared
from beleg.ledger.correcting.kinds import KINDS, Action, Json, Layer, spans_of


def references(draft: Draft, layer: Layer, action: Action, records: Iterable[Json]) -> Json:
    """What `refs` of a correction is to hold; records: its before and after, where there are."""
    if layer == "document":
        return {"named": {}, "beside": []}
    known = {
        record["id"]: (other, record)
        for other, kind in KINDS.items()
        if kind.prefix
        for record in draft.records(other)
    }
    named: dict[str, Json] = {}
    beside: list[Json] = []
    for wanted in records:
        for name in named_by(layer, wanted):
            if name in known:
                where, record = known[name]
                named[name] = {"layer": where, "record": record}
        if action == "add":
            place = spans_of(layer, wanted)
            beside += [r for r in draft.records(layer) if shared(place, spans_of(layer, r)) > 0]
    # As they are now: applying the correction changes them.
    return deepcopy({"named": named, "beside": beside})


_SHOWN = 60  # characters


class Names:
    """Ids of the analysis a correction was made on, in terms of the one it is applied to."""

    def __init__(self, draft: Draft, refs: Json) -> None:
        self._draft = draft
        self._named: Json = refs.get("named", {})
        self._meant: dict[str, str | None] = {}
        self.missing: list[str] = []  # for people to read
        self.added: list[Json] = []

    def find(self, name: str) -> str | None:
        """The id here, or None where that record is not found."""
        held = self._named.get(name)
        if held is None:
            return None
        layer: Layer = held["layer"]
        found = find(layer, held["record"], self._draft.records(layer))
        return found["id"] if found else None

    def resolve(self, name: str) -> str | None:
        """The id here; a person not found is added as they were, another record noted missing."""
        if name not in self._meant:
            self._meant[name] = self.find(name) or self._add(name)
        return self._meant[name]

    def translated(self, layer: Layer, change: Difference) -> Difference:
        """A change in terms of the ids here; only people it puts in are added."""
        fields = dict(change.fields)
        removed: Json = dict(change.removed)
        added: Json = dict(change.added)
        refer(layer, fields, self.resolve)
        refer(layer, removed, self.find)
        refer(layer, added, self.resolve)
        return Difference(fields, removed, added)

    def take_back(self) -> None:
        """Takes the people out again who were added."""
        while self.added:
            self._draft.remove("people", self.added.pop())

    def record(self, name: str) -> Json | None:
        """The named record as it was."""
        held = self._named.get(name)
        return held["record"] if held else None

    def _add(self, name: str) -> str | None:
        held = self._named.get(name)
        if held is None or held["layer"] != "people":
            self.missing.append(name if held is None else self._words(held))
            return None
        person = {**held["record"], "id": self._draft.new_id("people")}
        self._draft.insert("people", person)
        self.added.append(person)
        return str(person["id"])

    def _words(self, held: Json) -> str:
        """The words of a record, as people know it; ids mean something in one analysis only."""
        start, end = spans_of(held["layer"], held["record"])[0]
        words = self._draft.text[start:end]
        shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
        return f"{held['layer']} {start}–{end} ({shown})"
