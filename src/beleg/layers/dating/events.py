"""Named events: what is told as past has happened before the text was written."""

from __future__ import annotations

from collections.abc import Iterator

from beleg.layers.dating.clues import Clue, bounded, in_time
from beleg.layers.dating.passages import Passages
from beleg.rules.event_table import NamedEvent, Series
from beleg.text.article import Span


def events_named(passages: Passages) -> Iterator[tuple[NamedEvent, int, int]]:
    """The unnumbered events and things the text names, each once: (event, first atom, atom behind)."""
    seen = set()
    for event, first, stop, _ in _found(passages):
        if isinstance(event, NamedEvent) and event.id not in seen and _tells(passages, event):
            seen.add(event.id)
            yield event, first, stop


def _found(passages: Passages) -> Iterator[tuple[NamedEvent | Series, int, int, int | None]]:
    lower, table = passages.atoms.lower, passages.rules.events
    behind = 0
    for index, word in enumerate(lower):
        if index < behind or not table.may_begin(word):
            continue
        named = table.match(lower, index)
        if named is not None:
            event, behind, number = named
            yield event, index, behind, number


def _tells(passages: Passages, event: NamedEvent) -> bool:
    return event.only_with in passages.article.text


def event_clues(passages: Passages) -> Iterator[Clue]:
    """The evidence of named and of numbered events, each once."""
    seen: set[tuple[str, int | None]] = set()
    for event, first, stop, number in _found(passages):
        if (event.id, number) not in seen:
            clue = _clue(passages, event, number, first, stop)
            if clue is not None:
                seen.add((event.id, number))
                yield clue


def _clue(
    passages: Passages, event: NamedEvent | Series, number: int | None, first: int, stop: int
) -> Clue | None:
    rules, span = passages.rules, passages.span(first, stop)
    if isinstance(event, Series):
        days = event.days(number) if number is not None else None
        if days is None:
            return None
        kind = rules.clues["edition"]
        low, high = (round(days_) for days_ in rules.slack["edition"])
        earliest, latest = (
            type(days[0]).fromordinal(days[0].toordinal() + low),
            type(days[1]).fromordinal(days[1].toordinal() + high),
        )
        because = kind.because.format(what=event.what, number=number, year=days[0].year)
        return bounded(kind, span, because, earliest, latest)
    if not event.planned:
        return _of_past(passages, event, span)
    return _of_planned(passages, event, first, stop)


def _of_past(passages: Passages, event: NamedEvent, span: Span) -> Clue | None:
    rules = passages.rules
    if not _tells(passages, event):
        return None
    if event.last is not None:
        kind = rules.clues["event"]
        because = kind.because.format(what=event.what, date=rules.day(event.first))
        return bounded(kind, span, because, event.first, None, firm=True)
    if event.until is None:
        kind = rules.clues["exists"]
        because = kind.because.format(what=event.what, date=rules.day(event.first))
        return bounded(kind, span, because, event.first, None)
    kind = rules.clues["existed"]
    because = kind.because.format(
        what=event.what, date=rules.day(event.first), until=rules.day(event.until)
    )
    return Clue(
        kind=kind.id,
        span=span,
        because=because,
        earliest=event.first,
        latest=event.until,
        likely=in_time([(event.first, event.until)], kind),
        closed=True,
    )


def _of_planned(passages: Passages, event: NamedEvent, first: int, stop: int) -> Clue | None:
    """Only what is still to come is told by tense: a noun in the past tense (Karten für die WM
    waren vergriffen) need not be past itself."""
    if event.last is None or passages.tense(first, stop) != "future":
        return None
    kind = passages.rules.clues["event-ahead"]
    because = kind.because.format(what=event.what, date=passages.rules.day(event.last))
    return bounded(kind, passages.span(first, stop), because, None, event.last)
