"""Turns the table `segmentation.toml` of a language into what `beleg.text` takes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from beleg.errors import RuleTableError
from beleg.rules.tables import read_table
from beleg.text.table import AfterStop, SegmentationTable

_AFTER_STOP = get_args(AfterStop)
_LISTS = (
    "starter",
    "month",
    "ordinal-cue",
    "count-noun",
    "marked-name",
    "unstopped",
    "vowel",
)


@cache
def segmentation_table(language: str = "de") -> SegmentationTable:
    """The splitting table of a language; the same object for every call.

    Raises RuleTableError if the table is missing or a row does not fit: every row has a
    `kind`, `words` (separated by white space) and, if it is of kind "abbreviation",
    `after` (see `AfterStop`).
    """
    abbreviations: dict[str, AfterStop] = {}
    suffixes: list[str] = []
    unmarked: dict[str, frozenset[str]] = {}
    lists: dict[str, set[str]] = {kind: set() for kind in _LISTS}
    for row in read_table("segmentation", language).get("row", ()):
        match row.get("kind"):
            case "abbreviation":
                abbreviations.update(_abbreviations(row, abbreviations))
            case "unmarked-starter":
                unmarked |= dict.fromkeys(_words(row), frozenset(row.get("before", "").split()))
            case "suffix":
                suffixes += _words(row)
            case str(kind) if kind in lists:
                lists[kind].update(_words(row))
            case kind:
                raise _row_error(row, f"kind {kind!r} is none of abbreviation, suffix, {_LISTS}")
    return SegmentationTable(
        abbreviations=abbreviations,
        suffixes=tuple(suffixes),
        starters=frozenset(lists["starter"]),
        unmarked_starters=unmarked,
        months=frozenset(lists["month"]),
        ordinal_cues=frozenset(lists["ordinal-cue"]),
        count_nouns=frozenset(lists["count-noun"]),
        marked_names=frozenset(lists["marked-name"]),
        unstopped=frozenset(lists["unstopped"]),
        vowels=frozenset(lists["vowel"]),
    )


def _abbreviations(
    row: dict[str, Any], known: dict[str, AfterStop]
) -> Iterator[tuple[str, AfterStop]]:
    after: AfterStop = row.get("after", "")
    if after not in _AFTER_STOP:
        raise _row_error(row, f"after = {after!r} is none of {_AFTER_STOP}")
    for word in _words(row):
        if not word.endswith("."):
            raise _row_error(row, f"{word!r} has no stop at its end")
        if word in known:
            raise _row_error(row, f"{word!r} stands in another row, too")
        yield word, after


def _words(row: dict[str, Any]) -> list[str]:
    words = row.get("words")
    if not isinstance(words, str) or not words.split():
        raise _row_error(row, "words must be a text of words separated by white space")
    return words.split()


def _row_error(row: dict[str, Any], what: str) -> RuleTableError:
    return RuleTableError(f"segmentation.toml, row {row['id']}: {what}")
