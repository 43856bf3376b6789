from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.report.calibration import Point, calibration_svg

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {
    "title": "Was gesagt wurde, und was eintraf",
    "summary": "{count} Prognosen, {base_rate} trafen ein.",
    "point": "Bei {said}: {came_true} von {count} ({low} bis {high}).",
    "said": "gesagte Wahrscheinlichkeit",
    "came_true": "eingetroffen",
    "percent": "{n} %",
}
LOW = Point(said=0.2, came_true=0.25, low=0.05, high=0.7, count=4)
HIGH = Point(said=0.8, came_true=0.75, low=0.3, high=0.95, count=12)


def draw(points: Sequence[Point] = (LOW, HIGH), *, base_rate: float = 0.5, **words: str) -> Element:
    svg = calibration_svg(points, base_rate=base_rate, words=WORDS | words, key="plot")
    return fromstring(svg)


def those(svg: Element, tag: str, name: str) -> list[dict[str, str]]:
    return [found.attrib for found in svg.iter(SVG + tag) if found.get("class") == name]


def said_in(svg: Element, name: str) -> list[str | None]:
    return [found.text for found in svg.iter(SVG + "text") if found.get("class") == name]


def the_frame(svg: Element) -> tuple[float, float, float, float]:
    (frame,) = those(svg, "rect", "frame")
    left, top, width, height = (float(frame[name]) for name in ("x", "y", "width", "height"))
    return left, top, left + width, top + height


def test_points_and_intervals_lie_where_their_shares_are() -> None:
    svg = draw()
    left, top, right, bottom = the_frame(svg)
    side = right - left
    assert side == bottom - top
    for point, circle in zip((LOW, HIGH), those(svg, "circle", "point"), strict=True):
        assert float(circle["cx"]) == pytest.approx(left + point.said * side, abs=0.01)
        assert float(circle["cy"]) == pytest.approx(bottom - point.came_true * side, abs=0.01)
    bars = [bar for bar in those(svg, "line", "interval") if bar["x1"] == bar["x2"]]
    for point, bar in zip((LOW, HIGH), bars, strict=True):
        assert float(bar["x1"]) == pytest.approx(left + point.said * side, abs=0.01)
        assert float(bar["y1"]) == pytest.approx(bottom - point.low * side, abs=0.01)
        assert float(bar["y2"]) == pytest.approx(bottom - point.high * side, abs=0.01)


def test_the_diagonal_joins_the_corners_and_the_base_rate_is_level() -> None:
    svg = draw(base_rate=0.25)
    left, top, right, bottom = the_frame(svg)
    (diagonal,) = those(svg, "line", "diagonal")
    ends = [float(diagonal[name]) for name in ("x1", "y1", "x2", "y2")]
    assert ends == [left, bottom, right, top]
    (base,) = those(svg, "line", "base")
    assert float(base["y1"]) == float(base["y2"]) == bottom - 0.25 * (bottom - top)


def test_every_figure_is_text_for_who_does_not_see_it() -> None:
    svg = draw([HIGH, LOW])
    title, description = svg.find(SVG + "title"), svg.find(SVG + "desc")
    assert title is not None
    assert description is not None
    assert title.text == WORDS["title"]
    assert description.text == (
        "16 Prognosen, 50 % trafen ein. Bei 20 %: 25 % von 4 (5 % bis 70 %). "
        "Bei 80 %: 75 % von 12 (30 % bis 95 %)."
    )
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == title.get("id") == "plot-title"
    assert svg.get("aria-describedby") == description.get("id") == "plot-figures"


def test_counts_and_axes_are_written_in_the_drawing() -> None:
    svg = draw()
    assert said_in(svg, "count") == ["4", "12"]
    assert said_in(svg, "axis") == ["gesagte Wahrscheinlichkeit", "eingetroffen"]
    assert said_in(svg, "tick")[:4] == ["0 %", "0 %", "25 %", "25 %"]


