"""Names of persons, organisations, places and other things, as the encoder finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from beleg.encoder.model import Floats
from beleg.text import Sentence, Span

NameKind = Literal["PER", "ORG", "LOC", "OTH"]
KINDS: tuple[NameKind, ...] = get_args(NameKind)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the article; the kinds are those of GermEval 2014, outer level."""

    span: Span
    kind: NameKind


def find_names(scores: Floats, sentences: Sequence[Sentence]) -> tuple[Name, ...]:
    """The names of an article, in order; none reaches over the end of a sentence.

    scores: [words, 9], none, then first and further word of each of KINDS.
    """
    names: list[Name] = []
    labels = _labels(scores)
    at = 0
    for sentence in sentences:
        tokens = sentence.tokens
        own = labels[at : at + len(tokens)]
        at += len(tokens)
        starts = [i for i, label in enumerate(own) if label % 2 == 1]
        for start, following in pairwise([*starts, len(own)]):
            end = start + 1
            while end < following and own[end] == own[start] + 1:
                end += 1
            span = Span(tokens[start].start, tokens[end - 1].end)
            names.append(Name(span, KINDS[own[start] // 2]))
    return tuple(names)


def _labels(scores: Floats) -> list[int]:
    """The best sequence of labels in which a further word only follows one of its kind (Viterbi)."""
    sums = [0.0] + [-1e9] * (2 * len(KINDS))
    back: list[list[int]] = []
    for row in scores.tolist():
        top = max(range(len(sums)), key=sums.__getitem__)
        before = [top] * len(sums)
        for further in range(2, len(sums), 2):
            before[further] = further if sums[further] > sums[further - 1] else further - 1
        sums = [sums[b] + score for b, score in zip(before, row, strict=True)]
        back.append(before)
    if not back:
        return []
    labels = [max(range(len(sums)), key=sums.__getitem__)]
    for before in back[:0:-1]:
        labels.append(before[labels[-1]])
    return labels[::-1]
