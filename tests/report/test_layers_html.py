"""Checklist, forecasts, argument, status cues and wording in the HTML report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import cast

import lxml.html
import msgspec
import pytest
from layers_samples import CHECKS, hostile_layers, layers_sample, many_layers
from report_samples import make_analysis

from beleg.errors import SpanOutsideText
from beleg.records import (
    Analysis,
    Argument,
    ArgumentEdge,
    ArgumentNode,
    Check,
    CheckReason,
    Status,
    Wording,
)
from beleg.report.html import to_html
from beleg.text.article import Span
from linear import assert_linear

CHECKS_WORDS = "der Kaufpreis sei längst geflossen"
EVIL = "\"><script>alert('x')</script><img src=x onerror=alert(1)>{{ 7*7 }}</q>\u202e"


def parse(page: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page)


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


SAMPLE = parse(to_html(layers_sample()))


@pytest.mark.parametrize("ui", ["de", "en"])
def test_the_same_analysis_gives_the_same_bytes(ui: str) -> None:
    assert to_html(layers_sample(), ui=ui) == to_html(layers_sample(), ui=ui)


def test_no_day_of_the_reader_is_in_the_file() -> None:
    due = [(d.get("datetime"), words(d)) for d in SAMPLE.xpath("//time[@class='due']")]
    assert due == [
        ("2024-06-30", "bis 30. Juni 2024"),
        ("2024-11-30", "bis 30. November 2024"),
    ]


@pytest.mark.parametrize(
    "analysis", [layers_sample(), hostile_layers(EVIL), many_layers(300)], ids=["sample", "hostile", "many"]
)  # fmt: skip
def test_every_id_is_unique_and_every_link_within_the_page_arrives(analysis: Analysis) -> None:
    root = parse(to_html(analysis))
    ids = Counter(root.xpath("//@id"))
    assert [name for name, number in ids.items() if number > 1] == []
    targets = {href[1:] for href in root.xpath("//a/@href") if href.startswith("#")}
    assert targets <= ids.keys()
    references = root.xpath("//@aria-labelledby | //@aria-describedby | //@aria-controls")
    assert set(references) <= ids.keys()


@pytest.mark.parametrize("ui", ["de", "en"])
def test_hostile_words_appear_as_text_in_every_layer(ui: str) -> None:
    page = to_html(hostile_layers(EVIL), ui=ui)
    root = parse(page)
    shown = EVIL.replace("\u202e", "\ufffd")
    assert len(root.xpath("//script")) == 1
    assert not root.xpath("//img | //@style")
    assert not {name for e in root.iter() for name in e.attrib if name.startswith("on")}
    assert "\u202e" not in page
    for section in ("checks", "forecasts", "argument"):
        assert shown in root.xpath(f"string(//section[@id='{section}'])")
    for card in ("card-s1", "card-w1"):
        assert shown in root.xpath(f"string(//li[@id='{card}'])")


def test_the_checklist_comes_first_and_the_weightiest_of_it() -> None:
    (section,) = SAMPLE.xpath("//section[@id='checks']")
    assert section.getprevious().tag == "header"
    claims = [words(claim) for claim in section.xpath(".//p[@class='claim']")]
    assert claims == ["der Kaufpreis sei längst geflossen", "nie verkauft", "seit 1998"]
    first = section.xpath("./ol/li")[0]
    assert [words(why) for why in first.xpath(".//ul[@class='why']/li")] == [
        "ungenannte Quelle",
        "trägt einen Schluss",
    ]
    assert "Funk Nordlicht → zwei Beamte · Quelle: ungenannt" in words(first)
    assert "„seit 1998“: ab 1998" in words(section) or "„seit 1998“" in words(section)


def test_every_check_has_a_box_with_a_name_and_leads_to_its_words() -> None:
    (section,) = SAMPLE.xpath("//section[@id='checks']")
    boxes = section.xpath(".//input[@type='checkbox']")
    assert len(boxes) == len(CHECKS)
    for box in boxes:
        (name,) = SAMPLE.xpath(f"//*[@id='{box.get('aria-labelledby')}']")
        assert words(name).startswith("Geprüft: ")
        assert not box.get("name")
    assert not SAMPLE.xpath("//form[@action]")
    assert SAMPLE.xpath("//article//*[@id='w-k2']")
    places = SAMPLE.xpath("//article//*[contains(concat(' ', @data-r, ' '), ' k2 ')]")
    assert "".join(place.text_content() for place in places) == CHECKS_WORDS


def test_a_reason_that_is_not_known_is_shown_as_it_is() -> None:
    check = Check(
        span=Span(0, 4), why=(cast("CheckReason", "held by nobody"),), weight=1, records=()
    )
    analysis = msgspec.structs.replace(make_analysis("Text."), checklist=(check,))
    (why,) = parse(to_html(analysis)).xpath("//ul[@class='why']/li")
    assert words(why) == "held by nobody"


def test_a_forecast_card_names_holder_window_certainty_scale_and_question() -> None:
    cards = SAMPLE.xpath("//li[starts-with(@class, 'forecast ')]")
    assert [card.get("class").split()[1] for card in cards] == [
        "announcement", "prediction", "conditional", "warning",
    ]  # fmt: skip
    first = words(cards[0])
    assert "Ole Marten" in first
    assert "bis 30. Juni 2024" in first
    assert "weniger sein 66 bis 100 Prozent" in first
    assert "Weltklimarats (IPCC)" in first
    assert (
        "bis 30. Juni 2024 eingetreten: „Wir fordern Einsicht in alle Verträge, und zwar“?" in first
    )
    assert cards[0].xpath(".//line[@class='part']/@x1") == ["66%"]
    assert "Bedingung Andernfalls" in words(cards[2])
    assert "eingetreten" not in words(cards[2])
    assert "Merle Hansohn" in words(cards[3])  # the article's author


def test_the_argument_stands_under_its_holder_with_connectives_and_weaknesses() -> None:
    (section,) = SAMPLE.xpath("//section[@id='argument']")
    assert [words(h) for h in section.xpath("./h3")] == ["Merle Hansohn", "Ole Marten"]
    first, second = section.xpath("./div[@class='graph']")
    given = first.xpath("./ul/li")
    assert [g.get("class") for g in given] == ["for", "for", "against"]
    assert [words(g.xpath("./p[@class='edge']")[0]) for g in given] == [
        "spricht dafür: längst",
        "spricht dafür: ohne Bindewort",
        "spricht dagegen: bestreitet",
    ]
    assert [
        words(f)
        for f in given[0].xpath("./div[contains(@class, 'box')]//span[starts-with(@class, 'flag')]")
    ] == [
        "unbestätigt",
        "ungenannte Quelle",
    ]
    assert "Der Schlüssel liegt seit Jahren im Amt" in words(
        given[0].xpath("./div[@class='below']")[0]
    )
    assert "spricht dafür: ist kein" in words(second)


def test_below_a_conclusion_stands_what_is_left_if_the_weak_reasons_fall() -> None:
    first, second = SAMPLE.xpath("//div[@class='graph']")
    carries = words(first.xpath("./div[@class='carries']")[0])
    assert "Von 2 Gründen ist 1 ungesichert" in carries
    assert "der Kaufpreis sei längst geflossen – unbestätigt, ungenannte Quelle" in carries
    assert "Fällt er weg, bleibt: der Turm gehöre seit 1998 dem Land" in carries
    assert "Für den einen Grund ist nichts angemerkt" in words(second)


def test_status_cues_and_words_are_marks_with_cards_of_their_kind() -> None:
    kinds = {card.get("id"): card.get("data-kind") for card in SAMPLE.xpath("//li[@data-kind]")}
    assert [kinds[f"card-w{n}"] for n in range(1, 5)] == [
        "intensifier", "hedge", "scare-quote", "loaded",
    ]  # fmt: skip
    assert kinds["card-s1"] == "status"
    (mark,) = SAMPLE.xpath("//article//a[@id='w-s1']")
    assert {"mark", "status", "denied"} <= set(mark.get("class").split())
    assert "s1" in mark.get("data-c").split()
    lit = SAMPLE.xpath("//article//*[contains(concat(' ', @data-r, ' '), ' s1 ')]")
    assert "Der Schlüssel liegt seit Jahren im Amt" in "".join(e.text_content() for e in lit)
    card = words(SAMPLE.xpath("//li[@id='card-s1']")[0])
    assert "bestritten" in card
    assert "Wer so spricht Merle Hansohn" in card


def test_the_legend_has_a_switch_for_each_kind_that_occurs() -> None:
    switches = SAMPLE.xpath("//div[@class='kinds']//input/@data-kind")
    assert switches == ["time", "voice", "status", "loaded", "scare-quote", "hedge", "intensifier"]
    assert all(
        box.get("checked") is not None for box in SAMPLE.xpath("//div[@class='kinds']//input")
    )
    only = msgspec.structs.replace(
        make_analysis("Das ist wohl so."), wording=(Wording(span=Span(8, 12), kind="hedge", quote=None),)
    )  # fmt: skip
    assert parse(to_html(only)).xpath("//div[@class='kinds']//input/@data-kind") == ["hedge"]


def test_marks_over_each_other_keep_the_text() -> None:
    (article,) = parse(to_html(layers_sample())).xpath("//article")
    for helper in article.xpath(".//*[@aria-hidden='true']"):
        helper.drop_tree()
    assert article.text_content().split() == layers_sample().document.text.split()


def test_english_pages_name_the_layers_in_english() -> None:
    root = parse(to_html(layers_sample(), ui="en"))
    text = words(root)
    for name in ("Check first", "Forecasts", "Arguments", "unnamed source", "carries a conclusion"):
        assert name in text
    for name in ("Zuerst", "Vorhersage", "Begründung", "ungenannt", "Häkchen"):
        assert name not in re.sub(r"card.*", "", text.replace(layers_sample().document.text, ""))


def test_what_is_not_there_leaves_no_trace() -> None:
    root = parse(to_html(make_analysis("Kein Schluss, nirgends.")))
    assert not root.xpath("//*[@id='checks' or @id='forecasts' or @id='argument']")
    assert not root.xpath("//nav[@class='contents'] | //div[@class='kinds']")


OUTSIDE = Span(2, 99)
WRONG: dict[str, Callable[[], dict[str, object]]] = {
    "status": lambda: {"status": (Status(span=OUTSIDE, label="denied", about=None, quote=None),)},
    "about": lambda: {"status": (Status(span=Span(0, 1), label="denied", about=OUTSIDE, quote=None),)},
    "wording": lambda: {"wording": (Wording(span=OUTSIDE, kind="hedge", quote=None),)},
    "check": lambda: {"checklist": (Check(span=OUTSIDE, why=(), weight=0, records=()),)},
    "node": lambda: {
        "argument": Argument(
            nodes=(ArgumentNode(id="n1", span=OUTSIDE, role="premise", quote=None),), edges=()
        )
    },
    "edge": lambda: {
        "argument": Argument(
            nodes=(), edges=(ArgumentEdge(from_="a", to="b", kind="supports", cue=OUTSIDE),)
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_places_outside_the_text_are_refused(name: str) -> None:
    with pytest.raises(SpanOutsideText):
        to_html(msgspec.structs.replace(make_analysis("Text."), **WRONG[name]()))


@pytest.mark.slow
def test_records_over_each_other_in_one_endless_paragraph_take_linear_time() -> None:
    def prepare(count: int) -> Callable[[], object]:
        analysis = many_layers(count)
        return lambda: to_html(analysis)

    assert_linear(prepare, 60)
