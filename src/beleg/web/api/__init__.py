"""The REST interface: what the pages do, for programs. One module an area; see docs/api.md."""

from fastapi import APIRouter, Depends

from beleg.web.api import (
    about,
    adding,
    articles,
    checks,
    corrections,
    exports,
    forecasts,
    history,
    jobs,
    people,
    quotations,
    scores,
    timeline,
)
from beleg.web.api.media import known_media

router = APIRouter(prefix="/api/v1", dependencies=[Depends(known_media)])
for area in (
    adding,
    jobs,
    articles,
    corrections,
    exports,
    people,
    quotations,
    timeline,
    forecasts,
    scores,
    checks,
    history,
    about,
):
    router.include_router(area.router)
