"""What a matched pattern is read as, and the context it is read in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from beleg.layers.times import periods
from beleg.layers.times.periods import Period
from beleg.modes import Mode
from beleg.records import TimeType
from beleg.rules.tense import Tense

Fields = Mapping[str, Any]

PUBLICATION = "publication"
PREVIOUS = "previous"  # the expression that named the focus
PREVIOUS_DAY = "previous day"  # the expression that named the day in focus


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning of one expression.

    first, last: inclusive days, None where open or unknown.
    anchor: PUBLICATION, PREVIOUS, PREVIOUS_DAY or None.
    how: the reading chosen, shown to the user after the rule id ("explicit", "last", …).
    focus: the period later expressions may count from; None leaves the focus as it is.
    """

    type: TimeType
    value: str
    first: date | None = None
    last: date | None = None
    mod: str | None = None
    anchor: str | None = None
    how: str = "explicit"
    focus: Period | None = None


@dataclass(slots=True)
class Focus:
    """What the text spoke of last.

    period: the last date named, of any grain; day: the last single day.
    period_id, day_id: ids of the expressions that named them.
    named_in, sentence: the sentences where the period and the day were named.
    listed: the day was one of several in a list.
    repeated: the sentence where a day that comes round was named last ("dienstags").
    led_line: the line that the day began, None where it stands elsewhere; heads: that line
    holds nothing else, so the day is a heading and holds for the lines below.
    dated_sentence: where a day or month was last named with its year in words.
    main: in a narrative, the year the story has reached; a glance back or far ahead changes
    `period` until its paragraph ends, not `main`. paragraph: where `period` was named.
    """

    period: Period | None = None
    day: date | None = None
    period_id: str | None = None
    day_id: str | None = None
    named_in: int = 0
    sentence: int = 0
    listed: bool = False
    repeated: int | None = None
    led_line: int | None = None
    heads: bool = False
    main: Period | None = None
    paragraph: int = 0
    dated_sentence: int | None = None


@dataclass(slots=True)
class Context:
    """Everything outside the words of the expression that its reading depends on.

    published: the day relative dates count from; None if unknown.
    tense: of the clause; None where no verb tells.
    cues: names of context cues seen near the expression (see rules/de/time-context.toml).
    daily: the article is written for one day (it says yesterday or gives clock times).
    sentence, paragraph, line: the numbers of those the expression stands in.
    """

    published: date | None
    mode: Mode
    focus: Focus
    tense: Tense | None = None
    cues: frozenset[str] = frozenset()
    sentence: int = 0
    paragraph: int = 0
    line: int = 0
    daily: bool = False

    def base(self) -> tuple[date | None, str | None]:
        """The day to count from and its name: publication in news, the focus in narrative."""
        if self.mode == "narrative":
            day = self.focus_day()
            if day is not None:
                return day, PREVIOUS
        return self.published, PUBLICATION if self.published else None

    def focus_day(self) -> date | None:
        """A day inside what the text spoke of last: that day, or the first of the period."""
        period = self.focus.period
        glance_over = self.paragraph != self.focus.paragraph and self.focus.main is not None
        if self.mode == "narrative" and glance_over and period is not None:
            main = self.focus.main
            if main is not None and main.first is not None and period.first is not None:
                return period.first if period.first.year == main.first.year else main.first
        return period.first if period is not None else None


def of_period(
    period: Period,
    *,
    how: str,
    anchor: str | None = None,
    mod: str | None = None,
    kind: TimeType = "DATE",
) -> Reading:
    """A date reading of a whole period, or of the third of it that `mod` names."""
    first, last = period.first, period.last
    if mod in ("START", "MID", "END"):
        first, last = periods.thirds(period, mod)
    return Reading(
        type=kind,
        value=period.value,
        first=first,
        last=last,
        mod=mod,
        anchor=anchor,
        how=how,
        focus=period,
    )


def unresolved(value: str, *, mod: str | None = None, kind: TimeType = "DATE") -> Reading:
    """A reading without days: there is nothing to count from."""
    return Reading(type=kind, value=value, mod=mod, how="open")


def position(fields: Fields) -> str | None:
    """START, MID or END from words such as Anfang, Mitte, spät, erste Hälfte."""
    for name in ("position", "earlylate"):
        if name in fields:
            return str(fields[name])
    if "halfpart" in fields:
        return {1: "START", 2: "END"}.get(fields["halfpart"])
    return None


def year_named(fields: Fields, context: Context) -> tuple[int | None, str, str | None]:
    """The year that stands with a month, day or season: (year, how, anchor).

    The year is None if the words name none, or if there is nothing to count from.
    """
    if "year" in fields:
        number = int(fields["year"])
        return (1 - number if "bc" in fields else number), "explicit", None
    if "year2" in fields:
        return _short_year(int(fields["year2"]), context), "explicit", None
    if "yearlean" in fields:
        base, anchor = context.base()
        if base is None:
            return None, "open", None
        return base.year + int(fields["yearlean"]), "same", anchor
    for name, sign in (("yearsago", -1), ("yearsahead", 1)):
        if name in fields:
            base, anchor = context.base()
            if base is None:
                return None, "open", None
            return base.year + sign * int(fields[name]), "publication", anchor
    for name, step in (("yearfollow", None), ("yearsame", 0), ("yearneighbour", None)):
        if name in fields:
            if step is None:
                step = _neighbour_step(fields[name])
            day = context.focus_day()
            if day is not None and (context.mode == "narrative" or name != "yearneighbour"):
                return day.year + step, "previous", PREVIOUS
            if context.published is None:
                return None, "open", None
            return context.published.year + step, "publication", PUBLICATION
    return None, "", None


def _neighbour_step(value: object) -> int:
    return value if isinstance(value, int) else int(str(value)[1:])


def _short_year(number: int, context: Context) -> int:
    """1.9.39: the century that lies nearest before publication (or ten years after)."""
    limit = (context.published.year if context.published else 2029) + 10
    if context.mode == "narrative" and (day := context.focus_day()) is not None:
        return day.year // 100 * 100 + number
    year = limit // 100 * 100 + number
    return year - 100 if year > limit else year


def with_time(reading: Reading, suffix: str) -> Reading:
    """The same day with a part of the day or a clock time: value 2024-03-07TEV."""
    return replace(reading, type="TIME", value=f"{reading.value}T{suffix}")
