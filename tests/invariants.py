"""What holds for every analysis, whatever the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from beleg.analyse import analyse
from beleg.errors import NotGerman
from beleg.modes import Mode
from beleg.records import Analysis, Event, Forecast, Quotation, Record
from beleg.text.article import Article, Span

# Made up. In front of texts of any kind, so that they are German on the whole.
GERMAN = (
    "Die Stadtwerke von Altenrode bauen ein neues Wasserwerk. Der Rat hat dem Plan am Abend "
    "zugestimmt, wie die Sprecherin Jana Wolters sagte. Die Kosten seien noch nicht bekannt, "
    "weil die Angebote der Firmen fehlen. Wer das Geld gibt, ist offen."
)
_VALUE = re.compile(r"[A-Z0-9X_:./-]+")
_KINDS = ("people", "quotes", "times", "events", "forecasts")


def read(text: str, *, published: date | None = None, mode: Mode = "news") -> Analysis:
    """The analysis of a text, which is set behind German paragraphs if it is not German."""
    article = Article(text=text, published=published, published_given=published is not None)
    try:
        return analyse(article, mode=mode)
    except NotGerman:
        frame = "\n\n".join([GERMAN] * (2 + 2 * len(text) // len(GERMAN)))
        return analyse(replace(article, text=f"{frame}\n\n{text}"), mode=mode)


def assert_sound(analysis: Analysis) -> None:
    """Places, days, ids and references of an analysis fit; its JSON says the same."""
    text = analysis.document.text
    for record in _records(analysis):
        _assert_places(record, len(text))
        _assert_days(record)
    _assert_ids(analysis)
    _assert_times(analysis)
    _assert_references(analysis)
    assert Analysis.from_json(analysis.to_json()) == analysis
    assert Analysis.from_json(analysis.to_json(indent=2)) == analysis


def _records(value: object) -> Iterator[Record]:
    """The record and all records inside it."""
    if isinstance(value, Record):
        yield value
        for name in type(value).__struct_fields__:
            yield from _records(getattr(value, name))
    elif isinstance(value, tuple) and not isinstance(value, Span):
        for item in value:
            yield from _records(item)


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans(item)


def _assert_places(record: Record, length: int) -> None:
    for name in record.__struct_fields__:
        for span in _spans(getattr(record, name)):
            assert 0 <= span.start < span.end <= length, record


def _assert_days(record: Record) -> None:
    earliest, latest = getattr(record, "earliest", None), getattr(record, "latest", None)
    assert earliest is None or latest is None or earliest <= latest, record


def _assert_ids(analysis: Analysis) -> None:
    ids = [entry.id for kind in _KINDS for entry in getattr(analysis, kind)]
    ids += [node.id for node in analysis.argument.nodes]
    assert len(ids) == len(set(ids))
    assert all(ids)


def _assert_times(analysis: Analysis) -> None:
    text = analysis.document.text
    for first, second in pairwise(analysis.times):
        assert first.span.end <= second.span.start, (first, second)
    known = {"publication"} if analysis.document.published or analysis.dating.earliest else set()
    for time in analysis.times:
        words = text[time.span.start : time.span.end]
        assert words == words.strip(), time
        assert time.anchor is None or time.anchor in known, time
        assert _VALUE.fullmatch(time.value), time
        known.add(time.id)


def _assert_references(analysis: Analysis) -> None:
    people = {person.id for person in analysis.people}
    times = {time.id for time in analysis.times}
    events = {event.id for event in analysis.events}
    quotes = {quote.id for quote in analysis.quotes}
    nodes = {node.id for node in analysis.argument.nodes}
    maybe_quote, maybe_time = {None, *quotes}, {None, *times}
    anything = people | times | events | quotes | nodes | {f.id for f in analysis.forecasts}
    for record in _records(analysis):
        assert getattr(record, "quote", None) in maybe_quote, record
        match record:
            case Quotation():
                assert record.parent in maybe_quote, record
                assert record.parent != record.id, record
                assert {*record.chain} <= people, record
                assert record.speaker is None or record.speaker.person in people, record
            case Event():
                assert record.time in maybe_time, record
                assert {*record.after} <= events, record
                assert record.id not in record.after, record
                assert {*record.people} <= people, record
            case Forecast():
                assert record.holder == "author" or record.holder in people, record
                assert record.time in maybe_time, record
    for edge in analysis.argument.edges:
        assert {edge.from_, edge.to} <= nodes, edge
    for check in analysis.checklist:
        assert {*check.records} <= anything, check
        assert check.why, check
        assert len({*check.why}) == len(check.why), check
        assert 0 < check.weight <= 1, check
    order = [(-check.weight, check.span) for check in analysis.checklist]
    assert order == sorted(order)
