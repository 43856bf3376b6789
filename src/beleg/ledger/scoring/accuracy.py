"""How probabilities and outcomes agree: Brier score with its parts, log score, calibration."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, inf, log2
from typing import NamedTuple

from beleg.ledger.scoring.proportion import Proportion

DEFAULT_BINS = 10


class Verdict(NamedTuple):
    """A probability, the range it stands for (twice itself where exact), and the outcome."""

    probability: float
    low: float
    high: float
    outcome: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """A point of the calibration curve.

    from_, to: the bin's edges; `to` belongs to the next bin, except 1 to the last.
    mean: mean of the probabilities in it; came_true: how many of them did.
    """

    from_: float
    to: float
    mean: float
    came_true: Proportion


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """The Brier score taken apart; `total` is the score again, whatever the bins.

    reliability: distance of the bins' means from what came true, 0 is best.
    resolution: how far the bins differ in what came true, more is better.
    uncertainty: base rate times its complement; the forecaster has no part in it.
    within_variance, within_covariance: spread of the probabilities inside the bins, and twice
        how it goes with the outcomes; both 0 where every bin holds one probability.

    Sources: Murphy, A New Vector Partition of the Probability Score, Journal of Applied
    Meteorology 12 (1973), 595-600; Stephenson, Coelho and Jolliffe, Two Extra Components in
    the Brier Score Decomposition, Weather and Forecasting 23 (2008), 752-757.
    """

    reliability: float
    resolution: float
    uncertainty: float
    within_variance: float
    within_covariance: float

    @property
    def generalized_resolution(self) -> float:
        """Resolution with the within-bin terms, less dependent on the bins (Stephenson 2008)."""
        return fsum((self.resolution, -self.within_variance, self.within_covariance))

    @property
    def total(self) -> float:
        """The Brier score."""
        return fsum((self.reliability, -self.generalized_resolution, self.uncertainty))


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """The scores of a set of forecasts.

    brier: mean squared distance of probability and outcome, 0 (best) to 1; half of what Brier,
        Verification of Forecasts Expressed in Terms of Probability, Monthly Weather Review 78
        (1950), 1-3, defines over both classes.
    brier_best, brier_worst: the bounds, were every certainty word meant at the end of its range
        that fits the outcome best or worst.
    log_score: mean of -log2 of the probability given to what happened (Good, Rational
        Decisions, Journal of the Royal Statistical Society B 14 (1952), 107-114), in bits:
        0 is best, always saying one half scores 1. Infinite if `ruled_out` is not 0.
    ruled_out: how many gave probability 0 to what happened. Nothing is clipped.
    base_rate: how many came true; always saying that share scores `brier_of_base_rate`.
    skill: share of that score saved, 1 is best, negative is worse than the base rate; None
        where all or none came true.
    """

    scored: int
    brier: float
    brier_best: float
    brier_worst: float
    log_score: float
    ruled_out: int
    base_rate: Proportion
    parts: Decomposition
    curve: tuple[Bin, ...]

    @property
    def brier_of_base_rate(self) -> float:
        """Brier score of always giving the base rate; equal to the uncertainty."""
        return self.parts.uncertainty

    @property
    def skill(self) -> float | None:
        """Brier skill score against the base rate, known only in hindsight."""
        reference = self.brier_of_base_rate
        return None if reference == 0 else 1 - self.brier / reference


def accuracy_of(verdicts: Sequence[Verdict], *, bins: int = DEFAULT_BINS) -> Accuracy:
    """The scores of at least one verdict; bins: of equal width, at least one.

    Raises ValueError without verdicts or bins.
    """
    if not verdicts or bins < 1:
        raise ValueError(f"{len(verdicts)} forecasts cannot be scored in {bins} bins")
    sorted_in = _sorted_in(verdicts, bins)
    base_rate = _came_true(verdicts)
    surprises = [_surprise(verdict) for verdict in verdicts]
    return Accuracy(
        scored=len(verdicts),
        brier=_mean(_squared(verdict.probability, verdict.outcome) for verdict in verdicts),
        brier_best=_mean(min(_at_ends(verdict)) for verdict in verdicts),
        brier_worst=_mean(max(_at_ends(verdict)) for verdict in verdicts),
        log_score=_mean(surprises),
        ruled_out=surprises.count(inf),
        base_rate=base_rate,
        parts=_parts(sorted_in, base_rate),
        curve=tuple(
            Bin(
                from_=number / bins,
                to=(number + 1) / bins,
                mean=_mean(verdict.probability for verdict in inside),
                came_true=_came_true(inside),
            )
            for number, inside in enumerate(sorted_in)
            if inside
        ),
    )


def _sorted_in(verdicts: Sequence[Verdict], bins: int) -> list[list[Verdict]]:
    # Compared with the edges, because 0.57 * 100 is less than 57 in floating point.
    edges = [number / bins for number in range(1, bins)]
    sorted_in: list[list[Verdict]] = [[] for _ in range(bins)]
    for verdict in verdicts:
        sorted_in[bisect_right(edges, verdict.probability)].append(verdict)
    return sorted_in


def _parts(sorted_in: Sequence[Sequence[Verdict]], base_rate: Proportion) -> Decomposition:
    distances, differences, spreads, together = [], [], [], []
    for inside in filter(None, sorted_in):
        mean = _mean(verdict.probability for verdict in inside)
        share = _came_true(inside).share
        distances.append(len(inside) * (mean - share) ** 2)
        differences.append(len(inside) * (share - base_rate.share) ** 2)
        for verdict in inside:
            off = verdict.probability - mean
            spreads.append(off**2)
            together.append(2 * off * (verdict.outcome - share))
    total = base_rate.total
    return Decomposition(
        reliability=fsum(distances) / total,
        resolution=fsum(differences) / total,
        uncertainty=base_rate.share * (1 - base_rate.share),
        within_variance=fsum(spreads) / total,
        within_covariance=fsum(together) / total,
    )


def _came_true(verdicts: Sequence[Verdict]) -> Proportion:
    return Proportion(count=sum(verdict.outcome for verdict in verdicts), total=len(verdicts))


def _squared(probability: float, outcome: bool) -> float:
    return (probability - outcome) ** 2


def _at_ends(verdict: Verdict) -> tuple[float, float]:
    return _squared(verdict.low, verdict.outcome), _squared(verdict.high, verdict.outcome)


def _surprise(verdict: Verdict) -> float:
    """Bits; infinite where what happened had been given probability 0."""
    given = verdict.probability if verdict.outcome else 1 - verdict.probability
    # "0 -" instead of a sign, so that certainty that was right gives 0 and not -0.
    return 0 - log2(given) if given else inf


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return fsum(numbers) / len(numbers)
