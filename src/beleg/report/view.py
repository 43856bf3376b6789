"""What the HTML report shows, ready for the template: only plain values, no records.

Keys ("t1", "e2", "d3", "c1", "q4", "v5"; "s", "w", "f", "n", "k" for status cues, wording,
forecasts, statements of the argument and checks) name records within one page; they are counted here and not
taken from the analysis, so that ids from a foreign file cannot break the page.
"""

from __future__ import annotations

from dataclasses import dataclass

from beleg.records import Analysis, Event, TimeExpression
from beleg.report.dating import DatingView, dating_view
from beleg.report.days import stretch
from beleg.report.further import FurtherView, further_view
from beleg.report.pieces import Paragraph, TimeMark, article_paragraphs
from beleg.report.reasons import Reason, Reasons
from beleg.report.safe import context, headline, link, one_line
from beleg.report.saying import SayingView, saying_view
from beleg.report.spans import check_spans
from beleg.report.timeline import Row, Timeline, timeline
from beleg.report.timex import time_of_day
from beleg.report.voices import Voices
from beleg.report.words import Words
from beleg.text.article import Span


@dataclass(frozen=True, kw_only=True)
class TimeView:
    """A time expression: its card, its table row, its note beside the text."""

    key: str
    number: int
    reason: Reason
    style: str
    note: str | None
    type_name: str
    days: str | None
    anchor_key: str | None
    anchor_label: str | None


@dataclass(frozen=True, kw_only=True)
class ConflictView:
    """A contradiction and the words it is between, as (key of the mark, words)."""

    key: str
    because: str
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class RowView:
    """A timeline row with the words of its entry: before, the time's own, after."""

    row: Row
    key: str | None
    keys: tuple[str, ...]
    words: tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Loose:
    """Something without a place on the axis; after: earlier events, as (key, words)."""

    key: str
    keys: tuple[str, ...]
    words: tuple[str, str, str]
    after: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Group:
    """What has no place on the axis for the same reason, or is the same length."""

    remark: str
    items: tuple[Loose, ...]


@dataclass(frozen=True, kw_only=True)
class ReportView:
    """The whole report.

    headline: the article's first line where that is its title.
    """

    title: str | None
    headline: str | None
    author: str | None
    outlet: str | None
    url: str | None
    url_text: str | None
    language: str
    id: str
    version: str
    dating: DatingView
    conflicts: tuple[ConflictView, ...]
    paragraphs: tuple[Paragraph, ...]
    times: tuple[TimeView, ...]
    saying: SayingView
    lanes: int
    rows: tuple[RowView, ...]
    undated: tuple[Group, ...]
    lengths: tuple[Group, ...]
    resolved: int
    styles: frozenset[str]
    further: FurtherView


def report_view(analysis: Analysis, words: Words) -> ReportView:
    """Everything the template needs, in the language of `words`.

    Raises SpanOutsideText if the analysis does not fit its text.
    """
    check_spans(analysis)
    return _Builder(analysis, words).build()


