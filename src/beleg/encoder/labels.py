"""From label scores to candidate quotations: Viterbi over words, many texts at once.

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
_LABEL = np.array([0, 0, 1, 2, 3])  # columns of the scores
_NEVER = np.float32(-1e9)
_ALLOWED = {
    _BEFORE: (_BEFORE,),
    _OUTSIDE: (_OUTSIDE, _BEGIN, _INSIDE, _CONTINUE),
    _BEGIN: (_BEFORE, _OUTSIDE, _BEGIN, _INSIDE, _CONTINUE),
    _INSIDE: (_BEGIN, _INSIDE, _CONTINUE),
    _CONTINUE: (_OUTSIDE,),
}
_STEP = np.full((5, 5), _NEVER, np.float32)  # [from, to]
for _to, _sources in _ALLOWED.items():
    _STEP[list(_sources), _to] = 0


def decode(scores: Sequence[Floats]) -> list[list[Words]]:
    """The best sequence of labels of each text, as quotations: tuples of word positions.

    scores: one array [words, 4] of log probabilities (or logits) per text; a text may come
    several times, with other leanings.
    """
    if not scores:
        return []
    longest = max(len(s) for s in scores)
    padded = np.zeros((len(scores), longest, 4), np.float32)
    for i, s in enumerate(scores):
        padded[i, : len(s)] = s
    emit = padded[..., _LABEL]
    best = np.full((len(scores), 5), _NEVER, np.float32)
    best[:, (_BEFORE, _BEGIN)] = 0
    back = np.zeros((longest, len(scores), 5), np.int8)
    best = best + emit[:, 0]
    for at in range(1, longest):
        paths = best[:, :, None] + _STEP
        back[at] = paths.argmax(1)
        best = paths.max(1) + emit[:, at]
    # Padding has no scores, so the best state at the last column is found again at the end of
    # the text by walking back; it must not begin anything there, which costs nothing to allow.
    return [_path(back[:, i], int(best[i].argmax()), len(s)) for i, s in enumerate(scores)]


def _path(back: npt.NDArray[np.int8], state: int, words: int) -> list[Words]:
    states = []
    for at in range(len(back) - 1, -1, -1):
        if at < words:
            states.append(state)
        state = int(back[at, state])
    quotes: list[list[int]] = []
    for word, state in enumerate(reversed(states)):
        if state == _BEGIN or (state >= _INSIDE and not quotes):
            quotes.append([word])
        elif state >= _INSIDE:
            quotes[-1].append(word)
    return [tuple(q) for q in quotes]
