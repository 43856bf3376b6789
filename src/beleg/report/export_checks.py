"""What every exchange format asks of an analysis before a word of it is written."""

from __future__ import annotations

from beleg.records import Analysis
from beleg.report.spans import check_spans
from beleg.text.article import Article


def check_exportable(analysis: Analysis) -> None:
    """Refuses an analysis that other programs would read wrongly.

    Raises SpanOutsideText unless every span, mentions of people included, fits the text, and
    EncodingBroken for a text with half a character in it, which no file format can hold.
    """
    check_spans(analysis)
    article = Article(text=analysis.document.text, source=analysis.document.id)
    for person in analysis.people:
        for mention in person.mentions:
            article.span(mention.start, mention.end)
