"""A bound on the time a parser may spend on a hostile document."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

REPEAT_SECONDS = 0.5
_JUMPS = 1_000


class TimeUp(BaseException):
    """The time is up. A BaseException, so that parsers that swallow every Exception let it pass."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TimeUp inside the block once it has run for `seconds` of wall-clock time.

    Works in any thread and on any platform, unlike signals, and costs one sleeping thread,
    unlike a process. It interrupts Python code only: a single call into C code ends first,
    so sizes are limited separately.
    """
    import ctypes

    sent = False

    def watch() -> None:
        nonlocal sent
        wait = seconds
        while not done.wait(wait):
            with lock:
                if not done.is_set():
                    sent = True
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(TimeUp))
            # Once is not always enough: an exception inside a destructor is dropped.
            wait = REPEAT_SECONDS

    thread = ctypes.c_ulong(threading.get_ident())
    lock = threading.Lock()
    done = threading.Event()
    threading.Thread(target=watch, name="beleg-deadline", daemon=True).start()
    try:
        yield
    finally:
        try:
            with lock:
                done.set()
            # An interrupt that came between the block's end and `done` must not hit the caller.
            # It arrives at the latest when a loop jumps back. Taking it back instead leaves
            # CPython 3.11 in a state in which any tracer (coverage, a debugger) never returns.
            for _ in range(_JUMPS if sent else 0):
                pass
        except TimeUp:
            done.set()
