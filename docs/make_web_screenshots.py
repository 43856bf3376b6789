"""Writes docs/images/web-*.png with Chromium: the web application on the example articles.

beleg add examples/*.txt examples/saved-page.html --ledger demo.db
beleg serve --ledger demo.db
python docs/make_web_screenshots.py http://127.0.0.1:8765
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).with_name("images")

WIDE = {"viewport": {"width": 1280, "height": 960}, "locale": "de-DE"}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "locale": "de-DE",
}
# Name, page, and how it is looked at.
SHOTS: list[tuple[str, str, dict[str, Any]]] = [
    ("web-inbox", "/", WIDE),
    ("web-reading", "/articles/2", WIDE),
    ("web-reading-phone", "/articles/2", PHONE),
    ("web-search", "/search?q=br%C3%BCcke&in=quotations", WIDE),
    ("web-forecasts", "/forecasts", WIDE),
    ("web-scores-dark", "/forecasts/scores", WIDE | {"color_scheme": "dark"}),
    ("web-checklist-phone", "/checks", PHONE),
]


def main(address: str) -> None:
    """Photographs the pages."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path, how in SHOTS:
            context = browser.new_context(**how)
            page = context.new_page()
            page.goto(address + path)
            if "reading" in name:
                page.locator("article [data-r~='q9'].mark").first.click()
            page.wait_for_timeout(1_500)
            page.screenshot(path=IMAGES / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
