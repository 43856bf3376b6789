"""What filters offer, as the contract names it (`beleg.records`)."""

from __future__ import annotations

from typing import get_args

from beleg.records import CheckReason, ForecastKind, QuotationType, Sourcing

# Groups and descriptions are nobody across articles.
PERSON_KINDS = ("person", "organisation", "outlet", "document")
QUOTATION_TYPES: tuple[str, ...] = get_args(QuotationType)
SOURCINGS: tuple[str, ...] = get_args(Sourcing)
FORECAST_KINDS: tuple[str, ...] = get_args(ForecastKind)
CHECK_REASONS: tuple[str, ...] = get_args(CheckReason)
