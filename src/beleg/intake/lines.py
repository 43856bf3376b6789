"""Printed lines to running text: which lines form a paragraph, and what a hyphen at an end means."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

# The parts of a printed line's size by which things differ that belong apart.
_SAME_SIZE = 0.1
_WIDER_GAP = 1.3
_INDENT = 0.8
# If the next line's first word would have fitted this well, the line was ended on purpose.
_LEFT_OPEN = 0.75
# How many lines before and after show how long a full line is, and how far a column may be
# indented, in parts of the size.
_AROUND = 8
_COLUMN = 4
_ROW = 3.0  # points
_EDGE_LINES = 2
_PAGE_NUMBER = re.compile(r"\W*\d{1,4}(?: ?/ ?\d{1,4})?\W*")
_SENTENCE_END = re.compile(r"[.!?…:][\"”“‘’»«)\]]*\Z")
_HYPHEN_AT_END = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


class Line(NamedTuple):
    """A printed line: where its first letter stands on the page, and its size.

    x, y, size: in points; y grows upwards.
    """

    text: str
    page: int
    x: float
    y: float
    size: float


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The lines as running text, one string per paragraph or heading."""
    spacing = _usual_spacing(lines)
    beside = _has_column_beside(lines)
    result: list[str] = []
    for index, line in enumerate(lines):
        if index and not _starts_paragraph(lines, index, spacing, beside):
            result[-1] = join_lines(result[-1], line.text)
        else:
            result.append(line.text)
    return result


def join_lines(text: str, following: str) -> str:
    """Both in one line; a hyphen that only divides a word goes, any other stays."""
    divided = _HYPHEN_AT_END.search(text)
    if divided is None:
        return f"{text} {following}"
    first = _FIRST_WORD.match(following)
    if text[-1] != "-":  # a character made for dividing words
        return text[:-1] + following
    if first and first[0] in _words_after_suspended_hyphen():
        return f"{text} {following}"
    # "EU-" goes on as "EU-weit", "Nordrhein-" as "Nordrhein-Westfalen".
    abbreviation = len(divided[1]) > 1 and divided[1].isupper()
    if first and first[0][0].islower() and not abbreviation:
        return text[:-1] + following
    return text + following


@cache
def _words_after_suspended_hyphen() -> frozenset[str]:
    # The table is read as data: intake stands below beleg.rules and does not import it.
    table = resources.files("beleg") / "rules/de/line-ends.toml"
    rows = tomllib.loads(table.read_text(encoding="utf-8"))["row"]
    return frozenset(word for row in rows for word in row["words"].split())


def _usual_spacing(lines: Sequence[Line]) -> float:
    """The usual distance between lines, in parts of their size."""
    gaps = [
        (last.y - line.y) / line.size
        for last, line in pairwise(lines)
        if last.page == line.page and last.y > line.y and _same_size(last, line)
    ]
    # The lower quartile: in short paragraphs gaps between them are nearly as many.
    return sorted(gaps)[len(gaps) // 4] if gaps else 1.2


def _same_size(last: Line, line: Line) -> bool:
    return abs(last.size - line.size) <= _SAME_SIZE * line.size


def _starts_paragraph(
    lines: Sequence[Line], index: int, spacing: float, beside: Sequence[bool]
) -> bool:
    last, line = lines[index - 1], lines[index]
    if not _same_size(last, line):
        return True
    gap = (last.y - line.y) / line.size
    first_word = len(line.text.split(maxsplit=1)[0])
    full = _full_length(lines, index - 1, beside)
    fits = len(last.text) + 1 + first_word <= _LEFT_OPEN * full
    left_open = fits and not _HYPHEN_AT_END.search(last.text)
    if last.page != line.page or gap <= 0:  # the next page or column
        return left_open or _SENTENCE_END.search(last.text) is not None
    if gap > _WIDER_GAP * spacing or left_open:
        return True
    return line.x - last.x > _INDENT * line.size


def _full_length(lines: Sequence[Line], index: int, beside: Sequence[bool]) -> int:
    """The letters of the longest line around this one and in the same column."""
    here = lines[index]
    around = range(max(0, index - _AROUND), min(len(lines), index + _AROUND + 1))
    return max(
        len(lines[at].text)
        for at in around
        if lines[at].page == here.page
        and beside[at] == beside[index]
        and _same_size(lines[at], here)
        and abs(lines[at].x - here.x) < _COLUMN * here.size
    )


def _has_column_beside(lines: Sequence[Line]) -> list[bool]:
    """For every line, whether another stands on its height further right."""
    rightmost: dict[tuple[int, int], float] = {}
    for line in lines:
        row = round(line.y / _ROW)
        for key in ((line.page, row - 1), (line.page, row), (line.page, row + 1)):
            rightmost[key] = max(line.x, rightmost.get(key, line.x))
    return [rightmost[line.page, round(line.y / _ROW)] > line.x + line.size for line in lines]


def without_page_frames(lines: Sequence[Line]) -> list[Line]:
    """The lines without what most pages repeat above or below the text, and page numbers."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    edges = {page: _edge_lines(content) for page, content in pages.items()}
    repeated = Counter(
        text for outer in edges.values() for text in {_figures_masked(line) for line in outer}
    )
    framed = {text for text, times in repeated.items() if times > max(1, len(pages) // 2)}
    return [
        line
        for line in lines
        if not (
            line in edges[line.page]
            and (_figures_masked(line) in framed or _PAGE_NUMBER.fullmatch(line.text))
        )
    ]


def _edge_lines(content: Sequence[Line]) -> set[Line]:
    ordered = sorted(content, key=lambda line: line.y)
    return {*ordered[:_EDGE_LINES], *ordered[-_EDGE_LINES:]}


def _figures_masked(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)
