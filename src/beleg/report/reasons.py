"""Says in plain words what a time expression means and why.

The reading after "#" in `TimeExpression.rule` picks the reason; a reading that has no entry
in the translations falls back to what type and anchor alone tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from beleg.records import Analysis, TimeExpression
from beleg.report.days import between, day, stretch
from beleg.report.safe import one_line
from beleg.report.timex import length_name, set_name, unit_name, unit_of
from beleg.report.words import Words

# Readings that name where the counting starts; the others need no {from}.
_COUNTED = frozenset({"publication", "previous", "last", "next", "nearest", "same", "weekday"})


@dataclass(frozen=True, kw_only=True)
class Reason:
    """What one time expression means.

    words: as they stand in the article.
    date: the days, the length or the rhythm in words; None where nothing is known.
    reason: why, without a full stop.
    dated: it has a first or last day; a length or a rhythm has none.
    resolved: dated, or a length or rhythm that needs no day.
    sentence: words, date and reason in one sentence.
    """

    time: TimeExpression
    words: str
    date: str | None
    reason: str
    dated: bool
    resolved: bool
    sentence: str


class Reasons:
    """The reasons of all times of one analysis, in one language."""

    def __init__(self, analysis: Analysis, words: Words) -> None:
        self._analysis = analysis
        self._say = words
        self._times = {time.id: time for time in analysis.times}

    def of(self, time: TimeExpression) -> Reason:
        """What this expression of the analysis means."""
        quoted = self.quote(time)
        date = self.date(time)
        reason = self._reason(time)
        dated = time.earliest is not None or time.latest is not None
        key = "sentence.unresolved" if date is None else "sentence.resolved"
        return Reason(
            time=time,
            words=quoted,
            date=date,
            reason=reason,
            dated=dated,
            resolved=dated or (time.type in ("DURATION", "SET") and date is not None),
            sentence=self._say.say(key, words=quoted, date=date, reason=reason),
        )

    def quote(self, time: TimeExpression) -> str:
        """The words of the expression on one line."""
        return one_line(self._analysis.document.text[time.span.start : time.span.end])

    def date(self, time: TimeExpression) -> str | None:
        """The days, length or rhythm in words; None where nothing is known."""
        if time.type in ("DURATION", "SET"):
            return self._measure(time)
        reference = f"ref.{time.value}"
        if self._say.has(reference):
            return stretch(time.earliest, time.latest, self._say) or self._say.say(reference)
        unit = unit_of(time.value, self._say)
        if unit is None:
            return self._bounds(time)
        name = unit_name(unit, time.mod, self._say)
        if time.mod is None and unit.spelt:
            return name
        days = stretch(time.earliest, time.latest, self._say)
        return name if days is None or days == name else f"{name} ({days})"

    def _measure(self, time: TimeExpression) -> str | None:
        """A length or a rhythm, with the days it covers where they are known."""
        if time.type == "SET":
            name = set_name(time.value, self._say)
        else:
            name = length_name(time.value, time.mod, self._say)
        days = stretch(time.earliest, time.latest, self._say)
        if name is None or days is None:
            return name or days
        return f"{name} ({days})"

    def _bounds(self, time: TimeExpression) -> str | None:
        """The range alone, where the value names no calendar unit."""
        if time.earliest is not None and time.latest is not None and time.earliest < time.latest:
            return between(time.earliest, time.latest, self._say)
        return stretch(time.earliest, time.latest, self._say)

    def _reason(self, time: TimeExpression) -> str:
        reading = time.rule.partition("#")[2]
        if reading == "window":
            return self._window_reason()
        if time.earliest is None and time.latest is None:
            if time.type == "SET" and self.date(time) is not None:
                return self._say.say("reason.set")
            if time.type == "DURATION":
                vague = reading == "vague" or self.date(time) is None
                return self._say.say("reason.vague_length" if vague else "reason.length")
        elif reading == "vague":
            return self._say.say("reason.vague_days")
        if reading in _COUNTED:
            return self._counted(reading, time)
        if reading and self._say.has(f"reason.{reading}"):
            return self._say.say(f"reason.{reading}")
        return self._unnamed(time)

    def _counted(self, reading: str, time: TimeExpression) -> str:
        return self._say.say(f"reason.{reading}", **{"from": self._from(time)})

    def _unnamed(self, time: TimeExpression) -> str:
        """The reason as far as the anchor and the days tell it."""
        if time.anchor is not None:
            return self._counted("publication", time)
        if time.earliest is None and time.latest is None:
            return self._say.say("reason.unresolved")
        return self._say.say("reason.plain")

    def _from(self, time: TimeExpression) -> str:
        """Where the counting starts."""
        anchor = self._times.get(time.anchor or "")
        if anchor is None:
            return self._from_publication
        words, date = self.quote(anchor), self.date(anchor)
        if date is None or date.casefold() in words.casefold():
            return self._say.say("from.mention_undated", words=words)
        return self._say.say("from.mention", words=words, date=date)

    @cached_property
    def _from_publication(self) -> str:
        published = self._analysis.document.published
        if published is not None:
            return self._say.say("from.publication", date=day(published, self._say))
        window = self._window
        if window is None:
            return self._say.say("from.publication_unknown")
        return self._say.say("from.publication_window", date=window)

    def _window_reason(self) -> str:
        if self._window is None:
            return self._say.say("reason.window_unknown")
        return self._say.say("reason.window", date=self._window)

    @cached_property
    def _window(self) -> str | None:
        dating = self._analysis.dating
        return stretch(dating.earliest, dating.latest, self._say)
