"""Figures as the language of a page writes them."""

from __future__ import annotations

from collections.abc import Callable
from math import isinf

from starlette.requests import Request

from beleg.web.words import language, words_of


def figures(request: Request) -> Callable[..., str]:
    """For templates: `figure(0.25)` is "0,250" in German; infinity is "∞"."""
    point = words_of(language(request)).say("number.point")

    def figure(value: float, digits: int = 3) -> str:
        return "∞" if isinf(value) else f"{value:.{digits}f}".replace(".", point)

    return figure