class _Builder:
    """Holds what the parts of the view share."""

    def __init__(self, analysis: Analysis, words: Words) -> None:
        self.analysis = analysis
        self.words = words
        self.text = analysis.document.text
        self.time_keys = {time.id: f"t{n}" for n, time in enumerate(analysis.times, start=1)}
        self.times_by_id = {time.id: time for time in analysis.times}
        reasons = Reasons(analysis, words)
        self.reasons = [reasons.of(time) for time in analysis.times]

    def build(self) -> ReportView:
        document = self.analysis.document
        title = _shown(document.title)
        # A title that the text itself begins with is shown once, in its place.
        first_line = headline(self.text)
        if title is not None and first_line != title:
            first_line = None
        laid_out = timeline(self.analysis, self.words)
        times = tuple(self._time(n, reason) for n, reason in enumerate(self.reasons, start=1))
        voices = Voices(self.analysis, self.words)
        return ReportView(
            title=None if first_line else title,
            headline=first_line,
            author=_shown(document.author),
            outlet=_shown(document.outlet),
            url=link(document.url),
            url_text=_shown(document.url),
            language=document.language,
            id=document.id,
            version=self.analysis.beleg,
            dating=dating_view(self.analysis, self.words),
            conflicts=self._conflicts(),
            paragraphs=article_paragraphs(
                self.analysis, [_time_mark(time) for time in times], voices.statements
            ),
            times=times,
            saying=saying_view(self.analysis, self.words, voices),
            lanes=laid_out.lanes,
            rows=self._rows(laid_out),
            undated=self._undated(),
            lengths=self._lengths(),
            resolved=sum(reason.resolved for reason in self.reasons),
            styles=frozenset(time.style for time in times),
            further=further_view(
                self.analysis,
                self.words,
                voices,
                {time.reason.time.id: (time.key, time.reason) for time in times},
            ),
        )

    def _time(self, number: int, reason: Reason) -> TimeView:
        time = reason.time
        label = None
        if time.anchor == "publication":
            label = self.words.say("anchor.publication")
        elif time.anchor in self.times_by_id:
            label = self.reasons[int(self.time_keys[time.anchor][1:]) - 1].words
        return TimeView(
            key=f"t{number}",
            number=number,
            reason=reason,
            style=_style(reason),
            note=_note(reason, self.words),
            type_name=self.words.say(f"type.{time.type}"),
            days=_iso_days(time),
            anchor_key=self.time_keys.get(time.anchor or ""),
            anchor_label=label,
        )

    def _conflicts(self) -> tuple[ConflictView, ...]:
        return tuple(
            ConflictView(
                key=f"c{number}",
                because=one_line(conflict.because),
                places=tuple(
                    (f"c{number}-{place}", one_line(self.text[span.start : span.end]))
                    for place, span in enumerate(conflict.spans, start=1)
                ),
            )
            for number, conflict in enumerate(self.analysis.dating.conflicts, start=1)
        )

    def _rows(self, laid_out: Timeline) -> tuple[RowView, ...]:
        rows = []
        for row in laid_out.rows:
            entry = row.entry
            if entry.span is None:
                rows.append(RowView(row=row, key=None, keys=(), words=("", "", "")))
                continue
            key = f"{entry.kind[0]}{entry.index + 1}"
            if entry.kind == "event":
                event = self.analysis.events[entry.index]
                keys, words = self._event_keys(key, event), self._event_words(event)
                rows.append(RowView(row=row, key=key, keys=keys, words=words))
            else:
                words = context(self.text, entry.span)
                rows.append(RowView(row=row, key=key, keys=(key,), words=words))
        return tuple(rows)

    def _event_keys(self, key: str, event: Event) -> tuple[str, ...]:
        time_key = self.time_keys.get(event.time or "")
        return (key, time_key) if time_key else (key,)

    def _event_words(self, event: Event) -> tuple[str, str, str]:
        """The clause, parted at the words of its time."""
        span, time = event.span, self.times_by_id.get(event.time or "")
        inner = time.span if time and span.covers(time.span) else Span(span.end, span.end)
        parts = (
            self.text[span.start : inner.start],
            self.text[inner.start : inner.end],
            self.text[inner.end : span.end],
        )
        before, within, after = (one_line(part) for part in parts)
        return (
            before + (" " if parts[0][-1:].isspace() else ""),
            within,
            (" " if parts[2][:1].isspace() else "") + after,
        )

    def _undated(self) -> tuple[Group, ...]:
        """Times that could not be resolved, and events known only by their order."""
        open_times = [reason for reason in self.reasons if not reason.resolved]
        groups = self._groups([(reason.reason, reason) for reason in open_times])
        events = self._undated_events({reason.time.id for reason in open_times})
        return (*groups, Group(remark="", items=events)) if events else groups

    def _undated_events(self, listed: set[str]) -> tuple[Loose, ...]:
        """Events without a day whose time is not `listed` already."""
        numbers = {event.id: number for number, event in enumerate(self.analysis.events, start=1)}
        loose = []
        for number, event in enumerate(self.analysis.events, start=1):
            if event.earliest or event.latest or event.time in listed:
                continue
            before = [numbers[other] for other in event.after if other in numbers]
            loose.append(
                Loose(
                    key=f"e{number}",
                    keys=self._event_keys(f"e{number}", event),
                    words=self._event_words(event),
                    after=tuple((f"e{other}", self._event_line(other)) for other in before),
                )
            )
        return tuple(loose)

    def _event_line(self, number: int) -> str:
        span = self.analysis.events[number - 1].span
        return one_line(self.text[span.start : span.end])

    def _lengths(self) -> tuple[Group, ...]:
        measures = [reason for reason in self.reasons if reason.resolved and not reason.dated]
        return self._groups([(reason.date or "", reason) for reason in measures])

    def _groups(self, remarked: list[tuple[str, Reason]]) -> tuple[Group, ...]:
        """Times of the same remark together, in the order of their first."""
        groups: dict[str, list[Loose]] = {}
        for remark, reason in remarked:
            key = self.time_keys[reason.time.id]
            words = context(self.text, reason.time.span)
            groups.setdefault(remark, []).append(Loose(key=key, keys=(key,), words=words))
        return tuple(Group(remark=remark, items=tuple(items)) for remark, items in groups.items())


def _time_mark(time: TimeView) -> TimeMark:
    return TimeMark(
        key=time.key,
        number=time.number,
        style=time.style,
        note=time.note,
        span=time.reason.time.span,
    )


def _shown(text: str | None) -> str | None:
    return one_line(text) or None if text is not None else None


def _style(reason: Reason) -> str:
    if not reason.resolved:
        return "unresolved"
    return "resolved" if reason.dated else "length"


def _note(reason: Reason, words: Words) -> str | None:
    """The short note beside the line; none where it would only repeat the words."""
    time = reason.time
    if not reason.dated:
        return None
    note = stretch(time.earliest, time.latest, words, weekday=False)
    clock = time_of_day(time.value, words) if time.type == "TIME" else None
    if note is not None and clock is not None:
        note = words.say("day.at", date=note, clock=clock[1])
    return None if note is None or note.casefold() in reason.words.casefold() else note


def _iso_days(time: TimeExpression) -> str | None:
    """First and last day in figures, ".." for an open end (ISO 8601-2)."""
    if time.earliest is None and time.latest is None:
        return None
    if time.earliest == time.latest:
        return str(time.earliest)
    return f"{time.earliest or '..'}/{time.latest or '..'}"
