"""Refuses an analysis whose places do not lie in its text."""

from __future__ import annotations

from collections.abc import Iterator

from beleg.errors import SpanOutsideText
from beleg.records import Analysis
from beleg.text.article import Span


def check_spans(analysis: Analysis) -> None:
    """Raises SpanOutsideText unless every span that reports show fits the article's text.

    Analyses read from JSON can have been edited; showing other words than the ones meant
    would be worse than showing nothing.
    """
    length = len(analysis.document.text)
    for span in _shown(analysis):
        if not 0 <= span.start < span.end <= length:
            raise SpanOutsideText(span.start, span.end, length)


def _shown(analysis: Analysis) -> Iterator[Span]:
    for time in analysis.times:
        yield time.span
    for event in analysis.events:
        yield event.span
    for evidence in analysis.dating.evidence:
        yield evidence.span
    for conflict in analysis.dating.conflicts:
        yield from conflict.spans
    for quote in analysis.quotes:
        for spans in (quote.spans, quote.cue, quote.frame, quote.addressee):
            yield from spans
        if quote.speaker is not None:
            yield from quote.speaker.spans
    yield from _in_later_layers(analysis)


def _in_later_layers(analysis: Analysis) -> Iterator[Span]:
    """Places of status, forecasts, argument, wording and checklist."""
    for status in analysis.status:
        yield status.span
        if status.about is not None:
            yield status.about
    for forecast in analysis.forecasts:
        yield forecast.span
        if forecast.condition is not None:
            yield forecast.condition
        if forecast.certainty is not None:
            yield forecast.certainty.span
    for node in analysis.argument.nodes:
        yield node.span
    for edge in analysis.argument.edges:
        if edge.cue is not None:
            yield edge.cue
    for wording in analysis.wording:
        yield wording.span
    for check in analysis.checklist:
        yield check.span
