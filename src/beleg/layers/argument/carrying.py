"""What carries a conclusion: which premises are weak, and what is left if they fall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from beleg.records import Argument, ArgumentNode, Quotation, Status, StatusLabel
from beleg.text import Span

Why = Literal["unconfirmed", "unnamed source", "single voice"]

_UNSURE: frozenset[StatusLabel] = frozenset(["unconfirmed", "alleged", "speculated", "denied"])
_STRETCH = 200  # code points
_LONGEST_CHAIN = 50  # conclusions that rest on each other
_UNNAMED = frozenset(["anonymous", "group", "role"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakness:
    """A premise that may fall, and why.

    premise: id of the node. records: ids of the quotations it rests on, the inner one first.
    status: the cues that put it in doubt.
    """

    premise: str
    why: tuple[Why, ...]
    records: tuple[str, ...]
    status: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A conclusion with what is given for it.

    conclusion, left: ids of nodes; `left` are the premises without a weakness.
    """

    conclusion: str
    weak: tuple[Weakness, ...]
    left: tuple[str, ...]

    @property
    def falls(self) -> bool:
        """Whether nothing is left if the weak premises fall."""
        return not self.left


def carrying(
    argument: Argument, quotes: Sequence[Quotation], status: Sequence[Status]
) -> tuple[Carried, ...]:
    """For each conclusion the weak premises and what is left without them, in text order.

    A premise is weak if a status cue in it or about it says that it is unconfirmed, alleged,
    speculated or denied; if it rests on an unnamed source; or if it rests on somebody's word, not
    the conclusion's holder's own, while everything quoted for the conclusion is that one voice's.
    Objections carry nothing. A premise that is itself a conclusion of which nothing is left falls
    with it.
    """
    nodes = {node.id: node for node in argument.nodes}
    by_id = {quote.id: quote for quote in quotes}
    given: dict[str, list[ArgumentNode]] = {}
    for edge in argument.edges:
        if edge.kind == "supports":
            given.setdefault(edge.to, []).append(nodes[edge.from_])
    doubts = _doubts(argument.nodes, status)
    carried = [
        _carried(node, given[node.id], by_id, doubts)
        for node in argument.nodes
        if node.role == "conclusion" and node.id in given
    ]
    return _without_fallen(carried, nodes)


def _doubts(nodes: Sequence[ArgumentNode], status: Sequence[Status]) -> dict[str, tuple[Span, ...]]:
    """The cues that put each node in doubt: those in it, and those about it."""
    near: dict[int, list[tuple[Span, Span]]] = {}
    for cue in status:
        if cue.label in _UNSURE:
            for span in (cue.span, cue.about or cue.span):
                for stretch in _stretches(span):
                    near.setdefault(stretch, []).append((span, cue.span))
    found: dict[str, tuple[Span, ...]] = {}
    for node in nodes:
        cues = {
            cue
            for stretch in _stretches(node.span)
            for span, cue in near.get(stretch, ())
            if node.span.overlaps(span)
        }
        if cues:
            found[node.id] = tuple(sorted(cues))
    return found


def _stretches(span: Span) -> range:
    """The stretches of the text that a span touches, to look up what is near."""
    return range(span.start // _STRETCH, (span.end - 1) // _STRETCH + 1)


def _carried(
    conclusion: ArgumentNode,
    premises: Sequence[ArgumentNode],
    quotes: Mapping[str, Quotation],
    doubts: Mapping[str, tuple[Span, ...]],
) -> Carried:
    voices = {premise.id: _voice(premise, conclusion, quotes) for premise in premises}
    alone = len(set(voices.values()) - {None}) == 1
    weak: list[Weakness] = []
    for premise in premises:
        why: list[Why] = []
        if premise.id in doubts:
            why.append("unconfirmed")
        records = _chain(premise.quote, quotes)
        if any(quote.sourcing in _UNNAMED for quote in records):
            why.append("unnamed source")
        if alone and voices[premise.id] is not None:
            why.append("single voice")
        if why:
            weak.append(
                Weakness(
                    premise=premise.id,
                    why=tuple(why),
                    records=tuple(quote.id for quote in records),
                    status=doubts.get(premise.id, ()),
                )
            )
    fallen = {weakness.premise for weakness in weak}
    left = tuple(premise.id for premise in premises if premise.id not in fallen)
    return Carried(conclusion=conclusion.id, weak=tuple(weak), left=left)


def _voice(
    premise: ArgumentNode, conclusion: ArgumentNode, quotes: Mapping[str, Quotation]
) -> str | None:
    """On whose word the premise rests: None if it is the holder's of the conclusion."""
    if premise.quote is None or premise.quote not in quotes:
        return None
    speaker = _speaker(quotes[premise.quote])
    own = quotes.get(conclusion.quote) if conclusion.quote is not None else None
    return None if own is not None and _speaker(own) == speaker else speaker


def _speaker(quote: Quotation) -> str:
    return quote.speaker.person if quote.speaker is not None else quote.id


def _chain(name: str | None, quotes: Mapping[str, Quotation]) -> list[Quotation]:
    """The quotation and those it stands in, as far as they are known."""
    chain: list[Quotation] = []
    while name is not None and name in quotes and quotes[name] not in chain:
        chain.append(quotes[name])
        name = quotes[name].parent
    return chain


def _without_fallen(
    carried: Sequence[Carried], nodes: Mapping[str, ArgumentNode]
) -> tuple[Carried, ...]:
    """Premises that are conclusions of which nothing is left are not left either."""
    remaining = list(carried)
    for _ in range(_LONGEST_CHAIN):
        fallen = {nodes[one.conclusion].span for one in remaining if one.falls}
        changed = False
        for number, one in enumerate(remaining):
            left = tuple(name for name in one.left if nodes[name].span not in fallen)
            if left != one.left:
                changed = True
                remaining[number] = Carried(conclusion=one.conclusion, weak=one.weak, left=left)
        if not changed:
            break
    return tuple(remaining)