def test_counts_of_near_points_lie_in_rows() -> None:
    near = [replace(HIGH, said=said, count=1234) for said in (0.89, 0.9, 0.91, 0.2)]
    svg = draw(near)
    counts = those(svg, "text", "count")
    assert len({(count["x"], count["y"]) for count in counts}) == 4
    heights = [float(count["y"]) for count in counts]
    assert heights[0] == heights[1] > heights[2] > heights[3] > 0
    assert heights[0] < the_frame(svg)[1]


def test_labels_from_outside_are_escaped() -> None:
    evil = "<script>alert('&')</script>\x00\u202e"
    svg = draw(title=evil, said=evil, point=evil, percent='"{n}" <%>')
    title = svg.find(SVG + "title")
    assert title is not None
    assert title.text == "<script>alert('&')</script>␀\ufffd"
    assert {found.tag.removeprefix(SVG) for found in svg.iter()} == {
        "svg", "title", "desc", "rect", "text", "line", "circle",
    }  # fmt: skip


def test_nothing_needs_a_style_or_a_script() -> None:
    for found in draw().iter():
        assert "style" not in found.attrib
        assert not any(name.startswith("on") for name in found.attrib)
        assert found.get("stroke", "currentColor") == "currentColor"
        assert found.get("fill", "currentColor") in {"currentColor", "none"}


def test_the_order_of_points_changes_nothing() -> None:
    twin = replace(HIGH, low=0.2)
    orders = ([LOW, HIGH, twin], [twin, HIGH, LOW])
    first, second = (
        calibration_svg(points, base_rate=0.5, words=WORDS, key="a") for points in orders
    )
    assert first == second


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "0"), (0.001, "1"), (0.255, "26"), (0.995, "99"), (0.9999, "99"), (1, "100")],
)
def test_only_certainty_is_0_or_100_percent(share: float, shown: str) -> None:
    description = draw([], base_rate=share).find(SVG + "desc")
    assert description is not None
    assert description.text == f"0 Prognosen, {shown} % trafen ein."


def test_without_points_there_are_axes_and_a_summary() -> None:
    svg = draw([])
    assert those(svg, "circle", "point") == []
    description = svg.find(SVG + "desc")
    assert description is not None
    assert description.text == "0 Prognosen, 50 % trafen ein."


SHARES = st.floats(0, 1)


@given(
    st.lists(
        st.tuples(SHARES, st.tuples(SHARES, SHARES, SHARES).map(sorted), st.integers(1, 10**7)),
        max_size=20,
    ),
    SHARES,
)
def test_everything_stays_inside_the_drawing(
    rows: list[tuple[float, list[float], int]], base_rate: float
) -> None:
    points = [
        Point(said=said, low=low, came_true=came_true, high=high, count=count)
        for said, (low, came_true, high), count in rows
    ]
    svg = draw(points, base_rate=base_rate)
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    for found in svg.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert 0 <= float(found.get(name, 0)) <= width
        for name in ("y", "y1", "y2", "cy"):
            assert 0 <= float(found.get(name, 0)) <= height


@pytest.mark.parametrize(
    "wrong",
    [
        {"said": 1.1},
        {"said": -0.1},
        {"said": float("nan")},
        {"low": 0.5},
        {"high": 0.2},
        {"high": 1.1},
        {"low": -0.1},
        {"count": 0},
    ],
)
def test_points_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="Point"):
        replace(LOW, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ["", "a b", '"', "ä", "-"])
def test_a_key_that_is_no_id_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="beginning of an id"):
        calibration_svg([LOW], base_rate=0.5, words=WORDS, key=key)


def test_a_base_rate_outside_of_0_to_1_is_refused() -> None:
    with pytest.raises(ValueError, match="no base rate"):
        draw(base_rate=1.5)


def test_a_missing_label_is_named() -> None:
    with pytest.raises(KeyError, match="percent"):
        calibration_svg([LOW], base_rate=0.5, words={"title": "x", "summary": "y"}, key="a")
