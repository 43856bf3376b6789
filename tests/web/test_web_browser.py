"""The pages in a real browser: Debian's Chromium, driven by Playwright, on a real server."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from web_samples import PASSWORD, Adder, log_in

from browsing import PHONE, WIDE, Faults, Opener, widest

pytestmark = pytest.mark.browser


@pytest.fixture
def inbox(add_article: Adder) -> None:
    add_article(
        "Stadtrat berät über die Fähre", outlet="Wattlicht", author="Ina Weber", state="done"
    )
    add_article(None, published=None)
    add_article(
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 3,
        outlet="Die Seekarte",
        published=None,
        earliest=date(2024, 5, 1),
        latest=date(2024, 6, 30),
        state="read",
    )
    add_article("Regierung in Kastova stellt die Vertrauensfrage", outlet="Kanal Sund")


@pytest.mark.usefixtures("inbox")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("path", ["/", "/nothing"])
def test_pages_are_accessible_and_fit(
    show: Opener, serious_faults: Faults, path: str, size: Any, scheme: str
) -> None:
    page = show(path, viewport=size, color_scheme=scheme)
    assert widest(page) <= 0
    assert serious_faults(page) == []


@pytest.mark.usefixtures("accounts")
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_pages_of_accounts_are_accessible_and_fit(
    show: Opener, serious_faults: Faults, size: Any
) -> None:
    page = show("/accounts", viewport=size)
    assert (widest(page), serious_faults(page)) == (0, [])
    log_in(page, "adminer")
    page.locator("summary").first.click()
    assert (widest(page), serious_faults(page)) == (0, [])
    page.click(".who")
    assert (widest(page), serious_faults(page)) == (0, [])
    page.click("form[action^='/account/calendar'] button")
    page.wait_for_selector("[name=address]:visible")
    assert (widest(page), serious_faults(page)) == (0, [])


@pytest.mark.usefixtures("inbox")
def test_the_first_tab_leads_to_the_content(show: Opener) -> None:
    page = show()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('#content a, #content button')")


def test_the_theme_is_turned_and_stays(show: Opener) -> None:
    page = show(color_scheme="light")
    page.click("#theme")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.locator("#theme").inner_text() == "Hell"


@pytest.mark.usefixtures("accounts", "inbox")
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_forms_work_with_and_without_script(show: Opener, script: bool) -> None:
    page = show("/", java_script_enabled=script)
    page.fill("[name=name]", "adminer")
    page.fill("[name=password]", "falsch")
    page.click("main button[type=submit]")
    assert page.locator(".wrong").inner_text() == "Name und Passwort gehören nicht zusammen."
    log_in(page, "adminer")
    assert page.locator(".inbox tbody tr").count() == 4
    page.goto(page.url + "accounts")
    form = page.locator("form[action='/accounts/add']")
    form.locator("[name=name]").fill("Neu")
    form.locator("[name=password]").fill(PASSWORD)
    form.locator("button").click()
    assert page.locator(".flash").inner_text() == "Das Konto neu ist angelegt."
    page.click("form[action='/logout'] button")
    assert "/login" in page.url
    assert page.locator(".flash").inner_text() == "Sie sind abgemeldet."


@pytest.mark.usefixtures("inbox")
def test_a_print_has_the_list_but_no_controls(show: Opener) -> None:
    page = show()
    page.emulate_media(media="print")
    assert page.locator(".inbox").is_visible()
    assert not page.locator(".areas").is_visible()
    assert not page.locator("#theme").is_visible()
