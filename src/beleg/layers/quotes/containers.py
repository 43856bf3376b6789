"""Quotations that hold whole paragraphs: a reprinted article, a long statement, a letter.

Inside of one the text is like an article of its own, with quotations in it. Were the outer marks
left in place, everything would look like direct speech; so they are taken for a quotation by
rule, and what is inside is read as if they were not there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from beleg.drafts import FoundQuotation
from beleg.text import Sentence, Span
from beleg.text.marks import Marked

_MOSTLY = 0.9  # share of a container that a quotation by rules must cover to be the same


def find_containers(sentences: Sequence[Sentence], marked: Sequence[Marked]) -> tuple[Marked, ...]:
    """The stretches between marks that begin in one paragraph and close in a later one.

    A mark that is never closed contains nothing: it is more often a slip than a quotation.
    """
    starts = [s.span.start for s in sentences]

    def paragraph(at: int) -> int:
        return sentences[max(bisect_right(starts, at) - 1, 0)].paragraph

    return tuple(
        m for m in marked if m.closed and paragraph(m.span.start) < paragraph(m.span.end - 1)
    )


def marks_inside(marked: Sequence[Marked], containers: Sequence[Marked]) -> tuple[Marked, ...]:
    """The other stretches, as deep as they are when the containers are not counted."""
    around = [c.span for c in containers]
    return tuple(
        m._replace(depth=m.depth - sum(c.start <= m.span.start < c.end for c in around))
        for m in marked
        if m.span not in around
    )


def quotation_of(container: Marked, by_rules: Sequence[FoundQuotation]) -> FoundQuotation:
    """The container as a quotation: with frame and speaker where the rules find them.

    by_rules: what the rules find when they see the container's marks.
    """
    for quote in by_rules:
        if quote.type == "direct" and _covers(quote, container.span):
            return quote
    return FoundQuotation(
        type="direct",
        medium="SW",
        spans=(container.span,),
        speaker=(),
        cue=(),
        frame=(),
        addressee=(),
    )


def _covers(quote: FoundQuotation, span: Span) -> bool:
    shared = sum(max(0, min(s.end, span.end) - max(s.start, span.start)) for s in quote.spans)
    size = sum(s.end - s.start for s in quote.spans)
    return shared >= _MOSTLY * max(span.end - span.start, size)
