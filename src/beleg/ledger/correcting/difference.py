"""What a person changed on a record: only that is put on another analysis's record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from beleg.ledger.correcting.kinds import KINDS, Json, Layer
from beleg.ledger.same_place import ENOUGH, overlap
from beleg.text.article import Span


@dataclass(frozen=True, slots=True)
class Difference:
    """Fields with another value; single members taken out of, or put into, fields that are sets."""

    fields: Json
    removed: dict[str, list[Any]] = field(default_factory=dict)
    added: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The fields it touches."""
        return [*self.fields, *dict.fromkeys((*self.removed, *self.added))]


def difference(layer: Layer, before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    """What has to be done to `before` to make it `after`; ids do not count."""
    sets = KINDS[layer].sets if layer != "document" else ()
    changed = {
        name: value
        for name, value in after.items()
        if name != "id" and (name not in before or before[name] != value)
    }
    removed = {n: [m for m in before.get(n, ()) if m not in after[n]] for n in changed if n in sets}
    added = {n: [m for m in after[n] if m not in before.get(n, ())] for n in changed if n in sets}
    return Difference(
        {name: value for name, value in changed.items() if name not in sets},
        {name: members for name, members in removed.items() if members},
        {name: members for name, members in added.items() if members},
    )


def vouched(layer: Layer, before: Mapping[str, Any]) -> Difference:
    """What has to hold of a record that somebody confirmed: its values, and at least its members.

    A chain is not among them: it follows from the speaker and the quotation around.
    """
    sets = KINDS[layer].sets if layer != "document" else ()
    left_out = {"id", "chain", *sets}
    return Difference(
        {name: value for name, value in before.items() if name not in left_out},
        added={name: list(before[name]) for name in sets if before.get(name)},
    )


def applied(change: Difference, record: Json) -> Json:
    """The fields of the record that become others, with their new values."""
    fields = {n: v for n, v in change.fields.items() if n not in record or record[n] != v}
    for name in dict.fromkeys((*change.removed, *change.added)):
        out, new = change.removed.get(name, []), change.added.get(name, [])
        kept = [m for m in record[name] if not any(_same(m, gone) for gone in out)]
        members = kept + [m for m in new if not any(_same(m, there) for there in kept)]
        if name == "mentions":
            members.sort()
        if members != record[name]:
            fields[name] = members
    return fields


def _same(member: Any, other: Any) -> bool:
    if isinstance(member, list) and isinstance(other, list):
        return member == other or overlap(Span(*member), Span(*other)) >= ENOUGH
    return bool(member == other)
