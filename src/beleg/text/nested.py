"""Which spans stand around a place of a text, the innermost first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from beleg.text.article import Span

T = TypeVar("T")


class Nested(Generic[T]):
    """Spans in each other, each with what it stands for (a quotation, a pair of marks).

    Innermost is the one that begins last; of two that begin together the shorter, of two that
    are the same the later given. Made in the time of sorting; a question costs a bisection and
    the spans around the place.
    """

    def __init__(self, spans: Iterable[tuple[Span, T]]) -> None:
        self._spans = sorted(spans, key=lambda pair: (pair[0].start, -pair[0].end))
        self._starts = [span.start for span, _ in self._spans]
        self._outer: list[int] = []  # for each the nearest one that is open where it begins, or -1
        open_: list[int] = []
        for number, (span, _) in enumerate(self._spans):
            while open_ and self._spans[open_[-1]][0].end <= span.start:
                open_.pop()
            self._outer.append(open_[-1] if open_ else -1)
            open_.append(number)

    def at(self, place: int) -> tuple[Span, T] | None:
        """The innermost span around the character at `place`, or None."""
        number = bisect_right(self._starts, place) - 1
        while number >= 0:
            found = self._spans[number]
            if found[0].end > place:
                return found
            number = self._outer[number]
        return None

    def around(self, place: int) -> Iterator[tuple[Span, T]]:
        """The spans around the character at `place`, from the innermost outwards."""
        number = bisect_right(self._starts, place) - 1
        while number >= 0:
            found = self._spans[number]
            if found[0].end > place:
                yield found
            number = self._outer[number]
