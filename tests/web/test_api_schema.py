"""Whatever fits the description, or just does not, is answered as described (Schemathesis)."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from api_samples import MODEL, OURS, analysed, stock
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from web_samples import LOCAL, Clock, TestClient

from beleg.ledger import adding
from beleg.ledger.store import open_ledger
from beleg.web.api import about
from beleg.web.api.description import description
from beleg.web.app import create_app
from beleg.web.settings import WebSettings

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

# What takes nothing can be asked in one way only.
TRIED = [
    (f"{method.upper()} {path}", mode)
    for path, operations in description()["paths"].items()
    for method, operation in operations.items()
    for mode in ("positive", "negative")
    if mode == "positive" or {"parameters", "requestBody"} & operation.keys()
]
_AREAS = {
    "article_id": "articles",
    "person_id": "people",
    "forecast_id": "forecasts",
    "check_id": "checks",
}


@pytest.fixture(scope="module")
def operations() -> dict[str, Any]:
    """What Schemathesis, which takes seconds to import, makes of each call's description."""
    import schemathesis
    from schemathesis.core.result import Ok

    found = schemathesis.openapi.from_dict(description()).get_all_operations()
    return {one.ok().label: one.ok() for one in found if isinstance(one, Ok)}


@pytest.fixture(scope="module")
def checks() -> list[Any]:
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    return [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_schema_conformance,
    ]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def caller(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """A program at the machine itself; what one call changes, the next ones see."""
    place = tmp_path_factory.mktemp("api") / "ledger.db"
    address = request.getfixturevalue("postgres") if request.param == "postgres" else str(place)
    encoder = SimpleNamespace(name=MODEL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adding, "analyse_each", analysed)
        patch.setattr(adding, "load_encoder", lambda: encoder)
        patch.setattr(about, "load_encoder", lambda: encoder)
        patch.setattr(adding, "readers_of", lambda url, options: ())
        ledger = open_ledger(address, clock=Clock())
        stock(ledger)
        app = create_app(ledger, WebSettings(user="anna"))
        with TestClient(app, base_url=LOCAL, raise_server_exceptions=False) as opened:
            yield opened
        ledger.close()


@pytest.mark.parametrize(("label", "mode"), TRIED)
def test_every_call_is_answered_as_described(
    caller: TestClient, operations: dict[str, Any], checks: list[Any], label: str, mode: str
) -> None:
    from schemathesis import GenerationMode

    strategy = operations[label].as_strategy(generation_mode=GenerationMode(mode))

    @settings(
        max_examples=settings().max_examples // 12,  # for each call; with "hunt", hundreds
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy, known=st.booleans())
    def check(case: Any, known: bool) -> None:
        if known:
            aim(caller, case)
        headers = {} if case.method == "GET" else OURS
        case.call_and_validate(base_url=LOCAL, headers=headers, app=caller.app, checks=checks)

    check()


def aim(caller: TestClient, case: Any) -> None:
    """Makes the call one of an entry that is there, as the caller saw it."""
    entry: dict[str, Any] = {}
    for name in case.path_parameters or {}:
        if name in _AREAS:
            case.path_parameters[name] = 1
            found = caller.get(f"/api/v1/{_AREAS[name]}/1").json()
            entry = next((v for v in found.values() if isinstance(v, dict) and "rev" in v), found)
        elif name.endswith("_id"):
            case.path_parameters[name] = 1
    if isinstance(case.body, dict) and "rev" in case.body and "rev" in entry:
        case.body["rev"] = entry["rev"]


def test_the_calls_that_are_tried_are_all_there_are(operations: dict[str, Any]) -> None:
    assert {label for label, _ in TRIED} == operations.keys()
    assert len(operations) > 40
