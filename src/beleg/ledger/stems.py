"""Words of a German text as they are searched: stems without accents.

Stemmer: Snowball's for German (Porter 2001, https://snowballstem.org/algorithms/german/stemmer.html),
the same for both databases, so that both find the same. It writes "ü" and "ue" alike.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 64  # characters; longer "words" are data, and PostgreSQL's index has its limits


def stems(text: str) -> Iterator[str]:
    """The stem of every word of `text`, in order; marks and signs are no words."""
    for word in _WORD.findall(text):
        yield stem(word[:_LONGEST])


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """What "Verhandlungen", "verhandlung" and "VERHANDLUNG" have in common."""
    return folded(_STEMMER.stem(word.casefold()))


def folded(text: str) -> str:
    """Without case, accents and umlauts: "Erdoğan" and "erdogan" become the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


class _Stemmer(threading.local):
    """Snowball keeps the word it works on in itself, so each thread has one of its own."""

    def __init__(self) -> None:
        self.stem: Callable[[str], str] = snowballstemmer.stemmer("german").stemWord


_STEMMER = _Stemmer()
