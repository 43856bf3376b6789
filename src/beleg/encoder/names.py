"""Names of persons, organisations, places and other things, as the encoder finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

import numpy as np

from beleg.encoder.model import Floats
from beleg.text import Sentence, Span

NameKind = Literal["PER", "ORG", "LOC", "OTH"]
KINDS: tuple[NameKind, ...] = get_args(NameKind)
_FURTHER = range(2, 2 * len(KINDS) + 1, 2)  # labels of a name's further words


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


def surnames(text: str, names: Sequence[Name]) -> frozenset[str]:
    """The last words of persons' names of several words, and their genitives."""
    spelt = [text[name.span.start : name.span.end].split() for name in names if name.kind == "PER"]
    last = {words[-1] for words in spelt if len(words) > 1}
    return frozenset(last | {word + "s" for word in last})


def _labels(scores: Floats) -> list[int]:
    """The best sequence of labels in which a further word only follows one of its kind (Viterbi)."""
    if not len(scores):
        return []
    sums = [0.0] + [-1e9] * (2 * len(KINDS))
    before: list[list[float]] = []
    for row in map(np.ndarray.tolist, scores):
        before.append(sums)
        top = max(sums)
        new = [top + score for score in row]
        for further in _FURTHER:
            first, goes_on = sums[further - 1], sums[further]
            new[further] = (goes_on if goes_on > first else first) + row[further]
        sums = new
    labels = [sums.index(max(sums))]
    for sums in before[:0:-1]:
        label = labels[-1]
        if label not in _FURTHER:
            labels.append(sums.index(max(sums)))
        else:
            labels.append(label if sums[label] > sums[label - 1] else label - 1)
    return labels[::-1]
