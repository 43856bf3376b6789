"""Office holders a text names with their title: it was written while they held the office.

Mentions that look back ("der frühere Kanzler") or ahead ("die designierte") are left out;
so are those in a sentence about a year of the past.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from beleg.layers.dating.clues import Clue, in_time
from beleg.layers.dating.mentions import Mention, between
from beleg.layers.dating.passages import Passages
from beleg.rules.office_table import NameForm, OfficeTable, Term, TitleForm, fold

_MOST = 40  # office holders weighed; more are a list, not news
_FORENAMES = 6  # atoms of forenames before a surname
_MODIFIER_REACH = 3  # atoms before a title: der frühere amerikanische Präsident
_APART = 7  # atoms between title and full name: Präsident der Vereinigten Staaten, Barack Obama
_BRACKET = 4  # atoms in brackets behind a name: Merkel (CDU), Bundeskanzlerin


_ROMAN = re.compile(r"[IVX]+\Z")


@dataclass(frozen=True, slots=True)
class Holder:
    """An office holder named with a title.

    terms: all terms the words may mean. atoms: from title to name.
    """

    person: str
    terms: tuple[Term, ...]
    atoms: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Name:
    form: NameForm
    first: int
    stop: int
    full: bool


def holders(passages: Passages) -> list[Holder]:
    """The office holders named, each once per place."""
    table, atoms = passages.rules.offices, passages.atoms
    at = [index for index, raw in enumerate(atoms.raw) if raw[0].isupper() and _forms(table, raw)]
    if not at:
        return []
    folded = tuple(
        lower if raw.isascii() else fold(raw)
        for raw, lower in zip(atoms.raw, atoms.lower, strict=True)
    )
    found: dict[tuple[int, int], list[tuple[str, tuple[Term, ...]]]] = {}
    for index in at:
        forms = [f for f in _forms(table, atoms.raw[index]) if _number_fits(passages, index, f)]
        for name in _names_at(folded, index, forms):
            place, terms = _with_title(passages, folded, name, table)
            if terms:
                found.setdefault(place, []).append((name.form.person, terms))
    return [_merged(place, named) for place, named in found.items()]


def _forms(table: OfficeTable, raw: str) -> tuple[NameForm, ...]:
    """The names a word may be the surname of, also with genitive -s."""
    word = fold(raw)
    return table.names.get(word) or table.names.get(word.removesuffix("s"), ())


def _merged(place: tuple[int, int], named: Sequence[tuple[str, tuple[Term, ...]]]) -> Holder:
    """One place may mean several people (Präsident Bush): all their terms count."""
    terms = dict.fromkeys(term for _, each in named for term in each)
    return Holder(named[0][0], tuple(terms), place)


def _names_at(folded: Sequence[str], index: int, forms: Sequence[NameForm]) -> list[_Name]:
    """The holders whose surname stands at an atom, with as much of their name as stands before it.

    A forename that fits one of them rules out the others.
    """
    found: list[tuple[int, _Name]] = []
    for form in forms:
        stop = index + len(form.surname)
        words = tuple(folded[index:stop])
        if words != form.surname and (*words[:-1], words[-1].removesuffix("s")) != form.surname:
            continue
        first, given = _with_forenames(folded, index, form)
        found.append((given, _Name(form, first, stop, bool(given) or not form.given)))
    most = max((given for given, _ in found), default=0)
    return [name for given, name in found if given == most]


def _number_fits(passages: Passages, index: int, form: NameForm) -> bool:
    """Whether the number behind a monarch's name is this one's; a longer name is another's."""
    after = index + len(form.surname)
    if after >= len(passages.atoms) or form.given or not form.number:
        return True
    word = passages.atoms.raw[after]
    if _ROMAN.match(word):
        return word == form.number
    return not word[0].isupper()


def _with_forenames(folded: Sequence[str], index: int, form: NameForm) -> tuple[int, int]:
    """(first atom of the name, how much the forenames before the surname tell).

    An initial that fits tells more the fewer names the holder has: George W. Bush.
    """
    first = at = index
    given = 0
    while at > max(0, index - _FORENAMES) and folded[at - 1] in form.joined:
        at -= 1
        if folded[at] in form.given:
            given += 1
            first = at
            if len(folded[at]) == 1 and len(form.given) == 2:
                given += 1
    if not given:
        while first > at and folded[first - 1].isalpha():
            first -= 1
    return first, given


def _with_title(
    passages: Passages, folded: Sequence[str], name: _Name, table: OfficeTable
) -> tuple[tuple[int, int], tuple[Term, ...]]:
    """The terms of the office whose title stands with the name: (place, terms)."""
    for title, first, stop in _titles_around(passages, folded, name, table):
        if not _counts(folded, name, title, table) or _looks_away(passages, first, stop):
            continue
        terms = tuple(
            term
            for office in sorted(title.offices)
            for term in table.terms.get((office, name.form.person), ())
        )
        if terms:
            return (min(first, name.first), max(stop, name.stop)), terms
    return (name.first, name.stop), ()


def _counts(folded: Sequence[str], name: _Name, title: TitleForm, table: OfficeTable) -> bool:
    """Whether title and name suffice; a common name beside a common title needs the forename."""
    if name.full:
        return True
    if (
        folded[name.stop - 1] in table.common
        or folded[name.stop - 1].removesuffix("s") in table.common
    ):
        return not title.generic
    return True


