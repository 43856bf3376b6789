"""Long lists, page by page: each page names the place where the next one begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, Field

from beleg.web.api.inputs import Limit, Sent
from beleg.web.numbers import Number

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """Some entries of a list; `next` goes into `after` for the page that follows."""

    items: list[T]
    next: Annotated[str | None, Field(description="Null on the last page.")]


class Listing(Sent):
    """What every list can be asked: how much of it, and from where on."""

    limit: Limit = 50
    after: Annotated[
        Number | None, Field(description="`next` of the page before; leave it out for the first.")
    ] = None

    def chosen(self) -> dict[str, Any]:
        """The other fields, which say which entries are meant."""
        return self.model_dump(exclude={"limit", "after"})


def page_of(found: Sequence[T], limit: int, place: Callable[[T], object]) -> Page[T]:
    """The first `limit` of what was found, of which there should be one more if there is one."""
    shown = list(found[:limit])
    return Page(items=shown, next=str(place(shown[-1])) if len(found) > limit else None)
