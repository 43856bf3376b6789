"""Whom the words of a speaker mean: a name, a description, a pronoun, or who "Angaben" come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from beleg.drafts import FoundQuotation
from beleg.layers.people.cast import Figure
from beleg.layers.people.page import Page
from beleg.layers.people.pointing import Pointing, Referent, Wanted
from beleg.layers.people.recall import Reason
from beleg.layers.people.walk import Walk
from beleg.records import PersonKind
from beleg.text.article import Span

_EARLIER_MOST = 20  # mentions of a word no table has


class Speakers:
    """Resolves wanted words during a walk."""

    def __init__(self, walk: Walk, quotes: Sequence[FoundQuotation]) -> None:
        self.walk = walk
        self.page: Page = walk.page
        self.rules = walk.rules
        self.pointing = Pointing(walk, quotes)
        self._same: dict[tuple[Span, ...], Referent] = {}

    def waits(self, wanted: Wanted) -> Literal["sentence", "article"] | None:
        """What must be read to its end first.

        The sentence for "nach eigenen Angaben", whose subject may follow; the article for "ich",
        since the speaker of the quotation around it may be named behind that.
        """
        words = self.page.lower[wanted.first : wanted.stop]
        if any(word in self.rules.pronouns["reflexive"] for word in words):
            return "sentence"
        return "article" if words[0] in self.rules.pronouns["first"] else None

    def resolve(self, wanted: Wanted) -> Referent:
        """The one meant; of equal words at the same place once."""
        known = self._same.get(wanted.spans)
        if known is None:
            known = self._same[wanted.spans] = self._resolve(wanted)
        if not wanted.venue or known.figure.kind != "unknown":
            known.figure.wanted = True
        if wanted.quote is not None:
            self.pointing.of_quote[id(wanted.quote)] = known
            if known.unresolved is None and known.figure.kind != "unknown":
                self.walk.note(known.figure, wanted.first, "speaker")
                self.pointing.latest = known.figure
        return known

    def _resolve(self, wanted: Wanted) -> Referent:
        first, stop = self._trimmed(wanted.first, wanted.stop)
        pointed = self.pointing.meant(wanted, first, stop)
        if pointed is not None:
            figure, reason = pointed
            if figure is None:
                return self._open(wanted, reason or "none")
            figure.mentions.setdefault(self.page.span(first, stop))
            return Referent(figure, None)
        figure = self._in_words(wanted, first, stop)
        if figure is None:
            return self._open(wanted, "none")
        return Referent(figure, None)

    def _trimmed(self, first: int, stop: int) -> tuple[int, int]:
        """Without marks at both ends and prepositions in front."""
        page = self.page
        while first < stop - 1 and (
            not page.tokens[first].text[0].isalnum()
            or (
                page.lower[first] in self.rules.prepositions
                and page.lower[first] not in self.rules.determiners
            )
        ):
            first += 1
        while stop - 1 > first and not page.tokens[stop - 1].text[0].isalnum():
            stop -= 1
        return first, stop

    # ---- names and descriptions -----------------------------------------------------------

    def _in_words(self, wanted: Wanted, first: int, stop: int) -> Figure | None:
        """The figure the words name or describe, through "Angaben", "Bericht" and the like."""
        walk = self.walk
        heads = [at for at in range(first, stop) if at in walk.figures]
        several = self._several(first, stop, heads)
        if several is not None:
            return several
        owner: int | None = None
        for place, at in enumerate(heads):
            phrase, figure = walk.phrases[at], walk.figures[at]
            means = phrase.readings[0].means if phrase.readings else None
            if phrase.noun is None and self._owns(heads[place + 1 :], phrase.stop):
                owner = phrase.first
                continue
            if phrase.name is None and means in ("statement", "report"):
                maker = self._maker(at)
                if maker is not None:
                    return maker
                if means == "statement":
                    continue
                outlets = [
                    walk.figures[h] for h in heads[place:] if walk.figures[h].kind == "outlet"
                ]
                if outlets:
                    return outlets[0]
            if figure.label and not figure.names:
                self._relabel(figure, phrase.first if owner is None else owner, at, stop)
            return figure
        return (
            self._by_other_names(first, stop)
            or self._by_address(first, stop)
            or self._unknown(wanted, first, stop, bool(heads))
        )

    def _owns(self, heads: list[int], stop: int) -> bool:
        """Whether a name stands before the noun that is meant: "Brandis’ Sprecher"."""
        if not heads or not stop <= heads[0] <= stop + 1:
            return False
        phrase = self.walk.phrases[heads[0]]
        return phrase.noun is not None and phrase.readings[0].means in ("person", "group")

    def _relabel(self, figure: Figure, first: int, noun: int, stop: int) -> None:
        """The words of the speaker name a description better than what the walk took for it."""
        own = self.walk.phrases[noun]
        if own.first == figure.first:
            end = min(stop, max(own.stop, own.complement[1]))
            figure.label = self.page.words(first, max(end, noun + 1))

    def _several(self, first: int, stop: int, heads: list[int]) -> Figure | None:
        """People joined by "und" are one group."""
        page, walk = self.page, self.walk
        top = [at for at in heads if not self._hangs(at, heads)]
        if len(top) < 2 or (
            walk.phrases[top[0]].readings and walk.phrases[top[0]].readings[0].means == "statement"
        ):
            return None
        joined = any(page.lower[at] in self.rules.joining for at in range(top[0] + 1, top[1]))
        figures = {id(walk.figures[at]) for at in top[:2]}
        if not joined or len(figures) < 2:
            return None
        return self._by_words(first, stop, "group")

    def _hangs(self, at: int, heads: list[int]) -> bool:
        """Whether a noun stands in what hangs on another one, or names it."""
        for head in heads:
            if head >= at:
                break
            phrase = self.walk.phrases[head]
            if phrase.complement[0] <= at < phrase.complement[1]:
                return True
            if self.walk.figures[head] is self.walk.figures[at]:
                return True
        return False

    def _maker(self, at: int) -> Figure | None:
        """Who makes the statement in "Polizeiangaben" or "NASA-Angaben"."""
        lemma = self.walk.phrases[at].readings[0].lemma
        text = self.page.tokens[at].text
        before, hyphen, _ = text.rpartition("-")
        if hyphen:
            known = self.walk.cast.called((before,))
            return known or self._by_words(at, at + 1, "organisation")
        for prefix, means in self.rules.makers:
            # A "Presseerklärung" stands in the table itself: the press does not make it.
            if lemma.startswith(prefix) and lemma not in self.rules.nouns:
                kind: PersonKind = (
                    "group"
                    if means == "group"
                    else "outlet"
                    if means == "outlet"
                    else "organisation"
                )
                if kind == "organisation":
                    for figure in self.walk.cast.with_noun(prefix):
                        if figure.kind == "organisation":
                            return figure
                return self._by_words(at, at + 1, kind)
        return None

    def _by_other_names(self, first: int, stop: int) -> Figure | None:
        """A place or thing that speaks: "Frankreich", "das Weiße Haus"."""
        for at in range(first, stop):
            name = self.page.names.get(at)
            if name is None:
                continue
            words = tuple(token.text for token in self.page.tokens[name.first : name.stop])
            written = self.page.words(name.first, name.stop)
            figure = self.walk.cast.named(words, written, "organisation", at, "")
            figure.mentions.setdefault(self.page.span(name.first, name.stop))
            return figure
        return None

    def _by_address(self, first: int, stop: int) -> Figure | None:
        """A medium called by its address ("nordhagen.de")."""
        for at in range(first, stop):
            if "." in self.page.lower[at] and self.page.lower[at].endswith(
                self.rules.media_endings
            ):
                return self._by_words(at, at + 1, "outlet")
        return None

    def _unknown(self, wanted: Wanted, first: int, stop: int, statement: bool) -> Figure | None:
        """Words with a noun that no table has; None for those that say nothing of a source."""
        if statement:
            determiner = self.rules.determiners.get(self.page.lower[first])
            if determiner is not None and determiner.sense in ("definite", "demonstrative"):
                figure, _ = self.pointing.source(wanted.first)
                if figure is not None:
                    figure.mentions.setdefault(self.page.span(first, stop))
                return figure
            return None
        if not any(self.page.tokens[at].text[0].isupper() for at in range(first, stop)):
            return None
        return self._by_words(first, stop, "unknown")

    def _by_words(self, first: int, stop: int, kind: PersonKind) -> Figure:
        """A figure known by exactly these words, article and ending aside."""
        page = self.page
        start = (
            first + 1 if stop - first > 1 and page.lower[first] in self.rules.determiners else first
        )
        words = tuple(token.text for token in page.tokens[start:stop])
        figure = self.walk.cast.words(words, page.words(first, stop), kind, first)
        if kind == "unknown" and start > first and len(words) == 1:
            for at in page.places_of(words[0])[:_EARLIER_MOST]:
                if at < start:
                    figure.mentions.setdefault(page.span(at, at + 1))
        figure.mentions.setdefault(page.span(first, stop))
        return figure

    def _open(self, wanted: Wanted, reason: Reason) -> Referent:
        """A person that is only the words."""
        figure = self.walk.cast.add("unknown", wanted.first)
        figure.label = self.page.words(wanted.first, wanted.stop)
        figure.mentions.setdefault(self.page.span(wanted.first, wanted.stop))
        return Referent(figure, reason)
