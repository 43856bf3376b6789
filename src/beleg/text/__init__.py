"""Articles, spans, sentences and tokens: the text as read, and places in it."""

from beleg.text.article import Article, Span
from beleg.text.segments import Sentence, segment
from beleg.text.table import SegmentationTable
from beleg.text.tokens import Token
from beleg.text.words import WordIndex

__all__ = ["Article", "SegmentationTable", "Sentence", "Span", "Token", "WordIndex", "segment"]
