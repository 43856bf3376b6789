from __future__ import annotations

import json
from datetime import date
from typing import Any

import msgspec
import pytest
from judged_samples import judged_sample
from report_samples import changed, make_analysis

from beleg.records import Analysis, Check, Speaker
from beleg.report.claimreview import to_claimreview
from beleg.text.article import Span

LEFT_TO_THE_EDITOR = {"reviewRating", "author", "url", "datePublished"}


def drafts(analysis: Analysis) -> list[dict[str, Any]]:
    graph = json.loads(to_claimreview(analysis))
    assert graph["@context"] == "https://schema.org"
    found: list[dict[str, Any]] = graph["@graph"]
    return found


def test_each_check_is_a_draft_with_the_words_the_claim_and_where_it_stands() -> None:
    analysis = changed(judged_sample(), outlet="Seewarther Nachrichten", url="https://a.example/1")
    found = drafts(analysis)
    assert len(found) == len(analysis.checklist)
    span = analysis.checklist[2].span
    assert found[2] == {
        "@type": "ClaimReview",
        "identifier": f"{analysis.document.id}#char={span.start},{span.end}",
        "creativeWorkStatus": "Draft",
        "claimReviewed": "„Wir werden bis Ende Juni einen Käufer finden, falls der Hafen zahlt“",
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Karla Wendt"},
            "datePublished": "2024-03-07",
            "appearance": {
                "@type": "Article",
                "identifier": analysis.document.id,
                "headline": "Die Fähre",
                "author": {"@type": "Person", "name": "Jona Wells"},
                "publisher": {"@type": "NewsMediaOrganization", "name": "Seewarther Nachrichten"},
                "datePublished": "2024-03-07",
                "url": "https://a.example/1",
                "inLanguage": "de",
            },
        },
        "keywords": ["precise quotation"],
    }


def test_what_the_review_finds_and_who_reviews_is_left_to_the_editor() -> None:
    for draft in drafts(judged_sample()):
        assert not LEFT_TO_THE_EDITOR & draft.keys()


def test_the_author_of_a_claim_is_the_speaker_else_the_writer_else_nobody() -> None:
    unnamed, own, quoted = drafts(judged_sample())
    assert "author" not in unnamed["itemReviewed"]
    assert own["itemReviewed"]["author"]["name"] == "Jona Wells"
    assert quoted["itemReviewed"]["author"]["name"] == "Karla Wendt"


@pytest.mark.parametrize(
    ("kind", "author"),
    [
        ("organisation", "Organization"),
        ("outlet", "NewsMediaOrganization"),
        ("document", None),
        ("unknown", None),
    ],
)
def test_only_people_and_organisations_are_authors(kind: str, author: str | None) -> None:
    analysis = judged_sample()
    (person,) = analysis.people
    other = msgspec.structs.replace(analysis, people=(msgspec.structs.replace(person, kind=kind),))
    assert drafts(other)[2]["itemReviewed"].get("author", {}).get("@type") == author


def test_a_speaker_who_stays_open_is_no_author() -> None:
    analysis = judged_sample()
    first, second = analysis.quotes
    speaker = Speaker(person="p1", spans=(), unresolved="several")
    quotes = (first, msgspec.structs.replace(second, speaker=speaker))
    assert (
        "author" not in drafts(msgspec.structs.replace(analysis, quotes=quotes))[2]["itemReviewed"]
    )


def test_a_day_that_is_only_inferred_is_not_given() -> None:
    claim = drafts(changed(judged_sample(), published=None))[0]["itemReviewed"]
    assert "datePublished" not in claim
    assert "datePublished" not in claim["appearance"]


def test_nothing_in_it_can_leave_a_script_element() -> None:
    text = "</script><!-- & \u2028\u2029 ]]> <b>"
    check = Check(span=Span(0, len(text)), why=("dated",), weight=0.2, records=())
    analysis = msgspec.structs.replace(
        make_analysis(text, title=text, author=text, url="javascript:alert(1)"), checklist=(check,)
    )
    written = to_claimreview(analysis)
    assert not set("<>&\u2028\u2029") & set(written)
    (draft,) = json.loads(written)["@graph"]
    assert draft["claimReviewed"].startswith("</script><!-- &")
    assert "url" not in draft["itemReviewed"]["appearance"]


def test_it_is_one_line_unless_indented_and_the_same_either_way() -> None:
    analysis = judged_sample()
    assert "\n" not in to_claimreview(analysis)
    indented = to_claimreview(analysis, indent=2)
    assert indented.startswith('{\n  "@context"')
    assert json.loads(indented) == json.loads(to_claimreview(analysis))


def test_an_article_with_nothing_to_verify_gives_an_empty_graph() -> None:
    assert drafts(make_analysis("x", published=date(2024, 3, 7))) == []
