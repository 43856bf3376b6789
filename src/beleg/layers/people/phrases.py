"""Noun phrases that name or describe somebody: "der frühere Sprecher der Polizei, Ole Brandis"."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from beleg.layers.people.around_noun import (
    modifier_at,
    name_at,
    name_in_apposition,
    place_before,
    read_bracket,
    read_complement,
)
from beleg.layers.people.page import NameTokens, Page
from beleg.rules.people_rules import Determiner, Reading

_ADJECTIVES_MOST = 6
_NAME_MOST = 5
_GENITIVE = Determiner("possessive", frozenset(g + c for g in "mfnp" for c in "nda"))
_WEAK_SUBJECTS = frozenset(["mn", "fn", "fa", "nn", "na"])


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as tokens.

    first, stop: determiner to the end of noun and name; end: with complement and apposition.
    readings: what the noun can be in this phrase; empty for a bare name.
    features: gender or p, then the case; empty if nothing tells.
    modifiers: beginnings of places and of adjectives from them, by which two presidents are told
        apart.
    genders: those it can have, p for plural; empty if nothing tells.
    complement: what hangs on the noun ("der Polizei"), as tokens; empty if first == stop.
    """

    first: int
    stop: int
    end: int
    determiner: Determiner | None
    noun: int | None
    readings: tuple[Reading, ...]
    features: frozenset[str]
    modifiers: frozenset[str]
    complement: tuple[int, int]
    name: NameTokens | None
    aged: bool
    genders: frozenset[str] = field(init=False)

    @property
    def key(self) -> int:
        """The token of the noun, of a bare name the first."""
        if self.noun is not None:
            return self.noun
        return self.name.first if self.name is not None else self.first

    @property
    def nominative(self) -> bool:
        """Whether it can be a subject as far as its own words tell."""
        return not self.features or any(feature[-1] == "n" for feature in self.features)

    def __post_init__(self) -> None:
        object.__setattr__(self, "genders", frozenset([feature[0] for feature in self.features]))


def read_phrase(page: Page, first: int, *, apposed: bool = False) -> Phrase | None:
    """The phrase that begins at a token, if one does; never past the sentence.

    apposed: it stands beside a name, so that a bare noun is singular ("Brandis, Sprecher der …").
    """
    determiner = page.rules.determiners.get(page.lower[first])
    limit = page.stop_of(first)
    at = first
    if determiner is not None:
        at += 1
    elif page.nouns[at] and _behind_genitive(page, at):
        determiner = _GENITIVE
    elif not page.nouns[at] and at not in page.names and not _may_modify(page, at):
        return None
    at, modifiers, aged = _adjectives(page, at, limit)
    if at >= limit:
        return None
    name = page.names.get(at)
    if name is not None:
        return _bare_name(page, first, determiner, name, modifiers, limit)
    noun = _head(page, at, limit)
    if noun is None:
        return None
    readings, features = _agreeing(page.nouns[noun], page.lower[noun], determiner)
    features = _in_place(page, first, features)
    readings = tuple(r for r in readings if any(f[0] == r.gender for f in features)) or readings
    found = _with_rest(page, first, determiner, noun, readings, features, modifiers, aged, limit)
    return found if apposed or determiner is not None or found.name is not None else _plural(found)


def _plural(phrase: Phrase) -> Phrase:
    """Nothing but a name or an article makes a bare noun singular ("Forscher warnen")."""
    if not any(reading.gender == "p" for reading in phrase.readings):
        return phrase
    return replace(
        phrase,
        readings=tuple(r for r in phrase.readings if r.gender == "p"),
        features=frozenset(f for f in phrase.features if f[0] == "p"),
    )


def _behind_genitive(page: Page, at: int) -> bool:
    """Whether a name in the genitive opens the phrase: "Brandis’ Sprecher"."""
    before = at - 1
    if before < page.first_of(at) or page.tokens[before].text[-1] not in "s’'":
        return False
    return any(
        name is not None
        and name.stop == (before + 1 if page.tokens[before].text.isalpha() else before)
        for name in (page.names.get(first) for first in range(max(0, at - _NAME_MOST), at))
    )


def bare_phrase(noun: int, name: NameTokens, readings: tuple[Reading, ...]) -> Phrase:
    """A phrase that says no more than the noun in a name does."""
    return Phrase(
        first=name.first, stop=name.stop, end=name.stop, determiner=None, noun=noun,
        readings=readings, features=frozenset(), modifiers=frozenset(),
        complement=(name.stop, name.stop), name=name, aged=False,
    )  # fmt: skip


def _may_modify(page: Page, at: int) -> bool:
    """Whether a word without article can open a phrase ("politische Beobachter", "Kongress- und …")."""
    text = page.tokens[at].text
    return text.endswith(page.rules.adjectives) or text[-1] == "-" or text[0].isdigit()


