"""Builds the graph: statements that are nearly the same become one node."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from beleg.layers.argument.statements import Relation
from beleg.records import Argument, ArgumentEdge, ArgumentNode, ArgumentRole
from beleg.text import Span

_SAME = 0.7  # of the characters of both together


class _Draft(NamedTuple):
    span: Span
    role: ArgumentRole
    quote: str | None


def build_graph(relations: Iterable[Relation]) -> Argument:
    """Nodes in the order of the text, and the edges between them.

    A statement that is both drawn from others and given for others is two nodes of one span:
    a node has one part in the argument. Of nearly equal spans the first found stands.
    """
    drafts: list[_Draft] = []
    known: dict[tuple[bool, int], list[int]] = {}
    edges: dict[tuple[int, int], Relation] = {}
    for relation in relations:
        drawn = _Draft(relation.conclusion, "conclusion", relation.conclusion_quote)
        given = _Draft(relation.premise, relation.role, relation.premise_quote)
        if drawn.span.overlaps(given.span) and given.span.covers(drawn.span):
            continue
        pair = (_number(given, drafts, known), _number(drawn, drafts, known))
        edges.setdefault(pair, relation)
    order = sorted(range(len(drafts)), key=lambda n: (drafts[n].span, drafts[n].role))
    ids = {number: f"n{rank}" for rank, number in enumerate(order, start=1)}
    return Argument(
        nodes=tuple(
            ArgumentNode(id=ids[n], span=drafts[n].span, role=drafts[n].role, quote=drafts[n].quote)
            for n in order
        ),
        edges=tuple(
            ArgumentEdge(from_=ids[a], to=ids[b], kind=_kind(drafts[a]), cue=relation.cue)
            for (a, b), relation in edges.items()
        ),
    )


def _kind(draft: _Draft) -> Literal["supports", "attacks"]:
    return "attacks" if draft.role == "objection" else "supports"


def _number(draft: _Draft, drafts: list[_Draft], known: dict[tuple[bool, int], list[int]]) -> int:
    """The number of the node, a new one if none is nearly the same.

    Looked up by where statements begin and end, in stretches of some length, so that the
    search stays linear.
    """
    drawn = draft.role == "conclusion"
    places = {draft.span.start // _STRETCH, (draft.span.end - 1) // _STRETCH}
    for place in places:
        for number in known.get((drawn, place), ()):
            if _alike(drafts[number].span, draft.span):
                return number
    drafts.append(draft)
    for place in places:
        known.setdefault((drawn, place), []).append(len(drafts) - 1)
    return len(drafts) - 1


_STRETCH = 60  # code points


def _alike(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    together = max(one.end, other.end) - min(one.start, other.start)
    return shared >= _SAME * together
