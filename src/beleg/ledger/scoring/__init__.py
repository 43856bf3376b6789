"""Scores of forecasts, as pure functions; docs/scores.md says what each figure means.

No library does the arithmetic. scikit-learn (`brier_score_loss`, `calibration_curve`) and SciPy
(`proportion_ci`, which tests compare with) are sound, but would bring tens of megabytes into the
core for a few lines; `scoringrules` needs SciPy and has no decomposition; `properscoring` has had
no release since 2015. Sums are `math.fsum`, exact up to the last rounding, so that the order of
the forecasts never changes a figure.
"""

from beleg.ledger.choices import By
from beleg.ledger.scoring.accuracy import DEFAULT_BINS, Accuracy, Bin, Decomposition, accuracy_of
from beleg.ledger.scoring.groups import DEFAULT_MINIMUM, Score, Tally, score, total
from beleg.ledger.scoring.proportion import Proportion
from beleg.ledger.scoring.scored import Scored, middle

__all__ = [
    "DEFAULT_BINS",
    "DEFAULT_MINIMUM",
    "Accuracy",
    "Bin",
    "By",
    "Decomposition",
    "Proportion",
    "Score",
    "Scored",
    "Tally",
    "accuracy_of",
    "middle",
    "score",
    "total",
]
