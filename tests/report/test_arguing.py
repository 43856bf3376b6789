from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from report_samples import make_analysis

from beleg.records import Analysis, Argument, ArgumentEdge, ArgumentNode
from beleg.report.arguing import ConclusionView, argument_views
from beleg.report.holders import Holders
from beleg.report.voices import Voices
from beleg.report.words import words_of
from beleg.text.article import Span

WORDS = words_of("de")


def argued(spans: Sequence[tuple[int, int]], edges: Sequence[tuple[int, int]]) -> Analysis:
    """Statements at the spans, each both concluded and given; edges by their numbers."""
    targets = {to for _, to in edges}
    nodes = tuple(
        ArgumentNode(
            id=f"n{n}", span=Span(*span), role="conclusion" if n in targets else "premise", quote=None
        )
        for n, span in enumerate(spans)
    )  # fmt: skip
    drawn = tuple(
        ArgumentEdge(from_=f"n{a}", to=f"n{b}", kind="supports", cue=None) for a, b in edges
    )
    return msgspec.structs.replace(
        make_analysis("abcdefghij" * 100), argument=Argument(nodes=nodes, edges=drawn)
    )


def drawn(analysis: Analysis) -> list[ConclusionView]:
    holders = Holders(analysis, WORDS, Voices(analysis, WORDS))
    views = argument_views(analysis, WORDS, holders)
    return [conclusion for view in views for conclusion in view.conclusions]


def shape(conclusion: ConclusionView) -> str:
    given = [f"{g.key}({','.join(map(shape, g.below))})" for g in conclusion.given]
    return f"{conclusion.key}[{' '.join(given)}]"


@pytest.mark.parametrize(
    ("spans", "edges", "expected"),
    [
        pytest.param([(0, 5), (5, 9)], [(1, 0)], ["n1[n2()]"], id="one reason"),
        pytest.param(
            [(0, 5), (5, 20), (5, 12), (13, 20)],
            [(1, 0), (3, 2)],
            ["n1[n2(n3[n4()])]"],
            id="a conclusion inside a reason hangs from it",
        ),
        pytest.param(
            [(0, 5), (5, 9), (9, 12), (12, 15)], [(1, 0), (3, 2)], ["n1[n2()]", "n3[n4()]"], id="two"
        ),
        pytest.param([(0, 5), (5, 9)], [(1, 0), (0, 1)], ["n1[n2(n2[n1()])]"], id="a circle of two"),
        pytest.param([(0, 5)], [(0, 0)], [], id="for itself"),
        pytest.param([(0, 9), (2, 5)], [(0, 1)], ["n2[n1()]"], id="around its own conclusion"),
    ],
)  # fmt: skip
def test_every_conclusion_is_drawn_once(
    spans: list[tuple[int, int]], edges: list[tuple[int, int]], expected: list[str]
) -> None:
    assert [shape(conclusion) for conclusion in drawn(argued(spans, edges))] == expected


def test_a_deep_chain_is_cut_into_drawings() -> None:
    """Each conclusion is the reason of the one before it: node 2n the conclusion, 2n+1 the reason."""
    spans = [(10 * (n // 2 + n % 2), 10 * (n // 2 + n % 2) + 9) for n in range(80)]
    analysis = argued(spans, [(2 * n + 1, 2 * n) for n in range(40)])
    roots = drawn(analysis)
    assert len(roots) == 10
    assert sum(shape(root).count("[") for root in roots) == 40


def test_columns_only_where_few_stand_side_by_side() -> None:
    spans = [(n, n + 1) for n in range(8)]
    few = argued(spans, [(n, 0) for n in range(1, 4)])
    many = argued(spans, [(n, 0) for n in range(1, 8)])
    assert [c.columns for c in drawn(few) + drawn(many)] == [3, 0]
