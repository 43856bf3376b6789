"""Cuts a text into blocks: paragraphs, headings, list items. Only lines are looked at.

A line end may end a paragraph (one paragraph a line, as extracted from web pages) or be
nothing but a wrap (mails, agency copy, PDF). The two are told apart by the lines alone:
in wrapped text many a line starts with a lower-case word or ends with an article, and
every line ends where the next word would not have fitted.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal, NamedTuple

from beleg.text.table import SegmentationTable

BlockKind = Literal["sentence", "heading", "item"]

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANK_LINE = 2  # line breaks
_FIRST_WORD = re.compile(r"\S{1,60}")
_BULLET = re.compile(r"[*•·‣◦▪▫●○■□►▸–—-]\s+\S|[•‣◦▪▫●○■□►▸](?=\w)")
_NUMBER = re.compile(r"\(?(\d{1,2}|[a-zA-Z])[.)]\s+(\S+)")
_FINAL = frozenset(".!?…:;")
_CLOSERS = "\"'”“’‘»«›‹)]}´`"
_WRAPPED_SHARE = 0.2  # of the line ends; over half in wrapped German, next to none elsewhere
_WRAP_WIDTHS = range(30, 161)  # columns; a longer line is a paragraph of its own
_FULL_LINE = 0.8  # of the block's width: proportional type and long words leave gaps
_LOOK_BACK = 40  # code points; longer words are no articles
_HEADING_LONGEST = 150  # code points


class Block(NamedTuple):
    """A paragraph, heading or list item, trimmed: code points, half-open."""

    start: int
    end: int
    kind: BlockKind


class _Line(NamedTuple):
    start: int
    end: int
    group: int  # lines without a blank line between them share it
    number: str  # the number or letter of a list item, else ""
    bullet: bool
    final: str  # last character before closing quotes and brackets
    last_word: str


def find_blocks(text: str, table: SegmentationTable) -> list[Block]:
    """The blocks of the text in order; every non-space character is in exactly one."""
    lines = _lines(text, table)
    runs = _runs(text, lines, table)
    blocks = []
    for i, run in enumerate(runs):
        first, last = run[0], run[-1]
        kind: BlockKind = "sentence"
        # A number opens an item only beside another one: "2. Liga: ..." is a headline.
        beside = runs[max(0, i - 1) : i] + runs[i + 1 : i + 2]
        if first.bullet or any(_are_counted(first.number, run[0].number) for run in beside):
            kind = "item"
        elif len(run) == 1 and i + 1 < len(runs) and _is_heading(text, first):
            kind = "heading"
        blocks.append(Block(first.start, last.end, kind))
    return blocks


def _lines(text: str, table: SegmentationTable) -> list[_Line]:
    lines: list[_Line] = []
    group = 0
    previous_end = 0
    for match in _LINE.finditer(text):
        raw = match[0]
        stripped = raw.strip()
        if not stripped:
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        end = start + len(stripped)
        if len(_LINE_BREAK.findall(text, previous_end, start)) >= _BLANK_LINE:
            group += 1
        previous_end = end
        found = _NUMBER.match(text, start, end)
        # "24. Dezember" at the start of a line is a date, not the 24th item.
        number = found[1] if found and found[2].strip(".,:;") not in table.months else ""
        bullet = bool(_BULLET.match(text, start, end))
        final = stripped[-8:].rstrip(_CLOSERS)[-1:]
        last_word = stripped[-_LOOK_BACK:].rsplit(maxsplit=1)[-1]
        lines.append(_Line(start, end, group, number, bullet, final, last_word))
    return lines


def _runs(text: str, lines: list[_Line], table: SegmentationTable) -> list[list[_Line]]:
    """Lines joined where the line end between them is a wrap."""
    if not lines:
        return []
    widths: dict[int, int] = {}
    for line in lines:
        widths[line.group] = max(widths.get(line.group, 0), line.end - line.start)
    wrapped = _is_wrapped(text, lines, table)
    runs = [[lines[0]]]
    for line, following in pairwise(lines):
        width = widths[line.group] if wrapped else 0
        if line.group == following.group and _is_wrap(text, line, following, width, table):
            runs[-1].append(following)
        else:
            runs.append([following])
    return runs


def _is_wrapped(text: str, lines: list[_Line], table: SegmentationTable) -> bool:
    """Whether the text as a whole has its lines broken at a fixed width."""
    ends = wraps = 0
    for line, following in pairwise(lines):
        if line.group == following.group:
            ends += 1
            wraps += line.final == "," or _goes_on(text, line, following, table)
    return wraps > 0 and wraps >= _WRAPPED_SHARE * ends


def _goes_on(text: str, line: _Line, following: _Line, table: SegmentationTable) -> bool:
    """Whether the words alone show that the sentence goes on in the next line."""
    return line.final not in _FINAL and (
        text[following.start].islower() or line.last_word in table.ordinal_cues
    )


def _is_wrap(
    text: str, line: _Line, following: _Line, width: int, table: SegmentationTable
) -> bool:
    """Whether the sentence may go on after this line end.

    width: columns of the longest line around, 0 if the text is not wrapped.
    """
    full = False
    if width in _WRAP_WIDTHS:
        first_word = _FIRST_WORD.match(text, following.start, following.end)
        room = len(first_word[0]) + 1 if first_word else 0
        full = line.end - line.start + room > _FULL_LINE * width
    if following.bullet or following.number:
        # "am\n24. Dezember" and "der Bürger\n– sonst niemand –" are wraps.
        return full and line.final not in _FINAL and line.final != ","
    return full or _goes_on(text, line, following, table)


def _are_counted(number: str, other: str) -> bool:
    """Whether the two are neighbours in a count: 1 and 2, b and a."""
    if number.isdigit() and other.isdigit():
        return abs(int(number) - int(other)) == 1
    return bool(number.isalpha() and other.isalpha() and abs(ord(number[0]) - ord(other[0])) == 1)


def _is_heading(text: str, line: _Line) -> bool:
    return (
        line.end - line.start <= _HEADING_LONGEST
        and line.final not in _FINAL
        and line.final != ","
        and any(map(str.isalpha, text[line.start : line.end]))
    )
