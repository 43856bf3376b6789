from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from beleg.ledger.calendar import Deadline, deadlines_ics

MADE_AT = datetime(2025, 7, 1, 12, 30, tzinfo=UTC)
BRIDGE = Deadline(
    uid="forecast-7@beleg.example",
    title="Wird die Brücke bis Ende August wieder befahrbar sein?",
    day=date(2025, 8, 31),
    holder="Merle Hansohn",
    quote="Ende August rollt der Verkehr, wahrscheinlich sogar früher.",
    article="Warten auf die Brücke",
    url="https://boje.example/bruecke?id=7",
    kind="prediction",
    state="open",
)


def feed(*entries: Deadline, name: str = "Fristen") -> bytes:
    return deadlines_ics(entries, name=name, made_at=MADE_AT)


def read_back(entry: Deadline) -> Event:
    (event,) = Calendar.from_ical(feed(entry)).events
    return event


def words(event: Event, key: str) -> str:
    return str(event[key])


def test_a_deadline_is_an_all_day_event_that_ends_with_its_day() -> None:
    event = read_back(BRIDGE)
    assert event["uid"] == BRIDGE.uid
    assert event["summary"] == BRIDGE.title
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (
        date(2025, 8, 31),
        date(2025, 9, 1),
    )
    assert event["description"] == f"{BRIDGE.holder}\n{BRIDGE.quote}\n{BRIDGE.article}"
    assert event["url"] == BRIDGE.url
    assert event.categories == ["prediction", "open"]
    assert event.decoded("dtstamp") == MADE_AT
    assert event["transp"] == "TRANSPARENT"


def test_bytes_are_exactly_these() -> None:
    entry = replace(BRIDGE, title="Kommt es, oder nicht; bald?", quote="Bald.", holder=None)
    assert feed(entry, name="Fristen, alle").decode() == "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Beleg//Forecast deadlines//EN",
            "NAME:Fristen\\, alle",
            "X-WR-CALNAME:Fristen\\, alle",
            "BEGIN:VEVENT",
            "SUMMARY:Kommt es\\, oder nicht\\; bald?",
            "DTSTART;VALUE=DATE:20250831",
            "DTEND;VALUE=DATE:20250901",
            "DTSTAMP:20250701T123000Z",
            "UID:forecast-7@beleg.example",
            "CATEGORIES:prediction,open",
            "DESCRIPTION:Bald.\\nWarten auf die Brücke",
            "TRANSP:TRANSPARENT",
            "URL:https://boje.example/bruecke?id=7",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "DESCRIPTION:Kommt es\\, oder nicht\\; bald?",
            "TRIGGER:PT9H",
            "END:VALARM",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def test_bytes_depend_on_neither_order_nor_time_zone() -> None:
    later = replace(BRIDGE, uid="b", day=date(2025, 9, 1))
    same_day = replace(BRIDGE, uid="a")
    berlin = MADE_AT.astimezone(timezone(timedelta(hours=2)))
    shuffled = deadlines_ics([later, BRIDGE, same_day], name="Fristen", made_at=berlin)
    assert shuffled == feed(same_day, BRIDGE, later)
    assert [str(event["uid"]) for event in Calendar.from_ical(shuffled).events] == [
        "a",
        BRIDGE.uid,
        "b",
    ]


