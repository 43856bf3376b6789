"""Everybody an article names or describes, and how a further name is matched to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from beleg.layers.people.phrases import Phrase
from beleg.records import PersonKind
from beleg.rules.people_rules import Means, PeopleRules, Reading
from beleg.text.article import Span

Words = tuple[str, ...]
_COMPARED = 40  # namesakes weighed for one name; more are a list, not an article
_ROLES_MOST = 12
_KINDS: dict[Means, PersonKind] = {
    "person": "person", "group": "group", "organisation": "organisation", "outlet": "outlet",
    "document": "document", "report": "document", "statement": "unknown",
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Figure:
    """Somebody or something in the article, as it becomes known word by word.

    genders: what it can be, p for plural; empty while nothing tells.
    names: as written, without titles; long: the same in words, for matching.
    nouns: what described it, with the modifiers beside it. places: beginnings of the places it
        is from ("venez"). complement: what hung on its noun. label: words that stand for a name.
    wanted: it speaks, or somebody asked for it. first, last: tokens of its mentions.
    """

    kind: PersonKind
    first: int
    genders: frozenset[str] = frozenset()
    names: dict[str, Words] = field(default_factory=dict)
    nouns: list[tuple[Reading, frozenset[str]]] = field(default_factory=list)
    roles: dict[str, None] = field(default_factory=dict)
    mentions: dict[Span, None] = field(default_factory=dict)
    label: str = ""
    places: frozenset[str] = frozenset()
    complement: str = ""
    wanted: bool = False
    last: int = -1

    @property
    def name(self) -> str:
        """The fullest name; of two that differ by a genitive -s the one without."""
        if not self.names:
            return self.label
        best = max(self.names, key=lambda name: len(self.names[name]))
        stem = self.names[best][-1].removesuffix("s")
        genitive = best.endswith("s") and any(words[-1] == stem for words in self.names.values())
        return best[:-1] if genitive else best

    def agrees(self, genders: frozenset[str]) -> bool:
        """Whether a word of these genders can mean it."""
        return not self.genders or not genders or not self.genders.isdisjoint(genders)

    def learn(self, genders: frozenset[str]) -> None:
        """Takes over what a word tells of its gender.

        Of persons that narrows what is known, unless it contradicts it; a firm is whatever
        the nouns for it are ("das Unternehmen", "der Konzern").
        """
        if self.kind == "person":
            self.genders = (self.genders & genders or self.genders) if self.genders else genders
        else:
            self.genders |= genders

    def describe(self, reading: Reading, modifiers: frozenset[str]) -> None:
        """Adds a noun that described it."""
        if len(self.nouns) < _ROLES_MOST and (reading, modifiers) not in self.nouns:
            self.nouns.append((reading, modifiers))

    def call(self, role: str) -> None:
        """Adds a role phrase as the text has it."""
        if role and len(self.roles) < _ROLES_MOST:
            self.roles.setdefault(role)


class Cast:
    """The figures of one article."""

    def __init__(self, rules: PeopleRules) -> None:
        self.rules = rules
        self.figures: list[Figure] = []
        self._by_key: dict[str, list[Figure]] = {}
        self._by_lemma: dict[str, list[Figure]] = {}
        self._by_words: dict[tuple[str, PersonKind], Figure] = {}

    def add(self, kind: PersonKind, first: int) -> Figure:
        """A new figure."""
        figure = Figure(kind, first)
        self.figures.append(figure)
        return figure

    def named(
        self, words: Words, written: str, kind: PersonKind, first: int, gender: str
    ) -> Figure:
        """The figure of that name: one already known, else a new one.

        gender: what the title or noun beside the name tells, "" if nothing.
        """
        figure = self._known(words, kind, gender) or self.add(kind, first)
        self.name(figure, words, written)
        if kind == "person":
            given = self.rules.given.get(words[0].lower(), "")
            if given and not gender and len(words) > 1:
                figure.genders = frozenset(
                    given
                )  # surer than "Torsten" alone, which is a surname, too
            else:
                figure.learn(frozenset(gender or given or "mf"))
        return figure

    def name(self, figure: Figure, words: Words, written: str) -> None:
        """Gives a figure a further name."""
        if written not in figure.names:
            figure.names[written] = words
            for word in dict.fromkeys((*_ends(words[-1]), *_ends(words[0]))):
                for key in self.rules.spelling.keys(word):
                    self._by_key.setdefault(key, []).append(figure)

    def words(self, words: Words, label: str, kind: PersonKind, first: int) -> Figure:
        """The figure known by exactly these words, article aside."""
        key = " ".join(map(self.rules.spelling.plain, words))
        figure = self._by_words.get((key, kind))
        if figure is None:
            figure = self._by_words[key, kind] = self.add(kind, first)
            figure.label = label
        return figure

    def called(self, words: Words, kind: PersonKind = "unknown") -> Figure | None:
        """The figure of that name, if there is one."""
        return self._known(words, kind, "")

    def _known(self, words: Words, kind: PersonKind, gender: str) -> Figure | None:
        seen: dict[int, Figure] = {}
        for word in (words[-1], words[0]):
            for end in _ends(word):
                for key in self.rules.spelling.keys(end):
                    for figure in self._by_key.get(key, ())[-_COMPARED:]:
                        seen.setdefault(id(figure), figure)
        # The one named last is meant, if two have the same surname.
        for figure in sorted(seen.values(), key=lambda figure: -figure.last):
            if not _kinds_fit(figure.kind, kind) or not figure.agrees(frozenset(gender)):
                continue
            if any(self._same(words, known, kind) for known in figure.names.values()):
                return figure
        return None

    def _same(self, words: Words, known: Words, kind: PersonKind) -> bool:
        """Whether two names can be one's: equal, or the shorter ends the longer one."""
        short, long = sorted((words, known), key=len)
        if len(short) == len(long):
            return all(map(self._alike, short, long))
        if kind != "person":
            # "Spiegel" and "Der Spiegel", but not "Bank" and "Deutsche Bank".
            return long[0].lower() in self.rules.determiners and self._all_alike(short, long[1:])
        if self._all_alike(short, long[-len(short) :]):
            return True
        if len(short) > 1:
            return self._alike(short[0], long[0]) and self._alike(short[-1], long[-1])
        return (
            len(short[0]) > 2
            and short[0].lower() in self.rules.given
            and self._alike(short[0], long[0])
        )

    def _all_alike(self, one: Words, other: Words) -> bool:
        return len(one) == len(other) and all(map(self._alike, one, other))

    def _alike(self, one: str, other: str) -> bool:
        return any(self.rules.spelling.same(a, b) for a in _ends(one) for b in _ends(other))

    def described(self, phrase: Phrase, label: str, first: int) -> Figure:
        """A new figure known by a description only."""
        reading = phrase.readings[0]
        kind = _KINDS[reading.means]
        if kind == "person" and phrase.genders == {"p"}:
            kind = "group"
        figure = self.add(kind, first)
        figure.label = label
        figure.genders = phrase.genders
        self.remember(figure, phrase)
        return figure

    def remember(self, figure: Figure, phrase: Phrase) -> None:
        """Adds what a phrase tells of a figure."""
        figure.places |= phrase.modifiers
        for reading in phrase.readings[:1]:
            figure.describe(reading, phrase.modifiers)
            lemmas = {reading.lemma, *self._heads(reading.lemma)}
            for lemma in lemmas:
                self._by_lemma.setdefault(lemma, []).append(figure)

    def with_noun(self, lemma: str) -> Sequence[Figure]:
        """Figures whose noun can be meant by this one, the latest last."""
        found: dict[int, Figure] = {}
        for head in (lemma, *self._heads(lemma)):
            for kin in (head, *sorted(self.rules.kin.get(head, ()))):
                for figure in self._by_lemma.get(kin, ())[-_COMPARED:]:
                    found.setdefault(id(figure), figure)
        return list(found.values())

    def _heads(self, lemma: str) -> tuple[str, ...]:
        """The table's nouns that a compound ends in ("minister" for "innenminister")."""
        return tuple(
            lemma[start:] for start in range(1, len(lemma) - 2) if lemma[start:] in self.rules.nouns
        )


def _kinds_fit(one: PersonKind, other: PersonKind) -> bool:
    if "unknown" in (one, other) or one == other:
        return True
    return {one, other} <= {"organisation", "outlet", "group"}


def _ends(word: str) -> tuple[str, ...]:
    """The word, and what it is if its last letter is the ending of a genitive."""
    if len(word) > 3 and word[-1] in "s’'":
        return word, word[:-1]
    return (word,)


def kind_of(reading: Reading) -> PersonKind:
    """The kind of person a noun stands for."""
    return _KINDS[reading.means]
