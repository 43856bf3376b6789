"""The class of a quotation's source (annotation guide, "sourcing").

The words for the speaker go first: what their head noun means, whether a proper name stands
beside it, singular or plural. Who that is, as the people layer knows, decides what is left.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from beleg.drafts import FoundQuotation
from beleg.encoder.names import Name, surnames
from beleg.layers.chains.noun_words import MARKS, MOST, WORD
from beleg.layers.chains.source_phrases import Phrases
from beleg.records import Person, Sourcing, Speaker
from beleg.rules.chain_rules import ChainRules
from beleg.text import Span

_BY_KIND: dict[str, Sourcing] = {
    "organisation": "named_org",
    "group": "group",
    "document": "document",
    "outlet": "outlet",
}
_GAP = 40  # characters between two parts of a phrase
_REACH = 400  # characters before a name that are looked at
_ARTICLE = 12  # characters before a phrase in which its article stands
_APART = re.compile(r"[,;:.!?()–]|\s\S+\s+\S+\s+\S+\s")
_WORD_BEFORE = re.compile(r"(\w+)\s+\Z")


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
        self._surnames = surnames(text, names)
        self._phrases = Phrases(rules, self._surnames)
        self._last: Sourcing | None = None
        self._mentions: dict[str, list[Span]] = {}  # by person, in order
        self._named = _named(text, people, names, self._phrases)
        self._persons = sorted(n.span for n in names if n.kind == "PER")
        self._bodies = sorted(n.span for n in names if n.kind in ("ORG", "LOC"))
        self._titled = frozenset(
            person.id
            for person in people.values()
            if any(text[max(0, m.start - 1) : m.start] in MARKS for m in person.mentions)
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
        if told is None and person.kind in ("unknown", "person", "organisation", "group"):
            told = self._named_within(speaker, person)
        if told is None and person.kind == "unknown":
            many = quote is not None and self._many_spoke(quote)
            body = self._is_body(person, speaker)
            told = "named_org" if body else self._phrases.guess(words, plural=many)
            # "laut Seekarte": what no table and no name of a person explains
            if told is None and self._phrases.is_bare_name(words):
                told = "named_org"
        return told or _BY_KIND.get(person.kind, "role")

    def _named_within(self, speaker: Speaker | None, person: Person) -> Sourcing | None:
        """A proper name, of the person or in the words for the speaker, that nothing else explains."""
        if person.kind == "person" and self._phrases.is_full_name(person.name):
            return "named_person"
        spans = speaker.spans if speaker is not None else ()
        named = any(
            not _is_owner(self._text, span, name, self._phrases)
            for span in spans
            for name in _between(self._persons, span.start, span.end)
        )
        return "named_person" if named else None

    def _many_spoke(self, quote: FoundQuotation) -> bool:
        """Whether a verb in the cue is a plural ("teilten … mit")."""
        words = [w for s in quote.cue for w in WORD.findall(self._text[s.start : s.end])]
        return any(map(self._phrases.is_plural_verb, words[:MOST]))

    def _told(self, speaker: Speaker, person: Person) -> Sourcing | None:
        """What those of the words for the speaker tell that mean the person; if none does, all.

        A name beside a role is who has it ("der Kommandeur … General Muster").
        """
        told = {s: self._source_in(s) for s in self._joined(speaker.spans)}
        if any(self._opens_with_name(s) for s in told) and person.id in self._named:
            return "outlet" if "outlet" in told.values() else "named_person"  # "Hans Papier"
        if any(self._is_surname(s) for s in speaker.spans):
            return "named_person"
        mentions = self._mentions_of(person)
        meant = [
            s for s in told if any(s.covers(m) for m in _between(mentions, s.start, s.end))
        ] or list(told)
        found = next((told[s] for s in meant if told[s] is not None), None)
        return "named_person" if found == "role" and "named_person" in told.values() else found

    def _mentions_of(self, person: Person) -> Sequence[Span]:
        if person.id not in self._mentions:
            self._mentions[person.id] = sorted(person.mentions)
        return self._mentions[person.id]

    def _joined(self, spans: Sequence[Span]) -> list[Span]:
        """The spans, as one where only a word or two of the same phrase are between."""
        joined: list[Span] = []
        for span in spans:
            last = joined[-1] if joined else None
            near = last is not None and span.start - last.end < _GAP
            if last and near and not _APART.search(self._text[last.end : span.start + 1]):
                joined[-1] = Span(last.start, span.end)
            else:
                joined.append(span)
        return joined

    def _source_in(self, span: Span) -> Sourcing | None:
        """What the words of a span mean with the article before them, should it stand outside."""
        before = _WORD_BEFORE.search(self._text, max(0, span.start - _ARTICLE), span.start)
        start = before.start() if before and self._phrases.is_article(before[1]) else span.start
        told = self._phrases.source(self._text[start : span.end])
        if told == "role" and self._has_bearer(span):
            return "named_person"
        return told

    def _has_bearer(self, span: Span) -> bool:
        """ "Der Vorsitzende des Verbands Ilva Torsten": a full name behind a genitive that means
        no person, up to the end of the words, is that of the head."""
        for name in _between(self._persons, span.start, span.end):
            start = max(span.start, name.start - _REACH)
            words = WORD.findall(self._text[start : name.start])[-MOST:]
            if (
                name.end >= span.end
                and " " in self._text[name.start : name.end]
                and words
                and self._phrases.is_noun(words[-1])
                and not self._phrases.is_role(words[-1])
            ):
                return True
        return False

    def _is_surname(self, span: Span) -> bool:
        """Whether the words are no more than what ends a person's full name elsewhere."""
        return self._text[span.start : span.end] in self._surnames

    def _opens_with_name(self, span: Span) -> bool:
        """Whether a person's name stands where the span begins, not behind another noun."""
        name = next(_between(self._persons, span.start, span.end), None)
        return name is not None and not any(
            map(self._phrases.is_noun, WORD.findall(self._text[span.start : name.start])[:MOST])
        )

    def _is_body(self, person: Person, speaker: Speaker | None) -> bool:
        """Whether somebody of unknown kind is a state, a party or the like by the name."""
        if self._phrases.is_acronym(person.name):
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
        if self._phrases.names_document(frame):
            return "document"
        return "group" if self._rules.find("anybody", frame, 0, len(frame)) else "anonymous"


