"""Compiles the tables of the dating layer: dating.toml, offices.toml, named-events.toml."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from beleg.errors import RuleTableError
from beleg.rules.event_table import EventTable, compile_events
from beleg.rules.office_table import OfficeTable, compile_offices
from beleg.rules.tables import read_table
from beleg.rules.time_rules import TenseTable, load_time_rules

_PSEUDO_COUNT = (
    2.0  # articles added to a class, spread evenly: an empty bin is rare, not impossible
)


@dataclass(frozen=True, slots=True)
class Distance:
    """How far the day of writing lies from a date of one kind, as counted.

    edges: days after the date's first day, ascending; densities: per day, between the
    edges; they add up to 1 over all bins.
    """

    edges: tuple[int, ...]
    densities: tuple[float, ...]

    def at(self, days: int) -> float:
        """The density at a distance; 0 outside the bins."""
        index = bisect_right(self.edges, days) - 1
        return self.densities[index] if 0 <= index < len(self.densities) else 0.0

    def middle(self, share: float) -> tuple[int, int]:
        """The distances between which `share` of all articles lie, the rest cut off evenly."""
        return self._quantile((1 - share) / 2), self._quantile((1 + share) / 2)

    def _quantile(self, share: float) -> int:
        mass = 0.0
        for index, density in enumerate(self.densities):
            width = self.edges[index + 1] - self.edges[index]
            if mass + density * width >= share:
                return self.edges[index] + int((share - mass) / density)
            mass += density * width
        return self.edges[-1]


@dataclass(frozen=True, slots=True)
class ClueKind:
    """What one kind of evidence is worth and how it is told.

    because: German sentence with fields in braces; sure: share of texts in which it holds;
    before, after, outside: how often a title is read in the year before a term, the year
    after it, and later, where 1 is how often within it.
    """

    id: str
    because: str
    sure: float
    before: float
    after: float
    outside: float


@dataclass(frozen=True, slots=True)
class DatingRules:
    """Everything the dating layer takes from tables.

    cues: (cue, where) → phrases as tuples of lower-case words. thresholds: how much of the
    likelihood a window must hold, by its greatest length in days; grace_days: how long after a
    term of office its title is still heard.
    """

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    cues: Mapping[tuple[str, str], frozenset[tuple[str, ...]]]
    clues: Mapping[str, ClueKind]
    conflicts: Mapping[str, str]
    distances: Mapping[str, Distance]
    thresholds: tuple[tuple[int, float], ...]
    grace_days: int
    offices: OfficeTable
    events: EventTable
    tense: TenseTable
    boundaries: frozenset[str]
    determiners: frozenset[str]
    weekday_words: Mapping[str, int]
    deictic_words: Mapping[str, int]
    lean_words: Mapping[str, int]
    numbers: Mapping[str, int]
    slack: Mapping[str, tuple[float, float]]
    year_rules: tuple[str, ...]
    unsafe_rules: tuple[str, ...]
    terms: Mapping[str, str]
    rows: tuple[Mapping[str, Any], ...]

    def day(self, day: date) -> str:
        """The day as German text writes it: 3. März 2024."""
        return f"{day.day}. {self.months[day.month - 1]} {day.year}"

    def joined_terms(self, terms: Sequence[tuple[date, date | None]]) -> str:
        """Terms of office in words: vom … bis … und seit …."""
        return self.terms["joint"].join(
            self.terms["open"].format(first=self.day(first))
            if last is None
            else self.terms["closed"].format(first=self.day(first), last=self.day(last))
            for first, last in terms
        )


@cache
def load_dating_rules(language: str = "de") -> DatingRules:
    """The compiled tables of a language; compiled once.

    Raises RuleTableError if a table is wrong.
    """
    table = read_table("dating", language)
    times = load_time_rules(language)
    words = times.lexicon.words
    rows = tuple(table["row"])
    return DatingRules(
        months=tuple(table["months"].split()),
        weekdays=tuple(table["weekdays"].split()),
        cues=_cues(rows),
        clues={row["clue"]: _clue(row) for row in rows if "clue" in row},
        conflicts={row["conflict"]: row["because"] for row in rows if "conflict" in row},
        distances={
            row["distance"]: _distance(row, table["edges"]) for row in rows if "distance" in row
        },
        thresholds=tuple((int(days), float(share)) for days, share in table["thresholds"]),
        grace_days=int(table["grace_days"]),
        offices=compile_offices(read_table("offices", language)),
        events=compile_events(read_table("named-events", language)),
        tense=times.tense,
        boundaries=times.cues["clause-boundary", "clause"],
        determiners=frozenset(words("det")),
        weekday_words=_numbers_of({**words("wdabbr"), **words("weekday")}),
        deictic_words={
            **table["deictic"],
            **_numbers_of({**words("deictic"), **words("deicticadj")}),
        },
        lean_words=_numbers_of({**words("lean"), **words("this"), **table["lean"]}),
        numbers=_numbers_of({**words("num"), **words("ord")}),
        slack={name: (float(low), float(high)) for name, (low, high) in table["slack"].items()},
        year_rules=tuple(table["year_rules"]),
        unsafe_rules=tuple(table["unsafe_rules"]),
        terms=table["terms"],
        rows=rows,
    )


def _numbers_of(words: Mapping[str, Any]) -> dict[str, int]:
    return {word: int(value) for word, value in words.items() if isinstance(value, int)}


def _cues(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], frozenset[tuple[str, ...]]]:
    return {
        (row["cue"], row["where"]): frozenset(tuple(phrase.split()) for phrase in row["words"])
        for row in rows
        if "cue" in row
    }


def _clue(row: Mapping[str, Any]) -> ClueKind:
    return ClueKind(
        id=row["id"],
        because=row["because"],
        sure=float(row.get("sure", 1.0)),
        before=float(row.get("before", 0.0)),
        after=float(row.get("after", 0.0)),
        outside=float(row.get("outside", 0.0)),
    )


def _distance(row: Mapping[str, Any], edges: Mapping[str, Sequence[int]]) -> Distance:
    bounds, counts = tuple(edges[row["edges"]]), row["counts"]
    if len(counts) != len(bounds) - 1:
        raise RuleTableError(f"{row['id']}: {len(counts)} counts for {len(bounds) - 1} bins")
    return count_distance(bounds, counts)


def count_distance(edges: Sequence[int], counts: Sequence[int]) -> Distance:
    """The densities that follow from counts between the edges."""
    total = sum(counts) + _PSEUDO_COUNT
    share = _PSEUDO_COUNT / len(counts)
    widths = [high - low for low, high in pairwise(edges)]
    densities = [(n + share) / total / width for n, width in zip(counts, widths, strict=True)]
    return Distance(tuple(edges), tuple(densities))
