"""Answers to what went wrong: pages in the usual layout, problem details under /api (RFC 9457)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from beleg.errors import (
    BelegError,
    InputTooLarge,
    IntakeError,
    LedgerConflict,
    LedgerError,
    LedgerMissing,
    LedgerRefused,
    LedgerUnreachable,
)
from beleg.web.addresses import within
from beleg.web.failure import Failure
from beleg.web.refusals import explained
from beleg.web.security import headers
from beleg.web.security.forms import FIELD, SAFE
from beleg.web.templating import page
from beleg.web.visitors import visitor
from beleg.web.words import language, words_of

_STATUS: tuple[tuple[type[BelegError], int], ...] = (
    (LedgerMissing, 404),
    (LedgerConflict, 409),
    (LedgerRefused, 422),
    (LedgerUnreachable, 503),
    (InputTooLarge, 413),
    (IntakeError, 422),
)
_UNSEEN = frozenset({FIELD, "password", "new_password", "rev", "back", "next"})


def install(app: FastAPI) -> None:
    """Makes `app` answer all errors this way."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(BelegError, _beleg)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unexpected)


def answer(
    request: Request,
    status: int,
    *,
    why: str | None = None,
    detail: str | None = None,
    typed: dict[str, str] | None = None,
    rev: int | None = None,
    extra: dict[str, str] | None = None,
) -> Response:
    """The page or problem for `status`.

    why: which of several reasons; detail: what is wrong in particular; typed: the form that was
    sent, to be copied from; its field "back" names the page to go back to. rev: of what was changed
    in the meantime. extra: further headers.
    """
    words, typed = words_of(language(request)), typed or {}
    key = f"error.{status}_{why}" if why is not None else f"error.{status}"
    if not words.has(f"{key}.title"):
        key = "error.other"
    if _is_call(request):
        response = _problem(status, words.say(f"{key}.title"), detail=detail, rev=rev)
    else:
        response = page(
            request,
            "error.html.j2",
            status=status,
            code=status,
            key=key,
            detail=detail,
            kept={name: value for name, value in typed.items() if name not in _UNSEEN},
            back=within(typed["back"]) if "back" in typed else None,
            again=request.url.path if request.method in SAFE else None,
        )
    response.headers.update(extra or {})
    return response


def _is_call(request: Request) -> bool:
    """Whether a program asks, which gets problem details in place of a page."""
    return request.url.path.startswith("/api/")


def _problem(status: int, title: str, **more: Any) -> Response:
    problem: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    problem |= {key: value for key, value in more.items() if value is not None}
    return Response(
        json.dumps(problem),  # in ASCII: what was sent, and is quoted, may have half characters
        status_code=status,
        media_type="application/problem+json",
    )


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    wanted = request.method in SAFE and not _is_call(request)
    if error.status_code == 401 and wanted:
        return RedirectResponse(f"/login?next={_next(request)}", status_code=303)
    if error.status_code in (404, 405):  # no route has asked who it is
        await visitor(request)
    why = error.why if isinstance(error, Failure) else None
    extra = dict(error.headers or {})
    if error.status_code in (408, 413):
        extra["Connection"] = "close"
    return answer(request, error.status_code, why=why, extra=extra)


def _next(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return quote(f"{request.url.path}{query}"[:1000], safe="/")


async def _beleg(request: Request, error: Exception) -> Response:
    assert isinstance(error, BelegError)
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), None)
    if status is None:
        raise error
    detail = _detail(request, error)
    typed = await _typed(request) if status in (409, 422) else {}
    rev = error.rev if isinstance(error, LedgerConflict) else None
    return answer(request, status, detail=detail, typed=typed, rev=rev)


def _detail(request: Request, error: BelegError) -> str:
    """In the language of the page; programs get one that stays the same."""
    if not _is_call(request):
        return explained(error, language(request))
    return f"{error.what}. {error.remedy}" if isinstance(error, LedgerError) else str(error)


async def _typed(request: Request) -> dict[str, str]:
    """What the visitor had typed into a form, so that it is not lost."""
    if request.method in SAFE or "form" not in request.headers.get("content-type", ""):
        return {}
    form = await request.form()
    return {name: value for name, value in form.multi_items() if isinstance(value, str) and value}


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [
        (".".join(str(part) for part in fault["loc"][1:]), fault["msg"])
        for fault in error.errors()[:20]
    ]
    if _is_call(request):
        detail = "; ".join(f"{field}: {wrong}" for field, wrong in faults)
    else:
        fields = ", ".join(dict.fromkeys(field for field, _ in faults))
        detail = words_of(language(request)).say("error.invalid", fields=fields)
    return answer(request, 422, detail=detail, typed=await _typed(request))


async def _unexpected(request: Request, _: Exception) -> Response:
    """Says nothing about the error, which the server's log has."""
    response = answer(request, 500)
    headers.put(response.headers, request)  # outside of what else puts them
    return response
