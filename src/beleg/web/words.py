"""The words of the pages, in German or English, and which of the two a request is answered in."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from starlette.requests import Request

from beleg.report.words import LANGUAGES, Words

COOKIE = "beleg_ui"
_DEFAULT = "de"


@cache
def words_of(ui: str) -> Words:
    """The table of "de" or "en". Raises ValueError for any other language."""
    if ui not in LANGUAGES:
        raise ValueError(f"the pages speak {' or '.join(LANGUAGES)}, not {ui!r}")
    place = resources.files("beleg.web") / "translations" / f"{ui}.toml"
    return Words(ui, tomllib.loads(place.read_text(encoding="utf-8")))


def language(request: Request) -> str:
    """What the address asks for (?ui=), else the cookie, else the browser, else German."""
    for wish in (request.query_params.get("ui"), request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return str(wish)
    return _preferred(request.headers.get("accept-language", ""))


def _preferred(header: str) -> str:
    """The first of our languages by the weights of Accept-Language (RFC 9110, 12.5.4)."""
    best, found = 0.0, _DEFAULT
    for part in header[:500].split(","):
        tag, _, weight = part.partition(";")
        primary = tag.strip().lower().partition("-")[0]
        quality = _quality(weight)
        if primary in LANGUAGES and quality > best:
            best, found = quality, primary
    return found


def _quality(weight: str) -> float:
    name, _, figure = weight.strip().partition("=")
    if not name:
        return 1.0
    try:
        return min(float(figure), 1.0) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
