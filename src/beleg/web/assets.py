"""Styles, scripts and pictures: our own files, read once, named by address and content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from fastapi import APIRouter, Response

from beleg.web.failure import Failure

router = APIRouter()

# The look of the reports, with the colours, comes from there, so that there is one of it.
_PLACES = {
    "report.css": ("beleg.report", "assets", "text/css"),
    "layers.css": ("beleg.report", "assets", "text/css"),
    "report.js": ("beleg.report", "assets", "text/javascript"),
    "layers.js": ("beleg.report", "assets", "text/javascript"),
    "web.css": ("beleg.web", "static", "text/css"),
    "boards.css": ("beleg.web", "static", "text/css"),
    "job.js": ("beleg.web", "static", "text/javascript"),
    "theme.js": ("beleg.web", "static", "text/javascript"),
    "web.js": ("beleg.web", "static", "text/javascript"),
    "reading.css": ("beleg.web", "static", "text/css"),
    "reading_text.js": ("beleg.web", "static", "text/javascript"),
    "reading_handles.js": ("beleg.web", "static", "text/javascript"),
    "reading.js": ("beleg.web", "static", "text/javascript"),
    "icon.svg": ("beleg.web", "static", "image/svg+xml"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file as it is sent; mark: the start of its content's hash."""

    content: bytes
    media_type: str
    mark: str


@cache
def asset(name: str) -> Asset:
    """One of our files. Raises KeyError for any other name."""
    package, folder, media_type = _PLACES[name]
    content = (resources.files(package) / folder / name).read_bytes()
    return Asset(
        content=content, media_type=media_type, mark=hashlib.sha256(content).hexdigest()[:12]
    )


def address(name: str) -> str:
    """Where a page finds the file; another content has another address."""
    return f"/static/{name}?{asset(name).mark}"


@router.get("/static/{name}", include_in_schema=False)
def static(name: str) -> Response:
    """One of our files; browsers may keep it, since its address names its content."""
    if name not in _PLACES:
        raise Failure(404)
    found = asset(name)
    return Response(
        found.content,
        media_type=found.media_type,
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )
