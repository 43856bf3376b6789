"""Phrases that judge, hedge or heighten: compiled from their rows, and found in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Literal, NamedTuple

from beleg.errors import RuleTableError
from beleg.rules.verb_forms import StrongForms
from beleg.rules.wording_forms import folded, verb_forms

WordKind = Literal["loaded", "hedge", "intensifier", "except"]
_BEFORE, _BEHIND = 14, 8  # words between a phrase and its verb, at most


class Phrase(NamedTuple):
    """A phrase: its words (folded; "x*" begins with x, "_" is any), and its verb, if it has one.

    verb: forms of which one must stand in the phrase's sentence not far away.
    """

    words: tuple[str, ...]
    verb: frozenset[str] | None
    kind: WordKind
    row: str


# By their first word and then by their second, "" where that is any word.
Phrases = Mapping[str, Mapping[str, tuple[Phrase, ...]]]


def compile_phrases(
    rows: Iterable[Mapping[str, Any]], strong: Mapping[str, StrongForms]
) -> Phrases:
    """The phrases by their first two words, the longest first.

    Under every second word stand also the phrases of one word and its verb.

    "a/b" stands for either word; behind "+" stands the verb, or several with "/".
    """
    found: dict[str, dict[str, list[Phrase]]] = {}
    for row in rows:
        if row["class"] != "phrase":
            continue
        for written in " ".join(row["words"].split()).split("|"):
            words, _, verbs = written.strip().partition(" + ")
            forms = _forms_of_any(verbs, strong) if verbs else None
            for parts in product(*(part.split("/") for part in folded(words).split())):
                start = parts[:2]
                if (len(start) < 2 and forms is None) or "*" in "".join(start) or "_" in start:
                    raise RuleTableError(
                        f"row {row['id']}: {written.strip()!r} does not begin with two plain "
                        "words, nor is it one word with its verb"
                    )
                phrase = Phrase(parts, forms, row["kind"], row["id"])
                starting = found.setdefault(parts[0], {})
                starting.setdefault("".join(parts[1:2]), []).append(phrase)
    return {first: dict(_by_second(starting)) for first, starting in found.items()}


def _by_second(starting: Mapping[str, list[Phrase]]) -> Iterator[tuple[str, tuple[Phrase, ...]]]:
    single = starting.get("", [])
    for second, phrases in starting.items():
        listed = phrases + single if second else phrases
        yield second, tuple(sorted(listed, key=lambda phrase: -len(phrase.words)))


def _forms_of_any(verbs: str, strong: Mapping[str, StrongForms]) -> frozenset[str]:
    forms: set[str] = set()
    for verb in verbs.split("/"):
        alone, parted = verb_forms(verb.replace(":", "|"), strong)
        forms |= {folded(form) for form in alone | parted}
    return frozenset(forms)


def find_phrase(phrases: Phrases, words: Sequence[str], place: int) -> tuple[int, Phrase] | None:
    """The longest phrase at `place` of the folded words of a sentence, and where it ends.

    place: not that of the last word.
    """
    starting = phrases.get(words[place])
    if starting is None:
        return None
    for phrase in starting.get(words[place + 1]) or starting.get("", ()):
        stop = place + len(phrase.words)
        if stop > len(words) or not all(map(_fits, phrase.words, words[place:stop])):
            continue
        if phrase.verb is None:
            return stop, phrase
        if stop < len(words) and words[stop] in phrase.verb:
            return stop + 1, phrase
        around = (*words[max(place - _BEFORE, 0) : place], *words[stop : stop + _BEHIND])
        if not phrase.verb.isdisjoint(around):
            return stop, phrase
    return None


def _fits(part: str, word: str) -> bool:
    return part in (word, "_") or (part[-1] == "*" and word.startswith(part[:-1]))
