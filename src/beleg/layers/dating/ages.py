"""Reckons the day of writing from an age and a birthday."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from beleg.layers.dating.clues import Clue, bounded
from beleg.layers.dating.mentions import Mention
from beleg.layers.dating.passages import Passages
from beleg.layers.dating.reckoning import later
from beleg.rules.office_table import NameForm, fold

_NAME_REACH = 6  # atoms between age and name: der 62-jährige UN-Generalsekretär Ban Ki-moon
_SENTENCES_APART = 3
_AGES = range(1, 116)


def ages(passages: Passages) -> list[tuple[int, int, int]]:
    """The ages told: (years, first atom, atom behind). 62-jährig, 62 Jahre alt, im Alter von 62."""
    lower, numbers = passages.atoms.lower, passages.rules.numbers
    found = []
    for index, word in enumerate(lower):
        known = numbers.get(word)
        if known is None and not (word.isdecimal() and len(word) <= 3):
            continue
        years = known if known is not None else int(word)
        if years not in _AGES:
            continue
        stop = passages.stop_of("age", index + 1)
        start = passages.start_of("age", index)
        if stop is not None:
            found.append((years, index, stop))
        elif start is not None:
            found.append((years, start, index + 2))
    return found


def birthdays(passages: Passages, mentions: Sequence[Mention]) -> list[Mention]:
    """The dates on which the text says somebody was born."""
    return [m for m in mentions if m.grain != "year" and passages.has_cue("born", *m.atoms)]


def age_clues(passages: Passages, mentions: Sequence[Mention]) -> Iterator[Clue]:
    """The evidence of ages beside a birthday the text or the table of offices knows."""
    told = ages(passages)
    yield from _of_the_text(passages, told, mentions)
    yield from _of_known_people(passages, told)


def _of_the_text(
    passages: Passages, told: Sequence[tuple[int, int, int]], mentions: Sequence[Mention]
) -> Iterator[Clue]:
    """One birthday and one age near it belong together, if the text tells no other of either."""
    births = birthdays(passages, mentions)
    if len({birth.first for birth in births}) != 1 or len({years for years, *_ in told}) != 1:
        return
    years, first, stop = told[0]
    birth = births[0]
    apart = passages.sentence_number(first) - passages.sentence_number(birth.atoms[0])
    if abs(apart) > _SENTENCES_APART:
        return
    born = birth.first, birth.last
    clue = _birthday(passages, years, born, (first, stop)) or _clue(
        passages, "age", years, born, (first, stop), passages.article.quote(birth.time.span)
    )
    if clue is not None:
        yield clue


def _birthday(
    passages: Passages, years: int, born: tuple[date, date], atoms: tuple[int, int]
) -> Clue | None:
    """ "wird heute 75": the text is of that very day; None if it does not say so."""
    first, last = later(born[0], years, "Y"), later(born[1], years, "Y")
    if first is None or last is None or not passages.has_cue("today", *atoms):
        return None
    kind = passages.rules.clues["birthday"]
    because = kind.because.format(years=years, date=passages.rules.day(born[0]))
    return bounded(kind, passages.span(*atoms), because, first, last)


def _of_known_people(passages: Passages, told: Sequence[tuple[int, int, int]]) -> Iterator[Clue]:
    """ "der 62-jährige Ban Ki-moon", "Ban Ki-moon (62)" is left to the reader."""
    table, raw = passages.rules.offices, passages.atoms.raw
    for years, first, stop in told:
        sentence = passages.sentence(first)
        for index in range(stop, min(stop + _NAME_REACH, sentence.stop)):
            if not (raw[index][0].isalpha() or raw[index] in "-."):
                break
            forms = [form for form in table.names.get(fold(raw[index]), ()) if form.given]
            form = _full_name(passages, index, forms)
            if form is not None and form.person in table.born:
                born, end = table.born[form.person], index + len(form.surname)
                clue = _clue(passages, "age-known", years, (born, born), (first, end), form.person)
                if clue is not None:
                    yield clue
                break


def _full_name(passages: Passages, index: int, forms: Sequence[NameForm]) -> NameForm | None:
    """The name whose surname stands at an atom with a forename right before it."""
    raw = passages.atoms.raw
    for form in forms:
        words = tuple(fold(word) for word in raw[index : index + len(form.surname)])
        if words != form.surname:
            continue
        before = index - 1
        while before > 0 and fold(raw[before]) in form.joined - form.given:
            before -= 1
        if before >= 0 and fold(raw[before]) in form.given:
            return form
    return None


def _clue(
    passages: Passages,
    kind_name: str,
    years: int,
    born: tuple[date, date],
    atoms: tuple[int, int],
    words: str,
) -> Clue | None:
    """Someone is `years` old from the birthday of that age to the day before the next."""
    first, last = later(born[0], years, "Y"), later(born[1], years + 1, "Y")
    if first is None or last is None:
        return None
    kind = passages.rules.clues[kind_name]
    because = kind.because.format(years=years, born=words, date=passages.rules.day(born[0]))
    return bounded(kind, passages.span(*atoms), because, first, last - timedelta(days=1))
