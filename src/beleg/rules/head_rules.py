"""Compiles the table `head.toml`: bylines, datelines and credits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal, get_args

from beleg.errors import RuleTableError
from beleg.rules.lexicon import Lexicon
from beleg.rules.tables import read_table

HeadKind = Literal["author", "outlet", "agency", "published", "kicker"]
At = Literal["line", "start", "end"]
Zone = Literal["head", "foot", "both"]

_PART = re.compile(r"\{([a-z_]+)\}")
_MAX_DEPTH = 10  # of parts within parts; deeper is a circle


@dataclass(frozen=True)
class HeadRow:
    """One row: what it finds, where, and its pattern. See the head of head.toml."""

    id: str
    kind: HeadKind
    at: At
    zone: Zone
    rank: int
    source: str
    cues: tuple[str, ...]
    given_names: frozenset[str]
    not_first: bool
    needs_company: bool

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern: made when first needed, since most articles need few.

        Raises RuleTableError if it cannot be compiled.
        """
        try:
            return re.compile(self.source)
        except re.error as error:
            raise RuleTableError(f"{self.id}: not a pattern ({error})") from error

    def match(self, line: str) -> re.Match[str] | None:
        """The row's match in a line without its outer blanks."""
        if self.cues and not any(cue in line for cue in self.cues):
            return None
        match self.at:
            case "line":
                found = self.pattern.fullmatch(line)
            case "start":
                found = self.pattern.match(line)
            case _:
                found = next((m for m in self.pattern.finditer(line) if m.end() == len(line)), None)
        return found if found and self._is_known(found.groupdict().get("known")) else None

    def _is_known(self, name: str | None) -> bool:
        if name is None:
            return True
        first = next((word for word in name.split() if not word.endswith(".")), "")
        return first.split("-")[0].lower() in self.given_names


@dataclass(frozen=True, slots=True)
class HeadRules:
    """Everything the head layer takes from tables.

    agencies: sign in small letters → name. months, weekdays: word in small letters → number
    from 1. joint: what stands between names. particles: of names, in small letters.
    """

    rows: tuple[HeadRow, ...]
    agencies: Mapping[str, str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    joint: re.Pattern[str]
    particle: re.Pattern[str]


@cache
def load_head_rules(language: str = "de") -> HeadRules:
    """The compiled table of a language; compiled once.

    Raises RuleTableError for a row or a part that is wrong.
    """
    table = read_table("head", language)
    lexicon = Lexicon(read_table("time-words", language)["row"])
    months = _numbers(lexicon, "month", "monthabbr")
    weekdays = _numbers(lexicon, "weekday", "wdabbr")
    agency_row = _only(table, "agency-names")
    parts = dict(table["parts"])
    parts["months"] = _any_case(months)
    parts["weekdays"] = _any_case(weekdays)
    given = frozenset(_only(table, "given-names")["words"].lower().split())
    parts["agencies"] = _agencies(agency_row)
    return HeadRules(
        rows=tuple(_row(row, parts, given) for row in table["row"] if "pattern" in row),
        agencies={
            sign.lower(): name
            for field in ("any_case", "exact")
            for name, signs in agency_row[field].items()
            for sign in signs.split()
        },
        months=months,
        weekdays=weekdays,
        joint=re.compile(f"{_expand(parts['and'], parts, 'and')}|, "),
        particle=re.compile(_expand(parts["particle"], parts, "particle"), re.IGNORECASE),
    )


def _row(row: Mapping[str, Any], parts: Mapping[str, str], given: frozenset[str]) -> HeadRow:
    for field, choices in (("kind", HeadKind), ("at", At), ("zone", Zone)):
        if row.get(field) not in get_args(choices):
            raise RuleTableError(f"{row['id']}: {field} is none of {get_args(choices)}")
    return HeadRow(
        id=row["id"],
        kind=row["kind"],
        at=row["at"],
        zone=row["zone"],
        rank=row["rank"],
        source=_expand(row["pattern"], parts, row["id"]),
        cues=tuple(row.get("cues", "").split()),
        given_names=given,
        not_first=row.get("not_first", False),
        needs_company=row.get("needs_company", False),
    )


def _expand(pattern: str, parts: Mapping[str, str], place: str) -> str:
    """The pattern with every {part} filled in; quantifiers like {1,3} stay."""
    for _ in range(_MAX_DEPTH):
        if not _PART.search(pattern):
            return pattern
        try:
            pattern = _PART.sub(lambda part: parts[part[1]], pattern)
        except KeyError as error:
            raise RuleTableError(f"{place}: there is no part {error}") from error
    raise RuleTableError(f"{place}: parts contain each other")


def _only(table: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    rows: list[Mapping[str, Any]] = [row for row in table["row"] if row["kind"] == kind]
    if len(rows) != 1:
        raise RuleTableError(f"head.toml: {len(rows)} rows of kind {kind!r}, not one")
    return rows[0]


def _numbers(lexicon: Lexicon, *classes: str) -> dict[str, int]:
    return {
        word: int(value)
        for word_class in classes
        for word, value in lexicon.words(word_class).items()
    }


def _agencies(row: Mapping[str, Mapping[str, str]]) -> str:
    any_case = _any_case(sign for signs in row["any_case"].values() for sign in signs.split())
    exact = _alternatives(sign for signs in row["exact"].values() for sign in signs.split())
    return rf"(?:{any_case}|{exact})\b"


def _any_case(words: Iterable[str]) -> str:
    return f"(?i:{_alternatives(words)})"


def _alternatives(words: Iterable[str]) -> str:
    # The longest first: "Sept" must not stop at "Sep".
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
