"""The web application: what it is put together from."""

from __future__ import annotations

from fastapi import FastAPI

from beleg.ledger.store import Ledger
from beleg.version import __version__
from beleg.web import api, assets, error_pages
from beleg.web.api import description
from beleg.web.common import Common, make_common
from beleg.web.pages import (
    account,
    accounts,
    add,
    checklist,
    corrections,
    editing,
    feeds,
    forecasts,
    history,
    inbox,
    people,
    reading,
    scores,
    search,
    timeline,
)
from beleg.web.security.bodies import Bodies
from beleg.web.security.door import Door
from beleg.web.security.headers import SecurityHeaders
from beleg.web.settings import WebSettings
from beleg.web.state import State

# In the order of the navigation.
PAGES = (
    inbox,
    add,
    reading,
    editing,
    search,
    people,
    scores,  # before the forecasts, one of which its address could be
    forecasts,
    checklist,
    timeline,
    history,
    corrections,
)
# Only where others may come.
PUBLIC_PAGES = (accounts, account, feeds)


def create_app(ledger: Ledger, settings: WebSettings, common: Common | None = None) -> FastAPI:
    """The application on `ledger`, which stays open and belongs to the caller.

    common: what it shares with other processes of the same server; its own without.
    """
    app = FastAPI(
        title="Beleg", version=__version__, docs_url=None, redoc_url=None, openapi_url=None
    )
    common = common or make_common(ledger, settings)
    app.state.beleg = State(ledger=ledger, settings=settings, common=common)
    pages = (*PAGES, *PUBLIC_PAGES) if settings.public else PAGES
    app.state.areas = tuple(module.AREA for module in pages if module.AREA is not None)
    for module in pages:
        app.include_router(module.router)
    app.include_router(api.router)
    app.include_router(description.router)
    app.include_router(assets.router)
    error_pages.install(app)
    # The last one added is the first to see a request.
    app.add_middleware(Bodies)
    app.add_middleware(Door)
    app.add_middleware(SecurityHeaders)
    return app
