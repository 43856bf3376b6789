"""The bound on parsing time."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from beleg.intake.deadline import TimeUp, deadline


def work(seconds: float) -> None:
    """Busy Python code that swallows every Exception, as lenient parsers do."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            sum(range(1000))
        except Exception:
            continue


def test_endless_work_is_interrupted() -> None:
    start = time.monotonic()
    with pytest.raises(TimeUp), deadline(0.1):
        work(30)
    assert time.monotonic() - start < 5


def test_it_holds_in_other_threads() -> None:
    caught: list[BaseException] = []

    def run() -> None:
        try:
            with deadline(0.1):
                work(30)
        except TimeUp as error:
            caught.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=10)
    assert len(caught) == 1


def test_finished_work_is_left_alone() -> None:
    with deadline(0.05):
        pass
    work(0.3)  # long enough for a late interrupt to hit


def test_errors_pass_through() -> None:
    with pytest.raises(KeyError), deadline(5):
        raise KeyError


@pytest.mark.parametrize("seconds", [20, 0.01])
def test_a_tracer_works_afterwards(seconds: float) -> None:
    """Coverage and debuggers trace; in a process of its own, as a failure would never end."""
    code = f"""
import sys, time
from beleg.intake.deadline import TimeUp, deadline
end = time.monotonic() + 0.1
try:
    with deadline({seconds}):
        while time.monotonic() < end:
            pass
except TimeUp:
    pass
sys.settrace(lambda *_: None)
print(sum(number for number in range(10)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert done.stdout == b"45\n"
