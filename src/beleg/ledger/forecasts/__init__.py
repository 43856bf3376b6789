"""Forecasts across articles: questions with a wording, probabilities and a resolution.

A forecast is "open" until somebody resolves it as "yes", "no" or "void"; a resolution can be
"disputed", settled by a further one, and revoked. Every resolution and probability belongs to the
version of the wording it was given for. An open forecast is due from the last day of its window
on, that day included.
"""

from beleg.ledger.choices import OUTCOMES, Outcome, Which
from beleg.ledger.forecasts.changes import give_probability, reword, set_topic
from beleg.ledger.forecasts.detail import (
    ForecastDetail,
    GivenProbability,
    QuestionVersion,
    Resolution,
    forecast,
)
from beleg.ledger.forecasts.listing import (
    ForecastEntry,
    ForecastFilter,
    State,
    forecasts_in,
    list_forecasts,
    own_probabilities,
)
from beleg.ledger.forecasts.resolving import (
    decide,
    dispute,
    resolve,
    revoke,
    settle,
)
from beleg.ledger.forecasts.sync import sync_forecasts

__all__ = [
    "OUTCOMES",
    "ForecastDetail",
    "ForecastEntry",
    "ForecastFilter",
    "GivenProbability",
    "Outcome",
    "QuestionVersion",
    "Resolution",
    "State",
    "Which",
    "decide",
    "dispute",
    "forecast",
    "forecasts_in",
    "give_probability",
    "list_forecasts",
    "own_probabilities",
    "resolve",
    "revoke",
    "reword",
    "set_topic",
    "settle",
    "sync_forecasts",
]
