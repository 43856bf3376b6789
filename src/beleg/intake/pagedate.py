"""The day a web page was published, never more precise than the page itself.

htmldate turns a copyright year into 1 January and a month into its first day, so what it finds
counts only if the page states that very day.
"""

from __future__ import annotations

import html
import re
from datetime import date
from typing import TYPE_CHECKING

from beleg.intake.extracted import stated_day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUBLISHED_META = frozenset(
    (
        "article:published_time",
        "article:published",
        "og:article:published_time",
        "og:published_time",
        "datepublished",
        "dc.date.issued",
        "dcterms.issued",
        "date.issued",
        "parsely-pub-date",
        "publish-date",
        "last-published",
    )
)
_JSON_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')


def published_day(tree: HtmlElement, source: str, found: object) -> date | None:
    """The day of first publication.

    found: htmldate's answer; used only where no field made for the purpose states a day.
    """
    for stated in (_meta_days(tree), _json_days(tree), _element_days(tree)):
        if len(stated) == 1:
            return stated.pop()
        if stated:
            return None  # the page contradicts itself
    day = stated_day(found)
    if day is None or (day.month, day.day) == (1, 1):
        return None
    return day if _is_written(day, html.unescape(source)) else None


def _meta_days(tree: HtmlElement) -> set[date]:
    contents = (
        element.get("content")
        for element in tree.iter("meta")
        if _PUBLISHED_META.intersection(
            (element.get(key) or "").lower() for key in ("property", "name", "itemprop")
        )
    )
    return {day for day in map(stated_day, contents) if day}


def _json_days(tree: HtmlElement) -> set[date]:
    scripts = (element.text or "" for element in tree.iter("script"))
    stamps = (match[1] for script in scripts for match in _JSON_PUBLISHED.finditer(script))
    return {day for day in map(stated_day, stamps) if day}


def _element_days(tree: HtmlElement) -> set[date]:
    stamps = (
        element.get("datetime")
        for element in tree.iter("time")
        if "pubdate" in element.attrib or element.get("itemprop") == "datePublished"
    )
    return {day for day in map(stated_day, stamps) if day}


def _is_written(day: date, source: str) -> bool:
    """Whether the source has this day in figures, or with the month as a word."""
    year, short, month, number = day.year, day.year % 100, day.month, day.day
    forms = (
        rf"{year}(?P<a>[-/.])0?{month}(?P=a)0?{number}|{year}{month:02}{number:02}",
        rf"0?{number}(?P<b>[-/.]) ?0?{month}(?P=b) ?(?:{year}|{short:02})",
        rf"0?{number}(?:\.|st|nd|rd|th)?\s[^\W\d_]{{3,12}}\.?,?\s{year}",
    )
    month_first = rf"\b[^\W\d_]{{3,12}}\.?\s0?{number}(?:st|nd|rd|th)?,?\s{year}(?!\d)"
    pattern = rf"(?<!\d)(?:{'|'.join(forms)})(?!\d)|{month_first}"
    return re.search(pattern, source) is not None
