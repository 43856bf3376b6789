"""Connections, given by the process that accepts them to those that answer (`SCM_RIGHTS`, unix(7)).

Left to itself the system does not share them out evenly. Of one socket, whoever is awake takes most;
of several on one port (`SO_REUSEPORT`), each connection falls to one by chance, and of four all fall
to the same of two in every eighth case. Browsers keep their connections: what is uneven stays so.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from contextlib import suppress

_CONNECTION = b"+"  # goes with the connection itself
_READY = b"r"
_CLOSED = b"-"
_AT_ONCE = 4096


class Share:
    """What one process has of the connections, for the one that gives them.

    end: this side of a pair of connected sockets (`socket.socketpair`); the process has the other.
    """

    def __init__(self, end: socket.socket) -> None:
        end.setblocking(False)
        self.end = end
        self.was_ready = False
        self.gone = False
        self.open = 0
        self.given = 0

    @property
    def takes(self) -> bool:
        """Whether the process answers."""
        return self.was_ready and not self.gone

    def hear(self) -> None:
        """Reads what the process said: that it is ready, has closed connections, takes no more."""
        try:
            said = self.end.recv(_AT_ONCE)
        except BlockingIOError:
            return
        except OSError:  # it ended with connections unread
            said = b""
        self.was_ready |= _READY in said
        self.open -= said.count(_CLOSED)
        self.gone = not said

    def give(self, connection: socket.socket) -> bool:
        """Hands over a connection; False if the process has too many unread, or has ended."""
        try:
            socket.send_fds(self.end, [_CONNECTION], [connection.fileno()])
        except OSError:
            return False
        self.open += 1
        self.given += 1
        return True


def hand_out(connection: socket.socket, shares: Iterable[Share]) -> bool:
    """Gives it to the process with the fewest open ones that takes it; False if none does.

    The caller's copy of the connection stays open.
    """
    able = (share for share in shares if share.takes)
    return any(s.give(connection) for s in sorted(able, key=lambda s: (s.open, s.given)))


class Taker:
    """The side of a process that answers."""

    def __init__(self, end: socket.socket) -> None:
        end.setblocking(False)
        self.end = end
        self._untold = 0

    def ready(self) -> None:
        """Says that the process answers."""
        with suppress(OSError):  # whoever gives is gone; `take` says so
            self.end.send(_READY)

    def take(self) -> socket.socket | None:
        """The next connection; None if there is none to be had now.

        Raises EOFError when whoever gives them is gone.
        """
        try:
            said, numbers, _, _ = socket.recv_fds(self.end, 1, 1)
        except BlockingIOError:
            return None
        except OSError:
            said, numbers = b"", []
        if not said:
            raise EOFError
        if not numbers:  # as many files are open as may be
            self._closed()
            return None
        connection = _Connection(numbers[0], self._closed)
        connection.set_inheritable(False)
        return connection

    def _closed(self) -> None:
        self._untold += 1
        with suppress(OSError):  # no room: told with the next one
            self._untold -= self.end.send(_CLOSED * self._untold)


class _Connection(socket.socket):
    """One that says when it is closed."""

    def __init__(self, number: int, closed: Callable[[], None]) -> None:
        super().__init__(fileno=number)
        self._tell: Callable[[], None] | None = closed

    def close(self) -> None:
        super().close()
        tell, self._tell = self._tell, None
        if tell:
            tell()
