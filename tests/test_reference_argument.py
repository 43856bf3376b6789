"""The reprinted opinion piece: its counted reasons, its precedent, its objection, and whose."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import beleg
from beleg.records import Analysis, ArgumentNode

pytestmark = pytest.mark.model

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "reprint-undated.txt"
CONCLUSION = "die Koalition zerbrechen wird"


@cache
def analysis() -> Analysis:
    return beleg.analyse(EXAMPLE.read_text(encoding="utf-8"))


def words(node: ArgumentNode) -> str:
    return analysis().document.text[node.span.start : node.span.end]


def given_for(conclusion: str) -> list[tuple[str, str, str, str]]:
    """Role, kind of edge, cue and words of what is given, in the order of the text."""
    text, argument = analysis().document.text, analysis().argument
    nodes = {node.id: node for node in argument.nodes}
    found = []
    for edge in argument.edges:
        if words(nodes[edge.to]) == conclusion:
            cue = text[edge.cue.start : edge.cue.end] if edge.cue else ""
            given = nodes[edge.from_]
            found.append((given.span, given.role, edge.kind, cue, words(given)))
    return [tuple(row[1:]) for row in sorted(found)]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("role", "cue", "beginning"),
    [
        ("premise", "Der erste", "Der erste ist die Arithmetik"),
        ("premise", "Der zweite", "Der zweite ist das Geld"),
        ("premise", "Schließlich", "Schließlich ist da die Angst"),
        ("precedent", "gibt es ein Vorbild", "Schon 1998 zerbrach"),
    ],
)
def test_counted_reasons_and_the_precedent_support_one_conclusion(
    role: str, cue: str, beginning: str
) -> None:
    assert [
        (kind, found.startswith(beginning))
        for known, kind, word, found in given_for(CONCLUSION)
        if (known, word) == (role, cue)
    ] == [("supports", True)]


def test_nothing_else_is_given_for_it_with_a_connective() -> None:
    assert len([row for row in given_for(CONCLUSION) if row[2]]) == 4


def test_the_conclusion_is_one_node() -> None:
    nodes = analysis().argument.nodes
    assert [n.role for n in nodes if words(n).endswith(CONCLUSION)] == ["conclusion"]


def test_what_is_conceded_attacks_what_is_upheld() -> None:
    (row,) = (row for row in given_for("der Mechanismus ist derselbe") if row[2])
    assert row[:3] == ("objection", "attacks", "Zwar")


def test_the_reason_for_a_reason_is_known() -> None:
    (row,) = (r for r in given_for("Schließlich ist da die Angst vor den Wählern") if r[2])
    assert row[2:] == ("denn", "im Herbst werden die Gemeinderäte neu gewählt")


def test_the_argument_is_held_by_the_author_of_the_reprint() -> None:
    quotes = {quote.id: quote for quote in analysis().quotes}
    names = {person.id: person.name for person in analysis().people}
    nodes = [n for n in analysis().argument.nodes if words(n).endswith(CONCLUSION)]
    chain = quotes[nodes[0].quote or ""].chain
    assert names[chain[-1]] == "Jonas Wellenkamp"
