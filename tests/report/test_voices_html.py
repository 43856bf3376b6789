"""Who says what in the HTML report."""

from __future__ import annotations

from collections import Counter

import lxml.html
import msgspec
import pytest
from report_samples import changed, make_analysis, sample
from test_html import HOSTILE, article_text, parse
from voices_samples import many_voices, quotation, voices_sample, with_voices

from beleg.errors import SpanOutsideText
from beleg.records import Analysis, Person
from beleg.report.html import to_html
from beleg.text.article import Span


def hostile_voices() -> Analysis:
    """Markup in every field of people and quotations, ids included."""
    text = f"Er {HOSTILE} sagte: {HOSTILE}."
    said = Span(text.rindex(HOSTILE), len(text) - 1)
    name = Span(0, 3 + len(HOSTILE))
    quote = quotation(
        1,
        (said,),
        (HOSTILE + "2", HOSTILE),
        (name,),
        medium=HOSTILE,
        cue=(name,),
        addressee=(name,),
    )
    twin = msgspec.structs.replace(quote, id=HOSTILE, parent=HOSTILE)
    person = Person(id=HOSTILE, name=HOSTILE, kind="person", roles=(HOSTILE,), mentions=())
    return with_voices(changed(make_analysis(text), outlet=HOSTILE), (person,), (quote, twin, twin))


