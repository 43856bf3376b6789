"""Descriptions without a name: somebody new, or whom "der Minister" means."""

from __future__ import annotations

from beleg.layers.people.cast import Cast, Figure, kind_of
from beleg.layers.people.naming import Naming, complement
from beleg.layers.people.page import Page
from beleg.layers.people.phrases import Phrase
from beleg.layers.people.recall import Recall, Trace

_MATCH, _SAME, _KIN = 2.0, 0.3, 1.6  # a noun that contains the other, the same, one for the other
_PLACE_FITS, _PLACE_DIFFERS = 0.8, -2.5  # "der brasilianische Präsident"
_PLACE_ALONE = 1.0
_OTHER_COMPLEMENT = -1.4
_PLACE_UNSAID = -0.8
_GENERIC = 0.4
_ENOUGH = 0.7
_RECENCY = 0.5


class Describing:
    """Matches each description to a figure."""

    def __init__(self, page: Page, cast: Cast, recall: Recall, naming: Naming) -> None:
        self.page = page
        self.rules = page.rules
        self.cast = cast
        self.recall = recall
        self.naming = naming

    def described(self, phrase: Phrase, subject: Figure | None) -> Figure | None:
        """The figure a description means, a new one if nobody known.

        subject: the subject of the clause so far, whom a bare singular describes ("ist Koordinator").
        """
        if phrase.noun is None or not phrase.readings:
            return None
        taken = self.naming.taken.get(phrase.noun)
        if taken is not None:
            return taken
        if phrase.readings[0].means == "statement":
            return self._new(phrase)
        if self._predicates(phrase):
            if subject is not None and subject.agrees(phrase.genders) and subject.kind == "person":
                self.cast.remember(subject, phrase)
                subject.call(self.page.words(phrase.first, phrase.stop))
            return None
        sense = phrase.determiner.sense if phrase.determiner is not None else "indefinite"
        if sense == "negative":
            return None
        figure = None
        if sense != "indefinite" or self._unique(phrase):
            figure = self._meant(phrase, sense in ("definite", "demonstrative"))
        if figure is None:
            figure = self._new(phrase)
        else:
            figure.learn(phrase.genders)
        stop = max(phrase.stop, phrase.complement[1])
        figure.mentions.setdefault(self.page.span(phrase.first, stop))
        return figure

    def _new(self, phrase: Phrase) -> Figure:
        stop = max(phrase.stop, phrase.complement[1])
        figure = self.cast.described(phrase, self.page.words(phrase.first, stop), phrase.first)
        figure.complement = complement(self.page, phrase)
        second = self.naming.bracketed(stop)
        if second is not None and figure.kind in ("organisation", "group", "outlet"):
            first = phrase.first + (phrase.determiner is not None)
            self.naming.call(figure, first, stop)
            self.naming.call(figure, second.first, second.stop)
            figure.mentions.setdefault(self.page.span(second.first, second.stop))
            self.naming.taken[second.first] = figure
        return figure

    def _predicates(self, phrase: Phrase) -> bool:
        """Whether a noun only says what somebody is: singular, without article or name."""
        reading = phrase.readings[0]
        return (
            phrase.determiner is None and reading.means == "person" and reading.gender in "mf"
            and not phrase.genders & {"p"}
        )  # fmt: skip

    def _unique(self, phrase: Phrase) -> bool:
        """Organisations without article ("Polizei und Feuerwehr") are those known already."""
        return phrase.determiner is None and phrase.readings[0].means == "organisation"

    def _meant(self, phrase: Phrase, pointing: bool) -> Figure | None:
        """The figure a definite description means, if one known so far."""
        scored: dict[int, float] = {}
        figures: dict[int, Figure] = {}
        for figure in self.cast.with_noun(phrase.readings[0].lemma):
            if may_be(figure, phrase):
                figures[id(figure)] = figure
                scored[id(figure)] = self._likeness(figure, phrase)
        sentence = self.page.sentence_of[phrase.first]

        def fits(trace: Trace) -> float:
            return 1.0 if may_be(trace.figure, phrase) else 0.0

        generic = pointing and self._generic(phrase)
        for score, figure in self.recall.scores(phrase.first, sentence, fits):
            key = id(figure)
            if key in scored:
                scored[key] += _RECENCY * score
            elif (
                pointing
                and figure.names
                and figure.kind == "person"
                and (not phrase.modifiers.isdisjoint(figure.places))
            ):
                figures[key], scored[key] = figure, _PLACE_ALONE + _RECENCY * score
            elif generic and score + _GENERIC >= _ENOUGH and self._stands_in(figure, phrase):
                figures[key], scored[key] = figure, score + _GENERIC
        if not scored:
            return None
        best = max(scored, key=lambda key: scored[key])
        return figures[best] if scored[best] >= _ENOUGH else None

    @staticmethod
    def _stands_in(figure: Figure, phrase: Phrase) -> bool:
        """Whether a generic noun can stand for a figure that no such noun described."""
        if phrase.genders == {"p"} or (
            phrase.modifiers and figure.places and phrase.modifiers.isdisjoint(figure.places)
        ):
            return False
        # A firm that some other noun described would have been matched by that.
        return figure.kind == "person" or (bool(figure.names) and not figure.nouns)

    def _generic(self, phrase: Phrase) -> bool:
        """Whether the words can stand for anybody: "der Mann", "dieser Arzt", "die 56-jährige Köchin"."""
        demonstrative = phrase.determiner is not None and phrase.determiner.sense == "demonstrative"
        bare = phrase.complement[0] == phrase.complement[1]
        return bare and (
            any(reading.generic for reading in phrase.readings) or phrase.aged or demonstrative
        )

    def _likeness(self, figure: Figure, phrase: Phrase) -> float:
        """How well the nouns and places of a figure fit a description."""
        lemma = phrase.readings[0].lemma
        best = 0.0
        for reading, _ in figure.nouns:
            known = reading.lemma
            score = _MATCH if known.endswith(lemma) or lemma.endswith(known) else _KIN
            best = max(best, score + _SAME * (known == lemma))
        if phrase.modifiers and figure.places:
            differs = phrase.modifiers.isdisjoint(figure.places)
            best += _PLACE_DIFFERS if differs else _PLACE_FITS
        elif phrase.modifiers and not figure.names:
            best += _PLACE_UNSAID
        own = complement(self.page, phrase)
        if own and figure.complement and own != figure.complement:
            best += _OTHER_COMPLEMENT
        return best


def may_be(figure: Figure, phrase: Phrase) -> bool:
    """Whether kind, gender and number of a figure allow a description."""
    kind = kind_of(phrase.readings[0])
    if kind == "person":
        # "Das Opfer" and "das Staatsoberhaupt" are women and men.
        return figure.kind == kind and (phrase.genders == {"n"} or figure.agrees(phrase.genders))
    # Firms, groups and papers change their grammatical gender with the noun, never their number.
    plural = phrase.genders == {"p"}
    if (
        figure.genders
        and phrase.genders
        and "p" not in figure.genders & phrase.genders
        and ((figure.genders == {"p"}) != plural)
    ):
        return False
    if figure.kind == kind:
        return True
    if kind == "outlet":
        return figure.kind == "organisation" and bool(figure.names)
    return kind == "organisation" and figure.kind in ("group", "outlet")
