"""The calibration plot: what was said against what came true, as SVG to put into a page.

Bare of styles, so that it fits a page that forbids inline ones: lines and letters take the
colour of the text around; a style sheet may set more by the classes `calibration` (the drawing),
`frame`, `tick`, `diagonal`, `base`, `interval`, `point`, `count` and `axis`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from beleg.report.safe import one_line

# User units; a unit is a pixel where the drawing has its natural width.
_SIDE = 300.0
_LEFT = 64.0
_RIGHT = 32.0
_BELOW = 54.0
_ABOVE = 16.0
_ROW = 16.0  # height of a row of counts above the frame
_LETTER = 8.0  # width of a figure of the counts, and of the gap between two counts
_CAP = 4.0
_TICKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Point:
    """A bin of the curve; all but `count` are shares of 1.

    said: mean of the probabilities; came_true: share of the bin that did, with its interval.
    Raises ValueError where these do not lie in that order within 0 to 1, or the bin is empty.
    """

    said: float
    came_true: float
    low: float
    high: float
    count: int

    def __post_init__(self) -> None:
        if not (0 <= self.low <= self.came_true <= self.high <= 1 and 0 <= self.said <= 1):
            raise ValueError(f"{self} does not lie within 0 to 1 and its interval")
        if self.count < 1:
            raise ValueError(f"{self} is a bin without forecasts")


def calibration_svg(
    points: Iterable[Point], *, base_rate: float, words: Mapping[str, str], key: str
) -> str:
    """The drawing as `<svg>`, with all its figures as text for those who do not see it.

    base_rate: share of all that came true, drawn as a level line.
    words: templates, filled in by `str.format`: "title"; "summary" with {count} and {base_rate};
        "point" with {said}, {came_true}, {low}, {high} and {count}; "said" and "came_true" (names
        of the axes); "percent" with {n}, which all shares of the others have passed through.
    key: begins the ids, so that two drawings fit on a page; letters, digits and hyphens.
    Raises KeyError where a template or one of its fields is missing, ValueError for a base rate
    outside of 0 to 1 or another key.
    """
    if not 0 <= base_rate <= 1:
        raise ValueError(f"{base_rate} is no base rate")
    if not (key.isascii() and key.replace("-", "").isalnum()):
        raise ValueError(f"{key!r} is no beginning of an id")
    ordered = sorted(points)
    rows = _rows(ordered)
    top = _ABOVE + _ROW * (max(rows, default=0) + 1)
    plot = _Plot(top=top, words=words)
    svg = _drawing(plot, key)
    _say(svg, ordered, base_rate, words, key)
    _frame(svg, plot)
    _line(svg, "diagonal", (plot.x(0), plot.y(0)), (plot.x(1), plot.y(1)), dashes="2 4")
    level = plot.y(base_rate)
    _line(svg, "base", (plot.x(0), level), (plot.x(1), level), dashes="8 4")
    for point, row in zip(ordered, rows, strict=True):
        _point(svg, plot, point, row)
    return tostring(svg, encoding="unicode")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """Where the frame stands and what it is labelled with."""

    top: float
    words: Mapping[str, str]

    def x(self, share: float) -> float:
        return round(_LEFT + share * _SIDE, 2)

    def y(self, share: float) -> float:
        return round(self.top + (1 - share) * _SIDE, 2)


def _rows(ordered: Sequence[Point]) -> list[int]:
    """The row of each count, from the frame upwards, so that none lies over another."""
    ends: list[float] = []
    rows = []
    for point in ordered:
        half = _LETTER * (len(str(point.count)) + 1) / 2
        place = point.said * _SIDE
        row = next((row for row, end in enumerate(ends) if end <= place - half), len(ends))
        ends[row : row + 1] = [place + half]
        rows.append(row)
    return rows


def _drawing(plot: _Plot, key: str) -> Element:
    width, height = _LEFT + _SIDE + _RIGHT, plot.top + _SIDE + _BELOW
    return Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "calibration",
            "role": "img",
            "aria-labelledby": f"{key}-title",
            "aria-describedby": f"{key}-figures",
            "viewBox": f"0 0 {width:g} {height:g}",
            "width": f"{width:g}",
            "height": f"{height:g}",
            "font-size": "13",
            "fill": "currentColor",
        },
    )


def _say(
    svg: Element,
    ordered: Sequence[Point],
    base_rate: float,
    words: Mapping[str, str],
    key: str,
) -> None:
    """Title and description: every figure of the drawing, in order."""
    count = sum(point.count for point in ordered)
    lines = [words["summary"].format(count=count, base_rate=_percent(base_rate, words))]
    for point in ordered:
        shares = {
            name: _percent(getattr(point, name), words)
            for name in ("said", "came_true", "low", "high")
        }
        lines.append(words["point"].format(count=point.count, **shares))
    _text(svg, "title", words["title"], id=f"{key}-title")
    _text(svg, "desc", " ".join(lines), id=f"{key}-figures")


def _frame(svg: Element, plot: _Plot) -> None:
    left, right, top, bottom = plot.x(0), plot.x(1), plot.y(1), plot.y(0)
    frame = {"x": left, "y": top, "width": _SIDE, "height": _SIDE}
    SubElement(
        svg,
        "rect",
        {"class": "frame", "fill": "none", "stroke": "currentColor", "stroke-opacity": "0.4"}
        | {name: f"{number:g}" for name, number in frame.items()},
    )
    for tick in _TICKS:
        label = plot.words["percent"].format(n=tick)
        _label(svg, "tick", label, x=plot.x(tick / 100), y=bottom + 18)
        _label(svg, "tick", label, x=left - 8, y=plot.y(tick / 100) + 4, anchor="end")
    middle = (left + right) / 2
    _label(svg, "axis", plot.words["said"], x=middle, y=bottom + 42)
    height = (top + bottom) / 2
    upright = _label(svg, "axis", plot.words["came_true"], x=14, y=height)
    upright.set("transform", f"rotate(-90 14 {height:g})")


def _point(svg: Element, plot: _Plot, point: Point, row: int) -> None:
    x, y = plot.x(point.said), plot.y(point.came_true)
    low, high = plot.y(point.low), plot.y(point.high)
    _line(svg, "interval", (x, low), (x, high))
    for end in (low, high):
        _line(svg, "interval", (x - _CAP, end), (x + _CAP, end))
    SubElement(svg, "circle", {"class": "point", "cx": f"{x:g}", "cy": f"{y:g}", "r": "4.5"})
    _label(svg, "count", str(point.count), x=x, y=plot.top - 5 - row * _ROW)


def _line(
    svg: Element,
    name: str,
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    dashes: str | None = None,
) -> None:
    places = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
    line = SubElement(
        svg,
        "line",
        {"class": name, "stroke": "currentColor"}
        | {place: f"{number:g}" for place, number in places.items()},
    )
    if dashes is not None:
        line.set("stroke-dasharray", dashes)


def _label(
    svg: Element, name: str, words: str, *, x: float, y: float, anchor: str = "middle"
) -> Element:
    """Words in the drawing; hidden from those who are read the description."""
    where = {"x": f"{x:g}", "y": f"{y:g}", "text-anchor": anchor}
    return _text(svg, "text", words, **{"class": name, "aria-hidden": "true"}, **where)


def _text(svg: Element, tag: str, words: str, **attributes: str) -> Element:
    element = SubElement(svg, tag, attributes)
    element.text = one_line(words)
    return element


def _percent(share: float, words: Mapping[str, str]) -> str:
    """Whole percent; 0 and 100 only where that is exact, since both mean certainty."""
    rounded = round(100 * share)
    return words["percent"].format(n=rounded if share in (0, 1) else min(99, max(1, rounded)))
