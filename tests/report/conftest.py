"""Reports in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from report_samples import sample

from beleg.records import Analysis
from beleg.report.html import to_html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDE = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
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


Opener = Callable[..., Any]


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Opener]:
    """Opens a report; at the end nothing may have been fetched or complained about."""
    contexts: list[Any] = []
    fetched: list[str] = []
    complaints: list[str] = []

    def opener(analysis: Analysis | None = None, *, ui: str = "de", **options: Any) -> Any:
        file = tmp_path / f"report-{len(contexts)}.html"
        file.write_text(to_html(analysis or sample(), ui=ui), encoding="utf-8")
        settings = {"viewport": WIDE, "reduced_motion": "reduce"} | options
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: fetched.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(file.as_uri())
        return page

    yield opener
    for context in contexts:
        context.close()
    own = {(tmp_path / f"report-{n}.html").as_uri() for n in range(len(contexts))}
    assert [url for url in fetched if url not in own and not url.startswith("data:")] == []
    assert complaints == []


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