def text_of(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_table_tells_who_says_what_through_whom_and_where() -> None:
    root = parse(to_html(voices_sample()))
    rows = root.xpath("//section[@id='says']//tbody/tr")
    assert len(rows) == 14
    assert [text_of(cell) for cell in rows[7]] == [
        "zwei Beamte",
        "der Kaufpreis sei längst geflossen",
        "Strandläufer → Die Boje → Merle Hansohn → Funk Nordlicht → zwei Beamte",
        "indirekt",
        "ungenannt",
        "Absatz 5",
    ]
    assert rows[7].xpath(".//a/@href") == ["#w-q8"]


def test_a_long_statement_is_shortened_and_there_in_full() -> None:
    page = to_html(voices_sample())
    (details, _) = parse(page).xpath("//section[@id='says']//details")
    assert text_of(details.xpath("./summary/span[@class='short']")[0]).endswith("…")
    assert "Wahr wird davon weniger sein.“" in text_of(details.xpath("./p")[0])


def test_every_quotation_has_a_link_to_its_card_that_the_keyboard_reaches() -> None:
    analysis = voices_sample()
    root = parse(to_html(analysis))
    for number in range(1, len(analysis.quotes) + 1):
        (link,) = root.xpath(f"//article//a[@data-o='q{number}' and not(@tabindex)]")
        assert f"q{number}" in link.get("data-c").split()
        assert root.xpath(f"//li[@id='card-q{number}']")
        described = root.xpath(f"//*[@id='{link.get('aria-describedby')}']")
        assert len(described) == 1


def test_the_card_gives_speaker_role_chain_form_source_and_what_it_stands_in() -> None:
    (card,) = parse(to_html(voices_sample())).xpath("//li[@id='card-q4']")
    text = text_of(card)
    assert "Tomke Iversen Hafenmeisterin" in text
    assert "Strandläufer → Die Boje → Merle Hansohn → Fedor Blank → Tomke Iversen" in text
    assert "wörtlich, gesprochen" in text
    assert "Person mit Namen" in text
    assert card.xpath(".//a[@href='#w-q3']")


def test_an_open_speaker_says_so_in_card_and_table() -> None:
    root = parse(to_html(voices_sample(), ui="en"))
    assert "several could be" in text_of(root.xpath("//li[@id='card-q10']")[0])
    assert "several could be" in text_of(root.xpath("//*[@id='who-q10']")[0])


def test_nested_quotations_carry_the_looks_of_both() -> None:
    root = parse(to_html(voices_sample()))
    (inner,) = root.xpath("//article//a[@data-o='q4']")
    (outer,) = root.xpath("//article//a[@data-o='q3']")
    look = {name for name in outer.get("class").split() if name.startswith("a-")}
    assert look
    assert look <= set(inner.get("class").split())
    assert [name for name in inner.get("class").split() if name.startswith("b-")]


def test_the_tree_is_a_drawing_and_a_list_of_the_same_voices() -> None:
    (tree,) = parse(to_html(voices_sample())).xpath("//section[@id='tree']")
    drawn = tree.xpath(".//*[local-name()='svg']//*[local-name()='a']")
    listed = tree.xpath(".//div[@class='list']//a")
    assert [a.get("data-choose") for a in drawn] == [a.get("data-choose") for a in listed]
    assert drawn[3].get("aria-label") == (
        "Die Boje → Merle Hansohn → Fedor Blank → Tomke Iversen: 1 Aussage"
    )
    assert text_of(listed[3]) == "Tomke Iversen 1 Aussage"


def test_every_choice_of_the_tree_is_an_option_with_rows() -> None:
    root = parse(to_html(voices_sample()))
    options = set(root.xpath("//select[@id='who']//option/@value"))
    rows = {
        token for who in root.xpath("//section[@id='says']//tr/@data-who") for token in who.split()
    }
    chosen = set(root.xpath("//a[@class='choose' or @class='choose node']/@data-choose"))
    assert chosen <= options
    assert options - {""} <= rows


@pytest.mark.parametrize("analysis", [voices_sample(), many_voices(500), hostile_voices()])
def test_ids_are_unique_links_arrive_and_the_text_is_unchanged(analysis: Analysis) -> None:
    page = to_html(analysis)
    root = parse(page)
    ids = Counter(root.xpath("//@id"))
    assert [name for name, number in ids.items() if number > 1] == []
    assert {href[1:] for href in root.xpath("//a/@href") if href.startswith("#")} <= ids.keys()
    assert set(root.xpath("//@aria-labelledby | //@aria-describedby")) <= ids.keys()
    assert article_text(page).split() == analysis.document.text.split()


def test_hostile_names_appear_as_text() -> None:
    page = to_html(hostile_voices())
    root = parse(page)
    assert not root.xpath("//img")
    assert len(root.xpath("//script")) == 1
    assert HOSTILE in root.xpath("string(//section[@id='says'])")
    assert not [value for value in root.xpath("//*/@data-who | //@data-choose") if "<" in value]


def test_without_quotations_there_is_no_word_of_voices() -> None:
    root = parse(to_html(sample()))
    assert not root.xpath("//*[@id='says' or @id='tree'] | //*[contains(@class, 'beside')]")
    assert "Aussage" not in root.xpath("string(//main)")


def test_a_quotation_without_a_place_is_in_the_table_without_a_link() -> None:
    analysis = with_voices(make_analysis("Nichts."), (), (quotation(1, (), ("a",), None),))
    (row,) = parse(to_html(analysis)).xpath("//section[@id='says']//tbody/tr")
    assert text_of(row[-1]) == "–"


@pytest.mark.parametrize("part", ["spans", "cue", "frame", "addressee", "speaker"])
def test_a_quotation_outside_the_text_is_refused(part: str) -> None:
    far = (Span(3, 99),)
    quote = quotation(1, (Span(0, 2),), ("a",), (Span(0, 2),))
    if part == "speaker":
        quote = quotation(1, (Span(0, 2),), ("a",), far)
    else:
        quote = msgspec.structs.replace(quote, **{part: far})
    with pytest.raises(SpanOutsideText):
        to_html(with_voices(make_analysis("kurz"), (), (quote,)))


def test_twice_the_quotations_make_twice_the_page() -> None:
    small, large = (len(to_html(many_voices(number))) for number in (400, 800))
    assert large < 2.1 * small


def test_the_same_analysis_gives_the_same_bytes() -> None:
    assert to_html(voices_sample()) == to_html(voices_sample())