def _named(
    text: str, people: Mapping[str, Person], names: Sequence[Name], phrases: Phrases
) -> frozenset[str]:
    """Ids of those who are called by a person's name somewhere in the article.

    A name that is only a noun for people ("Regierungssprecher") is none.
    """
    starts = sorted(n.span for n in names if n.kind == "PER" and _is_name(text, n.span, phrases))
    found = set()
    for person in people.values():
        mentions = person.mentions
        if any(
            not _is_owner(text, m, span, phrases)
            if span.end <= m.end
            else span.start > m.end and not phrases.is_genitive(text[span.start : span.end])
            for m in mentions
            for span in _between(starts, m.start, m.end + 2)
        ):
            found.add(person.id)
    return frozenset(found)


def _is_owner(text: str, phrase: Span, name: Span, phrases: Phrases) -> bool:
    """ "Ein Sprecher von Ilva Torsten", "der Anwalt der Familie Torsten": the name in the phrase is
    that of somebody else."""
    words = WORD.findall(text[max(phrase.start, name.start - _REACH) : name.start])[-MOST:]
    if len(words) < 2:
        return False
    if phrases.leads_on(words[-1]):
        return any(map(phrases.is_noun, words))
    single = " " not in text[name.start : name.end]
    return single and phrases.is_collective(words[-1]) and any(map(phrases.is_role, words[:-1]))


def _is_name(text: str, span: Span, phrases: Phrases) -> bool:
    words = [w for w in WORD.findall(text[span.start : span.end]) if w[0].isupper()]
    nouns = [word for word in words if phrases.is_role(word)]
    return len(words) > len(nouns)


def _between(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """Those of the sorted spans that begin in `[start, end)`."""
    for number in range(bisect_left(spans, (start, 0)), len(spans)):
        if spans[number].start >= end:
            return
        yield spans[number]
