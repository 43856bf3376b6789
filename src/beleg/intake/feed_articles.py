"""The articles that a feed's entries lead to, one reader each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from beleg.errors import FetchRefused
from beleg.intake.feed import Feed, FeedEntry
from beleg.intake.fetch import LIMITS, FetchLimits
from beleg.intake.fetch_address import shown
from beleg.intake.fetch_article import fetch_article
from beleg.messages import Message
from beleg.text.article import Article

MAX_ARTICLES = 100
PAUSE_SECONDS = 1.0


def feed_articles(
    feed: Feed,
    *,
    max_articles: int = MAX_ARTICLES,
    pause: float = PAUSE_SECONDS,
    limits: FetchLimits = LIMITS,
    allow_private: bool = False,
) -> Iterator[Callable[[], Article]]:
    """A reader for each of the first `max_articles` entries, as `analyse_each` takes them.

    A reader fetches its entry's page when called, and not before; it raises what
    `fetch_article` raises, so one entry costs no other. What the page does not say of title,
    author and day of publication comes from the entry. Entries with the address of an earlier
    one are left out. pause: seconds from the end of one fetch to the start of the next.
    """
    walk = _Walk(pause=pause, limits=limits, allow_private=allow_private)
    known: set[str] = set()
    given = 0
    for entry in feed.entries:
        if given == max_articles:
            return
        if entry.url is None or entry.url not in known:
            known.update((entry.url,) if entry.url else ())
            given += 1
            yield _reader(walk, feed, entry)


def _reader(walk: _Walk, feed: Feed, entry: FeedEntry) -> Callable[[], Article]:
    def read() -> Article:
        if entry.url is None:
            named = entry.title or entry.guid or "no title"
            raise FetchRefused(
                shown(feed.url),
                Message("entry_address", f"the entry “{named}” has no web address", named=named),
                "Give its page",
            )
        article = walk.article(entry.url)
        return replace(
            article,
            title=article.title or entry.title,
            author=article.author or entry.author,
            published=article.published or entry.published,
        )

    return read


class _Walk:
    """Fetches one page after the other, with a pause between them."""

    def __init__(self, *, pause: float, limits: FetchLimits, allow_private: bool) -> None:
        self._pause = pause
        self._limits = limits
        self._allow_private = allow_private
        self._may_start = time.monotonic()

    def article(self, url: str) -> Article:
        time.sleep(max(self._may_start - time.monotonic(), 0))
        try:
            return fetch_article(url, limits=self._limits, allow_private=self._allow_private)
        finally:
            self._may_start = time.monotonic() + self._pause
