"""Several people who are one."""

from __future__ import annotations

from copy import deepcopy

from beleg.ledger.correcting.difference import difference
from beleg.ledger.correcting.draft import Draft
from beleg.ledger.correcting.finding import find
from beleg.ledger.correcting.kinds import Correction, Json
from beleg.ledger.correcting.removing import replace
from beleg.ledger.correcting.soundness import check_record


def merge(draft: Draft, correction: Correction) -> None:
    """Makes one of several people: mentions and roles are joined, references moved.

    Who is not found gives their mentions all the same; if nobody is found, the one comes back.
    Raises CorrectionRefused, with the draft as it was, if the result does not fit.
    """
    wanted: list[Json] = correction.before
    found: list[Json] = []
    for person in wanted:
        one = find("people", person, draft.records("people"))
        if one is not None and all(one is not other for other in found):
            found.append(one)
    restored = not found
    stays = found[0] if found else {**deepcopy(wanted[0]), "id": draft.new_id("people")}
    everyone = [stays, *found[1:], *wanted]
    fields: Json = {
        "mentions": _joined([m for person in everyone for m in person["mentions"]]),
        "roles": list(dict.fromkeys(role for person in everyone for role in person["roles"])),
    }
    if correction.after:
        change = difference("people", wanted[0], correction.after)
        gone = change.removed.get("roles", [])
        fields["roles"] = [role for role in fields["roles"] if role not in gone]
        fields["roles"] += [r for r in change.added.get("roles", []) if r not in fields["roles"]]
        fields |= change.fields
    check_record(draft, "people", {**stays, **fields}, instead_of=found)
    if restored:
        draft.insert("people", stays)
    for other in found[1:]:
        draft.remove("people", other)
    replace(draft, {other["id"]: stays["id"] for other in found[1:]})
    draft.change("people", stays, fields)
    named = correction.after and difference("people", wanted[0], correction.after).names
    draft.mark("people", stays, correction, fields=named or (), restored=restored)


def _joined(mentions: list[list[int]]) -> list[list[int]]:
    """All mentions in order, of overlapping ones the longest."""
    kept: list[list[int]] = []
    for start, end in sorted(mentions, key=lambda m: (m[0] - m[1], m)):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append([start, end])
    return sorted(kept)
