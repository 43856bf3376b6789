from __future__ import annotations

import time

import pytest

from beleg.report.safe import columns, context, headline, link, one_line, shorten, visible
from beleg.text.article import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31mrot", "␛[31mrot"),
        ("a\x07b", "a␇b"),
        ("\x9b31m", "\ufffd31m"),
        ("\u202eabc\u2069", "\ufffdabc\ufffd"),
        ("zeile\r\nzwei", "zeile \nzwei"),
        ("eins\u2028zwei", "eins\nzwei"),
        ("\ud800", "\ufffd"),
        ("\x00", "␀"),
        ("Tab\tund\nZeile bleiben", "Tab\tund\nZeile bleiben"),
        (
            "👩\u200d🚒 und wei\u00adche Tren\u00adnung",
            "👩\u200d🚒 und wei\u00adche Tren\u00adnung",
        ),
    ],
)
def test_control_characters_become_visible(text: str, expected: str) -> None:
    assert visible(text) == expected
    assert len(visible(text)) == len(text)


def test_every_character_can_be_written_and_none_drives_a_terminal() -> None:
    everything = visible("".join(map(chr, range(0x11000))))
    everything.encode("utf-8")
    assert not {chr(code) for code in [*range(9), *range(11, 32), *range(127, 160)]} & {*everything}


def test_one_line_joins_all_white_space() -> None:
    assert one_line("  eins\n\n zwei\u00a0\tdrei\r\n") == "eins zwei drei"


@pytest.mark.parametrize("url", ["https://a.example/x?y=1#z", "HTTP://a.example", "http://[::1]/"])
def test_http_addresses_are_linked(url: str) -> None:
    assert link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        " https://a.example",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//a.example",
        "https://",
        "http://[broken",
        "vbscript:x",
        "file:///etc/passwd",
        "https://a.example/\u202egpj.exe",
    ],
)
def test_other_addresses_are_not_linked(url: str | None) -> None:
    assert link(url) is None


TEXT = "Erster Absatz.\nDer Rat tagt am Montag im alten Saal.\nDritter Absatz."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (99, 99, ("Der Rat tagt ", "am Montag", " im alten Saal.")),
        (10, 10, ("…\u00a0Rat tagt ", "am Montag", " im alten\u00a0…")),
        (9, 9, ("…\u00a0Rat tagt ", "am Montag", " im alten\u00a0…")),
        (3, 2, ("…\u00a0", "am Montag", "\u00a0…")),
    ],
)
def test_context_stays_in_the_paragraph_and_keeps_words_whole(
    before: int, after: int, expected: tuple[str, str, str]
) -> None:
    start = TEXT.index("am Montag")
    assert context(TEXT, Span(start, start + 9), before=before, after=after) == expected


def test_context_of_the_whole_text_is_the_text() -> None:
    assert context("heute", Span(0, 5)) == ("", "heute", "")


def test_context_of_a_huge_line_is_found_quickly() -> None:
    text = "x" * 5_000_000 + " heute " + "y" * 5_000_000
    start = time.process_time()
    for _ in range(300):
        context(text, Span(5_000_001, 5_000_006))
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("text", "expected"), [("Größe", 5), ("u\u0308ber", 4), ("日本", 4), ("a\u200bb", 2)]
)
def test_columns_counts_what_a_terminal_shows(text: str, expected: int) -> None:
    assert columns(text) == expected


def test_shorten_cuts_at_a_word() -> None:
    assert shorten("eins zwei drei", 14) == "eins zwei drei"
    assert shorten("eins zwei drei", 12) == "eins zwei…"
    assert shorten("x" * 20, 5) == "xxxx…"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brücke zu\n\nDer Rat tagt.", "Brücke zu"),
        ("\nZerbricht die Regierung?\nJa.", "Zerbricht die Regierung?"),
        ("Der Rat tagt.\nEr schweigt.", None),
        ("Nur eine Zeile", None),
        ("x" * 141 + "\nText.", None),
        ("", None),
    ],
)
def test_a_headline_is_a_short_first_line_that_is_no_sentence(
    text: str, expected: str | None
) -> None:
    assert headline(text) == expected
