"""The deadlines of forecasts as a calendar feed (iCalendar, RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlsplit

from icalendar import Alarm, Calendar, Event, vText

_PRODUCT = "-//Beleg//Forecast deadlines//EN"
# After the day's midnight, wherever the calendar is read.
_ALARM_AT = timedelta(hours=9)
_SETTLED = frozenset({"yes", "no", "void"})

_LONGEST_LINE = 300
_LONGEST_QUOTE = 2_000
_LONGEST_URL = 2_000
# Everything that some reader takes for the end of a line; one line of iCalendar must stay one.
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# Other controls (RFC 5545, 3.1 forbids most), marks that reorder text, and lone surrogates.
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_UID = re.compile(r"[\x21-\x7e]{1,255}")
# What a URI may hold besides letters and digits (RFC 3986, 2.2 and 2.3, and "%").
_URI_SIGNS = "%:/?#[]@!$&'()*+,;=-._~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day of a forecast's window.

    uid: names the entry for good, over all feeds; visible ASCII, at most 255.
    title: the question. day: inclusive.
    holder, quote, article: who holds the forecast, its words, and the article's title.
    url: where to read more. kind: of the forecast.
    state: "yes", "no" or "void" once resolved; anything else still needs an answer.
    """

    uid: str
    title: str
    day: date
    holder: str | None
    quote: str
    article: str | None
    url: str | None
    kind: str
    state: str


def deadlines_ics(entries: Iterable[Deadline], *, name: str, made_at: datetime) -> bytes:
    """The feed: an all-day event for each entry, in order of days.

    name: of the calendar. made_at: aware; the same arguments give the same bytes.
    What still needs an answer has an alarm on the day, at 9 o'clock. Control characters are
    shown as U+FFFD, long texts end with "…", and an address that is not http or https stands
    in the description instead of being a link.
    Raises ValueError for a naive `made_at`, a uid that is unfit or given twice.
    """
    if made_at.tzinfo is None:
        raise ValueError(f"made_at {made_at} has no time zone; give an aware time")
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    # The library knows neither as text (RFC 7986, 5.1) and would leave commas unescaped.
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(_line(name)))
    seen: set[str] = set()
    for entry in sorted(entries, key=lambda entry: (entry.day, entry.uid)):
        if not _UID.fullmatch(entry.uid) or entry.uid in seen:
            raise ValueError(f"uid {entry.uid!r} is given twice or is not 1 to 255 visible ASCII")
        seen.add(entry.uid)
        calendar.add_component(_event(entry, made_at.astimezone(UTC)))
    data: bytes = calendar.to_ical()
    return data


def _event(entry: Deadline, made_at: datetime) -> Event:
    title, link = _line(entry.title), _link(entry.url)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made_at)
    event.add("dtstart", entry.day)
    if entry.day < date.max:
        # The first day that is no longer part of it; without one, the event lasts one day.
        event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", title)
    event.add("description", _description(entry, linked=link is not None))
    event.add("categories", [_line(entry.kind), _line(entry.state)])
    event.add("transp", "TRANSPARENT")
    if link is not None:
        event.add("url", link)
    if entry.state not in _SETTLED:
        event.add_component(_alarm(title))
    return event


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _ALARM_AT)
    return alarm


def _description(entry: Deadline, *, linked: bool) -> str:
    """Holder, words, article, and an address that cannot be a link: a line each."""
    lines = [
        _line(entry.holder or ""),
        _line(entry.quote, _LONGEST_QUOTE),
        _line(entry.article or ""),
        "" if linked else _line(entry.url or ""),
    ]
    return "\n".join(filter(None, lines))


def _line(text: str, longest: int = _LONGEST_LINE) -> str:
    """The text on one line of at most so many code points, without hidden characters."""
    plain = _UNSAFE.sub("\ufffd", _BREAKS.sub(" ", text[: 4 * longest]))
    line = " ".join(plain.split())
    if len(line) <= longest and len(text) <= 4 * longest:
        return line
    return line[: longest - 1] + "…"


def _link(url: str | None) -> str | None:
    """The address as an ASCII URI if it is http or https with a host, else None."""
    if url is None or len(url) > _LONGEST_URL:
        return None
    try:
        parts, link = urlsplit(url), quote(url, safe=_URI_SIGNS)
    except ValueError:
        return None
    return link if parts.scheme in {"http", "https"} and parts.hostname else None
