"""Who held which office when: compiles offices.toml for lookup in atoms."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from beleg.errors import RuleTableError

_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_ROMAN = re.compile(r"[IVX]+\Z")
# Letters that do not decompose into a base letter and a mark.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae"})
_NAME_MARKS = frozenset(("-", ".", "’", "'"))


@dataclass(frozen=True, slots=True)
class Term:
    """One term of office.

    last is None while it lasts (at the table's `as_of`). kept: the title stays after it.
    """

    office: str
    what: str
    person: str
    first: date
    last: date | None
    kept: bool


@dataclass(frozen=True, slots=True)
class NameForm:
    """One spelling of a holder's name, as folded atoms.

    surname: the atoms texts call the holder by; given: the atoms before, without
    particles; joined: all atoms that may stand between title and surname; number: of a
    monarch or pope (XVI), else empty.
    """

    person: str
    surname: tuple[str, ...]
    number: str
    given: frozenset[str]
    joined: frozenset[str]


@dataclass(frozen=True, slots=True)
class TitleForm:
    """One title as folded atoms, the offices it may mean, and whether it has many bearers."""

    atoms: tuple[str, ...]
    offices: frozenset[str]
    generic: bool


@dataclass(frozen=True, slots=True)
class OfficeTable:
    """Offices for lookup.

    names: first atom of a surname → forms; titles_by_last, titles_by_first: an atom of an
    uninflected title → forms, longest first; endings: inflection of titles; terms:
    (office, person) → terms; born: person → birthday; common: surnames of many.
    """

    as_of: date
    names: Mapping[str, tuple[NameForm, ...]]
    titles_by_last: Mapping[str, tuple[TitleForm, ...]]
    titles_by_first: Mapping[str, tuple[TitleForm, ...]]
    endings: tuple[str, ...]
    terms: Mapping[tuple[str, str], tuple[Term, ...]]
    born: Mapping[str, date]
    common: frozenset[str]

    def title_before(self, folded: Sequence[str], stop: int) -> TitleForm | None:
        """The longest title that ends before atom `stop`, inflected or not."""
        if stop < 1:
            return None
        for base in self._bases(folded[stop - 1]):
            for title in self.titles_by_last.get(base, ()):
                start = stop - len(title.atoms)
                if start >= 0 and (*folded[start : stop - 1], base) == title.atoms:
                    return title
        return None

    def title_at(self, folded: Sequence[str], first: int) -> TitleForm | None:
        """The longest title that begins at atom `first`, uninflected."""
        for title in self.titles_by_first.get(folded[first], ()):
            if tuple(folded[first : first + len(title.atoms)]) == title.atoms:
                return title
        return None

    def _bases(self, word: str) -> Iterator[str]:
        yield word
        for ending in self.endings:
            if word.endswith(ending):
                yield word.removesuffix(ending)


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """Lower case without diacritics: spellings of foreign names vary."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.lower().translate(_PLAIN))
    return "".join(char for char in plain if not unicodedata.combining(char))


def whole_days(text: str, row_id: str) -> tuple[date, date]:
    """First and last day of a year, month or day. Raises RuleTableError."""
    try:
        if len(text) == len("2024-03-07"):
            day = date.fromisoformat(text)
            return day, day
        parts = [int(part) for part in text.split("-")]
        year, month = (*parts, 0)[:2]
        first = date(year, month or 1, 1)
        last = date(year, month or 12, calendar.monthrange(year, month or 12)[1])
    except (ValueError, TypeError) as error:
        raise RuleTableError(f"{row_id}: {text!r} is no year, month or day") from error
    return first, last


def compile_offices(table: Mapping[str, Any]) -> OfficeTable:
    """The lookup tables. Raises RuleTableError for a wrong date or an unknown group."""
    names: dict[str, dict[NameForm, None]] = {}
    terms: dict[tuple[str, str], list[Term]] = {}
    born: dict[str, date] = {}
    particles = _NAME_MARKS.union(table["particles"].split())
    for row in table["row"]:
        for spellings, first, last, birthday in _holders(row):
            person = spellings.split("/")[0]
            term = _term(row, person, first, last)
            terms.setdefault((row["id"], person), []).append(term)
            if birthday:
                born[person] = whole_days(birthday, row["id"])[0]
            for spelling in spellings.split("/"):
                form = _name_form(person, spelling, particles)
                names.setdefault(form.surname[0], {})[form] = None
    by_last, by_first = _titles(table)
    return OfficeTable(
        as_of=date.fromisoformat(table["as_of"]),
        names={key: tuple(forms) for key, forms in names.items()},
        titles_by_last=by_last,
        titles_by_first=by_first,
        endings=tuple(table["endings"]),
        terms={key: tuple(found) for key, found in terms.items()},
        born=born,
        common=frozenset(fold(word) for word in table["common"].split()),
    )


def _holders(row: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """The lines of a row: (spellings, from, to, born)."""
    for line in row["holders"].strip().splitlines():
        fields = [field.strip() for field in line.split("|")]
        if not 2 <= len(fields) <= 4:
            raise RuleTableError(f"{row['id']}: {line.strip()!r} is not name | from | to | born")
        name, first, last, born = (*fields, "", "")[:4]
        yield name, first, last, born


def _term(row: Mapping[str, Any], person: str, first: str, last: str) -> Term:
    begun = whole_days(first, row["id"])[0]
    ended = whole_days(last, row["id"])[1] if last else None
    if ended is not None and ended < begun:
        raise RuleTableError(f"{row['id']}: the term of {person} ends before it begins")
    return Term(row["id"], row["what"], person, begun, ended, bool(row.get("kept")))


def _cut(text: str) -> tuple[str, ...]:
    """The atoms of a name or title, folded."""
    return tuple(fold(piece) for piece in _PIECE.findall(text))


def _name_form(person: str, spelling: str, particles: frozenset[str]) -> NameForm:
    words = spelling.split()
    number = "".join(word for word in words if _ROMAN.match(word))
    words = [word for word in words if not _ROMAN.match(word)]
    surname, before = _cut(words[-1]), list(_cut(" ".join(words[:-1])))
    while surname[0] in particles:  # al-Maliki: texts also write Maliki
        before.append(surname[0])
        surname = surname[1:]
    given = frozenset(before) - particles
    return NameForm(person, surname, number, given, frozenset(before) | particles)


_TitleIndex = dict[str, tuple[TitleForm, ...]]


def _titles(table: Mapping[str, Any]) -> tuple[_TitleIndex, _TitleIndex]:
    generic = frozenset(fold(title) for title in table["generic"].split())
    offices: dict[str, set[str]] = {}
    for row in table["row"]:
        for title in _row_titles(row, table["groups"]):
            offices.setdefault(title, set()).add(row["id"])
    by_last: dict[str, list[TitleForm]] = {}
    by_first: dict[str, list[TitleForm]] = {}
    for title, ids in sorted(offices.items(), key=lambda item: -len(item[0])):
        atoms = _cut(title)
        form = TitleForm(atoms, frozenset(ids), atoms[0] in generic and len(atoms) == 1)
        by_last.setdefault(atoms[-1], []).append(form)
        by_first.setdefault(atoms[0], []).append(form)
    return (
        {key: tuple(forms) for key, forms in by_last.items()},
        {key: tuple(forms) for key, forms in by_first.items()},
    )


def _row_titles(row: Mapping[str, Any], groups: Mapping[str, str]) -> Iterator[str]:
    yield from row.get("titles", ())
    for name in row.get("group", ()):
        if name not in groups:
            raise RuleTableError(f"{row['id']}: there is no group {name!r}")
        for title in groups[name].split():
            yield title
            for prefix in row.get("prefixes", ()):
                yield prefix + title
