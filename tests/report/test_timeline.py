from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import (
    TimeRow,
    make_analysis,
    make_dating,
    make_events,
    make_times,
    many_times,
    sample,
)

from beleg.records import Analysis
from beleg.report.timeline import MAX_LANES, Row, timeline
from beleg.report.words import words_of

DE = words_of("de")


def analysis_of(*days: tuple[str | None, str | None], published: date | None = None) -> Analysis:
    text = " ".join(f"w{number:03}" for number in range(len(days)))
    rows: list[TimeRow] = [
        (f"w{number:03}", "DATE", "XXXX", None, earliest, latest, None, "r")
        for number, (earliest, latest) in enumerate(days)
    ]
    return make_analysis(text, make_times(text, rows), published=published)


def rows_of(*days: tuple[str | None, str | None], published: date | None = None) -> list[Row]:
    return list(timeline(analysis_of(*days, published=published), DE).rows)


def test_entries_stand_in_order_of_their_first_day() -> None:
    rows = rows_of(("2024-03-05",) * 2, ("1962-01-01", "1962-12-31"), ("2024-03-03",) * 2)
    assert [row.entry.index for row in rows] == [1, 2, 0]


def test_a_period_stands_before_the_days_it_contains() -> None:
    rows = rows_of(("2024-03-01",) * 2, ("2024-03-01", "2024-03-31"))
    assert [row.entry.index for row in rows] == [1, 0]


def test_open_periods_stand_at_their_known_day() -> None:
    rows = rows_of((None, "2024-06-01"), ("2024-05-01", None), ("2024-07-01",) * 2)
    assert [row.when for row in rows] == ["ab 1. Mai", "bis 1. Juni", "Montag, 1. Juli"]


def test_undated_times_have_no_row() -> None:
    assert rows_of((None, None)) == []


def test_the_publication_alone_makes_no_timeline() -> None:
    assert rows_of((None, None), published=date(2024, 3, 7)) == []


def test_the_publication_stands_among_the_entries() -> None:
    rows = rows_of(("2024-03-05",) * 2, ("2024-03-09",) * 2, published=date(2024, 3, 7))
    assert [row.entry.kind for row in rows] == ["time", "published", "time"]


def test_an_inferred_window_stands_as_a_period() -> None:
    analysis = make_analysis(
        "w000",
        make_times("w000", [("w000", "DATE", "2024-03-05", None, "2024-03-05", "2024-03-05", None, "r")]),
        published=None,
        dating=make_dating(date(2024, 3, 6), date(2024, 3, 10), basis="inferred"),
    )  # fmt: skip
    row = timeline(analysis, DE).rows[1]
    assert (row.entry.kind, row.when, row.entry.point) == ("published", "6.–10. März", False)


def test_the_year_is_named_once_for_each_band() -> None:
    rows = rows_of(("2023-05-01",) * 2, ("2024-01-01",) * 2, ("2024-02-01",) * 2)
    assert [(row.year, row.band) for row in rows] == [("2023", 0), ("2024", 1), (None, 1)]


def test_a_period_that_leaves_its_year_names_both() -> None:
    (row,) = rows_of(("2023-12-30", "2024-01-02"))
    assert row.when == "30. Dezember 2023 – 2. Januar 2024"


def test_long_gaps_are_written_out() -> None:
    rows = rows_of(("1887-01-01",) * 2, ("2024-03-01",) * 2, ("2024-03-03",) * 2)
    assert [row.gap for row in rows] == [None, "137 Jahre später", None]


def test_a_bar_reaches_from_its_period_to_the_last_day_it_contains() -> None:
    rows = rows_of(("2024-03-01", "2024-03-31"), ("2024-03-05",) * 2, ("2024-03-31",) * 2, ("2024-04-01",) * 2)  # fmt: skip
    assert [[(b.begins, b.finishes) for b in row.bars] for row in rows] == [
        [(True, False)],
        [(False, False)],
        [(False, True)],
        [],
    ]


def test_nested_periods_get_lanes_of_their_own_and_free_them_again() -> None:
    laid_out = timeline(
        analysis_of(
            ("2024-01-01", "2024-12-31"),
            ("2024-03-01", "2024-03-31"),
            ("2024-03-05",) * 2,
            ("2024-05-01", "2024-05-31"),
            ("2024-05-02",) * 2,
        ),
        DE,
    )
    assert laid_out.lanes == 2
    assert [sorted(bar.lane for bar in row.bars) for row in laid_out.rows] == [
        [0],
        [0, 1],
        [0, 1],
        [0, 1],
        [0, 1],
    ]


