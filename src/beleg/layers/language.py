"""Whether an article is in the language of the rules, told from its function words."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from beleg.errors import NotGerman
from beleg.messages import Message
from beleg.rules.language_rules import LanguageTable
from beleg.text.article import Article

_WORD = re.compile(r"[^\W\d_]+")
_MAX_WORDS = 5_000  # of the beginning; more would not change the answer
_SHORT = 8  # words; a headline can do without function words
_LONG = 20
_MIN_OWN_SHARE = 0.03  # bare tables of results have 5 %, articles 20 % and more
_MIN_FOREIGN_SHARE = 0.1
_CLEARLY = 1.5  # a German sentence around a foreign quotation as long as itself is German
_LAST_LATIN = "\u024f"


def check_language(article: Article, *, table: LanguageTable) -> None:
    """Raises NotGerman if the article is in another language.

    Foreign names and quotations do not matter, as long as the words around them are German.
    """
    words = [
        unicodedata.normalize("NFC", match[0]).lower()
        for match in islice(_WORD.finditer(article.text), _MAX_WORDS)
    ]
    if _is_foreign(words, table):
        raise NotGerman(
            article.source,
            Message("not_german", "the text is not German"),
            "Give a German text; Beleg reads no other",
        )


def _is_foreign(words: list[str], table: LanguageTable) -> bool:
    if _in_other_script(words):
        return True
    own = _count(words, table.own)
    if len(words) >= _LONG and own < _MIN_OWN_SHARE * len(words):
        return True
    for foreign_only, not_foreign in table.apart:
        foreign, own_only = _count(words, foreign_only), _count(words, not_foreign)
        if len(words) < _SHORT:
            if not own and foreign >= max(2, 0.4 * len(words)):
                return True
        elif foreign > _CLEARLY * own_only and foreign >= _MIN_FOREIGN_SHARE * len(words):
            return True
    return False


def _count(words: list[str], of: frozenset[str]) -> int:
    return sum(map(of.__contains__, words))


def _in_other_script(words: list[str]) -> bool:
    letters = "".join(words)
    return 2 * sum(map(_LAST_LATIN.__lt__, letters)) > len(letters)
