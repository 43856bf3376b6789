"""The areas of the application, in the order in which the navigation shows them."""

from __future__ import annotations

from dataclasses import dataclass

from beleg.web.roles import Role
from beleg.web.visitors import Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area: its name is the words under `nav.<key>`; shown to visitors of that role."""

    key: str
    path: str
    role: Role = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An area for one visitor; here: whether the page is of it."""

    key: str
    path: str
    here: bool


def links(areas: tuple[Area, ...], visitor: Visitor | None, path: str) -> tuple[Link, ...]:
    """What the visitor may go to from the page at `path`; nothing for strangers."""
    if visitor is None:
        return ()
    return tuple(
        Link(key=area.key, path=area.path, here=_within(path, area.path))
        for area in areas
        if visitor.may(area.role)
    )


def _within(path: str, area: str) -> bool:
    return path == area or (area != "/" and path.startswith(area + "/"))
