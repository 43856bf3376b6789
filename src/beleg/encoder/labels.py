"""From label scores to candidate quotations: Viterbi over the words of each text.

Labels of a word on one level: outside, begins a quotation, inside, continues one after a gap.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Words = tuple[int, ...]

# Two states for "outside", since only behind a quotation can another part of it follow.
_BEFORE, _OUTSIDE, _BEGIN, _INSIDE, _CONTINUE = range(5)
_NEVER = -1e9


def decode(scores: Sequence[Floats]) -> list[list[Words]]:
    """The best sequence of labels of each text, as quotations: tuples of word positions.

    scores: one array [words, 4] of log probabilities (or logits) per text; a text may come
    several times, with other leanings.
    """
    return [_quotations(_states(s)) for s in scores]


def _states(scores: Floats) -> list[int]:
    """The best state of each word, in order.

    From a state to the same or another: before → before, begin; outside → outside, begin,
    continue; begin, inside → outside, begin, inside; continue → outside, begin, inside.
    """
    if not len(scores):
        return []
    # Plain numbers: for five states the calls of array functions would take most of the time.
    none, first, further, again = scores[0].tolist()
    before, outside, begin, inside, goes_on = none, _NEVER, first, _NEVER, _NEVER
    back: list[tuple[int, int, int]] = []  # what outside, begin and inside best come from
    for none, first, further, again in map(np.ndarray.tolist, scores[1:]):
        within, to_inside = begin, _BEGIN
        if inside > within:
            within, to_inside = inside, _INSIDE
        if goes_on > within:
            within, to_inside = goes_on, _CONTINUE
        behind, to_outside = (outside, _OUTSIDE) if outside >= within else (within, to_inside)
        anywhere, to_begin = (before, _BEFORE) if before >= behind else (behind, to_outside)
        back.append((to_outside, to_begin, to_inside))
        before, outside, begin, inside, goes_on = (
            before + none, behind + none, anywhere + first, within + further, outside + again
        )  # fmt: skip
    sums = (before, outside, begin, inside, goes_on)
    states = [sums.index(max(sums))]
    for sources in reversed(back):
        state = states[-1]
        if state == _CONTINUE:
            states.append(_OUTSIDE)
        else:
            states.append(sources[state - _OUTSIDE] if state != _BEFORE else _BEFORE)
    return states[::-1]


def _quotations(states: Sequence[int]) -> list[Words]:
    quotes: list[list[int]] = []
    for word, state in enumerate(states):
        if state == _BEGIN or (state >= _INSIDE and not quotes):
            quotes.append([word])
        elif state >= _INSIDE:
            quotes[-1].append(word)
    return [tuple(q) for q in quotes]
