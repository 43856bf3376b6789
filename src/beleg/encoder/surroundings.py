"""What the second stage is shown of a candidate quotation: words around it and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

BEFORE, AFTER = 60, 30  # words shown around a quotation; more cost time and bring nothing (dev)
_KEPT = 40  # words shown of either end of a long quotation
_STEPS = 4  # sentences told apart on either side
_BOUNDS = np.array([1, 2, 3, 4, 5, 7, 10, 15, 23, 36, 61, 1 << 30])  # of the distances' buckets
FEATURES = 5

Ints = npt.NDArray[np.int64]


class Surroundings(NamedTuple):
    """words: positions in the article, ascending; features: [words, 5], whether it is inside the
    candidate, buckets of the distances to its first and last word, sentences away, state."""

    words: Ints
    features: Ints


def surroundings(candidate: Sequence[int], sentence_of: Ints, states: Ints) -> Surroundings:
    """The words shown for one candidate; sentence_of and states have an entry for each word."""
    first, last = candidate[0], candidate[-1]
    count = len(sentence_of)
    if last - first < 2 * _KEPT:
        middle = np.arange(first, last + 1)
    else:
        middle = np.concatenate(
            [np.arange(first, first + _KEPT), np.arange(last + 1 - _KEPT, last + 1)]
        )
    words = np.concatenate(
        [
            np.arange(max(first - BEFORE, 0), first),
            middle,
            np.arange(last + 1, min(last + 1 + AFTER, count)),
        ]
    )
    inside = np.isin(words, candidate)
    sentences = sentence_of[words]
    steps = np.where(
        words < first,
        sentences - sentence_of[first],
        np.where(words > last, sentences - sentence_of[last], 0),
    )
    features = np.stack(
        [
            inside.astype(np.int64),
            _bucket(words - first),
            _bucket(words - last),
            np.clip(steps, -_STEPS, _STEPS) + _STEPS,
            states[words],
        ],
        axis=1,
    )
    return Surroundings(words, features)


def _bucket(distances: Ints) -> Ints:
    size = np.searchsorted(_BOUNDS, np.abs(distances), side="right")
    return np.sign(distances) * size + len(_BOUNDS)
