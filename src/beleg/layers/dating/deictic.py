"""Dates that stand beside heute, gestern, morgen, dieses Jahr: they give the day or year of writing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from beleg.layers.dating.clues import Clue, bounded
from beleg.layers.dating.mentions import Mention
from beleg.layers.dating.passages import Passages
from beleg.records import TimeExpression

_BETWEEN = 4  # atoms between the two: gestern, am Montag, dem 3. März


def day_offset(passages: Passages, first: int) -> tuple[int, int] | None:
    """The deictic word right before a date: (days from writing, its atom); None without one.

    Between them only words that belong to a date: gestern, am; am heutigen Montag, dem.
    """
    words, lower = passages.rules.deictic_words, passages.atoms.lower
    filler = passages.rules.cues["apposition", "between"]
    nouns = passages.rules.cues["deictic-noun", "between"]
    for index in range(first - 1, max(first - 2 - _BETWEEN, -1), -1):
        noun = (lower[index],) in nouns and passages.atoms.raw[index][0].isupper()
        if lower[index] in words and not noun:
            return words[lower[index]], index
        if (lower[index],) not in filler and lower[index] not in passages.rules.weekday_words:
            return None
    return None


def deictic(
    passages: Passages, mentions: Sequence[Mention], times: Sequence[TimeExpression]
) -> list[tuple[Clue, Mention]]:
    """The evidence of full dates beside a deictic word, and of years beside this, last or next year."""
    found: list[tuple[Clue | None, Mention]] = []
    years = [time for time in times if time.rule.startswith(passages.rules.year_rules)]
    for mention in mentions:
        if mention.grain == "day":
            offset = day_offset(passages, mention.atoms[0])
            if offset is not None:
                found.append((_day_clue(passages, mention, *offset), mention))
        elif mention.grain == "year":
            lean = _year_offset(passages, mention, years)
            if lean is not None:
                found.append((_year_clue(passages, mention, *lean), mention))
    return [(clue, mention) for clue, mention in found if clue is not None]


def _day_clue(passages: Passages, mention: Mention, offset: int, atom: int) -> Clue | None:
    try:
        day = mention.first - timedelta(days=offset)
    except OverflowError:
        return None
    kind = passages.rules.clues["deictic-day"]
    span = passages.span(atom, mention.atoms[1])
    because = kind.because.format(
        word=passages.atoms.raw[atom], date=passages.rules.day(mention.first)
    )
    return bounded(kind, span, because, day, day, firm=True)


def _year_offset(
    passages: Passages, mention: Mention, years: Sequence[TimeExpression]
) -> tuple[int, int] | None:
    """The lean of "im vergangenen Jahr (2005)": (years from writing, atom where it begins)."""
    leans, lower = passages.rules.lean_words, passages.atoms.lower
    filler = passages.rules.cues["apposition", "between"]
    at = bisect_right(years, mention.time.span.start, key=lambda time: time.span.end) - 1
    if at < 0:
        return None
    first, stop = passages.place(years[at].span)
    gap = lower[stop : mention.atoms[0]]
    if len(gap) > _BETWEEN or any((word,) not in filler for word in gap):
        return None
    known = [leans[lower[index]] for index in range(first, stop) if lower[index] in leans]
    return (known[0], first) if known else None


def _year_clue(passages: Passages, mention: Mention, lean: int, atom: int) -> Clue | None:
    year = mention.first.year - lean
    if not date.min.year <= year <= date.max.year:
        return None
    kind = passages.rules.clues["deictic-year"]
    stop = mention.atoms[1]
    bracket = "(" in passages.atoms.raw[atom:stop] and passages.atoms.raw[stop : stop + 1] == (")",)
    span = passages.span(atom, stop + bracket)
    because = kind.because.format(words=passages.article.quote(span), year=year)
    return bounded(kind, span, because, date(year, 1, 1), date(year, 12, 31), firm=True)
