"""What people found goes into a ClaimReview; without it the drafts stay as they are."""

from __future__ import annotations

import json
from datetime import date

import pytest

from beleg.errors import SpanOutsideText
from beleg.records import Analysis, Argument, Check, Dating, Document
from beleg.report.claimreview import Verdict, to_claimreview
from beleg.text.article import Article, Span

TEXT = "Der Umbau kostete 40 Millionen Euro. Er dauerte drei Jahre."
COST, YEARS = Span(0, 36), Span(37, 59)


def analysis() -> Analysis:
    return Analysis(
        schema=1,
        beleg="0.1.0",
        model="test@1",
        document=Document(
            id=Article(text=TEXT).id,
            text=TEXT,
            title=None,
            author="Ina Weber",
            outlet=None,
            url=None,
            published=None,
            language="de",
        ),
        dating=Dating(earliest=None, latest=None, basis="inferred", evidence=(), conflicts=()),
        people=(),
        quotes=(),
        times=(),
        status=(),
        events=(),
        forecasts=(),
        argument=Argument(nodes=(), edges=()),
        wording=(),
        checklist=(Check(span=COST, why=("exact figure",), weight=0.5, records=()),),
    )


def verdict(span: Span, evidence: str | None = "https://a.example/h") -> Verdict:
    return Verdict(
        span=span,
        words="Es waren 41.",
        rating=2,
        evidence=evidence,
        note="Haushalt",
        by="anna",
        on=date(2024, 3, 7),
    )


def test_a_verdict_says_what_was_found_on_which_words() -> None:
    (review,) = json.loads(to_claimreview(analysis(), verdicts=[verdict(COST)]))["@graph"]
    assert review["claimReviewed"] == TEXT[:36]
    assert review["itemReviewed"]["author"]["name"] == "Ina Weber"
    assert review["keywords"] == ["exact figure"]
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Es waren 41.",
        "ratingValue": 2,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert (review["reviewBody"], review["citation"]) == ("Haushalt", "https://a.example/h")
    assert review["dateCreated"] == "2024-03-07"


def test_what_the_checklist_no_longer_has_is_reviewed_without_a_claimant() -> None:
    (review,) = json.loads(to_claimreview(analysis(), verdicts=[verdict(YEARS)]))["@graph"]
    assert review["claimReviewed"] == "Er dauerte drei Jahre."
    assert "author" not in review["itemReviewed"]


def test_an_address_that_is_no_link_is_left_out() -> None:
    made = to_claimreview(analysis(), verdicts=[verdict(COST, "javascript:alert(1)")])
    assert "javascript" not in made


def test_a_verdict_beyond_the_text_is_refused() -> None:
    with pytest.raises(SpanOutsideText):
        to_claimreview(analysis(), verdicts=[verdict(Span(50, 99))])


def test_without_verdicts_there_is_a_draft_for_each_check() -> None:
    (draft,) = json.loads(to_claimreview(analysis()))["@graph"]
    assert "reviewRating" not in draft
