"""The class of a quotation's source (annotation guide, "sourcing").

The words for the speaker go first: what their head noun means, whether a proper name stands
beside it, singular or plural. Who that is, as the people layer knows, decides what is left.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from beleg.drafts import FoundQuotation
from beleg.encoder.names import Name
from beleg.records import Person, Sourcing, Speaker
from beleg.rules.chain_rules import ChainRules
from beleg.rules.people_rules import Reading
from beleg.text import Span

_BY_KIND: dict[str, Sourcing] = {
    "organisation": "named_org",
    "group": "group",
    "document": "document",
    "outlet": "outlet",
}
_BY_MEANING: dict[str, Sourcing] = {
    "organisation": "named_org",
    "outlet": "outlet",
    "document": "document",
    "report": "document",
}
_WORD = re.compile(r"\d[\w.,]*|[\w’'&-]{1,80}|[^\w\s]")
_MARKS = '„“”"»«‚‘›‹'
_OPENING = frozenset('„“”"»«‚‘›‹')
_ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,8}\b")
_MOST = 40  # words of a phrase that are looked at
_DEEP = 3  # "laut Angaben eines Berichts der Polizei"


class Sources:
    """Classifies the sources of one article's quotations.

    people: by id. names: the names in the article, which tell a named person from a role.
    """

    def __init__(
        self, text: str, people: Mapping[str, Person], names: Sequence[Name], rules: ChainRules
    ) -> None:
        self._text = text
        self._people = people
        self._rules = rules
        self._phrases = _Phrases(rules)
        self._last: Sourcing | None = None
        self._named = _named(text, people, names, self._phrases)
        self._bodies = sorted(n.span for n in names if n.kind in ("ORG", "LOC"))
        self._titled = frozenset(
            person.id
            for person in people.values()
            if any(text[max(0, m.start - 1) : m.start] in _OPENING for m in person.mentions)
            and self._phrases.is_title(person.name)
        )

    def of(
        self,
        speaker: Speaker | None,
        voices: Sequence[str],
        quote: FoundQuotation | None = None,
    ) -> Sourcing:
        """The class of the innermost voice; "anonymous" where there is none.

        voices: ids of the quotation's own voices, the innermost last. quote: where no voice is
        known its frame may still name the document that it stands in, and what goes on without
        any frame belongs to the source before. To be asked in the order of the text.
        """
        self._last = self._of(speaker, voices, quote)
        return self._last

    def _of(
        self, speaker: Speaker | None, voices: Sequence[str], quote: FoundQuotation | None
    ) -> Sourcing:
        if not voices:
            if quote is not None and not (quote.cue or quote.frame) and self._last is not None:
                return self._last
            return self._framed(quote)
        person = self._people[voices[-1]]
        words = [self._text[s.start : s.end] for s in speaker.spans] if speaker else []
        if speaker is not None and speaker.person == person.id:
            told = self._told(speaker, person)
            known = person.id in self._named and not self._phrases.is_indefinite(words)
            if told is not None:
                return "named_person" if told == "role" and known else told
        if person.id in self._named and person.kind in ("person", "unknown", "group"):
            return "named_person"
        if any(
            self._rules.find("nameless", phrase, 0, len(phrase)) for phrase in [*words, person.name]
        ):
            return "anonymous"
        told = self._phrases.source(person.name)
        if told is None and person.id in self._titled:
            return "outlet"
        if told is None and person.kind == "unknown":
            told = "named_org" if self._is_body(person, speaker) else self._phrases.guess(words)
        return told or _BY_KIND.get(person.kind, "role")

    def _told(self, speaker: Speaker, person: Person) -> Sourcing | None:
        """What those of the words for the speaker tell that mean the person; if none does, all.

        A name beside a role is who has it ("der Kommandeur … General Muster").
        """
        told = {s: self._phrases.source(self._text[s.start : s.end]) for s in speaker.spans}
        mentions = set(person.mentions)
        meant = [s for s in told if any(s.covers(m) for m in mentions)] or list(told)
        found = next((told[s] for s in meant if told[s] is not None), None)
        return "named_person" if found == "role" and "named_person" in told.values() else found

    def _is_body(self, person: Person, speaker: Speaker | None) -> bool:
        """Whether somebody of unknown kind is a state, a party or the like by the name."""
        if _ACRONYM.match(person.name):
            return True
        spans = speaker.spans if speaker is not None else ()
        return any(True for span in spans for _ in _between(self._bodies, span.start, span.end))

    def _framed(self, quote: FoundQuotation | None) -> Sourcing:
        """ "In dem Papier wird festgehalten, …": what is said stands in a document."""
        if quote is None or not quote.frame:
            return "anonymous"
        frame = " ".join(self._text[s.start : s.end] for s in quote.frame)
        if self._rules.find("inside", frame, 0, len(frame)):
            return "document"
        return "document" if self._phrases.names_document(frame) else "anonymous"


class _Phrases:
    """What a noun phrase in the place of a speaker means."""

    def __init__(self, rules: ChainRules) -> None:
        self._rules = rules
        self._people = rules.people

    def source(self, phrase: str, depth: int = 0) -> Sourcing | None:
        """The class of the source; None where the words do not tell ("er", a name alone)."""
        words = _WORD.findall(phrase)[:_MOST]
        if not words or depth > _DEEP:
            return None
        if self._rules.is_a("inside", phrase):
            return "document"
        if len(words) > 1 and words[1] in self._people.prepositions:  # "einer aus der Stadt"
            pronoun = self._pronoun(words)
            if pronoun is not None:
                return pronoun
        at = next((n for n, word in enumerate(words) if self._is_noun(word)), None)
        if at is None or (at and words[at - 1] == ","):
            return self._pronoun(words)
        if self._names_medium(words, at):
            return "outlet"
        head, readings = self._head(words, at)
        named = self._has_name(words, head)
        means = {reading.means for reading in readings}
        if means & {"person", "group"} and named:
            return "named_person"
        if self._rules.find("nameless", phrase, 0, len(phrase)):
            return "anonymous"
        listed = self._listed(words, head)
        if listed is not None:
            return listed
        if "statement" in means:
            return self._stated(words, head, depth)
        if "report" in means and self._behind(words, head, depth) == "outlet":
            return "outlet"  # "einem Bericht der Zeitung …"
        if not readings:
            return None
        plural = self._is_plural(words, at, readings)
        if means & {"person", "group"}:
            return "group" if plural else "role"
        if plural and means == {"organisation"} and not named:
            return "group"
        return next((_BY_MEANING[m] for m in sorted(means) if m in _BY_MEANING), None)

    def names_document(self, frame: str) -> bool:
        """Whether a noun for a document stands anywhere in the words."""
        words = [word for word in _WORD.findall(frame)[:_MOST] if self._is_noun(word)]
        return any(
            self._rules.is_a("record", word)
            or "document" in {reading.means for reading in self._people.readings(word)}
            for word in words
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

    def guess(self, phrases: Sequence[str]) -> Sourcing | None:
        """Of words that no table knows: pronouns mean mostly somebody named, plurals a group."""
        words = _WORD.findall(phrases[0])[:_MOST] if phrases else []
        if not words:
            return None
        low = words[0].lower()
        if len(words) == 1 and any(low in forms for forms in self._people.pronouns.values()):
            return "named_person"
        at = next((n for n, word in enumerate(words) if self._is_noun(word)), None)
        if at is None or not self._rules.is_a("plural", words[at]):
            return None
        determiner = self._people.determiners.get(words[at - 1].lower()) if at else None
        plural = determiner is None or any(f[0] == "p" for f in determiner.features)
        return "group" if plural else None

    def _is_noun(self, word: str) -> bool:
        return word[0].isupper() and not self._is_function(word.lower())

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
        head, readings = at, self._people.readings(words[at])
        number = at
        while number < len(words) and (self._is_noun(words[number]) or words[number] in _MARKS):
            known = self._people.readings(words[number])
            if known and not (readings and self._is_person(readings)):
                head, readings = number, known
            number += 1
        return head, readings

    @staticmethod
    def _is_person(readings: Sequence[Reading]) -> bool:
        return any(reading.means in ("person", "group") for reading in readings)

    def _has_name(self, words: Sequence[str], head: int) -> bool:
        """Whether a proper name stands behind the head, or behind the last comma."""
        behind = words[head + 1 : head + 2]
        if behind and self._is_proper(behind[0]):
            return True
        if "," not in words[head:]:
            return False
        last = len(words) - 1 - words[::-1].index(",")
        tail = [word for word in words[last + 1 :] if word not in _MARKS]
        return bool(tail) and all(map(self._is_proper, tail))

    def _is_proper(self, word: str) -> bool:
        return self._is_noun(word) and word[0].isalpha() and not self.is_role(word)

    def _names_medium(self, words: Sequence[str], at: int) -> bool:
        """Whether the first run of capitalised words is the name of a medium."""
        run = []
        for word in words[at:]:
            if word not in _MARKS and not self._is_noun(word):
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

    def _listed(self, words: Sequence[str], head: int) -> Sourcing | None:
        noun = words[head]
        if self._rules.is_a("press", noun):
            return "outlet"
        if self._rules.is_a("body", noun):
            return "named_org"
        if self._rules.is_a("crowd", noun):
            return "group"
        return "document" if self._rules.is_a("record", noun) else None

    def _stated(self, words: Sequence[str], head: int, depth: int) -> Sourcing | None:
        """ "Angaben der Polizei", "Polizeiangaben", "offizielle Angaben": who stands behind."""
        low = words[head].lower()
        for part, means in self._people.makers:
            if low.startswith(part):
                return "group" if means == "group" else _BY_MEANING.get(means)
        if any(self._rules.is_a("official", word) for word in words[:head]):
            return "named_org"
        return self._behind(words, head, depth)

    def _behind(self, words: Sequence[str], head: int, depth: int) -> Sourcing | None:
        """The source that a genitive or "von" names behind the noun."""
        for number in range(head + 1, min(len(words), head + 3)):
            if self._rules.is_a("said-by", words[number]):
                return self.source(" ".join(words[number:]), depth + 1)
        return None

    def _is_plural(self, words: Sequence[str], at: int, readings: Sequence[Reading]) -> bool:
        """By the article, else by the noun: a bare noun for people is plural."""
        genders = {reading.gender for reading in readings}
        if "p" not in genders:
            return False
        before = [word.lower() for word in words[:at]]
        if any(self._rules.is_a("several", word) or word[0].isdigit() for word in before):
            return True
        determiner = next((d for w in before if (d := self._people.determiners.get(w))), None)
        if determiner is None:
            return True
        allowed = {feature[0] for feature in determiner.features}
        fitting = {gender for gender in genders if gender in allowed}
        nominative = {f[0] for f in determiner.features if f[1] == "n"} & genders
        return fitting == {"p"} or nominative == {"p"}


def _named(
    text: str, people: Mapping[str, Person], names: Sequence[Name], phrases: _Phrases
) -> frozenset[str]:
    """Ids of those who are called by a person's name somewhere in the article.

    A name that is only a noun for people ("Regierungssprecher") is none.
    """
    starts = sorted(n.span for n in names if n.kind == "PER" and _is_name(text, n.span, phrases))
    found = set()
    for person in people.values():
        mentions = person.mentions
        if any(
            m.start <= span.start and span.end <= m.end
            for m in mentions
            for span in _between(starts, m.start, m.end)
        ):
            found.add(person.id)
    return frozenset(found)


def _is_name(text: str, span: Span, phrases: _Phrases) -> bool:
    words = [w for w in _WORD.findall(text[span.start : span.end]) if w[0].isupper()]
    nouns = [word for word in words if phrases.is_role(word)]
    return len(words) > len(nouns)


def _between(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """Those of the sorted spans that begin in `[start, end)`."""
    for span in spans[bisect_left(spans, (start, 0)) :]:
        if span.start >= end:
            return
        yield span
