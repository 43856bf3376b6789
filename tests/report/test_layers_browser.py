"""Checklist, forecasts, argument and the switches of marks, in a real browser."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest
from layers_samples import hostile_layers, layers_sample
from report_samples import make_analysis

from beleg.records import Analysis, Check
from beleg.text.article import Span
from browsing import PHONE, WIDE, Faults, Opener, in_view

pytestmark = pytest.mark.browser

EVIL = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>" + "x" * 300


def many_checks(number: int) -> Analysis:
    text = "Es sind genau zwölf. " * number
    checks = tuple(
        Check(span=Span(n * 21, n * 21 + 20), why=("exact figure",), weight=0.5, records=())
        for n in range(number)
    )
    return msgspec.structs.replace(make_analysis(text), checklist=checks)


def test_a_check_leads_to_its_words_by_keyboard_and_escape_leads_back(show: Opener) -> None:
    page = show(layers_sample())
    link = page.locator("#checklist .jump").first
    link.focus()
    page.keyboard.press("Enter")
    assert in_view(page, "#w-k2")
    assert "k2" in page.evaluate("document.activeElement.dataset.r").split()
    lit = page.locator("article .event-lit, article .quiet.lit").all_inner_texts()
    assert "".join(lit) == "der Kaufpreis sei längst geflossen"
    assert page.locator("#bubble").is_hidden()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.hash") == "#w-k2"
    assert page.locator("article .event-lit, article .quiet.lit").count() == 0


def test_boxes_are_ticked_by_keyboard_counted_and_forgotten(show: Opener) -> None:
    page = show(layers_sample())
    assert page.locator("#checked").inner_text() == "0 von 3 geprüft"
    page.locator("#checklist input").first.focus()
    page.keyboard.press("Space")
    assert page.locator("#checked").inner_text() == "1 von 3 geprüft"
    page.reload()
    assert page.locator("#checked").inner_text() == "0 von 3 geprüft"


def test_a_long_checklist_opens_on_request_and_prints_whole(show: Opener) -> None:
    page = show(many_checks(20))
    rows = page.locator("#checklist > li:visible")
    more = page.locator("#more-checks")
    assert rows.count() == 6
    more.focus()
    page.keyboard.press("Enter")
    assert rows.count() == 20
    assert more.get_attribute("aria-expanded") == "true"
    more.click()
    assert rows.count() == 6
    page.emulate_media(media="print")
    assert rows.count() == 20


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (datetime(2024, 6, 20, 23, 59), "noch 10 Tage"),
        (datetime(2024, 6, 29), "noch 1 Tag"),
        (datetime(2024, 6, 30, 0, 1), "heute fällig"),
        (datetime(2024, 7, 1), "seit 1 Tag fällig"),
        (datetime(2025, 6, 30), "seit 365 Tagen fällig"),
    ],
)
def test_the_days_left_are_counted_from_the_readers_day(
    show: Opener, today: datetime, words: str
) -> None:
    page = show(layers_sample(), timezone_id="Europe/Berlin")
    page.clock.set_fixed_time(today.replace(tzinfo=ZoneInfo("Europe/Berlin")))
    page.reload()
    assert page.locator("time.due").first.inner_text() == words


def test_without_script_the_deadline_stands_there_and_every_check_and_mark(show: Opener) -> None:
    page = show(layers_sample(), java_script_enabled=False)
    assert page.locator("time.due").first.inner_text() == "bis 30. Juni 2024"
    assert page.locator("#checklist > li:visible").count() == 3
    assert page.locator(".kinds input").first.is_hidden()
    page.locator("#w-s1").click()
    assert "bestritten" in page.locator("#card-s1").inner_text()


def test_a_status_cue_shows_its_card_and_lights_what_it_bears_on(show: Opener) -> None:
    page = show(layers_sample())
    page.locator("#w-s1").focus()
    assert "bestritten" in page.locator("#bubble").inner_text()
    lit = "".join(page.locator("article .event-lit").all_inner_texts())
    assert "Schlüssel liegt seit Jahren im Amt" in lit


def test_a_kind_switched_off_has_no_line_no_card_and_no_tab_stop(show: Opener) -> None:
    page = show(layers_sample())
    mark = page.locator("#w-w4")
    decoration = "mark => getComputedStyle(mark).textDecorationLine"
    assert mark.evaluate(decoration) == "underline"
    page.locator(".kinds input[data-kind=loaded]").focus()
    page.keyboard.press("Space")
    assert mark.evaluate(decoration) == "none"
    assert mark.get_attribute("tabindex") == "-1"
    mark.click()
    assert "wertendes Wort" not in page.locator("#bubble").text_content()
    page.keyboard.press("Escape")
    page.locator(".kinds input[data-kind=loaded]").check()
    assert mark.get_attribute("tabindex") == "0"
    mark.click()
    assert "wertendes Wort" in page.locator("#bubble").inner_text()


def test_arrows_pass_over_kinds_that_are_switched_off(show: Opener) -> None:
    page = show(layers_sample())
    for kind in ("voice", "time"):
        page.locator(f".kinds input[data-kind={kind}]").uncheck()
    page.locator("#w-w3").focus()
    visited = []
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        visited.append(page.evaluate("document.activeElement.id"))
    assert visited == ["w-w2", "w-s1", "w-s2"]
    assert page.locator("article .said").first.evaluate(
        "said => getComputedStyle(said).backgroundImage"
    ) == "none"  # fmt: skip


@pytest.mark.parametrize("width", [360, 700, 1000, 1300])
@pytest.mark.parametrize("name", ["sample", "hostile"])
def test_the_page_never_scrolls_sideways(show: Opener, name: str, width: int) -> None:
    analysis = layers_sample() if name == "sample" else hostile_layers(EVIL)
    page = show(analysis, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("window.hacked") is None


def test_print_has_everything_and_no_cards(show: Opener) -> None:
    page = show(layers_sample())
    page.emulate_media(media="print")
    assert page.locator("#checklist input:visible").count() == 3
    assert page.locator(".forecast:visible").count() == 4
    assert page.locator(".graph:visible").count() == 2
    assert page.locator("#card-s1").is_hidden()
    assert page.locator("#more-checks").is_hidden()


@pytest.mark.parametrize(
    ("size", "scheme", "ui"), [(WIDE, "light", "de"), (PHONE, "dark", "en"), (WIDE, "dark", "en")]
)
def test_axe_finds_nothing_serious(
    show: Opener, serious_faults: Faults, size: dict[str, int], scheme: str, ui: str
) -> None:
    page = show(layers_sample(), ui=ui, viewport=size, color_scheme=scheme)
    assert serious_faults(page) == []
    page.locator("#checklist input").first.check()
    page.locator(".kinds input").first.uncheck()
    page.locator("#w-s1").click()
    assert serious_faults(page) == []
