"""Walks through an article once and gathers who is named, described and pointed to."""

from __future__ import annotations

from beleg.layers.people.cast import Cast, Figure
from beleg.layers.people.describing import Describing
from beleg.layers.people.naming import Naming
from beleg.layers.people.page import OUTSIDE, QUOTED, Page
from beleg.layers.people.phrases import Phrase, read_phrase
from beleg.layers.people.recall import WEIGHTS, Part, Reason, Recall, Trace
from beleg.text.article import Span

_QUOTED_FACTOR = 0.35
_REPORTED_FACTOR = 0.75
_HEADING_FACTOR = 0.6
_ORGANISATION_FACTOR = 0.6  # "er" and "sie" mean persons rather than organisations
_DOCUMENT_FACTOR = 0.5
_UNSURE_FACTOR = 0.92  # gender not known
_NAMELESS_FACTOR = 0.85
_OWN_WORDS_FACTOR = 0.1  # nobody is introduced inside what he says himself
_BESIDE_FACTOR, _SLACK = 0.75, 0.01
_CLAUSE_ENDS = frozenset(",;:–")
_VERB_SHORTEST = 3
_CLAUSE_MOST = 25  # tokens looked through for the verb at the end of a clause


class Walk:
    """The state of one walk: the cast so far, and who was mentioned last.

    phrases, figures: by the token of the noun or of the name's beginning.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rules = page.rules
        self.cast = Cast(page.rules)
        self.recall = Recall()
        self.phrases: dict[int, Phrase] = {}
        self.figures: dict[int, Figure] = {}
        self._naming = Naming(page, self.cast)
        self._describing = Describing(page, self.cast, self.recall, self._naming)
        self._subject: Figure | None = None
        self._clause_has_subject = False
        self._within = -1

    def step(self, at: int) -> int:
        """Reads what begins at a token; the token to go on from."""
        page = self.page
        lower = page.lower[at]
        if page.first_of(at) == at:
            self._subject, self._clause_has_subject = None, False
        elif lower in _CLAUSE_ENDS or lower in self.rules.joining:
            self._clause_has_subject = False
        if lower in self.rules.subjects:
            self._pronoun_in_passing(at)
            return at + 1
        phrase = read_phrase(page, at)
        if phrase is None:
            return at + 1
        self._take(phrase)
        head = phrase.noun if phrase.noun is not None else phrase.stop - 1
        return max(at, head) + 1

    def _take(self, phrase: Phrase) -> None:
        key = phrase.key
        if phrase.noun is None and key in self._naming.taken:
            self.figures[key], self.phrases[key] = self._naming.taken[key], phrase
            return
        if phrase.name is not None:
            figure = self._naming.named(phrase, phrase.name)
        else:
            figure = self._describing.described(phrase, self._subject)
        if figure is None:
            return
        self.figures[key], self.phrases[key] = figure, phrase
        if figure.kind != "unknown":
            part = self._part(phrase)
            self.note(figure, phrase.first, part)
            if part == "subject":
                self._subject, self._clause_has_subject = figure, True
        if phrase.complement[0] < phrase.complement[1]:
            self._within = max(self._within, phrase.complement[1])

    def note(self, figure: Figure, at: int, part: Part) -> None:
        """Notes a mention with its weight."""
        weight = WEIGHTS[part]
        inside = self.page.inside[at]
        if inside == QUOTED:
            weight *= _QUOTED_FACTOR
        elif inside != OUTSIDE:
            weight *= _REPORTED_FACTOR
        sentence = self.page.sentence_of[at]
        if sentence in self.page.headings:
            weight *= _HEADING_FACTOR
        self.recall.note(figure, at, sentence, weight)

    def _part(self, phrase: Phrase) -> Part:
        page, at = self.page, phrase.first
        before = page.lower[at - 1] if page.first_of(at) < at else ""
        if at < self._within:
            return "attribute"
        if before in self.rules.prepositions or page.lower[at] in self.rules.prepositions:
            return "attribute"
        if not phrase.nominative:
            noun_before = bool(before) and page.tokens[at - 1].text[0].isupper()
            return "attribute" if noun_before else "object"
        return "object" if self._clause_has_subject else "subject"

    # ---- pronouns -------------------------------------------------------------------------

    def _pronoun_in_passing(self, at: int) -> None:
        """A pronoun nobody asks about: it keeps the one it means in mind."""
        if self.page.inside[at] == QUOTED:
            return
        genders = self.rules.pronouns["personal"][self.page.lower[at]]
        figure, _ = self.pronoun(at, self.numbered(at, genders), ())
        if figure is not None:
            self.note(figure, at, "subject")
            self._subject, self._clause_has_subject = figure, True

    def numbered(self, at: int, genders: frozenset[str]) -> frozenset[str]:
        """Singular or plural of "sie": by the verb beside it, else by the one that ends the clause."""
        if len(genders) == 1 or "p" not in genders:
            return genders
        page = self.page
        start, stop = page.first_of(at), page.stop_of(at)
        opens = at == start or not page.tokens[at - 1].text.isalpha()
        for near in (at + 1, at - 1) if opens else (at - 1, at + 1):
            if start <= near < stop and (number := self._number(page.tokens[near].text)):
                return genders & {"p"} if number == "p" else genders - {"p"}
        for end in range(at + 1, min(stop, at + _CLAUSE_MOST)):
            if not page.tokens[end].text[0].isalnum():
                number = self._number(page.tokens[end - 1].text)
                return genders & {"p"} if number == "p" else genders - {"p"} if number else genders
        return genders

    def _number(self, verb: str) -> str:
        if len(verb) < _VERB_SHORTEST or not verb[0].islower() or verb in self.rules.prepositions:
            return ""
        if verb in self.rules.singular:
            return "s"
        if verb in self.rules.no_verbs or verb in self.rules.determiners:
            return ""
        if verb in self.rules.plural or verb.endswith(self.rules.plural_endings):
            return "p"
        return "s" if verb.endswith(self.rules.singular_endings) else ""

    def pronoun(
        self, at: int, genders: frozenset[str], own: tuple[Span, ...]
    ) -> tuple[Figure | None, Reason | None]:
        """Whom a personal pronoun means. own: the quotation whose speaker it is, if it is one."""

        sentence = self.page.sentence_of[at]

        def fits(trace: Trace) -> float:
            factor = self._pronoun_factor(trace, genders, own)
            # The subject pronoun of a clause is hardly the object beside it.
            beside = trace.sentence == sentence and trace.weight < WEIGHTS["object"] + _SLACK
            return factor * (_BESIDE_FACTOR if beside else 1.0)

        figure, reason = self.recall.decide(self.recall.scores(at, sentence, fits))
        if figure is not None and figure.kind == "person" and len(genders) == 1:
            figure.learn(genders)
        return figure, reason

    def _pronoun_factor(
        self, trace: Trace, genders: frozenset[str], own: tuple[Span, ...]
    ) -> float:
        figure = trace.figure
        if figure.kind == "unknown" or not figure.agrees(genders):
            return 0.0
        factor = 1.0
        if figure.kind == "document":
            factor = 0.0 if own else _DOCUMENT_FACTOR
        elif figure.kind in ("organisation", "outlet") and not genders <= {"n", "p"}:
            factor = _ORGANISATION_FACTOR
        elif figure.kind == "person" and not figure.names:
            factor = _NAMELESS_FACTOR
        elif len(figure.genders) != 1:
            factor = _UNSURE_FACTOR
        start = self.page.tokens[trace.at].start
        if any(span.start <= start < span.end for span in own):
            factor *= _OWN_WORDS_FACTOR
        return factor
