"""The reading view in a real browser (Debian's Chromium) against a running server."""

from __future__ import annotations

from typing import Any

import pytest
from reading_samples import EMOJI_TEXT, EXAMPLE, HOSTILE, emoji, hostile, put_in

from beleg.ledger.corrections import correct, corrections_of, effective
from beleg.ledger.reckoning import moved
from beleg.ledger.store import Ledger
from beleg.records import Analysis
from beleg.text.article import Span
from browsing import PHONE, WIDE, Faults, Opener, widest

pytestmark = pytest.mark.browser


@pytest.fixture
def read(show: Opener, ledger: Ledger) -> Opener:
    """Opens the reading view of an article."""

    def opener(analysis: Analysis = EXAMPLE, *, query: str = "", **options: Any) -> Any:
        return show(f"/articles/{put_in(ledger, analysis)}{query}", **options)

    return opener


def now(ledger: Ledger) -> Analysis:
    with ledger.read() as db:
        return effective(db, 1).analysis


def span_of(ledger: Ledger, id_: str = "q2") -> Span:
    return next(quote for quote in now(ledger).quotes if quote.id == id_).spans[0]


def words_of(ledger: Ledger, id_: str = "q2") -> str:
    analysis = now(ledger)
    return analysis.document.text[slice(*span_of(ledger, id_))]


def chosen(page: Any, key: str) -> None:
    page.wait_for_selector(f"#panel[data-key='{key}']")


def standing(page: Any, name: str) -> None:
    page.wait_for_selector(f"#panel > .standing.{name}")


def word_box(page: Any, words: str, *, first: int | None = None) -> dict[str, float]:
    """Where words of the article, or the first characters of them, stand in the window.

    Fonts differ between machines, so they may wrap: left and y are of their first line, right and
    end_y of their last.
    """
    box: dict[str, float] = page.evaluate(
        """([words, length]) => {
          const walker = document.createTreeWalker(document.getElementById("article"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at < 0 || walker.currentNode.parentElement.closest(".note")) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + length);
            walker.currentNode.parentElement.scrollIntoView({ block: "nearest" });
            const lines = [...range.getClientRects()].filter((line) => line.width > 0);
            const [start, end] = [lines[0], lines.at(-1)];
            return {
              left: start.left, y: (start.top + start.bottom) / 2,
              right: end.right, end_y: (end.top + end.bottom) / 2,
            };
          }
        }""",
        [words, first or len(words)],
    )
    return box


def test_a_click_on_words_chooses_their_record(read: Opener) -> None:
    page = read()
    page.locator("#w-q2").click()
    chosen(page, "q2")
    assert "indirekt" in page.locator("#panel h2").inner_text()
    assert page.locator("article .chosen-here").count() > 1
    assert page.locator("#bubble").is_hidden()
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel[data-of='nothing']")


def test_the_mouse_drags_the_end_of_a_quotation(read: Opener, ledger: Ledger) -> None:
    page = read()
    page.locator("#w-q2").click()
    chosen(page, "q2")
    grip = page.locator(".grip-end:visible").bounding_box()
    target = word_box(page, "bei dichtem Nebel auf eine Sandbank", first=3)
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(target["right"], target["y"] + 16, steps=5)
    page.mouse.up()
    assert "Noch nicht gespeichert" in page.locator(".unsaved").inner_text()
    page.locator(".edit button[type=submit]").first.click()
    standing(page, "corrected")
    assert words_of(ledger).endswith(" bei")
    # Screen readers are told a moment later than the page shows it, so it is waited for.
    page.wait_for_selector("#said:text-is('Berichtigt.')", state="attached")


def test_everything_goes_by_keyboard_alone(read: Opener, ledger: Ledger) -> None:
    page = read(query="?layer=quotes&key=q2")
    before = span_of(ledger)
    page.locator(".grip-end:visible").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Enter")
    standing(page, "corrected")
    assert words_of(ledger).endswith("auf eine S")
    page.keyboard.press("u")
    standing(page, "untouched")
    assert span_of(ledger) == before
    page.keyboard.press("c")
    standing(page, "confirmed")
    page.keyboard.press("x")
    page.wait_for_selector("#panel[data-of='correction']")
    assert "q2" not in {quote.id for quote in now(ledger).quotes}
    page.keyboard.press("u")
    standing(page, "confirmed")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.closest('.edit') !== null")


