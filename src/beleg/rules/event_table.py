"""Named events and their dates: compiles named-events.toml for lookup in atoms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from beleg.errors import RuleTableError
from beleg.rules.atoms import atomise
from beleg.rules.office_table import whole_days

NUMBER = "<number>"
_KEY = 3  # letters a prefix pattern has at least, and is looked up by


@dataclass(frozen=True, slots=True)
class NamedEvent:
    """An event that happened once, or something that exists since.

    planned: known long before it took place. until: the last day it existed by that name.
    only_with: characters the text must hold somewhere for the name to tell anything.
    """

    id: str
    what: str
    first: date
    last: date | None
    planned: bool
    until: date | None
    only_with: str


@dataclass(frozen=True, slots=True)
class Series:
    """An event that is counted: the edition's number tells its year.

    years: editions listed one by one; else year = number + offset from edition `since`
    on, plus one for each cancelled year in `without` before it. first, last: month and
    day between which it takes place; lasting: years it goes on (a parliament).
    """

    id: str
    what: str
    years: Mapping[int, int]
    offset: int | None
    since: int
    without: tuple[int, ...]
    first: tuple[int, int]
    last: tuple[int, int]
    lasting: int

    def days(self, number: int) -> tuple[date, date] | None:
        """First and last day on which that edition can take place; None if unknown."""
        year = self.years.get(number)
        if year is None and self.offset is not None and number >= self.since:
            year = number + self.offset
            for cancelled in self.without:
                year += cancelled <= year
        if year is None or not 1900 <= year <= 2100:
            return None
        return date(year, *self.first), date(year + self.lasting, *self.last)


@dataclass(slots=True)
class _Node:
    words: dict[str, _Node] = field(default_factory=dict)
    prefixes: dict[str, list[tuple[str, _Node]]] = field(default_factory=dict)
    end: NamedEvent | Series | None = None


@dataclass(frozen=True, slots=True)
class EventTable:
    """The names of events as a tree of words."""

    root: _Node
    events: tuple[NamedEvent | Series, ...]

    def may_begin(self, word: str) -> bool:
        """Whether some name begins with a word like this; most do not."""
        root = self.root
        return word in root.words or word[:_KEY] in root.prefixes or word.isdecimal()

    def match(
        self, lower: tuple[str, ...], index: int
    ) -> tuple[NamedEvent | Series, int, int | None] | None:
        """The longest name that begins at an atom: (event, stop, number of the edition)."""
        best: tuple[NamedEvent | Series, int, int | None] | None = None
        pending: list[tuple[_Node, int, int | None]] = [(self.root, index, None)]
        while pending:
            node, at, number = pending.pop()
            if node.end is not None and (best is None or at > best[1]):
                best = node.end, at, number
            if at >= len(lower):
                continue
            word = lower[at]
            child = node.words.get(word)
            if child is not None:
                pending.append((child, at + 1, number))
            for start, child in node.prefixes.get(word[:_KEY], ()):
                if word.startswith(start):
                    pending.append((child, at + 1, number))
            if word.isdecimal() and len(word) < 4 and NUMBER in node.words:
                pending.append((node.words[NUMBER], at + 1, int(word)))
        return best


def compile_events(table: Mapping[str, Any]) -> EventTable:
    """The tree of names. Raises RuleTableError for a wrong date."""
    root = _Node()
    events: list[NamedEvent | Series] = []
    for row in table["row"]:
        event = _series(row) if "numbered" in row else _event(row)
        events.append(event)
        for name in (*row.get("names", ()), *row.get("numbered", ())):
            _insert(root, name, event, row["id"])
    return EventTable(root, tuple(events))


def _event(row: Mapping[str, Any]) -> NamedEvent:
    first = whole_days(row["from"], row["id"])[0]
    last = whole_days(row["to"], row["id"])[1] if "to" in row else None
    until = whole_days(row["until"], row["id"])[1] if "until" in row else None
    if any(end is not None and end < first for end in (last, until)):
        raise RuleTableError(f"{row['id']}: it ends before it begins")
    return NamedEvent(
        row["id"], row["what"], first, last, bool(row.get("planned")), until,
        row.get("only_with", ""),
    )  # fmt: skip


def _series(row: Mapping[str, Any]) -> Series:
    return Series(
        id=row["id"],
        what=row["what"],
        years={int(number): year for number, year in row.get("years", {}).items()},
        offset=row.get("offset"),
        since=row.get("since", 1),
        without=tuple(sorted(row.get("without", ()))),
        first=_month_day(row, "first"),
        last=_month_day(row, "last"),
        lasting=row.get("lasting", 0),
    )


def _month_day(row: Mapping[str, Any], name: str) -> tuple[int, int]:
    try:
        month, day = (int(part) for part in row[name].split("-"))
        date(2001, month, day)
    except (KeyError, ValueError) as error:
        raise RuleTableError(f"{row['id']}: {name} is no month-day") from error
    return month, day


def _insert(root: _Node, name: str, event: NamedEvent | Series, row_id: str) -> None:
    nodes = [root]
    for word in name.split():
        alternatives = [word] if word == NUMBER else word.split("|")
        nodes = [
            child
            for node in nodes
            for option in alternatives
            for child in _step(node, option, row_id)
        ]
    for node in nodes:
        if node.end is not None and node.end is not event:
            raise RuleTableError(f"{row_id}: {name!r} names two events")
        node.end = event


def _step(node: _Node, option: str, row_id: str) -> list[_Node]:
    """Descend by one word of a pattern, which may be several atoms (g8-gipfel, 11.)."""
    if option == NUMBER:
        return [node.words.setdefault(NUMBER, _Node())]
    prefix = option.endswith("*")
    atoms = atomise(option.removesuffix("*")).lower
    for atom in atoms[:-1] if prefix else atoms:
        node = node.words.setdefault(atom, _Node())
    if not prefix:
        return [node]
    if len(atoms[-1]) < _KEY:
        raise RuleTableError(f"{row_id}: the prefix {option!r} is too short")
    children = node.prefixes.setdefault(atoms[-1][:_KEY], [])
    for start, known in children:
        if start == atoms[-1]:
            return [known]
    child = _Node()
    children.append((atoms[-1], child))
    return [child]
