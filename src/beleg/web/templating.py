"""Pages from templates: escaped, in the request's language, never kept by caches."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from beleg.report import words as report_words
from beleg.report.days import day, stretch
from beleg.report.words import LANGUAGES
from beleg.web import assets, flash
from beleg.web.moments import moment
from beleg.web.navigation import links
from beleg.web.security import forms
from beleg.web.state import state_of
from beleg.web.words import COOKIE, language, words_of

_YEAR_SECONDS = 31_536_000


def page(request: Request, template: str, *, status: int = 200, **fields: Any) -> HTMLResponse:
    """The page of that template (a file in templates/), filled in with `fields`.

    Every template also has `say` and `count` (the words), `day`, `days` and `moment` (dates in
    words), `ui`, `visitor`, `csrf`, `links`, `asset` and `flash`.
    """
    ui = language(request)
    message = flash.waiting(request)
    content = _environment().get_template(template).render(_around(request, ui, message) | fields)
    response = HTMLResponse(content, status_code=status)
    response.headers["Content-Language"] = ui
    response.headers["Vary"] = "Accept-Language, Cookie"
    _cookies(request, response, ui)
    if message is not None:
        flash.shown(response)
    return response


def _around(
    request: Request, ui: str, message: tuple[str, dict[str, str]] | None
) -> dict[str, Any]:
    words, dated = words_of(ui), report_words.words_of(ui)
    visitor = getattr(request.state, "visitor", None)
    return {
        "ui": ui,
        "say": words.say,
        "count": words.count,
        "day": lambda when, **how: day(when, dated, **how),
        "days": lambda earliest, latest: stretch(earliest, latest, dated, weekday=False),
        "moment": lambda when: moment(when, dated),
        "visitor": visitor,
        "public": state_of(request).settings.public,
        "csrf": forms.token(request),
        "links": links(request.app.state.areas, visitor, request.url.path),
        "languages": _languages(request, ui),
        "asset": assets.address,
        "flash": None if message is None else words.say(message[0], **message[1]),
    }


def _languages(request: Request, ui: str) -> list[tuple[str, str]]:
    """The other languages with the address of the same page in them; only pages one can get."""
    path = request.url.path if request.method in forms.SAFE else "/"
    asked = [(key, value) for key, value in request.query_params.multi_items() if key != "ui"]
    return [
        (other, f"{path}?{urlencode([*asked, ('ui', other)])}")
        for other in LANGUAGES
        if other != ui
    ]


def _cookies(request: Request, response: HTMLResponse, ui: str) -> None:
    settings = state_of(request).settings
    secure = settings.public and settings.secure
    if request.query_params.get("ui") == ui and request.cookies.get(COOKIE) != ui:
        response.set_cookie(
            COOKIE, ui, max_age=_YEAR_SECONDS, httponly=True, secure=secure, samesite="lax"
        )
    new = forms.new_cookie(request)
    if new is not None:
        response.set_cookie(*new, httponly=True, secure=secure, samesite="strict")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("beleg.web", "templates"),
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
