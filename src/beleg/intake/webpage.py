"""Web pages to plain lines: the article's body without the page around it, and its metadata.

Nothing is fetched: the parser gets no network, and trafilatura and htmldate get a tree, never
a string that they could take for an address.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from beleg.errors import DocumentUnreadable, InputEmpty, InputTooLarge
from beleg.intake.extracted import Block, Extracted, join_blocks, join_cells, one_line, web_address
from beleg.intake.pagedate import published_day
from beleg.messages import Message

# Long news pages have some 5,000 elements; extraction takes about 1 s for 10,000.
MAX_ELEMENTS = 50_000
# libxml2 compares every attribute of a tag with all before it, in one call nothing interrupts:
# 40,000 take 7 s, 1,000 take 1 ms.
MAX_ATTRIBUTES = 1_000
_AS_TEXT = "Give the article as text"
_MAX_AUTHOR_LENGTH = 120
_UNSEEN = ("style", "template", "noscript", "svg", "iframe", "object", "embed", "textarea", "math")
_LAYOUT = "//article | //main | //nav | //aside | //*[@role = 'main' or @itemprop = 'articleBody']"
_MAX_LINKED = 0.2
_INLINE = frozenset(("hi", "ref", "lb", "del", "graphic", "cell", "code"))
# A tag as HTML's tokenizer reads it. Possessive, so every character is looked at once.
_ATTRIBUTE = re.compile(
    r"""[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+|[\s/=]++"""
)
_TAG = re.compile(rf"<[a-zA-Z](?:{_ATTRIBUTE.pattern})*+")
_SCRIPT = re.compile(r"<script\b.*?(?:</script|\Z)", re.DOTALL | re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_XML_DECLARATION = re.compile(r"\A\s*+<\?xml[^>]*+>")
_WHITE = re.compile(r"[ \t\r\n\f]+")
# htmldate would otherwise ask the clock; the day is checked against the page's own words.
_DATE_PARAMETERS = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}


def read_webpage(source: str, *, where: str) -> Extracted:
    """Body and metadata of an HTML page.

    Raises DocumentUnreadable for markup that no page needs, InputTooLarge for too many
    elements, and InputEmpty if the page has no article text.
    """
    tree = _parse(source, where)
    _mark_plain_article(tree)
    try:
        document = _extract(tree)
        published = published_day(tree, source, document.date) if document else None
    except Exception as error:  # of any kind: the page is foreign, its markup can be anything
        cause = type(error).__name__
        what = Message("page_broken", f"the page cannot be taken apart ({cause})", cause=cause)
        raise DocumentUnreadable(where, what, _AS_TEXT) from error
    text = join_blocks(_blocks(document.body, None, itertools.count())) if document else ""
    if not text:
        raise InputEmpty(
            where,
            Message("page_without_text", "the page has no article text"),
            "Save the page with its content, or as text",
        )
    outlet = _outlet(document.sitename)
    return Extracted(
        text=text,
        title=_title(document.title, outlet),
        author=_author(document.author, outlet),
        outlet=outlet,
        url=web_address(document.url),
        published=published,
    )


def _extract(tree: Any) -> Any:
    from trafilatura import bare_extraction

    return bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_formatting=True,
        date_extraction_params=dict(_DATE_PARAMETERS),
    )


def _parse(source: str, where: str) -> Any:
    from lxml import etree, html

    if _has_endless_tag(source):
        raise DocumentUnreadable(
            where,
            Message(
                "attributes",
                f"a tag has more than {MAX_ATTRIBUTES} attributes",
                most=MAX_ATTRIBUTES,
            ),
            _AS_TEXT,
        )
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    markup = _XML_DECLARATION.sub("", _CONTROLS.sub("", source)).encode("utf-8")
    try:
        tree: Any = html.document_fromstring(markup, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        what = Message("page_empty", "the page is empty")
        raise InputEmpty(where, what, "Give a page with an article") from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        what = Message("nested", "the page's elements are nested too deeply")
        raise DocumentUnreadable(where, what, _AS_TEXT)
    count = sum(1 for _ in itertools.islice(tree.iter(), MAX_ELEMENTS + 1))
    if count > MAX_ELEMENTS:
        most = MAX_ELEMENTS
        what = Message("elements", f"the page has more than {most} elements", most=most)
        raise InputTooLarge(where, what, _AS_TEXT)
    for element in tree.xpath("//script[not(contains(@type, 'ld+json'))]"):
        element.drop_tree()
    for element in list(tree.iter(*_UNSEEN)):
        element.drop_tree()
    return tree


def _mark_plain_article(tree: Any) -> None:
    """Wrap the body of a page without layout in an <article>.

    In a page that marks no article trafilatura looks for paragraphs and loses headings and
    lists; that is right among menus and teasers, but not in a page that has none.
    """
    body = tree.find("body")
    if body is None or tree.xpath(_LAYOUT):
        return
    linked = sum(len(link.text_content()) for link in body.iter("a"))
    if linked <= _MAX_LINKED * len(body.text_content()):
        wrapper = tree.makeelement("body")
        tree.replace(body, wrapper)
        body.tag = "article"
        wrapper.append(body)


def _has_endless_tag(source: str) -> bool:
    """Whether any tag outside of scripts has more attributes than the limit."""
    suspects = [tag for tag in _TAG.finditer(source) if tag.end() - tag.start() > MAX_ATTRIBUTES]
    if not suspects:
        return False
    scripts = [match.span() for match in _SCRIPT.finditer(source)]
    for tag in suspects:
        attributes = itertools.islice(_ATTRIBUTE.finditer(tag[0]), MAX_ATTRIBUTES + 1)
        if sum(1 for _ in attributes) > MAX_ATTRIBUTES and not any(
            start < tag.start() < end for start, end in scripts
        ):
            return True
    return False


def _blocks(element: Any, group: int | None, groups: Iterator[int]) -> Iterator[Block]:
    """The lines of trafilatura's tree: p, head, list/item, quote, table/row/cell, inline."""
    if element.tag == "row":
        yield Block(join_cells(map(_inline, element)), group)
        return
    if group is None and element.tag in ("list", "table"):
        group = next(groups)
    words = [_white(element.text)]
    for child in element:
        if child.tag in _INLINE:
            words.append(_inline(child))
        else:
            yield Block("".join(words), group)
            words.clear()
            yield from _blocks(child, group, groups)
        words.append(_white(child.tail))
    yield Block("".join(words), group)


def _inline(element: Any) -> str:
    if element.tag == "lb":
        return "\n"
    if element.tag == "graphic":
        return ""
    words = [_white(element.text)]
    for child in element:
        words += (_inline(child), _white(child.tail))
    return "".join(words)


def _white(text: str | None) -> str:
    return _WHITE.sub(" ", text or "")


def _outlet(sitename: object) -> str | None:
    outlet = one_line(sitename)
    # Some pages give their page on a social network as publisher.
    return None if outlet is None or "/" in outlet else outlet


def _title(title: object, outlet: str | None) -> str | None:
    line = one_line(title)
    if line and outlet:
        line = re.sub(rf"\s+[-–—|•·:]\s+{re.escape(outlet)}\Z", "", line, flags=re.IGNORECASE)
    return line or None


def _author(author: object, outlet: str | None) -> str | None:
    line = one_line(author)
    if line is None or len(line) > _MAX_AUTHOR_LENGTH or re.search(r"[\d/@]", line):
        return None
    return None if outlet and line.casefold() == outlet.casefold() else line
