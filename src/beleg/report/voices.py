"""The quotations as the reports tell them: who says what, through whom, and in what colour.

An analysis read from JSON can name people and parents that do not exist or stand in a
circle; such a name is shown as it is, such a parent counts as none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from beleg.records import Analysis, Quotation
from beleg.report.safe import one_line, shorten
from beleg.report.words import Words
from beleg.text.article import Span

# Colours that stay apart for colour-blind readers on light and dark; report.css defines them.
HUES = 6
# A voice beyond the colours gets a colour again, with another line under its words.
_LINES = ("", "dash", "dot")
# Between the spans of one quotation stand words that are not part of it.
_GAP = " … "
ARROW = " → "
_LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a voice is told apart: a colour from 1 to HUES (0: nobody known) and a line."""

    hue: int
    line: str

    def classes(self, slot: str) -> str:
        """Names for the style sheet; slot: which of its variables they set."""
        return f"{slot}-{self.hue}" + (f" {slot}-{self.line}" if self.line else "")


NOBODY = Look(hue=0, line="dot")
SILENT = Look(hue=0, line="")
UNRESOLVED = Look(hue=0, line="dash")


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Somebody who speaks or passes words on.

    key: "v1" counts the people of the page. said: how many quotations are theirs;
    passed: how many of others come through them.
    """

    key: str
    name: str
    roles: tuple[str, ...]
    look: Look
    said: int
    passed: int


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One quotation in words.

    key: "q1" counts them. speaker: null where the article names nobody.
    open_because: why the speaker is not resolved, else null.
    chain: from the outermost voice to the speaker; parent: key of the quotation around it.
    depth: how many quotations stand around it.
    """

    key: str
    quote: Quotation
    speaker: Voice | None
    open_because: str | None
    look: Look
    text: str
    chain: tuple[Voice, ...]
    chain_names: tuple[str, ...]
    parent: str | None
    depth: int
    type_name: str
    medium_name: str
    sourcing_name: str
    addressee: str

    @property
    def route(self) -> str:
        """The chain as one line."""
        return ARROW.join(self.chain_names)


class Voices:
    """All quotations of an analysis and the people behind them."""

    def __init__(self, analysis: Analysis, words: Words) -> None:
        self._text = analysis.document.text
        self._quotes = analysis.quotes
        self._words = words
        self._people = {person.id: person for person in analysis.people}
        self._keys = {quote.id: f"q{n}" for n, quote in enumerate(analysis.quotes, start=1)}
        self._by_id = {quote.id: quote for quote in analysis.quotes}

    @cached_property
    def voices(self) -> dict[str, Voice]:
        """By the id of the person, in the order in which they first come up."""
        said: dict[str, int] = {}
        passed: dict[str, int] = {}
        unresolved: set[str] = set()
        for quote in self._quotes:
            speaker = quote.speaker.person if quote.speaker else None
            for person in dict.fromkeys((*quote.chain, speaker)):
                if person is not None:
                    said[person] = said.get(person, 0) + (person == speaker)
                    passed[person] = passed.get(person, 0) + (person != speaker)
            if quote.speaker is not None and quote.speaker.unresolved is not None:
                unresolved.add(quote.speaker.person)
        looks = _looks([person for person in said if said[person] and person not in unresolved])
        looks |= dict.fromkeys(unresolved, UNRESOLVED)
        return {
            person: self._voice(f"v{number}", person, looks, (said[person], passed[person]))
            for number, person in enumerate(said, start=1)
        }

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """One for each quotation, in the order of the analysis."""
        depths = self._depths()
        return tuple(
            self._statement(f"q{number}", quote, depths[quote.id])
            for number, quote in enumerate(self._quotes, start=1)
        )

    def words_at(self, spans: Sequence[Span]) -> str:
        """The words of the spans on one line."""
        return _GAP.join(one_line(self._text[span.start : span.end]) for span in spans)

    def _voice(
        self, key: str, person_id: str, looks: Mapping[str, Look], counts: tuple[int, int]
    ) -> Voice:
        person = self._people.get(person_id)
        name = one_line(person.name if person else person_id)
        return Voice(
            key=key,
            name=shorten(name, _LONGEST_NAME) or self._words.say("voices.nobody"),
            roles=tuple(filter(None, map(one_line, person.roles if person else ()))),
            look=looks.get(person_id, SILENT),
            said=counts[0],
            passed=counts[1],
        )

    def _statement(self, key: str, quote: Quotation, depth: int) -> Statement:
        words = self._words
        speaker = self.voices[quote.speaker.person] if quote.speaker else None
        unresolved = quote.speaker.unresolved if quote.speaker else None
        chain = tuple(self.voices[person] for person in quote.chain)
        if speaker is not None and speaker not in chain:
            chain = (*chain, speaker)
        names = tuple(voice.name for voice in chain)
        if speaker is None:
            names = (*names, words.say("voices.nobody"))
        return Statement(
            key=key,
            quote=quote,
            speaker=speaker,
            open_because=words.say(f"voices.unresolved_{unresolved}") if unresolved else None,
            look=NOBODY if speaker is None else UNRESOLVED if unresolved else speaker.look,
            text=self.words_at(quote.spans),
            chain=chain,
            chain_names=names,
            parent=self._keys[quote.parent] if quote.parent and depth else None,
            depth=depth,
            type_name=words.say(f"quotation.{quote.type}"),
            medium_name=_medium(quote.medium, words),
            sourcing_name=words.say(f"sourcing.{quote.sourcing}"),
            addressee=self.words_at(quote.addressee),
        )

    def _depths(self) -> dict[str, int]:
        """How many quotations stand around each, by its id; a circle counts as its own top."""
        depths: dict[str, int] = {}
        for quote in self._quotes:
            path: dict[str, None] = {}
            at: str | None = quote.id
            while at is not None and at in self._by_id and at not in depths and at not in path:
                path[at] = None
                at = self._by_id[at].parent
            depth = depths[at] + 1 if at is not None and at in depths else 0
            for identifier in reversed(path):
                depths[identifier] = depth
                depth += 1
        return depths


def _looks(speaking: Sequence[str]) -> dict[str, Look]:
    """A look for each who speaks, as different as can be from those before."""
    return {
        person: Look(hue=number % HUES + 1, line=_LINES[number // HUES % len(_LINES)])
        for number, person in enumerate(speaking)
    }


def _medium(medium: str, words: Words) -> str:
    key = f"medium.{medium.casefold()}"
    return words.say(key) if words.has(key) else one_line(medium)
