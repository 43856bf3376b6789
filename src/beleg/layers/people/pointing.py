"""Words that only point: pronouns, "demnach", "nach eigenen Angaben", "ihrer Meinung nach"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from beleg.drafts import FoundQuotation
from beleg.layers.people.cast import Figure
from beleg.layers.people.recall import Reason
from beleg.layers.people.walk import Walk
from beleg.rules.people_rules import PronounSense
from beleg.text.article import Span

_STANDING_ALONE: tuple[PronounSense, ...] = ("personal", "first", "both")
_SOURCE_SENTENCES = 2  # "demnach" reaches back as far
_AROUND_MOST = 50  # quotations looked at for the one around a word


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words to resolve: tokens `[first, stop)`; quote: the quotation they are the speaker of.

    venue: where something was said; it counts only if it is known what that is ("im März" is nobody).
    """

    number: int
    spans: tuple[Span, ...]
    first: int
    stop: int
    quote: FoundQuotation | None
    venue: bool = False


@dataclass(frozen=True, slots=True)
class Referent:
    """The one meant, and why it is only the words themselves, if so."""

    figure: Figure
    unresolved: Reason | None


class Pointing:
    """Finds whom such words mean.

    of_quote: the speakers found so far, by the identity of the quotation. latest: the last of them.
    """

    def __init__(self, walk: Walk, quotes: Sequence[FoundQuotation]) -> None:
        self.walk = walk
        self.page = walk.page
        self.rules = walk.rules
        self.quotes = quotes
        self.of_quote: dict[int, Referent] = {}
        self.latest: Figure | None = None
        self._spans = sorted(
            (span.start, span.end, number)
            for number, quote in enumerate(quotes)
            for span in quote.spans
        )

    def meant(
        self, wanted: Wanted, first: int, stop: int
    ) -> tuple[Figure | None, Reason | None] | None:
        """Whom a pronoun or adverb means; None if the words are neither."""
        page, lower = self.page, self.page.lower[first]
        pronouns = self.rules.pronouns
        if stop - first == 1:
            if lower in self.rules.adverbs:
                return self.source(first)
            return self._single(wanted, first)
        if any(page.lower[at] in pronouns["reflexive"] for at in range(first, stop)):
            return self._subject(wanted, first)
        if stop - first == 2 and not page.nouns[first + 1]:
            determiner = self.rules.determiners.get(lower)
            aged = any(part in page.lower[first + 1] for part in self.rules.ages)
            if determiner is not None and aged:
                genders = frozenset(feature[0] for feature in determiner.features) - {"p"}
                return self.walk.pronoun(first, genders, self._own(wanted))
        if lower in pronouns["possessive"] and self._is_statement(first, stop):
            return self._possessor(wanted, first)
        if lower in pronouns["first"] and self._is_statement(first, stop):
            return self._first_person(wanted)
        alone = not page.tokens[first + 1].text[0].isupper()
        if alone and any(lower in pronouns[sense] for sense in _STANDING_ALONE):
            return self._single(wanted, first)
        return None

    def _single(self, wanted: Wanted, at: int) -> tuple[Figure | None, Reason | None] | None:
        lower, pronouns = self.page.lower[at], self.rules.pronouns
        senses: tuple[PronounSense, ...] = (
            "nobody",
            "both",
            "first",
            "personal",
            "demonstrative",
            "relative",
            "possessive",
        )
        for sense in senses:
            if lower not in pronouns[sense]:
                continue
            genders = pronouns[sense][lower]
            if sense == "nobody":
                return None, "none"
            if sense == "both":
                return None, "several"
            if sense == "first":
                return self._first_person(wanted)
            if sense == "relative":
                return self._antecedent(at, genders)
            numbered = self.walk.numbered(at, genders)
            if sense == "demonstrative":
                return self._last_named(at, numbered)
            return self.walk.pronoun(at, numbered, self._own(wanted))
        return None

    def _own(self, wanted: Wanted) -> tuple[Span, ...]:
        return wanted.quote.spans if wanted.quote is not None else ()

    def _first_person(self, wanted: Wanted) -> tuple[Figure | None, Reason | None]:
        """Whoever speaks the innermost quotation around the words."""
        at = self.page.tokens[wanted.first].start
        around: list[tuple[int, Referent]] = []
        last = bisect_right(self._spans, (at, len(self.page.article.text), 0))
        for start, end, number in self._spans[max(0, last - _AROUND_MOST) : last]:
            referent = self.of_quote.get(id(self.quotes[number]))
            if at < end and self.quotes[number] is not wanted.quote and referent is not None:
                around.append((end - start, referent))
        if around:
            referent = min(around, key=lambda item: item[0])[1]
            return (referent.figure, None) if referent.unresolved is None else (None, "none")
        return None, "none"

    def _antecedent(self, at: int, genders: frozenset[str]) -> tuple[Figure | None, Reason | None]:
        """The noun before the comma of a relative clause."""
        page = self.page
        for trace in self.walk.recall.latest(at):
            if trace.sentence != page.sentence_of[at]:
                break
            if trace.figure.agrees(genders):
                return trace.figure, None
        return None, "none"

    def _last_named(self, at: int, genders: frozenset[str]) -> tuple[Figure | None, Reason | None]:
        """The one mentioned last: "dieser" is rather not the subject before."""
        sentence = self.page.sentence_of[at]
        for trace in self.walk.recall.latest(at):
            if sentence - trace.sentence > 1:
                break
            figure = trace.figure
            if figure.kind != "unknown" and figure.agrees(genders):
                return figure, None
        return self.walk.pronoun(at, genders, ())

    def _possessor(self, wanted: Wanted, at: int) -> tuple[Figure | None, Reason | None]:
        genders = self.rules.pronouns["possessive"][self.page.lower[at]]
        return self.walk.pronoun(at, genders, self._own(wanted))

    def _subject(self, wanted: Wanted, at: int) -> tuple[Figure | None, Reason | None]:
        """The subject of the sentence, before or behind the words."""
        page = self.page
        best: Figure | None = None
        weight = 0.0
        for trace in self.walk.recall.latest(len(page)):
            if trace.sentence != page.sentence_of[at]:
                break
            if wanted.first <= trace.at < wanted.stop or trace.figure.kind in (
                "unknown",
                "document",
            ):
                continue
            if trace.weight >= weight:
                best, weight = trace.figure, trace.weight
        if best is not None:
            return best, None
        return self.walk.pronoun(at, frozenset(), ())

    def source(self, at: int) -> tuple[Figure | None, Reason | None]:
        """Who was given as source last: a document, a medium, or the speaker before."""
        sentence = self.page.sentence_of[at]
        fallback: Figure | None = None
        for trace in self.walk.recall.latest(at):
            if sentence - trace.sentence > _SOURCE_SENTENCES:
                break
            figure = trace.figure
            spoke = self.latest is figure
            if figure.kind in ("document", "outlet") or spoke:
                return figure, None
            if figure.kind != "unknown" and trace.weight >= 1.0:
                fallback = fallback or figure
        return (fallback, None) if fallback is not None else (None, "none")

    def _is_statement(self, first: int, stop: int) -> bool:
        return any(
            reading.means == "statement"
            for at in range(first, stop)
            for reading in self.page.nouns[at]
        )
