"""Which words of the text get a TimeML tag, so that no tag stands in or across another."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from beleg.records import Event, TimeExpression
from beleg.text.article import Span


@dataclass(frozen=True, kw_only=True)
class Tagged:
    """Words to be tagged. record: id of the time or event that they stand for."""

    span: Span
    record: str


def time_tags(times: Iterable[TimeExpression]) -> tuple[Tagged, ...]:
    """The times in the order of the text, without those that overlap an earlier one.

    Of several that begin together the longest stays; of several records with one id the first.
    """
    tags: list[Tagged] = []
    seen: set[str] = set()
    end = 0
    for time in sorted(times, key=lambda time: (time.span.start, -time.span.end)):
        if time.span.start >= end and time.id not in seen:
            tags.append(Tagged(span=time.span, record=time.id))
            seen.add(time.id)
            end = time.span.end
    return tuple(tags)


def event_tags(events: Iterable[Event], taken: Sequence[Span], text: str) -> tuple[Tagged, ...]:
    """For each event the longest piece of its clause that is in none of `taken` nor another's.

    Short clauses choose first, so that one inside another keeps its words. In the order of the
    text; an event whose words are all taken is left out.
    """
    used = sorted(taken)
    tags: list[Tagged] = []
    seen: set[str] = set()
    for event in sorted(events, key=lambda event: (event.span.end - event.span.start, event.span)):
        pieces = [_trimmed(piece, text) for piece in _free(event.span, used)]
        best = max(pieces, key=lambda piece: (piece.end - piece.start, -piece.start), default=None)
        if event.id in seen or best is None or best.start >= best.end:
            continue
        seen.add(event.id)
        insort(used, best)
        tags.append(Tagged(span=best, record=event.id))
    return tuple(sorted(tags, key=lambda tag: tag.span))


def _free(span: Span, used: Sequence[Span]) -> list[Span]:
    """The pieces of the span between the `used` ones, which are in order and do not overlap."""
    pieces: list[Span] = []
    start = span.start
    for index in range(max(bisect_left(used, span) - 1, 0), len(used)):
        other = used[index]
        if other.start >= span.end:
            break
        if other.end > start:
            pieces.append(Span(start, max(start, other.start)))
            start = other.end
    pieces.append(Span(start, max(start, span.end)))
    return pieces


def _trimmed(span: Span, text: str) -> Span:
    """The span without what is neither letter nor digit at its ends."""
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end)
