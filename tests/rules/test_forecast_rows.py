"""Every row of the tables of forecasts and certainty keeps its examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from beleg.errors import RuleTableError
from beleg.layers.forecasts import find_forecasts
from beleg.layers.forecasts.conditions import certainty_of
from beleg.layers.times import find_times
from beleg.records import Dating
from beleg.rules import forecast_rules
from beleg.rules.forecast_rules import load_forecast_rules
from beleg.rules.segmentation import segmentation_table
from beleg.rules.tables import read_table
from beleg.rules.time_rules import load_time_rules
from beleg.text import segment
from beleg.text.article import Article, Span

MONDAY = date(2022, 5, 2)
RULES = load_forecast_rules()
_MARKED = re.compile(r"\{(\w+)\}\[(.*?)\](?!\w)")


def forecasts_in(text: str) -> list[tuple[str, str]]:
    article = Article(text=text, published=MONDAY, published_given=True)
    sentences = segment(text, segmentation_table())
    spans = [sentence.span for sentence in sentences]
    times = find_times(article, spans, rules=load_time_rules(), published=MONDAY, mode="news")
    dating = Dating(earliest=MONDAY, latest=MONDAY, basis="given", evidence=(), conflicts=())
    found = find_forecasts(article, sentences, (), times, dating, rules=RULES)
    return [(forecast.kind, text[slice(*forecast.span)]) for forecast in found]


@pytest.mark.parametrize("row", RULES.rows, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: Mapping[str, Any]) -> None:
    for marked in row["yes"]:
        text = _MARKED.sub(lambda match: match[2], marked)
        assert forecasts_in(text) == [match.groups() for match in _MARKED.finditer(marked)]
    for text in row["no"]:
        assert forecasts_in(text) == [], text


@pytest.mark.parametrize("row", read_table("certainty")["row"], ids=lambda row: row["id"])
def test_certainty_row_finds_its_words(row: Mapping[str, Any]) -> None:
    pattern, ranges = RULES.scales[row["scale"]]
    for phrase in row["words"].split("|"):
        assert ranges[phrase] == (row["low"], row["high"])
    for marked in row["yes"]:
        text = re.sub(r"[\[\]]", "", marked)
        assert [m[0] for m in pattern.finditer(text)] == re.findall(r"\[(.*?)\]", marked)
    for text in row["no"]:
        certainty = certainty_of(text, Span(0, len(text)), row["scale"], RULES)
        assert certainty is None or certainty.low != row["low"], text


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "hunch"), ("as", "guess"), ("needs", "noun")]
)
def test_a_row_that_does_not_fit_is_refused(
    field: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"id": "de.forecast.wrong", "kind": "modal", "as": "auto", "needs": "infinitive"}
    load_forecast_rules.cache_clear()
    wrong = {"row": [{**row, "words": "x", field: value}]}
    monkeypatch.setattr(forecast_rules, "read_table", lambda *_: wrong)
    with pytest.raises(RuleTableError, match=r"de\.forecast\.wrong"):
        load_forecast_rules()
    load_forecast_rules.cache_clear()
