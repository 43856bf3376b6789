"""Finds what in a text cannot be right: weekdays that do not fit their date, and words that
speak against the day the article bears. Precise rather than complete: each is shown to a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from beleg.layers.dating.clues import Clue
from beleg.layers.dating.events import events_named
from beleg.layers.dating.mentions import Mention, between
from beleg.layers.dating.offices import Holder, holders, in_retrospect
from beleg.layers.dating.passages import Passages
from beleg.records import Conflict, TimeExpression

_NEAR_DAYS = 10  # a date without year this close to publication means that one
_TERM_SLACK = 31  # days around a term in which texts may call somebody by the title
_CALENDAR_RULES = ("de.time.date.",)
_SUPPLIED = frozenset(("nearest", "last", "next", "weekday"))  # readings that supply the year


def calendar_conflicts(passages: Passages, named: Sequence[Mention]) -> Iterator[Conflict]:
    """Dates with a weekday that is not theirs: Montag, 5. März 2024."""
    for mention in named:
        explicit = mention.time.rule.startswith(_CALENDAR_RULES) and mention.grain == "day"
        if explicit and mention.weekday is not None and mention.time.type == "DATE":
            yield from _weekday_conflict(passages, mention.time, mention.first, mention.weekday)


def _weekday_conflict(
    passages: Passages, time: TimeExpression, day: date, weekday: int
) -> Iterator[Conflict]:
    if day.isoweekday() == weekday or day.year < 1900:
        return
    rules = passages.rules
    because = rules.conflicts["weekday"].format(
        date=rules.day(day),
        right=rules.weekdays[day.isoweekday() - 1],
        wrong=rules.weekdays[weekday - 1],
    )
    yield Conflict(spans=(time.span,), because=because)


def clue_conflicts(
    passages: Passages, clues: Sequence[Clue], window: tuple[date | None, date | None]
) -> Iterator[Conflict]:
    """Firm evidence that contradicts other firm evidence, or begins after the window found."""
    rules = passages.rules
    exact = [c for c in clues if c.firm and c.earliest is not None and c.earliest == c.latest]
    for first, second in pairwise(exact):
        if first.earliest != second.earliest and first.earliest and second.earliest:
            because = rules.conflicts["two-days"].format(
                first=rules.day(first.earliest), second=rules.day(second.earliest)
            )
            yield Conflict(spans=(first.span, second.span), because=because)
    for clue in clues:
        late = clue.earliest is not None and window[1] is not None and clue.earliest > window[1]
        if clue.firm and late and clue not in exact:
            because = rules.conflicts["window"].format(because=clue.because)
            yield Conflict(spans=(clue.span,), because=because)


def publication_conflicts(
    passages: Passages,
    named: Sequence[Mention],
    clues: Sequence[Clue],
    times: Sequence[TimeExpression],
    published: date,
) -> Iterator[Conflict]:
    """What speaks against the day the article bears."""
    yield from _told_too_early(passages, named, published)
    yield from _deictic(passages, clues, published)
    yield from _weekdays_near(passages, named, times, published)
    yield from _offices(passages, named, published)
    yield from _events(passages, published)


def _told_too_early(
    passages: Passages, named: Sequence[Mention], published: date
) -> Iterator[Conflict]:
    """A day told as past, by the verb of its own clause, that was still to come."""
    rules = passages.rules
    for mention in named:
        ahead = mention.first.toordinal() - published.toordinal()
        if ahead <= 1 or mention.part != "past" or mention.grain == "year":
            continue
        if passages.own_tense(*mention.atoms) == "past" and not _on_a_noun(passages, mention):
            because = rules.conflicts["past-after"].format(
                date=passages.article.quote(mention.time.span), published=rules.day(published)
            )
            yield Conflict(spans=(mention.time.span,), because=because)


def _on_a_noun(passages: Passages, mention: Mention) -> bool:
    """Whether the date belongs to a noun (die Wahl am 3. März), which may be told before it."""
    first = mention.atoms[0]
    fillers = (
        passages.rules.cues["apposition", "between"] | passages.rules.cues["preposition", "before"]
    )
    while first > 0 and (passages.atoms.lower[first - 1],) in fillers:
        first -= 1
    return passages.noun_before(first)


def _deictic(passages: Passages, clues: Sequence[Clue], published: date) -> Iterator[Conflict]:
    rules = passages.rules
    names = {rules.clues[name].id: name for name in ("deictic-day", "deictic-year")}
    for clue in clues:
        name = names.get(clue.kind)
        if name is None or clue.earliest is None or clue.latest is None:
            continue
        day = published.toordinal()
        if clue.earliest.toordinal() - 1 <= day <= clue.latest.toordinal() + 1:
            continue
        template = rules.conflicts["deictic" if name == "deictic-day" else "deictic-year"]
        because = template.format(
            date=rules.day(clue.earliest), year=clue.earliest.year, published=rules.day(published)
        )
        yield Conflict(spans=(clue.span,), because=because)


def _weekdays_near(
    passages: Passages,
    named: Sequence[Mention],
    times: Sequence[TimeExpression],
    published: date,
) -> Iterator[Conflict]:
    """Dates without year close to publication whose weekday is another's."""
    for time in times:
        how = time.rule.rpartition("#")[2]
        if how not in _SUPPLIED or time.earliest is None or time.type != "DATE":
            continue
        if not time.rule.startswith(_CALENDAR_RULES) or time.earliest != time.latest:
            continue
        first, stop = passages.place(time.span)
        weekday, day = passages.weekday(first, stop), _near(time.earliest, published)
        dated = any(True for _ in between(named, passages.around(first, stop)))
        if weekday is not None and day is not None and not dated:
            yield from _weekday_conflict(passages, time, day, weekday)


def _near(day: date, published: date) -> date | None:
    """That day and month next to publication; None if it is not close."""
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            found = day.replace(year=year)
        except ValueError:
            continue
        if abs((found - published).days) <= _NEAR_DAYS:
            return found
    return None


def _offices(passages: Passages, named: Sequence[Mention], published: date) -> Iterator[Conflict]:
    """Titles before the term began, and long after it in the present tense."""
    seen = set()
    for holder in holders(passages):
        if holder.terms in seen or in_retrospect(passages, holder, named):
            continue
        if _speaks_against(passages, holder, published):
            seen.add(holder.terms)
            rules = passages.rules
            because = rules.conflicts["office"].format(
                person=holder.person,
                office=holder.terms[0].what,
                terms=rules.joined_terms([(t.first, t.last) for t in holder.terms]),
                published=rules.day(published),
            )
            yield Conflict(spans=(passages.span(*holder.atoms),), because=because)


def _speaks_against(passages: Passages, holder: Holder, published: date) -> bool:
    slack = timedelta(days=_TERM_SLACK)
    if any(
        term.first - slack <= published and (term.last is None or published - slack <= term.last)
        for term in holder.terms
    ):
        return False
    if all(published < term.first for term in holder.terms):
        return True
    if any(term.kept for term in holder.terms):
        return False
    return passages.own_tense(*holder.atoms) == "present"


def _events(passages: Passages, published: date) -> Iterator[Conflict]:
    rules = passages.rules
    for event, first, stop in events_named(passages):
        if event.first > published and not event.planned:
            because = rules.conflicts["event"].format(
                what=event.what, date=rules.day(event.first), published=rules.day(published)
            )
            yield Conflict(spans=(passages.span(first, stop),), because=because)
