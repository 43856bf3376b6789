from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import NamedTuple

import pytest

from beleg.web.handing import Share, Taker, hand_out


class Visit(NamedTuple):
    """A visitor's connection: his side of it and the server's."""

    his: socket.socket
    ours: socket.socket


class Town:
    """Several processes as far as connections go, all of them in this one."""

    def __init__(self, stack: ExitStack) -> None:
        self.stack = stack
        self.shares: list[Share] = []
        self.takers: list[Taker] = []

    def process(self, *, ready: bool = True) -> tuple[Share, Taker]:
        ours, theirs = map(self.stack.enter_context, socket.socketpair())
        share, taker = Share(ours), Taker(theirs)
        self.shares.append(share)
        self.takers.append(taker)
        if ready:
            taker.ready()
            share.hear()
        return share, taker

    def visit(self) -> Visit:
        return Visit(*map(self.stack.enter_context, socket.socketpair()))

    def let_in(self, visit: Visit | None = None) -> bool:
        visit = visit or self.visit()
        with visit.ours:
            return hand_out(visit.ours, self.shares)

    def take(self, taker: Taker) -> socket.socket:
        connection = taker.take()
        assert connection is not None
        return self.stack.enter_context(connection)

    @property
    def open(self) -> list[int]:
        return [share.open for share in self.shares]


@pytest.fixture
def town() -> Iterator[Town]:
    with ExitStack() as stack:
        yield Town(stack)


def test_what_is_given_is_the_visitors_connection(town: Town) -> None:
    _, taker = town.process()
    visit = town.visit()
    assert town.let_in(visit)
    taken = town.take(taker)
    assert not taken.get_inheritable()
    visit.his.sendall("Grüße".encode())
    assert taken.recv(99).decode() == "Grüße"
    taken.close()
    assert visit.his.recv(1) == b""  # nobody else holds it open


def test_connections_are_shared_out_evenly(town: Town) -> None:
    for _ in range(3):
        town.process()
    assert all(town.let_in() for _ in range(10))
    assert sorted(town.open) == [3, 3, 4]


def test_who_has_closed_most_gets_the_next(town: Town) -> None:
    first, taker = town.process()
    town.process()
    assert all(town.let_in() for _ in range(6))
    taken = [town.take(taker) for _ in range(3)]
    taken[0].close()
    taken[0].close()  # is told once
    taken[1].close()
    first.hear()
    assert town.open == [1, 3]
    assert all(town.let_in() for _ in range(2))
    assert town.open == [3, 3]


def test_visitors_who_leave_at_once_come_to_each_in_turn(town: Town) -> None:
    takers = [town.process()[1] for _ in range(2)]
    for _ in range(6):
        town.let_in()
        for share, taker in zip(town.shares, takers, strict=True):
            if (connection := taker.take()) is not None:
                connection.close()
                share.hear()
    assert [share.given for share in town.shares] == [3, 3]


def test_a_process_gets_none_before_it_answers(town: Town) -> None:
    beginning, taker = town.process(ready=False)
    assert not town.let_in()
    beginning.hear()  # nothing was said
    assert not beginning.takes
    assert taker.take() is None
    taker.ready()
    beginning.hear()
    assert town.let_in()


def test_a_process_that_takes_no_more_is_passed_over(town: Town) -> None:
    leaving, taker = town.process()
    town.process()
    taker.end.close()
    assert all(town.let_in() for _ in range(3))  # before it is heard of
    assert town.open == [0, 3]
    leaving.hear()
    assert leaving.gone
    assert leaving.was_ready
    assert not leaving.takes


def test_a_process_that_ended_with_connections_unread_is_gone(town: Town) -> None:
    ended, taker = town.process()
    visit = town.visit()
    assert town.let_in(visit)
    taker.end.close()
    ended.hear()
    assert ended.gone
    assert not town.let_in()
    assert visit.his.recv(1) == b""


def test_a_process_with_too_many_unread_is_passed_over(town: Town) -> None:
    """One that hangs neither stops the one that gives nor gets connections without end."""
    hanging, _ = town.process()
    hanging.end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
    unread = 0
    while unread < 200 and town.let_in():
        unread += 1
    assert 0 < unread < 200
    town.process()
    assert all(town.let_in() for _ in range(unread + 3))
    assert town.open[0] == unread


def test_a_process_whose_giver_is_gone_hears_of_it(town: Town) -> None:
    share, taker = town.process()
    assert town.let_in()
    share.end.close()
    left = town.take(taker)
    with pytest.raises(EOFError):
        taker.take()
    left.close()  # nobody hears it; no error
    taker.ready()


def test_closed_connections_that_could_not_be_told_are_told_later(town: Town) -> None:
    """The one that gives may be slow to listen; what was closed meanwhile is not forgotten."""
    share, taker = town.process()
    share.end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    taker.end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
    for _ in range(50):
        assert town.let_in()
        town.take(taker).close()
    for _ in range(50):
        share.hear()
    assert share.open > 0  # so some could not be told
    assert town.let_in()
    town.take(taker).close()
    for _ in range(50):
        share.hear()
    assert share.open == 0
