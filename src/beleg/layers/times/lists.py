"""Lists and ranges that share a word: "18. und 19. Dezember", "30 bis 40 Jahre".

The pattern finds the last member, which carries the month or the unit; here the members
before it are read with what they share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from beleg.rules.atoms import Atoms
from beleg.rules.lexicon import Lexicon
from beleg.rules.matcher import Match

LISTED = "listed"  # mark of the days of one list in the captures
_STROKES = "-–/"
_MOST_MEMBERS = 40
_MOST_JOINTS = 3  # ", und am": connectors and small words between two members
# What a month or year gives to the members before it.
_YEAR_FIELDS = (
    "year",
    "year2",
    "yearlean",
    "yearfollow",
    "yearsame",
    "yearneighbour",
    "bc",
)


def with_shared(
    matches: Sequence[Match], atoms: Atoms, lexicon: Lexicon, lists: Mapping[str, frozenset[str]]
) -> list[Match]:
    """The matches and the list members before them, in order and not overlapping."""
    found = list(matches)
    for match in matches:
        op = match.row["means"]["op"]
        if op == "date" and "month" in match.fields and "day" in match.fields:
            found += _days_before(match, atoms, lists)
        elif op == "duration" and "num" in match.fields and "unit" in match.fields:
            found += _numbers_before(match, atoms, lexicon, lists)
    merged = _without_overlap(found, len(matches))
    return _share_every(_share_years(merged, atoms, lists), atoms, lists)


def _joint_before(atoms: Atoms, first: int, lists: Mapping[str, frozenset[str]]) -> int | None:
    """Index behind the member before `first`, or None if no connector stands there."""
    at, joints, connected = first - 1, 0, False
    while at >= 0 and joints < _MOST_JOINTS:
        word = atoms.lower[at]
        if word in lists["connectors"]:
            connected = True
        elif word not in lists["fillers"]:
            break
        at -= 1
        joints += 1
    return at + 1 if connected else None


def _days_before(match: Match, atoms: Atoms, lists: Mapping[str, frozenset[str]]) -> list[Match]:
    """ "3.", "4." and "5." of "3., 4., 5. und 6. Mai"."""
    shared = {k: v for k, v in match.fields.items() if k not in ("day", "weekday", "daypart")}
    members: list[Match] = []
    first = match.first
    while len(members) < _MOST_MEMBERS:
        stop = _joint_before(atoms, first, lists)
        if stop is None or stop < 2:
            break
        dotted = atoms.raw[stop - 1] == "." and atoms.glued[stop - 1]
        at = stop - 2 if dotted else stop - 1
        day = atoms.lower[at]
        # Without a full stop only a stroke makes it a day: "21-23. Juni", not "8 und 9. Mai".
        if not dotted and atoms.raw[stop] not in _STROKES:
            break
        if not day.isdecimal() or len(day) > 2 or not 1 <= int(day) <= 31:
            break
        if _glued_to_number(atoms, at):
            break
        first = at
        fields = {**shared, "day": int(day), LISTED: 1}
        members.append(replace(match, first=first, stop=stop, fields=fields))
    if members:
        match.fields[LISTED] = 1
    return members


def _glued_to_number(atoms: Atoms, index: int) -> bool:
    """Part of a longer number or date: the "10" of "16.10."."""
    if index < 1 or not atoms.glued[index]:
        return False
    if atoms.raw[index - 1][0].isalnum():
        return True
    inside = index > 1 and atoms.glued[index - 1] and atoms.raw[index - 2][0].isdigit()
    return inside and atoms.raw[index - 1] in ".,:"


def _numbers_before(
    match: Match, atoms: Atoms, lexicon: Lexicon, lists: Mapping[str, frozenset[str]]
) -> list[Match]:
    """ "30" of "30 bis 40 Jahre", "zwei" of "zwei oder drei Wochen"."""
    stop = _joint_before(atoms, match.first, lists)
    if stop is None or stop < 1 or atoms.lower[stop] == ",":
        return []
    index = stop - 1
    classes = lexicon.classes(atoms.raw[index], atoms.lower[index], initial=False)
    if "num" not in classes or _glued_to_number(atoms, index):
        return []
    fields = {"num": classes["num"], "unit": match.fields["unit"]}
    return [replace(match, first=index, stop=stop, fields=fields)]


def _without_overlap(found: list[Match], kept: int) -> list[Match]:
    """Members (those from index `kept` on) replace what a pattern had found in their place."""
    members = sorted(found[kept:], key=lambda match: (match.first, match.stop))
    taken = [range(match.first, match.stop) for match in members]
    result: list[Match] = []
    cursor = 0
    for match in found[:kept]:
        while cursor < len(taken) and taken[cursor].stop <= match.first:
            cursor += 1
        if cursor == len(taken) or taken[cursor].start >= match.stop:
            result.append(match)
    seen: set[int] = set()
    for match in members:
        if match.first not in seen:
            result.append(match)
            seen.add(match.first)
    return sorted(result, key=lambda match: match.first)


def _share_years(
    matches: list[Match], atoms: Atoms, lists: Mapping[str, frozenset[str]]
) -> list[Match]:
    """ "Mai/Juni 1940": a month takes the year that stands with the next one."""
    result = list(matches)
    for index in range(len(result) - 2, -1, -1):
        first, second = result[index], result[index + 1]
        ops = {first.row["means"]["op"], second.row["means"]["op"]}
        if not ops <= {"date", "season"} or any(name in first.fields for name in _YEAR_FIELDS):
            continue
        given = {k: v for k, v in second.fields.items() if k in _YEAR_FIELDS}
        joint = _joint_before(atoms, second.first, lists)
        if given and joint == first.stop:
            result[index] = replace(first, fields={**first.fields, **given})
    return result


def _share_every(
    matches: list[Match], atoms: Atoms, lists: Mapping[str, frozenset[str]]
) -> list[Match]:
    """ "jeden Dienstag und Donnerstag": the second weekday recurs as the first does."""
    result = list(matches)
    for index in range(1, len(result)):
        first, second = result[index - 1], result[index]
        bare = second.row["means"]["op"] == "weekday" and set(second.fields) == {"weekday"}
        if first.row["means"]["op"] != "set-weekday" or not bare:
            continue
        if _joint_before(atoms, second.first, lists) == first.stop:
            result[index] = replace(second, row=first.row)
    return result
