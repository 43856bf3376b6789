"""Cuts the article's text where marks begin and end, so that overlapping marks can be shown.

Marks may nest, cross or coincide. The text between two neighbouring boundaries is a
segment; it knows every mark that covers it, the shortest first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from beleg.text.article import Span

_LINE = re.compile(r"[^\n]+")

# Text wrapped by hand has lines of up to about 80; a longer line is a paragraph of its own.
_LONGEST_WRAPPED_LINE = 120


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A record's place in the text.

    layer: names the style.
    quiet: shown only while the reader points at its record elsewhere, so no tab stop.
    ground: lies under other marks and is seen always, but is no tab stop and no target.
    """

    id: str
    layer: str
    span: Span
    quiet: bool = False
    ground: bool = False


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A stretch of text covered by the same marks throughout.

    marks: all that cover it, shortest first.
    starts: those whose first segment this is.
    ends: those whose last segment this is.
    """

    span: Span
    marks: tuple[Mark, ...]
    starts: tuple[Mark, ...]
    ends: tuple[Mark, ...]


def paragraphs(text: str) -> list[Span]:
    """The paragraphs, without white space around them.

    Every line is one, unless blank lines show that single line breaks only wrap: then
    neighbouring short lines belong together.
    """
    lines = [_trimmed(text, *match.span()) for match in _LINE.finditer(text)]
    lines = [line for line in lines if line.start < line.end]
    wrapped = any(text.count("\n", a.end, b.start) > 1 for a, b in pairwise(lines))
    result: list[Span] = []
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else None
        if above and wrapped and _continues(text, above, line):
            result[-1] = Span(result[-1].start, line.end)
        else:
            result.append(line)
    return result


def _continues(text: str, above: Span, line: Span) -> bool:
    longest = max(above.end - above.start, line.end - line.start)
    return longest <= _LONGEST_WRAPPED_LINE and text.count("\n", above.end, line.start) == 1


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def segments(text: str, marks: Iterable[Mark]) -> list[list[Segment]]:
    """One list of segments for each paragraph; together they hold every paragraph's text.

    A mark outside the text or wholly between paragraphs is left out.
    """
    blocks = paragraphs(text)
    pieces = _clip(blocks, marks)
    return [_cut(block, pieces[number]) for number, block in enumerate(blocks)]


@dataclass(frozen=True)
class _Piece:
    """The part of a mark within one paragraph."""

    mark: Mark
    span: Span
    first: bool
    last: bool


def _clip(blocks: list[Span], marks: Iterable[Mark]) -> defaultdict[int, list[_Piece]]:
    """The pieces of all marks by the number of their paragraph."""
    pieces: defaultdict[int, list[_Piece]] = defaultdict(list)
    ends = [block.end for block in blocks]
    for mark in marks:
        if not 0 <= mark.span.start < mark.span.end:
            continue
        low = bisect_right(ends, mark.span.start)
        high = low
        while high < len(blocks) and blocks[high].start < mark.span.end:
            high += 1
        for number in range(low, high):
            block = blocks[number]
            span = Span(max(block.start, mark.span.start), min(block.end, mark.span.end))
            piece = _Piece(mark, span, first=number == low, last=number == high - 1)
            pieces[number].append(piece)
    return pieces


def _cut(block: Span, pieces: list[_Piece]) -> list[Segment]:
    """The paragraph cut at every boundary of its pieces."""
    opening: defaultdict[int, list[_Piece]] = defaultdict(list)
    closing: defaultdict[int, list[_Piece]] = defaultdict(list)
    for piece in pieces:
        opening[piece.span.start].append(piece)
        closing[piece.span.end].append(piece)
    edges = sorted({block.start, block.end, *opening, *closing})
    active: dict[int, _Piece] = {}
    result: list[Segment] = []
    for start, end in pairwise(edges):
        for piece in closing[start]:
            del active[id(piece)]
        active.update((id(piece), piece) for piece in opening[start])
        inner = sorted(active.values(), key=_shortest_first)
        result.append(
            Segment(
                span=Span(start, end),
                marks=tuple(piece.mark for piece in inner),
                starts=tuple(p.mark for p in inner if p.first and p.span.start == start),
                ends=tuple(p.mark for p in inner if p.last and p.span.end == end),
            )
        )
    return result


def _shortest_first(piece: _Piece) -> tuple[int, int, str, str]:
    span = piece.mark.span
    return (span.end - span.start, span.start, piece.mark.layer, piece.mark.id)
