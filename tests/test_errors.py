from __future__ import annotations

import inspect
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from beleg.errors import BelegError
from beleg.messages import Message

SAMPLES: dict[str, Any] = {"int": 3, "BaseException": ValueError("broken")}


def kinds(kind: type[BelegError] = BelegError) -> Iterator[type[BelegError]]:
    yield kind
    for one in kind.__subclasses__():
        yield from kinds(one)


@pytest.mark.parametrize("kind", list(kinds()))
def test_errors_reach_other_processes(kind: type[BelegError]) -> None:
    if kind.__init__ is Exception.__init__:
        error = kind("a.txt: empty. Name another")
    else:
        words = Message("key", "words", size=5)
        wanted = inspect.signature(kind).parameters
        given = {name: SAMPLES.get(one.annotation, words) for name, one in wanted.items()}
        keyword = {n for n, one in wanted.items() if one.kind is one.KEYWORD_ONLY}
        named = {name: given.pop(name) for name in keyword}
        error = kind(*given.values(), **named)
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.args) == (kind, str(error), error.args)
    for name, value in vars(error).items():
        got = getattr(again, name)
        assert repr(got) == repr(value)
        if isinstance(value, Message):
            assert (got.key, got.fields) == (value.key, value.fields)
