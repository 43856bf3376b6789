"""`beleg serve` and `beleg accounts`."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError

import pytest
from click.testing import Result

pytestmark = pytest.mark.model

Run = Callable[..., Result]
PASSWORD = "Vier Störche fliegen 1 Runde"


def accounts(run: Run) -> list[tuple[str, str, bool]]:
    lines = run("accounts", "list", "--format", "json").stdout.splitlines()
    return [(one["name"], one["role"], one["active"]) for one in map(json.loads, lines)]


def test_accounts_are_made_changed_and_disabled(run: Run) -> None:
    twice = f"{PASSWORD}\n{PASSWORD}\n"
    assert run("accounts", "add", "anna", "--role", "admin", stdin=twice).exit_code == 0
    assert run("accounts", "add", "bernd", stdin=twice).exit_code == 0
    assert accounts(run) == [("anna", "admin", True), ("bernd", "edit", True)]
    assert run("accounts", "role", "bernd", "read").exit_code == 0
    assert run("accounts", "disable", "bernd").exit_code == 0
    assert accounts(run)[1] == ("bernd", "read", False)
    assert run("accounts", "enable", "bernd").exit_code == 0
    assert (
        run("accounts", "password", "bernd", stdin=f"{PASSWORD} 2\n{PASSWORD} 2\n").exit_code == 0
    )
    assert accounts(run)[1] == ("bernd", "read", True)
    assert PASSWORD not in run("history", "--format", "json", "--limit", "1000").stdout


def test_the_last_administrator_stays_one(run: Run) -> None:
    assert (
        run("accounts", "add", "anna", "--role", "admin", stdin=f"{PASSWORD}\n" * 2).exit_code == 0
    )
    assert run("accounts", "disable", "anna").exit_code == 1
    assert accounts(run) == [("anna", "admin", True)]


@pytest.mark.parametrize("stdin", ["kurz\nkurz\n", f"{PASSWORD}\nanders\n", ""])
def test_a_password_that_is_unfit_or_not_repeated_makes_no_account(run: Run, stdin: str) -> None:
    assert run("accounts", "add", "anna", stdin=stdin).exit_code == 1
    assert accounts(run) == []


def test_strangers_are_not_let_in_unguarded(run: Run) -> None:
    result = run("serve", "--host", "0.0.0.0")
    assert result.exit_code == 1
    assert "nobody would have to log in" in result.stderr


@pytest.mark.slow
def test_the_ledger_opens_in_the_browser_and_ends_in_order(run: Run) -> None:
    assert Path("ledger.db").exists()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "beleg", "serve", "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        page = _page(f"http://127.0.0.1:{port}/")
    finally:
        process.terminate()
        _, told = process.communicate(timeout=30)
    assert "Fähre läuft vor Grauwick auf Grund" in page
    assert told.startswith(f"beleg: http://127.0.0.1:{port}/")
    assert process.returncode in (0, -15)


def _page(address: str) -> str:
    for _ in range(600):  # a loaded machine takes its time
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                page: bytes = answer.read()
                return page.decode("utf-8")
        except URLError:
            time.sleep(0.1)
    raise AssertionError("no answer")
