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

_TINY = 1e-9
_CERTAIN = 0.97  # of the clauses that `plain` rules find, as counted on quotes-news train

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """Thresholds, chosen on the development set of quotes-news (evaluation/quotes.py --tune).

    leanings: added to the score of "outside" when candidates are looked for; the lower, the more.
    real: for each type the probability from which a candidate is a quotation; nested: likewise
    inside another.
    inside: from which a word belongs to it. same: token F1 from which two are one quotation;
    mixed: likewise if one stands in the other and their types differ ("sei „eine Geste“").
    roles: for speaker, cue, frame, addressee: from which a word belongs to it.
    absent: from which it has none. media: added to the log probability of each medium.
    """

    leanings: tuple[float, ...] = (0.0, -2.0, -4.0)
    real: tuple[float, ...] = (0.5,) * 5
    nested: float = 0.5
    inside: float = 0.5
    same: float = 0.5
    mixed: float = 0.5
    roles: tuple[float, ...] = (0.5, 0.5, 0.5, 0.5)
    absent: tuple[float, ...] = (0.7, 0.7, 0.7, 0.7)
    media: tuple[float, ...] = (0.0,) * 5


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
    pool = list(dict.fromkeys(candidate for candidate in candidates if candidate))
    around = [surroundings(candidate, sentence_of, states) for candidate in pool]
    final = [
        (words, shown, _certain(judgement) if candidate in plain else judgement)
        for candidate, shown, judgement in zip(
            pool, around, encoder.judge(reading, around), strict=True
        )
        if (words := tidy(_own_words(candidate, shown, judgement, decoding)))
    ]
    return _select(final, decoding)


def _certain(judgement: Judgement) -> Judgement:
    return replace(judgement, real=max(judgement.real, _CERTAIN))


def _own_words(
    candidate: Words, shown: Surroundings, judgement: Judgement, decoding: Decoding
) -> Words:
    """The words that stage 2 gives the quotation, those of its middle that it did not see too."""
    seen = set(shown.words.tolist())
    words = shown.words[judgement.parts[:, 0] > decoding.inside].tolist()
    unseen = [w for w in candidate if w not in seen]
    return tuple(sorted({*words, *unseen})) if words else ()


def _select(
    judged: Iterable[tuple[Words, Surroundings, Judgement]], decoding: Decoding
) -> list[Judged]:
    """Of candidates for the same quotation the surest; none that crosses a surer one."""
    chosen: list[tuple[frozenset[int], Judged]] = []
    holding: dict[int, list[int]] = {}  # word → the chosen that hold it: only they can be crossed
    for words, shown, judgement in sorted(judged, key=lambda j: (-j[2].real, j[0])):
        own = frozenset(words)
        type_ = int(judgement.types.argmax())
        beside = {number for word in words for number in holding.get(word, ())}
        if judgement.real >= decoding.real[type_] and all(
            _fit(own, type_, judgement.real, other, q.type, decoding)
            for other, q in map(chosen.__getitem__, beside)
        ):
            roles = tuple(_role(shown, judgement, i, decoding) for i in range(len(decoding.roles)))
            medium = int((np.log(judgement.media + _TINY) + decoding.media).argmax())
            for word in words:
                holding.setdefault(word, []).append(len(chosen))
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
    """Whether a quotation can stand in or around a surer one that it shares words with."""
    shared = len(own & other)
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
    belongs = judgement.parts[:, role + 1] > decoding.roles[role]
    found: list[int] = shown.words[belongs].tolist()
    return tuple(found)


def decoding_of(about: dict[str, Any]) -> Decoding:
    """The thresholds that came with the weights."""
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in about.get("decoding", {}).items()
    }
    return Decoding(**fields)