def test_a_period_without_a_known_end_and_one_that_contains_nothing_have_no_bar() -> None:
    rows = rows_of(("2024-03-01", None), ("2024-03-02", "2024-03-03"), ("2024-06-01",) * 2)
    assert [row.bars for row in rows] == [(), (), ()]


def test_a_time_that_an_event_uses_has_no_row_of_its_own() -> None:
    text = "Am Montag kam er."
    times = make_times(
        text, [("Am Montag", "DATE", "2024-03-04", None, "2024-03-04", "2024-03-04", None, "r")]
    )
    analysis = make_analysis(
        text, times, events=make_events(text, times, [("Am Montag kam er", "t1")])
    )
    assert [row.entry.kind for row in timeline(analysis, DE).rows] == ["event", "published"]


def test_sixty_items_over_centuries_stay_in_order_and_in_the_lanes() -> None:
    laid_out = timeline(many_times(60, step_days=1500), DE)
    starts = [row.entry.start for row in laid_out.rows]
    assert starts == sorted(starts)
    assert len(laid_out.rows) == 61


def test_every_dated_event_and_every_dated_time_outside_them_has_a_row() -> None:
    analysis = sample()
    alone = [
        time
        for time in analysis.times
        if (time.earliest or time.latest)
        and not time.value.endswith("_REF")
        and not any(event.span.covers(time.span) for event in analysis.events)
    ]
    assert alone
    assert len(timeline(analysis, DE).rows) == len(analysis.events) + len(alone) + 1


def test_a_reference_to_a_day_named_before_has_no_row_of_its_own() -> None:
    text = "Am Montag kam er. Damals schneite es."
    rows = [
        ("Am Montag", "DATE", "2024-03-04", None, "2024-03-04", "2024-03-04", None, "r"),
        ("Damals", "DATE", "PAST_REF", None, "2024-03-04", "2024-03-04", "t1", "r"),
    ]
    analysis = make_analysis(text, make_times(text, rows))
    assert [row.entry.kind for row in timeline(analysis, DE).rows] == ["time", "published"]


DAYS = st.integers(0, 4000).map(lambda n: date(2015, 1, 1) + timedelta(days=n))
PERIODS = st.tuples(DAYS, st.integers(0, 900)).map(
    lambda pair: (str(pair[0]), str(pair[0] + timedelta(days=pair[1])))
)


@given(st.lists(PERIODS, min_size=1, max_size=30))
def test_bars_never_share_a_lane_and_each_begins_and_finishes_once(
    days: list[tuple[str, str]],
) -> None:
    laid_out = timeline(analysis_of(*days), DE)
    assert laid_out.lanes <= MAX_LANES
    running: set[int] = set()
    for row in laid_out.rows:
        lanes = [bar.lane for bar in row.bars]
        assert len(lanes) == len(set(lanes))
        for bar in row.bars:
            assert bar.begins == (bar.lane not in running)
            running.add(bar.lane)
            if bar.finishes:
                running.discard(bar.lane)
    assert not running


@pytest.mark.parametrize("days", [("0001-01-01", "9999-12-31"), ("9999-12-31", None)])
def test_the_ends_of_the_calendar_do_no_harm(days: tuple[str, str | None]) -> None:
    assert len(rows_of(days)) == 1


def test_times_of_a_day_stand_by_the_clock_and_name_it() -> None:
    text = "abends, um 6.45 Uhr, mittags"
    rows: list[TimeRow] = [
        (words, "TIME", f"2024-03-05T{clock}", None, "2024-03-05", "2024-03-05", None, "r")
        for words, clock in [("abends", "EV"), ("um 6.45 Uhr", "06:45"), ("mittags", "MI")]
    ]
    published = date(2024, 3, 5)
    analysis = make_analysis(text, make_times(text, rows), published=published)
    assert [row.when for row in timeline(analysis, DE).rows] == [
        "Dienstag, 5. März, 6.45 Uhr",
        "Dienstag, 5. März, am Mittag",
        "Dienstag, 5. März, am Abend",
        "Dienstag, 5. März",
    ]
