"""Reports in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from report_samples import sample

from beleg.records import Analysis
from beleg.report.html import to_html
from browsing import Listener, Opener


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Opener]:
    """Opens a report; at the end nothing may have been fetched or complained about."""
    listener = Listener(browser)
    written: list[str] = []

    def opener(analysis: Analysis | None = None, *, ui: str = "de", **options: Any) -> Any:
        file = tmp_path / f"report-{len(written)}.html"
        file.write_text(to_html(analysis or sample(), ui=ui), encoding="utf-8")
        written.append(file.as_uri())
        return listener.open(file.as_uri(), **options)

    yield opener
    listener.close()
    assert listener.foreign(*written) == []
    assert listener.complaints == []
