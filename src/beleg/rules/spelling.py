"""Spellings of one name: accents, other letters, and transcriptions from other scripts."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

Pairs = tuple[tuple[str, str], ...]
_SHORTEST = 5  # letters from which on a transcription is told from another name
_CACHED = 8192
_WORD_LONGEST = 60


class Spelling:
    """Keys of words: two spellings of one name share a key.

    schemes: replacements in the order they apply, one list per way of transcribing.
    both: replacements that apply before and after any of them.
    """

    def __init__(self, schemes: Sequence[Pairs], both: Pairs) -> None:
        self._schemes = tuple(schemes)
        self._letters = tuple(pair for pair in both if len(pair[0]) == 1)
        self._both = tuple(pair for pair in both if len(pair[0]) > 1)
        self.keys = lru_cache(maxsize=_CACHED)(self._keys)

    def plain(self, word: str) -> str:
        """In lower case, without accents and punctuation: "Erdoğan" is "erdogan"."""
        lower = word[:_WORD_LONGEST].lower()
        if not lower.isascii():
            for old, new in self._letters:
                lower = lower.replace(old, new)
            lower = unicodedata.normalize("NFKD", lower)
        return "".join(character for character in lower if character.isalnum())

    def _keys(self, word: str) -> frozenset[str]:
        """All keys of a word, the plain one among them."""
        plain = self.plain(word)
        keys = {plain}
        if len(plain) >= _SHORTEST:
            for pairs in self._schemes:
                keys.add(_replaced(_replaced(plain, pairs), self._both))
        return frozenset(keys)

    def same(self, one: str, other: str) -> bool:
        """Whether two words can be spellings of one name."""
        return not self.keys(one).isdisjoint(self.keys(other))


def _replaced(word: str, pairs: Pairs) -> str:
    for old, new in pairs:
        word = word.replace(old, new)
    return word
