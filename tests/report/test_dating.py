from __future__ import annotations

from datetime import date

import pytest
from report_samples import make_analysis, make_dating, sample

from beleg.records import Evidence
from beleg.report.dating import DatingView, dating_view
from beleg.report.words import words_of
from beleg.text.article import Span

DE = words_of("de")


def inferred(
    earliest: date | None, latest: date | None, *bounds: tuple[date | None, date | None]
) -> DatingView:
    evidence = [
        Evidence(span=Span(0, 4), because="weil", earliest=first, latest=last)
        for first, last in bounds
    ]
    dating = make_dating(earliest, latest, basis="inferred", evidence=evidence)
    return dating_view(make_analysis("Wort und Text", published=None, dating=dating), DE)


def test_a_given_day_without_evidence_is_stated_and_not_drawn() -> None:
    view = dating_view(make_analysis("Text"), DE)
    assert (view.statement, view.basis, view.bar) == ("Donnerstag, 7. März 2024", "angegeben", None)


def test_an_inferred_window_is_drawn_with_its_evidence() -> None:
    view = dating_view(sample(inferred=True), DE)
    assert view.statement == "6.–10. März 2024"
    assert view.basis == "aus dem Text erschlossen"
    assert view.width == "Fenster von 5 Tagen"
    assert view.ticks == ("2. März 2024", "14. März 2024")
    assert [row.words for row in view.evidence][:2] == ["Seit dem 14. Februar", "vom 5. März"]
    assert [row.bounds for row in view.evidence] == [
        "frühestens 14. Februar 2024",
        "frühestens 5. März 2024",
        "6.–10. März 2024",
        "spätestens 9. Juni 2024",
    ]


def test_an_unknown_day_says_so() -> None:
    view = inferred(None, None)
    assert not view.known
    assert view.basis == "nicht bekannt"


@pytest.mark.parametrize(
    "bounds",
    [
        (date(2024, 3, 1), None),
        (None, date(2024, 3, 31)),
        (date(1900, 1, 1), date(1900, 1, 1)),
        (date(2100, 1, 1), date(2100, 1, 2)),
        (date(2024, 3, 7), date(2024, 3, 7)),
    ],
)
def test_every_bar_stays_on_the_scale_and_can_be_seen(
    bounds: tuple[date | None, date | None],
) -> None:
    view = inferred(date(2024, 3, 6), date(2024, 3, 10), bounds)
    bar = view.evidence[0].bar
    assert bar is not None
    x, width = float(bar.x.rstrip("%")), float(bar.width.rstrip("%"))
    assert x >= 0
    assert width > 1
    assert x + width <= 100.01


@pytest.mark.parametrize(
    ("earliest", "latest"),
    [
        (date(2024, 3, 6), None),
        (None, date(2024, 3, 6)),
        (date.min, date.max),
        (date.max, date.max),
    ],
)
def test_open_windows_and_the_ends_of_the_calendar_are_drawn(
    earliest: date | None, latest: date | None
) -> None:
    dating = make_dating(None, basis="inferred")
    import msgspec

    dating = msgspec.structs.replace(dating, earliest=earliest, latest=latest)
    view = dating_view(make_analysis("Text", published=None, dating=dating), DE)
    assert view.bar is not None


def test_evidence_without_limits_has_no_bar() -> None:
    view = inferred(date(2024, 3, 6), date(2024, 3, 10), (None, None))
    assert (view.evidence[0].bounds, view.evidence[0].bar) == (None, None)
