"""Joins quotations, people and the voices between into the records of the analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from beleg.drafts import FoundQuotation, Spans
from beleg.encoder.names import Name
from beleg.layers.chains.sourcing import Sources
from beleg.layers.chains.voices import Via
from beleg.records import Person, Quotation, Speaker
from beleg.rules.chain_rules import ChainRules


def link_quotations(
    text: str,
    quotes: Sequence[FoundQuotation],
    people: Sequence[Person],
    speakers: Sequence[Speaker | None],
    vias: Sequence[tuple[Via, str | None]],
    names: Sequence[Name],
    *,
    above: Sequence[str],
    rules: ChainRules,
) -> tuple[Quotation, ...]:
    """The quotations with ids, parents, chains and the class of their source.

    speakers: one per quotation. vias: the further voices, each with the person it means, if
    that is known. above: ids of the voices that print the whole article, outermost first.
    """
    by_id = {person.id: person for person in people}
    sources = Sources(text, by_id, names, rules)
    parents = find_parents([quote.spans for quote in quotes])
    beside: list[list[tuple[Via, str]]] = [[] for _ in quotes]
    for via, person in vias:
        if person:
            beside[via.quote].append((via, person))
    own: list[list[str]] = []
    spoken: list[Speaker | None] = []
    published: dict[str, list[str]] = {}  # outlets in which somebody was said to write or speak
    for speaker, mine in zip(speakers, beside, strict=True):
        writer = _writer(speaker, mine, by_id)
        voices = _own_voices(writer or speaker, mine, by_id)
        if writer and speaker:  # a reprint: what it was printed in first stands between
            voices = [speaker.person, *published.get(writer.person, ()), *voices]
        elif speaker and voices[0] != speaker.person:
            published.setdefault(speaker.person, voices[: voices.index(speaker.person)])
        spoken.append(writer or speaker)
        own.append(voices)
    chains: list[tuple[str, ...]] = []
    for number, parent in enumerate(parents):
        start = list(above) if parent is None else list(chains[parent])
        chains.append(_without_repeats([*start, *own[number]]))
    return tuple(
        Quotation(
            id=f"q{number + 1}",
            type=quote.type,
            medium=quote.medium,
            spans=quote.spans,
            cue=quote.cue,
            frame=quote.frame,
            addressee=quote.addressee,
            speaker=spoken[number],
            parent=None if (parent := parents[number]) is None else f"q{parent + 1}",
            chain=chains[number],
            sourcing=sources.of(spoken[number], own[number], quote),
        )
        for number, quote in enumerate(quotes)
    )


def find_parents(quotes: Sequence[Spans]) -> list[int | None]:
    """For each quotation the smallest one in which all of it stands; they come ordered so that
    a quotation never stands before the one it stands in."""
    parents: list[int | None] = []
    open_: list[int] = []
    for number, spans in enumerate(quotes):
        open_ = [o for o in open_ if quotes[o][-1].end > spans[0].start]
        around = [o for o in open_ if _within(spans, quotes[o])]
        parents.append(min(around, key=lambda o: (_size(quotes[o]), -o), default=None))
        open_.append(number)
    return parents


def _within(inner: Spans, outer: Spans) -> bool:
    return _size(inner) < _size(outer) and all(
        any(o.start <= i.start and i.end <= o.end for o in outer) for i in inner
    )


def _size(spans: Spans) -> int:
    return sum(span.end - span.start for span in spans)


def _writer(
    speaker: Speaker | None,
    vias: Sequence[tuple[Via, str]],
    people: Mapping[str, Person],
) -> Speaker | None:
    """Where an outlet reprints somebody's text, the one who wrote it; else None."""
    for via, person in vias:
        if (
            via.kind == "writer"
            and speaker is not None
            and people[speaker.person].kind in ("outlet", "organisation")
            and people[person].kind == "person"
        ):
            return Speaker(person=person, spans=(via.span,), unresolved=None)
    return None


def _own_voices(
    speaker: Speaker | None, vias: Sequence[tuple[Via, str]], people: Mapping[str, Person]
) -> list[str]:
    """Outlets spoken through, the speaker, and whom the speaker relies on, outermost first."""
    outlets = [
        person for via, person in vias if via.kind == "venue" and people[person].kind == "outlet"
    ]
    relied = [person for via, person in vias if via.kind == "reliance"]
    return [*outlets, *([speaker.person] if speaker else []), *relied]


def _without_repeats(chain: Sequence[str]) -> tuple[str, ...]:
    """The chain with each voice once, where it comes last: nobody speaks through himself."""
    return tuple(p for i, p in enumerate(chain) if p not in chain[i + 1 :])
