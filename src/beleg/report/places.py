"""Where forecasts, arguments, checks, status cues and wording stand in the article.

Cues and words have a card and are seen always; the other places are seen only while the
reader points at their record elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from heapq import heappop, heappush

from beleg.records import Analysis
from beleg.report.marks import Mark
from beleg.text.article import Span

# Places of one sort that may lie over each other; the layers give one or two, a foreign
# file can give thousands, and every letter knows all that lie on it.
_OVER_EACH_OTHER = 4


def further_marks(analysis: Analysis) -> list[Mark]:
    """The marks of the layers beyond times, events, dating and quotations.

    A mark's id is the key of its record; what a cue bears on is "s1-about".
    """
    return [
        *_thinned(
            Mark(id=f"s{n}", layer=f"status {status.label}", span=status.span)
            for n, status in enumerate(analysis.status, start=1)
        ),
        *_thinned(
            Mark(id=f"s{n}-about", layer="about", span=status.about, quiet=True)
            for n, status in enumerate(analysis.status, start=1)
            if status.about is not None
        ),
        *_thinned(
            Mark(id=f"w{n}", layer=f"wording {wording.kind}", span=wording.span)
            for n, wording in enumerate(analysis.wording, start=1)
        ),
        *_quiet("f", (forecast.span for forecast in analysis.forecasts)),
        *_quiet("n", (node.span for node in analysis.argument.nodes)),
        *_quiet("k", (check.span for check in analysis.checklist)),
    ]


def _quiet(letter: str, spans: Iterable[Span]) -> Iterator[Mark]:
    return _thinned(
        Mark(id=f"{letter}{n}", layer="place", span=span, quiet=True)
        for n, span in enumerate(spans, start=1)
    )


def _thinned(marks: Iterable[Mark]) -> Iterator[Mark]:
    """The marks, those beyond so many over each other only by their first code point.

    So links to them still arrive, and the work stays in line with the number of marks.
    """
    ends: list[int] = []
    for mark in sorted(marks, key=lambda mark: mark.span):
        while ends and ends[0] <= mark.span.start:
            heappop(ends)
        if len(ends) < _OVER_EACH_OTHER:
            heappush(ends, mark.span.end)
            yield mark
        else:
            yield replace(mark, span=Span(mark.span.start, mark.span.start + 1))