def test_keys_go_from_record_to_record_in_text_order(read: Opener) -> None:
    page = read()
    page.keyboard.press("j")
    page.wait_for_selector("#panel[data-of='record']")
    order = page.locator("#records > li").evaluate_all("rows => rows.map((row) => row.dataset.key)")
    chosen(page, order[0])
    for number, key in ((1, "n"), (2, "j"), (1, "k"), (0, "p")):
        page.keyboard.press(key)
        chosen(page, order[number])


def test_after_a_rejection_the_next_record_is_next(read: Opener) -> None:
    page = read()
    order = page.locator("#records > li").evaluate_all("rows => rows.map((row) => row.dataset.key)")
    for key in order[:3]:
        page.keyboard.press("j")
        chosen(page, key)
    page.keyboard.press("x")
    page.wait_for_selector("#panel[data-of='correction']")
    page.keyboard.press("j")
    page.wait_for_selector("#panel[data-of='record']")
    rest = page.locator("#records > li").evaluate_all("rows => rows.map((row) => row.dataset.key)")
    chosen(page, rest[2])


def test_digits_switch_layers_in_the_text_and_the_list(read: Opener) -> None:
    page = read()
    assert page.locator("#records > li[data-layer=quotes]:not([hidden])").count() == 13
    page.keyboard.press("1")
    assert page.locator("#records > li[data-layer=quotes]:not([hidden])").count() == 0
    assert not page.locator(".kinds [data-kind=voice]").is_checked()
    page.keyboard.press("1")
    assert page.locator(".kinds [data-kind=voice]").is_checked()


def test_keys_can_be_switched_off_and_do_nothing_in_fields(read: Opener) -> None:
    page = read(query="?layer=quotes&key=q2")
    page.keyboard.press("e")
    page.locator("[name='because']").first.focus()
    page.keyboard.type("xcj?1u")
    assert page.locator("[name='because']").first.input_value() == "xcj?1u"
    assert page.locator("#panel").get_attribute("data-key") == "q2"
    page.locator("#panel-heading").click()
    page.keyboard.press("?")
    dialog = page.locator("#keys")
    assert dialog.is_visible()
    assert "nächster Befund" in dialog.inner_text()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.wait_for_timeout(300)
    assert page.locator("#panel").get_attribute("data-of") == "record"
    page.reload()
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    assert page.locator("#panel").get_attribute("data-key") == "q2"


def test_selected_words_become_a_new_record(read: Opener, ledger: Ledger) -> None:
    page = read()
    box = word_box(page, "zwei Rettungsboote alle")
    page.mouse.move(box["left"] + 1, box["y"])
    page.mouse.down()
    page.mouse.move(box["right"] + 1, box["end_y"], steps=4)
    page.mouse.up()
    page.locator("#offer").click()
    page.locator("#adding select").select_option("wording")
    page.locator("#adding button").click()
    page.wait_for_selector("#panel[data-of='new']")
    page.locator("[name='f.kind']").select_option("intensifier")
    page.locator("#panel button[type=submit]").first.click()
    standing(page, "added")
    (added,) = [one for one in now(ledger).wording if one.kind == "intensifier"]
    assert now(ledger).document.text[slice(*added.span)] == "zwei Rettungsboote alle"


def test_places_behind_emoji_are_right(read: Opener, ledger: Ledger) -> None:
    page = read(emoji(), query="?layer=quotes&key=q1")
    assert (
        page.locator(".pair .excerpt").first.text_content() == "„Wir kommen 👩‍👩‍👧 bald am Montag“"
    )
    page.locator(".grip:visible:not(.grip-end)").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.locator(".grip-end:visible").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    standing(page, "corrected")
    assert words_of(ledger, "q1") == "bald am Montag"
    box = word_box(page, "Dann Ruhe")
    page.mouse.move(box["left"] + 1, box["y"])
    page.mouse.down()
    page.mouse.move(box["right"], box["end_y"], steps=3)
    page.mouse.up()
    page.locator("#offer").click()
    assert page.locator("#adding [name=start]").input_value() == str(EMOJI_TEXT.index("Dann Ruhe"))


