"""The pages in a real browser: Debian's Chromium, driven by Playwright, on a real server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from web_samples import PASSWORD, Adder, running

from beleg.ledger.store import Ledger
from beleg.web.app import create_app
from beleg.web.settings import WebSettings

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
Opener = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def show(browser: Any, ledger: Ledger, request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Opens a page; at the end nothing may have been fetched elsewhere or complained about."""
    contexts: list[Any] = []
    fetched: list[str] = []
    complaints: list[str] = []
    public = "accounts" in request.fixturenames

    def make(port: int) -> FastAPI:
        settings = WebSettings(port=port, public=public, secure=False, user="anna")
        return create_app(ledger, settings)

    with running(make) as port:
        address = f"http://127.0.0.1:{port}"

        def opener(path: str = "/", **options: Any) -> Any:
            settings = {"viewport": WIDE, "locale": "de-DE", "reduced_motion": "reduce"} | options
            context = browser.new_context(**settings)
            contexts.append(context)
            page = context.new_page()
            page.set_default_timeout(10_000)
            page.on("request", lambda request: fetched.append(request.url))
            page.on("console", lambda message: complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(address + path)
            return page

        yield opener
        for context in contexts:
            context.close()
        assert [url for url in fetched if not url.startswith((address, "data:"))] == []
    assert [
        text for text in complaints if "the server responded with a status of" not in text
    ] == []


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


@pytest.fixture
def serious_faults() -> Callable[[Any], list[Any]]:
    """What axe-core finds serious or critical on a page, with the elements."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def faults(page: Any) -> list[Any]:
        return [
            (found["id"], [node["html"] for node in found["nodes"]][:3])
            for found in axe.run(page).response["violations"]
            if found["impact"] in ("serious", "critical")
        ]

    return faults


def widest(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def log_in(page: Any, name: str) -> None:
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "login" not in url)


@pytest.mark.usefixtures("inbox")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("path", ["/", "/nothing"])
def test_pages_are_accessible_and_fit(
    show: Opener, serious_faults: Callable[[Any], list[Any]], path: str, size: Any, scheme: str
) -> None:
    page = show(path, viewport=size, color_scheme=scheme)
    assert widest(page) <= 0
    assert serious_faults(page) == []


@pytest.mark.usefixtures("accounts")
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_pages_of_accounts_are_accessible_and_fit(
    show: Opener, serious_faults: Callable[[Any], list[Any]], size: Any
) -> None:
    page = show("/accounts", viewport=size)
    assert (widest(page), serious_faults(page)) == (0, [])
    log_in(page, "adminer")
    page.locator("summary").first.click()
    assert (widest(page), serious_faults(page)) == (0, [])
    page.click(".who")
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
