from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from datetime import date

import lxml.html
import msgspec
import pytest
from report_samples import (
    changed,
    find,
    make_analysis,
    make_dating,
    make_times,
    many_times,
    sample,
)

from beleg.records import Analysis, Conflict
from beleg.report.html import to_html

HOSTILE = "\"><script>alert('x')</script><img src=x onerror=alert(1)>{{ 7*7 }}</style>"
AWKWARD = {
    "markup": HOSTILE,
    "right to left": "\u202eheute\u202c \u05d0\u05d1 \u2066gestern\u2069 \u200bmorgen\ufeff",
    "controls": "heute \x00\x07\x1b[31m\x85\x9b gestern",
    "lone surrogate": "heute \ud83d gestern",
    "one letter": "x",
    "emoji": "👩‍🚒 heute 👍🏽 gestern e\u0301",
    "empty": "",
    "blank": " \n\n ",
    "long word": "Donaudampfschifffahrt" * 200,
}


def parse(page: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page)


def article_text(page: str) -> str:
    (article,) = parse(page).xpath("//article")
    for helper in article.xpath(".//*[@aria-hidden='true']"):
        helper.drop_tree()
    return "\n".join(paragraph.text_content() for paragraph in article.xpath("./p"))


def hostile_everywhere() -> Analysis:
    text = f"Am Montag {HOSTILE} kam er."
    times = make_times(
        text,
        [("Am Montag", "DATE", HOSTILE, HOSTILE, None, "2024-03-04", HOSTILE, HOSTILE)],
    )
    conflict = Conflict(spans=(find(text, "Montag"),), because=HOSTILE)
    analysis = make_analysis(
        text,
        [msgspec.structs.replace(times[0], id=HOSTILE)],
        dating=make_dating(date(2024, 3, 7), conflicts=[conflict]),
        title=HOSTILE,
        author=HOSTILE,
        outlet=HOSTILE,
        url="javascript:alert(1)//" + HOSTILE,
    )
    return changed(analysis, language=HOSTILE)


@pytest.mark.parametrize("ui", ["de", "en"])
@pytest.mark.parametrize("inferred", [False, True])
def test_the_same_analysis_gives_the_same_bytes(ui: str, inferred: bool) -> None:
    assert to_html(sample(inferred=inferred), ui=ui) == to_html(sample(inferred=inferred), ui=ui)


def test_the_policy_allows_exactly_the_style_and_script_inside() -> None:
    page = to_html(sample())
    (policy,) = parse(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


@pytest.mark.parametrize("analysis", [sample(), sample(inferred=True), hostile_everywhere()])
def test_nothing_is_fetched_and_nothing_runs_but_the_one_script(analysis: Analysis) -> None:
    page = to_html(analysis)
    root = parse(page)
    assert len(root.xpath("//script")) == 1
    assert len(root.xpath("//style")) == 1
    assert not root.xpath("//@style | //@srcset | //iframe | //object | //embed | //base")
    assert not root.xpath("//img | //video | //audio | //*[@src]")
    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on")}
    hrefs = root.xpath("//a/@href")
    assert all(href.startswith(("#", "https://", "http://")) for href in hrefs)
    assert root.xpath("//link/@rel") == ["icon"]
    assert "url(" not in page
    assert "@import" not in page


def test_hostile_text_appears_as_text() -> None:
    page = to_html(hostile_everywhere())
    root = parse(page)
    assert root.xpath("string(//h1)") == HOSTILE
    assert HOSTILE in article_text(page)
    assert "{{ 7*7 }}" in page
    assert not root.xpath("//img")
    assert "javascript:" not in "".join(root.xpath("//@href"))


def test_an_http_address_is_linked_without_telling_the_other_side() -> None:
    analysis = make_analysis("Text", url="https://a.example/b?c=1&d=2")
    (link,) = parse(to_html(analysis)).xpath("//a[@class='source']")
    assert link.get("href") == "https://a.example/b?c=1&d=2"
    assert {"noopener", "noreferrer"} <= set(link.get("rel").split())


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD.keys())
@pytest.mark.parametrize("title", [None, HOSTILE])
def test_awkward_texts_are_shown_whole(text: str, title: str | None) -> None:
    page = to_html(make_analysis(text, title=title))
    page.encode("utf-8")
    shown = re.sub(r"[\s\ufffd\u2400-\u2421]", "", article_text(page))
    plain = re.sub(r"[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", "", text)
    assert shown == (plain or "DerArtikelenthältkeinenText.")


def test_directional_marks_cannot_reorder_the_page() -> None:
    page = to_html(make_analysis(AWKWARD["right to left"], title="\u202eoben"))
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(page)


@pytest.mark.parametrize(
    "analysis", [sample(), sample(inferred=True), many_times(500), hostile_everywhere()]
)
def test_every_id_is_unique_and_every_link_within_the_page_arrives(analysis: Analysis) -> None:
    root = parse(to_html(analysis))
    ids = Counter(root.xpath("//@id"))
    assert [name for name, number in ids.items() if number > 1] == []
    targets = {href[1:] for href in root.xpath("//a/@href") if href.startswith("#")}
    assert targets <= ids.keys()
    assert set(root.xpath("//@aria-labelledby | //@aria-describedby")) <= ids.keys()


def test_every_time_has_a_mark_that_can_be_focused_a_card_and_a_table_row() -> None:
    analysis = sample()
    root = parse(to_html(analysis))
    marks = root.xpath("//article//a[contains(@class, 'mark') and not(@tabindex)]")
    for number, time in enumerate(analysis.times, start=1):
        words = analysis.document.text[time.span.start : time.span.end]
        carrying = [m for m in marks if f"t{number}" in m.get("data-r").split()]
        assert carrying, words
        assert words.startswith(carrying[0].text_content())
        (card,) = root.xpath(f"//li[@id='card-t{number}']")
        assert time.value in card.text_content()
        assert time.rule in card.text_content()
        assert len(root.xpath(f"//tbody/tr[@data-r='t{number}']")) == 1


