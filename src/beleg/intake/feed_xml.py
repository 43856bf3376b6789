"""The entries of RSS 2.0, RSS 1.0 and Atom 1.0, from an XML tree that is already safe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from beleg.errors import FeedUnreadable
from beleg.intake.extracted import one_line
from beleg.intake.feed_fields import EntryFields, author_line, first_day, plain_line
from beleg.intake.fetch_address import joined
from beleg.messages import Message

if TYPE_CHECKING:
    from lxml.etree import _Element

_ATOM = "{http://www.w3.org/2005/Atom}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_RSS1 = "{http://purl.org/rss/1.0/}"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def xml_entries(
    root: _Element, *, url: str, where: str
) -> tuple[str | None, Iterator[EntryFields]]:
    """The feed's title, and its entries one by one. Raises FeedUnreadable for other XML."""
    if root.tag == "rss":
        channel = root.find("channel")
        if channel is None:
            raise FeedUnreadable(
                where, Message("no_channel", "RSS without a channel"), "Give another feed"
            )
        return _rss_title(channel, ""), (_rss(i, "", url) for i in channel.iterchildren("item"))
    if root.tag == f"{_RDF}RDF":
        channel = root.find(f"{_RSS1}channel")
        title = None if channel is None else _rss_title(channel, _RSS1)
        return title, (_rss(item, _RSS1, url) for item in root.iterchildren(f"{_RSS1}item"))
    if root.tag == f"{_ATOM}feed":
        authors = _atom_authors(root)
        entries = root.iterchildren(f"{_ATOM}entry")
        return _atom_title(root), (_atom(entry, authors, url) for entry in entries)
    raise FeedUnreadable(
        where,
        Message("no_feed", "XML, but neither RSS 2.0, RSS 1.0 nor Atom 1.0"),
        "Give the address of an RSS, Atom or JSON feed",
    )


def _rss(item: _Element, space: str, url: str) -> EntryFields:
    """An item of RSS: 2.0 knows no namespace, 1.0 has one."""
    guid = item.find("guid")
    link = _link(item.find(f"{space}link"), url)
    if link is None and guid is not None and guid.get("isPermaLink", "true") == "true":
        link = _link(guid, url)
    about = item.get(f"{_RDF}about")
    if link is None and about is not None:
        link = joined(_base(item, url), about)
    authors = [_text(child) for child in item.iterchildren(f"{_DC}creator", "author")]
    return EntryFields(
        url=link,
        title=_rss_title(item, space),
        published=first_day(_text(item.find("pubDate")), _text(item.find(f"{_DC}date"))),
        author=author_line([plain_line(author, is_html=True) for author in authors]),
        guid=one_line(_text(guid) or about),
        content_html=_text(item.find(_CONTENT)) or None,
    )


def _rss_title(element: _Element, space: str) -> str | None:
    return plain_line(_text(element.find(f"{space}title")), is_html=True)


def _atom(entry: _Element, feed_authors: str | None, url: str) -> EntryFields:
    # RFC 4287, 4.2.1: an entry without author has those of its source, then those of the feed.
    source = entry.find(f"{_ATOM}source")
    authors = _atom_authors(entry) or (_atom_authors(source) if source is not None else None)
    return EntryFields(
        url=_atom_link(entry, url),
        title=_atom_title(entry),
        published=first_day(_text(entry.find(f"{_ATOM}published"))),
        author=authors or feed_authors,
        guid=one_line(_text(entry.find(f"{_ATOM}id"))),
        content_html=_atom_content(entry.find(f"{_ATOM}content")),
    )


def _atom_link(entry: _Element, url: str) -> str | None:
    """The first alternate link to HTML, or else to anything."""
    links = [
        (link.get("type", "text/html") not in ("text/html", "application/xhtml+xml"), address)
        for link in entry.iterchildren(f"{_ATOM}link")
        if link.get("rel", "alternate") == "alternate"
        and (address := joined(_base(link, url), link.get("href", ""))) is not None
    ]
    return min(links, key=lambda link: link[0])[1] if links else None


def _atom_title(element: _Element) -> str | None:
    title = element.find(f"{_ATOM}title")
    is_html = title is not None and title.get("type") == "html"
    return plain_line(_text(title), is_html=is_html)


def _atom_authors(element: _Element) -> str | None:
    authors = element.iterchildren(f"{_ATOM}author")
    return author_line([_text(author.find(f"{_ATOM}name")) for author in authors])


def _atom_content(content: _Element | None) -> str | None:
    from lxml import etree

    if content is None:
        return None
    if content.get("type") == "html":
        return _text(content) or None
    if content.get("type") == "xhtml" and len(content):
        return etree.tostring(content[0], encoding="unicode", with_tail=False)
    return None


def _link(element: _Element | None, url: str) -> str | None:
    text = _text(element)
    return joined(_base(element, url), text) if element is not None and text else None


def _base(element: _Element | None, url: str) -> str:
    """Where relative links of the element start: its xml:base and those around it, or `url`.

    lxml's own `element.base` would join addresses of any length and scheme.
    """
    around = [] if element is None else [element, *element.iterancestors()]
    base = url
    for outer in reversed(around):
        base = joined(base, outer.get(_XML_BASE, "")) or base
    return base


def _text(element: _Element | None) -> str | None:
    """All text in the element, without white space around it."""
    return None if element is None else "".join(map(str, element.itertext())).strip()
