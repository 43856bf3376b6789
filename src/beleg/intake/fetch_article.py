"""The article on a fetched page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from beleg.errors import InputNotText
from beleg.intake.encoding import declared_charset, decode
from beleg.intake.feed import looks_like_feed
from beleg.intake.fetch import LIMITS, Fetched, FetchLimits, fetch
from beleg.intake.fetch_address import shown
from beleg.intake.kinds import Kind, packed_kind
from beleg.intake.read import article_from_bytes
from beleg.messages import Message
from beleg.text.article import Article

_KINDS: dict[str | None, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/plain": "text",
}


def fetch_article(
    url: str,
    *,
    published: date | None = None,
    limits: FetchLimits = LIMITS,
    allow_private: bool = False,
) -> Article:
    """The article at a web address; raises what `fetch` and `article_from_bytes` raise."""
    fetched = fetch(url, limits=limits, allow_private=allow_private)
    return article_from_fetched(fetched, published=published, max_bytes=limits.max_bytes)


def article_from_fetched(
    fetched: Fetched, *, published: date | None = None, max_bytes: int = LIMITS.max_bytes
) -> Article:
    """The article in what an address gave.

    Its `url` is the page's own canonical address if that is another page of the same host,
    without tracking parameters for instance; else the address that answered.
    Raises InputNotText for a feed, and what `article_from_bytes` raises.
    """
    where = shown(fetched.url)
    if looks_like_feed(fetched.content, fetched.content_type):
        what = Message("is_feed", "a feed, not an article")
        raise InputNotText(where, what, "Read it as a feed")
    content = fetched.content
    kind = packed_kind(content, where=where)
    if kind is None:
        kind = _KINDS.get(fetched.content_type)
        declared = declared_charset(fetched.charset) if fetched.charset else None
        if declared:
            # The server's word goes before the page's (HTML Standard, "encoding sniffing
            # algorithm"); as UTF-8 the bytes are what the reader tries first.
            content = decode(content, where=where, declared=declared).encode()
    # What grows by the change of encoding was within the limit as it was sent.
    limit = max(max_bytes, len(content))
    article = article_from_bytes(
        content, source=where, kind=kind, published=published, max_bytes=limit
    )
    return replace(article, url=_own_address(article.url, fetched.url))


def _own_address(canonical: str | None, fetched: str) -> str:
    """The canonical address, unless it is another host's or the front page."""
    if canonical is None:
        return fetched
    try:
        own, asked = urlsplit(canonical), urlsplit(fetched)
    except ValueError:
        return fetched
    same_host = _bare(own.hostname) == _bare(asked.hostname)
    front_page = own.path in ("", "/") and asked.path not in ("", "/")
    return canonical if same_host and not front_page else fetched


def _bare(host: str | None) -> str:
    return (host or "").removeprefix("www.").removeprefix("m.")
