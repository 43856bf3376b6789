"""The article as one row of tokens, with its names and what stands inside quotations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from beleg.drafts import FoundQuotation
from beleg.encoder.names import Name, NameKind, surnames
from beleg.rules.people_rules import PeopleRules
from beleg.text.article import Article, Span
from beleg.text.segments import Sentence
from beleg.text.tokens import Token

_PARTICLES_MOST = 2
_SPREAD_SHORTEST = 3
_MARKS = frozenset("„“”‟\"»«‚‘’‛'›‹")
OUTSIDE, REPORTED, QUOTED = range(3)


@dataclass(frozen=True, slots=True)
class NameTokens:
    """A name as tokens `[first, stop)`, without marks, titles and role nouns around it.

    title: gender a title in front gives, "" if none.
    """

    first: int
    stop: int
    kind: NameKind
    title: str


class Page:
    """Tokens of the whole article; `sentence_of` and `inside` run parallel to them.

    inside: OUTSIDE, or REPORTED or QUOTED in indirect or direct quotations.
    names: by their first token.
    """

    def __init__(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        names: Sequence[Name],
        quotes: Sequence[FoundQuotation],
        rules: PeopleRules,
    ) -> None:
        self.article = article
        self.rules = rules
        self.tokens: list[Token] = []
        self.sentence_of: list[int] = []
        self.headings = frozenset(n for n, s in enumerate(sentences) if s.kind == "heading")
        for number, sentence in enumerate(sentences):
            self.tokens.extend(sentence.tokens)
            self.sentence_of.extend([number] * len(sentence.tokens))
        self._starts = [token.start for token in self.tokens]
        self._ends = [token.end for token in self.tokens]
        self.lower = [token.text.lower() for token in self.tokens]
        called = surnames(article.text, names)
        self.nouns = [rules.readings(t.text, named=t.text in called) for t in self.tokens]
        self._bounds = self._sentence_bounds()
        self._places: dict[str, list[int]] = {}
        self.inside = self._inside(quotes)
        self.names = self._names(names)

    def __len__(self) -> int:
        return len(self.tokens)

    def first_of(self, at: int) -> int:
        """The first token of the sentence that a token stands in."""
        return self._bounds[self.sentence_of[at]][0]

    def stop_of(self, at: int) -> int:
        """One past the last token of the sentence that a token stands in."""
        return self._bounds[self.sentence_of[at]][1]

    def _sentence_bounds(self) -> dict[int, tuple[int, int]]:
        bounds: dict[int, tuple[int, int]] = {}
        for at, sentence in enumerate(self.sentence_of):
            first, _ = bounds.get(sentence, (at, at))
            bounds[sentence] = first, at + 1
        return bounds

    def range(self, span: Span) -> tuple[int, int]:
        """The tokens that share a character with the span, half-open."""
        return bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)

    def span(self, first: int, stop: int) -> Span:
        """The characters of the tokens `[first, stop)`."""
        return Span(self.tokens[first].start, self.tokens[stop - 1].end)

    def words(self, first: int, stop: int) -> str:
        """The text of the tokens `[first, stop)`."""
        return self.article.quote(self.span(first, stop))

    def places_of(self, word: str) -> Sequence[int]:
        """The tokens that are this word, in order."""
        if not self._places:
            for at, token in enumerate(self.tokens):
                self._places.setdefault(token.text, []).append(at)
        return self._places.get(word, ())

    def is_mark(self, at: int) -> bool:
        """Whether the token is a quotation mark."""
        return self.tokens[at].text in _MARKS

    def _inside(self, quotes: Sequence[FoundQuotation]) -> list[int]:
        changes: list[tuple[int, int, int]] = []
        for quote in quotes:
            direct = int(quote.type == "direct")
            for span in quote.spans:
                first, stop = self.range(span)
                changes += [(first, 1, direct), (stop, -1, direct)]
        changes.sort()
        inside: list[int] = []
        depth = [0, 0]
        done = 0
        for at in range(len(self.tokens)):
            while done < len(changes) and changes[done][0] <= at:
                depth[changes[done][2]] += changes[done][1]
                done += 1
            inside.append(QUOTED if depth[1] else REPORTED if depth[0] else OUTSIDE)
        return inside

    def _names(self, names: Sequence[Name]) -> dict[int, NameTokens]:
        found: list[NameTokens] = []
        for name in sorted(names, key=lambda name: (name.span.start, -name.span.end)):
            first, stop = self.range(name.span)
            before = found[-1] if found else None
            if before is not None and self._joins(before, first, name.kind):
                first = found.pop().first
            elif before is not None:
                first = max(first, before.stop)
            trimmed = self._trimmed(first, stop, name.kind)
            if trimmed is not None:
                found.append(trimmed)
        by_first = {name.first: name for name in self._completed(found)}
        self._spread(by_first)
        return by_first

    def _joins(self, before: NameTokens, first: int, kind: NameKind) -> bool:
        """Whether a name cut in two goes on ("Ole" "Brandis", "Ole" von "Brandis")."""
        if before.kind != kind or kind != "PER":
            return False
        between = range(before.stop, first)
        if between and before.stop - before.first > 1:
            return False
        return len(between) <= _PARTICLES_MOST and all(
            self.lower[at] in self.rules.particles for at in between
        )

    def _completed(self, names: Sequence[NameTokens]) -> Iterator[NameTokens]:
        """A given name alone takes the capitalised word behind it, a surname the one in front.

        A given name and a surname that are no name yet become one.
        """
        taken = {at for name in names for at in range(name.first, name.stop)}
        missed = [
            NameTokens(at, at + 1, "PER", "")
            for at, lower in enumerate(self.lower)
            if lower in self.rules.given and at not in taken and at + 1 not in taken
            and self.tokens[at].text[0].isupper() and not self.nouns[at]
            and at + 1 < len(self) and self._may_be_surname(at + 1)
        ]  # fmt: skip
        for name in sorted((*names, *missed), key=lambda name: name.first):
            if name.first in taken and name in missed:
                continue
            first, stop = name.first, name.stop
            if name.kind == "PER" and stop - first == 1:
                if self.lower[first] in self.rules.given:
                    while stop < len(self) and stop not in taken and self._may_be_surname(stop):
                        taken.add(stop)
                        stop += 1
                elif first and first - 1 not in taken and self.lower[first - 1] in self.rules.given:
                    first -= self.tokens[first - 1].text[0].isupper()
            yield NameTokens(first, stop, name.kind, name.title)

    def _may_be_surname(self, at: int) -> bool:
        text = self.tokens[at].text
        return (
            text[0].isupper() and len(text) > 1 and text[-1].isalpha()
            and self.sentence_of[at] == self.sentence_of[at - 1]
            and not self.nouns[at] and self.lower[at] not in self.rules.no_surnames
        )  # fmt: skip

    def _spread(self, names: dict[int, NameTokens]) -> None:
        """Words that are a person's or organisation's name in one place are so in all."""
        kinds: dict[str, NameKind] = {}
        taken: set[int] = set()
        for name in names.values():
            taken.update(range(name.first, name.stop))
            last = self.tokens[name.stop - 1].text
            if name.kind == "PER" or (name.kind == "ORG" and name.stop - name.first == 1):
                kinds.setdefault(last, name.kind)
        for at, token in enumerate(self.tokens):
            if at in taken or len(token.text) < _SPREAD_SHORTEST:
                continue
            kind = kinds.get(token.text) or kinds.get(token.text.removesuffix("s"))
            if kind is None:
                continue
            if token.text[0].isupper() and not self.nouns[at]:
                names[at] = NameTokens(at, at + 1, kind, "")

    def _trimmed(self, first: int, stop: int, kind: NameKind) -> NameTokens | None:
        """The name proper: "Präsident Dr. Ole Brandis" is "Ole Brandis"."""
        while first < stop and not self.tokens[first].text[0].isalnum():
            first += 1
        while stop > first and not self.tokens[stop - 1].text[-1].isalnum():
            if self.tokens[stop - 1].text[-1] == "." and len(self.tokens[stop - 1].text) > 1:
                break
            stop -= 1
        title = ""
        if kind == "PER":
            while first < stop - 1 and self._goes_before(first):
                title = self.rules.titles.get(self.lower[first], "") or title
                first += 1
        if first >= stop or not any(c.isupper() for c in self.words(first, stop)):
            return None
        before = first - 1
        while kind == "PER" and before >= 0 and self.lower[before] in self.rules.titles:
            title = self.rules.titles[self.lower[before]] or title
            before -= 1
        return NameTokens(first, stop, kind, title)

    def _goes_before(self, at: int) -> bool:
        if self.lower[at] in self.rules.titles or self.lower[at] in self.rules.determiners:
            return True
        return any(r.means == "person" for r in self.nouns[at])
