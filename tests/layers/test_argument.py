"""The argument layer: statements, whose they are, and the edges between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from beleg.layers.argument import find_argument
from beleg.records import Argument, Quotation, Speaker
from beleg.rules.connective_rules import load_connective_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import Span, segment
from linear import assert_linear

RULES = load_connective_rules()
# Of the network, for every sentence: so that traits decide.
LIKELY = (-1.4, -1.9)
ARGUING = (
    "Die Stadt sollte den Hafen jetzt doch behalten. Das Gelände gehört allen. "
    "Die Pacht bringt noch immer Geld. Natürlich kostet die Mole mehr. "
    "Aber das ist eben nicht viel. Warum also verkaufen?"
)


def argument_of(text: str, quotes: Sequence[Quotation] = ()) -> Argument:
    return find_argument(text, segment(text, segmentation_table()), quotes, rules=RULES)


def argument_told(text: str, quotes: Sequence[Quotation] = ()) -> Argument:
    sentences = segment(text, segmentation_table())
    logits = np.full((len(sentences), 2), LIKELY, np.float32)
    return find_argument(text, sentences, quotes, rules=RULES, logits=logits)


def quotation(text: str, words: str, name: str = "q1", person: str = "p1") -> Quotation:
    start = text.index(words)
    return Quotation(
        id=name,
        type="indirect",
        medium="speech",
        spans=(Span(start, start + len(words)),),
        cue=(),
        frame=(),
        addressee=(),
        speaker=Speaker(person=person, spans=(), unresolved=None),
        parent=None,
        chain=(),
        sourcing="named_person",
    )


@pytest.mark.parametrize(
    ("text", "conclusion", "premise", "cue"),
    [
        (
            "Der Weg ist zu, weil Bäume fielen heute.",
            "Der Weg ist zu",
            "Bäume fielen heute",
            "weil",
        ),
        (
            "Der Pegel steigt nicht mehr, und die Fähre fährt wieder, denn der Regen ließ nach.",
            "die Fähre fährt wieder",
            "der Regen ließ nach",
            "denn",
        ),
        (
            "Das Dach hat ein Loch. Daher bleibt die Halle zu.",
            "bleibt die Halle zu",
            "Das Dach hat ein Loch",
            "Daher",
        ),
        (
            "Ihr fehlen zwei Stimmen, so dass sie verliert heute.",
            "sie verliert heute",
            "Ihr fehlen zwei Stimmen",
            "so dass",
        ),
    ],
)
def test_connective_says_which_is_given_for_which(
    text: str, conclusion: str, premise: str, cue: str
) -> None:
    argument = argument_of(text)
    (edge,) = argument.edges
    nodes = {node.id: text[slice(*node.span)] for node in argument.nodes}
    assert (nodes[edge.to], nodes[edge.from_]) == (conclusion, premise)
    assert edge.kind == "supports"
    assert edge.cue is not None
    assert text[slice(*edge.cue)] == cue


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Das gilt mehr denn je.",
        "Wer kommt denn da?",
        "Da ist der Markt.",
        "Sie ging deshalb, weil es kalt war?",
        "Deshalb.",
        "Die Halle brannte. Die Feuerwehr kam um acht. Verletzt wurde niemand.",
    ],
)
def test_news_without_connective_and_other_uses_give_nothing(text: str) -> None:
    assert argument_of(text) == Argument(nodes=(), edges=())


def test_who_argues_gives_reasons_without_a_connective() -> None:
    argument = argument_told(ARGUING)
    roles = {ARGUING[slice(*node.span)]: node.role for node in argument.nodes}
    assert roles["Die Stadt sollte den Hafen jetzt doch behalten"] == "conclusion"
    assert roles["Das Gelände gehört allen"] == "premise"
    assert roles["Natürlich kostet die Mole mehr"] == "objection"
    assert "Warum also verkaufen" not in roles
    assert any(edge.cue is None for edge in argument.edges)


@pytest.mark.parametrize("logit", [None, -9.0])
def test_where_the_network_sees_none_only_connectives_make_an_argument(
    logit: float | None,
) -> None:
    sentences = segment(ARGUING, segmentation_table())
    logits = None if logit is None else np.full((len(sentences), 2), logit, np.float32)
    argument = find_argument(ARGUING, sentences, (), rules=RULES, logits=logits)
    assert all(edge.cue is not None for edge in argument.edges)


def test_no_two_statements_support_each_other() -> None:
    text = "Der Hafen ist arm. Die Mole bricht bald. Das Tor rostet weiter."
    for second in np.linspace(-2, 4, 13):
        logits = np.array([[3.0, 3.0], [second, second], [3.0, -9.0]], np.float32)
        sentences = segment(text, segmentation_table())
        edges = find_argument(text, sentences, (), rules=RULES, logits=logits).edges
        pairs = {(edge.from_, edge.to) for edge in edges}
        assert not any((to, from_) in pairs for from_, to in pairs)


def test_objection_attacks() -> None:
    argument = argument_told(ARGUING)
    roles = {node.id: node.role for node in argument.nodes}
    for edge in argument.edges:
        assert (edge.kind == "attacks") == (roles[edge.from_] == "objection")


def test_statements_of_quoted_people_are_theirs() -> None:
    text = "Frau Amsel sagte, der Weg bleibe zu, weil Bäume umgestürzt seien."
    words = "der Weg bleibe zu, weil Bäume umgestürzt seien"
    argument = argument_of(text, [quotation(text, words)])
    assert {node.quote for node in argument.nodes} == {"q1"}
    assert {text[slice(*n.span)] for n in argument.nodes} == {
        "der Weg bleibe zu",
        "Bäume umgestürzt seien",
    }


def test_a_comment_in_a_reprint_argues_by_itself() -> None:
    inside = " ".join([ARGUING] * 8)
    text = f"Ein Portal druckt den Beitrag.\n\n{inside}"
    argument = argument_of(text, [quotation(text, inside)])
    assert argument.nodes
    assert {node.quote for node in argument.nodes} == {"q1"}


def test_every_conclusion_is_drawn_from_something() -> None:
    argument = argument_of(ARGUING)
    drawn = {edge.to for edge in argument.edges}
    assert {n.id for n in argument.nodes if n.role == "conclusion"} <= drawn
    assert [n.id for n in argument.nodes] == [f"n{i + 1}" for i in range(len(argument.nodes))]


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "weil ",
        "nämlich ",
        ", weil sie kam",
        "zwar, aber ",
        "so dass, ",
        "Doch er kam nie. ",
        "„",
        ": ",
    ],
)
def test_endless_text_takes_time_in_line_with_its_length(piece: str) -> None:
    def prepare(count: int) -> Callable[[], object]:
        text = "Wohl doch eben kam er ja, " + piece * count
        sentences = segment(text, segmentation_table())
        return lambda: find_argument(text, sentences, (), rules=RULES)

    assert_linear(prepare, 1_000)
