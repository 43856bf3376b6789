"""What a list is asked for: fields of its address, where an empty one means any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query
from pydantic import BeforeValidator, Field
from starlette.requests import Request

from beleg.report import words as report_words
from beleg.web.numbers import Number
from beleg.web.words import language

_LONGEST = 300


def _none_if_empty(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


OrEmpty = BeforeValidator(_none_if_empty)
AskedDay = Annotated[date | None, OrEmpty, Query()]
AskedText = Annotated[Annotated[str, Field(max_length=_LONGEST)] | None, OrEmpty, Query()]
AskedNumber = Annotated[Number | None, OrEmpty, Query()]
# Two that would hide what Python calls so.
AskedType = Annotated[
    Annotated[str, Field(max_length=_LONGEST)] | None, OrEmpty, Query(alias="type")
]
AskedId = Annotated[Number | None, OrEmpty, Query(alias="id")]


def here(request: Request, **changed: object) -> str:
    """This page's address with other fields; None leaves one out, and so does an empty one."""
    asked = {key: value for key, value in request.query_params.items() if key != "ui"} | changed
    kept = [(key, str(value)) for key, value in asked.items() if value not in (None, "")]
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path


def report_say(request: Request) -> Callable[..., str]:
    """The words of the reports (types, sources, reasons) in the language of this page."""
    return report_words.words_of(language(request)).say
