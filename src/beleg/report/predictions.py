"""The forecasts as cards: who holds what, until when, how sure, and the question to resolve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beleg.layers.forecasts.question import Question, question_of
from beleg.records import Analysis, Certainty, Forecast
from beleg.report.days import stretch
from beleg.report.holders import Holder, Holders
from beleg.report.safe import beginning, one_line, shorten
from beleg.report.words import Words

_LONGEST = 320
_GAP = " … "


@dataclass(frozen=True, kw_only=True)
class CertaintyView:
    """A certainty word with its range; low, high: percent; scale: name of who gives the range."""

    words: str
    low: int
    high: int
    scale: str


@dataclass(frozen=True, kw_only=True)
class ForecastView:
    """A card.

    window: in words; due: the last day, from which the page reckons the days left, and in words.
    question: what has to have happened when; null where the article gives no days.
    """

    key: str
    kind: str
    kind_name: str
    words: str
    holder: Holder
    condition: str | None
    window: str | None
    due: date | None
    due_words: str | None
    certainty: CertaintyView | None
    question: str | None


def forecast_views(analysis: Analysis, words: Words, holders: Holders) -> tuple[ForecastView, ...]:
    """All forecasts, in the order of the analysis."""
    times = {time.id: time for time in analysis.times}
    names = {person.id: one_line(person.name) for person in analysis.people}
    text = analysis.document.text
    views = []
    for number, forecast in enumerate(analysis.forecasts, start=1):
        # Only the forecast's own time, so that nothing searches all times for each forecast.
        own = [times[forecast.time]] if forecast.time in times else []
        question = question_of(text, forecast, names=names, times=own)
        holder = holders.of_person(forecast.holder, forecast.quote)
        views.append(_view(f"f{number}", text, forecast, question, holder, words))
    return tuple(views)


def _view(
    key: str, text: str, forecast: Forecast, question: Question, holder: Holder, words: Words
) -> ForecastView:
    condition = shorten((question.condition or "")[: 4 * _LONGEST], _LONGEST) or None
    return ForecastView(
        key=key,
        kind=forecast.kind,
        kind_name=words.say(f"forecast.{forecast.kind}"),
        words=beginning(text, forecast.span, _LONGEST),
        holder=holder,
        condition=condition,
        window=stretch(question.since, question.until, words, weekday=False),
        due=question.until,
        due_words=stretch(None, question.until, words),
        certainty=_certainty(text, forecast.certainty, words) if forecast.certainty else None,
        question=_question(question, words),
    )


def _question(question: Question, words: Words) -> str | None:
    """The question in one sentence around the article's own words, which stay as they are."""
    days = stretch(question.since, question.until, words, weekday=False)
    if days is None:
        return None
    what = shorten(_GAP.join(one_line(part[: 4 * _LONGEST]) for part in question.what), _LONGEST)
    key = "html.question.if" if question.condition else "html.question.plain"
    return words.say(key, what=what, days=days)


def _certainty(text: str, certainty: Certainty, words: Words) -> CertaintyView:
    low, high = (min(100, max(0, round(100 * share))) for share in (certainty.low, certainty.high))
    key = f"html.scale.{certainty.scale}"
    span = certainty.span
    return CertaintyView(
        words=beginning(text, span, _LONGEST),
        low=min(low, high),
        high=max(low, high),
        scale=words.say(key) if words.has(key) else shorten(certainty.scale, _LONGEST),
    )
