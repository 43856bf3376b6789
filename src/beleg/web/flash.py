"""What the next page says about what was just done ("Saved"): a signed cookie, shown once."""

from __future__ import annotations

import base64
import json

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from beleg.web.security.signing import same, signature
from beleg.web.state import state_of

_COOKIE = "beleg_flash"
_PURPOSE = "flash"
_LONGEST = 1500


def see_other(
    request: Request, address: str, *, said: str | None = None, **fields: object
) -> RedirectResponse:
    """Sends the browser on to `address` after a change (303).

    said: key of the words that the next page shows; fields: what they are filled in with.
    """
    response = RedirectResponse(address, status_code=303)
    if said is not None:
        texts = {name: str(value)[:200] for name, value in fields.items()}
        _set(request, response, json.dumps([said, texts]))
    return response


def _set(request: Request, response: Response, message: str) -> None:
    settings = state_of(request).settings
    value = base64.urlsafe_b64encode(message.encode()).decode("ascii")
    mark = signature(settings.secret, _PURPOSE, value)
    response.set_cookie(
        _COOKIE,
        f"{value}.{mark}",
        max_age=60,
        path="/",
        httponly=True,
        secure=settings.public and settings.secure,
        samesite="lax",
    )


def waiting(request: Request) -> tuple[str, dict[str, str]] | None:
    """The message for this page: key of the words and their fields. None if there is none."""
    value, _, mark = request.cookies.get(_COOKIE, "")[:_LONGEST].rpartition(".")
    if not value or not same(mark, signature(state_of(request).settings.secret, _PURPOSE, value)):
        return None
    said, fields = json.loads(base64.urlsafe_b64decode(value))
    return said, fields


def shown(response: Response) -> None:
    """Makes the browser forget the message."""
    response.delete_cookie(_COOKIE, path="/")
