"""Feeds to entries: RSS 2.0, RSS 1.0, Atom 1.0 (XML) and JSON Feed 1.1.

A feed is foreign: it may declare no document type (so no entities of its own), nothing in it is
fetched, and its size, depth and number of entries are limited.
Sources: RSS 2.0 Specification (RSS Advisory Board), RSS 1.0 and its Dublin Core module, RFC 4287
(Atom), JSON Feed Version 1.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from beleg.errors import FeedUnreadable, InputTooLarge
from beleg.intake.encoding import declared_charset, decode
from beleg.intake.feed_json import json_entries
from beleg.intake.feed_xml import xml_entries
from beleg.intake.fetch import FEED_TYPES
from beleg.intake.fetch_address import shown
from beleg.intake.kinds import declared_label
from beleg.intake.read import MAX_BYTES
from beleg.messages import Message

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ENTRIES = 10_000
_HEAD = 4_096
_MARK = r"\ufeff|\xef\xbb\xbf"
# Possessive, so that a preamble that never ends is looked at once.
_PREAMBLE = rf"(?:{_MARK})?+\s*+(?:<\?[^>]*+>\s*+|<!--(?:[^-]++|-(?!->))*+-->\s*+)*+"
_FEED_ROOT = re.compile(_PREAMBLE + r"<(?:rss|feed|(?:\w+:)?RDF|\w+:feed)[\s>]")
_JSON_FEED = re.compile(rf'(?:{_MARK})?+\s*+\{{.*"https?:\\?/\\?/jsonfeed\.org\\?/version', re.S)
_DOCTYPE = re.compile(_PREAMBLE + r"<!DOCTYPE", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*+<\?xml[^>]*+>")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DOCUMENT_TYPE = Message("document_type", "declares a document type, which no feed needs")
_GIVE_A_FEED = "Give the address of an RSS, Atom or JSON feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry, as far as the feed states it.

    url: of the article, absolute http(s); None if the entry has none.
    published: day of first publication (an Atom entry's `updated` is not one): a time in UTC
        counts as the day in Berlin, one with another offset as the local day it states.
    guid: the feed's identifier of the entry. content_html: the article in the feed itself,
        where it has one; never a mere summary, and never cleaned.
    """

    url: str | None
    title: str | None
    published: date | None
    author: str | None
    guid: str | None
    content_html: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Entries in the feed's order.

    url: where it was read. damaged: the first mistake in its XML, after which entries may be
    missing; None for sound ones.
    """

    url: str
    title: str | None
    entries: tuple[FeedEntry, ...]
    damaged: str | None = None


def looks_like_feed(content: bytes, content_type: str | None = None) -> bool:
    """Whether the media type says feed, or the first element or keys do."""
    if content_type in FEED_TYPES:
        return True
    # UTF-16 without its NULs is close enough to ASCII for this.
    head = content[:_HEAD].replace(b"\0", b"").decode("latin-1")
    head = head.removeprefix("\xff\xfe").removeprefix("\xfe\xff")
    return bool(_FEED_ROOT.match(head) or _JSON_FEED.match(head))


def parse_feed(
    content: bytes, *, url: str, charset: str | None = None, max_bytes: int = MAX_BYTES
) -> Feed:
    """The feed in some bytes.

    url: the feed's address; its relative links start there. charset: as the server names it.
    Raises FeedUnreadable, InputTooLarge, and for the bytes EncodingBroken or InputNotText.
    """
    where = shown(url)
    if len(content) > max_bytes:
        what = Message("larger", f"larger than {max_bytes} bytes", most=max_bytes)
        raise InputTooLarge(where, what, "Raise the limit")
    label = charset or declared_label(content)
    text = decode(content, where=where, declared=declared_charset(label) if label else None)
    if text.lstrip().startswith("{"):
        title, found = json_entries(text, url=url, where=where)
        damaged = None
    else:
        root, damaged = _root(text, url, where)
        title, found = xml_entries(root, url=url, where=where)
    entries: list[FeedEntry] = []
    for entry in found:
        if len(entries) == MAX_ENTRIES:
            raise InputTooLarge(
                where,
                Message("many_entries", f"more than {MAX_ENTRIES} entries", most=MAX_ENTRIES),
                "Give a feed of the latest articles",
            )
        entries.append(FeedEntry(**entry))
    return Feed(url=url, title=title, entries=tuple(entries), damaged=damaged)


def _root(text: str, url: str, where: str) -> tuple[_Element, str | None]:
    """The root element, and the first mistake in the XML."""
    from lxml import etree

    if _DOCTYPE.match(text):
        raise FeedUnreadable(where, _DOCUMENT_TYPE, _GIVE_A_FEED)
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,  # a stray "&" in one title must not cost the whole feed
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    markup = _XML_DECLARATION.sub("", _CONTROLS.sub("", text)).encode("utf-8")
    try:
        root = etree.fromstring(markup, parser, base_url=url)
    except (etree.LxmlError, ValueError) as error:
        raise FeedUnreadable(where, Message("not_xml", "not XML"), _GIVE_A_FEED) from error
    if root is None:
        raise FeedUnreadable(where, Message("no_element", "no element in it"), _GIVE_A_FEED)
    if root.getroottree().docinfo.internalDTD is not None:
        raise FeedUnreadable(where, _DOCUMENT_TYPE, _GIVE_A_FEED)
    mistakes = list(parser.error_log)
    damaged = f"line {mistakes[0].line}: {mistakes[0].message}" if mistakes else None
    return root, damaged
