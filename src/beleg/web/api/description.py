"""The description of the interface: OpenAPI 3.1 for programs, a plain list for people."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import HTMLResponse, JSONResponse, Response

from beleg.records import Analysis
from beleg.version import __version__
from beleg.web.api.problems import Problem, add_problems
from beleg.web.security.forms import HEADER, SAFE
from beleg.web.templating import page
from beleg.web.visitors import Reading

router = APIRouter()

_ABOUT = """What the pages of Beleg do, for programs. Offsets count code points; days are ISO 8601
and inclusive. Who changes something names the `rev` of what was seen and sends the header
`X-Beleg` (with any value). Errors are problem details (RFC 9457)."""


@router.get("/api/openapi.json", include_in_schema=False)
def openapi(_: Reading) -> Response:
    """The interface as OpenAPI 3.1."""
    return JSONResponse(description())


@router.get("/api", include_in_schema=False)
def listing(request: Request, _: Reading) -> HTMLResponse:
    """All calls on one page."""
    calls = [
        {"method": method.upper(), "path": path, "summary": operation["summary"]}
        for path, operations in description()["paths"].items()
        for method, operation in operations.items()
    ]
    return page(request, "api.html.j2", calls=calls)


@cache
def description() -> dict[str, Any]:
    """The OpenAPI description of everything under /api/v1."""
    from beleg.web.api import router as interface

    found = get_openapi(
        title="Beleg",
        version=__version__,
        openapi_version="3.1.0",
        description=_ABOUT,
        routes=interface.routes,
    )
    components = found.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema()
    schemas |= _analysis_schemas()
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    components["securitySchemes"] = {
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "__Host-beleg",
            "description": "Where Beleg is public: what the browser holds after log-in.",
        },
        "ours": {
            "type": "apiKey",
            "in": "header",
            "name": HEADER.title(),
            "description": "Any value: what a foreign page cannot send.",
        },
    }
    for operations in found["paths"].values():
        for method, operation in operations.items():
            changing = method.upper() not in SAFE
            add_problems(operation, changing=changing)
            ours: dict[str, list[str]] = {"ours": []} if changing else {}
            operation["security"] = [ours, {"session": [], **ours}]
    return found


def _analysis_schemas() -> dict[str, Any]:
    """The records of an analysis, under names of their own: "Analysis", "Analysis.Quotation"."""
    template = "#/components/schemas/Analysis.{name}"
    _, components = msgspec.json.schema_components([Analysis], ref_template=template)
    named = {f"Analysis.{name}": schema for name, schema in components.items()}
    return named | {"Analysis": {"$ref": template.format(name="Analysis")}}