def _titles_around(
    passages: Passages, folded: Sequence[str], name: _Name, table: OfficeTable
) -> Iterator[tuple[TitleForm, int, int]]:
    """Titles right before the name, behind it, or before a full name with a country between."""
    at = name.first
    honorifics = passages.rules.cues["honorific", "between"]
    while at > 0 and (folded[at - 1],) in honorifics:
        at -= 1
    yield from _ending_at(passages, folded, at, table)
    yield from _apposition(passages, folded, name, table)
    if name.full and name.form.given:
        sentence, gap = passages.sentence(name.first), passages.rules.cues["title-gap", "between"]
        for end in range(name.first - 1, max(sentence.start, name.first - _APART), -1):
            yield from _ending_at(passages, folded, end, table)
            raw = passages.atoms.raw[end - 1]
            if not raw[0].isupper() and (folded[end - 1],) not in gap:
                return


def _ending_at(
    passages: Passages, folded: Sequence[str], stop: int, table: OfficeTable
) -> Iterator[tuple[TitleForm, int, int]]:
    title = table.title_before(folded, stop)
    if title is None:
        return
    first = stop - len(title.atoms)
    if passages.atoms.raw[first][0].isupper() and not _hyphenated(passages, first):
        yield title, first, stop


def _hyphenated(passages: Passages, first: int) -> bool:
    """DFB-Präsident: another office than Präsident."""
    atoms = passages.atoms
    return first > 1 and atoms.glued[first] and atoms.raw[first - 1] in "-–/"


def _apposition(
    passages: Passages, folded: Sequence[str], name: _Name, table: OfficeTable
) -> Iterator[tuple[TitleForm, int, int]]:
    """ "Merkel (CDU), die Bundeskanzlerin"; not a list ("Merkel, Bundespräsident Köhler")."""
    at, size = name.stop, len(folded)
    if at < size and folded[at] == "(":
        closing = next((i for i in range(at, min(at + _BRACKET, size)) if folded[i] == ")"), None)
        if closing is None:
            return
        at = closing + 1
    if at >= size or folded[at] != ",":
        return
    at += 1
    if at < size and (folded[at],) in passages.rules.cues["title-article", "between"]:
        at += 1
    title = table.title_at(folded, at) if at < size else None
    if title is not None:
        stop = at + len(title.atoms)
        if stop >= size or not passages.atoms.raw[stop][0].isupper():
            yield title, at, stop


def _looks_away(passages: Passages, first: int, stop: int) -> bool:
    """Whether words at the title say that the office is past or to come."""
    if passages.has_cue("post-alone", first, stop):
        return True
    lower, raw = passages.atoms.lower, passages.atoms.raw
    wanted = passages.rules.cues["not-in-office", "before"]
    for index in range(first - 1, max(first - 1 - _MODIFIER_REACH, -1), -1):
        if not (raw[index][0].islower() or raw[index] == "-" or passages.atoms.glued[index + 1]):
            break
        if any(lower[index].startswith(stem[0]) for stem in wanted):
            return True
    return any(
        lower[stop : stop + len(phrase)] == phrase
        for phrase in passages.rules.cues["not-in-office", "after"]
    )


def in_retrospect(passages: Passages, holder: Holder, mentions: Sequence[Mention]) -> bool:
    """Whether the sentence names a date: then it tells of that time, not of today."""
    return any(m.part != "plan" for m in between(mentions, passages.around(*holder.atoms)))


def office_clues(passages: Passages, mentions: Sequence[Mention]) -> list[Clue]:
    """The evidence of office holders; of several places for the same terms, the first."""
    found: dict[tuple[Term, ...], Clue] = {}
    for holder in holders(passages):
        if holder.terms not in found and len(found) < _MOST:
            background = in_retrospect(passages, holder, mentions)
            found[holder.terms] = _clue(passages, holder, background=background)
    return list(found.values())


def _clue(passages: Passages, holder: Holder, *, background: bool) -> Clue:
    kept = any(term.kept for term in holder.terms)
    name = "office-background" if background else "office-kept" if kept else "office"
    kind = passages.rules.clues[name]
    begun = min(term.first for term in holder.terms)
    ends = [term.last for term in holder.terms if term.last is not None]
    over = name == "office" and len(ends) == len(holder.terms)
    grace = passages.rules.grace_days if over else 0
    return Clue(
        kind=kind.id,
        span=passages.span(*holder.atoms),
        because=_because(passages, holder, kind.because, grace=bool(grace)),
        earliest=begun,
        latest=max(ends) + timedelta(days=grace) if over else None,
        likely=in_time([(term.first, term.last) for term in holder.terms], kind),
        closed=over,
        firm=True,
    )


def _because(passages: Passages, holder: Holder, because: str, *, grace: bool) -> str:
    rules = passages.rules
    between = rules.joined_terms(
        [(term.first, term.last) for term in sorted(holder.terms, key=lambda term: term.first)]
    )
    return because.format(
        person=holder.person,
        office=holder.terms[0].what,
        terms=between,
        grace=rules.terms["grace"] if grace else "",
    )
