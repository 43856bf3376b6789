"""A forecast as a question that can be resolved: who, what, until when; nothing is rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from beleg.records import Forecast, TimeExpression
from beleg.text.article import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What must have happened for the forecast to have come true, in the article's own words.

    who: name of whoever holds the forecast, None for the author.
    what: the words of the forecast, without the time that gives the window.
    condition: the words of its condition, None where there is none.
    since, until: first and last day, inclusive; None where the text gives none.
    """

    who: str | None
    what: tuple[str, ...]
    condition: str | None
    since: date | None
    until: date | None

    @property
    def words(self) -> str:
        """`what` on one line, with "…" where the time is left out."""
        return " … ".join(" ".join(part.split()) for part in self.what)


def question_of(
    text: str,
    forecast: Forecast,
    *,
    names: dict[str, str],
    times: Sequence[TimeExpression],
) -> Question:
    """The question of a forecast. names: people by id; times: those of the article.

    The window's time is left out of `what` only where days stand in its place.
    """
    window, time = forecast.window, _time(forecast, times)
    places = [forecast.span]
    if window is not None and time is not None and forecast.span.covers(time.span):
        places = [
            Span(forecast.span.start, time.span.start),
            Span(time.span.end, forecast.span.end),
        ]
    words = (text[place.start : place.end].strip(" ,;\t\n\u00a0") for place in places)
    condition = forecast.condition
    return Question(
        who=None if forecast.holder == "author" else names.get(forecast.holder),
        what=tuple(word for word in words if word),
        condition=text[condition.start : condition.end] if condition is not None else None,
        since=window.earliest if window is not None else None,
        until=window.latest if window is not None else None,
    )


def _time(forecast: Forecast, times: Sequence[TimeExpression]) -> TimeExpression | None:
    return next((time for time in times if time.id == forecast.time), None)
