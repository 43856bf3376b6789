"""The HTML report in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from report_samples import (
    make_analysis,
    make_dating,
    make_events,
    make_times,
    many_times,
    sample,
)

from beleg.records import Analysis
from browsing import PHONE, WIDE, Faults, Opener, in_view

pytestmark = pytest.mark.browser


HOSTILE = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_opens_the_card_and_escape_closes_it(show: Opener, key: str) -> None:
    page = show()
    page.locator("#w-t1").focus()
    page.keyboard.press(key)
    assert page.locator("#bubble").is_visible()
    assert "Dienstag, 5. März 2024, am Abend" in page.locator("#bubble").inner_text()
    assert page.evaluate("document.activeElement.id") == "bubble"
    assert page.locator("#w-t1").get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert page.locator("#bubble").is_hidden()
    assert page.evaluate("document.activeElement.id") == "w-t1"
    assert page.locator("#w-t1").get_attribute("aria-expanded") == "false"


def test_focus_alone_shows_the_card_and_arrows_and_tab_go_on(show: Opener) -> None:
    page = show()
    page.locator("#w-t1").focus()
    assert "Dienstagabend" in page.locator("#bubble").inner_text()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "w-t2"
    assert "Ende April" in page.locator("#bubble").inner_text()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "w-t3"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == "w-t2"


def test_tab_walks_through_an_open_card_and_on_to_the_next_mark(show: Opener) -> None:
    page = show()
    page.locator("#w-t7").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#w-t6"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "bubble-close"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "w-t8"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "w-t7"


def test_the_mouse_shows_the_card_keeps_it_on_click_and_a_click_beside_closes(
    show: Opener,
) -> None:
    page = show()
    card = page.locator("#bubble")
    page.locator("#w-t3").hover()
    card.wait_for(state="visible")
    page.mouse.move(5, 5)
    card.wait_for(state="hidden")
    page.locator("#w-t3").click()
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)
    assert card.is_visible()
    page.locator("h1").click()
    assert card.is_hidden()


def test_the_card_leads_to_the_time_it_is_counted_from(show: Opener) -> None:
    page = show()
    page.locator("#w-t18").click()
    page.locator("#bubble a.jump").click()
    page.wait_for_function("document.activeElement.id === 'w-t17'")
    assert "am Mittwoch" in page.locator("#bubble").inner_text()


def test_overlapping_marks_show_both_cards(show: Opener) -> None:
    page = show()
    page.locator("#w-c1-1").click()
    text = page.locator("#bubble").inner_text()
    assert "Der 5. März 2024 war ein Dienstag" in text
    assert "Dienstag, 5. März 2024" in text


def test_a_tap_opens_the_card_below_and_leaves_the_words_in_view(show: Opener) -> None:
    page = show(viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator("#w-t24").tap()
    assert page.locator("#bubble").is_visible()
    card = page.locator("#bubble").bounding_box()
    words = page.locator("#w-t24").bounding_box()
    assert (card["x"], card["width"]) == (0, PHONE["width"])
    assert card["y"] + card["height"] <= PHONE["height"] + 0.5
    assert words["y"] >= 0
    assert words["y"] + words["height"] <= card["y"]
    page.locator("#w-t24").tap()
    assert page.locator("#bubble").is_hidden()


def test_the_timeline_leads_to_the_words(show: Opener) -> None:
    page = show(viewport=PHONE)
    assert not in_view(page, "#w-t27")
    page.locator(".timeline a[href='#w-e21']").click()
    page.wait_for_function("document.activeElement.id === 'w-t27'")
    assert in_view(page, "#w-t27")
    assert "Sonntag, 9. Juni 2024" in page.locator("#bubble").inner_text()


def test_a_mark_lights_up_its_clause_and_its_row(show: Opener) -> None:
    page = show()
    page.locator("#w-t3").focus()
    assert page.locator(".timeline .row.lit").inner_text().startswith("Sonntag, 3. März")
    assert "hatte Bürgermeisterin" in page.locator("article .quiet.lit").last.inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".lit").count() == 0


def test_the_table_is_filtered_and_sorted(show: Opener) -> None:
    page = show()
    rows = page.locator("tbody tr:visible")
    page.fill("#needle", "mittwoch")
    assert page.locator("#shown").inner_text() == f"{rows.count()} von 31 gezeigt"
    assert 0 < rows.count() < 10
    page.fill("#needle", "")
    page.select_option("#kind", "SET")
    assert rows.count() == 2
    page.fill("#needle", "gibt es nicht")
    assert page.locator("#shown").inner_text() == "Keine Zeitangabe passt dazu."
    page.fill("#needle", "")
    page.select_option("#kind", "")
    heading = page.locator("th.date")
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    assert page.locator("tbody tr .words").first.inner_text() == "1887"
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") == "descending"
    assert page.locator("tbody tr .words").first.inner_text() == "am 9. Juni"
    assert page.locator("tbody tr .date").last.inner_text().startswith("Vergangenheit")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_system_chooses_light_or_dark_and_the_button_turns_it(
    show: Opener, scheme: str
) -> None:
    page = show(color_scheme=scheme)

    def lightness() -> int:
        colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        return sum(int(part) for part in colour.strip("rgb()").split(",")[:3])

    before = lightness()
    assert (before > 600) == (scheme == "light")
    page.locator("#theme").click()
    assert (lightness() > 600) == (scheme == "dark")
    page.reload()
    assert (lightness() > 600) == (scheme == "dark")


def awkward() -> Analysis:
    """Long words, long rules and values, hostile text: whatever widens a page."""
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 4
    text = f"Am {word} Montag {word}.\n\n{HOSTILE}\n\n{'x' * 3000}"
    rows = make_times(
        text,
        [(f"{word} Montag", "DATE", "2024-03-04" * 9, "MID" * 30, None, "2024-03-04", None, "r." * 90)],
    )  # fmt: skip
    return make_analysis(
        text,
        rows,
        events=make_events(text, rows, [(f"Am {word} Montag {word}", "t1")]),
        title=word,
        author=word,
        outlet=word,
        url="javascript:" + word,
        dating=make_dating(None, basis="inferred"),
        published=None,
    )


SAMPLES: dict[str, Callable[[], Analysis]] = {
    "given": sample,
    "inferred": lambda: sample(inferred=True),
    "awkward": awkward,
    "one letter": lambda: make_analysis("x"),
    "500 times": lambda: many_times(500),
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("width", [360, 700, 1000, 1300])
def test_the_page_never_scrolls_sideways(show: Opener, name: str, width: int) -> None:
    page = show(SAMPLES[name](), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    marks = page.locator("article a.mark")
    if marks.count():
        marks.first.focus()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_text_does_nothing(show: Opener) -> None:
    page = show(make_analysis(HOSTILE, title=HOSTILE, author=HOSTILE, outlet=HOSTILE))
    assert page.evaluate("window.hacked") is None
    assert HOSTILE in page.locator("article").inner_text()


def test_without_script_a_mark_still_shows_its_card(show: Opener) -> None:
    page = show(java_script_enabled=False)
    assert page.locator("#card-t3").is_hidden()
    page.locator("#w-t3").click()
    assert page.locator("#card-t3").is_visible()
    assert page.locator("#card-t4").is_hidden()
    page.locator("#card-t3 .back a").click()
    assert page.locator("#card-t3").is_hidden()
    assert page.locator(".note").first.is_visible()


def test_print_has_numbered_marks_and_the_list_of_their_dates(show: Opener) -> None:
    page = show()
    assert page.locator("#card-t3").is_hidden()
    assert page.locator(".ref").first.is_hidden()
    page.emulate_media(media="print")
    assert page.locator(".ref").count() == 31
    assert page.locator(".ref").first.is_visible()
    assert page.locator("#card-t3").is_visible()
    assert page.locator("#register").is_hidden()
    assert page.locator("#theme").is_hidden()


@pytest.mark.parametrize(
    ("name", "size", "scheme", "ui"),
    [
        ("given", WIDE, "light", "de"),
        ("given", PHONE, "dark", "en"),
        ("inferred", WIDE, "dark", "de"),
        ("inferred", PHONE, "light", "en"),
        ("one letter", PHONE, "light", "de"),
    ],
)
def test_axe_finds_nothing_serious(
    show: Opener, serious_faults: Faults, name: str, size: dict[str, int], scheme: str, ui: str
) -> None:
    page = show(SAMPLES[name](), ui=ui, viewport=size, color_scheme=scheme)
    marks = page.locator("article a.mark")
    assert serious_faults(page) == []
    if marks.count():
        marks.first.click()
        assert serious_faults(page) == []
