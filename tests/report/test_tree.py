from __future__ import annotations

import pytest
from report_samples import make_analysis
from voices_samples import many_voices, quotation, voices_sample, with_voices

from beleg.records import Analysis
from beleg.report.tree import Tree, voice_tree
from beleg.report.voices import Voices
from beleg.report.words import words_of
from beleg.text.article import Span


def tree_of(analysis: Analysis, root: str = "Strandläufer") -> Tree:
    words = words_of("de")
    tree = voice_tree(Voices(analysis, words), root=root, words=words)
    assert tree is not None
    return tree


def chains(*rows: tuple[str, ...]) -> Analysis:
    quotes = [quotation(n, (Span(0, 1),), row, (Span(0, 1),)) for n, row in enumerate(rows, 1)]
    return with_voices(make_analysis("x"), (), quotes)


def outline(tree: Tree) -> list[str]:
    """Names with a blank for each level, and the count."""
    lines, level = [], 0
    for node in tree.nodes:
        lines.append(" " * level + node.name + (f" {node.count}" if node.count else ""))
        level += node.below - node.closes
    assert level == 0
    return lines


def test_chains_share_their_beginnings() -> None:
    tree = tree_of(chains(("a", "b"), ("a", "c"), ("a", "b"), ("d",)), root="")
    assert outline(tree) == ["a", " b 2", " c 1", "d 1"]
    assert tree.root == "Dieser Artikel"


def test_the_outlet_is_the_root_and_not_its_own_first_branch() -> None:
    assert outline(tree_of(voices_sample()))[:4] == [
        "Die Boje",
        " Merle Hansohn 1",
        "  Fedor Blank 2",
        "   Tomke Iversen 1",
    ]


def test_every_statement_is_counted_once() -> None:
    analysis = voices_sample()
    assert sum(node.count for node in tree_of(analysis).nodes) == len(analysis.quotes)


def test_nobody_quoted_has_no_tree() -> None:
    words = words_of("de")
    assert voice_tree(Voices(make_analysis("x"), words), root="", words=words) is None


def test_labels_keep_apart_and_inside_the_drawing() -> None:
    tree = tree_of(chains(*[(f"p{n % 3}", f"q{n % 5}" * 30, f"r{n}") for n in range(30)]), root="")
    places = [(node.x, node.y) for node in tree.nodes]
    for number, (x, y) in enumerate(places):
        assert 0 < x < tree.width
        assert 0 < y < tree.height
        assert all(abs(y - other) >= 20 for x2, other in places[:number] if x2 == x)


@pytest.mark.parametrize(("rows", "drawn"), [(60, True), (61, False)])
def test_a_tree_of_many_ends_is_a_list_only(rows: int, drawn: bool) -> None:
    tree = tree_of(chains(*[(f"p{n}",) for n in range(rows)]), root="")
    assert (tree.size is not None) == drawn


def test_an_endless_chain_loses_its_middle() -> None:
    tree = tree_of(chains(tuple(f"p{n}" for n in range(5000))), root="")
    assert [node.name for node in tree.nodes][-2:] == ["p10", "p4999"]


def test_hundreds_of_statements_make_one_node_each_pair_of_voices() -> None:
    assert len(tree_of(many_voices(500), root="").nodes) == 100
