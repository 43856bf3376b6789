"""Inflected forms of German words, made from the words of a dictionary.

Too many forms do no harm where they are looked up only: that no text has "Fiaskoer" costs
nothing. The endings stand in rules/de/inflection.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from beleg.rules.inflection import load_inflection
from beleg.rules.verb_forms import StrongForms, forms_of, split_verb

_UMLAUTING = 5  # letters of the longest adjectives with an umlaut in their comparative, "krumm"


def folded(word: str) -> str:
    """The word in lower case and with "ss" for "ß": old, new and Swiss spelling are one."""
    return word.lower().replace("ß", "ss")


def adjective_forms(word: str) -> Iterator[str]:
    """All forms of an adjective; of one that ends in "+" only those with an ending."""
    classes = load_inflection().classes
    base = word.removesuffix("+")
    stem = base.removesuffix("e")
    declined = stem
    behind_vowel = base.endswith(classes["dropped-e-behind-vowel"])
    if base.endswith(classes["dropped-e"]) or (behind_vowel and base[-3] in classes["vowel"]):
        declined = base[:-2] + base[-1]  # "edel: edle", "teuer: teure"
    for ending in classes["declined"]:
        yield stem + ending
        yield declined + ending
    if word != base:
        return
    yield base
    for grade in {stem, _umlauted(stem)} if len(stem) <= _UMLAUTING else {stem}:
        hissing = stem.endswith(classes["hissing"])
        yield from _compared(declined if grade == stem else grade, grade, hissing=hissing)


def _compared(higher: str, highest: str, *, hissing: bool) -> Iterator[str]:
    """Comparatives and superlatives, each made from its stem."""
    classes = load_inflection().classes
    superlative = classes["superlative-hissing" if hissing else "superlative"]
    for ending in classes["comparative"]:
        yield higher + ending
        yield from (higher + ending + declined for declined in classes["declined"])
    for ending in superlative:
        yield from (highest + ending + declined for declined in classes["declined"])


def noun_forms(word: str) -> Iterator[str]:
    """The forms of a noun, also with an umlaut ("Trauerspiels", "Luftschlösser").

    word: one that ends in "=" has a singular only.
    """
    table = load_inflection()
    if word.endswith("="):
        yield from (word[:-1] + ending for ending in ("", *table.classes["singular"]))
        return
    endings = next((e for ends, e in table.nouns if word.endswith(ends)), None)
    yield word
    for ending in table.classes["strong-noun"] if endings is None else endings:
        yield word + ending
    changed = _umlauted(word)
    if changed != word and (endings is None or word.endswith(table.classes["umlauting"])):
        yield changed
        for ending in table.classes["umlauted"]:
            yield changed + ending


def verb_forms(
    verb: str, strong: Mapping[str, StrongForms]
) -> tuple[frozenset[str], frozenset[str]]:
    """(forms that stand alone, finite forms that want the verb's particle behind them)."""
    particle, base = split_verb(verb)
    declined = load_inflection().classes["declined"]
    alone: set[str] = set()
    parted: set[str] = set()
    for form, shape in forms_of(verb, strong).items():
        if shape == "finite" and particle:
            parted.add(form)
            continue
        alone.add(form)
        if shape == "participle":
            alone.update(form + ending for ending in declined)
    whole = particle + base.replace("=", "")
    alone.update(whole + "d" + ending for ending in ("", *declined))
    if not particle:
        alone.update(form + "n" for form in tuple(alone) if form.endswith("te"))
    return frozenset(alone), frozenset(parted)


def infinitive(verb: str) -> str:
    """The infinitive in one word ("ein|knicken": "einknicken")."""
    return verb.replace("|", "").replace("=", "")


def _umlauted(word: str) -> str:
    """With an umlaut in place of its last vowel that can take one."""
    table = load_inflection()
    for place in range(len(word) - 1, -1, -1):
        for first in (max(place - 1, 0), place):  # "au" before "u"
            changed = table.umlauts.get(word[first : place + 1])
            if changed is not None:
                return word[:first] + changed + word[place + 1 :]
        if word[place] in table.classes["no-umlaut"] and place < len(word) - 1:
            return word
    return word