@pytest.mark.parametrize(
    ("state", "alarms"), [("open", 1), ("disputed", 1), ("yes", 0), ("no", 0), ("void", 0)]
)
def test_only_what_needs_an_answer_has_an_alarm_on_the_day(state: str, alarms: int) -> None:
    found = list(read_back(replace(BRIDGE, state=state)).walk("VALARM"))
    assert len(found) == alarms
    for alarm in found:
        assert timedelta(0) < alarm.decoded("trigger") < timedelta(days=1)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Kommt es, oder; nicht \\n?", "Kommt es, oder; nicht \\n?"),
        ("Zwei\r\nZeilen\nund\rdrei", "Zwei Zeilen und drei"),
        ("X\r\nEND:VEVENT\r\nBEGIN:VEVENT", "X END:VEVENT BEGIN:VEVENT"),
        ("eins\u2028zwei\u2029drei\x85vier\x0bfünf\x1csechs", "eins zwei drei vier fünf sechs"),
        ("a\x00b\x1bc\u202ed\ufeff", "a\ufffdb\ufffdc\ufffdd\ufffd"),
        ("halb \ud83d", "halb \ufffd"),
        ("👩\u200d🚒 " * 50, ("👩\u200d🚒 " * 50).strip()),
        ("ä" * 300, "ä" * 300),
        ("ä" * 301, "ä" * 299 + "…"),
        (" " * 5_000 + "fern", "…"),
    ],
)
def test_awkward_texts_come_back(title: str, shown: str) -> None:
    assert read_back(replace(BRIDGE, title=title))["summary"] == shown


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=80))
def test_any_text_stays_one_event_in_short_lines(title: str, quote: str, url: str) -> None:
    entry = replace(BRIDGE, title=title, quote=quote, url=url, kind=title, article=None)
    data = feed(entry, name=quote)
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [line for line in data.decode().splitlines() if line.startswith("BEGIN:")] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "BEGIN:VALARM",
    ]
    assert len(data.decode().splitlines()) == len(lines) - 1
    (event,) = Calendar.from_ical(data).events
    assert event.decoded("dtstart") == BRIDGE.day


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://boje.example/brücke", "https://boje.example/br%C3%BCcke"),
        ("https://boje.example/a%20b?c=d,e;f#g", "https://boje.example/a%20b?c=d,e;f#g"),
        ('https://boje.example/a b"<>', "https://boje.example/a%20b%22%3C%3E"),
    ],
)
def test_addresses_become_uris(url: str, link: str) -> None:
    event = read_back(replace(BRIDGE, url=url))
    assert event["url"] == link
    assert "boje" not in words(event, "description")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/hosts", "https://", "http://[", "boje.example"]
)
def test_addresses_that_are_no_links_are_text(url: str) -> None:
    event = read_back(replace(BRIDGE, url=url))
    assert "url" not in event
    assert words(event, "description").split("\n")[-1] == url


def test_an_address_that_cannot_be_written_is_text() -> None:
    event = read_back(replace(BRIDGE, url="https://boje.example/\ud800"))
    assert "url" not in event
    assert words(event, "description").endswith("https://boje.example/\ufffd")


def test_an_address_that_is_too_long_is_cut_text_and_no_link() -> None:
    event = read_back(replace(BRIDGE, url="https://boje.example/" + "a" * 2_000))
    assert "url" not in event
    assert words(event, "description").endswith("…")


def test_without_holder_article_and_address_only_the_words_are_described() -> None:
    event = read_back(replace(BRIDGE, holder=None, article=None, url=None))
    assert event["description"] == BRIDGE.quote


def test_line_breaks_in_an_address_start_no_line() -> None:
    data = feed(replace(BRIDGE, url="https://boje.example/\r\nATTACH:x"))
    assert not re.search(rb"^ATTACH", data, re.MULTILINE)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_last_of_all_days_have_a_place(day: date) -> None:
    event = read_back(replace(BRIDGE, day=day))
    assert event.decoded("dtstart") == day
    assert ("dtend" in event) == (day != date.max)


def test_no_entries_make_an_empty_calendar() -> None:
    assert Calendar.from_ical(feed()).events == []


@pytest.mark.parametrize("uid", ["", "a b", "a\r\nX:1", "ä", "a" * 256])
def test_unfit_uids_are_refused(uid: str) -> None:
    with pytest.raises(ValueError, match="visible ASCII"):
        feed(replace(BRIDGE, uid=uid))


def test_a_uid_cannot_stand_for_two_entries() -> None:
    with pytest.raises(ValueError, match="given twice"):
        feed(BRIDGE, replace(BRIDGE, day=date(2026, 1, 1)))


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        deadlines_ics([], name="x", made_at=datetime(2025, 7, 1))
