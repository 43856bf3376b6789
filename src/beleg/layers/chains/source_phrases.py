"""What the words for a speaker mean as a source: what their head noun is, a name, a plural."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from beleg.layers.chains.noun_words import BY_MEANING, MARKS, MOST, WORD, NounWords
from beleg.records import Sourcing
from beleg.rules.people_rules import Reading

ACRONYM = re.compile(r"(?:[A-ZÄÖÜ]{2,8}|[A-ZÄÖÜ]{1,3}[a-zäöü][A-ZÄÖÜ]{1,3})\b")
_DOMAIN = re.compile(r"\b[\w-]{2,40}\s?\.\s?(?:de|com|net|org|at|ch|info|eu)\b")
_DEEP = 3  # "laut Angaben eines Berichts der Polizei"


class Phrases(NounWords):
    """What a noun phrase in the place of a speaker means."""

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
            if readings[0].body and (named or self._is_definite(words[:at])):
                return "named_org"  # "die Gruppe Wattlicht", "die Gruppe"
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
        return next((BY_MEANING[m] for m in sorted(means) if m in BY_MEANING), None)

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
        if any(self._readings(word) for word in words[:border]):
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
        return bool(names) and self.is_genitive(names[-1])

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
                or "document" in {reading.means for reading in self._readings(word)}
            )
            for at, word in enumerate(words)
        )

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
            several = (
                bare is not None and "pn" in bare.features and self._rules.is_a("weak", words[-1])
            )
            return "group" if several else None  # "die meisten"
        if any(reading.means == "statement" for reading in self._readings(words[at])):
            return "anonymous"  # "so der Vorwurf"
        determiner = self._people.determiners.get(words[at - 1].lower()) if at else None
        if (
            determiner is not None
            and "pn" in determiner.features
            and self._rules.is_a("many", words[at])
        ):
            return "group"  # "die Taucher"
        if not self._rules.is_a("plural", words[at]):
            return None
        many = determiner is None or any(f[0] == "p" for f in determiner.features)
        return "group" if many else None

    def is_bare_name(self, phrases: Sequence[str]) -> bool:
        """Whether the words are one that has no article and is no noun of the tables."""
        words = WORD.findall(phrases[0])[:MOST] if len(phrases) == 1 else []
        return len(words) == 1 and self._is_proper(words[0]) and not self._readings(words[0])

    def _pronoun(self, words: Sequence[str]) -> Sourcing | None:
        first = words[0].lower()
        if self._rules.is_a("somebody", first):
            return "anonymous"
        return "group" if self._rules.is_a("several", first) else None

    def _head(self, words: Sequence[str], at: int) -> tuple[int, tuple[Reading, ...]]:
        """The noun the phrase turns on: the last known one of the first run of nouns."""
        if self._rules.is_a("epithet", words[at]) and "".join(words[at + 1 : at + 2])[:1].isupper():
            at += 1  # "die Deutsche Bahn"
        head, readings = at, self._readings(words[at])
        number = at
        while number < len(words) and (self.is_noun(words[number]) or words[number] in MARKS):
            known = self._readings(words[number])
            if self._is_body(readings) and self._is_person(known):
                break  # "die Organisation Reporter ohne Grenzen"
            if known and not (readings and self._is_person(readings)):
                head, readings = number, known
            number += 1
        return head, readings

    def _has_name(self, words: Sequence[str], head: int) -> bool:
        """Whether a proper name stands behind the head, or behind the last comma."""
        behind = words[head + 1 : head + 2]
        named = behind and self.is_noun(behind[0]) and behind[0][0].isalpha()
        if named and not self._is_owner(words, head):
            return True
        borders = [number for number, word in enumerate(words) if word in ",–" and number > head]
        if not borders:
            return False
        last = borders[-1]
        tail = [word for word in words[last + 1 :] if word not in MARKS]
        acronym = len(tail) == 1 and ACRONYM.fullmatch(tail[0]) is not None
        return bool(tail) and not acronym and all(map(self._is_proper, tail))

    def _is_owner(self, words: Sequence[str], head: int) -> bool:
        """ "Ein Sprecher Torstens", "der Minister Küstenlands": whose somebody is, no name of his."""
        owner = words[head + 1]
        indefinite = self.is_genitive(owner) and self.is_indefinite(words[:1])
        return indefinite or self._rules.is_a("place", owner)

    def _listed(self, words: Sequence[str], head: int, depth: int) -> Sourcing | None:
        noun = words[head]
        named = any(word[0].isupper() or word in MARKS for word in words[head + 1 : head + 2])
        if self._rules.is_a("press", noun) or (named and self._rules.is_a("agency", noun)):
            return "outlet"
        if self._rules.is_a("body", noun):
            several = any(self._rules.is_a("several", word) for word in words[:head])
            return "group" if several else "named_org"
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
        article = self._people.determiners.get(behind[0])
        many = article is not None and "pg" in article.features
        return "group" if many and self._rules.is_a("plural", noun) else "named_org"

    def _behind(self, words: Sequence[str], head: int, depth: int) -> Sourcing | None:
        """The source that a genitive or "von" names behind the noun."""
        for number in range(head + 1, min(len(words), head + 3)):
            if self._rules.is_a("said-by", words[number]):
                return self.source(" ".join(words[number:]), depth + 1)
        return None

    def is_acronym(self, name: str) -> bool:
        """Whether the first noun of a name is an abbreviation ("die NATO")."""
        nouns = (word for word in WORD.findall(name)[:MOST] if self.is_noun(word))
        return ACRONYM.match(next(nouns, "")) is not None

    def _maker(self, noun: str) -> Sourcing | None:
        """Who stands behind a compound ("Polizeiangaben", "Augenzeugenberichte")."""
        low = noun.lower()
        if "-" in noun and ACRONYM.fullmatch(noun.partition("-")[0]):
            return "named_org"  # "UNO-Angaben"
        for part, means in self._people.makers:
            if low.startswith(part):
                return "group" if means == "group" else BY_MEANING.get(means)
        return None
