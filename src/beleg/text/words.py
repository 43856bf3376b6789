"""The tokens of an article numbered through: from numbers to characters and back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from beleg.text.article import Span
from beleg.text.segments import Sentence
from beleg.text.tokens import Token


class WordIndex:
    """All tokens of an article in order.

    tokens: the tokens; sentence_of: for each the position of its sentence.
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.tokens: list[Token] = [t for s in sentences for t in s.tokens]
        self.sentence_of: list[int] = [i for i, s in enumerate(sentences) for _ in s.tokens]
        self._starts = [t.start for t in self.tokens]
        self._ends = [t.end for t in self.tokens]

    def __len__(self) -> int:
        return len(self.tokens)

    def within(self, span: Span) -> range:
        """The numbers of the tokens that share a character with `span`."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    def spans(self, words: Iterable[int]) -> tuple[Span, ...]:
        """The characters of these tokens, neighbours joined, in order."""
        runs: list[list[int]] = []
        for word in sorted(words):
            if runs and runs[-1][1] + 1 == word:
                runs[-1][1] = word
            else:
                runs.append([word, word])
        return tuple(Span(self._starts[a], self._ends[b]) for a, b in runs)
