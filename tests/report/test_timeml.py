from __future__ import annotations

from datetime import date
from io import StringIO

import msgspec
import pytest
from lxml import etree
from report_samples import (
    changed,
    make_analysis,
    make_dating,
    make_events,
    make_times,
    many_times,
    sample,
)

from beleg.errors import EncodingBroken, SpanOutsideText
from beleg.records import Analysis, Event
from beleg.report.timeml import to_timeml
from beleg.text.article import Span

# Our own writing of what TimeML 1.2.1 (October 2005) says about the tags that we use: which
# attributes there are, which of them must be given, and that tags in the text hold words only.
RULES = """\
<!ELEMENT TimeML (DOCID, DCT, TITLE, TEXT, MAKEINSTANCE*, TLINK*)>
<!ELEMENT DOCID (#PCDATA)>
<!ELEMENT DCT (TIMEX3)>
<!ELEMENT TITLE (#PCDATA)>
<!ELEMENT TEXT (#PCDATA | TIMEX3 | EVENT)*>
<!ELEMENT TIMEX3 (#PCDATA)>
<!ATTLIST TIMEX3 tid ID #REQUIRED type (DATE | TIME | DURATION | SET) #REQUIRED
  value CDATA #REQUIRED
  mod (BEFORE | AFTER | ON_OR_BEFORE | ON_OR_AFTER | LESS_THAN | MORE_THAN | EQUAL_OR_LESS
    | EQUAL_OR_MORE | START | MID | END | APPROX) #IMPLIED
  temporalFunction (true | false) "false" anchorTimeID IDREF #IMPLIED
  functionInDocument (CREATION_TIME | NONE) "NONE">
<!ELEMENT EVENT (#PCDATA)>
<!ATTLIST EVENT eid ID #REQUIRED
  class (OCCURRENCE | PERCEPTION | REPORTING | ASPECTUAL | STATE | I_STATE | I_ACTION) #REQUIRED>
<!ELEMENT MAKEINSTANCE EMPTY>
<!ATTLIST MAKEINSTANCE eiid ID #REQUIRED eventID IDREF #REQUIRED
  tense (FUTURE | INFINITIVE | PAST | PASTPART | PRESENT | PRESPART | NONE) #REQUIRED
  aspect (PROGRESSIVE | PERFECTIVE | PERFECTIVE_PROGRESSIVE | NONE) #REQUIRED
  polarity (NEG | POS) #REQUIRED pos (ADJECTIVE | NOUN | VERB | PREPOSITION | OTHER) #REQUIRED>
<!ELEMENT TLINK EMPTY>
<!ATTLIST TLINK lid ID #REQUIRED eventInstanceID IDREF #REQUIRED
  relatedToTime IDREF #IMPLIED relatedToEventInstance IDREF #IMPLIED
  relType (BEFORE | AFTER | INCLUDES | IS_INCLUDED | SIMULTANEOUS) #REQUIRED>
"""


def read(analysis: Analysis) -> etree._Element:
    """The document as a strict reader sees it."""
    root = etree.fromstring(to_timeml(analysis).encode("utf-8"))
    rules = etree.DTD(StringIO(RULES))
    assert rules.validate(root), rules.error_log
    return root


def text_of(root: etree._Element) -> str:
    return "".join(root.find("TEXT").itertext())  # type: ignore[union-attr, arg-type]


def places(root: etree._Element, tag: str) -> list[tuple[Span, dict[str, str]]]:
    """Where the tags stand in the text, and their attributes."""
    text = root.find("TEXT")
    assert text is not None
    found, position = [], len(text.text or "")
    for element in text:
        end = position + len(element.text or "")
        if element.tag == tag:
            found.append((Span(position, end), {str(k): str(v) for k, v in element.attrib.items()}))
        position = end + len(element.tail or "")
    return found


def test_every_time_stands_at_its_code_points_with_its_reading() -> None:
    analysis = sample()
    root = read(analysis)
    assert text_of(root) == analysis.document.text
    found = places(root, "TIMEX3")
    assert [span for span, _ in found] == [time.span for time in analysis.times]
    for time, (_, attributes) in zip(analysis.times, found, strict=True):
        assert attributes["tid"] == time.id
        assert (attributes["type"], attributes["value"]) == (time.type, time.value)
        assert attributes.get("mod") == time.mod
        anchor = {"publication": "t0", None: None}.get(time.anchor, time.anchor)
        assert attributes.get("anchorTimeID") == anchor
        assert attributes["temporalFunction"] == ("true" if anchor else "false")


def test_an_event_is_the_longest_piece_of_its_clause_without_its_time() -> None:
    root = read(sample())
    text = text_of(root)
    words = [text[span.start : span.end] for span, _ in places(root, "EVENT")]
    assert words[0] == "die Entscheidung über das alte Hafenviertel vertagt"
    assert "gebaut" in words
    assert len(words) == len(sample().events)


def test_events_inside_others_keep_their_words_and_those_without_words_are_counted() -> None:
    text = "Am Montag sagte er, dass am Dienstag gebaut werde."
    times = make_times(
        text,
        [
            ("Am Montag", "DATE", "2024-03-04", None, "2024-03-04", "2024-03-04", None, "r"),
            ("am Dienstag", "DATE", "2024-03-05", None, "2024-03-05", "2024-03-05", None, "r"),
        ],
    )
    rows = [(text, "t1"), ("dass am Dienstag gebaut werde", "t2"), ("am Dienstag", "t2")]
    analysis = make_analysis(text, times, events=make_events(text, times, rows))
    found = [text[span.start : span.end] for span, _ in places(read(analysis), "EVENT")]
    assert found == ["sagte er, dass", "gebaut werde"]
    assert "<!-- 1 events have no words of their own" in to_timeml(analysis)


