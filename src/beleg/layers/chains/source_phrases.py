"""What the words for a speaker mean as a source: what their head noun is, a name, a plural."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from beleg.records import Sourcing
from beleg.rules.chain_rules import ChainRules
from beleg.rules.people_rules import Reading

_BY_MEANING: dict[str, Sourcing] = {
    "organisation": "named_org",
    "outlet": "outlet",
    "document": "document",
    "report": "document",
}
WORD = re.compile(r"\d[\w.,]*|[\w’'&-]{1,80}|[^\w\s]")
ACRONYM = re.compile(r"(?:[A-ZÄÖÜ]{2,8}|[A-ZÄÖÜ]{1,3}[a-zäöü][A-ZÄÖÜ]{1,3})\b")
MOST = 40  # words of a phrase that are looked at
_MARKS = '„“”"»«‚‘›‹'
_DOMAIN = re.compile(r"\b[\w-]{2,40}\s?\.\s?(?:de|com|net|org|at|ch|info|eu)\b")
_DEEP = 3  # "laut Angaben eines Berichts der Polizei"


class Phrases:
    """What a noun phrase in the place of a speaker means."""

    def __init__(self, rules: ChainRules) -> None:
        self._rules = rules
        self._people = rules.people

    def source(self, phrase: str, depth: int = 0) -> Sourcing | None:
        """The class of the source; None where the words do not tell ("er", a name alone).

        depth: how many nouns of saying the phrase stands behind.
        """
        words = self._words(phrase)
        if not words or depth > _DEEP:
            return None
        if self._rules.is_a("inside", phrase):
            return "document"
        if _DOMAIN.search(phrase):
            return "outlet"
        part = self._part_of_several(words, depth)
        if part is not None:
            return part
        if len(words) > 1 and words[1] in self._people.prepositions:
            pronoun = self._pronoun(words)
            if pronoun is not None and not self._has_attribute(words):
                return pronoun  # "einer aus der Stadt"
        at = next((n for n, word in enumerate(words) if self.is_noun(word)), None)
        if at is None or (at and words[at - 1] == ","):
            return self._pronoun(words)
        if self._names_medium(words, at):
            return "outlet"
        if at == 0 and self._has_apposition(words):
            return "named_person"
        head, readings = self._head(words, at)
        named = self._has_name(words, head)
        means = {reading.means for reading in readings}
        if means == {"group"} and {reading.gender for reading in readings}.isdisjoint("p"):
            if named and not self._rules.is_a("crowd", words[head]):
                return "named_org"  # "die Gruppe Wattlicht": one body
        elif means & {"person", "group"} and named and not self._of_several(words, head):
            return "named_person"
        if self._rules.find("nameless", phrase, 0, len(phrase)):
            return "anonymous"
        listed = self._listed(words, head, depth)
        if listed is not None:
            return listed
        if "report" in means and self._is_news(words, at, head):
            return "outlet"
        maker = self._maker(words[head]) if "report" in means else None
        if maker is not None:
            one = maker == "named_org" and not self._is_many(words[head])
            return "document" if one else maker  # "der Polizeibericht"
        if "statement" in means:
            return self._stated(words, head, depth)
        if "report" in means and self._behind(words, head, depth) == "outlet":
            return "outlet"  # "einem Bericht der Zeitung …"
        if not readings:
            return "named_org" if self._is_institution(words, at) else None
        plural = self._is_plural(words, at, readings, genitive=depth > 0)
        if means & {"person", "group"}:
            return "group" if plural or "person" not in means else "role"
        if plural and means == {"organisation"} and not named:
            return "group"
        return next((_BY_MEANING[m] for m in sorted(means) if m in _BY_MEANING), None)

    def _words(self, phrase: str) -> list[str]:
        """The words looked at, without a particle before them ("auch die Ministerin")."""
        words = WORD.findall(phrase)[: MOST + 1]
        particle = len(words) > 1 and self._rules.is_a("particle", words[0])
        return words[1:] if particle else words[:MOST]

    def _has_apposition(self, words: Sequence[str]) -> bool:
        """ "Ilva Torsten, Leiterin der Werft": two unknown words, then what one person is."""
        border = next((number for number, word in enumerate(words) if word == ","), 0)
        if border < 2 or not all(map(self._is_proper, words[:border])):
            return False
        if any(self._people.readings(word) for word in words[:border]):
            return False
        noun = next((word for word in words[border + 1 :] if self.is_noun(word)), "")
        return self.is_role(noun)

    def _part_of_several(self, words: Sequence[str], depth: int) -> Sourcing | None:
        """ "Einige der Fischer", "einer der Fischer": several, or one of them."""
        if len(words) < 3 or not self._rules.is_a("said-by", words[1]):
            return None
        low = words[0].lower()
        if self._rules.is_a("several", low):
            whole = self.source(" ".join(words[1:]), depth + 1)
            return "group" if whole in (None, "role", "named_person") else whole
        if not self._rules.is_a("one-of", low):
            return None
        whole = self.source(" ".join(words[1:]), depth + 1)
        return "role" if whole == "group" else whole

    def _of_several(self, words: Sequence[str], head: int) -> bool:
        """ "Einige Anhänger Torstens": the name tells whose they are."""
        return any(self._rules.is_a("several", word.lower()) for word in words[:head]) and (
            self._is_genitive(words[head + 1 : head + 3])
        )

    def _is_genitive(self, behind: Sequence[str]) -> bool:
        names = [word for word in behind if self._is_proper(word)]
        return bool(names) and names[-1].endswith("s")

    def _is_news(self, words: Sequence[str], at: int, head: int) -> bool:
        """ "Berichten zufolge", "laut einer Meldung": what media report, since nobody else is named."""
        if not self._rules.is_a("news", words[head]) or self._behind(words, head, 0) is not None:
            return False
        return all(self._rules.is_a("vague", word) for word in words[:at])

    def _has_attribute(self, words: Sequence[str]) -> bool:
        """ "einer am Dienstag veröffentlichten Mitteilung": an attribute between two nouns."""
        nouns = [number for number, word in enumerate(words) if self.is_noun(word)]
        return any(
            later - first > 1
            and words[later - 1].isalpha()
            and not self._is_function(words[later - 1])
            for first, later in pairwise(nouns)
        )

    def names_document(self, frame: str) -> bool:
        """Whether something stands in a document ("in dem Gutachten", not "gegen das Gutachten")."""
        words = WORD.findall(frame)[:MOST]
        return any(
            self.is_noun(word)
            and any(self._rules.is_a("in-it", before) for before in words[max(0, at - 3) : at])
            and (
                self._rules.is_a("record", word)
                or "document" in {reading.means for reading in self._people.readings(word)}
            )
            for at, word in enumerate(words)
        )

    def is_role(self, word: str) -> bool:
        """Whether the word is a noun for people and no proper name."""
        return any(r.means in ("person", "group") for r in self._people.readings(word))

    def is_title(self, name: str) -> bool:
        """Whether a name ends like the title of a newspaper."""
        words = name.split()
        return bool(words) and self._rules.is_a("title", words[-1])

    def is_indefinite(self, words: Sequence[str]) -> bool:
        """ "ein Sprecher": nobody who was named before."""
        first = words[0].split()[:1] if words else []
        determiner = self._people.determiners.get(first[0].lower()) if first else None
        return determiner is not None and determiner.sense == "indefinite"

    def is_acronym(self, name: str) -> bool:
        """Whether the first noun of a name is an abbreviation ("die NATO")."""
        nouns = (word for word in WORD.findall(name)[:MOST] if self.is_noun(word))
        return ACRONYM.match(next(nouns, "")) is not None

    def leads_on(self, word: str) -> bool:
        """Whether the word leads from a noun to one that depends on it."""
        return self.is_article(word) or word.lower() in self._people.prepositions

    def is_article(self, word: str) -> bool:
        return word.lower() in self._people.determiners

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

    def guess(self, phrases: Sequence[str], *, plural: bool = False) -> Sourcing | None:
        """Of words that no table knows: pronouns mean mostly somebody named, plurals a group.

        plural: the verb of saying is one.
        """
        words = WORD.findall(phrases[0])[:MOST] if phrases else []
        if not words:
            return None
        low = words[0].lower()
        if len(words) == 1 and any(low in forms for forms in self._people.pronouns.values()):
            return "group" if plural else "named_person"
        if self._is_possessive(words[0]):
            return "named_person"  # "seiner Ansicht nach"
        at = next((n for n, word in enumerate(words) if self.is_noun(word)), None)
        if at is None:
            bare = self._people.determiners.get(low)
            several = bare is not None and "pn" in bare.features and words[-1].endswith("en")
            return "group" if several else None  # "die meisten"
        if any(reading.means == "statement" for reading in self._people.readings(words[at])):
            return "anonymous"  # "so der Vorwurf"
        determiner = self._people.determiners.get(words[at - 1].lower()) if at else None
        if determiner is not None and "pn" in determiner.features and words[at].endswith("er"):
            return "group"  # "die Taucher"
        if not self._rules.is_a("plural", words[at]):
            return None
        many = determiner is None or any(f[0] == "p" for f in determiner.features)
        return "group" if many else None

    def _is_possessive(self, word: str) -> bool:
        determiner = self._people.determiners.get(word.lower())
        return determiner is not None and determiner.sense == "possessive"

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

    def _pronoun(self, words: Sequence[str]) -> Sourcing | None:
        first = words[0].lower()
        if self._rules.is_a("somebody", first):
            return "anonymous"
        return "group" if self._rules.is_a("several", first) else None

    def _head(self, words: Sequence[str], at: int) -> tuple[int, tuple[Reading, ...]]:
        """The noun the phrase turns on: the last known one of the first run of nouns."""
        if self._rules.is_a("epithet", words[at]) and "".join(words[at + 1 : at + 2])[:1].isupper():
            at += 1  # "die Deutsche Bahn"
        head, readings = at, self._people.readings(words[at])
        number = at
        while number < len(words) and (self.is_noun(words[number]) or words[number] in _MARKS):
            known = self._people.readings(words[number])
            if self._is_body(readings) and self._is_person(known):
                break  # "die Organisation Reporter ohne Grenzen"
            if known and not (readings and self._is_person(readings)):
                head, readings = number, known
            number += 1
        return head, readings

    @staticmethod
    def _is_body(readings: Sequence[Reading]) -> bool:
        return any(reading.means == "organisation" for reading in readings)

    @staticmethod
    def _is_person(readings: Sequence[Reading]) -> bool:
        return any(reading.means in ("person", "group") for reading in readings)

    def _has_name(self, words: Sequence[str], head: int) -> bool:
        """Whether a proper name stands behind the head, or behind the last comma."""
        behind = words[head + 1 : head + 2]
        if behind and self.is_noun(behind[0]) and behind[0][0].isalpha():
            return not self._is_owner(words, head)
        borders = [number for number, word in enumerate(words) if word in ",–" and number > head]
        if not borders:
            return False
        last = borders[-1]
        tail = [word for word in words[last + 1 :] if word not in _MARKS]
        return bool(tail) and all(map(self._is_proper, tail))

    def _is_owner(self, words: Sequence[str], head: int) -> bool:
        """ "Ein Sprecher Torstens", "der Minister Küstenlands": whose somebody is, no name of his."""
        owner = words[head + 1]
        indefinite = owner.endswith("s") and self.is_indefinite(words[:1])
        return indefinite or self._rules.is_a("place", owner)

    def _is_proper(self, word: str) -> bool:
        return self.is_noun(word) and word[0].isalpha() and not self.is_role(word)

    def _names_medium(self, words: Sequence[str], at: int) -> bool:
        """Whether the first run of capitalised words is the name of a medium."""
        run = []
        for word in words[at:]:
            if word not in _MARKS and not self.is_noun(word):
                break
            if word not in _MARKS:
                run.append(word)
        name, people = " ".join(run).lower(), self._people
        if name in people.media or name.endswith(people.media_endings):
            return True
        quoted = at > 0 and words[at - 1] in _MARKS
        if quoted and self._rules.is_a("title", run[-1]):
            return True
        unknown = not any(people.readings(word) for word in run)
        last = run[-1].lower().rpartition("-")[2]
        return unknown and len(run) > 1 and last in people.media_parts

    def _listed(self, words: Sequence[str], head: int, depth: int) -> Sourcing | None:
        noun = words[head]
        agency = noun == "Agentur" and "".join(words[head + 1 : head + 2]) not in ("", "für", "der", "des")
        if agency or self._rules.is_a("press", noun):
            return "outlet"
        if self._rules.is_a("body", noun):
            several = any(self._rules.is_a("several", word) for word in words[:head])
            return "group" if several and noun[-1] in "nr" else "named_org"
        if self._rules.is_a("crowd", noun):
            return "group"
        if not self._rules.is_a("record", noun):
            return None
        behind = self._behind(words, head, depth)
        if behind == "outlet" or (behind and self._rules.is_a("finding", noun)):
            return behind  # "Erkenntnisse der Polizei"
        return "document"

    def _stated(self, words: Sequence[str], head: int, depth: int) -> Sourcing | None:
        """ "Angaben der Polizei", "Polizeiangaben", "offizielle Angaben": who stands behind."""
        maker = self._maker(words[head])
        if maker is not None:
            return maker
        if any(self._rules.is_a("official", word) for word in words[:head]):
            return "named_org"
        behind = self._behind(words, head, depth)
        if behind is not None or head + 1 < len(words):
            return behind or self._sayer(words[head + 1 :])
        if any(self._rules.is_a("national", word) for word in words[:head]):
            return "named_org"
        adjectives = [word for word in words[:head] if not self.is_article(word)]
        possessed = any(self._is_possessive(word) for word in words[:head])
        vague = not possessed and all(self._rules.is_a("vague", word) for word in adjectives)
        return "anonymous" if vague and self._is_many(words[head]) else None

    def _sayer(self, behind: Sequence[str]) -> Sourcing | None:
        """Who "Angaben des Hafens" come from, where no table has the noun: a body, as a rule."""
        if not self._rules.is_a("said-by", behind[0]):
            return None
        noun = next((word for word in behind[1:] if self.is_noun(word)), None)
        if noun is None or self._rules.is_a("human", noun):
            return None
        bare = not self.is_article(behind[0]) and noun == behind[1]
        if bare and not ACRONYM.match(noun):
            return None  # "Angaben von Ilva Torsten"
        many = behind[0] == "der" and self._rules.is_a("plural", noun)
        return "group" if many else "named_org"

    def _is_institution(self, words: Sequence[str], at: int) -> bool:
        """Whether one of the first nouns, as far as they stand together, means a body."""
        for word in words[at:]:
            if not self.is_noun(word):
                return False
            if self._rules.is_a("institution", word):
                return True
        return False

    def _is_many(self, noun: str) -> bool:
        return any(reading.gender == "p" for reading in self._people.readings(noun))

    def _maker(self, noun: str) -> Sourcing | None:
        """Who stands behind a compound ("Polizeiangaben", "Augenzeugenberichte")."""
        low = noun.lower()
        if "-" in noun and ACRONYM.fullmatch(noun.partition("-")[0]):
            return "named_org"  # "UNO-Angaben"
        for part, means in self._people.makers:
            if low.startswith(part):
                return "group" if means == "group" else _BY_MEANING.get(means)
        return None

    def _behind(self, words: Sequence[str], head: int, depth: int) -> Sourcing | None:
        """The source that a genitive or "von" names behind the noun."""
        for number in range(head + 1, min(len(words), head + 3)):
            if self._rules.is_a("said-by", words[number]):
                return self.source(" ".join(words[number:]), depth + 1)
        return None

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
        if adjectival and "pn" in determiner.features and words[at].endswith("en"):
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
