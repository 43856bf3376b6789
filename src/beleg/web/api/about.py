"""What answers here."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from beleg.encoder.model import load_encoder
from beleg.errors import ModelError
from beleg.records import SCHEMA_VERSION
from beleg.version import __version__
from beleg.web.roles import Role
from beleg.web.state import Shared
from beleg.web.visitors import Reading

router = APIRouter(tags=["about"])


class About(BaseModel):
    """Beleg's version, that of its analyses' JSON, the model, where the ledger is kept, who asks.

    model: as analyses name it; null where its files are damaged.
    """

    beleg: str
    analysis_schema: int
    model: str | None
    ledger: Literal["sqlite", "postgresql"]
    user: str
    role: Role


@router.get("/info", summary="Say what answers here")
def info(who: Reading, state: Shared) -> About:
    """And as whom one is known."""
    try:
        model = load_encoder().name
    except ModelError:
        model = None
    return About(
        beleg=__version__,
        analysis_schema=SCHEMA_VERSION,
        model=model,
        ledger="postgresql" if state.ledger.postgres else "sqlite",
        user=who.name,
        role=who.role,
    )
