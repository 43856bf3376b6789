"""What somebody names to be added - files, folders, web addresses, feeds - as readers of articles.

A reader gives one article when it is called, or raises what is wrong with it. Content that is at
hand needs nothing from here: `partial(article_from_bytes, data, source=name)` is a reader too, and
so is `partial(article_from_text, text)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from beleg.errors import FeedUnreadable
from beleg.intake import (
    MAX_BYTES,
    Fetched,
    FetchLimits,
    article_from_fetched,
    feed_articles,
    fetch,
    find_files,
    looks_like_feed,
    parse_feed,
    read_article,
)
from beleg.intake.feed_articles import MAX_ARTICLES, PAUSE_SECONDS
from beleg.intake.fetch_address import shown
from beleg.messages import Message
from beleg.text.article import Article

Reader = Callable[[], Article]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOptions:
    """How sources are read.

    published: day of publication of all of them, as the caller knows it. allow_private: addresses
    of private networks are asked too. max_articles: of a feed, the first in it. pause: seconds
    between two pages of a feed. max_bytes: of one document.
    """

    published: date | None = None
    allow_private: bool = False
    max_articles: int = MAX_ARTICLES
    pause: float = PAUSE_SECONDS
    max_bytes: int = MAX_BYTES


OPTIONS = SourceOptions()


def readers_of(
    place: str, *, options: SourceOptions = OPTIONS, stdin: BinaryIO | None = None
) -> Iterator[Reader]:
    """A reader for each article at a place: a file, a folder, an http(s) address, or "-".

    An address is asked when its turn comes; if it is a feed, so are the pages of its entries. What
    is wrong with the place itself is raised by a reader too: no place costs another.
    """
    try:
        if is_address(place):
            yield from _at_address(place, options)
        elif place != "-" and Path(place).is_dir():
            yield from (_file_reader(str(file), options, None) for file in find_files(place))
        else:
            yield _file_reader(place, options, stdin)
    except Exception as error:
        yield _failing(error)


def is_address(place: str) -> bool:
    """Whether it is to be fetched, not opened."""
    return place.lower().startswith(("http://", "https://"))


def _file_reader(path: str, options: SourceOptions, stdin: BinaryIO | None) -> Reader:
    def read() -> Article:
        article = read_article(
            path, published=options.published, max_bytes=options.max_bytes, stdin=stdin
        )
        # The same file is the same source, wherever one stands when naming it.
        return article if path == "-" else replace(article, source=str(Path(path).absolute()))

    return read


def _at_address(url: str, options: SourceOptions) -> Iterator[Reader]:
    limits = FetchLimits(max_bytes=options.max_bytes)
    fetched = fetch(url, limits=limits, allow_private=options.allow_private)
    if looks_like_feed(fetched.content, fetched.content_type):
        yield from _in_feed(fetched, options, limits)
    else:
        yield partial(
            article_from_fetched, fetched, published=options.published, max_bytes=options.max_bytes
        )


def _in_feed(fetched: Fetched, options: SourceOptions, limits: FetchLimits) -> Iterator[Reader]:
    feed = parse_feed(
        fetched.content, url=fetched.url, charset=fetched.charset, max_bytes=limits.max_bytes
    )
    for read in feed_articles(
        feed,
        max_articles=options.max_articles,
        pause=options.pause,
        limits=limits,
        allow_private=options.allow_private,
    ):
        yield partial(_dated, read, options.published) if options.published else read
    if feed.damaged:
        yield _failing(
            FeedUnreadable(
                shown(feed.url),
                Message(
                    "feed_damaged", f"its XML is damaged ({feed.damaged})", detail=feed.damaged
                ),
                "Entries may be missing; add them by their addresses",
            )
        )


def _dated(read: Reader, published: date) -> Article:
    return replace(read(), published=published, published_given=True)


def _failing(error: Exception) -> Reader:
    def read() -> Article:
        raise error

    return read
