"""Composes German number words, which no table could list: "einundzwanzig", "1989" spoken.

Source: Duden, Zahlwörter (cardinals and ordinals); the parts come from a word table row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def cardinals(parts: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, int]]:
    """All cardinals from 2 to 1999 with their value ("ein" itself is an article, not here)."""
    below_hundred = dict(_below_hundred(parts))
    yield from ((word, number) for word, number in below_hundred.items() if number > 1)
    hundred, thousand, link = parts["words"]["100"], parts["words"]["1000"], parts["words"]["and"]
    small = {number: word for word, number in below_hundred.items()}
    heads = [(hundred, 100)]
    heads += [(small[digit] + hundred, digit * 100) for digit in range(1, 20) if digit != 10]
    heads += [(thousand, 1000), (small[1] + thousand, 1000)]
    for head, base in heads:
        yield head, base
        for word, number in below_hundred.items():
            tail = parts["words"]["one"] if number == 1 else word
            yield head + tail, base + number
            yield head + link + tail, base + number


def _below_hundred(parts: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, int]]:
    ones = {int(value): word for value, word in parts["ones"].items()}
    for value, word in ones.items():
        yield word, value
    for ten_text, ten_words in parts["tens"].items():
        ten = int(ten_text)
        for ten_word in ten_words.split():
            yield ten_word, ten
            for digit in range(1, 10):
                yield ones[digit] + parts["words"]["and"] + ten_word, ten + digit


def ordinals(parts: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, int]]:
    """Ordinal stems from 13 to 99, without ending ("dreizehnt", "einundzwanzigst")."""
    for word, number in _below_hundred(parts):
        if 13 <= number <= 19:
            yield word + parts["words"]["ordinal-teen"], number
        elif number >= 20:
            yield word + parts["words"]["ordinal"], number
