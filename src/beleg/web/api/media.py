"""That a body is of the kind that a call takes."""

from __future__ import annotations

from starlette.requests import Request

from beleg.web.failure import Failure
from beleg.web.security.forms import SAFE


async def known_media(request: Request) -> None:
    """Raises Failure 415 for a body that is neither JSON nor, for uploads, a form."""
    if request.method in SAFE:
        return
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    wanted = "application/json"
    if request.url.path.endswith("/upload"):
        wanted = "multipart/form-data"
    nothing = not given and request.headers.get("content-length", "0") == "0"
    if given != wanted and not nothing:
        raise Failure(415)