def _adjectives(page: Page, at: int, limit: int) -> tuple[int, set[str], bool]:
    """Past the adjectives at a token; the origins they tell, and whether they tell an age."""
    origins: set[str] = set()
    aged = False
    start = at
    while at < limit - 1 and at - start < _ADJECTIVES_MOST and at not in page.names:
        text, lower = page.tokens[at].text, page.lower[at]
        if page.nouns[at]:
            break
        if text[0].isdigit() and not _tells(lower, page.rules.ages):
            at += 1
            continue
        if not text.endswith(page.rules.adjectives):
            break
        origin = text[0].isupper() and text.endswith(page.rules.towns) and bool(page.nouns[at + 1])
        last = text.rpartition("-")[2]
        attributive = last[:1].islower() or last[:1].isdigit() or at == page.first_of(at)
        if not (attributive or origin):
            break
        if lower in page.rules.no_adjectives or lower in page.rules.determiners:
            break
        aged = aged or _tells(lower, page.rules.ages)
        if origin or _tells(lower, page.rules.origins):
            origins.add(modifier_at(page, at))
        at += 1
    return at, origins, aged


def _tells(lower: str, parts: tuple[str, ...]) -> bool:
    return any(part in lower for part in parts)


def _head(page: Page, at: int, limit: int) -> int | None:
    """The noun a phrase turns on: the last of a row ("der Vorsitzende Richter")."""
    if (
        page.tokens[at].text.endswith("-")
        and at + 2 < limit
        and page.lower[at + 1] in page.rules.joining
    ):
        at += 2
    if not page.nouns[at]:
        return None
    while at + 1 < limit and at + 1 not in page.names:
        following, own = page.nouns[at + 1], page.nouns[at]
        if not following or {r.means for r in following}.isdisjoint({r.means for r in own}):
            break
        at += 1
    return at


def _agreeing(
    readings: tuple[Reading, ...], word: str, determiner: Determiner | None
) -> tuple[tuple[Reading, ...], frozenset[str]]:
    """The readings that fit the determiner, and the features both allow."""
    if determiner is None:
        features = frozenset(r.gender + case for r in readings for case in "nda")
        return readings, features
    genders = {feature[0] for feature in determiner.features}
    weak = determiner.sense not in ("indefinite", "negative")
    fitting = tuple(r for r in readings if r.gender in genders and not (r.bare and weak))
    if not fitting:
        return readings, determiner.features
    kept = {r.gender for r in fitting}
    features = frozenset(f for f in determiner.features if f[0] in kept)
    if weak and fitting[0].adjectival:
        # "Der Verletzte" is a man, "der Verletzten" a woman, or several people.
        subject = features & _WEAK_SUBJECTS
        features = (features - subject if word.endswith("n") else subject) or features
        fitting = tuple(r for r in fitting if any(f[0] == r.gender for f in features))
    return fitting, features


def _in_place(page: Page, first: int, features: frozenset[str]) -> frozenset[str]:
    """The features that fit the place: no subject behind a preposition, genitives behind nouns."""
    before = page.tokens[first - 1].text if first else ""
    if not before or page.sentence_of[first - 1] != page.sentence_of[first]:
        fitting = frozenset(f for f in features if f[1] != "g")
    elif page.lower[first - 1] in page.rules.prepositions:
        fitting = frozenset(f for f in features if f[1] != "n")
    elif before[0].isupper() or page.is_mark(first - 1) or before == ")":
        return features
    else:
        fitting = frozenset(f for f in features if f[1] != "g")
    return fitting or features


def _bare_name(
    page: Page,
    first: int,
    determiner: Determiner | None,
    name: NameTokens,
    modifiers: set[str],
    limit: int,
) -> Phrase:
    at, own = read_bracket(page, name.stop, limit)
    features = determiner.features if determiner is not None else frozenset()
    return Phrase(
        first=first, stop=name.stop, end=at, determiner=determiner, noun=None, readings=(),
        features=features, modifiers=frozenset(modifiers | own),
        complement=(name.stop, name.stop), name=name, aged=False,
    )  # fmt: skip


def _with_rest(
    page: Page,
    first: int,
    determiner: Determiner | None,
    noun: int,
    readings: tuple[Reading, ...],
    features: frozenset[str],
    modifiers: set[str],
    aged: bool,
    limit: int,
) -> Phrase:
    """The phrase with the name behind its noun, its complement and its apposition."""
    person = any(r.means == "person" for r in readings)
    kinds = (
        ("PER",)
        if person
        else ("ORG", "OTH", "PER")
        if readings[0].means == "outlet"
        else ("ORG", "OTH")
    )
    stop = noun + 1
    name = name_at(page, stop, limit, kinds)
    while person and name is None and stop < limit and page.lower[stop] in page.rules.titles:
        stop += 1
        name = name_at(page, stop, limit, kinds)
    complement = (stop, stop)
    if name is None:
        after, places = read_bracket(page, stop, limit)
        end, name, more = read_complement(page, after, limit, person)
        complement = (stop, end)
        modifiers |= places | more
        if name is None:
            name = name_in_apposition(page, end, limit, kinds)
            end = name.stop if name is not None else end
    else:
        stop = name.stop
        end, places = read_bracket(page, stop, limit)
        modifiers |= places
    if first > 0 and (before := place_before(page, first)):
        modifiers.add(before)
    return Phrase(
        first=first, stop=stop, end=max(end, stop), determiner=determiner, noun=noun,
        readings=readings, features=features, modifiers=frozenset(modifiers),
        complement=complement, name=name, aged=aged,
    )  # fmt: skip
