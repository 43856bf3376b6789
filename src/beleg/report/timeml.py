"""An analysis as TimeML 1.2.1, in the layout of TempEval-3: the times, the events, their order.

Source of the format: TimeML Working Group, "TimeML 1.2.1: A Formal Specification Language for
Events and Temporal Expressions" (October 2005), and the .tml files of TempEval-3 (UzZaman et al.
2013): DOCID, DCT, TITLE, TEXT, then MAKEINSTANCE and TLINK.

The characters of TEXT are those of `document.text`, in number and order, so offsets into it are
the offsets of the analysis. A character that XML 1.0 cannot hold stands as U+FFFD.

What TimeML asks for and the records do not say, or the other way round:

- A Beleg event is a clause, which mostly holds a time; in TimeML neither tag may stand in the
  other. The EVENT is the longest piece of the clause in which no other tag stands. An event
  without such a piece, and a time that overlaps an earlier one, are left out.
- `class` must be given: always OCCURRENCE. `tense`, `aspect` and `pos` say NONE, NONE, OTHER.
- An event IS_INCLUDED in its time if the time names first and last day; else nothing is said.
- DCT names the day of publication, else the month or year in which the dating window lies.
- Windows, rules, people, quotations and everything judged have no place in TimeML.

Comments after the document say how many characters, times and events it does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from beleg.records import Analysis, Dating, Document, Event, TimeExpression
from beleg.report.export_checks import check_exportable
from beleg.report.timeml_tags import Tagged, event_tags, time_tags
from beleg.report.xml_text import replaced, xml_text
from beleg.text.article import Span

_UNKNOWN_DAY = "XXXX-XX-XX"
_DCT = "t0"
_WithId = TypeVar("_WithId", TimeExpression, Event)
_MODS = frozenset(
    {
        *("BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN"),
        *("EQUAL_OR_LESS", "EQUAL_OR_MORE", "START", "MID", "END", "APPROX"),
    }
)


def to_timeml(analysis: Analysis) -> str:
    """The .tml document, ending in a line break.

    Raises SpanOutsideText if the analysis does not fit its text, EncodingBroken for a text with
    half a character in it.
    """
    check_exportable(analysis)
    tags = _tags_of(analysis)
    root = etree.Element("TimeML")
    root.text = "\n"
    _child(root, "DOCID").text = xml_text(analysis.document.id)
    _add_dct(_child(root, "DCT"), analysis.document, analysis.dating)
    _child(root, "TITLE").text = xml_text(analysis.document.title or "")
    _add_text(_child(root, "TEXT"), analysis, tags)
    for number in range(1, len(tags.events) + 1):
        instance = {"eiid": f"ei{number}", "eventID": f"e{number}", "tense": "NONE"}
        _child(
            root, "MAKEINSTANCE", instance | {"aspect": "NONE", "polarity": "POS", "pos": "OTHER"}
        )
    _add_links(root, analysis, tags)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + etree.tostring(root, encoding="unicode") + _notes(analysis, tags)


@dataclass(frozen=True, kw_only=True)
class _Tags:
    """What is tagged in the text.

    time_ids: the tid by the id of the record, and that of the document's own day for
        "publication". instance_ids: the eiid by the id of the event.
    """

    times: tuple[Tagged, ...]
    events: tuple[Tagged, ...]
    time_ids: Mapping[str | None, str]
    instance_ids: Mapping[str, str]


def _tags_of(analysis: Analysis) -> _Tags:
    times = time_tags(analysis.times)
    events = event_tags(analysis.events, [tag.span for tag in times], analysis.document.text)
    tids: dict[str | None, str] = {tag.record: f"t{n}" for n, tag in enumerate(times, 1)}
    return _Tags(
        times=times,
        events=events,
        time_ids=tids | {"publication": _DCT},
        instance_ids={tag.record: f"ei{n}" for n, tag in enumerate(events, 1)},
    )


def _by_id(records: Iterable[_WithId]) -> dict[str, _WithId]:
    """Of several with one id the first, as in the tags."""
    found: dict[str, _WithId] = {}
    for record in records:
        found.setdefault(record.id, record)
    return found


def _child(
    parent: etree._Element, name: str, attributes: dict[str, str] | None = None
) -> etree._Element:
    child = etree.SubElement(parent, name, attributes or {})
    child.tail = "\n"
    return child


def _add_dct(dct: etree._Element, document: Document, dating: Dating) -> None:
    value = document.published.isoformat() if document.published else _window(dating)
    about = {"tid": _DCT, "type": "DATE", "value": value, "temporalFunction": "false"}
    day = etree.SubElement(dct, "TIMEX3", about | {"functionInDocument": "CREATION_TIME"})
    day.text = value


def _window(dating: Dating) -> str:
    """The day, month or year that holds the whole window, as a TIMEX3 value."""
    first, last = dating.earliest, dating.latest
    if first is None or last is None or first.year != last.year:
        return _UNKNOWN_DAY
    if first == last:
        return first.isoformat()
    return first.isoformat()[: len("2024-03") if first.month == last.month else len("2024")]


def _add_text(element: etree._Element, analysis: Analysis, tags: _Tags) -> None:
    """The whole text, with the tags where their words stand."""
    text = xml_text(analysis.document.text)
    times = _by_id(analysis.times)
    marked: list[tuple[Span, str, dict[str, str]]] = [
        (tag.span, "TIMEX3", _timex3(f"t{number}", times[tag.record], tags))
        for number, tag in enumerate(tags.times, 1)
    ]
    marked += [
        (tag.span, "EVENT", {"eid": f"e{number}", "class": "OCCURRENCE"})
        for number, tag in enumerate(tags.events, 1)
    ]
    marked.sort(key=lambda mark: mark[0])
    starts = [*(span.start for span, _, _ in marked), len(text)]
    element.text = text[: starts[0]]
    for (span, name, attributes), following in zip(marked, starts[1:], strict=True):
        tag = etree.SubElement(element, name, attributes)
        tag.text = text[span.start : span.end]
        tag.tail = text[span.end : following]


def _timex3(tid: str, time: TimeExpression, tags: _Tags) -> dict[str, str]:
    about = {"tid": tid, "type": time.type, "value": xml_text(time.value)}
    if time.mod in _MODS:
        about["mod"] = time.mod
    anchor = tags.time_ids.get(time.anchor)
    about["temporalFunction"] = "false" if anchor is None else "true"
    if anchor is not None:
        about["anchorTimeID"] = anchor
    return about


def _add_links(root: etree._Element, analysis: Analysis, tags: _Tags) -> None:
    """The order of the events, and the times in which they lie."""
    events = _by_id(analysis.events)
    times = _by_id(analysis.times)
    links: list[dict[str, str]] = []
    for tag in tags.events:
        event = events[tag.record]
        own = {"eventInstanceID": tags.instance_ids[tag.record]}
        time = times.get(event.time or "")
        tid = tags.time_ids.get(event.time)
        if time and tid and _is_closed(time):
            links.append(own | {"relatedToTime": tid, "relType": "IS_INCLUDED"})
        links += [
            own | {"relatedToEventInstance": earlier, "relType": "AFTER"}
            for earlier in filter(None, map(tags.instance_ids.get, event.after))
        ]
    for number, link in enumerate(links, 1):
        _child(root, "TLINK", {"lid": f"l{number}"} | link)


def _is_closed(time: TimeExpression) -> bool:
    """Whether the time says from when to when, so that what happened then lies in it."""
    dated = time.earliest is not None and time.latest is not None
    return dated and time.type in ("DATE", "TIME")


def _notes(analysis: Analysis, tags: _Tags) -> str:
    lost = {
        "characters that XML cannot hold stand as U+FFFD": replaced(analysis.document.text),
        "times overlap others and are left out": len(analysis.times) - len(tags.times),
        "events have no words of their own and are left out": len(analysis.events)
        - len(tags.events),
    }
    return "\n" + "".join(f"<!-- {n} {what} -->\n" for what, n in lost.items() if n)
