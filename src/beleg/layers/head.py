"""Title, author, outlet and day of publication as the article's own first and last lines give them.

Only what stands where papers put it counts: a byline on a line of its own, a day in a
dateline. Everything else is left open; an invented author is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal, NamedTuple

from beleg.rules.head_rules import At, HeadRow, HeadRules, Zone
from beleg.text.article import Article

_HEAD_LETTERS = 1_500
_HEAD_LINES = 12
_FOOT_LETTERS = 1_000
_FOOT_LINES = 3
_MAX_TITLE = 150
_MAX_SHORT_LINE = 160  # longer lines are running text
_MIN_TITLE_WORDS = 2
_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n]+")
_SEPARATOR = re.compile(r" +[|·•] +")
_SENTENCE_END = re.compile(r"[.!?…][”“\"»«’‘)\]]*\Z")
_NO_TITLE_END = re.compile(r"(?<![.…])(?<!\. )[.,;:–—-]\Z")
_DAY = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\. ?(?:(\d{1,2})\. ?|([^\W\d_]+)\.? )(\d{2,4})"
)
_EARLIEST_YEAR, _LATEST_YEAR = 1605, 2199  # the first newspaper; a slip of the keyboard
_CENTURY_SPLIT = 70  # two-digit years from here on are of the 20th century (POSIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What an article says about itself.

    author: several names are joined by "; ". outlet: agencies by "/".
    """

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: date | None = None


class _Line(NamedTuple):
    """A line with words, without its outer blanks."""

    start: int
    text: str
    blank_after: bool


Taken = Literal["nothing", "part", "all"]


def find_head(article: Article, *, rules: HeadRules) -> Head:
    """The head of an article. The article's metadata wins over its text."""
    finds = _Finds(rules)
    lines = _head_lines(article.text)
    title = _read_head(lines, finds)
    _read_foot(_foot_lines(article.text, after=lines), finds)
    author, outlet = finds.best("author"), finds.best("outlet")
    published = finds.day(in_company=bool(title or author or outlet))
    return Head(
        title=article.title if article.title is not None else title,
        author=article.author if article.author is not None else author,
        outlet=article.outlet if article.outlet is not None else outlet,
        published=article.published or published,
    )


class _Finds:
    """Collects what the rows find, and knows which find counts."""

    def __init__(self, rules: HeadRules) -> None:
        self.rules = rules
        self._words: dict[str, list[tuple[int, str]]] = {"author": [], "outlet": []}
        self._days: list[tuple[HeadRow, date]] = []

    def take(self, line: _Line, *, zone: Zone, first: bool = False, body: int = 0) -> Taken:
        """Apply the rows of a zone to a line and keep what they find; how much they take.

        body: the lines of running text above. A plain day below them is part of the text.
        """
        taken: Taken = "nothing"
        for row, found in _matches(line, self.rules, zone):
            stands_alone = first and line.blank_after
            if (stands_alone and row.not_first) or (body and row.needs_company):
                continue
            if self._add(row, found):
                whole = row.at == "line" or found.end() == len(line.text)
                taken = "all" if whole or taken == "all" else "part"
        return taken

    def _add(self, row: HeadRow, found: re.Match[str]) -> bool:
        groups = {name: words for name, words in found.groupdict().items() if words}
        if row.kind == "published":
            day = read_day(groups["date"], groups.get("weekday"), self.rules)
            if day is None:
                return False
            self._days.append((row, day))
            return True
        if "last" in groups:
            self._keep("author", row, f"{groups['first']} {groups['last']}")
        if "names" in groups:
            self._keep("author", row, read_names(groups["names"], self.rules))
        if "agency" in groups:
            self._keep("outlet", row, read_agencies(groups["agency"], self.rules))
        if "outlet" in groups:
            self._keep("outlet", row, groups["outlet"].strip('„“”»«"'))
        return True

    def _keep(self, field: str, row: HeadRow, value: str) -> None:
        self._words[field].append((row.rank, value))

    def best(self, field: str) -> str | None:
        """The find of the lowest rank; of several the first in the text."""
        return min(self._words[field], key=lambda find: find[0], default=(0, None))[1]

    def day(self, *, in_company: bool) -> date | None:
        """The day of the lowest rank, if the rows of that rank agree on it."""
        days = [find for find in self._days if in_company or not find[0].needs_company]
        lowest = min((row.rank for row, _ in days), default=0)
        candidates = {day for row, day in days if row.rank == lowest}
        return candidates.pop() if len(candidates) == 1 else None


def _matches(line: _Line, rules: HeadRules, zone: Zone) -> Iterator[tuple[HeadRow, re.Match[str]]]:
    """Each row of the zone that fits the line, with its match."""
    for row in rules.rows:
        if row.zone in (zone, "both"):
            for text in _pieces(line.text, row.at):
                found = row.match(text)
                if found:
                    yield row, found


