"""Walks through an article once and gathers who is named, described and pointed to."""

from __future__ import annotations

from beleg.layers.people.cast import Cast, Figure, kind_of
from beleg.layers.people.page import OUTSIDE, QUOTED, NameTokens, Page
from beleg.layers.people.phrases import Phrase, read_phrase
from beleg.layers.people.recall import WEIGHTS, Part, Reason, Recall, Trace
from beleg.records import PersonKind
from beleg.text.article import Span

_QUOTED_FACTOR = 0.35
_REPORTED_FACTOR = 0.75
_HEADING_FACTOR = 0.6
_ORGANISATION_FACTOR = 0.6  # "er" and "sie" mean persons rather than organisations
_UNSURE_FACTOR = 0.92  # gender not known
_MATCH, _KIN = 2.0, 1.6  # the same noun, another one for the same
_MODIFIER_FITS, _MODIFIER_DIFFERS = 0.8, -1.2
_GENERIC = 0.4
_ENOUGH = 0.7


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
        self._taken: dict[int, Figure] = {}
        self._subject_until = -1
        self._within = -1

    def step(self, at: int) -> int:
        """Reads what begins at a token; the token to go on from."""
        page = self.page
        lower = page.lower[at]
        if lower in (",", ";", ":", "–", "und") or page.sentence_of[at] != page.sentence_of[at - 1]:
            self._subject_until = -1
        if lower in self.rules.pronouns["personal"] and lower in ("er", "sie"):
            self._pronoun_in_passing(at)
            return at + 1
        phrase = read_phrase(page, at)
        if phrase is None:
            return at + 1
        self._take(phrase)
        head = phrase.noun if phrase.noun is not None else phrase.stop - 1
        return max(at, head) + 1

    # ---- noun phrases ---------------------------------------------------------------------

    def _take(self, phrase: Phrase) -> None:
        key = phrase.key
        if phrase.noun is None and key in self._taken:
            self.figures[key], self.phrases[key] = self._taken[key], phrase
            return
        figure = self._figure(phrase)
        if figure is None:
            return
        self.figures[key], self.phrases[key] = figure, phrase
        part = self._part(phrase)
        self.note(figure, phrase.first, part)
        if part == "subject":
            self._subject_until = phrase.end
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
        before = (
            page.lower[at - 1] if at and page.sentence_of[at - 1] == page.sentence_of[at] else ""
        )
        if at < self._within:
            return "attribute"
        if before in self.rules.prepositions or page.lower[at] in self.rules.prepositions:
            return "attribute"
        if not phrase.nominative:
            noun_before = bool(before) and page.tokens[at - 1].text[0].isupper()
            return "attribute" if noun_before else "object"
        return "object" if self._subject_until >= 0 else "subject"

    def _figure(self, phrase: Phrase) -> Figure | None:
        if phrase.name is not None:
            return self._named(phrase, phrase.name)
        if not phrase.readings:
            return None
        if phrase.readings[0].means == "statement":
            return self.cast.described(phrase, self._label(phrase), phrase.first)
        return self._described(phrase)

    def _named(self, phrase: Phrase, name: NameTokens) -> Figure | None:
        page = self.page
        kind = self._kind(phrase, name)
        if kind is None:
            return None
        words = tuple(token.text for token in page.tokens[name.first : name.stop])
        written = page.words(name.first, name.stop)
        gender = name.title
        singular = phrase.genders & frozenset("mf")
        if phrase.noun is not None and len(singular) == 1 and not gender:
            gender = min(singular)
        figure = self._introduced(phrase, words, kind)
        if figure is not None:
            self.cast.name(figure, words, written)
            figure.kind = kind
        else:
            gender = gender if kind == "person" else ""
            figure = self.cast.named(words, written, kind, phrase.first, gender)
        if kind != "person":
            figure.learn(phrase.genders)
            self._gender_of_words(figure, name)
        if kind == "outlet":
            figure.kind = kind
        figure.wanted = figure.wanted or kind in ("person", "organisation", "outlet")
        figure.mentions.setdefault(page.span(name.first, name.stop))
        self._taken[name.first] = figure
        if phrase.noun is not None:
            self.cast.remember(figure, phrase)
            figure.call(self._role(phrase, name))
            figure.complement = figure.complement or self._complement(phrase)
        self._with_apposition(figure, phrase, kind)
        return figure

    def _kind(self, phrase: Phrase, name: NameTokens) -> PersonKind | None:
        """What the name stands for; None if nothing that can speak by itself."""
        if name.kind == "PER":
            return "person"
        words = self.page.words(name.first, name.stop).lower()
        if phrase.readings and phrase.readings[0].means in ("outlet", "organisation"):
            return kind_of(phrase.readings[0])
        if self._is_medium(words):
            return "outlet"
        if name.kind == "ORG":
            return "organisation"
        return None

    def _is_medium(self, words: str) -> bool:
        parts = words.split()
        if words in self.rules.media or words.rstrip("s") in self.rules.media:
            return True
        return any(p in self.rules.media_parts for p in parts) or words.endswith(
            self.rules.media_endings
        )

    def _gender_of_words(self, figure: Figure, name: NameTokens) -> None:
        """Gender and nouns of "Bundesgerichtshof" or "Gewerkschaft der Seeleute"."""
        for token in self.page.tokens[name.first : name.stop]:
            readings = self.rules.readings(token.text)
            if readings and readings[0].means in ("organisation", "group", "outlet"):
                figure.learn(frozenset(r.gender for r in readings))
                single = Phrase(
                    name.first, name.stop, name.stop, None, name.first, readings[:1], frozenset(),
                    frozenset(), (name.stop, name.stop), name, False,
                )  # fmt: skip
                if not figure.nouns:
                    self.cast.remember(figure, single)
                return

    def _introduced(
        self, phrase: Phrase, words: tuple[str, ...], kind: PersonKind
    ) -> Figure | None:
        """Somebody described before who only now gets a name ("die Anwältin … Celebi, die Anwältin")."""
        if self.cast.called(words, kind) is not None:
            return None
        described = phrase if phrase.noun is not None else self._apposition(phrase)
        if described is None or not described.readings:
            return None
        lemma, complement = described.readings[0].lemma, self._complement(described)
        definite = described.determiner is not None and described.determiner.sense == "definite"
        if not definite:
            return None
        for figure in reversed(self.cast.with_noun(lemma)):
            same = any(reading.lemma == lemma for reading, _ in figure.nouns)
            if figure.names or not same or not figure.agrees(described.genders):
                continue
            if figure.complement == complement and figure.kind == kind:
                return figure
        return None

    def _apposition(self, phrase: Phrase) -> Phrase | None:
        """The description behind a name: "Ole Brandis, der Sprecher der Polizei,"."""
        page, at = self.page, phrase.end
        if (
            at + 1 >= len(page)
            or page.tokens[at].text not in (",", "–", "(")
            or (page.sentence_of[at + 1] != page.sentence_of[at])
        ):
            return None
        found = read_phrase(page, at + 1)
        if found is None or found.noun is None or found.name is not None:
            return None
        closed = (
            found.end >= len(page)
            or page.tokens[found.end].text in ",–).:;„»“"
            or (page.sentence_of[found.end] != page.sentence_of[at])
        )
        return found if closed or found.determiner is not None else None

    def _with_apposition(self, figure: Figure, phrase: Phrase, kind: PersonKind) -> None:
        if phrase.noun is not None:
            return
        found = self._apposition(phrase)
        if found is None or found.noun is None:
            return
        fits = found.readings[0].means == ("person" if kind == "person" else "organisation")
        if not fits or (not found.nominative and found.determiner is None):
            return
        if not figure.agrees(found.genders - {"p"}) or found.genders == {"p"}:
            return
        if kind == "person" and found.determiner is not None:
            figure.learn(found.genders & frozenset("mf"))
        self.cast.remember(figure, found)
        figure.call(self.page.words(found.first, max(found.end, found.stop)))
        figure.complement = figure.complement or self._complement(found)
        self._taken_nouns(found, figure)

    def _taken_nouns(self, found: Phrase, figure: Figure) -> None:
        if found.noun is not None:
            self._taken[found.noun] = figure

    def _role(self, phrase: Phrase, name: NameTokens) -> str:
        """The role as the text has it, without article and name."""
        page = self.page
        first = phrase.first + (phrase.determiner is not None)
        stop = min(phrase.end, name.first)
        if phrase.noun is None or first >= stop:
            return ""
        stop = max(
            phrase.noun + 1, phrase.complement[1] if phrase.complement[1] <= name.first else 0
        )
        return page.words(first, stop)

    def _complement(self, phrase: Phrase) -> str:
        first, stop = phrase.complement
        return self.page.words(first, stop).lower() if first < stop else ""

    def _label(self, phrase: Phrase, stop: int | None = None) -> str:
        return self.page.words(phrase.first, stop or max(phrase.stop, phrase.complement[1]))

    # ---- descriptions ---------------------------------------------------------------------

    def _described(self, phrase: Phrase) -> Figure:
        assert phrase.noun is not None
        taken = self._taken.get(phrase.noun)
        if taken is not None:
            return taken
        sense = phrase.determiner.sense if phrase.determiner is not None else "indefinite"
        means = phrase.readings[0].means
        figure = None
        if sense != "indefinite" or (means == "organisation" and phrase.determiner is None):
            figure = self._meant(phrase, sense in ("definite", "demonstrative"))
        if figure is None:
            figure = self.cast.described(phrase, self._label(phrase), phrase.first)
            figure.complement = self._complement(phrase)
        else:
            figure.learn(phrase.genders)
        figure.mentions.setdefault(
            self.page.span(phrase.first, max(phrase.stop, phrase.complement[1]))
        )
        return figure

    def _meant(self, phrase: Phrase, pointing: bool) -> Figure | None:
        """The figure a definite description means, if one known so far."""
        reading = phrase.readings[0]
        scored: dict[int, float] = {}
        figures: dict[int, Figure] = {}
        for figure in self.cast.with_noun(reading.lemma):
            if _may_be(figure, phrase):
                figures[id(figure)] = figure
                scored[id(figure)] = self._likeness(figure, phrase)
        sentence = self.page.sentence_of[phrase.first]
        recent = self.recall.scores(
            phrase.first, sentence, lambda trace: self._stands_for(trace, phrase)
        )
        for score, figure in recent:
            key = id(figure)
            if key in scored:
                scored[key] += 0.5 * score
            elif pointing and self._generic(phrase) and score + _GENERIC >= _ENOUGH:
                figures[key], scored[key] = figure, score + _GENERIC
        if not scored:
            return None
        best = max(scored, key=lambda key: scored[key])
        return figures[best] if scored[best] >= _ENOUGH else None

    def _generic(self, phrase: Phrase) -> bool:
        """Whether the words can stand for anybody: "der Mann", "dieser Arzt", "die 56-jährige Köchin"."""
        demonstrative = phrase.determiner is not None and phrase.determiner.sense == "demonstrative"
        bare = phrase.complement[0] == phrase.complement[1]
        return bare and (
            any(reading.generic for reading in phrase.readings) or phrase.aged or demonstrative
        )

    def _likeness(self, figure: Figure, phrase: Phrase) -> float:
        """How well the nouns and modifiers of a figure fit a description."""
        lemma = phrase.readings[0].lemma
        best = 0.0
        for reading, modifiers in figure.nouns:
            known = reading.lemma
            ends = known.endswith(lemma) or lemma.endswith(known)
            score = _MATCH if ends else _KIN
            if known == lemma:
                score += 0.2
            if phrase.modifiers and modifiers:
                score += (
                    _MODIFIER_DIFFERS if phrase.modifiers.isdisjoint(modifiers) else _MODIFIER_FITS
                )
            best = max(best, score)
        own = self._complement(phrase)
        if own and figure.complement and own != figure.complement:
            best -= 1.4
        if phrase.modifiers and not figure.names and not any(m for _, m in figure.nouns):
            best -= 0.8
        return best

    def _stands_for(self, trace: Trace, phrase: Phrase) -> float:
        return 1.0 if _may_be(trace.figure, phrase) else 0.0

    # ---- pronouns -------------------------------------------------------------------------

    def _pronoun_in_passing(self, at: int) -> None:
        """A pronoun nobody asks about: it keeps the one it means in mind."""
        if self.page.inside[at] == QUOTED:
            return
        genders = self.rules.pronouns["personal"][self.page.lower[at]]
        figure, _ = self.pronoun(at, self.numbered(at, genders), None)
        if figure is not None:
            self.note(figure, at, "subject")
            self._subject_until = at

    def numbered(self, at: int, genders: frozenset[str]) -> frozenset[str]:
        """Singular or plural of "sie", by the verb beside it."""
        if len(genders) == 1 or "p" not in genders:
            return genders
        page = self.page
        first = (
            at == 0
            or page.sentence_of[at - 1] != page.sentence_of[at]
            or not page.tokens[at - 1].text.isalpha()
        )
        nearest = (at + 1, at - 1) if first else (at - 1, at + 1)
        for near in nearest:
            if not 0 <= near < len(page) or page.sentence_of[near] != page.sentence_of[at]:
                continue
            number = self._number(page.tokens[near].text)
            if number:
                return genders & frozenset("p") if number == "p" else genders - {"p"}
        return genders

    def _number(self, verb: str) -> str:
        if not verb[:1].islower() or verb in self.rules.prepositions or len(verb) < 3:
            return ""
        if verb in self.rules.singular:
            return "s"
        if verb in self.rules.plural or verb.endswith(self.rules.plural_endings):
            return "p"
        return "s" if verb.endswith(self.rules.singular_endings) else ""

    def pronoun(
        self, at: int, genders: frozenset[str], own: tuple[Span, ...] | None
    ) -> tuple[Figure | None, Reason | None]:
        """Whom a personal pronoun means. own: the quotation whose speaker it is, if it is one."""
        sentence = self.page.sentence_of[at]

        def fits(trace: Trace) -> float:
            return self._pronoun_factor(trace, genders, own)

        ranked = self.recall.scores(at, sentence, fits)
        return self.recall.decide(ranked)

    def _pronoun_factor(
        self, trace: Trace, genders: frozenset[str], own: tuple[Span, ...] | None
    ) -> float:
        figure = trace.figure
        if not figure.agrees(genders):
            return 0.0
        factor = 1.0
        if figure.kind == "unknown" or (figure.kind == "document" and own is not None):
            return 0.0
        if figure.kind == "document":
            factor = 0.5
        elif figure.kind in ("organisation", "outlet") and not genders <= frozenset("np"):
            factor = _ORGANISATION_FACTOR
        elif not figure.genders or len(figure.genders) > 1:
            factor = _UNSURE_FACTOR
        if own is not None:
            start = self.page.tokens[trace.at].start
            if any(span.start <= start < span.end for span in own):
                factor *= 0.1
        return factor


def _may_be(figure: Figure, phrase: Phrase) -> bool:
    """Whether kind, gender and number of a figure allow a description."""
    kind = kind_of(phrase.readings[0])
    if kind == "person":
        # "Das Opfer" and "das Staatsoberhaupt" are women and men.
        return figure.kind == kind and (phrase.genders == {"n"} or figure.agrees(phrase.genders))
    # Firms, groups and papers change their grammatical gender with the noun, never their number.
    if (
        figure.genders
        and (figure.genders == {"p"}) != (phrase.genders == {"p"})
        and not ({"p"} & figure.genders & phrase.genders)
    ):
        return False
    if figure.kind == kind:
        return True
    if kind == "outlet":
        return figure.kind == "organisation" and bool(figure.names)
    return kind == "organisation" and figure.kind in ("group", "outlet")
