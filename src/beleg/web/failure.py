"""The exception for what the web application answers with an error."""

from __future__ import annotations

from functools import partial
from typing import Literal

from starlette.exceptions import HTTPException

Why = Literal["role", "form", "hosts", "depth"]


class Failure(HTTPException):
    """A request that is answered with an error; an HTTPException, so FastAPI lets it through.

    status: of HTTP. why: which of several reasons for one status. retry_after: seconds.
    """

    def __init__(
        self, status: int, *, why: Why | None = None, retry_after: int | None = None
    ) -> None:
        headers = None if retry_after is None else {"Retry-After": str(retry_after)}
        super().__init__(status, headers=headers)
        self.why = why
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[object, ...]:
        again = partial(Failure, self.status_code, why=self.why, retry_after=self.retry_after)
        return again, ()
