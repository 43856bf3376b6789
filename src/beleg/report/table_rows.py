"""The tables of an analysis for CSV and Parquet: one row for each record, as values.

Every row is a tuple in the order of the columns. It begins with the article (hash and title), the
id where the record has one, and the place (start, end, words). Spans are dicts of start and end
(code points), days are dates, several of something are lists; words are those of the text,
unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from beleg.records import Analysis
from beleg.report.reasons import Reasons
from beleg.report.words import Words, words_of
from beleg.text.article import Span

Value = str | int | float | date | Sequence[str] | list[dict[str, int]] | None
TableRow = tuple[Value, ...]
Rows = Callable[[Analysis], Iterator[TableRow]]

ARTICLE_COLUMNS = (
    *("article", "title", "author", "outlet", "url", "published", "language"),
    *("earliest", "latest", "basis", "length", "beleg", "model"),
)
PEOPLE_COLUMNS = ("article", "title", "id", "name", "kind", "roles", "mentions")
_PLACE = ("article", "title", "start", "end", "text")
_PLACE_WITH_ID = ("article", "title", "id", "start", "end", "text")
TIME_COLUMNS = (
    *_PLACE_WITH_ID,
    *("type", "value", "mod", "earliest", "latest", "anchor", "rule", "reason"),
)
EVENT_COLUMNS = (*_PLACE_WITH_ID, "time", "earliest", "latest", "after")
QUOTE_COLUMNS = (
    *("article", "title", "id", "start", "end", "spans", "text", "type", "medium"),
    *("speaker", "speaker_name", "speaker_words", "unresolved", "cue", "frame", "addressee"),
    *("parent", "chain", "sourcing"),
)
STATUS_COLUMNS = (*_PLACE, "label", "about", "quote")
FORECAST_COLUMNS = (
    *_PLACE_WITH_ID,
    *("kind", "holder", "holder_name", "quote", "earliest", "latest", "time"),
    *("condition", "certainty", "certainty_low", "certainty_high", "scale"),
)
ARGUMENT_COLUMNS = (*_PLACE_WITH_ID, "role", "quote", "supports", "attacks", "cues")
WORDING_COLUMNS = (*_PLACE, "kind", "quote")
CHECKLIST_COLUMNS = (*_PLACE, "weight", "why", "records")
# Between the spans of one quotation stand words that are not part of it.
GAP = " … "


def tables(ui: str) -> Mapping[str, tuple[tuple[str, ...], Rows]]:
    """Columns and rows of each table by its name; `ui` is the language of the reasons."""
    return {
        "articles": (ARTICLE_COLUMNS, _articles),
        "people": (PEOPLE_COLUMNS, _people),
        "times": (TIME_COLUMNS, partial(_times, words=words_of(ui))),
        "events": (EVENT_COLUMNS, _events),
        "quotes": (QUOTE_COLUMNS, _quotes),
        "status": (STATUS_COLUMNS, _status),
        "forecasts": (FORECAST_COLUMNS, _forecasts),
        "argument": (ARGUMENT_COLUMNS, _argument),
        "wording": (WORDING_COLUMNS, _wording),
        "checklist": (CHECKLIST_COLUMNS, _checklist),
    }


def _place(analysis: Analysis, span: Span, *id_: str) -> TableRow:
    document = analysis.document
    return (document.id, document.title, *id_, span.start, span.end, _words(analysis, span))


def _words(analysis: Analysis, span: Span | None) -> str | None:
    return analysis.document.text[span.start : span.end] if span is not None else None


def _all_words(analysis: Analysis, spans: Iterable[Span]) -> list[str]:
    return [analysis.document.text[span.start : span.end] for span in spans]


def _spans(spans: Iterable[Span]) -> list[dict[str, int]]:
    return [{"start": span.start, "end": span.end} for span in spans]


def _articles(analysis: Analysis) -> Iterator[TableRow]:
    document, dating = analysis.document, analysis.dating
    yield (
        *(document.id, document.title, document.author, document.outlet, document.url),
        *(document.published, document.language),
        *(dating.earliest, dating.latest, dating.basis),
        *(len(document.text), analysis.beleg, analysis.model),
    )


def _people(analysis: Analysis) -> Iterator[TableRow]:
    document = analysis.document
    for person in analysis.people:
        about = (person.id, person.name, person.kind, list(person.roles), _spans(person.mentions))
        yield (document.id, document.title, *about)


def _times(analysis: Analysis, *, words: Words) -> Iterator[TableRow]:
    reasons = Reasons(analysis, words)
    for time in analysis.times:
        yield (
            *_place(analysis, time.span, time.id),
            *(time.type, time.value, time.mod, time.earliest, time.latest),
            *(time.anchor, time.rule, reasons.of(time).reason),
        )


def _events(analysis: Analysis) -> Iterator[TableRow]:
    for event in analysis.events:
        yield (
            *_place(analysis, event.span, event.id),
            *(event.time, event.earliest, event.latest, list(event.after)),
        )


def _quotes(analysis: Analysis) -> Iterator[TableRow]:
    document = analysis.document
    names = {person.id: person.name for person in analysis.people}
    for quote in analysis.quotes:
        speaker = quote.speaker
        places = sorted(quote.spans)
        yield (
            *(document.id, document.title, quote.id),
            places[0].start if places else None,
            max(span.end for span in places) if places else None,
            _spans(places),
            GAP.join(_all_words(analysis, places)),
            *(quote.type, quote.medium),
            speaker.person if speaker else None,
            names.get(speaker.person, speaker.person) if speaker else None,
            _all_words(analysis, speaker.spans) if speaker else [],
            speaker.unresolved if speaker else None,
            *(_all_words(analysis, spans) for spans in (quote.cue, quote.frame, quote.addressee)),
            quote.parent,
            [names.get(person, person) for person in quote.chain],
            quote.sourcing,
        )


def _status(analysis: Analysis) -> Iterator[TableRow]:
    for status in analysis.status:
        about = _words(analysis, status.about)
        yield (*_place(analysis, status.span), status.label, about, status.quote)


def _forecasts(analysis: Analysis) -> Iterator[TableRow]:
    names = {person.id: person.name for person in analysis.people}
    for forecast in analysis.forecasts:
        window, sure = forecast.window, forecast.certainty
        yield (
            *_place(analysis, forecast.span, forecast.id),
            *(forecast.kind, forecast.holder, names.get(forecast.holder), forecast.quote),
            window.earliest if window else None,
            window.latest if window else None,
            *(forecast.time, _words(analysis, forecast.condition)),
            *(
                (_words(analysis, sure.span), sure.low, sure.high, sure.scale)
                if sure is not None
                else (None,) * 4
            ),
        )


def _argument(analysis: Analysis) -> Iterator[TableRow]:
    given: dict[tuple[str, str], list[str]] = {}
    cues: dict[str, list[str]] = {}
    for edge in analysis.argument.edges:
        given.setdefault((edge.from_, edge.kind), []).append(edge.to)
        if edge.cue is not None:
            cues.setdefault(edge.from_, []).extend(_all_words(analysis, [edge.cue]))
    for node in analysis.argument.nodes:
        yield (
            *_place(analysis, node.span, node.id),
            *(node.role, node.quote),
            given.get((node.id, "supports"), []),
            given.get((node.id, "attacks"), []),
            cues.get(node.id, []),
        )


def _wording(analysis: Analysis) -> Iterator[TableRow]:
    for word in analysis.wording:
        yield (*_place(analysis, word.span), word.kind, word.quote)


def _checklist(analysis: Analysis) -> Iterator[TableRow]:
    for check in analysis.checklist:
        place = _place(analysis, check.span)
        yield (*place, check.weight, list(check.why), list(check.records))
