"""A ledger with the example articles, and the command line run on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from beleg.cli import cli

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = [ROOT / "examples" / f"{name}.txt" for name in ("news-report", "reprint-undated")]
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with both articles, to be copied."""
    place = tmp_path_factory.mktemp("filled") / "ledger.db"
    arguments = ["add", *map(str, ARTICLES), "--ledger", str(place), "--who", "anna"]
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    return place


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `beleg` in an empty folder, on the ledger ledger.db there, which is not there yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BELEG_LEDGER", str(tmp_path / "ledger.db"))

    def runner(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(cli, arguments, input=stdin, prog_name="beleg")

    return runner


@pytest.fixture
def run(empty: Run, filled: Path, tmp_path: Path) -> Run:
    """Runs `beleg` in an empty folder, on a ledger of the example articles."""
    shutil.copy(filled, tmp_path / "ledger.db")
    return empty
