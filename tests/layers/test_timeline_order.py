"""The timeline: the order of events, and what holds whatever the text.

Marked examples: events stand in [brackets], with their rank in [2: brackets].
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from timeline_samples import PUBLISHED, assert_as_marked, events_of, parts_of, told

from beleg.layers.timeline import find_events
from beleg.layers.timeline.days import Days
from beleg.layers.timeline.order import in_order
from beleg.records import Event, TimeExpression
from beleg.rules.timeline_rules import load_timeline_rules
from beleg.text.article import Article, Span

RULES = load_timeline_rules()

# ---- order -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "marked",
    [
        "[2: Am 3. Mai 2020 brannte die Halle]. [1: Im April 2020 war sie noch voll von Holz].",
        "[2: Am 3. Mai 2020 brannte die Halle]. [1: Am Tag zuvor hatte der Rat getagt].",
        "[1: Am 3. Mai 2020 brannte die Halle]. [2: Wenige Stunden später stürzte der Turm ein].",
        "[1: Am 3. Mai 2020 brannte die Halle]. [2: Danach flohen die Gäste]. "
        "[3: Anschließend kam die Feuerwehr].",
        "[1: Am 3. Mai 2020 brannte die Halle] und [2: stürzte danach der Turm ein].",
        "[3: Am 3. Mai 2020 warnte die Polizei], bevor [4: die Brücke einstürzte]. "
        "[1: 1912 war die Brücke gebaut worden]. [2: Im Jahr 2019 hatte der Rat geprüft].",
    ],
)
def test_events_stand_in_the_order_they_happened(marked: str) -> None:
    assert_as_marked(marked)


def test_a_linked_clause_has_its_neighbours_day_as_bound_and_no_time() -> None:
    before, fire, after = events_of(
        "Nachdem der Rat getagt hatte, brannte am 3. Mai 2020 die Halle. Danach flohen die Gäste."
    )
    day = date(2020, 5, 3)
    assert (before.time, before.earliest, before.latest) == (None, None, day)
    assert (fire.earliest, fire.latest) == (day, day)
    assert (after.time, after.earliest, after.latest) == (None, day, None)


def test_a_word_narrows_the_days_of_a_coarser_time() -> None:
    first, second = events_of("Am 20. Mai 2020 brannte die Halle. Im Mai 2020 kam danach das Amt.")
    assert second.after == (first.id,)
    assert second.earliest == date(2020, 5, 20)


def test_days_win_against_a_word_that_contradicts_them() -> None:
    first, second = events_of(
        "Am 3. Mai 2020 brannte die Halle. Danach kam am 1. Mai 2020 das Amt."
    )
    assert (first.earliest, first.after) == (date(2020, 5, 1), ())
    assert (second.earliest, second.after) == (date(2020, 5, 3), (first.id,))


@pytest.mark.parametrize(
    "text",
    [
        "Am 3. Mai 2020 brannte die Halle.\n\nDanach flohen die Gäste.",
        "Am 3. Mai 2020 brannte die Halle. Die Feuerwehr kam. Danach flohen die Gäste.",
        "Am 3. Mai 2020 brannte die Halle. Die Feuerwehr kam, danach flohen die Gäste.",
    ],
)
def test_a_word_refers_to_nothing_beyond_what_was_told_last(text: str) -> None:
    assert len(events_of(text)) == 1


def test_a_vague_time_with_an_order_word_is_the_time_of_its_event() -> None:
    text = "Am 3. Mai 2020 brannte die Halle. Der Rat schwieg. Wenige Stunden später kam Regen."
    first, second = events_of(text)
    _, _, times = parts_of(text)
    assert second.time == times[-1].id
    assert second.after == (first.id,)


def test_events_without_days_stay_beside_what_the_text_tells_before_them() -> None:
    texts = told(
        "2019 zog Anna Muster nach Musterstadt. Am Freitag lag Schnee. 2012 sank das Schiff.",
        published=None,
    )
    assert texts == [
        "2012 sank das Schiff",
        "2019 zog Anna Muster nach Musterstadt",
        "Am Freitag lag Schnee",
    ]


def test_an_event_names_the_nearest_of_those_that_ended_before_it() -> None:
    days = [Days(date(2020, 5, n), date(2020, 5, n)) for n in (1, 2, 2, 3)]
    after = {item.number: item.after for item in in_order(days, [])}
    assert after == {0: (), 1: (0,), 2: (0,), 3: (2,)}


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([(0, 1), (1, 0)], [0, 1]),
        ([(0, 1), (1, 2), (2, 0)], [0, 1, 2]),
        ([(0, 0), (2, 1)], [0, 2, 1]),
        ([(0, 1), (0, 1)], [0, 1, 2]),
    ],
)
def test_links_that_run_in_a_circle_are_dropped(
    links: list[tuple[int, int]], expected: list[int]
) -> None:
    ordered = in_order([Days()] * 3, links)
    assert [item.number for item in ordered][: len(expected)] == expected
    place = {item.number: rank for rank, item in enumerate(ordered)}
    assert all(place[other] < place[item.number] for item in ordered for other in item.after)


# ---- whatever the text -------------------------------------------------------------------

_SOME_DAY = st.none() | st.integers(1, 28).map(lambda day: date(2020, 5, day))


@st.composite
def _open_days(draw: st.DrawFn) -> Days:
    earliest, latest = draw(_SOME_DAY), draw(_SOME_DAY)
    if earliest is not None and latest is not None and latest < earliest:
        earliest, latest = latest, earliest
    return Days(earliest, latest)


@given(
    st.lists(_open_days(), max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=20),
)
def test_any_days_and_links_give_an_order_without_contradiction(
    days: list[Days], links: list[tuple[int, int]]
) -> None:
    links = [(a, b) for a, b in links if a < len(days) and b < len(days)]
    ordered = in_order(days, links)
    assert sorted(item.number for item in ordered) == list(range(len(days)))
    place = {item.number: rank for rank, item in enumerate(ordered)}
    narrowed = {item.number: item.days for item in ordered}
    for item in ordered:
        assert all(place[other] < place[item.number] for other in item.after)
        assert days[item.number].within(item.days) == item.days
        assert item.days.meets(item.days)
    for first in days_known(narrowed):
        for second in days_known(narrowed):
            if narrowed[first].latest < narrowed[second].earliest:  # type: ignore[operator]
                assert place[first] < place[second]


def days_known(days: dict[int, Days]) -> list[int]:
    """The events with both ends known."""
    return [number for number, item in days.items() if item.earliest and item.latest]


_PIECES = [
    "Am 3. Mai 2020", "im Mai 2020", "2019", "am Sonntag", "um 20 Uhr", "bis", "seit", "vor", "nach",
    "vom 3. bis 5. Mai 2020", "vor drei Jahren", "jeden Montag", "wenige Stunden später", "heute",
    "danach", "zuvor", "zuerst", "dann", "später", "schließlich", "nachdem", "bevor", "kurz darauf",
    "brannte", "brennt", "die Halle", "der Rat", "wurde", "gewählt", "zu räumen", "sagte", "habe",
    "die", "der", "dass", "weil", "als", "wie", "und", "oder", "doch", "so", "nicht", "von", "an",
    ",", ";", ":", "–", "-", "(", ")", "„", "“", "»", "«", '"', "'", ".", "!", "…", "\n\n", "\n",
    "\u00ad", "a\u0308", "👩‍🚒", "\u200b", "3.", "(1923)", "Ä", "WM 2006", "X" * 70,
]  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join)


def assert_sound(text: str, events: tuple[Event, ...], times: tuple[TimeExpression, ...]) -> None:
    """What holds for the events of any text."""
    spans = {time.id: time.span for time in times}
    seen: set[str] = set()
    assert [event.id for event in events] == [f"e{n}" for n in range(1, len(events) + 1)]
    for event in events:
        assert 0 <= event.span.start < event.span.end <= len(text)
        words = text[event.span.start : event.span.end]
        assert words == words.strip()
        assert event.time is None or event.span.covers(spans[event.time])
        if event.earliest is not None and event.latest is not None:
            assert event.earliest <= event.latest
        assert set(event.after) <= seen
        seen.add(event.id)


@example("(")
@example("Am 3. Mai 2020 )) (( brannte „ die “ Halle")
@example("dass 3. Mai 2020")
@example("Am 3. Mai 2020 nachdem")
@example("wie am 3. Mai 2020")
@example("so , so am 3. Mai 2020 so")
@given(_TEXTS)
def test_events_are_sound_whatever_the_text(text: str) -> None:
    article, sentences, times = parts_of(text)
    events = find_events(article, sentences, times, rules=RULES)
    assert_sound(text, events, times)
    assert find_events(article, sentences, times, rules=RULES) == events


@given(st.text(max_size=200), st.integers(0, 2**32))
def test_events_are_sound_for_any_characters_and_any_times(text: str, seed: int) -> None:
    rng = random.Random(seed)
    article, sentences, _ = parts_of(text)
    times: list[TimeExpression] = []
    at = 0
    while at + 1 < len(text):
        start = rng.randint(at, len(text) - 1)
        at = rng.randint(start + 1, min(len(text), start + 5))
        if text[start:at] == text[start:at].strip():
            times.append(
                TimeExpression(
                    id=f"t{len(times) + 1}", span=Span(start, at), type="DATE", value="2020",
                    mod=None, earliest=None, latest=PUBLISHED, anchor=None, rule="none",
                )
            )  # fmt: skip
    assert_sound(text, find_events(article, sentences, times, rules=RULES), tuple(times))


# ---- time --------------------------------------------------------------------------------


def steps(run: Callable[[], object]) -> int:
    """How many lines of Python run."""
    count = 0

    def trace(_frame: FrameType, _event: str, _value: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "Am 3. Mai 2020 brannte die Halle. ",
        "am 3. Mai 2020 brannte die Halle, ",
        "danach brannte die Halle, ",
        "Danach brannte am 3. Mai 2020 die Halle. Zuvor kam der Rat. ",
        "zunächst brannte die Halle, ",
        "der am 3. Mai 2020 den Mann, ",
        "dass die Frau, ",
        "nachdem die Frau am 3. Mai 2020 kam, ",
        "der am 3. Mai 2020 geplante Rat ",
        "die kam, zu gehen, ",
        "sagte er, ",
        "so die Polizei, ",
        "am 3. Mai 2020 kam er und ging dann ",
        "(",
        "(am 3. Mai 2020 kam er ",
        "„am 3. Mai 2020 ",
        "der ",
        "2019 ",
        "2019, ",
        "bis zum 3. Mai 2020 bis ",
        "wie der Mann ",
        "in Musterstadt, die am 3. Mai 2020 kam ",
        "jeden Montag und Dienstag, ",
        "Am 3. Mai 2020 kam er" + "x" * 50,
    ],
)
def test_eight_times_the_text_is_eight_times_the_work(unit: str) -> None:
    def work(count: int) -> int:
        article, sentences, times = parts_of("Am 3. Mai 2020 brannte die Halle, " + unit * count)
        return steps(lambda: find_events(article, sentences, times, rules=RULES))

    small = work(50)
    assert work(400) < 1.5 * 8 * max(small, 1_000)


def test_many_unordered_events_at_the_same_time_name_one_predecessor_each() -> None:
    days = [Days(date(2020, 5, 1), date(2020, 5, 1))] * 500
    days += [Days(date(2020, 5, 2), date(2020, 5, 2))] * 500
    assert sum(len(item.after) for item in in_order(days, [])) == 500


def test_the_article_decides_where_since_ends() -> None:
    article, sentences, times = parts_of("Seit 2019 steht die Halle leer.")
    undated = Article(text=article.text)
    (event,) = find_events(undated, sentences, times, rules=RULES)
    assert (event.earliest, event.latest) == (date(2019, 1, 1), None)
