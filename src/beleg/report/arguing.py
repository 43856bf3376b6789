"""The argument as the HTML report draws it: for each holder the conclusions with what is given.

A foreign file can hold edges to nothing and circles; such an edge is left out, and every
conclusion is drawn once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from beleg.layers.argument import Carried, carrying
from beleg.records import Analysis, Argument, ArgumentEdge, ArgumentNode
from beleg.report.holders import Holder, Holders
from beleg.report.safe import beginning
from beleg.report.words import Words

_LONGEST = 240
_LONGEST_CUE = 40
_BRIEF = 90
# A conclusion drawn under a reason of another one, under a reason of a third; then a new drawing.
_DEEPEST = 3
# Reasons before a conclusion among which one around it is looked for.
_NEAR = 4
# More columns than this are too narrow to read.
_MOST_COLUMNS = 4


@dataclass(frozen=True, kw_only=True)
class Named:
    """A statement in short, to point at; why: what is to be said of it."""

    key: str
    words: str
    why: str


@dataclass(frozen=True, kw_only=True)
class CarriedView:
    """What carries a conclusion.

    total: reasons in all. weak: those that may fall and why; fallen: those that fall with a
    conclusion of their own; left: those that stay.
    """

    total: int
    weak: tuple[Named, ...]
    fallen: tuple[Named, ...]
    left: tuple[Named, ...]


@dataclass(frozen=True, kw_only=True)
class GivenView:
    """A statement given for or against a conclusion.

    cue: the connective, null where none stands there. flags: weaknesses as (code, words).
    holder: whose words, null where they are the conclusion's holder's. below: the conclusions
    this statement is or contains.
    """

    key: str
    words: str
    role: str
    role_name: str
    against: bool
    cue: str | None
    flags: tuple[tuple[str, str], ...]
    holder: Holder | None
    below: tuple[ConclusionView, ...]


@dataclass(frozen=True, kw_only=True)
class ConclusionView:
    """A conclusion and everything given for or against it; columns: 0 where it is a list."""

    key: str
    words: str
    given: tuple[GivenView, ...]
    carried: CarriedView | None
    columns: int


@dataclass(frozen=True, kw_only=True)
class ArgumentView:
    """The conclusions of one holder, in the order of the text."""

    holder: Holder
    conclusions: tuple[ConclusionView, ...]


def argument_views(analysis: Analysis, words: Words, holders: Holders) -> tuple[ArgumentView, ...]:
    """One for each holder, in the order of the text."""
    drawing = _Drawing(analysis, words, holders)
    by_person: dict[str, list[ArgumentNode]] = {}
    for node in drawing.roots:
        by_person.setdefault(holders.of_quote(node.quote).person, []).append(node)
    return tuple(
        ArgumentView(
            holder=holders.of_quote(nodes[0].quote),
            conclusions=tuple(drawing.conclusion(node) for node in nodes),
        )
        for nodes in by_person.values()
    )


class _Drawing:
    """The graph as trees, and what the layer says about each conclusion."""

    def __init__(self, analysis: Analysis, words: Words, holders: Holders) -> None:
        self._text = analysis.document.text
        self._words = words
        self._holders = holders
        argument = _sound(analysis.argument)
        self._nodes = {node.id: node for node in argument.nodes}
        numbered = enumerate(analysis.argument.nodes, start=1)
        self._keys = {node.id: f"n{number}" for number, node in numbered}
        self._given: dict[str, list[ArgumentEdge]] = {}
        for edge in argument.edges:
            self._given.setdefault(edge.to, []).append(edge)
        carried = carrying(argument, analysis.quotes, analysis.status)
        self._carried = {one.conclusion: one for one in carried}
        concluded = [node for node in argument.nodes if node.id in self._given]
        self._below = _below(concluded, argument, self._nodes)
        self.roots = self._find_roots(concluded)

    def conclusion(self, node: ArgumentNode) -> ConclusionView:
        """The conclusion with everything under it."""
        holder = self._holders.of_quote(node.quote)
        carried = self._carried.get(node.id)
        weak = {weakness.premise: weakness.why for weakness in carried.weak} if carried else {}
        given = tuple(
            self._one_given(edge, holder, weak.get(edge.from_, ())) for edge in self._given[node.id]
        )
        return ConclusionView(
            key=self._keys[node.id],
            words=self._shown(node, _LONGEST),
            given=given,
            carried=self._carried_view(carried) if carried else None,
            columns=len(given) if len(given) <= _MOST_COLUMNS else 0,
        )

    def _one_given(self, edge: ArgumentEdge, holder: Holder, weak: Sequence[str]) -> GivenView:
        node, cue = self._nodes[edge.from_], edge.cue
        own = self._holders.of_quote(node.quote)
        return GivenView(
            key=self._keys[node.id],
            words=self._shown(node, _LONGEST),
            role=node.role,
            role_name=self._words.say(f"role.{node.role}"),
            against=edge.kind == "attacks",
            cue=beginning(self._text, cue, _LONGEST_CUE) if cue else None,
            flags=tuple((why.replace(" ", "-"), self._weak(why)) for why in weak),
            holder=own if own.person != holder.person else None,
            below=tuple(self.conclusion(below) for below in self._nested.get(id(edge), ())),
        )

    def _find_roots(self, concluded: Sequence[ArgumentNode]) -> list[ArgumentNode]:
        """Where drawings begin; notes for each edge which conclusions hang from its statement."""
        self._nested: dict[int, list[ArgumentNode]] = {}
        drawn: set[str] = set()
        under = {below.id for belows in self._below.values() for below in belows}
        roots: list[ArgumentNode] = []
        # What hangs from nothing first; what is left over hangs only from itself.
        for node in sorted(concluded, key=lambda node: node.id in under):
            if node.id not in drawn:
                roots.append(node)
                self._hang(node, drawn)
        order = {node.id: number for number, node in enumerate(concluded)}
        return sorted(roots, key=lambda node: order[node.id])

    def _hang(self, root: ArgumentNode, drawn: set[str]) -> None:
        drawn.add(root.id)
        level = [root]
        for _ in range(_DEEPEST):
            deeper: list[ArgumentNode] = []
            for node in level:
                for edge in self._given[node.id]:
                    below = [b for b in self._below.get(edge.from_, ()) if b.id not in drawn]
                    self._nested[id(edge)] = below
                    drawn.update(b.id for b in below)
                    deeper += below
            level = deeper

    def _carried_view(self, carried: Carried) -> CarriedView:
        weak = {weakness.premise: weakness.why for weakness in carried.weak}
        reasons = list(
            dict.fromkeys(
                edge.from_ for edge in self._given[carried.conclusion] if edge.kind == "supports"
            )
        )
        gone = [name for name in reasons if name not in weak and name not in carried.left]
        return CarriedView(
            total=len(reasons),
            weak=tuple(
                self._named(name, ", ".join(map(self._weak, why))) for name, why in weak.items()
            ),
            fallen=tuple(self._named(name, self._words.say("weak.fallen")) for name in gone),
            left=tuple(self._named(name, "") for name in carried.left),
        )

    def _named(self, name: str, why: str) -> Named:
        return Named(key=self._keys[name], words=self._shown(self._nodes[name], _BRIEF), why=why)

    def _weak(self, why: str) -> str:
        return self._words.say(f"weak.{why}")

    def _shown(self, node: ArgumentNode, limit: int) -> str:
        return beginning(self._text, node.span, limit)


def _sound(argument: Argument) -> Argument:
    """The argument without edges that begin or end nowhere or go from a node to itself."""
    known = {node.id for node in argument.nodes}
    edges = {
        (edge.from_, edge.to): edge
        for edge in argument.edges
        if edge.from_ in known and edge.to in known and edge.from_ != edge.to
    }
    return msgspec.structs.replace(argument, edges=tuple(edges.values()))


def _below(
    concluded: Sequence[ArgumentNode], argument: Argument, nodes: Mapping[str, ArgumentNode]
) -> dict[str, list[ArgumentNode]]:
    """The conclusions that are, or stand in, a statement given for another one; by its id."""
    reasons = sorted(
        {edge.from_: nodes[edge.from_] for edge in argument.edges}.values(),
        key=lambda node: (node.span.start, -node.span.end),
    )
    starts = [node.span.start for node in reasons]
    below: dict[str, list[ArgumentNode]] = {}
    for node in concluded:
        last = bisect_right(starts, node.span.start)
        for reason in reversed(reasons[max(0, last - _NEAR) : last]):
            if reason.span.covers(node.span):
                below.setdefault(reason.id, []).append(node)
                break
    return below
