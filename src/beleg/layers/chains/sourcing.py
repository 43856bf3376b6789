"""The class of a quotation's source (annotation guide, "sourcing")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from beleg.encoder.names import Name
from beleg.records import Person, Sourcing, Speaker
from beleg.rules.chain_rules import ChainRules
from beleg.text import Span

_BY_KIND: dict[str, Sourcing] = {
    "organisation": "named_org",
    "group": "group",
    "document": "document",
    "outlet": "outlet",
}


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
        self._named = _named(people, names)

    def of(self, speaker: Speaker | None, voices: Sequence[str]) -> Sourcing:
        """The class of the innermost voice; "anonymous" where there is none.

        voices: ids of the quotation's own voices, the innermost last.
        """
        if not voices:
            return "anonymous"
        person = self._people[voices[-1]]
        words = [self._text[s.start : s.end] for s in speaker.spans] if speaker else []
        if person.id in self._named and person.kind in ("person", "unknown"):
            return "named_person"
        if any(
            self._rules.find("nameless", phrase, 0, len(phrase)) for phrase in [*words, person.name]
        ):
            return "anonymous"
        return _BY_KIND.get(person.kind, "role")


def _named(people: Mapping[str, Person], names: Sequence[Name]) -> frozenset[str]:
    """Ids of those who are called by a person's name somewhere in the article."""
    starts = sorted(n.span for n in names if n.kind == "PER")
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


def _between(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """Those of the sorted spans that begin in `[start, end)`."""
    for span in spans[bisect_left(spans, (start, 0)) :]:
        if span.start >= end:
            return
        yield span
