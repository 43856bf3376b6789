"""What the HTML report shows of checklist, forecasts, argument, status cues and wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from beleg.records import Analysis
from beleg.report.arguing import ArgumentView, argument_views
from beleg.report.checks import CheckView, check_views
from beleg.report.cues import CueView, KindView, cue_views, kind_views
from beleg.report.holders import Holders
from beleg.report.predictions import ForecastView, forecast_views
from beleg.report.reasons import Reason
from beleg.report.voices import Voices
from beleg.report.words import Words


@dataclass(frozen=True, kw_only=True)
class FurtherView:
    """The layers beyond times, voices and dating.

    dated, undated: forecasts with a last day by that day, and those without in text order.
    kinds: what of the article's marks can be switched.
    """

    checks: tuple[CheckView, ...]
    dated: tuple[ForecastView, ...]
    undated: tuple[ForecastView, ...]
    arguments: tuple[ArgumentView, ...]
    cues: tuple[CueView, ...]
    kinds: tuple[KindView, ...]


def further_view(
    analysis: Analysis, words: Words, voices: Voices, times: Mapping[str, tuple[str, Reason]]
) -> FurtherView:
    """The view. times: what each time means, by its id, with its key on the page."""
    holders = Holders(analysis, words, voices)
    forecasts = forecast_views(analysis, words, holders)
    dated = [(view.due, number, view) for number, view in enumerate(forecasts) if view.due]
    return FurtherView(
        checks=check_views(analysis, words, holders, times),
        dated=tuple(view for _, _, view in sorted(dated, key=lambda item: item[:2])),
        undated=tuple(view for view in forecasts if not view.due),
        arguments=argument_views(analysis, words, holders),
        cues=cue_views(analysis, words, holders),
        kinds=kind_views(analysis, words),
    )
