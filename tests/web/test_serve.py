from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil
import pytest

from beleg.errors import ExtraMissing, LedgerRefused
from beleg.ledger.store import Ledger
from beleg.web.serve import check_address, serve

PROGRAM = """
import sys
from beleg.ledger.store import open_ledger
from beleg.web.serve import serve
if __name__ == "__main__":
    serve(open_ledger(sys.argv[1]), port=int(sys.argv[2]), processes=int(sys.argv[3]))
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


@pytest.mark.parametrize("processes", [1, 2])
def test_a_port_that_is_taken_is_said_so(ledger: Ledger, processes: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(LedgerRefused, match="Name another port"):
            serve(ledger, port=port, processes=processes)


def test_a_system_that_cannot_hand_over_connections_has_one_process(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(socket, "send_fds")
    with pytest.raises(LedgerRefused, match="Use --processes 1"):
        serve(ledger, port=0, processes=2)


def test_missing_packages_are_named(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(ExtraMissing, match=r'pip install "beleg\[web\]"'):
        serve(ledger)


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminate"])
def test_it_answers_until_it_is_told_to_stop(
    tmp_path: Path, processes: int, word: signal.Signals
) -> None:
    with begun(tmp_path, processes) as (program, port):
        assert answered(port) == 200
        program.send_signal(word)
        output, _ = program.communicate(timeout=30)
    # One process alone ends by that signal, once what was under way is finished.
    assert output == ("" if (processes, word) == (1, signal.SIGTERM) else "closed\n")
    with socket.socket() as asking, pytest.raises(OSError, match="refused"):
        asking.connect(("127.0.0.1", port))


@pytest.mark.slow
@pytest.mark.model
def test_several_processes_are_one_server(tmp_path: Path) -> None:
    """A job that one of them was given is known to all; one that is killed is replaced."""
    with begun(tmp_path, 2) as (program, port):
        assert answered(port) == 200
        served = psutil.Process(program.pid)
        first, second = answering(served)
        job = asked(port, "POST", "articles", text="Die Brücke ist seit gestern gesperrt.")
        asked(port, "POST", "articles/reanalyse")
        # Each question comes by a connection of its own, so that both are asked.
        assert all(len(asked(port, "GET", "jobs")) == 2 for _ in range(30))
        first.kill()
        first.wait(10)
        for _ in range(200):
            if len(answering(served)) == 2:
                break
            time.sleep(0.1)
        assert second in answering(served)
        assert all(asked(port, "GET", f"jobs/{job['id']}")["state"] == "done" for _ in range(30))
        second.kill()  # the new one answers too
        second.wait(10)
        assert asked(port, "GET", "articles/1")["article"]["id"] == 1


@pytest.mark.slow
def test_browsers_connections_are_shared_out_evenly(tmp_path: Path) -> None:
    with begun(tmp_path, 2) as (program, port):
        assert answered(port) == 200
        processes = answering(psutil.Process(program.pid))
        for _ in range(100):
            with visiting(port, 2):
                if held(processes, port) == [1, 1]:  # both have begun to answer
                    break
            time.sleep(0.1)
        with visiting(port, 8):
            assert held(processes, port) == [4, 4]


@pytest.mark.slow
def test_processes_whose_server_is_killed_end_too(tmp_path: Path) -> None:
    with begun(tmp_path, 2) as (program, port):
        assert answered(port) == 200
        left = answering(psutil.Process(program.pid))
        program.kill()
        assert psutil.wait_procs(left, timeout=20)[1] == []


@pytest.mark.slow
def test_a_server_whose_processes_cannot_begin_says_so(tmp_path: Path) -> None:
    with begun(tmp_path, 2, "import beleg.web.processes as p; p.create_app = None") as (program, _):
        output, errors = program.communicate(timeout=60)
    assert program.returncode == 1
    assert output == ""
    assert "ServerFailed: beleg serve: a process ended by itself (exit code 1)" in errors


def answering(served: psutil.Process) -> list[psutil.Process]:
    """The processes that answer, without that of the standard library which watches them."""
    return [one for one in served.children() if "spawn_main" in " ".join(one.cmdline())]


@contextmanager
def visiting(port: int, visitors: int) -> Iterator[None]:
    """Visitors who have seen a page and keep their connections."""
    with ExitStack() as stack:
        for _ in range(visitors):
            visitor = stack.enter_context(closing(HTTPConnection("127.0.0.1", port, timeout=30)))
            visitor.request("GET", "/")
            assert visitor.getresponse().read()
        yield


def held(processes: Iterable[psutil.Process], port: int) -> list[int]:
    """How many visitors each of the processes has."""
    return [
        sum(one.laddr.port == port and bool(one.raddr) for one in process.net_connections("tcp"))
        for process in processes
    ]


def asked(port: int, method: str, path: str, **fields: str) -> Any:
    """What the REST interface answers."""
    body = json.dumps(fields).encode() if method == "POST" else None
    headers = {"Content-Type": "application/json", "X-Beleg": "test"}
    address = f"http://127.0.0.1:{port}/api/v1/{path}"
    question = urllib.request.Request(address, body, headers, method=method)
    with urllib.request.urlopen(question, timeout=30) as answer:
        return json.load(answer)


@contextmanager
def begun(
    folder: Path, processes: int, before: str = ""
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    # A file, not -c: new interpreters read it again.
    script = folder / "served.py"
    script.write_text(before + PROGRAM, encoding="utf-8")
    arguments = [sys.executable, str(script), str(folder / "l.db"), str(port), str(processes)]
    program = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with program:  # closes its pipes
        try:
            yield program, port
        finally:
            program.kill()


def answered(port: int) -> int:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                return int(answer.status)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nobody answers")
