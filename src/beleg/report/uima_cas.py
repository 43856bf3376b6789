"""An analysis as UIMA CAS in XMI with its type system, for INCEpTION and other UIMA programs.

Needs the packages of the extra `exports` (dkpro-cassis). The types are in uima_cas_types. The
annotations stand at the code points of the analysis; the file counts UTF-16 units, as UIMA does,
and cassis converts. The text is the article's; a character that XML 1.0 cannot hold stands as
U+FFFD, one for one. Titles, dating and address of the article have no place in it.

Checked on 2026-11-23 with Apache UIMA 2.10.2 for Java: it reads type system and document, follows
the links, and finds the words behind astral characters.

A quotation without words is left out, and so is an edge whose statements are not there.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from beleg.errors import ExtraMissing
from beleg.records import Analysis, Argument, Event, Forecast, Person, Quotation, Status
from beleg.report.export_checks import check_exportable
from beleg.report.uima_cas_types import LINK, NAMESPACE, TYPES
from beleg.report.xml_text import xml_text
from beleg.text.article import Span

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem  # type: ignore[import-untyped]

# The first moment a ZIP file can name; a real one would make every file differ.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_ARRAY = "uima.cas.FSArray"
_STRINGS = "uima.cas.StringArray"


def to_cas_zip(analysis: Analysis) -> bytes:
    """A ZIP file with TypeSystem.xml and document.xmi; the same analysis gives the same bytes.

    Raises ExtraMissing without the extra `exports`, SpanOutsideText if the analysis does not fit
    its text, EncodingBroken for a text with half a character in it.
    """
    cas = cas_of(analysis)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("TypeSystem.xml", cas.typesystem.to_xml()),
            ("document.xmi", cas.to_xmi()),
        ):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode("utf-8"))
    return out.getvalue()


def cas_of(analysis: Analysis) -> Cas:
    """The CAS, for programs that go on with cassis. Raises what `to_cas_zip` raises."""
    try:
        import cassis
    except ImportError as error:
        raise ExtraMissing(
            "UIMA CAS", "writing it needs another package", 'Run: pip install "beleg[exports]"'
        ) from error
    check_exportable(analysis)
    cas = cassis.Cas(
        typesystem=_type_system(cassis.TypeSystem()),
        sofa_string=xml_text(analysis.document.text),
        sofa_mime="text/plain",
        document_language=xml_text(analysis.document.language),
    )
    return _Filling(cas).fill(analysis)


def _type_system(types: TypeSystem) -> TypeSystem:
    link = types.create_type(LINK, "uima.cas.TOP", "A part or a place, and what it is.")
    types.create_feature(link, "role", "uima.cas.String")
    types.create_feature(link, "target", "uima.tcas.Annotation")
    for name, cas_type in TYPES.items():
        made = types.create_type(
            f"{NAMESPACE}.{name}", "uima.tcas.Annotation", cas_type.description
        )
        for feature, range_ in cas_type.features.items():
            if range_ == LINK:
                types.create_feature(made, feature, _ARRAY, elementType=link)
            else:
                types.create_feature(made, feature, range_)
    return types


class _Filling:
    """Puts the records of one analysis into a CAS."""

    def __init__(self, cas: Cas) -> None:
        self._cas = cas
        self._made: dict[str, Any] = {}  # by the id of the record; of several the first

    def fill(self, analysis: Analysis) -> Cas:
        names = {person.id: person.name for person in analysis.people}
        self._people(analysis.people)
        for time in analysis.times:
            days = {"earliest": time.earliest, "latest": time.latest}
            about = {"kind": time.type, "value": time.value, "mod": time.mod}
            where = {"anchor": time.anchor, "rule": time.rule}
            self._add("TimeX3", time.span, time.id, **about, **days, **where)
        self._quotations(analysis.quotes, names)
        self._events(analysis.events)
        for status in analysis.status:
            self._status(status)
        for forecast in analysis.forecasts:
            self._forecast(forecast)
        self._argument(analysis.argument, analysis.document.text)
        for word in analysis.wording:
            self._add("Wording", word.span, kind=word.kind, quotation=word.quote)
        for check in analysis.checklist:
            about_check = {"why": check.why, "weight": check.weight, "records": check.records}
            self._add("Check", check.span, **about_check)
        return self._cas

    def _add(
        self, kind_of: str, span: Span, identifier: str | None = None, /, **features: object
    ) -> Any:
        """Adds an annotation; days become ISO 8601, tuples arrays, nulls stay away."""
        made = self._cas.typesystem.get_type(f"{NAMESPACE}.{kind_of}")(
            begin=span.start, end=span.end
        )
        if identifier is not None:
            features |= {"identifier": identifier}
            self._made.setdefault(identifier, made)
        for feature, value in features.items():
            if isinstance(value, tuple):
                strings = self._cas.typesystem.get_type(_STRINGS)
                setattr(made, feature, strings(elements=[xml_text(str(part)) for part in value]))
            elif value is not None:
                setattr(made, feature, value if isinstance(value, float) else xml_text(str(value)))
        self._cas.add(made)
        return made

    def _link(self, source: Any, links: Iterable[tuple[str, Any]]) -> None:
        """Sets the links; a target that is not there is passed over."""
        link = self._cas.typesystem.get_type(LINK)
        elements = [link(role=role, target=target) for role, target in links if target is not None]
        if elements:
            source.links = self._cas.typesystem.get_type(_ARRAY)(elements=elements)

    def _people(self, people: Iterable[Person]) -> None:
        for person in people:
            about = {"person": person.id, "name": person.name, "kind": person.kind}
            for mention in person.mentions:
                self._add("Mention", mention, **about, roles=person.roles)

    def _quotations(self, quotes: Iterable[Quotation], names: dict[str, str]) -> None:
        links: list[tuple[Quotation, Any, list[tuple[str, Any]]]] = []
        for quote in quotes:
            if not quote.spans:
                continue
            speaker = quote.speaker
            made = self._add(
                "Quotation",
                quote.spans[0],
                quote.id,
                kind=quote.type,
                medium=quote.medium,
                speaker=speaker.person if speaker else None,
                speakerName=names.get(speaker.person) if speaker else None,
                unresolved=speaker.unresolved if speaker else None,
                sourcing=quote.sourcing,
                chain=quote.chain,
            )
            links.append((quote, made, self._parts(quote)))
        for quote, made, parts in links:
            self._link(made, [*parts, ("parent", self._made.get(quote.parent or ""))])

    def _parts(self, quote: Quotation) -> list[tuple[str, Any]]:
        places = {"QuotationPart": quote.spans[1:], "Cue": quote.cue, "Frame": quote.frame}
        parts: list[tuple[str, Any]] = []
        for name, spans in (places | {"Addressee": quote.addressee}).items():
            role = "part" if name == "QuotationPart" else name.lower()
            parts += [(role, self._add(name, span, quotation=quote.id)) for span in spans]
        if quote.speaker is not None:
            about = {"quotation": quote.id, "person": quote.speaker.person}
            parts += [("speaker", self._add("Speaker", s, **about)) for s in quote.speaker.spans]
        return parts

    def _events(self, events: Iterable[Event]) -> None:
        added: list[tuple[Event, Any]] = []
        for event in events:
            days = {"earliest": event.earliest, "latest": event.latest}
            about = {"people": event.people, "quotation": event.quote}
            added.append((event, self._add("Event", event.span, event.id, **days, **about)))
        for event, made in added:
            earlier = [("after", self._made.get(name)) for name in event.after]
            self._link(made, [("time", self._made.get(event.time or "")), *earlier])

    def _place(self, role: str, span: Span | None) -> tuple[str, Any]:
        return role, None if span is None else self._add("Place", span, role=role)

    def _status(self, status: Status) -> None:
        made = self._add("Status", status.span, label=status.label, quotation=status.quote)
        self._link(made, [self._place("about", status.about)])

    def _forecast(self, forecast: Forecast) -> None:
        window, sure = forecast.window, forecast.certainty
        made = self._add(
            "Forecast",
            forecast.span,
            forecast.id,
            kind=forecast.kind,
            holder=forecast.holder,
            quotation=forecast.quote,
            earliest=window.earliest if window else None,
            latest=window.latest if window else None,
            low=sure.low if sure else None,
            high=sure.high if sure else None,
            scale=sure.scale if sure else None,
        )
        condition = self._place("condition", forecast.condition)
        certainty = self._place("certainty", sure.span if sure else None)
        self._link(made, [("time", self._made.get(forecast.time or "")), condition, certainty])

    def _argument(self, argument: Argument, text: str) -> None:
        nodes: dict[str, tuple[Span, Any]] = {}
        for node in argument.nodes:
            about = {"role": node.role, "quotation": node.quote}
            nodes[node.id] = node.span, self._add("ArgumentNode", node.span, node.id, **about)
        for edge in argument.edges:
            if edge.from_ not in nodes or edge.to not in nodes:
                continue
            span, given = nodes[edge.from_]
            cue = text[edge.cue.start : edge.cue.end] if edge.cue else None
            made = self._add("ArgumentEdge", span, kind=edge.kind, cue=cue)
            made.Governor, made.Dependent = given, nodes[edge.to][1]
