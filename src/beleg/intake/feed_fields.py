"""What an entry of a feed states in one field, whatever the feed's format."""

from __future__ import annotations

import html
import re
from datetime import date
from email.utils import parsedate_to_datetime
from typing import TypedDict

from beleg.intake.extracted import one_line, stated_day

_MAX_AUTHOR_LENGTH = 120
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_NAME_IN_MAIL = re.compile(r"[^\s@]+@[^\s@]+ \((?P<name>[^()]+)\)\Z")
# RFC 822, section 5, with the years of RFC 1123; email.utils alone also reads much that is none.
_RFC_822 = re.compile(
    r"(?:[A-Za-z]{3,9},? )?\d{1,2} [A-Za-z]{3} (?:\d{2}|\d{4}) "
    r"\d{1,2}:\d{2}(?::\d{2})? (?P<zone>[A-Z]{1,5}|[+-]\d{4})\Z"
)
_UTC = ("GMT", "UTC", "UT", "Z", "+0000", "-0000")
# Where programs' clocks begin: they write it when they have no date.
_ZERO_DAYS = (date(1, 1, 1), date(1970, 1, 1))


class EntryFields(TypedDict):
    """The fields of a FeedEntry."""

    url: str | None
    title: str | None
    published: date | None
    author: str | None
    guid: str | None
    content_html: str | None


def plain_line(value: object, *, is_html: bool) -> str | None:
    """A title or name on one line; of HTML, tags go and character references are resolved."""
    if is_html and isinstance(value, str):
        value = html.unescape(_TAG.sub("", value))
    return one_line(value)


def author_line(names: list[str | None]) -> str | None:
    """The authors, with "; " between; mail addresses and whatever cannot be a name are left out."""
    good = []
    for name in names:
        line = one_line(name)
        mail = _NAME_IN_MAIL.match(line) if line else None
        line = mail["name"].strip() if mail else line
        if line and len(line) <= _MAX_AUTHOR_LENGTH and not re.search(r"[\d/@<>]", line):
            good.append(line)
    return one_line("; ".join(dict.fromkeys(good)))


def first_day(*values: object) -> date | None:
    """The first of the values that states a day: ISO 8601, or a moment as in e-mail."""
    for value in values:
        day = stated_day(value) or _mail_day(value)
        if day is not None:
            return None if day in _ZERO_DAYS else day
    return None


def _mail_day(value: object) -> date | None:
    line = one_line(value)
    written = _RFC_822.match(line) if line else None
    if line is None or written is None:
        return None
    try:
        moment = parsedate_to_datetime(line)
    except (ValueError, OverflowError):
        return None
    if written["zone"] in _UTC:
        return stated_day(moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return moment.date()
