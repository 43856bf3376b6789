"""One correction applied to a draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy

from beleg.errors import CorrectionRefused
from beleg.ledger.correcting.difference import Difference, applied, difference, vouched
from beleg.ledger.correcting.draft import Draft, refer
from beleg.ledger.correcting.finding import find, find_edge, shared
from beleg.ledger.correcting.kinds import KINDS, Correction, Json, refuse, spans_of
from beleg.ledger.correcting.merging import merge
from beleg.ledger.correcting.naming import Names
from beleg.ledger.correcting.removing import remove, replace
from beleg.ledger.correcting.soundness import check_record
from beleg.ledger.correcting.voices import change_voices, take_mentions, voices_of_added
from beleg.messages import Message


def apply_one(draft: Draft, correction: Correction) -> list[str]:
    """Applies a correction; gives what it names that is not found and was left out.

    Raises CorrectionRefused, with the draft as it was, for what does not fit this analysis.
    """
    names = Names(draft, correction.refs)
    try:
        _Applying(draft, correction, names).run()
    except CorrectionRefused:
        names.take_back()
        raise
    for person in names.added:
        draft.mark("people", person, correction, restored=True)
    return names.missing


class _Applying:
    def __init__(self, draft: Draft, correction: Correction, names: Names) -> None:
        self.draft = draft
        self.correction = correction
        self.layer = correction.layer
        self.names = names

    def run(self) -> None:
        before = self.correction.before
        if self.layer == "document":
            self._document()
        elif self.correction.action == "merge":
            merge(self.draft, self.correction)
        elif self.correction.action == "add":
            self._add(deepcopy(self.correction.after or {}))
        elif self.correction.action == "reject":
            found = self._located(before)
            if found is not None:
                remove(self.draft, self.layer, found)
        elif self.correction.action == "confirm":
            self._keep(before, vouched(self.layer, before), ())
        else:
            change = difference(self.layer, before, self.correction.after or {})
            self._keep(before, change, change.names)

    def _document(self) -> None:
        """The fields of the document; a day of publication also dates it."""
        correction, document = self.correction, self.draft.data["document"]
        fields: Json = correction.after or {}
        if correction.action == "confirm":
            fields = correction.before
        elif correction.action == "reject":
            fields = dict.fromkeys(correction.before)
        elif correction.before is not None:
            fields = difference("document", correction.before, fields).fields
        changed = {n: v for n, v in fields.items() if n not in document or document[n] != v}
        check_record(self.draft, "document", {**document, **changed}, instead_of=(document,))
        if "published" in changed:
            self._date(changed["published"])
        document.update(changed)
        self.draft.mark("document", document, correction, fields=fields)

    def _date(self, published: str | None) -> None:
        self.draft.data["dating"] |= {
            "earliest": published,
            "latest": published,
            "basis": "given" if published else "inferred",
        }
        if published is None:  # nothing is left that they could count from
            for time in self.draft.records("times"):
                if time["anchor"] == "publication":
                    time["anchor"] = None

    def _located(self, wanted: Json) -> Json | None:
        records = self.draft.records(self.layer)
        if self.layer != "argument_edges":
            return find(self.layer, wanted, records)
        from_, to = self.names.find(wanted["from"]), self.names.find(wanted["to"])
        return find_edge(from_, to, records) if from_ and to else None

    def _keep(self, before: Json, change: Difference, fields: Iterable[str]) -> None:
        """Puts a change on the record; where that is gone, it comes back as it was said to be."""
        found = self._located(before)
        if found is None:
            self._bring(deepcopy({**before, **(self.correction.after or {})}), fields, True)
        else:
            self._put(found, change, fields)

    def _add(self, record: Json) -> None:
        """A record that the machine finds by now too gets the values the person gave it."""
        found = self._located(record)
        if found is None or self._stood_there(found, record):
            self._bring(record, record, False)
        else:
            self._put(found, vouched(self.layer, record), record)

    def _stood_there(self, found: Json, record: Json) -> bool:
        """Whether the record found is one that was there when another was added beside it."""
        place = spans_of(self.layer, found)
        wanted = shared(place, spans_of(self.layer, record))
        beside: Sequence[Json] = self.correction.refs.get("beside", ())
        return any(shared(place, spans_of(self.layer, old)) >= wanted for old in beside)

    def _put(self, found: Json, change: Difference, fields: Iterable[str]) -> None:
        """Puts a change on a record that is there, and lets follow what follows from it."""
        change = self.names.translated(self.layer, change)
        new = deepcopy(applied(change, found))
        overlapped = self._overlapped({**found, **new}) if "span" in new else []
        check_record(self.draft, self.layer, {**found, **new}, instead_of=(found, *overlapped))
        old_mentions = found.get("mentions", [])
        if self.layer == "quotes":
            change_voices(self.draft, found, new)
        else:
            self.draft.change(self.layer, found, new)
        self._settle(found, overlapped, old_mentions)
        self.draft.mark(self.layer, found, self.correction, fields=fields)

    def _bring(self, record: Json, fields: Iterable[str], restored: bool) -> None:
        """Puts in a record that the analysis has not, with an id of its own."""
        fields = tuple(fields)
        if self.layer == "quotes":
            voices_of_added(self.draft, record, self.names)
        else:
            refer(self.layer, record, self.names.resolve)
        if self.layer == "argument_edges" and None in (record["from"], record["to"]):
            what = Message("end_missing", "a statement that it joins is not there")
            refuse(self.layer, what, "Add that one first")
        if KINDS[self.layer].prefix:
            record["id"] = self.draft.new_id(self.layer)
        overlapped = self._overlapped(record)
        check_record(self.draft, self.layer, record, instead_of=overlapped)
        self.draft.insert(self.layer, record)
        self._settle(record, overlapped, [])
        self.draft.mark(self.layer, record, self.correction, fields=fields, restored=restored)

    def _overlapped(self, time: Json) -> list[Json]:
        """The machine's expressions that give way to one of a person: two never overlap."""
        if self.layer != "times":
            return []
        start, end = time["span"]
        return [
            other
            for other in self.draft.records("times")
            if other["id"] != time["id"]
            and self.draft.mark_of(other) is None
            and other["span"][0] < end
            and start < other["span"][1]
        ]

    def _settle(self, record: Json, overlapped: Iterable[Json], old_mentions: list[Json]) -> None:
        for other in overlapped:
            self.draft.remove("times", other)
            replace(self.draft, {other["id"]: record["id"]})
        if self.layer == "people":
            take_mentions(self.draft, record, old_mentions)
