"""The layers together: what one needs of the other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import beleg
from beleg.analyse import analyse_each, redated
from beleg.errors import NotGerman
from beleg.modes import Mode
from beleg.text.article import Article

pytestmark = pytest.mark.model

EXAMPLES = Path(__file__).parent.parent / "examples"


def test_undated_reprint_is_dated_and_its_relative_dates_follow() -> None:
    text = (EXAMPLES / "reprint-undated.txt").read_text(encoding="utf-8")
    analysis = beleg.analyse(text)
    assert analysis.dating.basis == "inferred"
    assert (analysis.dating.earliest, analysis.dating.latest) == (
        date(2024, 5, 1),
        date(2024, 6, 30),
    )
    meant = {text[t.span.start : t.span.end]: t for t in analysis.times}
    assert meant["Donnerstag, dem 29. Februar"].value == "2024-02-29"
    assert meant["vergangenen Jahr"].value == "2023"
    assert meant["Anfang Mai"].value == "2024-05"
    assert meant["Montag, den 30. September"].value == "2024-09-30"
    # The day hangs on the day of writing; what is known is between which days it lies.
    tuesday = meant["Letzten Dienstag"]
    assert tuesday.value == "XXXX-WXX-2"
    assert tuesday.earliest is not None
    assert tuesday.earliest <= date(2024, 6, 4) <= (tuesday.latest or date.min)


def test_every_bound_of_the_window_points_at_its_words() -> None:
    text = (EXAMPLES / "reprint-undated.txt").read_text(encoding="utf-8")
    evidence = beleg.analyse(text).dating.evidence
    assert {e.earliest for e in evidence} >= {date(2024, 5, 1)}
    assert {e.latest for e in evidence} >= {date(2024, 6, 30)}
    assert all(text[e.span.start : e.span.end].strip() for e in evidence)


@pytest.mark.parametrize("name", ["news-report.txt", "reprint-undated.txt"])
@pytest.mark.parametrize("first", [None, date(2024, 3, 7)])
@pytest.mark.parametrize("mode", ["news", "narrative"])
def test_another_day_gives_what_the_whole_analysis_from_that_day_gives(
    name: str, first: date | None, mode: Mode
) -> None:
    text, day = (EXAMPLES / name).read_text(encoding="utf-8"), date(2025, 6, 2)
    before = beleg.analyse(text, published=first, mode=mode)
    after = beleg.analyse(text, published=day, mode=mode)
    assert before != after
    assert redated(before, day, mode=mode) == after


@pytest.mark.parametrize(("given", "basis"), [(True, "given"), (False, "metadata")])
def test_a_known_day_is_the_window_and_its_source_is_said(given: bool, basis: str) -> None:
    article = Article(
        text="Gestern fiel im ganzen Land viel Schnee.",
        published=date(2024, 3, 7),
        published_given=given,
    )
    analysis = beleg.analyse(article)
    assert (analysis.dating.earliest, analysis.dating.basis) == (date(2024, 3, 7), basis)
    assert analysis.times[0].value == "2024-03-06"
    assert analysis.events[0].time == analysis.times[0].id


def test_a_day_in_the_head_of_the_text_counts_as_published() -> None:
    text = (EXAMPLES / "news-report.txt").read_text(encoding="utf-8")
    analysis = beleg.analyse(text)
    assert analysis.document.published == date(2025, 3, 14)
    assert analysis.document.author == "Lene Marquart"


def test_the_callers_day_goes_before_the_articles_own() -> None:
    article = Article(text="Gestern fiel im ganzen Land viel Schnee.", published=date(2020, 1, 1))
    assert beleg.analyse(article, published=date(2024, 3, 7)).document.published == date(2024, 3, 7)


def test_another_language_is_refused() -> None:
    with pytest.raises(NotGerman):
        beleg.analyse("The minister said on Friday that the talks would go on until the summer.")


def test_many_articles_come_in_order() -> None:
    texts = ["Am Freitag kam der Minister nach Hause.", "Am Montag ging der Minister wieder fort."]
    assert [a.document.text for a in beleg.analyse_many(texts)] == texts


def test_an_article_that_cannot_be_read_costs_no_other() -> None:
    def missing() -> Article:
        raise OSError("gone")

    def first() -> Article:
        return Article(text="Am Freitag kam der Minister nach Hause.")

    def foreign() -> Article:
        return Article(text="The minister said on Friday that the talks would go on.")

    got = list(analyse_each([missing, first, foreign, first]))
    assert [type(result).__name__ for result in got] == [
        "OSError",
        "Analysis",
        "NotGerman",
        "Analysis",
    ]
    assert got[1] == got[3]