def test_the_card_gives_date_reason_and_a_link_to_the_anchor() -> None:
    (card,) = parse(to_html(sample())).xpath("//li[@id='card-t18']")
    text = " ".join(card.text_content().split())
    assert "„Zwei Tage zuvor“ Montag, 4. März 2024" in text
    assert "von „am Mittwoch“ (Mittwoch, 6. März 2024) aus gerechnet" in text
    assert card.xpath(".//a[@href='#w-t17']")


def test_overlapping_marks_share_their_letters() -> None:
    root = parse(to_html(sample()))
    (both,) = root.xpath("//article//a[contains(@data-c, 'c1')]")
    assert both.get("data-c").split() == ["c1", "t15"]
    assert {"conflict", "time"} <= set(both.get("class").split())
    (rest,) = root.xpath("//article//a[@data-c='t15']")
    assert rest.get("tabindex") == "-1"


def test_crossing_times_keep_the_text() -> None:
    text = "am Montag früh um acht"
    rows = make_times(
        text,
        [
            ("am Montag früh", "DATE", "2024-03-04", None, "2024-03-04", "2024-03-04", None, "r"),
            ("um acht", "TIME", "T08:00", None, None, None, None, "r"),
        ],
    )
    crossing = msgspec.structs.replace(rows[1], span=find(text, "früh um acht"))
    page = to_html(make_analysis(text, [rows[0], crossing]))
    assert article_text(page) == text


def test_the_article_text_is_unchanged_by_the_marks() -> None:
    analysis = sample(inferred=True)
    shown = article_text(to_html(analysis))
    assert shown.split() == analysis.document.text.split()


def test_contradictions_stand_before_the_article_with_links_to_the_words() -> None:
    page = to_html(sample())
    assert page.index("Der 5. März 2024 war ein Dienstag") < page.index("<article")
    (section,) = parse(page).xpath("//section[@class='conflicts']")
    assert "1 Widerspruch" in section.text_content()
    assert section.xpath(".//a[@href='#w-c1-1']")


def test_what_is_not_there_leaves_no_trace() -> None:
    root = parse(to_html(make_analysis("Kein Datum weit und breit.")))
    assert root.xpath("//section") == []
    assert root.xpath("//h2") == []
    assert "Keine Zeitangaben gefunden." in root.xpath("string(//main)")


def test_an_inferred_window_shows_bar_and_evidence() -> None:
    root = parse(to_html(sample(inferred=True)))
    (section,) = root.xpath("//section[@class='dating']")
    assert "6.–10. März 2024" in section.text_content()
    assert len(section.xpath(".//svg[@role='img']")) == 5
    assert section.xpath(".//a[@href='#w-d1']")


def test_english_pages_speak_english_around_the_german_article() -> None:
    root = parse(to_html(sample(), ui="en"))
    assert root.get("lang") == "en"
    assert root.xpath("//article/@lang") == ["de"]
    assert "1 contradiction" in root.xpath("string(//main)")
    assert "Zeitleiste" not in root.text_content()


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="de or en"):
        to_html(sample(), ui="fr")


def test_line_breaks_of_wrapped_text_are_not_kept_and_meant_ones_are() -> None:
    wrapped = (
        "Titel\n\n"
        + "Ein Satz, der von Hand nach etwa siebzig Zeichen umbrochen ist und\nweitergeht."
    )
    verse = "Titel\n\nKurze Zeile,\nnoch eine."
    assert parse(to_html(make_analysis(wrapped, title="T"))).xpath("//article/p/@class") == []
    assert parse(to_html(make_analysis(verse, title="T"))).xpath("//article/p/@class") == ["lines"]


def test_a_headline_in_the_text_stands_for_the_missing_title() -> None:
    root = parse(to_html(make_analysis("Brücke zu\n\nDer Rat tagt am Montag.")))
    assert root.xpath("string(//title)") == "Brücke zu – Beleg"
    assert root.xpath("string(//h1)") == "Brücke zu"
    assert root.xpath("string(//article/p[@class='headline'])") == "Brücke zu"


def test_times_open_for_the_same_reason_stand_together() -> None:
    text = "Irgendwann, damals und einst, alle Jahre wieder."
    times = make_times(
        text,
        [
            ("Irgendwann", "DATE", "X", None, None, None, None, "r#vague"),
            ("damals", "DATE", "X", None, None, None, None, "r#open"),
            ("einst", "DATE", "X", None, None, None, None, "r#vague"),
            ("alle Jahre", "SET", "P1Y", None, None, None, None, "r#explicit"),
        ],
    )
    root = parse(to_html(make_analysis(text, times)))
    (undated, lengths) = root.xpath("//section[@class='loose']")
    assert [len(ul) for ul in undated.xpath("./ul")] == [2, 1]
    assert undated.xpath("./h3/text()")[0] == "die Wörter legen keinen bestimmten Tag fest"
    assert lengths.xpath("./h3/text()") == ["jährlich"]


def test_a_title_the_text_begins_with_is_shown_once() -> None:
    text = "Die Brücke bleibt gesperrt\n\nAm Montag kam der Minister und ging wieder."
    analysis = make_analysis(text, (), title="Die Brücke bleibt gesperrt")
    page = to_html(analysis)
    body = page[page.index("<body") :]
    assert body.count("Die Brücke bleibt gesperrt") == 2  # one of them unseen, for screen readers
    assert 'class="headline"' in body
