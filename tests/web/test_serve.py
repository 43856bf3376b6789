from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from beleg.errors import ExtraMissing, LedgerRefused
from beleg.ledger.store import Ledger
from beleg.web.serve import check_address, serve

PROGRAM = """
import sys
from beleg.ledger.store import open_ledger
from beleg.web.serve import serve
serve(open_ledger(sys.argv[1]), port=int(sys.argv[2]))
print("closed")
"""


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
@pytest.mark.parametrize("public", [False, True])
def test_this_machine_may_always_listen_to_itself(host: str, public: bool) -> None:
    check_address(host, public=public, secure=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "beleg.example", ""])
def test_strangers_come_only_with_accounts_and_https(ledger: Ledger, host: str) -> None:
    with pytest.raises(LedgerRefused, match="--public"):
        serve(ledger, host=host)
    with pytest.raises(LedgerRefused, match="in the clear"):
        check_address(host, public=True, secure=False)
    check_address(host, public=True, secure=True)


def test_a_port_that_is_taken_is_said_so(ledger: Ledger) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(LedgerRefused, match="Name another port"):
            serve(ledger, port=port)


def test_missing_packages_are_named(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(ExtraMissing, match=r'pip install "beleg\[web\]"'):
        serve(ledger)


@pytest.mark.slow
def test_it_answers_until_it_is_told_to_stop(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "l.db"), str(port)]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)
    try:
        assert answered(port) == 200
    finally:
        program.send_signal(signal.SIGINT)
    output, _ = program.communicate(timeout=20)
    assert (program.returncode, output) == (0, "closed\n")


def answered(port: int) -> int:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                return int(answer.status)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nobody answers")
