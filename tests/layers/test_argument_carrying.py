"""What carries a conclusion, and what is left if it falls."""

from __future__ import annotations

import pytest

from beleg.layers.argument import carrying
from beleg.records import (
    Argument,
    ArgumentEdge,
    ArgumentNode,
    ArgumentRole,
    Quotation,
    Sourcing,
    Speaker,
    Status,
    StatusLabel,
)
from beleg.text import Span


def node(name: str, start: int, role: ArgumentRole, quote: str | None = None) -> ArgumentNode:
    return ArgumentNode(id=name, span=Span(start, start + 10), role=role, quote=quote)


def edge(source: str, target: str, *, against: bool = False) -> ArgumentEdge:
    return ArgumentEdge(
        from_=source, to=target, kind="attacks" if against else "supports", cue=None
    )


def quote(name: str, person: str, sourcing: Sourcing, parent: str | None = None) -> Quotation:
    return Quotation(
        id=name,
        type="indirect",
        medium="speech",
        spans=(Span(0, 10),),
        cue=(),
        frame=(),
        addressee=(),
        speaker=Speaker(person=person, spans=(), unresolved=None),
        parent=parent,
        chain=(),
        sourcing=sourcing,
    )


def status(start: int, label: StatusLabel, about: Span | None = None) -> Status:
    return Status(span=Span(start, start + 3), label=label, about=about, quote=None)


TWO = Argument(
    nodes=(node("n1", 0, "conclusion"), node("n2", 20, "premise", "q1"), node("n3", 40, "premise")),
    edges=(edge("n2", "n1"), edge("n3", "n1")),
)


@pytest.mark.parametrize("label", ["unconfirmed", "alleged", "speculated", "denied"])
def test_doubtful_premise_is_weak(label: StatusLabel) -> None:
    (carried,) = carrying(TWO, (), [status(41, label)])
    (weak,) = carried.weak
    assert (weak.premise, weak.why, weak.status) == ("n3", ("unconfirmed",), (Span(41, 44),))
    assert carried.left == ("n2",)
    assert not carried.falls


def test_cue_elsewhere_counts_by_what_it_is_about() -> None:
    (carried,) = carrying(TWO, (), [status(300, "alleged", Span(42, 48))])
    assert [weak.premise for weak in carried.weak] == ["n3"]


def test_confirmed_premise_is_not_weak() -> None:
    (carried,) = carrying(TWO, (), [status(41, "confirmed")])
    assert carried.weak == ()


@pytest.mark.parametrize("sourcing", ["anonymous", "group", "role"])
def test_unnamed_source_is_weak_also_behind_a_named_one(sourcing: Sourcing) -> None:
    quotes = [quote("q1", "p1", "named_org", parent="q0"), quote("q0", "p2", sourcing)]
    (carried,) = carrying(TWO, quotes, ())
    (weak,) = carried.weak
    assert "unnamed source" in weak.why
    assert weak.records == ("q1", "q0")


def test_one_voice_is_weak_two_are_not() -> None:
    nodes = (
        node("n1", 0, "conclusion"),
        node("n2", 20, "premise", "q1"),
        node("n3", 40, "premise", "q2"),
    )
    argument = Argument(nodes=nodes, edges=(edge("n2", "n1"), edge("n3", "n1")))
    same = [quote("q1", "p1", "named_person"), quote("q2", "p1", "named_person")]
    (carried,) = carrying(argument, same, ())
    assert [weak.why for weak in carried.weak] == [("single voice",), ("single voice",)]
    assert carried.falls
    both = [quote("q1", "p1", "named_person"), quote("q2", "p2", "named_person")]
    (carried,) = carrying(argument, both, ())
    assert carried.weak == ()


def test_own_reason_of_the_holder_is_no_single_voice() -> None:
    nodes = (node("n1", 0, "conclusion", "q1"), node("n2", 20, "premise", "q1"))
    argument = Argument(nodes=nodes, edges=(edge("n2", "n1"),))
    (carried,) = carrying(argument, [quote("q1", "p1", "named_person")], ())
    assert carried.weak == ()


def test_objection_carries_nothing() -> None:
    nodes = (node("n1", 0, "conclusion"), node("n2", 20, "objection"))
    argument = Argument(nodes=nodes, edges=(edge("n2", "n1", against=True),))
    assert carrying(argument, (), ()) == ()


def test_what_rests_on_a_fallen_conclusion_falls_with_it() -> None:
    nodes = (
        node("n1", 0, "conclusion"),
        node("n2", 20, "conclusion"),
        ArgumentNode(id="n3", span=Span(20, 30), role="premise", quote=None),
        node("n4", 40, "premise"),
    )
    argument = Argument(nodes=nodes, edges=(edge("n3", "n1"), edge("n4", "n2")))
    first, second = carrying(argument, (), [status(41, "alleged")])
    assert second.falls
    assert first.falls
    assert first.weak == ()
