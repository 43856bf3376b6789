"""What is known of one forecast when scores are reckoned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A forecast with what was said and what came of it.

    holder, outlet, topic: None where unknown.
    probability: share of 1 given to "yes", None where no word or figure says how sure.
    low, high: range of the certainty word on its scale, both ends included, for which
        `probability` stands (see `middle`); None where the probability was given as a figure.
    outcome: True came true, False did not, None void (if resolved) or open (if not).
    resolved: whether a verdict stands; not while it is disputed.
    window_end: last day on which it can come true, inclusive; None without a deadline.

    Raises ValueError for a probability outside of 0 to 1 or of its range, half a range, and
    an outcome of what is not resolved.
    """

    forecast_id: int
    holder: str | None
    outlet: str | None
    topic: str | None
    kind: str
    probability: float | None
    outcome: bool | None
    window_end: date | None
    resolved: bool
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if self.outcome is not None and not self.resolved:
            raise ValueError(f"forecast {self.forecast_id}: an outcome, but not resolved")
        if (self.low is None) != (self.high is None):
            raise ValueError(f"forecast {self.forecast_id}: half a range of probability")
        if self.probability is None:
            if self.low is not None:
                raise ValueError(f"forecast {self.forecast_id}: a range without a probability")
            return
        low, high = self.range or (self.probability, self.probability)
        if not 0 <= low <= self.probability <= high <= 1:
            raise ValueError(
                f"forecast {self.forecast_id}: probability {self.probability} "
                f"does not lie in {low} to {high} within 0 to 1"
            )

    @property
    def range(self) -> tuple[float, float] | None:
        """The lowest and highest probability meant; None without a certainty word."""
        if self.low is None or self.high is None:
            return None
        return self.low, self.high

    def passed(self, today: date) -> bool:
        """Whether the last day of the window lies before `today`; never without a deadline."""
        return self.window_end is not None and self.window_end < today

    @property
    def void(self) -> bool:
        """Whether it was resolved as neither yes nor no."""
        return self.resolved and self.outcome is None


def middle(low: float, high: float) -> float:
    """The probability scored for a certainty word: the middle of its range.

    A convention, not what the speaker meant; the Brier scores at the ends stand beside.
    """
    return (low + high) / 2
