"""Sections of the terminal report about statements: what to verify, how sure, what is predicted,
what follows from what, how it is worded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TypeVar

from beleg.layers.argument import carrying
from beleg.layers.forecasts.question import question_of
from beleg.records import Analysis, ArgumentNode, Check, Forecast, Status
from beleg.report.days import stretch
from beleg.report.lines import Lines, pieces_of
from beleg.report.safe import one_line, shorten
from beleg.report.words import Words
from beleg.text.article import Span

T = TypeVar("T")
_MOST = 10  # entries of a section; the tables have all
_MOST_WORDS = 12  # of one kind of wording
_TEXT = 150  # code points of a statement
_DEEPEST = 4  # conclusions drawn from one another


class Judged:
    """The sections, each empty where the analysis has nothing for it."""

    def __init__(self, analysis: Analysis, words: Words, lines: Lines) -> None:
        self.analysis = analysis
        self.words = words
        self.lines = lines
        self.names = {person.id: one_line(person.name) for person in analysis.people}
        self.quotes = {quote.id: quote for quote in analysis.quotes}

    def checklist(self) -> Iterator[str]:
        """What to verify, the heaviest first: the words, then why and who says it."""
        yield from self._section("checklist", self.analysis.checklist, self._check)

    def status(self) -> Iterator[str]:
        """How established something is said to be, with the words that say so."""
        yield from self._section("status", self.analysis.status, self._status)

    def forecasts(self) -> Iterator[str]:
        """What is predicted, as questions with the day they fall due, the earliest first."""

        def due(forecast: Forecast) -> date:
            window = forecast.window
            return (window.latest or window.earliest if window else None) or date.max

        entries = sorted(self.analysis.forecasts, key=due)
        yield from self._section("forecasts", entries, self._forecast)

    def argument(self) -> Iterator[str]:
        """Each holder's conclusions, with what is given for and against them below."""
        drawn = [node for node in self.analysis.argument.nodes if node.role == "conclusion"]
        below = {edge.from_ for edge in self.analysis.argument.edges}
        given = {n.span for n in self.analysis.argument.nodes if n.id in below}
        tops = [node for node in drawn if node.span not in given] or drawn
        by_holder: dict[str, list[ArgumentNode]] = {}
        for node in tops[:_MOST]:
            by_holder.setdefault(self._holder(node.quote), []).append(node)
        if tops:
            yield from self._heading("argument")
        for holder, nodes in by_holder.items():
            yield from self.lines.wrapped(holder, indent=2, style="voice")
            for node in nodes:
                yield from self.lines.wrapped(self._short(node.span), indent=4)
                yield from self._given(node, 1)
        yield from self._more(len(tops), "argument")

    def wording(self) -> Iterator[str]:
        """The words that judge, hedge or heighten, by kind."""
        kinds: dict[str, list[str]] = {}
        for word in self.analysis.wording:
            kinds.setdefault(word.kind, []).append(self._text(word.span))
        if kinds:
            yield from self._heading("wording")
        for kind, found in kinds.items():
            different = list(dict.fromkeys(found))
            shown = ", ".join(different[:_MOST_WORDS])
            shown += ", …" if len(different) > _MOST_WORDS else ""
            name = self.words.say(f"wording.{kind}")
            yield from self.lines.wrapped(f"{name} ({len(found)}): {shown}", indent=2)

    def _section(
        self, name: str, entries: Sequence[T], show: Callable[[int, T], Iterator[str]]
    ) -> Iterator[str]:
        """The heading, the first entries, and how many more there are."""
        if entries:
            yield from self._heading(name)
        for number, entry in enumerate(entries[:_MOST], start=1):
            yield from show(number, entry)
        yield from self._more(len(entries), name)

    def _heading(self, name: str) -> Iterator[str]:
        yield from self.lines.wrapped(self.words.say(f"terminal.{name}.heading"), style="bold")

    def _more(self, count: int, table: str) -> Iterator[str]:
        if count > _MOST:
            text = self.words.count("terminal.more", count - _MOST)
            where = self.words.say("terminal.where", table=table)
            yield from self.lines.wrapped(f"{text} {where}", indent=2, style="dim")

    def _check(self, number: int, check: Check) -> Iterator[str]:
        label = f"{number}."
        yield from self._hanging(label, self._short(check.span))
        why = ", ".join(self.words.say(f"why.{reason}") for reason in check.why)
        quoted = next((name for name in check.records if name in self.quotes), None)
        who = self._holder(quoted) if quoted is not None else ""
        yield from self.lines.wrapped(f"{why}{' – ' if who else ''}{who}", indent=5, style="dim")

    def _hanging(self, label: str, text: str) -> Iterator[str]:
        """Wrapped text with a label before its first line."""
        for number, line in enumerate(self.lines.wrapped(text, indent=5)):
            yield f"{label:>4} {line[5:]}" if number == 0 else line

    def _status(self, _number: int, status: Status) -> Iterator[str]:
        label = self.words.say(f"status.{status.label}")
        cue = self.words.say("quote.words", words=self._text(status.span))
        about = f": {self._short(status.about)}" if status.about else ""
        yield from self.lines.wrapped(f"{label} ({cue}){about}", indent=2)

    def _forecast(self, _number: int, forecast: Forecast) -> Iterator[str]:
        say = self.words.say
        holder = self._writer if forecast.holder == "author" else forecast.holder
        name = self.names.get(holder, one_line(holder))
        kind = say(f"forecast.{forecast.kind}")
        pieces: list[tuple[str, str | None]] = [
            (piece, "voice") for piece in pieces_of(f"{name} ({kind})")
        ]
        pieces += [(piece, None) for piece in pieces_of(f": {self._short(forecast.span)}")]
        yield from self.lines.flow(pieces, 2, self.lines.width - 2)
        question = question_of(
            self.analysis.document.text, forecast, names=self.names, times=self.analysis.times
        )
        days = stretch(question.since, question.until, self.words)
        asked = say("terminal.forecasts.due", days=days) if days else say("terminal.forecasts.open")
        yield from self.lines.wrapped(asked, indent=4, style="dim")
        if question.condition is not None:
            words = shorten(question.condition, _TEXT)
            condition = say("terminal.forecasts.condition", words=words)
            yield from self.lines.wrapped(condition, indent=4, style="dim")
        if (sure := forecast.certainty) is not None:
            low, high = round(100 * sure.low), round(100 * sure.high)
            words = say("quote.words", words=self._text(sure.span))
            line = say("terminal.forecasts.certainty", words=words, low=low, high=high)
            yield from self.lines.wrapped(line, indent=4, style="dim")

    def _given(self, conclusion: ArgumentNode, depth: int) -> Iterator[str]:
        """What is given for or against a conclusion, and below it what that is drawn from."""
        for node, weak in self._premises.get(conclusion.id, ()):
            role = self.words.say(f"role.{node.role}")
            why = ", ".join(self.words.say(f"weak.{reason}") for reason in weak)
            text = f"{role}: {self._short(node.span)}" + (f" [{why}]" if why else "")
            yield from self.lines.wrapped(text, indent=4 + 2 * depth)
            drawn = self._drawn.get(node.span)
            if drawn is not None and drawn is not conclusion and depth < _DEEPEST:
                yield from self._given(drawn, depth + 1)

    @cached_property
    def _drawn(self) -> dict[Span, ArgumentNode]:
        return {n.span: n for n in self.analysis.argument.nodes if n.role == "conclusion"}

    @cached_property
    def _premises(self) -> dict[str, list[tuple[ArgumentNode, tuple[str, ...]]]]:
        """For each conclusion what is given, with why a premise is weak."""
        analysis = self.analysis
        nodes = {node.id: node for node in analysis.argument.nodes}
        weak = {
            (one.conclusion, weakness.premise): weakness.why
            for one in carrying(analysis.argument, analysis.quotes, analysis.status)
            for weakness in one.weak
        }
        found: dict[str, list[tuple[ArgumentNode, tuple[str, ...]]]] = {}
        for edge in analysis.argument.edges:
            if edge.from_ in nodes:
                entry = (nodes[edge.from_], tuple(weak.get((edge.to, edge.from_), ())))
                found.setdefault(edge.to, []).append(entry)
        return found

    @cached_property
    def _writer(self) -> str:
        document = self.analysis.document
        return one_line(document.author or "") or self.words.say("terminal.author")

    def _holder(self, quote: str | None) -> str:
        """Whose words a statement is: the speaker's, or the author's."""
        if quote is None or quote not in self.quotes:
            return self._writer
        speaker = self.quotes[quote].speaker
        if speaker is None:
            return self.words.say("voices.nobody")
        return self.names.get(speaker.person, one_line(speaker.person))

    def _text(self, span: Span) -> str:
        return one_line(self.analysis.document.text[span.start : span.end])

    def _short(self, span: Span) -> str:
        return shorten(self.analysis.document.text[span.start : span.end], _TEXT)
