"""Rows for what is said about statements: status, forecasts, argument, wording, checklist.

Every row begins with the article (hash and title), the id where the record has one, and the
place (start, end, words). Fields of several ids or words have blanks between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from beleg.records import Analysis
from beleg.report.csv_cells import Row
from beleg.text.article import Span

JudgedTable = Literal["status", "forecasts", "argument", "wording", "checklist"]
_PLACE = ("article", "title", "start", "end", "text")
_PLACE_WITH_ID = ("article", "title", "id", "start", "end", "text")
_BETWEEN_REASONS = "; "

STATUS_COLUMNS = (*_PLACE, "label", "about", "quote")
FORECAST_COLUMNS = (
    *_PLACE_WITH_ID,
    *("kind", "holder", "holder_name", "quote", "earliest", "latest", "time"),
    *("condition", "certainty", "certainty_low", "certainty_high", "scale"),
)
ARGUMENT_COLUMNS = (*_PLACE_WITH_ID, "role", "quote", "supports", "attacks", "cues")
WORDING_COLUMNS = (*_PLACE, "kind", "quote")
CHECKLIST_COLUMNS = (*_PLACE, "weight", "why", "records")


def _place(analysis: Analysis, span: Span, *id_: str) -> Row:
    document = analysis.document
    return (document.id, document.title, *id_, span.start, span.end, _words(analysis, span))


def _words(analysis: Analysis, span: Span | None) -> str | None:
    return analysis.document.text[span.start : span.end] if span is not None else None


def _status(analysis: Analysis) -> Iterator[Row]:
    for status in analysis.status:
        about = _words(analysis, status.about)
        yield (*_place(analysis, status.span), status.label, about, status.quote)


def _forecasts(analysis: Analysis) -> Iterator[Row]:
    names = {person.id: person.name for person in analysis.people}
    for forecast in analysis.forecasts:
        window, sure = forecast.window, forecast.certainty
        yield (
            *_place(analysis, forecast.span, forecast.id),
            forecast.kind,
            forecast.holder,
            names.get(forecast.holder),
            forecast.quote,
            window.earliest.isoformat() if window and window.earliest else None,
            window.latest.isoformat() if window and window.latest else None,
            forecast.time,
            _words(analysis, forecast.condition),
            *(
                (_words(analysis, sure.span), sure.low, sure.high, sure.scale)
                if sure is not None
                else (None,) * 4
            ),
        )


def _argument(analysis: Analysis) -> Iterator[Row]:
    given: dict[tuple[str, str], list[str]] = {}
    cues: dict[str, list[str]] = {}
    for edge in analysis.argument.edges:
        given.setdefault((edge.from_, edge.kind), []).append(edge.to)
        if edge.cue is not None:
            cues.setdefault(edge.from_, []).append(_words(analysis, edge.cue) or "")
    for node in analysis.argument.nodes:
        yield (
            *_place(analysis, node.span, node.id),
            node.role,
            node.quote,
            " ".join(given.get((node.id, "supports"), ())),
            " ".join(given.get((node.id, "attacks"), ())),
            _BETWEEN_REASONS.join(cues.get(node.id, ())),
        )


def _wording(analysis: Analysis) -> Iterator[Row]:
    for word in analysis.wording:
        yield (*_place(analysis, word.span), word.kind, word.quote)


def _checklist(analysis: Analysis) -> Iterator[Row]:
    for check in analysis.checklist:
        why = _BETWEEN_REASONS.join(check.why)
        yield (*_place(analysis, check.span), check.weight, why, " ".join(check.records))


JUDGED: Mapping[JudgedTable, tuple[tuple[str, ...], Callable[[Analysis], Iterator[Row]]]] = {
    "status": (STATUS_COLUMNS, _status),
    "forecasts": (FORECAST_COLUMNS, _forecasts),
    "argument": (ARGUMENT_COLUMNS, _argument),
    "wording": (WORDING_COLUMNS, _wording),
    "checklist": (CHECKLIST_COLUMNS, _checklist),
}
