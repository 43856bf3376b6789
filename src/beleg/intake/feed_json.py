"""The entries of a JSON Feed, versions 1 and 1.1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from beleg.errors import FeedUnreadable
from beleg.intake.extracted import one_line
from beleg.intake.feed_fields import EntryFields, author_line, first_day, plain_line
from beleg.intake.fetch_address import joined
from beleg.messages import Message

_GIVE_A_FEED = "Give the address of an RSS, Atom or JSON feed"


def json_entries(text: str, *, url: str, where: str) -> tuple[str | None, Iterator[EntryFields]]:
    """The feed's title, and its entries one by one. Raises FeedUnreadable for other JSON."""
    try:
        feed: Any = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise FeedUnreadable(
            where, Message("json_broken", "JSON that cannot be read"), _GIVE_A_FEED
        ) from error
    version, items = feed.get("version"), feed.get("items")
    if not isinstance(version, str) or "jsonfeed.org/version/1" not in version:
        what = Message("no_json_feed", "JSON, but no JSON Feed of version 1")
        raise FeedUnreadable(where, what, _GIVE_A_FEED)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        what = Message("no_items", "a JSON Feed without a list of items")
        raise FeedUnreadable(where, what, _GIVE_A_FEED)
    feed_authors = _authors(feed)
    return plain_line(feed.get("title"), is_html=False), (
        _entry(item, feed_authors, url) for item in items
    )


def _entry(item: dict[str, Any], feed_authors: str | None, url: str) -> EntryFields:
    link, content = item.get("url"), item.get("content_html")
    return EntryFields(
        url=joined(url, link) if isinstance(link, str) and link.strip() else None,
        title=plain_line(item.get("title"), is_html=False),
        published=first_day(item.get("date_published")),
        author=_authors(item) or feed_authors,
        guid=one_line(item.get("id")),
        content_html=content if isinstance(content, str) and content else None,
    )


def _authors(element: dict[str, Any]) -> str | None:
    """Version 1.1 has a list of authors, version 1 has one author."""
    authors = element.get("authors")
    several = authors if isinstance(authors, list) else [element.get("author")]
    return author_line([one_line(a.get("name")) for a in several if isinstance(a, dict)])
