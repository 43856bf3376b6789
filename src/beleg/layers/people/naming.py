"""Names, the roles and descriptions beside them, and second names in brackets."""

from __future__ import annotations

from beleg.layers.people.cast import Cast, Figure, Words, kind_of
from beleg.layers.people.page import NameTokens, Page
from beleg.layers.people.phrases import Phrase, bare_phrase, read_phrase
from beleg.records import PersonKind

_ACRONYM_LONGEST = 12
_SPEAKING: tuple[PersonKind, ...] = ("person", "organisation", "outlet")


class Naming:
    """Matches each name to a figure. taken: tokens that are known to mean a figure."""

    def __init__(self, page: Page, cast: Cast) -> None:
        self.page = page
        self.rules = page.rules
        self.cast = cast
        self.taken: dict[int, Figure] = {}

    def named(self, phrase: Phrase, name: NameTokens) -> Figure | None:
        """The figure a name means; None for places and things."""
        kind = self._kind(phrase, name)
        if kind is None:
            return None
        page = self.page
        words = tuple(token.text for token in page.tokens[name.first : name.stop])
        written = page.words(name.first, name.stop)
        figure = self._introduced(phrase, words, kind)
        if figure is not None:
            self.cast.name(figure, words, written)
            figure.kind = kind
        else:
            gender = self._gender(phrase, name) if kind == "person" else ""
            figure = self.cast.named(words, written, kind, phrase.first, gender)
        figure.wanted = figure.wanted or kind in _SPEAKING
        figure.mentions.setdefault(page.span(name.first, name.stop))
        self.taken[name.first] = figure
        self._learn(figure, phrase, name, kind)
        return figure

    def _learn(self, figure: Figure, phrase: Phrase, name: NameTokens, kind: PersonKind) -> None:
        """What stands beside the name: role, apposition, places, a second name."""
        figure.places |= phrase.modifiers
        if kind != "person":
            figure.learn(phrase.genders)
            self._nouns_of_name(figure, name)
            self._second_name(figure, name.stop)
        if kind == "outlet":
            figure.kind = kind
        if phrase.noun is not None:
            self.cast.remember(figure, phrase)
            figure.call(self._role(phrase, name))
            figure.complement = figure.complement or complement(self.page, phrase)
        else:
            self._take_apposition(figure, phrase, kind)

    def _gender(self, phrase: Phrase, name: NameTokens) -> str:
        """By a title, or by the noun beside the name, if that has one gender."""
        singular = {reading.gender for reading in phrase.readings} - {"p"}
        if name.title or phrase.noun is None:
            return name.title
        kept = singular & phrase.genders if phrase.genders & singular else singular
        return min(kept) if len(kept) == 1 and kept <= {"m", "f"} else ""

    def _kind(self, phrase: Phrase, name: NameTokens) -> PersonKind | None:
        """What the name stands for; None if nothing that can speak by itself."""
        if name.kind == "PER":
            return "person"
        if phrase.readings and phrase.readings[0].means in ("outlet", "organisation"):
            return kind_of(phrase.readings[0])
        if self._is_medium(self.page.words(name.first, name.stop).lower()):
            return "outlet"
        return "organisation" if name.kind == "ORG" else None

    def _is_medium(self, words: str) -> bool:
        if words in self.rules.media or words.removesuffix("s") in self.rules.media:
            return True
        parts = words.replace("-", " ").split()
        return any(p in self.rules.media_parts for p in parts) or words.endswith(
            self.rules.media_endings
        )

    def _nouns_of_name(self, figure: Figure, name: NameTokens) -> None:
        """Gender and noun of "Bundesgerichtshof" or "Gewerkschaft der Seeleute"."""
        if figure.nouns:
            return
        for at in range(name.first, name.stop):
            readings = self.page.nouns[at]
            if readings and readings[0].means in ("organisation", "group", "outlet"):
                figure.learn(frozenset(r.gender for r in readings))
                self.cast.remember(figure, bare_phrase(at, name, readings[:1]))
                return

    def _second_name(self, figure: Figure, at: int) -> None:
        """The short or long form in brackets: "Internationaler Währungsfonds (IWF)"."""
        second = self.bracketed(at)
        if second is None:
            return
        self.call(figure, second.first, second.stop)
        figure.mentions.setdefault(self.page.span(second.first, second.stop))
        self.taken[second.first] = figure

    def call(self, figure: Figure, first: int, stop: int) -> None:
        """Gives a figure the name these tokens are; if that is one word, wherever it stands."""
        page = self.page
        if page.words(first, stop) in figure.names:
            return
        words = tuple(token.text for token in page.tokens[first:stop])
        self.cast.name(figure, words, page.words(first, stop))
        if len(words) == 1 and not page.nouns[first]:
            for at in page.places_of(words[0]):
                if at >= first:
                    page.names.setdefault(at, NameTokens(at, at + 1, "ORG", ""))

    def bracketed(self, at: int) -> NameTokens | None:
        """A second name in brackets at a token: an acronym, or a name as the encoder has it."""
        page = self.page
        if at + 2 >= len(page) or page.tokens[at].text != "(":
            return None
        name = page.names.get(at + 1)
        stop = name.stop if name is not None and name.kind in ("ORG", "OTH") else at + 2
        text = page.tokens[at + 1].text
        acronym = len(text) <= _ACRONYM_LONGEST and sum(c.isupper() for c in text) > 1
        if stop >= len(page) or page.tokens[stop].text not in ("),", ")", ","):
            return None
        if not acronym and (name is None or stop == at + 2):
            return None
        return NameTokens(at + 1, stop, "ORG", "")

    # ---- descriptions beside names --------------------------------------------------------

    def _introduced(self, phrase: Phrase, words: Words, kind: PersonKind) -> Figure | None:
        """Somebody described before who only now gets a name ("die Anwältin … Hansen, die Anwältin")."""
        described = phrase if phrase.noun is not None else self._apposition(phrase)
        if described is None or not described.readings or described.determiner is None:
            return None
        if described.determiner.sense != "definite" or self.cast.called(words, kind) is not None:
            return None
        lemma, hangs = described.readings[0].lemma, complement(self.page, described)
        for figure in reversed(self.cast.with_noun(lemma)):
            same = any(reading.lemma == lemma for reading, _ in figure.nouns)
            if figure.names or not same or not figure.agrees(described.genders):
                continue
            if figure.complement == hangs and figure.kind == kind:
                return figure
        return None

    def _apposition(self, phrase: Phrase) -> Phrase | None:
        """The description behind a name: "Ole Brandis, der Sprecher der Polizei,"."""
        page, at = self.page, phrase.end
        if at + 1 >= page.stop_of(phrase.first) or page.tokens[at].text not in (",", "–", "("):
            return None
        found = read_phrase(page, at + 1, apposed=True)
        if found is None or found.noun is None or found.name is not None:
            return None
        return found if self._closed(found) or found.determiner is not None else None

    def _closed(self, phrase: Phrase) -> bool:
        """Whether a mark or the end of the sentence follows."""
        page, end = self.page, phrase.end
        return end >= page.stop_of(phrase.first) or not page.tokens[end].text.isalnum()

    def _take_apposition(self, figure: Figure, phrase: Phrase, kind: PersonKind) -> None:
        found = self._apposition(phrase)
        if found is None or found.noun is None:
            return
        # In other cases ("mit Brandis, dem Sprecher und …") it may be the next one of a list.
        if not (found.nominative or self._closed(found)):
            return
        if found.readings[0].means != ("person" if kind == "person" else "organisation"):
            return
        singular = found.genders - {"p"}
        if not singular or not figure.agrees(singular):
            return
        if kind == "person" and found.determiner is not None:
            figure.learn(singular & frozenset("mf"))
        self.cast.remember(figure, found)
        figure.call(self.page.words(found.first, max(found.end, found.stop)))
        figure.complement = figure.complement or complement(self.page, found)
        self.taken[found.noun] = figure

    def _role(self, phrase: Phrase, name: NameTokens) -> str:
        """The role as the text has it, without article and name."""
        first = phrase.first + (phrase.determiner is not None)
        if phrase.noun is None or first >= min(phrase.end, name.first):
            return ""
        inner = phrase.complement[1] if phrase.complement[1] <= name.first else 0
        return self.page.words(first, max(phrase.noun + 1, inner))


def complement(page: Page, phrase: Phrase) -> str:
    """What hangs on the noun, in lower case; "" if nothing."""
    first, stop = phrase.complement
    return page.words(first, stop).lower() if first < stop else ""
