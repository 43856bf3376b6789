"""The dating of the article for showing: the statement, the bar and the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from beleg.records import Analysis, Evidence
from beleg.report.days import day, stretch
from beleg.report.safe import one_line
from beleg.report.words import Words

# Days shown on either side of the window, at least; else this share of its length.
_LEAST_MARGIN_DAYS = 4
_MARGIN_SHARE = 0.6
# An open window is drawn this long.
_OPEN_DAYS = 14
# Per cent of the width below which a bar cannot be seen.
_LEAST_WIDTH = 1.6


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A stretch of days on the scale, in per cent of its width.

    label: the days in words.
    """

    x: str
    width: str
    label: str


@dataclass(frozen=True, kw_only=True)
class EvidenceRow:
    """One reason for a bound."""

    index: int
    words: str
    because: str
    bounds: str | None
    bar: Bar | None


@dataclass(frozen=True, kw_only=True)
class DatingView:
    """What is known about the day of publication.

    statement: the day or the window in words, or that it is not known.
    basis: where that comes from, in words.
    width: length of an inferred window in words.
    """

    statement: str
    basis: str
    known: bool
    inferred: bool
    width: str | None
    bar: Bar | None
    ticks: tuple[str, str] | None
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True)
class _Scale:
    """Days on a line from 0 to 100 per cent."""

    first: date
    last: date

    def bar(self, earliest: date | None, latest: date | None, label: str) -> Bar:
        start = self._at(earliest) if earliest else 0.0
        end = self._at(latest, after=1) if latest else 100.0
        low, high = min(max(start, 0.0), 100.0), min(max(end, 0.0), 100.0)
        if high - low < _LEAST_WIDTH:
            low = min(low, 100.0 - _LEAST_WIDTH)
            high = low + _LEAST_WIDTH
        return Bar(
            x=f"{low:.2f}%",
            width=f"{high - low:.2f}%",
            label=label,
        )

    def _at(self, when: date, *, after: int = 0) -> float:
        days = (self.last - self.first).days + 1
        return 100.0 * ((when - self.first).days + after) / days


def dating_view(analysis: Analysis, words: Words) -> DatingView:
    """The dating as the reports show it."""
    earliest, latest, basis = _window(analysis)
    stated = stretch(earliest, latest, words)
    inferred = basis == "inferred"
    if stated is None:
        return DatingView(
            statement=words.say("dating.unknown_long"),
            basis=words.say("dating.unknown"),
            known=False,
            inferred=inferred,
            width=None,
            bar=None,
            ticks=None,
            evidence=_evidence(analysis, None, words),
        )
    scale = _scale(earliest, latest)
    drawn = scale if inferred or analysis.dating.evidence else None
    return DatingView(
        statement=stated,
        basis=words.say(f"dating.{basis}"),
        known=True,
        inferred=inferred,
        width=_width(earliest, latest, words) if inferred else None,
        bar=drawn.bar(earliest, latest, words.say("dating.bar", date=stated)) if drawn else None,
        ticks=(day(scale.first, words), day(scale.last, words)) if drawn else None,
        evidence=_evidence(analysis, drawn, words),
    )


def _window(analysis: Analysis) -> tuple[date | None, date | None, str]:
    """The days and their basis; a published day counts whatever the dating says."""
    published, dating = analysis.document.published, analysis.dating
    if published is not None and dating.basis != "inferred":
        return published, published, dating.basis
    return dating.earliest, dating.latest, dating.basis


def _width(earliest: date | None, latest: date | None, words: Words) -> str | None:
    if earliest is None or latest is None or earliest == latest:
        return None
    return words.count("dating.window_days", (latest - earliest).days + 1)


def _scale(earliest: date | None, latest: date | None) -> _Scale:
    first, last = earliest or latest, latest or earliest
    if first is None or last is None:
        raise ValueError("no day to draw")
    length = (last - first).days + 1
    margin = max(_LEAST_MARGIN_DAYS, round(length * _MARGIN_SHARE))
    before = margin if earliest else _OPEN_DAYS
    after = margin if latest else _OPEN_DAYS
    return _Scale(_shift(first, -before), _shift(last, after))


def _shift(when: date, days: int) -> date:
    """The day moved, but never off the calendar."""
    try:
        return when + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def _evidence(analysis: Analysis, scale: _Scale | None, words: Words) -> tuple[EvidenceRow, ...]:
    text = analysis.document.text
    return tuple(
        EvidenceRow(
            index=index,
            words=one_line(text[item.span.start : item.span.end]),
            because=one_line(item.because),
            bounds=_bounds(item, words),
            bar=_evidence_bar(item, scale, words),
        )
        for index, item in enumerate(analysis.dating.evidence)
    )


def _evidence_bar(item: Evidence, scale: _Scale | None, words: Words) -> Bar | None:
    bounds = _bounds(item, words)
    if scale is None or bounds is None:
        return None
    return scale.bar(item.earliest, item.latest, words.say("dating.evidence_bar", date=bounds))


def _bounds(item: Evidence, words: Words) -> str | None:
    if item.earliest is not None and item.latest is None:
        return words.say("dating.earliest", date=day(item.earliest, words))
    if item.latest is not None and item.earliest is None:
        return words.say("dating.latest", date=day(item.latest, words))
    return stretch(item.earliest, item.latest, words)
