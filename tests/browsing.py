"""What the tests in a real browser share: sizes of screens, and pages that are listened to."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
Opener = Callable[..., Any]
Faults = Callable[[Any], list[Any]]


class Listener:
    """Opens addresses in pages of their own and keeps what they fetch and complain about.

    fetched      The addresses, in order.
    complaints   Words of the console, errors of scripts, dialogs.
    """

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._contexts: list[Any] = []
        self.fetched: list[str] = []
        self.complaints: list[str] = []

    def open(self, address: str, **options: Any) -> Any:
        """The page at an address; options are those of Playwright's `new_context`."""
        settings = {"viewport": WIDE, "locale": "de-DE", "reduced_motion": "reduce"} | options
        context = self._browser.new_context(**settings)
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)  # machines are noisy
        page.on("request", lambda request: self.fetched.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        page.goto(address)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def foreign(self, *own: str) -> list[str]:
        """What was fetched from elsewhere than from addresses that begin like these."""
        return [url for url in self.fetched if not url.startswith((*own, "data:"))]


def widest(page: Any) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def in_view(page: Any, selector: str) -> bool:
    """Whether the first element of a kind is wholly on the screen, top to bottom."""
    box = page.locator(selector).first.bounding_box()
    height = page.evaluate("innerHeight")
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= height
