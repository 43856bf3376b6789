"""Who says what, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from test_voices_html import hostile_voices
from voices_samples import many_voices, voices_sample

from beleg.records import Analysis
from browsing import PHONE, WIDE, Faults, Opener

pytestmark = pytest.mark.browser


CHAIN = "Strandläufer → Die Boje → Merle Hansohn → Fedor Blank → Tomke Iversen"
BLANK = "Fedor Blank (2)"


def active(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id"))


def card(page: Any) -> str:
    return " ".join(page.locator("#bubble").inner_text().split())


def rows(page: Any) -> Any:
    return page.locator("#says tbody tr:visible")


def shown(page: Any) -> str:
    return str(page.locator("#says [role=status]").inner_text())


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_pins_the_card_of_a_quotation_and_escape_closes_it(
    show: Opener, key: str
) -> None:
    page = show(voices_sample())
    page.locator("#w-q4").focus()
    assert CHAIN in card(page)
    page.keyboard.press(key)
    assert active(page) == "bubble"
    assert page.locator("#w-q4").get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert page.locator("#bubble").is_hidden()
    assert active(page) == "w-q4"


def test_arrows_go_from_quotation_to_time_to_quotation(show: Opener) -> None:
    page = show(voices_sample())
    page.locator("#w-q1").focus()
    visited = []
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        visited.append(active(page))
    assert visited == ["w-t1", "w-q2", "w-q3", "w-q4"]


def test_the_card_of_a_quotation_lights_its_words_its_speaker_and_its_row(show: Opener) -> None:
    page = show(voices_sample())
    page.locator("#w-q8").focus()
    lit = page.locator("article .voice-lit")
    assert [text for text in lit.all_inner_texts() if text.strip()] == [
        "berichtete",
        "zwei Beamte, die ungenannt bleiben wollten",
        "der",
        " Kaufpreis sei längst geflossen",
    ]
    assert page.locator("#says tr.lit .person").inner_text() == "zwei Beamte"
    page.keyboard.press("Escape")
    assert page.locator(".voice-lit").count() == 0


def test_the_mouse_shows_the_card_over_any_word_and_keeps_it_on_click(show: Opener) -> None:
    page = show(voices_sample())
    bubble = page.locator("#bubble")
    page.locator("article .said[data-c=q3]").last.hover()
    bubble.wait_for(state="visible")
    assert "Fedor Blank" in card(page)
    page.mouse.move(5, 5)
    bubble.wait_for(state="hidden")
    page.locator("article .said[data-c=q4]").last.click()
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)
    assert CHAIN in card(page)
    page.locator(".masthead .byline").click()
    assert bubble.is_hidden()


def test_the_bar_beside_paragraphs_shows_the_quotation_that_fills_them(show: Opener) -> None:
    page = show(voices_sample())
    page.locator(".beside").nth(1).hover()
    page.locator("#bubble").wait_for(state="visible")
    assert "Strandläufer → Die Boje → Merle Hansohn" in card(page)


def test_words_of_a_quotation_can_be_selected_without_a_card(show: Opener) -> None:
    page = show(voices_sample())
    box = page.locator("article .said[data-c=q2]").last.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 80, middle, steps=4)
    page.mouse.up()
    assert len(page.evaluate("String(getSelection())")) > 3
    assert not page.locator("#bubble").evaluate("bubble => bubble.contains(document.activeElement)")
    page.mouse.move(5, 5)
    page.locator("#bubble").wait_for(state="hidden")


def test_a_card_leads_to_the_quotation_around_it(show: Opener) -> None:
    page = show(voices_sample())
    page.locator("#w-q4").click()
    page.locator("#bubble a.jump").click()
    page.wait_for_function("document.activeElement.id === 'w-q3'")
    assert "Fedor Blank" in card(page)


def test_a_card_leads_to_everything_its_speaker_says(show: Opener) -> None:
    page = show(voices_sample())
    page.locator("#w-q4").click()
    page.locator("#bubble a.choose").click()
    assert active(page) == "who"
    assert rows(page).locator(".person").all_inner_texts() == ["Tomke Iversen"] * 3
    assert page.locator("#bubble").is_hidden()


def test_the_table_is_filtered_by_person_and_by_word(show: Opener) -> None:
    page = show(voices_sample())
    assert shown(page) == "14 von 14 gezeigt"
    page.select_option("#who", label=BLANK)
    assert shown(page) == "2 von 14 gezeigt"
    page.fill("#says-needle", "VERLIEHEN")
    assert rows(page).count() == 1
    assert shown(page) == "1 von 14 gezeigt"
    page.fill("#says-needle", "gibt es nicht")
    assert shown(page) == "Keine Aussage passt dazu."
    page.fill("#says-needle", "")
    page.select_option("#who", label="Funk Nordlicht (1)")
    assert rows(page).locator(".person").all_inner_texts() == ["zwei Beamte"]
    page.select_option("#who", label="nicht genannt (1)")
    assert rows(page).count() == 1
    assert page.locator("#register tbody tr:visible").count() == 5


@pytest.mark.parametrize(
    ("column", "first", "last"),
    [
        ("person", "Antje Rohwer", "zwei Beamte"),
        ("chain", "Merle Hansohn", "Ole Marten"),
        ("place", "Merle Hansohn", "Ole Marten"),
    ],
)
def test_headings_sort_by_keyboard_both_ways(
    show: Opener, column: str, first: str, last: str
) -> None:
    page = show(voices_sample())
    heading = page.locator(f"#says th.{column}").first
    names = page.locator("#says tbody .person bdi")
    heading.locator("button").focus()
    page.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    assert (names.first.inner_text(), names.last.inner_text()) == (first, last)
    page.keyboard.press("Space")
    assert heading.get_attribute("aria-sort") == "descending"
    assert (names.first.inner_text(), names.last.inner_text()) == (last, first)
    assert page.locator("#says th[aria-sort]").count() == 1
    assert page.locator("#register th[aria-sort]").count() == 0


def test_a_long_statement_opens_by_keyboard(show: Opener) -> None:
    page = show(voices_sample())
    full = page.locator("#says details p").first
    assert full.is_hidden()
    page.locator("#says summary").first.focus()
    page.keyboard.press("Enter")
    assert "Wahr wird davon weniger sein" in full.inner_text()
    assert page.locator("#says .short").first.is_hidden()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["drawing", "list"])
def test_the_tree_chooses_rows_by_keyboard(show: Opener, viewport: dict[str, int]) -> None:
    page = show(voices_sample(), viewport=viewport)
    drawing, listed = page.locator(".drawing"), page.locator(".tree .list")
    wide = viewport == WIDE
    assert (drawing.is_visible(), listed.is_visible()) == (wide, not wide)
    inside = drawing if wide else listed
    inside.locator("a.choose", has_text=re.compile("Fedor Blank")).focus()
    page.keyboard.press("Enter")
    assert active(page) == "who"
    assert page.locator("#who option:checked").inner_text() == BLANK
    assert shown(page) == "2 von 14 gezeigt"


def test_the_names_above_the_article_choose_rows(show: Opener) -> None:
    page = show(voices_sample())
    page.locator(".legend.voices a", has_text="Antje Rohwer").click()
    assert rows(page).locator(".person").all_inner_texts() == ["Antje Rohwer"]


def test_the_place_of_a_row_leads_to_the_words(show: Opener) -> None:
    page = show(voices_sample(), viewport=PHONE)
    page.locator("#says a[href='#w-q12']").click()
    page.wait_for_function("document.activeElement.id === 'w-q12'")
    assert "Antje Rohwer" in card(page)


def test_without_script_text_tree_table_and_cards_are_there(show: Opener) -> None:
    page = show(voices_sample(), java_script_enabled=False)
    assert page.locator("#says tbody tr:visible").count() == 14
    assert page.locator("#says form").is_hidden()
    assert page.locator("#says thead button").count() == 0
    page.locator("#w-q4").click()
    assert CHAIN in " ".join(page.locator("#card-q4").inner_text().split())


def test_print_has_the_table_and_no_cards_of_voices(show: Opener) -> None:
    page = show(voices_sample())
    page.emulate_media(media="print")
    assert page.locator("#says tbody tr:visible").count() == 14
    assert page.locator("#says form").is_hidden()
    assert page.locator("#card-q1").is_hidden()


SAMPLES: dict[str, Callable[[], Analysis]] = {
    "voices": voices_sample,
    "many": lambda: many_voices(500),
    "hostile": hostile_voices,
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("width", [360, 700, 1000, 1300])
def test_the_page_never_scrolls_sideways(show: Opener, name: str, width: int) -> None:
    page = show(SAMPLES[name](), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#w-q1").focus()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("size", "scheme", "ui"),
    [(WIDE, "light", "de"), (WIDE, "dark", "en"), (PHONE, "light", "en"), (PHONE, "dark", "de")],
)
def test_axe_finds_nothing_serious(
    show: Opener, serious_faults: Faults, size: dict[str, int], scheme: str, ui: str
) -> None:
    page = show(voices_sample(), ui=ui, viewport=size, color_scheme=scheme)
    assert serious_faults(page) == []
    page.locator("#w-q4").click()
    page.locator("#says summary").first.evaluate("summary => summary.parentElement.open = true")
    assert serious_faults(page) == []
