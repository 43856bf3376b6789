"""Articles, spans, sentences and tokens: the text as read, and places in it."""

from beleg.text.article import Article, Span

__all__ = ["Article", "Span"]
