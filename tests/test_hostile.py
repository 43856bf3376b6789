"""Damaged and hostile inputs: nothing crashes, and the work grows with the text, not faster."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, get_args

import pytest

from beleg.analyse import analyse
from beleg.errors import BelegError
from beleg.intake import article_from_bytes
from beleg.modes import Mode
from beleg.text.article import Article
from invariants import assert_sound, read

pytestmark = pytest.mark.usefixtures("random_encoder")

EXAMPLES = sorted(
    path
    for path in (Path(__file__).resolve().parent.parent / "examples").iterdir()
    if path.suffix in (".txt", ".html")
)
DAY = date(2024, 3, 7)

# ---- damaged articles --------------------------------------------------------------------

_SHREDS = (
    "31.2.9999", "99999999999999 Jahre", "0. Jahrhundert", "32. Mai", "Jahr 0", "nächstes Jahr",
    "vor 100000 Jahren", "44 v. Chr.", "im 400. Jahrhundert v. Chr.", "in 9999999 Jahrhunderten",
    "00:60 Uhr", "um 25 Uhr", "KW 99", "29. Februar 2023", "Mai Mai Mai", "am am am", "„“„“", "((",
    "\u00ad", "\u202e", "\ufeff", "\x00", "\x1b[31m", "\r", "\n\n\n", "<script>", "</p><p>", "&#0;",
    "👩‍👩‍👧", "٣. Mai", "Ⅻ", "a\u0308" * 40, "." * 60, "1" * 5_000, "ein" * 2_000, "²³",
)  # fmt: skip
Damage = Callable[[str, random.Random], str]


def _slice(text: str, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(text))
    return start, min(len(text), start + rng.randint(1, 200))


def delete(text: str, rng: random.Random) -> str:
    start, stop = _slice(text, rng)
    return text[:start] + text[stop:]


def double(text: str, rng: random.Random) -> str:
    start, stop = _slice(text, rng)
    return text[:stop] + text[start:stop] * rng.randint(1, 20) + text[stop:]


def swap(text: str, rng: random.Random) -> str:
    start, stop = _slice(text, rng)
    place = rng.randrange(len(text))
    return text[:place] + text[start:stop] + text[place:start] + text[stop:]


def insert(text: str, rng: random.Random) -> str:
    place = rng.randrange(len(text))
    return text[:place] + rng.choice(_SHREDS) + text[place:]


def spoil(text: str, rng: random.Random) -> str:
    """Bytes that somebody read in the wrong encoding."""
    place = rng.randrange(len(text))
    noise = rng.randbytes(rng.randint(1, 60)).decode("latin-1")
    return text[:place] + noise + text[place:]


def mistake(text: str, rng: random.Random) -> str:
    return text.encode("utf-8").decode("latin-1")


def unwrap(text: str, rng: random.Random) -> str:
    return text.replace(
        rng.choice([" ", ".", ",", "\n", "“"]), rng.choice(["", " ", "\n", "\u00ad"])
    )


DAMAGES: tuple[Damage, ...] = (delete, double, swap, insert, insert, spoil, mistake, unwrap)


def damaged(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 6)):
        text = rng.choice(DAMAGES)(text, rng) or "."
    return text


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_damaged_articles_are_read_or_refused(seed: int) -> None:
    """A hundred articles a seed: half past the intake as text, half through it as bytes."""
    rng = random.Random(seed)
    days = [None, DAY, date.min, date.max, date(9999, 1, 1), date(2024, 2, 29)]
    refused = []
    for number in range(100):
        path = rng.choice(EXAMPLES)
        text = damaged(path.read_text(encoding="utf-8"), rng)
        published, mode = rng.choice(days), rng.choice(get_args(Mode))
        if number % 2:
            assert_sound(read(text.replace("\0", ""), published=published, mode=mode))
            continue
        try:
            article = article_from_bytes(text.encode(), source=path.name, published=published)
            assert_sound(analyse(article, mode=mode))
        except BelegError as error:
            refused.append(str(error))
    assert all(message.startswith(tuple(path.name for path in EXAMPLES)) for message in refused)
    assert len(refused) < 25, "half was refused: too little was tested"


# ---- patterns repeated -------------------------------------------------------------------

# One entry for each place where a careless pattern or loop would start over and over.
WORDS = (
    "am ", "der ", "am Montag ", "am Montag, ", "1.", "1. ", "und 3. ", "3., 4., ", "12.3.", "12:",
    "1998 ", "1998/", "2000-", "Mai/", "Ende ", "vor zwei Jahren und ", "zwei ", "zweiund", "ein",
    "heute ", "heute, ", "sagte, ", "um 8 Uhr ", "im Jahr ", "des Jahres ", "jeden zweiten ",
    "sagte Anna Kranz. ", "Die Polizei teilte mit, dass ", "„Nein“, sagte er, „",
)  # fmt: skip
SIGNS = (
    "(", "(((( ", "(a) ", "[...] ", "„", "“", "„‚“‘", "...", "? ", "- ", "a.", "a. ", "z. B. ", "Dr. ",
    "www.", "a@", "a-", "x", "X", "x\u00ad", " ", "\t", "\n", "\n ", "\n\n", "1) a\n", "\u00ad",
    "\u0308", "a\u0308", "👩\u200d", "&", "<", "-", "1", "9,",
)  # fmt: skip
# Read without a day of publication, which is then reckoned from all of them.
UNDATED = (
    "am Dienstag, dem 5. März, ", "am 3. Mai 2024. ", "12.3. ", "heute, ", "gestern. ", "Ostern ",
    "vor zwei Jahren und ", "im vergangenen Jahr. ", "im Jahr 1998 ", "Mai/", "Bundeskanzlerin Merkel. ",
    "der 60-jährige Kranz, geboren 1950, ", "nach der Bundestagswahl ", "am selben Tag, am Tag darauf, ",
)  # fmt: skip


def repeated(pattern: str, length: int) -> str:
    return (pattern * (length // len(pattern) + 1))[:length]


@pytest.fixture
def any_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the check of the language, which keeps most patterns from the layers behind it."""
    module = import_module("beleg.analyse")  # the package has a function of the same name
    monkeypatch.setattr(module, "check_language", lambda *_, **__: None)


