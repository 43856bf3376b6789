"""What single words in the place of a speaker are: nouns, names, articles, plurals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from beleg.records import Sourcing
from beleg.rules.chain_rules import ChainRules
from beleg.rules.people_rules import Reading

BY_MEANING: dict[str, Sourcing] = {
    "organisation": "named_org",
    "outlet": "outlet",
    "document": "document",
    "report": "document",
}
WORD = re.compile(r"\d[\w.,]*|[\w’'&-]{1,80}|[^\w\s]")
MOST = 40  # words of a phrase that are looked at
MARKS = frozenset('„“”"»«‚‘›‹')
_LONGEST = 60  # letters of a name, from its end


class NounWords:
    """What the tables say about the words of a noun phrase.

    surnames: how persons are called in the article.
    """

    def __init__(self, rules: ChainRules, surnames: frozenset[str] = frozenset()) -> None:
        self._rules = rules
        self._people = rules.people
        self._surnames = surnames

    def _readings(self, word: str) -> tuple[Reading, ...]:
        return self._people.readings(word, named=word in self._surnames)

    def is_noun(self, word: str) -> bool:
        """Whether a word is a noun or name by its capital."""
        noun = word[0].isupper() or word.rpartition("-")[2][:1].isupper()  # "dpa-Meldung"
        return noun and not self._is_function(word.lower())

    def _is_function(self, low: str) -> bool:
        people = self._people
        return (
            low in people.determiners
            or low in people.prepositions
            or low in people.subjects
            or self._rules.is_a("several", low)
            or self._rules.is_a("somebody", low)
            or self._rules.is_a("official", low)
            or any(low in forms for forms in people.pronouns.values())
        )

    def is_role(self, word: str) -> bool:
        """Whether the word is a noun for people and no proper name."""
        return any(r.means in ("person", "group") for r in self._readings(word))

    def is_collective(self, word: str) -> bool:
        """Whether the word is a noun for a body or a group of people ("Werft", "Familie")."""
        return any(r.means in ("organisation", "group") for r in self._readings(word))

    def _is_proper(self, word: str) -> bool:
        return self.is_noun(word) and word[0].isalpha() and not self.is_role(word)

    def is_title(self, name: str) -> bool:
        """Whether a name ends like the title of a newspaper."""
        words = name.split()
        return bool(words) and self._rules.is_a("title", words[-1])

    def is_indefinite(self, words: Sequence[str]) -> bool:
        """ "ein Sprecher": nobody who was named before."""
        first = words[0].split()[:1] if words else []
        determiner = self._people.determiners.get(first[0].lower()) if first else None
        return determiner is not None and determiner.sense in ("indefinite", "negative")

    def is_genitive(self, name: str) -> bool:
        return self._rules.is_a("genitive", name[-_LONGEST:])

    def leads_on(self, word: str) -> bool:
        """Whether the word leads from a noun to one that depends on it."""
        return self.is_article(word) or word.lower() in self._people.prepositions

    def is_article(self, word: str) -> bool:
        return word.lower() in self._people.determiners

    def _is_definite(self, words: Sequence[str]) -> bool:
        found = (self._people.determiners.get(word.lower()) for word in words)
        return any(d is not None and d.sense in ("definite", "demonstrative") for d in found)

    def _is_possessive(self, word: str) -> bool:
        determiner = self._people.determiners.get(word.lower())
        return determiner is not None and determiner.sense == "possessive"

    def is_plural_verb(self, word: str) -> bool:
        low = word.lower()
        people = self._people
        return low not in people.no_verbs and (
            low in people.plural or (word[0].islower() and low.endswith(people.plural_endings))
        )

    def is_full_name(self, name: str) -> bool:
        """Two nouns or more that no table knows, without an article."""
        words = WORD.findall(name)[:MOST]
        return len(words) > 1 and all(map(self._is_proper, words[:2]))

    @staticmethod
    def _is_body(readings: Sequence[Reading]) -> bool:
        return any(reading.means == "organisation" for reading in readings)

    @staticmethod
    def _is_person(readings: Sequence[Reading]) -> bool:
        return any(reading.means in ("person", "group") for reading in readings)

    def _is_many(self, noun: str) -> bool:
        return any(reading.gender == "p" for reading in self._readings(noun))

    def _is_institution(self, words: Sequence[str], at: int) -> bool:
        """Whether one of the first nouns, as far as they stand together, means a body."""
        for word in words[at:]:
            if not self.is_noun(word):
                return False
            if self._rules.is_a("institution", word):
                return True
        return False

    def _names_medium(self, words: Sequence[str], at: int) -> bool:
        """Whether the first run of capitalised words is the name of a medium."""
        run = []
        for word in words[at:]:
            if word not in MARKS and not self.is_noun(word):
                break
            if word not in MARKS:
                run.append(word)
        name, people = " ".join(run).lower(), self._people
        if name in people.media or name.endswith(people.media_endings):
            return True
        quoted = at > 0 and words[at - 1] in MARKS
        if quoted and self._rules.is_a("title", run[-1]):
            return True
        unknown = not any(self._readings(word) for word in run)
        last = run[-1].lower().rpartition("-")[2]
        return unknown and len(run) > 1 and last in people.media_parts

    def _is_plural(
        self, words: Sequence[str], at: int, readings: Sequence[Reading], *, genitive: bool
    ) -> bool:
        """By the article, else by the noun: a bare noun for people is plural.

        genitive: the phrase stands behind another noun, where "der" is no masculine.
        """
        genders = {reading.gender for reading in readings}
        if "p" not in genders:
            return False
        before = [word.lower() for word in words[:at]]
        if any(self._rules.is_a("several", word) for word in before) or self._has_number(before):
            return True
        determiner = next((d for w in before if (d := self._people.determiners.get(w))), None)
        if determiner is None:
            return True
        adjectival = any(reading.adjectival for reading in readings)
        if adjectival and "pn" in determiner.features and self._rules.is_a("weak", words[at]):
            return True  # "die Abgeordneten"
        cases = "gd" if genitive else "ngda"
        allowed = {feature[0] for feature in determiner.features if feature[1] in cases}
        fitting = {gender for gender in genders if gender in allowed}
        nominative = {f[0] for f in determiner.features if f[1] == "n" and not genitive} & genders
        return fitting == {"p"} or nominative == {"p"}

    @staticmethod
    def _has_number(words: Sequence[str]) -> bool:
        """ "12 Fischer", but not "die 12-jährige Fischerin"."""
        return any(
            word[-1].isdigit() and not "".join(words[number + 1 : number + 2]).startswith("-")
            for number, word in enumerate(words)
        )
