"""What one chooses from in the ledger; imports nothing heavy, so that commands start at once."""

from typing import Literal, get_args

Which = Literal["due", "open", "resolved", "all"]

# How a forecast came out; "void" where its question cannot be answered.
Outcome = Literal["yes", "no", "void"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

# What forecasts are grouped by when they are scored.
By = Literal["holder", "outlet", "topic", "kind"]
GROUPINGS: tuple[By, ...] = get_args(By)

# Whose figures are scored: the article's certainty words, or those the ledger's users gave.
Origin = Literal["extracted", "own"]
ORIGINS: tuple[Origin, ...] = get_args(Origin)
