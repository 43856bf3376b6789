"""What the choices of a form are made from: the contract's labels, and records of the article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from beleg.ledger.correcting import Layer
from beleg.ledger.correcting.kinds import Json
from beleg.records import (
    Analysis,
    ArgumentRole,
    CheckReason,
    ForecastKind,
    PersonKind,
    QuotationType,
    Sourcing,
    StatusLabel,
    TimeType,
    WordingKind,
)
from beleg.report.safe import beginning, one_line, shorten
from beleg.report.words import Words
from beleg.text.article import Span
from beleg.web.reading.fields import (
    FIELDS,
    Control,
    Field,
    Source,
    labels_of,
    typed_value,
    value_of,
)

_LABELS: Mapping[Source, Any] = {
    "quotation": QuotationType, "sourcing": Sourcing, "type": TimeType, "status": StatusLabel,
    "wording": WordingKind, "forecast": ForecastKind, "role": ArgumentRole, "why": CheckReason,
    "person": PersonKind,
}  # fmt: skip
_FIXED: Mapping[Source, tuple[str, ...]] = {
    "medium": ("speech", "writing", "thought", "sw", "st", "tw", "other"),
    "edge": ("supports", "attacks"),
    **{source: labels_of(labels) for source, labels in _LABELS.items()},
}
_LONGEST = 70
_MANY = 8  # places told in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A field as a form shows it; places: pairs of offsets, the last one may be empty.

    options: (value, words) of a choice. told: the value in words. before: what it was in words
    before somebody corrected it, null where nobody did.
    """

    name: str
    control: Control
    value: Any
    options: tuple[tuple[str, str], ...]
    optional: bool
    many: bool
    told: str
    before: str | None


def shown_fields(
    layer: Layer,
    record: Json,
    analysis: Analysis,
    form: FormData | None,
    *,
    before: Json | None = None,
    report: Words,
    pages: Words,
) -> tuple[Shown, ...]:
    """The fields of a layer with a record's values, or with what was typed already.

    before: the record as it was before anybody corrected it. report, pages: words of the reports and of the pages.
    """
    options = _Options(analysis, record, report, pages)
    shown = []
    for field in FIELDS[layer]:
        typed = None if form is None else typed_value(field, form)
        now = value_of(field, record)
        value = now if typed is None else typed
        old = None if before is None else value_of(field, before)
        shown.append(
            Shown(
                name=field.name,
                control=field.control,
                value=value,
                options=options.of(field, value),
                optional=field.optional,
                many=field.most > 1,
                told=options.told(field, now),
                before=None if old is None or old == now else options.told(field, old),
            )
        )
    return tuple(shown)


class _Options:
    def __init__(self, analysis: Analysis, record: Json, report: Words, pages: Words) -> None:
        self._analysis = analysis
        self._record = record
        self._report = report
        self._pages = pages

    def of(self, field: Field, value: Any) -> tuple[tuple[str, str], ...]:
        if field.source is None:
            return ()
        if field.source in _FIXED:
            found = [(label, self._name(field.source, label)) for label in _FIXED[field.source]]
        else:
            found = self._records(field.source)
        known = {name for name, _ in found}
        if field.control == "choice" and value and value not in known:
            found.append((value, one_line(str(value))))
        return tuple(found)

    def told(self, field: Field, value: Any) -> str:
        """The value in words; of places the words that stand there."""
        if field.control == "places":
            return " … ".join(self._at(Span(*place)) for place in value[:_MANY])
        if field.control in ("lines", "boxes"):
            names = dict(self.of(field, value))
            return ", ".join(one_line(names.get(one, one)) for one in value)
        return dict(self.of(field, value)).get(value, one_line(str(value)))

    def _name(self, source: Source, label: str) -> str:
        if source in ("person", "edge"):
            return self._pages.say(f"reading.{source}.{label}")
        return self._report.say(f"{source}.{label}")

    def _records(self, source: Source) -> list[tuple[str, str]]:
        analysis = self._analysis
        match source:
            case "people":
                return self._people()
            case "holders":
                return [("author", self._pages.say("reading.the_author")), *self._people()]
            case "quotes":
                return [(q.id, self._at(q.spans[0])) for q in analysis.quotes if q.spans]
            case "around":
                return self._around()
            case "nodes":
                return [(node.id, self._at(node.span)) for node in analysis.argument.nodes]
            case _:
                return [(time.id, self._at(time.span)) for time in analysis.times]

    def _people(self) -> list[tuple[str, str]]:
        people = [(p.id, shorten(one_line(p.name), _LONGEST)) for p in self._analysis.people]
        return sorted(people, key=lambda person: person[1].casefold())

    def _around(self) -> list[tuple[str, str]]:
        """The quotations that share a word with this one, so that it can stand inside them."""
        mine = [Span(*span) for span in self._record["spans"]]
        return [
            (quote.id, self._at(quote.spans[0]))
            for quote in self._analysis.quotes
            if quote.id != self._record.get("id")
            and any(one.overlaps(other) for one in mine for other in quote.spans)
        ]

    def _at(self, span: Span) -> str:
        return beginning(self._analysis.document.text, span, _LONGEST)
