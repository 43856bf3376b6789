"""A share of a count, with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

# Two-sided 95 %: 1.959964.
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion:
    """So many of so many. Raises ValueError where that is not 0 <= count <= total, total > 0."""

    count: int
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.total or self.total == 0:
            raise ValueError(f"{self.count} of {self.total} is no proportion")

    @property
    def share(self) -> float:
        """The share, 0 to 1."""
        return self.count / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % score interval, without correction for continuity.

        Source: Wilson, Probable Inference, the Law of Succession, and Statistical Inference,
        Journal of the American Statistical Association 22 (1927), 209-212. Unlike the textbook
        interval it stays within 0 to 1 and has a width where all or none came true.
        """
        share, spread = self.share, _Z**2 / self.total
        middle = (share + spread / 2) / (1 + spread)
        half = sqrt(share * (1 - share) * spread + spread**2 / 4) / (1 + spread)
        # At the ends the formula gives 0 and 1 exactly; floating point misses them by a hair.
        low = 0.0 if self.count == 0 else middle - half
        high = 1.0 if self.count == self.total else middle + half
        return low, high
