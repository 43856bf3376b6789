"""Files, folders, web addresses and feeds to articles, whose text never changes after."""

from beleg.intake.feed import Feed, FeedEntry, looks_like_feed, parse_feed
from beleg.intake.feed_articles import feed_articles
from beleg.intake.fetch import Fetched, FetchLimits, fetch
from beleg.intake.fetch_article import article_from_fetched, fetch_article
from beleg.intake.folder import FolderLimits, find_files
from beleg.intake.kinds import Kind
from beleg.intake.read import MAX_BYTES, article_from_bytes, article_from_text, read_article

__all__ = [
    "MAX_BYTES",
    "Feed",
    "FeedEntry",
    "FetchLimits",
    "Fetched",
    "FolderLimits",
    "Kind",
    "article_from_bytes",
    "article_from_fetched",
    "article_from_text",
    "feed_articles",
    "fetch",
    "fetch_article",
    "find_files",
    "looks_like_feed",
    "parse_feed",
    "read_article",
]
