"""Quotations from the encoder: candidates from stage 1, marks and rules, judged by stage 2."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from beleg.encoder.labels import Words, decode
from beleg.encoder.model import Encoder, Judgement, Reading
from beleg.encoder.surroundings import Surroundings, surroundings

_CERTAIN = 0.97  # of the clauses that `plain` rules find, as counted on quotes-news train
_FRAME = 2  # of the roles; the others are too short for runs to matter

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """Thresholds, chosen on the development set of quotes-news (evaluation/quotes.py --tune).

    leanings: added to the score of "outside" when candidates are looked for; the lower, the more.
    real: for each type the probability from which a candidate is a quotation; nested: likewise
    inside another.
    inside: from which a word belongs to it. same: token F1 from which two are one quotation;
    mixed: likewise if one stands in the other and their types differ ("sei „eine Geste“"); alike: from which two candidates are so alike that judging the first is enough.
    roles: for speaker, cue, frame, addressee: from which a word belongs to it.
    absent: from which it has none. switch: for the quotation and its frame the cost, in log
    odds, of each change from a word that belongs to it to one that does not or back.
    """

    leanings: tuple[float, ...] = (0.0, -2.0, -4.0)
    real: tuple[float, ...] = (0.5,) * 5
    nested: float = 0.5
    inside: float = 0.5
    same: float = 0.5
    mixed: float = 0.5
    alike: float = 0.8
    roles: tuple[float, ...] = (0.5, 0.5, 0.5, 0.5)
    absent: tuple[float, ...] = (0.7, 0.7, 0.7, 0.7)
    switch: float = 0.0
    rounds: int = 1


@dataclass(frozen=True, slots=True)
class Judged:
    """A quotation in words of the article: its own, those of its roles, and its labels.

    type, medium: indices of the encoder's labels.
    """

    words: Words
    roles: tuple[Words, ...]
    type: int
    medium: int
    real: float


def propose(reading: Reading, decoding: Decoding) -> list[Words]:
    """Candidates of stage 1 at several leanings, the surest first."""
    rows = [
        reading.quotes[:, level] + np.array([leaning, 0, 0, 0], np.float32)
        for leaning in decoding.leanings
        for level in range(2)
    ]
    return list(dict.fromkeys(chain.from_iterable(decode(rows)))) if len(reading.quotes) else []


def judge(
    encoder: Encoder,
    reading: Reading,
    candidates: Sequence[Words],
    sentence_of: Ints,
    states: Ints,
    decoding: Decoding,
    tidy: Callable[[Words], Words],
    *,
    plain: Collection[Words] = (),
) -> list[Judged]:
    """The candidates that are quotations, with their parts, in order of their first words.

    plain: candidates that certainly are quotations; what belongs to them is judged all the same.
    tidy: puts the ends of a quotation right.
    """
    pool = _thinned(candidates, decoding.alike)
    judged: dict[Words, tuple[Surroundings, Judgement]] = {}
    for turn in range(decoding.rounds):
        fresh = [c for c in pool if c not in judged]
        around = [surroundings(c, sentence_of, states) for c in fresh]
        judged.update(
            zip(fresh, zip(around, encoder.judge(reading, around), strict=True), strict=True)
        )
        if turn + 1 < decoding.rounds:
            pool = list(
                dict.fromkeys(w for c in pool if (w := _own_words(c, *judged[c], decoding)))
            )
    final = [
        (words, shown, _certain(judgement) if c in plain else judgement)
        for c in pool
        for shown, judgement in [judged[c]]
        if (words := tidy(_own_words(c, shown, judgement, decoding)))
    ]
    return _select(final, decoding)


def _certain(judgement: Judgement) -> Judgement:
    return replace(judgement, real=max(judgement.real, _CERTAIN))


def _thinned(candidates: Iterable[Words], alike: float) -> list[Words]:
    """The candidates without those that are nearly an earlier one; linear in their words."""
    kept: list[Words] = []
    holding: dict[int, list[int]] = {}  # word → candidates kept that hold it
    for candidate in dict.fromkeys(candidates):
        if not candidate:
            continue
        own = set(candidate)
        # Two that are alike share the middle of each, or the mark and comma beside it.
        middle = candidate[len(candidate) // 2]
        if any(
            2 * len(own.intersection(kept[k])) > alike * (len(own) + len(kept[k]))
            for k in holding.get(middle, ())
        ):
            continue
        for word in candidate:
            holding.setdefault(word, []).append(len(kept))
        kept.append(candidate)
    return kept


def _own_words(
    candidate: Words, shown: Surroundings, judgement: Judgement, decoding: Decoding
) -> Words:
    """The words that stage 2 gives the quotation, those of its middle that it did not see too."""
    seen = set(shown.words.tolist())
    chosen = _in_runs(judgement.parts[:, 0], decoding.inside, decoding.switch)
    words = shown.words[chosen].tolist()
    unseen = [w for w in candidate if w not in seen]
    return tuple(sorted({*words, *unseen})) if words else ()


def _in_runs(scores: Floats, threshold: float, switch: float) -> list[int]:
    """The places above the threshold, in as few runs as they are worth (Viterbi, two states)."""
    above = scores > threshold
    if not switch or not above.any():
        return np.flatnonzero(above).tolist()
    odds = np.log(np.clip(scores, 1e-6, 1 - 1e-6))
    odds = odds - np.log1p(-np.clip(scores, 1e-6, 1 - 1e-6)) - np.log(threshold / (1 - threshold))
    first, last = int(above.argmax()), len(above) - int(above[::-1].argmax())
    out, within = 0.0, -switch
    from_out: list[bool] = []  # whether being within comes from being out before
    from_within: list[bool] = []
    for gain in odds[first:last].tolist():
        from_out.append(out - switch > within)
        from_within.append(within - switch > out)
        out, within = max(out, within - switch), max(within, out - switch) + gain
    state = within - switch > out
    places = []
    for at in range(last - first - 1, -1, -1):
        if state:
            places.append(first + at)
        state = not from_out[at] if state else from_within[at]
    return places[::-1]


def _select(
    judged: Iterable[tuple[Words, Surroundings, Judgement]], decoding: Decoding
) -> list[Judged]:
    """Of candidates for the same quotation the surest; none that crosses a surer one."""
    chosen: list[tuple[frozenset[int], Judged]] = []
    for words, shown, judgement in sorted(judged, key=lambda j: (-j[2].real, j[0])):
        own = frozenset(words)
        type_ = int(judgement.types.argmax())
        if judgement.real >= decoding.real[type_] and all(
            _fit(own, type_, judgement.real, other, q.type, decoding) for other, q in chosen
        ):
            roles = tuple(_role(shown, judgement, i, decoding) for i in range(len(decoding.roles)))
            medium = int(judgement.media.argmax())
            chosen.append((own, Judged(words, roles, type_, medium, judgement.real)))
    return sorted((j for _, j in chosen), key=lambda j: (j.words[0], -len(j.words)))


def _fit(
    own: frozenset[int],
    type_: int,
    real: float,
    other: frozenset[int],
    other_type: int,
    decoding: Decoding,
) -> bool:
    """Whether a quotation can stand beside, in or around a surer one."""
    shared = len(own & other)
    if not shared:
        return True
    if shared not in (len(own), len(other)) or real < decoding.nested:
        return False
    if type_ != other_type:
        return 2 * shared / (len(own) + len(other)) <= decoding.mixed
    small, large = sorted((own, other), key=len)
    return 2 * shared / (len(own) + len(other)) <= decoding.same and not _is_run(small, large)


def _is_run(small: frozenset[int], large: frozenset[int]) -> bool:
    """Whether a quotation is one of the stretches another one consists of, and no more."""
    first, last = min(small), max(small)
    return last - first + 1 == len(small) and not large & {first - 1, last + 1}


def _role(shown: Surroundings, judgement: Judgement, role: int, decoding: Decoding) -> Words:
    if judgement.absent[role] > decoding.absent[role]:
        return ()
    scores = judgement.parts[:, role + 1]
    switch = decoding.switch if role == _FRAME else 0.0
    chosen = _in_runs(scores, decoding.roles[role], switch)
    found: list[int] = shown.words[chosen].tolist()
    return tuple(found)


def decoding_of(about: dict[str, Any]) -> Decoding:
    """The thresholds that came with the weights."""
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in about.get("decoding", {}).items()
    }
    return Decoding(**fields)
