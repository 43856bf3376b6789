"""Sees the words around a place of the article: sentence, clause, tense, cues."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from beleg.rules.atoms import PARAGRAPH, Atoms, atomise
from beleg.rules.dating_rules import DatingRules
from beleg.rules.tense import Tense, clause_around, clause_tense, tense_of
from beleg.text.article import Article, Span

_LEAD_SENTENCES = 2
_REACH = 60  # atoms; a clause is shorter, and a text without stops must not cost more
_ABBREVIATED = 2  # letters of Mo, Di, Mi: words of their own outside a date


class Passages:
    """Answers questions about places in one article's atoms."""

    def __init__(self, article: Article, sentences: Sequence[Span], rules: DatingRules) -> None:
        self.article = article
        self.atoms: Atoms = atomise(article.text)
        self.rules = rules
        self._starts = [bisect_right(self.atoms.start, span.start - 1) for span in sentences]

    def place(self, span: Span) -> tuple[int, int]:
        """The atoms [first, stop) a span of the text covers."""
        first = max(bisect_right(self.atoms.start, span.start) - 1, 0)
        return first, max(bisect_right(self.atoms.start, span.end - 1), first + 1)

    def span(self, first: int, stop: int) -> Span:
        """The characters of atoms [first, stop)."""
        return self.article.span(self.atoms.start[first], self.atoms.end[stop - 1])

    def sentence_number(self, index: int) -> int:
        """The number of the sentence an atom lies in, from 1; 0 before the first."""
        return bisect_right(self._starts, index)

    def in_lead(self, index: int) -> bool:
        """Whether the atom stands in the opening, where news say what happened when."""
        return self.sentence_number(index) <= _LEAD_SENTENCES

    def sentence(self, index: int) -> range:
        """The atoms of the sentence."""
        at = self.sentence_number(index)
        start = self._starts[at - 1] if at else 0
        stop = self._starts[at] if at < len(self._starts) else len(self.atoms)
        return range(start, max(stop, index + 1))

    def around(self, first: int, stop: int) -> range:
        """The atoms of the sentence around [first, stop), as far as words there can bear on it."""
        sentence = self.sentence(first)
        return range(
            max(sentence.start, first - _REACH), max(min(sentence.stop, stop + _REACH), stop)
        )

    def clause(self, first: int, stop: int) -> range:
        """The atoms of the clause around [first, stop)."""
        return clause_around(
            self.atoms, first, stop, self.around(first, stop), self.rules.boundaries
        )

    def tense(self, first: int, stop: int) -> Tense | None:
        """The tense of the clause around [first, stop), else of its neighbours."""
        return tense_of(
            self.atoms, first, stop, self.around(first, stop), table=self.rules.tense,
            boundaries=self.rules.boundaries, determiners=self.rules.determiners,
        )  # fmt: skip

    def own_tense(self, first: int, stop: int) -> Tense | None:
        """The tense of that clause alone."""
        clause = self.clause(first, stop)
        return clause_tense(self.atoms, clause, self.rules.tense, self.rules.determiners)

    def stop_of(self, cue: str, first: int) -> int | None:
        """The atom behind the phrase of the cue that begins at `first`; None if there is none.

        The last word of a phrase may end in "*": it then stands for all that begin so.
        """
        lower = self.atoms.lower
        for phrase in self.rules.cues[cue, "after"]:
            stop = first + len(phrase)
            if lower[first : stop - 1] == phrase[:-1] and stop <= len(lower):
                last, word = phrase[-1], lower[stop - 1]
                if word == last or (last[-1] == "*" and word.startswith(last[:-1])):
                    return stop
        return None

    def start_of(self, cue: str, stop: int) -> int | None:
        """The first atom of the phrase of the cue that ends before `stop`; None if there is none."""
        for phrase in self.rules.cues[cue, "before"]:
            first = stop - len(phrase)
            if first >= 0 and self.atoms.lower[first:stop] == phrase:
                return first
        return None

    def has_cue(self, cue: str, first: int, stop: int) -> bool:
        """Whether a phrase of the cue stands right before, right after or in the clause."""
        cues, lower = self.rules.cues, self.atoms.lower
        for phrase in cues.get((cue, "before"), ()):
            if lower[max(0, first - len(phrase)) : first] == phrase:
                return True
        for phrase in cues.get((cue, "after"), ()):
            if lower[stop : stop + len(phrase)] == phrase:
                return True
        wanted = cues.get((cue, "clause"))
        if not wanted:
            return False
        clause = self.clause(first, stop)
        return any((lower[index],) in wanted for index in clause)

    def noun_before(self, first: int) -> bool:
        """Whether a capitalised word inside the sentence stands right before an atom."""
        if first == 0 or self.atoms.raw[first - 1] == PARAGRAPH:
            return False
        before = self.atoms.raw[first - 1]
        return before[0].isupper() and not self.atoms.is_initial(first - 1)

    def weekday(self, first: int, stop: int) -> int | None:
        """The ISO number of a weekday in the date [first, stop) or beside it; None without one.

        Beside: "am vergangenen Mittwoch (17. Juli)", "am 24. März (Samstag)".
        """
        words, lower, raw = self.rules.weekday_words, self.atoms.lower, self.atoms.raw
        inside = [i for i in range(first, stop) if raw[i][0].isupper() and lower[i] in words]
        if inside:
            return words[lower[inside[0]]]
        beside = [first - 2] if first > 1 and raw[first - 1] in "(," else [first - 1]
        if raw[stop : stop + 1] == ("(",) and stop + 1 < len(raw):
            beside.append(stop + 1)
        for index in beside:
            if index >= 0 and lower[index] in words and len(lower[index]) > _ABBREVIATED:
                return words[lower[index]]
        return None
