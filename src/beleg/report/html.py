"""One analysis as one HTML file that fetches nothing.

Style and script stand inside and are the only ones the page's Content-Security-Policy
lets run, by their hashes; so even text that slipped past the escaping could not act.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from beleg.records import Analysis
from beleg.report.view import report_view
from beleg.report.words import words_of

_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Cpath d='M3 1h10v14l-2-1.4-1.5 1.4L8 13.6 6.5 15 5 13.6 3 15z' fill='%230b6477'/%3E"
    "%3Cpath d='M5 5h6M5 8h6' stroke='white'/%3E%3C/svg%3E"
)


_BESIDE = "<!--beside-->"
_STYLE = ("report.css", "layers.css")
_SCRIPT = ("report_theme.js", "report.js", "layers.js")


def to_html(analysis: Analysis, *, ui: str = "de") -> str:
    """The report as a page; the same analysis gives the same bytes.

    ui: "de" or "en", the language of everything but the article; else ValueError.
    Raises SpanOutsideText if the analysis does not fit its text.
    """
    return _template("report.html.j2").render(
        **_shown(analysis, ui),
        beside=None,
        offsets=False,
        verdicts=None,
        style=Markup(_joined(_STYLE)),  # noqa: S704 - our own files
        script=Markup(_joined(_SCRIPT)),  # noqa: S704 - our own files
        policy=_policy(),
        icon=_ICON,
    )


def to_html_body(
    analysis: Analysis, *, ui: str = "de", verdicts: str | None = None
) -> tuple[Markup, Markup]:
    """What the report shows of the article, for a page that has the style and script itself.

    In two parts: what that page has to say at the top of the right column goes between. Every
    paragraph of the article says how many code points stand before it (`data-at`). verdicts: the
    address where it is kept what became of the checklist. Raises as `to_html` does.
    """
    body = _template("report_body.html.j2").render(
        **_shown(analysis, ui),
        beside=Markup(_BESIDE),  # noqa: S704 - our own file
        offsets=True,
        verdicts=verdicts,
    )
    # Whatever comes from the article is escaped, so there is no other such comment.
    before, _, after = body.partition(_BESIDE)
    return Markup(before), Markup(after)  # noqa: S704 - from our own template, which escapes


def _shown(analysis: Analysis, ui: str) -> dict[str, Any]:
    words = words_of(ui)
    return {
        "ui": words.ui,
        "say": words.say,
        "count": words.count,
        "report": report_view(analysis, words),
    }


@cache
def _asset(name: str) -> str:
    place = resources.files("beleg.report") / "assets" / name
    return place.read_text(encoding="utf-8")


@cache
def _joined(names: tuple[str, ...]) -> str:
    return "".join(map(_asset, names))


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _policy() -> str:
    return (
        f"default-src 'none'; style-src {_hash(_STYLE)}; script-src {_hash(_SCRIPT)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(names: tuple[str, ...]) -> str:
    digest = hashlib.sha256(_joined(names).encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
