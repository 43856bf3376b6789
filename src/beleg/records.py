"""One frozen record type per layer, the Analysis that holds them, and its JSON.

The JSON is schema version 1: field names, order and null rules are fixed there and
in docs/schema/analysis-1.json, which is generated from these types.
Spans are `[start, end)` in code points of `document.text`; days are ISO 8601 and
inclusive, null means open (or, for other fields, known to be absent).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from beleg.errors import AnalysisFormatError
from beleg.text.article import Span

SCHEMA_VERSION = 1

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Basis = Literal["given", "metadata", "inferred"]
PersonKind = Literal["person", "organisation", "group", "document", "outlet", "unknown"]
QuotationType = Literal["direct", "indirect", "indirect-free-indirect", "free-indirect", "reported"]
Sourcing = Literal["named_person", "named_org", "role", "group", "anonymous", "document", "outlet"]
StatusLabel = Literal["confirmed", "unconfirmed", "denied", "alleged", "conceded", "speculated"]
ForecastKind = Literal["prediction", "announcement", "conditional", "warning"]
ArgumentRole = Literal["conclusion", "premise", "precedent", "objection"]
WordingKind = Literal["loaded", "scare-quote", "hedge", "intensifier"]
CheckReason = Literal[
    "unnamed source", "unconfirmed", "denied", "load-bearing",
    "exact figure", "precise quotation", "dated", "announced date",
]  # fmt: skip


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all records: immutable, compared by value, strict when read from JSON."""


class Document(Record, frozen=True):
    """The article as read; `id` is the hash of `text`."""

    id: str
    text: str
    title: str | None
    author: str | None
    outlet: str | None
    url: str | None
    published: date | None
    language: str


class Evidence(Record, frozen=True):
    """One reason for a bound of the dating window: the words, and what follows from them."""

    span: Span
    because: str
    earliest: date | None
    latest: date | None


class Conflict(Record, frozen=True):
    """Places of the text that cannot all be right."""

    spans: tuple[Span, ...]
    because: str


class Dating(Record, frozen=True):
    """The days on which the article can have been written, both ends inclusive."""

    earliest: date | None
    latest: date | None
    basis: Basis
    evidence: tuple[Evidence, ...]
    conflicts: tuple[Conflict, ...]


class Person(Record, frozen=True):
    """Somebody or something that can speak, with every mention."""

    id: str
    name: str
    kind: PersonKind
    roles: tuple[str, ...]
    mentions: tuple[Span, ...]


class Speaker(Record, frozen=True):
    """Who speaks, and the words that say so.

    unresolved: why `person` is only the words themselves ("er", "der Sprecher") and not the one
        meant: "none" (nobody fits), "several" (more than one does); null where it is resolved.
    """

    person: str
    spans: tuple[Span, ...]
    unresolved: Literal["none", "several"] | None


class Quotation(Record, frozen=True):
    """What somebody is said to have said, with cue, frame, speaker and chain of voices."""

    id: str
    type: QuotationType
    medium: str
    spans: tuple[Span, ...]
    cue: tuple[Span, ...]
    frame: tuple[Span, ...]
    addressee: tuple[Span, ...]
    speaker: Speaker | None
    parent: str | None
    chain: tuple[str, ...]
    sourcing: Sourcing


class TimeExpression(Record, frozen=True):
    """A temporal expression (TIMEX3) and the days it denotes.

    value: TIMEX3 value as far as the wording and the anchor determine it.
    earliest, latest: first and last day, inclusive; null where unknown or open.
    anchor: "publication", the id of an earlier expression, or null.
    rule: id of the table row that found it; after "#" the reading that was chosen.
    """

    id: str
    span: Span
    type: TimeType
    value: str
    mod: str | None
    earliest: date | None
    latest: date | None
    anchor: str | None
    rule: str


class Status(Record, frozen=True):
    """A cue of how established a statement is, and the statement it bears on."""

    span: Span
    label: StatusLabel
    about: Span | None
    quote: str | None


class Event(Record, frozen=True):
    """What happened: the clause around a time, and its place in the order of events."""

    id: str
    span: Span
    time: str | None
    earliest: date | None
    latest: date | None
    after: tuple[str, ...]
    people: tuple[str, ...]
    quote: str | None


class Window(Record, frozen=True):
    """Days between which a forecast can come true, inclusive."""

    earliest: date | None
    latest: date | None


class Certainty(Record, frozen=True):
    """A certainty word and its range of probability on a named scale."""

    span: Span
    low: float
    high: float
    scale: str


class Forecast(Record, frozen=True):
    """A statement about what will or will not happen after publication."""

    id: str
    span: Span
    kind: ForecastKind
    holder: str
    quote: str | None
    window: Window | None
    time: str | None
    condition: Span | None
    certainty: Certainty | None


class ArgumentNode(Record, frozen=True):
    """A statement in its part in the argument."""

    id: str
    span: Span
    role: ArgumentRole
    quote: str | None


class ArgumentEdge(Record, frozen=True):
    """One statement given for or against another."""

    from_: str = msgspec.field(name="from")
    to: str
    kind: Literal["supports", "attacks"]
    cue: Span | None


class Argument(Record, frozen=True):
    """The argument as a graph."""

    nodes: tuple[ArgumentNode, ...]
    edges: tuple[ArgumentEdge, ...]


class Wording(Record, frozen=True):
    """A word that judges, hedges or heightens instead of reporting."""

    span: Span
    kind: WordingKind
    quote: str | None


class Check(Record, frozen=True):
    """Something to verify, with the reasons and the records it rests on.

    why: the heaviest reason first. weight: of all together; it ranks and is no probability.
    """

    span: Span
    why: tuple[CheckReason, ...]
    weight: Annotated[float, msgspec.Meta(ge=0, le=1)]
    records: tuple[str, ...]


class Analysis(Record, frozen=True):
    """Everything Beleg found in one article."""

    schema: Literal[1]
    beleg: str
    model: str
    document: Document
    dating: Dating
    people: tuple[Person, ...]
    quotes: tuple[Quotation, ...]
    times: tuple[TimeExpression, ...]
    status: tuple[Status, ...]
    events: tuple[Event, ...]
    forecasts: tuple[Forecast, ...]
    argument: Argument
    wording: tuple[Wording, ...]
    checklist: tuple[Check, ...]

    def to_dict(self) -> dict[str, Any]:
        """The contract as plain dicts, lists, strings and numbers."""
        result: dict[str, Any] = msgspec.to_builtins(self)
        return result

    def to_json(self, *, indent: int | None = None) -> str:
        """The contract as JSON text; one line unless `indent` is given."""
        data = msgspec.json.encode(self)
        if indent is not None:
            data = msgspec.json.format(data, indent=indent)
        return data.decode("utf-8")

    @classmethod
    def from_json(cls, text: str | bytes) -> Analysis:
        """Read what `to_json` wrote. Raises AnalysisFormatError saying what does not fit."""
        try:
            return msgspec.json.decode(text, type=cls)
        except (msgspec.DecodeError, UnicodeError) as error:
            raise AnalysisFormatError(
                f"not an analysis of schema version {SCHEMA_VERSION}: {error}"
            ) from error


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an analysis."""
    schema = msgspec.json.schema(Analysis)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Beleg analysis, schema version {SCHEMA_VERSION}",
        **schema,
    }
