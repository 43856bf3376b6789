"""Compiles the table `hearsay.toml`, and tells a reporting "soll" from a plan."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from beleg.errors import RuleTableError
from beleg.rules.tables import read_table

HearsayKind = Literal[
    "modal", "perfect", "passive", "stative", "phrase", "says", "circles", "verb", "source",
    "named", "intention", "coordinator", "auxiliary", "had", "participle", "from", "it", "no-saying",
    "no-circles", "framed",
]  # fmt: skip

_REACH = 40  # tokens from the modal to its infinitive
_ENDS = frozenset(",;:.!?()–—…\"“”„«»‘’'")
_LONGEST = 60  # letters; longer words are no German participles


@dataclass(frozen=True, slots=True)
class HearsayRules:
    """What the table says, in lower case.

    phrases: words of phrases by their first word, longest first; says: those of "es heißt".
    stative: what may stand at the end of the clause, by its last word. framed: an infinitive of
    state behind the words it needs in its clause. from_, it: the words
    before circles and before "heißt"; no_saying: words with which "heißt" says nothing.
    no_circles: beginnings of words for districts. participle: the shape of participles. rows: the table.
    """

    modals: frozenset[str]
    perfect: tuple[str, ...]
    passive: frozenset[str]
    stative: Mapping[str, tuple[tuple[str, ...], ...]]
    framed: tuple[str, ...]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    says: Mapping[str, tuple[tuple[str, ...], ...]]
    circles: tuple[str, ...]
    verbs: frozenset[str]
    sources: frozenset[str]
    named: frozenset[str]
    intention: frozenset[str]
    coordinators: frozenset[str]
    auxiliaries: frozenset[str]
    had: frozenset[str]
    participle: re.Pattern[str]
    from_: frozenset[str]
    it: frozenset[str]
    no_saying: frozenset[str]
    no_circles: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]

    def reported_until(self, low: Sequence[str], modal: int) -> int | None:
        """Where the infinitive of a reporting modal ends (exclusive), None if it is a plan.

        low: the tokens of a sentence in lower case. A perfect infinitive always reports, unless
        a term stands by; a plain one only with verbs of state. Looks at most 40 tokens ahead.
        """
        start = max(0, modal - 8)
        if self.closes(low, modal) and not self._planned(low[start:modal]):
            return modal + 1  # "dass er gereist sein soll"
        stop = min(len(low), modal + _REACH)
        for at in range(modal + 2, stop + 1):
            ended = at == len(low) or low[at] in _ENDS or low[at] in self.coordinators
            if ended and (self.closes(low, at) or self._frames(low[modal:at])):
                return None if self._planned(low[start:at]) else at
            if at < len(low) and low[at] in ";:.!?":
                return None
        return None

    def is_perfect(self, low: Sequence[str], end: int) -> bool:
        """Whether the tokens before `end` are a perfect infinitive ("gereist sein")."""
        if end < 2 or low[end - 1] not in self.auxiliaries:
            return False
        word = low[end - 2]
        if low[end - 1] in self.had:
            return self._is_participle(word)
        return word in self.passive or (self._is_participle(word) and word.endswith(self.perfect))

    def closes(self, low: Sequence[str], end: int) -> bool:
        """Whether the tokens before `end` can stand with an epistemic modal: perfect or state."""
        return self.is_perfect(low, end) or any(
            len(words) <= end and tuple(low[end - len(words) : end]) == words
            for words in self.stative.get(low[end - 1] if end else "", ())
        )

    def _frames(self, low: Sequence[str]) -> bool:
        """ "soll es sich um ein Boot handeln"."""
        return low[-1] == self.framed[-1] and set(self.framed[:-1]).issubset(low)

    def _planned(self, low: Sequence[str]) -> bool:
        return not self.intention.isdisjoint(low)

    def _is_participle(self, word: str) -> bool:
        return len(word) <= _LONGEST and self.participle.fullmatch(word) is not None


@cache
def load_hearsay_rules(language: str = "de") -> HearsayRules:
    """The table, compiled once. Raises RuleTableError if it names a kind that there is not."""
    rows = tuple(read_table("hearsay", language)["row"])
    texts: dict[str, str] = {}
    for row in rows:
        if row["kind"] not in get_args(HearsayKind):
            raise RuleTableError(f"hearsay.toml: {row['id']}: there is no kind {row['kind']!r}")
        texts[row["kind"]] = " ".join((texts.get(row["kind"], ""), row["words"])).lower()
    for kind in get_args(HearsayKind):
        if kind not in texts:
            raise RuleTableError(f"hearsay.toml: there is no row of the kind {kind!r}")
    return HearsayRules(
        modals=frozenset(texts["modal"].split()),
        perfect=tuple(texts["perfect"].split()),
        passive=frozenset(texts["passive"].split()),
        stative=_by_word(_phrases(texts["stative"]), -1),
        framed=tuple(texts["framed"].split()),
        phrases=_by_word(_phrases(texts["phrase"]), 0),
        says=_by_word(_phrases(texts["says"]), 0),
        circles=tuple(texts["circles"].split()),
        verbs=frozenset(texts["verb"].split()),
        sources=frozenset(texts["source"].split()),
        named=frozenset(texts["named"].split()),
        intention=frozenset(texts["intention"].split()),
        coordinators=frozenset(texts["coordinator"].split()),
        auxiliaries=frozenset(texts["auxiliary"].split()),
        had=frozenset(texts["had"].split()),
        participle=re.compile("".join(texts["participle"].split())),
        from_=frozenset(texts["from"].split()),
        it=frozenset(texts["it"].split()),
        no_saying=frozenset(texts["no-saying"].split()),
        no_circles=tuple(texts["no-circles"].split()),
        rows=rows,
    )


def _phrases(text: str) -> list[tuple[str, ...]]:
    return [tuple(phrase.split()) for phrase in text.split("|") if phrase.strip()]


def _by_word(
    phrases: Sequence[tuple[str, ...]], place: int
) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases by the word at a place of theirs, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
        found.setdefault(phrase[place], []).append(phrase)
    return {word: tuple(own) for word, own in found.items()}
