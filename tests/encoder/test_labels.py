"""Labels of words become quotations."""

from __future__ import annotations

import numpy as np
import pytest

from beleg.encoder.labels import decode

O, B, I, C = range(4)  # noqa: E741


def scores(labels: list[int], sure: float = 5.0) -> np.ndarray:
    out = np.zeros((len(labels), 4), np.float32)
    out[np.arange(len(labels)), labels] = sure
    return out


@pytest.mark.parametrize(
    ("labels", "quotes"),
    [
        ([O, B, I, I, O], [(1, 2, 3)]),
        ([B, I, B, I], [(0, 1), (2, 3)]),
        ([B, I, O, O, C, I, O], [(0, 1, 4, 5)]),
        ([O, O], []),
        ([B], [(0,)]),
        ([O, B], [(1,)]),
    ],
)
def test_labels_are_read_as_quotations(labels: list[int], quotes: list[tuple[int, ...]]) -> None:
    assert decode([scores(labels)]) == [quotes]


def test_inside_without_a_beginning_begins() -> None:
    (found,) = decode([scores([O, I, I, O])])
    assert [q[-1] for q in found] == [2]


def test_nothing_continues_where_nothing_began() -> None:
    (found,) = decode([scores([O, C, I, O])])
    assert all(q[0] != 1 or q == (1, 2) for q in found)


def test_a_text_is_decoded_the_same_beside_longer_ones() -> None:
    short, long = scores([O, B, I, O]), scores([B, I, I, O, O, C, I, O, B])
    assert decode([short, long]) == [*decode([short]), *decode([long])]


def test_no_texts_no_quotations() -> None:
    assert decode([]) == []
