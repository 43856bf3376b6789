"""The article's paragraphs cut into pieces, each of which knows all that is marked on it.

A quotation is seen as the ground its words stand on. Where it fills whole paragraphs and
goes on, a bar beside them takes the place of the ground: a text that is one long quotation
stays readable. Its first word is a link, so that the keyboard reaches it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beleg.records import Analysis
from beleg.report.marks import Mark, Segment, paragraphs, segments
from beleg.report.places import further_marks
from beleg.report.safe import visible
from beleg.report.voices import Statement
from beleg.text.article import Span

# Lines at least this long were broken by hand for width; their breaks mean nothing.
_WRAPPED_LINE = 50
# A quotation fills a paragraph even where its quotation marks are not part of it.
_QUOTATION_MARKS = 2
# More lines under a word or bars beside a paragraph than this cannot be told apart.
_LINES = ("a", "b", "c")
_FIRST_WORD = re.compile(r"\W{0,3}\w+")


@dataclass(frozen=True, kw_only=True)
class TimeMark:
    """What the text shows of a time expression: its style, number and note."""

    key: str
    number: int
    style: str
    note: str | None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A segment of the article as HTML needs it.

    keys: of all marks on it; cards: of those whose card it shows, the shortest first.
    link: it is a link to its card; stop: it is a tab stop. anchors: ids that begin here.
    opens: key of the quotation that begins here. numbers: notes that end here.
    """

    text: str
    layers: tuple[str, ...]
    keys: tuple[str, ...]
    cards: tuple[str, ...]
    anchors: tuple[str, ...]
    link: bool
    stop: bool
    opens: str | None
    notes: tuple[tuple[str, str], ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph; breaks: its line breaks are the author's.

    start: code points before it. bars: quotations that fill it, the outermost first, as (key, classes).
    """

    pieces: tuple[Piece, ...]
    start: int
    breaks: bool
    bars: tuple[tuple[str, str], ...]


def article_paragraphs(
    analysis: Analysis, times: Sequence[TimeMark], statements: Sequence[Statement]
) -> tuple[Paragraph, ...]:
    """The article with everything that is marked in it."""
    text = analysis.document.text
    ground = _Ground(text, statements)
    blocks = segments(text, [*_marks(analysis, times), *further_marks(analysis), *ground.marks])
    cutter = _Cutter(text, times, statements)
    return tuple(
        Paragraph(
            pieces=tuple(cutter.piece(segment) for segment in block),
            start=block[0].span.start,
            breaks=_breaks(text, block),
            bars=ground.bars(number),
        )
        for number, block in enumerate(blocks)
    )


def _marks(analysis: Analysis, times: Sequence[TimeMark]) -> list[Mark]:
    dating = analysis.dating
    marks = [Mark(id=time.key, layer=f"time {time.style}", span=time.span) for time in times]
    marks += [
        Mark(id=f"c{number}-{place}", layer="conflict", span=span)
        for number, conflict in enumerate(dating.conflicts, start=1)
        for place, span in enumerate(conflict.spans, start=1)
    ]
    marks += [
        Mark(id=f"e{number}", layer="event", span=event.span, quiet=True)
        for number, event in enumerate(analysis.events, start=1)
    ]
    marks += [
        Mark(id=f"d{number}", layer="evidence", span=evidence.span, quiet=True)
        for number, evidence in enumerate(dating.evidence, start=1)
    ]
    return marks


class _Ground:
    """Where the quotations stand: their marks, and the bars beside paragraphs they fill."""

    def __init__(self, text: str, statements: Sequence[Statement]) -> None:
        self._text = text
        self._blocks = paragraphs(text)
        self._ends = [block.end for block in self._blocks]
        self._filled: dict[int, list[Statement]] = {}
        self.marks: list[Mark] = []
        for statement in statements:
            self._opening(statement)
            for part in ("cue", "frame", "addressee"):
                self._part(statement, part, getattr(statement.quote, part))
            if statement.quote.speaker is not None:
                self._part(statement, "speaker", statement.quote.speaker.spans)
            for span in statement.quote.spans:
                self._said(statement, span)

    def bars(self, number: int) -> tuple[tuple[str, str], ...]:
        """The bars beside a paragraph: the innermost few quotations, the outermost first."""
        filled = sorted(self._filled.get(number, ()), key=lambda statement: statement.depth)
        return tuple((s.key, s.look.classes("s")) for s in filled[-len(_LINES) :])

    def _opening(self, statement: Statement) -> None:
        """The first word of the quotation, which stands for the whole."""
        if not statement.quote.spans:
            return
        span = min(statement.quote.spans)
        found = _FIRST_WORD.match(self._text, span.start, span.end)
        end = found.end() if found else span.end
        self.marks.append(Mark(id=statement.key, layer="opening", span=Span(span.start, end)))

    def _part(self, statement: Statement, part: str, spans: Sequence[Span]) -> None:
        quiet = part in ("frame", "addressee")
        layer = f"speaker {statement.look.classes('s')}" if part == "speaker" else part
        for span in spans:
            number = len(self.marks)
            mark = Mark(
                id=f"{statement.key}-{number}", layer=layer, span=span, quiet=quiet, ground=True
            )
            self.marks.append(mark)

    def _said(self, statement: Statement, span: Span) -> None:
        """A ground under the span, but a bar where it fills paragraphs and goes on."""
        low = bisect_right(self._ends, span.start)
        for number in range(low, len(self._blocks)):
            block = self._blocks[number]
            if block.start >= span.end:
                return
            fills = (
                span.start <= block.start + _QUOTATION_MARKS
                and span.end >= block.end - _QUOTATION_MARKS
            )
            goes_on = (number > low) or (
                number + 1 < len(self._blocks) and span.end > self._blocks[number + 1].start
            )
            if fills and goes_on:
                self._filled.setdefault(number, []).append(statement)
                continue
            part = Span(max(block.start, span.start), min(block.end, span.end))
            self.marks.append(
                Mark(id=f"{statement.key}-{len(self.marks)}", layer="said", span=part, ground=True)
            )


class _Cutter:
    """Turns segments into pieces."""

    def __init__(
        self, text: str, times: Sequence[TimeMark], statements: Sequence[Statement]
    ) -> None:
        self._text = text
        self._times: Mapping[str, TimeMark] = {time.key: time for time in times}
        self._statements = {statement.key: statement for statement in statements}

    def piece(self, segment: Segment) -> Piece:
        links = [mark for mark in segment.marks if not mark.quiet and not mark.ground]
        said = self._said(segment)
        opened = [self._statements[mark.id] for mark in links if mark.layer == "opening"]
        cards = [_record(mark) for mark in links]
        if said and not opened:
            cards.append(said[0].key)
        starting = [self._times[mark.id] for mark in segment.starts if mark.id in self._times]
        opening = [mark.id for mark in segment.starts if mark.layer == "opening"]
        return Piece(
            text=visible(self._text[segment.span.start : segment.span.end]),
            layers=(*self._layers(segment), *_grounds(said or opened)),
            keys=tuple(dict.fromkeys(_key(mark) for mark in segment.marks)),
            cards=tuple(dict.fromkeys(cards)),
            anchors=tuple(mark.id for mark in segment.starts if not mark.ground),
            link=bool(links),
            stop=any(mark in segment.starts for mark in links),
            opens=opening[0] if opening else None,
            notes=tuple((time.key, time.note) for time in starting if time.note),
            numbers=tuple(self._times[m.id].number for m in segment.ends if m.id in self._times),
        )

    def _said(self, segment: Segment) -> list[Statement]:
        """The quotations whose ground is seen here, the innermost first."""
        keys = dict.fromkeys(_key(mark) for mark in segment.marks if mark.layer == "said")
        said = [self._statements[key] for key in keys]
        return sorted(said, key=lambda statement: -statement.depth)

    @staticmethod
    def _layers(segment: Segment) -> tuple[str, ...]:
        shown = [mark for mark in segment.marks if not mark.quiet and mark.layer != "said"]
        return tuple(dict.fromkeys(name for mark in shown for name in mark.layer.split()))


def _grounds(said: Sequence[Statement]) -> tuple[str, ...]:
    """Classes of the ground: the colour of the innermost, a line for each from the outermost."""
    if not said:
        return ()
    lines = zip(_LINES, reversed(said[: len(_LINES)]), strict=False)
    looks = (statement.look.classes(slot) for slot, statement in lines)
    return ("said", said[0].look.classes("i"), *looks)


def _key(mark: Mark) -> str:
    """What lights up together: all parts of a quotation or a cue, but each place of a conflict."""
    return _record(mark) if mark.id[0] in "qs" else mark.id


def _record(mark: Mark) -> str:
    return mark.id.partition("-")[0]


def _breaks(text: str, block: list[Segment]) -> bool:
    """Whether the line breaks inside the paragraph are meant: some line is short."""
    lines = text[block[0].span.start : block[-1].span.end].split("\n")
    return any(len(line.strip()) < _WRAPPED_LINE for line in lines[:-1])
