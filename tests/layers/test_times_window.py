"""Times of an article that is only known to lie in a window of days."""

from __future__ import annotations

from datetime import date

import pytest

from beleg.layers.times import find_times
from beleg.layers.times.window import find_times_in_window
from beleg.records import TimeExpression
from beleg.rules.segmentation import segmentation_table
from beleg.rules.time_rules import load_time_rules
from beleg.text.article import Article
from beleg.text.segments import segment


def in_window(text: str, earliest: date | None, latest: date | None) -> TimeExpression:
    article, rules = Article(text=text), load_time_rules()
    spans = [sentence.span for sentence in segment(text, segmentation_table())]
    undated = find_times(article, spans, rules=rules, published=None)
    (found,) = find_times_in_window(
        article, spans, undated, rules=rules, earliest=earliest, latest=latest
    )
    return found


def test_yesterday_is_a_day_before_any_day_of_the_window() -> None:
    found = in_window("Gestern fiel Schnee.", date(2024, 3, 4), date(2024, 3, 8))
    assert (found.earliest, found.latest) == (date(2024, 3, 3), date(2024, 3, 7))
    assert found.value == "XXXX-XX-XX"
    assert found.rule.endswith("#window")
    assert found.anchor == "publication"


def test_what_both_ends_agree_on_is_the_meaning() -> None:
    found = in_window("Im vergangenen Jahr fiel Schnee.", date(2024, 3, 4), date(2024, 9, 8))
    assert (found.value, found.earliest, found.latest) == (
        "2023",
        date(2023, 1, 1),
        date(2023, 12, 31),
    )


def test_an_explicit_date_stays_as_it_is() -> None:
    found = in_window("Am 3. Mai 2010 fiel Schnee.", date(2024, 3, 4), date(2024, 3, 8))
    assert (found.value, found.rule.partition("#")[2]) == ("2010-05-03", "explicit")


@pytest.mark.parametrize(
    "window",
    [(None, date(2024, 3, 8)), (date(2024, 3, 8), None), (date(2014, 1, 1), date(2024, 3, 8))],
)
def test_an_open_or_long_window_leaves_the_day_open(
    window: tuple[date | None, date | None],
) -> None:
    found = in_window("Gestern fiel Schnee.", *window)
    assert (found.earliest, found.latest) == (None, None)
