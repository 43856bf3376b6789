"""Numbers of entries, as addresses and bodies may name them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from pydantic import Field

LARGEST = 2**31 - 1  # of PostgreSQL's integers
Number = Annotated[int, Field(ge=1, le=LARGEST)]
Id = Annotated[int, Path(ge=1, le=LARGEST)]
