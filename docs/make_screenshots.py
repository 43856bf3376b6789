"""Writes docs/images/report-*.png with Chromium.

beleg read ARTICLE --format json -o analysis.json
python docs/make_screenshots.py analysis.json [NUMBER OF THE TIME WHOSE CARD IS SHOWN]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from beleg.records import Analysis
from beleg.report.html import to_html

IMAGES = Path(__file__).with_name("images")

WIDE = {"viewport": {"width": 1440, "height": 960}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True}


def main(source: str, number: str = "3") -> None:
    """Photographs the report wide, on a phone and dark, the latter two with a card open."""
    page_text = to_html(Analysis.from_json(Path(source).read_bytes()))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        file = Path(folder, "report.html")
        file.write_text(page_text, encoding="utf-8")
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        mark = f"article [data-r~='t{number}'].mark"
        shots: list[tuple[str, dict[str, Any], str | None]] = [
            ("report-wide", WIDE, None),
            ("report-phone", PHONE, mark),
            ("report-dark", WIDE | {"color_scheme": "dark"}, mark),
        ]
        for name, settings, selector in shots:
            page = browser.new_context(reduced_motion="reduce", **settings).new_page()
            page.goto(file.as_uri())
            if selector:
                page.locator(selector).first.click()
                page.wait_for_timeout(500)
            page.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