def test_events_are_linked_to_closed_times_and_to_what_came_before() -> None:
    analysis = sample()
    first, second, *rest = analysis.events
    later = msgspec.structs.replace(second, after=(first.id, "nobody"))
    root = read(msgspec.structs.replace(analysis, events=(first, later, *rest)))
    links = [dict(link.attrib) for link in root.iter("TLINK")]
    order = {"lid": "l2", "eventInstanceID": "ei2", "relatedToEventInstance": "ei1"}
    assert links[0] == {
        "lid": "l1",
        "eventInstanceID": "ei1",
        "relatedToTime": "t1",
        "relType": "IS_INCLUDED",
    }
    # The second event is "bis Ende April": its time has no first day, so nothing is said.
    assert links[1] == order | {"relType": "AFTER"}


@pytest.mark.parametrize(
    ("published", "window", "value"),
    [
        (date(2024, 3, 7), (date(2024, 3, 7), date(2024, 3, 7)), "2024-03-07"),
        (None, (date(2024, 3, 6), date(2024, 3, 6)), "2024-03-06"),
        (None, (date(2024, 3, 6), date(2024, 3, 10)), "2024-03"),
        (None, (date(987, 3, 6), date(987, 5, 1)), "0987"),
        (None, (date(2023, 12, 30), date(2024, 1, 2)), "XXXX-XX-XX"),
        (None, (date(2023, 12, 30), None), "XXXX-XX-XX"),
    ],
)
def test_the_day_of_the_document_is_no_finer_than_what_is_known(
    published: date | None, window: tuple[date, date | None], value: str
) -> None:
    dating = msgspec.structs.replace(make_dating(None), earliest=window[0], latest=window[1])
    day = read(make_analysis("Text.", published=published, dating=dating)).find("DCT/TIMEX3")
    assert day is not None
    assert (day.get("value"), day.text) == (value, value)
    assert day.get("functionInDocument") == "CREATION_TIME"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n Text mit Rand \n\n",
        "Zeile\r\nZeile\rZeile\tTab",
        "<TEXT> & ]]> <!-- --> &amp; &#65; </TEXT></TimeML>",
        "😀🎉 „so‘ \u00ad\u0301\u2028\x85\u200e a\u0308",
    ],
)
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    assert text_of(read(make_analysis(text, title=text))) == text


def test_characters_that_xml_cannot_hold_are_replaced_one_for_one_and_counted() -> None:
    text = "Seite\x0cam Montag\x00\uffff!"
    times = make_times(text, [("am Montag", "DATE", "x\x01y", None, None, None, None, "r")])
    root = read(make_analysis(text, times, title="a\x1bb"))
    assert text_of(root) == "Seite\ufffdam Montag\ufffd\ufffd!"
    ((span, attributes),) = places(root, "TIMEX3")
    assert (span, attributes["value"]) == (times[0].span, "x\ufffdy")
    assert "<!-- 3 characters that XML cannot hold" in to_timeml(make_analysis(text, times))


def test_ids_and_links_of_an_edited_analysis_stay_valid() -> None:
    text = "Am Montag und am Dienstag und am Mittwoch."
    rows = [(words, "DATE", "2024", "EVER", None, None, "t99", "r") for words in ("Am Montag", "am Dienstag", "am Mittwoch")]  # fmt: skip
    first, second, third = make_times(text, rows)
    times = (
        msgspec.structs.replace(first, id="x y"),
        msgspec.structs.replace(second, id="x y"),
        msgspec.structs.replace(third, span=Span(3, 20), id="<t>"),
    )
    analysis = make_analysis(text, times)
    ((span, attributes),) = places(read(analysis), "TIMEX3")
    assert (span, attributes["tid"]) == (first.span, "t1")
    assert not {"mod", "anchorTimeID"} & attributes.keys()
    assert "<!-- 2 times overlap others and are left out -->" in to_timeml(analysis)


def test_an_analysis_that_does_not_fit_its_text_is_refused() -> None:
    with pytest.raises(SpanOutsideText):
        to_timeml(changed(sample(), text="kurz"))
    with pytest.raises(EncodingBroken):
        to_timeml(make_analysis("halb \ud800"))


def test_thousands_of_times_and_events_are_written_in_the_order_of_the_text() -> None:
    analysis = many_times(1500)
    text = analysis.document.text
    events = tuple(
        Event(
            id=f"e{n}",
            span=Span(time.span.start - 16, time.span.end),
            time=time.id,
            earliest=None,
            latest=None,
            after=(),
            people=(),
            quote=None,
        )
        for n, time in enumerate(analysis.times, 1)
    )
    root = read(msgspec.structs.replace(analysis, events=events))
    assert text_of(root) == text
    assert len(places(root, "EVENT")) == len(places(root, "TIMEX3")) == 1500


def test_the_same_analysis_gives_the_same_bytes() -> None:
    assert to_timeml(sample()) == to_timeml(sample())
