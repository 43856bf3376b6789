"""That a request which changes something comes from one of our own pages (CSRF).

Forms carry a mark on what only the browser and we know: the session's cookie, or, where there is
no session, a random cookie (marked with the application's secret, since other programs of the same
machine may set cookies for it too). Calls under /api carry the header X-Beleg instead, which a
foreign page cannot send without our leave, and we give none. Besides, browsers say where a request
comes from, and it has to be from here.
"""

from __future__ import annotations

import secrets

from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request

from beleg.web import sessions
from beleg.web.failure import Failure
from beleg.web.security import audit
from beleg.web.security.signing import same, signature
from beleg.web.state import state_of

FIELD = "csrf"
HEADER = "x-beleg"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_COOKIE = "beleg_form"
_PURPOSE = "form"


def token(request: Request) -> str:
    """The mark for this request's forms; `remember` sends the cookie it may need."""
    state = state_of(request)
    session = sessions.held(request)
    if state.settings.public and session is not None:
        return signature(session.encode(), _PURPOSE, "session")
    if not hasattr(request.state, "form_cookie"):
        held = request.cookies.get(_COOKIE, "")
        request.state.form_cookie = held if 20 <= len(held) <= 100 else secrets.token_urlsafe(32)
    return signature(state.settings.secret, _PURPOSE, request.state.form_cookie)


def new_cookie(request: Request) -> tuple[str, str] | None:
    """Name and value of the cookie that `token` made for this request, if it did."""
    value = getattr(request.state, "form_cookie", None)
    return None if value is None or request.cookies.get(_COOKIE) == value else (_COOKIE, value)


async def check(request: Request, account: str | None) -> None:
    """Raises Failure 403 for a changing request that is not from one of our pages."""
    if request.method in SAFE:
        return
    reason = _foreign(request) or await _unmarked(request)
    if reason is not None:
        state = state_of(request)
        if state.common.entries.take(audit.address_of(request)):
            await run_in_threadpool(audit.record, state, request, "refused-form", account, reason)
        raise Failure(403, why="form")


def _foreign(request: Request) -> str | None:
    """Where the browser says it comes from, if that is not here.

    Pages that send no referrer send "null" as their origin, so what browsers that say more say
    (Sec-Fetch-Site) counts first.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return None if site in ("same-origin", "none") else f"from {site}"
    origin = request.headers.get("origin")
    if origin is None:
        return None
    settings = state_of(request).settings
    scheme = "https" if settings.public and settings.secure else "http"
    here = f"{scheme}://{request.headers.get('host', '')}"
    return None if origin == here else f"from {origin}"


async def _unmarked(request: Request) -> str | None:
    if request.url.path.startswith("/api/"):
        return None if request.headers.get(HEADER) else "without X-Beleg"
    form = await request.form()
    return None if _marked(request, form) else "without its mark"


def _marked(request: Request, form: FormData) -> bool:
    given = form.get(FIELD)
    return isinstance(given, str) and same(given, token(request))
