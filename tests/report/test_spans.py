from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import msgspec
import pytest
from judged_samples import judged_sample
from report_samples import changed, find, make_analysis, make_dating, sample

from beleg.errors import SpanOutsideText
from beleg.records import Analysis, Conflict
from beleg.report.claimreview import to_claimreview
from beleg.report.csv import table_csv
from beleg.report.html import to_html
from beleg.report.terminal import to_terminal
from beleg.text.article import Span

REPORTS: list[Callable[[Analysis], str]] = [
    to_html,
    to_terminal,
    partial(table_csv, table="times"),
    partial(table_csv, table="events"),
    to_claimreview,
]


@pytest.mark.parametrize("report", REPORTS)
def test_an_analysis_of_another_text_is_refused(report: Callable[[Analysis], str]) -> None:
    analysis = sample()
    cut = changed(analysis, text=analysis.document.text[:300])
    with pytest.raises(SpanOutsideText, match="was the text changed"):
        report(cut)


@pytest.mark.parametrize("span", [Span(-1, 2), Span(2, 2), Span(3, 1), Span(0, 6)])
@pytest.mark.parametrize("report", REPORTS)
def test_a_span_that_is_none_is_refused(span: Span, report: Callable[[Analysis], str]) -> None:
    time = msgspec.structs.replace(sample().times[0], span=span)
    with pytest.raises(SpanOutsideText):
        report(make_analysis("heute", [time]))


def test_contradictions_are_checked_too() -> None:
    text = "am Montag"
    outside = Conflict(spans=(find(text, "Montag"), Span(5, 99)), because="weil")
    analysis = make_analysis(text, dating=make_dating(date(2024, 3, 7), conflicts=[outside]))
    with pytest.raises(SpanOutsideText):
        to_html(analysis)


@pytest.mark.parametrize("kind", ["status", "forecasts", "wording", "checklist"])
def test_what_is_said_about_statements_is_checked_too(kind: str) -> None:
    analysis = judged_sample()
    first, *others = getattr(analysis, kind)
    outside = msgspec.structs.replace(first, span=Span(0, len(analysis.document.text) + 1))
    with pytest.raises(SpanOutsideText):
        to_terminal(msgspec.structs.replace(analysis, **{kind: (outside, *others)}))
