"""Conditions a table row may set on the words around what it found.

unless_after, unless_before   phrases right before, right after (a final * is a prefix)
only_before                   one of these must follow
not_in_name                   not right after a capitalised word (the loader gives the words that are no names)
whole_number                  digits that are not part of a longer number or code
unless_number_follows         no number may follow
unless_noun_follows           no capitalised word may follow
looks_like_year               outside 1900–2099 no capitalised word may follow (a count), nor
                              one of these words with a number that is no year
after_amount                  a number stands within the few words before
case = "lower"                the first word is not capitalised, unless something begins
mode                          checked by the layer, not here
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

from beleg.rules.atoms import Atoms

Captures = Sequence[tuple[str, Any]]
_AMOUNT_REACH = 5  # atoms between an amount and "im Monat": "400 Euro brutto im Monat"
_COUNT_SIGNS = "%€$°"


def allowed(
    row: Mapping[str, Any], atoms: Atoms, first: int, stop: int, captures: Captures
) -> bool:
    """Whether nothing around atoms `[first, stop)` speaks against the row."""
    return all(check(row[name], atoms, first, stop, captures) for name, check in _active(row))


_ACTIVE: dict[str, tuple[tuple[str, Callable[..., bool]], ...]] = {}


def _active(row: Mapping[str, Any]) -> tuple[tuple[str, Callable[..., bool]], ...]:
    """The conditions a row sets; remembered by row id, as rows never change."""
    known = _ACTIVE.get(row["id"])
    if known is None:
        known = tuple((name, check) for name, check in _CHECKS.items() if row.get(name))
        _ACTIVE[row["id"]] = known
    return known


def _unless_after(phrases: Sequence[str], atoms: Atoms, first: int, *_: Any) -> bool:
    for phrase in phrases:
        words = tuple(phrase.split())
        if atoms.lower[max(0, first - len(words)) : first] == words:
            return False
    return True


def _unless_before(
    phrases: Sequence[str], atoms: Atoms, _first: int, stop: int, _captures: Captures
) -> bool:
    for phrase in phrases:
        words = phrase.split()
        found = atoms.lower[stop : stop + len(words)]
        if len(found) == len(words) and all(
            have.startswith(want[:-1]) if want.endswith("*") else have == want
            for have, want in zip(found, words, strict=True)
        ):
            return False
    return True


def _unless_ends(
    phrases: Sequence[str], atoms: Atoms, _first: int, stop: int, _captures: Captures
) -> bool:
    return _unless_after(phrases, atoms, stop)


def _only_before(
    phrases: Sequence[str], atoms: Atoms, first: int, stop: int, captures: Captures
) -> bool:
    return not _unless_before(phrases, atoms, first, stop, captures)


def _not_in_name(openings: Set[str], atoms: Atoms, first: int, *_: Any) -> bool:
    """ "Robin Freitag": a capitalised word right before that is none of the openings."""
    if first == 0:
        return True
    word = atoms.raw[first - 1]
    shouted = len(word) > 1 and word.isupper()
    return not word[0].isupper() or shouted or atoms.lower[first - 1] in openings


def _whole_number(_value: bool, atoms: Atoms, first: int, stop: int, _captures: Captures) -> bool:
    """Not part of 12.000, 3,5, 1:0, A-12, §7; a dash between numbers of one length is a range."""
    return not (_joined_before(atoms, first) or _joined_after(atoms, stop))


def _joined_before(atoms: Atoms, first: int) -> bool:
    if first < 1 or not atoms.glued[first]:
        return False
    sign = atoms.raw[first - 1]
    if sign[0].isalnum() or sign in "§#+":
        return True
    if first < 2 or not atoms.glued[first - 1]:
        return False
    before = atoms.raw[first - 2]
    if sign in ".,:":
        return before[0].isdigit()
    if sign in "-–":
        return before[0].isalpha() or (before[0].isdigit() and len(before) != len(atoms.raw[first]))
    # "7/1998", and a number in an address: example.org/2024/
    return sign == "/" and (before[0].isalpha() or (len(before) < 2 < len(atoms.raw[first])))


def _joined_after(atoms: Atoms, stop: int) -> bool:
    if stop >= len(atoms) or not atoms.glued[stop]:
        return False
    sign = atoms.raw[stop]
    if sign in _COUNT_SIGNS or sign[0].isdigit():
        return True
    if stop + 1 >= len(atoms) or not atoms.glued[stop + 1]:
        return False
    after = atoms.raw[stop + 1]
    return (sign in ".,:" and after[0].isdigit()) or (sign == "," and after in "-–—")


def noun_follows(atoms: Atoms, stop: int) -> bool:
    """Whether a capitalised word comes next in the same sentence."""
    return stop < len(atoms) and atoms.raw[stop][0].isupper()


def _unless_noun_follows(
    _value: bool, atoms: Atoms, _first: int, stop: int, _captures: Captures
) -> bool:
    return not noun_follows(atoms, stop)


def _looks_like_year(
    joining: Sequence[str], atoms: Atoms, _first: int, stop: int, captures: Captures
) -> bool:
    year = int(dict(captures)["year"])
    if _counts_on(joining, atoms, stop):
        return False
    return _common_year(year) or not noun_follows(atoms, stop)


def _common_year(year: int) -> bool:
    return 1900 <= year <= 2099


def _counts_on(joining: Sequence[str], atoms: Atoms, stop: int) -> bool:
    """ "2000 bis 3000 Grad": what the number is joined with is no year."""
    after = atoms.raw[stop + 1 : stop + 2]
    joined = stop < len(atoms) and atoms.lower[stop] in joining
    return (
        joined
        and bool(after)
        and after[0].isdecimal()
        and (len(after[0]) > 2 and not _common_year(int(after[0][:9])))
    )


def _unless_number_follows(
    _value: bool, atoms: Atoms, _first: int, stop: int, _captures: Captures
) -> bool:
    return not (stop < len(atoms) and atoms.raw[stop][0].isdigit())


def _after_amount(_value: bool, atoms: Atoms, first: int, *_: Any) -> bool:
    before = atoms.raw[max(0, first - _AMOUNT_REACH) : first]
    return any(word[0].isdigit() for word in before)


def _case(value: str, atoms: Atoms, first: int, *_: Any) -> bool:
    return value != "lower" or atoms.raw[first][0].islower() or atoms.is_initial(first)


_CHECKS: dict[str, Callable[..., bool]] = {
    "unless_after": _unless_after,
    "unless_before": _unless_before,
    "only_before": _only_before,
    "unless_ends": _unless_ends,
    "not_in_name": _not_in_name,
    "whole_number": _whole_number,
    "unless_number_follows": _unless_number_follows,
    "unless_noun_follows": _unless_noun_follows,
    "looks_like_year": _looks_like_year,
    "after_amount": _after_amount,
    "case": _case,
}
