"""An analysis as W3C Web Annotations in JSON-LD: one annotation for each record.

Source of the format: Web Annotation Data Model, W3C Recommendation of 23 February 2017. Positions
are code points, as there: "The selection of the text must be in terms of unicode code points (the
"character number"), not in terms of code units" (4.2.4, to which 4.2.5 refers). Every place is
given twice, by TextPositionSelector and by TextQuoteSelector with the words around it.

What the annotations are about (`source`) is the text itself, named by its hash (RFC 6920:
"ni:///sha-256;…"), because the offsets count in that text and not in the page it came from; the
address of the page, if it is safe to link, is the `scope`. The ids of annotations are the same
name with the id of the record behind "#".

Bodies: what the record is ("quotation") and its labels ("direct"), each a text with the purpose
"classifying"; and the whole record as JSON (docs/schema/analysis-1.json) with the purpose
"describing", so nothing is lost. An edge of the argument is an annotation with the motivation
"linking" on the statement given, its body the annotation of the one it bears on. A record in
several places has several targets. A person without a mention and a record without a place are
left out; the dating of the article is the annotation "dating" on its evidence.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote as percent_encoded

import msgspec

from beleg.records import Analysis, Document, Record
from beleg.report.export_checks import check_exportable
from beleg.report.safe import link
from beleg.report.script_json import script_json
from beleg.text.article import Span

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # code points before and after the words, as Hypothesis takes them


def to_web_annotation(analysis: Analysis, *, indent: int | None = None) -> str:
    """One AnnotationPage in JSON-LD, on one line unless `indent` is given, without a break at the end.

    It can be put into an HTML script element as it is. Raises SpanOutsideText if the analysis does
    not fit its text, EncodingBroken for a text with half a character in it.
    """
    check_exportable(analysis)
    source = _name_of(analysis.document.text)
    page = {
        "@context": _CONTEXT,
        "id": f"{source}#annotations",
        "type": "AnnotationPage",
        "items": list(_Annotations(analysis, source).all()),
    }
    return script_json(page, indent=indent)


def _name_of(text: str) -> str:
    """The text's name: "ni:///sha-256;" and its hash in base64url without padding (RFC 6920, 3)."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return "ni:///sha-256;" + base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


class _Annotations:
    """The annotations of one analysis."""

    def __init__(self, analysis: Analysis, source: str) -> None:
        self._analysis = analysis
        self._source = source
        self._scope = link(analysis.document.url)
        self._generator = {"type": "Software", "name": f"Beleg {analysis.beleg}"}

    def all(self) -> Iterator[dict[str, Any]]:
        """In the order of the fields of the analysis."""
        analysis = self._analysis
        evidence = [reason.span for reason in analysis.dating.evidence]
        yield from self._one("dating", analysis.dating, evidence, "dating", analysis.dating.basis)
        for person in analysis.people:
            yield from self._one(person.id, person, person.mentions, "person", person.kind)
        for quote in analysis.quotes:
            kinds = (quote.type, quote.sourcing)
            yield from self._one(quote.id, quote, quote.spans, "quotation", *kinds)
        for time in analysis.times:
            yield from self._one(time.id, time, [time.span], "time", time.type)
        for n, status in enumerate(analysis.status, 1):
            yield from self._one(f"status-{n}", status, [status.span], "status", status.label)
        for event in analysis.events:
            yield from self._one(event.id, event, [event.span], "event")
        for forecast in analysis.forecasts:
            where = [forecast.span]
            yield from self._one(forecast.id, forecast, where, "forecast", forecast.kind)
        yield from self._argument()
        for n, word in enumerate(analysis.wording, 1):
            yield from self._one(f"wording-{n}", word, [word.span], "wording", word.kind)
        for n, check in enumerate(analysis.checklist, 1):
            yield from self._one(f"check-{n}", check, [check.span], "check", *check.why)

    def _argument(self) -> Iterator[dict[str, Any]]:
        spans = {node.id: node.span for node in self._analysis.argument.nodes}
        for node in self._analysis.argument.nodes:
            yield from self._one(node.id, node, [node.span], "statement", node.role)
        for n, edge in enumerate(self._analysis.argument.edges, 1):
            if edge.from_ not in spans or edge.to not in spans:
                continue
            other = {"type": "SpecificResource", "source": self._id(edge.to), "purpose": "linking"}
            yield {
                "id": self._id(f"edge-{n}"),
                "type": "Annotation",
                "motivation": "linking",
                "generator": self._generator,
                "body": [other, *_labels(["edge", edge.kind]), _whole(edge)],
                "target": self._target(spans[edge.from_]),
            }

    def _one(
        self, identifier: str, record: Record, spans: Sequence[Span], *labels: str
    ) -> Iterator[dict[str, Any]]:
        """The annotation of a record; none if it stands nowhere."""
        targets = [self._target(span) for span in spans]
        if targets:
            yield {
                "id": self._id(identifier),
                "type": "Annotation",
                "motivation": "classifying",
                "generator": self._generator,
                "body": [*_labels(labels), _whole(record)],
                "target": targets if len(targets) > 1 else targets[0],
            }

    def _id(self, identifier: str) -> str:
        return f"{self._source}#{percent_encoded(identifier, safe='')}"

    def _target(self, span: Span) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "SpecificResource", "source": self._source}
        if self._scope is not None:
            found["scope"] = self._scope
        return found | {"selector": _selectors(self._analysis.document, span)}


def _selectors(document: Document, span: Span) -> list[dict[str, Any]]:
    text = document.text
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": text[span.start : span.end],
            "prefix": text[max(0, span.start - _AROUND) : span.start],
            "suffix": text[span.end : span.end + _AROUND],
        },
    ]


def _labels(labels: Iterable[str]) -> list[dict[str, str]]:
    return [
        {"type": "TextualBody", "value": label, "purpose": "classifying", "format": "text/plain"}
        for label in labels
    ]


def _whole(record: Record) -> dict[str, str]:
    value = msgspec.json.encode(record).decode("utf-8")
    body = {"type": "TextualBody", "value": value, "purpose": "describing"}
    return body | {"format": "application/json"}
