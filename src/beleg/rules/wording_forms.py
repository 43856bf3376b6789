"""Inflected forms of German words, made from the words of a dictionary.

Too many forms do no harm where they are looked up only: that no text has "Fiaskoer" costs
nothing. Source of the endings: Duden Grammatik, Flexion of adjectives, nouns and verbs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from beleg.rules.verb_forms import StrongForms, forms_of, split_verb

_DECLINED = ("e", "en", "em", "er", "es")
_STRONG_NOUN = ("", "s", "es", "e", "en", "er", "ern")
_UMLAUTED = ("", "e", "en", "er", "ern", "n")
# Endings of nouns and what inflection they take; of several that fit the first counts.
_NOUNS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("nis",), ("", "ses", "se", "sen")),
    (("in", "ung", "heit", "keit", "schaft", "erei", "ion", "tät", "ik"), ("", "en", "nen")),
    (("chen", "lein"), ("", "s")),
    (("e",), ("", "n", "s", "ns")),
    (("er",), ("", "s", "n", "in", "innen")),
    (("el", "en"), ("", "s", "n")),
    (("ist", "ant", "ent", "at", "it", "oph"), ("", "s", "es", "en", "e", "in", "innen")),
)
_UMLAUT = {"a": "ä", "o": "ö", "u": "ü"}
_VOWELS = "aeiouäöü"
_HISSING = ("d", "t", "s", "z", "x", "sch")  # "mildeste", "frischeste"


def folded(word: str) -> str:
    """The word in lower case and with "ss" for "ß": old, new and Swiss spelling are one."""
    return word.lower().replace("ß", "ss")


def adjective_forms(word: str) -> Iterator[str]:
    """All forms of an adjective; of one that ends in "+" only those with an ending."""
    base = word.removesuffix("+")
    stem = base.removesuffix("e")
    declined = stem
    if base.endswith("el") or (base.endswith("er") and base[-3] in _VOWELS):
        declined = base[:-2] + base[-1]  # "edel: edle", "teuer: teure"
    for ending in _DECLINED:
        yield stem + ending
        yield declined + ending
    if word != base:
        return
    yield base
    for grade in {stem, _umlauted(stem)} if len(stem) < len("krumm") + 1 else {stem}:
        higher = (declined if grade == stem else grade) + "er"
        highest = grade + ("est" if stem.endswith(_HISSING) else "st")
        yield higher
        for ending in _DECLINED:
            yield higher + ending
            yield highest + ending


def noun_forms(word: str) -> Iterator[str]:
    """The forms of a noun, also with an umlaut ("Trauerspiels", "Luftschlösser").

    word: one that ends in "=" has a singular only.
    """
    if word.endswith("="):
        yield from (word[:-1] + ending for ending in ("", "s", "es"))
        return
    endings = next((e for ends, e in _NOUNS if word.endswith(ends)), _STRONG_NOUN)
    for ending in endings:
        yield word + ending
    changed = _umlauted(word)
    if changed != word and (endings is _STRONG_NOUN or word.endswith(("el", "er", "en"))):
        for ending in _UMLAUTED:
            yield changed + ending


def verb_forms(
    verb: str, strong: Mapping[str, StrongForms]
) -> tuple[frozenset[str], frozenset[str]]:
    """(forms that stand alone, finite forms that want the verb's particle behind them)."""
    particle, base = split_verb(verb)
    alone: set[str] = set()
    parted: set[str] = set()
    for form, shape in forms_of(verb, strong).items():
        if shape == "finite" and particle:
            parted.add(form)
            continue
        alone.add(form)
        if shape == "participle":
            alone.update(form + ending for ending in _DECLINED)
    whole = particle + base.replace("=", "")
    alone.update(whole + "d" + ending for ending in ("", *_DECLINED))
    if not particle:
        alone.update(form + "n" for form in tuple(alone) if form.endswith("te"))
    return frozenset(alone), frozenset(parted)


def infinitive(verb: str) -> str:
    """The infinitive in one word ("ein|knicken": "einknicken")."""
    return verb.replace("|", "").replace("=", "")


def _umlauted(word: str) -> str:
    """With an umlaut in place of its last vowel that can take one."""
    for place in range(len(word) - 1, -1, -1):
        if word[place] in _UMLAUT:
            if word[place] == "u" and place and word[place - 1] in "ae":
                changed = {"a": "äu", "e": "eu"}[word[place - 1]]
                return word[: place - 1] + changed + word[place + 1 :]
            return word[:place] + _UMLAUT[word[place]] + word[place + 1 :]
        if word[place] in "äöüei" and place < len(word) - 1 and word[place] != "e":
            return word
    return word
