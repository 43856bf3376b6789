"""Which spans stand around a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.text import Span
from beleg.text.nested import Nested

SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 12)).map(lambda s: Span(s[0], s[0] + s[1])),
    max_size=12,
)


@pytest.mark.parametrize(
    ("place", "names"),
    [(0, ["outer"]), (2, ["inner", "outer"]), (4, ["outer"]), (9, []), (10, ["next"]), (12, [])],
)
def test_the_innermost_comes_first(place: int, names: list[str]) -> None:
    nested = Nested([(Span(2, 4), "inner"), (Span(0, 8), "outer"), (Span(10, 12), "next")])
    assert [name for _, name in nested.around(place)] == names
    assert nested.at(place) == next(nested.around(place), None)


def test_of_the_same_span_the_later_given_is_innermost() -> None:
    assert Nested([(Span(0, 2), "one"), (Span(0, 2), "two")]).at(1) == (Span(0, 2), "two")


@given(SPANS, st.integers(0, 40))
def test_all_spans_around_a_place_are_found_the_last_begun_first(
    spans: list[Span], place: int
) -> None:
    nested = Nested((span, number) for number, span in enumerate(spans))
    found = list(nested.around(place))
    around = [(span, n) for n, span in enumerate(spans) if span.start <= place < span.end]
    assert found == sorted(around, key=lambda s: (s[0].start, -s[0].end, s[1]), reverse=True)
