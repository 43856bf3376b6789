"""Reads the tables of the checklist: weights of reasons (checklist.toml), figures (figures.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from beleg.errors import RuleTableError
from beleg.records import CheckReason
from beleg.rules.forecast_rules import load_forecast_rules
from beleg.rules.tables import check_choices, read_table, rows_of
from beleg.rules.time_rules import load_time_rules

FigureKind = Literal["unit", "sign", "fraction", "part", "label", "attribute", "no-attribute"]


@dataclass(frozen=True, slots=True)
class FigureRules:
    """The words that tell which numbers are figures.

    words: by kind. numbers: numbers in letters (lower case) and their values.
    attribute: fits a word that can stand between a number and its noun.
    """

    words: Mapping[FigureKind, frozenset[str]]
    numbers: Mapping[str, int | float | str]
    attribute: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ChecklistRules:
    """weights: of the reasons, the heaviest first. demand: words by which something is asked for."""

    weights: Mapping[CheckReason, float]
    figures: FigureRules
    demand: frozenset[str]

    def weight(self, why: Iterable[CheckReason]) -> float:
        """What several reasons count together, to two places: 1 - (1 - w1)(1 - w2)…"""
        left = 1.0
        for reason in why:
            left *= 1.0 - self.weights[reason]
        return round(1.0 - left, 2)


@cache
def load_checklist_rules(language: str = "de") -> ChecklistRules:
    """The tables, compiled once. Raises RuleTableError if a reason, weight or kind is none."""
    return ChecklistRules(
        weights=_weights(),
        figures=load_figure_rules(language),
        demand=load_forecast_rules(language).classes["demand"],
    )


def _weights() -> Mapping[CheckReason, float]:
    found: dict[CheckReason, float] = {}
    for row in read_table("checklist", None)["row"]:
        check_choices("checklist", row, [("why", row.get("why"), get_args(CheckReason))])
        if not 0 < row["weight"] < 1:
            raise RuleTableError(f"checklist.toml, row {row['id']}: weight is not between 0 and 1")
        found[row["why"]] = float(row["weight"])
    missing = set(get_args(CheckReason)) - set(found)
    if missing:
        raise RuleTableError(f"checklist.toml: no weight for {', '.join(sorted(missing))}")
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


@cache
def load_figure_rules(language: str = "de") -> FigureRules:
    """The words of figures, compiled once. Raises RuleTableError if a row's kind is none."""
    words: dict[FigureKind, set[str]] = {kind: set() for kind in get_args(FigureKind)}
    rows = read_table("figures", language)["row"]
    for row in rows:
        check_choices("figures", row, [("kind", row.get("kind"), get_args(FigureKind))])
    for kind, found in words.items():
        for row in rows_of(rows, kind):
            found.update(row["words"].split("|"))
    endings = "|".join(sorted(words["attribute"]))
    return FigureRules(
        words={kind: frozenset(found) for kind, found in words.items()},
        numbers=load_time_rules(language).lexicon.words("num"),
        attribute=re.compile(rf"[^\W\d_A-ZÄÖÜ]\w{{1,40}}(?:{endings})"),
    )
