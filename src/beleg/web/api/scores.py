"""How probabilities and outcomes agree, by holder, outlet, topic or kind; see docs/scores.md."""

from __future__ import annotations

from math import isfinite
from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from beleg.ledger import scores
from beleg.ledger.choices import By, Origin
from beleg.ledger.scores import LedgerScore
from beleg.ledger.scoring import DEFAULT_BINS, DEFAULT_MINIMUM, Accuracy
from beleg.ledger.scoring.accuracy import Bin
from beleg.ledger.scoring.proportion import Proportion
from beleg.web.api.forecasts import ChosenForecasts
from beleg.web.state import Database, Today
from beleg.web.visitors import Reading

router = APIRouter(prefix="/scores", tags=["forecasts"])


class Share(BaseModel):
    """So many of so many, with the 95 % interval of the share."""

    count: int
    total: int
    share: float
    low: float
    high: float

    @classmethod
    def of(cls, found: Proportion | None) -> Self | None:
        """The same as JSON has it."""
        if found is None:
            return None
        low, high = found.interval
        return cls(count=found.count, total=found.total, share=found.share, low=low, high=high)


class Point(BaseModel):
    """A point of the calibration curve: probabilities from `low` to `high`, and what came true."""

    low: float
    high: float
    mean: float
    came_true: Share | None

    @classmethod
    def of(cls, found: Bin) -> Self:
        """The same as JSON has it."""
        return cls(
            low=found.from_, high=found.to, mean=found.mean, came_true=Share.of(found.came_true)
        )


class Parts(BaseModel):
    """The Brier score taken apart."""

    reliability: float
    resolution: float
    uncertainty: float
    within_variance: float
    within_covariance: float


class Accurate(BaseModel):
    """How probabilities and outcomes agree. log_score: in bits, null where it is infinite."""

    scored: int
    brier: float
    brier_best: float
    brier_worst: float
    log_score: float | None
    ruled_out: int
    skill: float | None
    base_rate: Share | None
    parts: Parts
    curve: tuple[Point, ...]

    @classmethod
    def of(cls, found: Accuracy | None) -> Self | None:
        """The same as JSON has it."""
        if found is None:
            return None
        parts = found.parts
        return cls(
            scored=found.scored,
            brier=found.brier,
            brier_best=found.brier_best,
            brier_worst=found.brier_worst,
            log_score=found.log_score if isfinite(found.log_score) else None,
            ruled_out=found.ruled_out,
            skill=found.skill,
            base_rate=Share.of(found.base_rate),
            parts=Parts(**{name: getattr(parts, name) for name in Parts.model_fields}),
            curve=tuple(map(Point.of, found.curve)),
        )


class GroupScore(BaseModel):
    """The scores of one group; name: null for all together, or where it is unknown.

    forecasts: all; of them passed, running, without_deadline. early: resolved before the end of
    the window. rank: null under the minimum.
    """

    name: str | None
    person: int | None
    rank: int | None
    enough: bool
    forecasts: int
    passed: int
    running: int
    without_deadline: int
    early: int
    resolved: int
    void: int
    share_resolved: Share | None
    unworded: Share | None
    accuracy: Accurate | None

    @classmethod
    def of(cls, found: LedgerScore) -> Self:
        """The same as JSON has it."""
        score = found.score
        return cls(
            name=found.name,
            person=found.person,
            rank=score.rank,
            enough=score.enough,
            forecasts=score.forecasts,
            passed=score.passed,
            running=score.running,
            without_deadline=score.without_deadline,
            early=score.early,
            resolved=score.resolved,
            void=score.void,
            share_resolved=Share.of(score.share_resolved),
            unworded=Share.of(score.unworded),
            accuracy=Accurate.of(score.accuracy),
        )


class WantedScores(ChosenForecasts):
    """by: what is ranked; all together without it. minimum: scored forecasts a rank needs.

    origin: "extracted" scores the article's certainty words, "own" what users of the ledger gave.
    """

    by: By | None = None
    origin: Origin = "extracted"
    minimum: Annotated[int, Field(ge=1, le=1_000_000)] = DEFAULT_MINIMUM
    bins: Annotated[int, Field(ge=1, le=100)] = DEFAULT_BINS


@router.get("", summary="Score the forecasts whose window has passed")
def list_scores(
    _: Reading, db: Database, today: Today, wanted: Annotated[WantedScores, Query()]
) -> tuple[GroupScore, ...]:
    """Ranked groups come first, in order of rank."""
    found = scores.scores(
        db,
        today=today,
        by=wanted.by,
        origin=wanted.origin,
        chosen=wanted.filter(),
        minimum=wanted.minimum,
        bins=wanted.bins,
    )
    return tuple(map(GroupScore.of, found.groups))