def read_or_refuse(text: str, published: date | None = DAY) -> None:
    with suppress(BelegError):
        assert_sound(analyse(Article(text=text, published=published)))


def steps(text: str, published: date | None) -> int:
    """Lines of Python run by one analysis: the same in every run, unlike seconds."""
    count = 0

    def trace(_frame: FrameType, _event: str, _value: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read_or_refuse(text, published)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.slow
@pytest.mark.usefixtures("any_language")
@pytest.mark.parametrize(
    ("pattern", "published"),
    [*((pattern, DAY) for pattern in WORDS + SIGNS), *((pattern, None) for pattern in UNDATED)],
)
def test_eight_times_the_text_is_eight_times_the_work(pattern: str, published: date | None) -> None:
    """Eight thousand characters more cost about eight times what one thousand more cost.

    Twice that is allowed: what looks back over a bounded stretch has less to look at in a short
    text, and the random encoder finds other things in each. Quadratic work would be 27 times.
    """
    one, two, nine = (repeated(pattern, size) for size in (1_000, 2_000, 9_000))
    read_or_refuse(nine, published)  # what is done only once: tables, caches of words
    start = steps(one, published)
    work, eightfold = steps(two, published) - start, steps(nine, published) - start
    assert eightfold < 2 * 8 * max(work, 2_000)


@pytest.mark.slow
@pytest.mark.usefixtures("any_language")
@pytest.mark.parametrize(
    "pattern", ["am ", "1.", "der ", "und 3. ", "vor zwei Jahren und ", *SIGNS]
)
def test_a_long_row_of_one_pattern_is_read_in_time(pattern: str) -> None:
    """Catches what the count of lines cannot see: loops inside regular expressions and str."""
    text = repeated(pattern, 100_000)
    started = time.process_time()
    read_or_refuse(text)
    assert time.process_time() - started < 60, "seconds of work; the slowest row takes about 15"