def test_who_comes_second_sees_what_happened_and_keeps_what_was_typed(
    read: Opener, ledger: Ledger
) -> None:
    page = read(query="?layer=quotes&key=q2")
    page.keyboard.press("e")
    page.locator("[name='f.medium']").select_option("writing")
    with ledger.change(who="berta") as change:
        record = {"title": EXAMPLE.document.title}
        after = {"title": "Anders"}
        correct(change, 1, layer="document", action="correct", before=record, after=after, rev=None)
    page.locator(".edit button[type=submit]").first.click()
    page.wait_for_selector("#panel [role=alert]")
    assert "berta" in page.locator("#panel [role=alert]").inner_text()
    assert page.locator("[name='f.medium']").input_value() == "writing"
    page.locator(".edit button[type=submit]").first.click()
    standing(page, "corrected")


def test_another_day_of_publication_is_answered_with_how_many_days_it_moved(
    read: Opener, ledger: Ledger
) -> None:
    page = read(query="?layer=document&key=document")
    before = now(ledger)
    page.keyboard.press("e")
    page.locator("[name='f.published']").fill("2025-06-02")
    page.locator(".edit button[type=submit]").first.click()
    page.wait_for_selector("#panel > .flash:visible")
    counted = moved(before, now(ledger))
    told = page.locator("#panel > .flash").inner_text()
    assert f"Geänderte Tage: {counted.total} " in told
    assert page.locator("main > .flash").count() == 0
    page.keyboard.press("j")
    page.wait_for_selector("#panel > .flash", state="detached")


def test_without_script_all_of_it_is_forms_and_links(read: Opener, ledger: Ledger) -> None:
    page = read(java_script_enabled=False)
    page.locator(".records summary").click()
    page.locator("#records #q2 a").click()
    assert page.locator("#panel").get_attribute("data-key") == "q2"
    page.locator(".edit > summary").first.click()
    page.locator("[name='f.spans.end']").first.fill(str(span_of(ledger).end - 3))
    page.locator(".edit button[type=submit]").first.click()
    assert page.locator("#panel > .standing.corrected").count() == 1
    assert words_of(ledger).endswith("Sandbank gera")


def test_a_record_can_be_linked_to(read: Opener) -> None:
    page = read(query="#q3")
    chosen(page, "q3")


def test_on_a_phone_the_panel_leaves_the_words_in_view_and_a_finger_drags(
    read: Opener, ledger: Ledger
) -> None:
    page = read(viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator("#w-q2").tap()
    chosen(page, "q2")
    page.wait_for_timeout(300)
    panel = page.locator("#panel").bounding_box()
    words = page.locator("#w-q2").bounding_box()
    assert panel["width"] == 360
    assert words["y"] + words["height"] <= panel["y"]
    assert widest(page) <= 0
    grip = page.locator(".grip-end:visible").bounding_box()
    target = word_box(page, "bei dichtem", first=3)
    session = page.context.new_cdp_session(page)
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + 12
    session.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    for _ in range(2):
        point = {"x": target["right"], "y": target["y"] + 20}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.locator(".edit button[type=submit]").first.click()
    standing(page, "corrected")
    assert words_of(ledger).endswith(" bei")


@pytest.mark.parametrize("query", ["", "?layer=quotes&key=q1", "?layer=people&key=p1"])
def test_a_hostile_article_does_nothing(read: Opener, ledger: Ledger, query: str) -> None:
    page = read(hostile(), query=query)
    page.keyboard.press("j")
    page.wait_for_selector("#panel[data-of='record']")
    page.keyboard.press("c")
    standing(page, "confirmed")
    assert page.evaluate("window.hacked") is None
    assert HOSTILE in page.locator("article").inner_text()
    with ledger.read() as db:
        assert len(corrections_of(db, 1)) == 1


@pytest.mark.parametrize(
    ("size", "scheme", "query"),
    [
        (WIDE, "light", ""),
        (WIDE, "light", "?layer=quotes&key=q2"),
        (WIDE, "dark", "?layer=people&key=p6"),
        (PHONE, "dark", "?layer=forecasts&key=f1"),
        (PHONE, "light", "?new=quotes&start=10&end=20"),
    ],
)
def test_axe_finds_nothing_serious(
    read: Opener, serious_faults: Faults, size: dict[str, int], scheme: str, query: str
) -> None:
    page = read(viewport=size, color_scheme=scheme, query=query)
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    assert serious_faults(page) == []
    page.locator("#keys-open").click()
    assert serious_faults(page) == []


@pytest.mark.parametrize("width", [360, 700, 1000, 1300])
def test_the_page_never_scrolls_sideways(read: Opener, width: int) -> None:
    page = read(query="?layer=quotes&key=q2", viewport={"width": width, "height": 800})
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    assert widest(page) <= 0