def _pieces(line: str, at: At) -> Iterator[str]:
    """What rows try: the line, its end, or also its parts between "|" and the like."""
    if at == "end":
        yield line[-_MAX_SHORT_LINE:]
        return
    if at == "start":
        # The mark stands for the rest, so that the cut is not taken for the line's end.
        yield line if len(line) <= _MAX_SHORT_LINE else line[:_MAX_SHORT_LINE] + "…"
        return
    if len(line) > _MAX_SHORT_LINE:
        return
    yield line
    parts = _SEPARATOR.split(line)
    if len(parts) > 1:
        yield from parts


def read_day(words: str, weekday: str | None, rules: HeadRules) -> date | None:
    """The day that a written date means; None if there is none such, or on another weekday."""
    match = _DAY.fullmatch(words)
    if match is None:
        return None
    iso_year, iso_month, iso_day, number, month, month_name, year = match.groups()
    try:
        if iso_year:
            day = date(int(iso_year), int(iso_month), int(iso_day))
        else:
            in_year = int(month) if month else rules.months[month_name.lower()]
            day = date(_full_year(year), in_year, int(number))
    except (ValueError, KeyError):
        return None
    if weekday and rules.weekdays[weekday.lower()] != day.isoweekday():
        return None
    return day if _EARLIEST_YEAR <= day.year <= _LATEST_YEAR else None


def _full_year(year: str) -> int:
    if len(year) > 2:
        return int(year)
    return int(year) + (1900 if int(year) >= _CENTURY_SPLIT else 2000)


def read_names(words: str, rules: HeadRules) -> str:
    """Several names as "A; B", capitals as names are written."""
    names = []
    for name in rules.joint.split(words):
        parts = name.split(" ")
        if name.upper() == name:
            parts = [
                part.lower() if rules.particle.fullmatch(part) else part.title() for part in parts
            ]
        names.append(" ".join(parts))
    return "; ".join(names)


def read_agencies(words: str, rules: HeadRules) -> str:
    """The names of the agencies, each once; what stands for regions and editors is left out."""
    known = (rules.agencies.get(sign.lower()) for sign in re.split(r"[/,\s]+", words))
    whole = rules.agencies.get(words.lower())
    names = [whole] if whole else [name for name in known if name]
    # "dpa-tmn" is a service of dpa.
    first = rules.agencies.get(words.split("-")[0].lower())
    return "/".join(dict.fromkeys(names)) or first or words


def _read_head(lines: Sequence[_Line], finds: _Finds) -> str | None:
    """Apply the rows to the lines above the text; gives the headline."""
    title: str | None = None
    seen = body = 0
    for index, line in enumerate(lines):
        taken = finds.take(line, zone="head", first=index == 0, body=body)
        if taken == "all":
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        if not (seen or taken == "part") and _is_title(line, following, finds):
            title = line.text
        elif len(line.text) > _MAX_SHORT_LINE or _SENTENCE_END.search(line.text):
            body += 1
        seen += 1
        if body > 1:
            break
    return title


def _is_title(line: _Line, following: _Line | None, finds: _Finds) -> bool:
    """A short line without a final stop, apart from the text or next to a byline.

    A single word is a headline only next to a byline; else it may be a section or a place.
    """
    if following is None or len(line.text) > _MAX_TITLE or _NO_TITLE_END.search(line.text):
        return False
    marks = [row.kind for row, _ in _matches(following, finds.rules, "head")]
    words = len(_WORD.findall(line.text))
    if words < _MIN_TITLE_WORDS and not (words and ("author" in marks or finds.best("author"))):
        return False
    return line.blank_after or bool(marks)


def _read_foot(lines: Sequence[_Line], finds: _Finds) -> None:
    for line in lines:
        finds.take(line, zone="foot")


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    """The lines with words that begin in the given stretch of the text."""
    for match in _LINE.finditer(text, start):
        if match.start() >= end:
            return
        words = match[0].strip()
        if words:
            at = match.start() + match[0].index(words)
            rest = text[match.end() : match.end() + 200]
            gap = rest[: len(rest) - len(rest.lstrip())]
            yield _Line(at, words, blank_after=gap.count("\n") > 1)


def _head_lines(text: str) -> list[_Line]:
    return list(islice(_lines(text, 0, _HEAD_LETTERS), _HEAD_LINES))


def _foot_lines(text: str, *, after: Sequence[_Line]) -> list[_Line]:
    """The last lines of the text, from behind the headline and the lines around it."""
    start = text.rfind("\n", 0, max(0, len(text) - _FOOT_LETTERS)) + 1
    first = after[0].start if after else 0
    last = list(_lines(text, start, len(text)))[-_FOOT_LINES:]
    return [line for line in last if line.start > first]
