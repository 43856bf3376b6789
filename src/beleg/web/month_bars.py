"""How many there are in each month, as a small drawing of bars with its figures as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

from beleg.report import words as report_words
from beleg.report.words import Words

_MOST = 60  # bars; of more months than that, years are drawn
_WIDTH, _HEIGHT, _BELOW = 12.0, 48.0, 16.0  # of a bar's place, of the highest bar, of the names


def month_bars(
    months: Sequence[tuple[date, int]], *, words: Words, title: str, key: str
) -> Markup | None:
    """The drawing as `<svg>`; None for nothing to draw.

    months: first days with their counts, in order. words: of the pages; title: key of the words
    that name the drawing. key: begins the ids. The figures stand in its description.
    """
    if not months:
        return None
    names = report_words.words_of(words.ui)
    bars = _months(months, names)
    if len(bars) > _MOST:
        bars = _years(months)
    highest = max(count for _, count in bars)
    width = _WIDTH * len(bars)
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "bars",
            "role": "img",
            "viewBox": f"0 0 {max(width, 240):g} {_HEIGHT + _BELOW:g}",
            "aria-labelledby": f"{key}-title {key}-desc",
        },
    )
    SubElement(svg, "title", {"id": f"{key}-title"}).text = words.say(title)
    told = ", ".join(f"{name}: {count}" for name, count in bars if count)
    SubElement(svg, "desc", {"id": f"{key}-desc"}).text = told
    for place, (name, count) in enumerate(bars):
        if count:
            height = max(_HEIGHT * count / highest, 2)
            bar = SubElement(
                svg,
                "rect",
                {
                    "x": f"{place * _WIDTH + 1:g}",
                    "y": f"{_HEIGHT - height:.4g}",
                    "width": f"{_WIDTH - 2:g}",
                    "height": f"{height:.4g}",
                },
            )
            SubElement(bar, "title").text = f"{name}: {count}"
    ends = [(0.0, "start", bars[0][0])]
    if width >= 160:
        ends.append((width, "end", bars[-1][0]))
    for x, anchor, name in ends:
        at = {"x": f"{x:g}", "y": f"{_HEIGHT + _BELOW - 3:g}", "text-anchor": anchor}
        SubElement(svg, "text", at).text = name
    return Markup(tostring(svg, encoding="unicode"))  # noqa: S704 - made by ElementTree, escaped


def _months(months: Sequence[tuple[date, int]], names: Words) -> list[tuple[str, int]]:
    """Every month from the first to the last, those without any too; at most one too many."""
    counts = dict(months)
    month, last = months[0][0], months[-1][0]
    found: list[tuple[str, int]] = []
    while month <= last and len(found) <= _MOST:
        name = names.say(
            "day.month", month=names.pick("months.names", month.month - 1), year=month.year
        )
        found.append((name, counts.get(month, 0)))
        if (month.year, month.month) == (9999, 12):
            break
        month = month.replace(
            year=month.year + month.month // 12, month=month.month % 12 + 1, day=1
        )
    return found


def _years(months: Sequence[tuple[date, int]]) -> list[tuple[str, int]]:
    """The last years of those that have any, at most as many as are drawn."""
    counts: dict[int, int] = {}
    for month, count in months:
        counts[month.year] = counts.get(month.year, 0) + count
    return [(str(year), counts[year]) for year in sorted(counts)][-_MOST:]
