"""One analysis for the terminal: head, contradictions, what to verify, who says what, the rest.

Text from the article is shown without control characters, so it cannot drive the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beleg.records import Analysis, Event, TimeExpression
from beleg.report.dating import dating_view
from beleg.report.lines import Lines, pieces_of, plain
from beleg.report.reasons import Reason, Reasons
from beleg.report.safe import columns, context, headline, one_line, shorten
from beleg.report.spans import check_spans
from beleg.report.terminal_judged import Judged
from beleg.report.timeline import Row, timeline
from beleg.report.voices import ARROW, Statement, Voices
from beleg.report.words import Words, words_of
from beleg.text.article import Span

# Narrower than this the days stand above the words instead of beside them.
_LEAST_SIDE_BY_SIDE = 60
_LEAST_WIDTH = 24
_YEAR_COLUMN = 6
_CLAUSE = 160
_CONTEXT_BEFORE = 32
_CONTEXT_AFTER = 48
_LEAST_STATEMENT = 32
# Quotations nested deeper than this are not indented further.
_DEEPEST = 4


def to_terminal(
    analysis: Analysis, *, ui: str = "de", width: int = 80, colour: bool = False
) -> str:
    """The report as lines of at most `width` columns, ending in a line break.

    ui: "de" or "en", else ValueError. colour: with ANSI colours.
    Raises SpanOutsideText if the analysis does not fit its text.
    """
    check_spans(analysis)
    return _Terminal(analysis, words_of(ui), max(width, _LEAST_WIDTH), colour).text()


class _Terminal:
    def __init__(self, analysis: Analysis, words: Words, width: int, colour: bool) -> None:
        self.analysis = analysis
        self.words = words
        self.width = width
        self.lines = Lines(width, colour)
        self.times = {time.id: time for time in analysis.times}
        reasons = Reasons(analysis, words)
        self.reasons = [reasons.of(time) for time in analysis.times]

    def text(self) -> str:
        """All sections, an empty line between two."""
        judged = Judged(self.analysis, self.words, self.lines)
        sections = (
            *(self._head, self._conflicts, judged.checklist, self._voices),
            *(judged.status, judged.forecasts, judged.argument, judged.wording),
            *(self._timeline, self._open, self._lengths, self._tally),
        )
        blocks = [list(section()) for section in sections]
        return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"

    def _head(self) -> Iterator[str]:
        document = self.analysis.document
        title = one_line(document.title or "") or headline(document.text)
        yield from self.lines.wrapped(title or self.words.say("head.no_title"), style="bold")
        names = [one_line(name) for name in (document.author, document.outlet) if name]
        if names:
            yield from self.lines.wrapped(", ".join(names))
        dating = dating_view(self.analysis, self.words)
        label = self.words.say("dating.published")
        if dating.known:
            yield from self.lines.wrapped(f"{label}: {dating.statement} ({dating.basis})")
        else:
            yield from self.lines.wrapped(f"{label}: {dating.basis}")
        for item in dating.evidence:
            bounds = f" ({item.bounds})" if item.bounds else ""
            quoted = self.words.say("quote.words", words=item.words)
            yield from self.lines.wrapped(
                f"{quoted}: {item.because}{bounds}", indent=2, style="dim"
            )

    def _conflicts(self) -> Iterator[str]:
        conflicts = self.analysis.dating.conflicts
        if not conflicts:
            return
        heading = self.words.count("conflict.heading", len(conflicts))
        yield from self.lines.wrapped(heading, style="alarm")
        for conflict in conflicts:
            places = ", ".join(
                self.words.say("quote.words", words=self._quote(span)) for span in conflict.spans
            )
            yield from self.lines.wrapped(f"{one_line(conflict.because)} {places}", indent=2)

    def _voices(self) -> Iterator[str]:
        """One line for each quotation: through whom, who, and what, cut to fit.

        A quotation inside another stands indented below it, and its chain goes on from there.
        """
        statements = Voices(self.analysis, self.words).statements
        if not statements:
            return
        yield from self.lines.wrapped(self.words.say("voices.heading"), style="bold")
        around: list[Statement] = []
        for statement in statements:
            while around and around[-1].key != statement.parent:
                around.pop()
            known = around[-1].chain_names if around else ()
            yield from self._statement(statement, known, 2 + 2 * min(len(around), _DEEPEST))
            around.append(statement)

    def _statement(
        self, statement: Statement, known: tuple[str, ...], indent: int
    ) -> Iterator[str]:
        """The line of one quotation; known: the chain of the one above that it stands in."""
        names = statement.chain_names
        if known and names[: len(known)] == known and len(names) > len(known):
            chain = ARROW.lstrip() + ARROW.join(names[len(known) :])
        else:
            chain = ARROW.join(names)
        if statement.open_because:
            chain += f" ({self.words.say('voices.open')})"
        elif statement.speaker and statement.quote.sourcing == "anonymous":
            chain += f" ({statement.sourcing_name})"
        room = self.width - indent - columns(chain) - 2
        text = shorten(statement.text, max(room, _LEAST_STATEMENT))
        pieces: list[tuple[str, str | None]] = [(piece, "voice") for piece in pieces_of(chain)]
        pieces += [(piece, None) for piece in pieces_of(f": {text}")]
        yield from self.lines.flow(pieces, indent, self.width - indent)

    def _timeline(self) -> Iterator[str]:
        rows = timeline(self.analysis, self.words).rows
        if not rows:
            return
        yield from self.lines.wrapped(self.words.say("timeline.heading"), style="bold")
        side = self.width >= _LEAST_SIDE_BY_SIDE
        widest = max(columns(row.when) for row in rows)
        column = min(widest, self.width // 3) + 2 if side else 0
        for row in rows:
            parts, style = self._entry(row)
            # A whole year needs no words beside the year itself.
            when = "" if row.when == row.year else row.when
            if column:
                yield from self._beside(row.year or "", when, parts, column, style)
            else:
                yield from self._below(row.year, when, parts, style)

    def _entry(self, row: Row) -> tuple[tuple[str, str, str], str | None]:
        """What the row says, parted at the words of its time, and its style."""
        entry = row.entry
        if entry.kind == "published":
            inferred = self.analysis.dating.basis == "inferred"
            key = "dating.published_window" if inferred else "dating.published"
            return ("", self.words.say(key), ""), "bold"
        if entry.kind == "event":
            return self._clause(self.analysis.events[entry.index]), None
        return self._context(self.analysis.times[entry.index].span), None

    def _open(self) -> Iterator[str]:
        loose = [reason for reason in self.reasons if not reason.resolved]
        if not loose:
            return
        heading = self.words.say("legend.unresolved").capitalize()
        yield from self.lines.wrapped(heading, style="bold")
        yield from self._list(loose)

    def _lengths(self) -> Iterator[str]:
        measures = [reason for reason in self.reasons if reason.resolved and not reason.dated]
        if not measures:
            return
        yield from self.lines.wrapped(self.words.say("timeline.lengths"), style="bold")
        yield from self._list(measures)

    def _list(self, reasons: Sequence[Reason]) -> Iterator[str]:
        """What is known of each, once for all of which the same is known."""
        groups: dict[str, list[Reason]] = {}
        for reason in reasons:
            known = reason.date if reason.resolved else None
            groups.setdefault(known or reason.reason, []).append(reason)
        for remark, group in groups.items():
            yield from self.lines.wrapped(remark, indent=2, style="dim")
            for reason in group:
                yield from self.lines.parts(self._context(reason.time.span), indent=4)

    def _tally(self) -> Iterator[str]:
        quotes = self._count_of_voices()
        if not self.reasons:
            yield from self.lines.wrapped(quotes + self.words.say("count.no_times"))
            return
        resolved = sum(reason.resolved for reason in self.reasons)
        line = self.words.count("count.times", len(self.reasons))
        line += ", " + self.words.say("count.resolved", n=resolved)
        if resolved < len(self.reasons):
            open_count = len(self.reasons) - resolved
            line += ", " + self.words.say("count.unresolved", n=open_count)
        yield from self.lines.wrapped(f"{quotes}{line}.", style="dim")

    def _count_of_voices(self) -> str:
        """A sentence with the numbers of quotations and speakers, empty if there are none."""
        quotes = self.analysis.quotes
        if not quotes:
            return ""
        speakers = len({quote.speaker.person for quote in quotes if quote.speaker})
        line = self.words.count("count.quotes", len(quotes))
        return f"{line} {self.words.count('count.voices', speakers)}. "

    def _clause(self, event: Event) -> tuple[str, str, str]:
        """The event's words, parted at those of its time if they stand in it."""
        span, time = event.span, self.times.get(event.time or "")
        text = self.analysis.document.text
        if span.end - span.start > _CLAUSE:
            return (
                self._context(time.span) if time else ("", shorten(text[slice(*span)], _CLAUSE), "")
            )
        if time is None or not span.covers(time.span):
            return ("", "", self._quote(span))
        return self._parted(span, time)

    def _parted(self, span: Span, time: TimeExpression) -> tuple[str, str, str]:
        text = self.analysis.document.text
        before, after = text[span.start : time.span.start], text[time.span.end : span.end]
        return (
            one_line(before) + (" " if before[-1:].isspace() else ""),
            self._quote(time.span),
            (" " if after[:1].isspace() else "") + one_line(after),
        )

    def _context(self, span: Span) -> tuple[str, str, str]:
        text = self.analysis.document.text
        return context(text, span, before=_CONTEXT_BEFORE, after=_CONTEXT_AFTER)

    def _quote(self, span: Span) -> str:
        return one_line(self.analysis.document.text[span.start : span.end])

    def _beside(
        self,
        year: str,
        when: str,
        parts: tuple[str, str, str],
        column: int,
        style: str | None,
    ) -> Iterator[str]:
        """Year, days and words in three columns."""
        days = list(self.lines.wrapped(when, room=column - 2, style="dim"))
        room = self.width - column - _YEAR_COLUMN
        lines = list(self.lines.parts(parts, room=room, style=style))
        for number in range(max(len(days), len(lines))):
            first = self.lines.styled(year, "bold") + " " * (_YEAR_COLUMN - len(year))
            left = days[number] if number < len(days) else ""
            pad = " " * (column - columns(plain(left)))
            right = lines[number] if number < len(lines) else ""
            yield (first if number == 0 else " " * _YEAR_COLUMN) + f"{left}{pad}{right}".rstrip()

    def _below(
        self, year: str | None, when: str, parts: tuple[str, str, str], style: str | None
    ) -> Iterator[str]:
        """Year, days and words one under the other."""
        if year:
            yield self.lines.styled(year, "bold")
        if when:
            yield from self.lines.wrapped(when, indent=2, style="dim")
        yield from self.lines.parts(parts, indent=4, style=style)
