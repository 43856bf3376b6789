"""What the second stage is shown of a candidate quotation: words around it and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

BEFORE, AFTER = 60, 30  # words shown around a quotation; more cost time and bring nothing (dev)
_KEPT = 40  # words shown of either end of a long quotation
_STEPS = 4  # sentences told apart on either side
_BOUNDS = np.array([1, 2, 3, 4, 5, 7, 10, 15, 23, 36, 61])  # of the distances' buckets
_FAR = 61  # words; what is further away is in the last bucket
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
    start, stop = max(first - BEFORE, 0), min(last + 1 + AFTER, count)
    words = np.concatenate([np.arange(start, first), middle, np.arange(last + 1, stop)])
    before, behind = slice(first - start), slice(len(words) - (stop - last - 1), None)
    sentences = sentence_of[words]
    steps = np.zeros(len(words), np.int64)
    steps[before] = sentences[before] - sentence_of[first]
    steps[behind] = sentences[behind] - sentence_of[last]
    own = set(candidate)
    features = np.empty((len(words), FEATURES), np.int64)
    features[:, 0] = [word in own for word in words.tolist()]
    features[:, 1] = _bucket(words - first)
    features[:, 2] = _bucket(words - last)
    features[:, 3] = np.clip(steps, -_STEPS, _STEPS) + _STEPS
    features[:, 4] = states[words]
    return Surroundings(words, features)


def _bucket(distances: Ints) -> Ints:
    return _BUCKETS[np.clip(distances, -_FAR, _FAR) + _FAR]


def _buckets() -> Ints:
    """The bucket of each distance from -_FAR to _FAR."""
    distances = np.arange(-_FAR, _FAR + 1)
    size = np.searchsorted(_BOUNDS, np.abs(distances), side="right")
    return np.sign(distances) * size + len(_BOUNDS) + 1


_BUCKETS = _buckets()
