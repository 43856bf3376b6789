"""What holds for the analysis of any text: random Unicode, and random German time words."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from typing import get_args

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from beleg.analyse import analyse
from beleg.errors import BelegError
from beleg.modes import Mode
from beleg.records import Analysis, json_schema
from beleg.rules.tables import read_table
from beleg.rules.time_rules import load_time_rules
from beleg.text.article import Article
from invariants import GERMAN, assert_sound, read

pytestmark = pytest.mark.usefixtures("random_encoder")

MODES = st.sampled_from(get_args(Mode))
DAYS = st.one_of(
    st.none(),
    st.dates(date(1950, 1, 1), date(2040, 12, 31)),
    st.sampled_from([date.min, date.max, date(1, 12, 31), date(9999, 1, 1), date(2024, 2, 29)]),
)

VALIDATOR = jsonschema.Draft202012Validator(json_schema())

# ---- texts -------------------------------------------------------------------------------

_ODD = (
    "\u00ad", "\u200b", "\u200d", "\u200f", "\u202e", "\u2060", "\ufeff", "\ufffd", "\u0308",
    "\u0301", "\ufe0f", "\u00a0", "\u2028", "\x1c", "\x85", "\t", "\n", "\n\n", "\r\n", "\r",
    "\x01", "\x7f", "👩‍🚀", "🇩🇪", "😀", "م", "٣", "۲۰۲۴", "३", "４", "²", "½", "Ⅷ", "㍿", "ﬁ", "ß",
    "ẞ", "İ", "ı", "ǅ", "a\u0308", "O\u0308", "é", "שלום", "…", "¶", "№", "\U0010ffff", "\ue000",
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300),
    st.lists(st.sampled_from(_ODD) | st.text(max_size=3).filter(str.isprintable)).map("".join),
).filter(lambda text: any(map(str.isalnum, text)))

# Slots are filled with numbers that calendars have and have not.
_SLOTS = {
    "weekday": st.sampled_from(["Montag", "Donnerstag", "Samstag", "Sonntag", "Freitagabend"]),
    "day": st.integers(0, 32).map(str),
    "mon": st.integers(0, 13).map(str),
    "month": st.sampled_from(["Januar", "Februar", "März", "Mai", "Juli", "Dezember", "Sept."]),
    "year": st.integers(1, 10_000).map(str) | st.integers(1900, 2030).map(str),
    "hour": st.integers(0, 25).map(str),
    "minute": st.integers(0, 60).map("{:02}".format),
    "count": st.integers(0, 10**7).map(str)
    | st.sampled_from(["zwei", "drei", "hundert", "einigen"]),
    "unit": st.sampled_from(["Stunde", "Tag", "Woche", "Monat", "Jahr", "Jahrzehnt", "Wochenende"]),
    "units": st.sampled_from(["Minuten", "Tagen", "Wochen", "Monaten", "Jahren", "Jahrhunderten"]),
    "season": st.sampled_from(["Frühjahr", "Sommer", "Herbst", "Winter", "Quartal", "Halbjahr"]),
    "holiday": st.sampled_from(
        ["Ostern", "Pfingstmontag", "Silvester", "Heiligabend", "1. Advent"]
    ),
    "lean": st.sampled_from(["letzten", "vergangenen", "diesen", "kommenden", "nächsten", "jeden"]),
    "part": st.sampled_from(["früh", "Morgen", "Mittag", "Nachmittag", "Abend", "Nacht"]),
    "edge": st.sampled_from(["Anfang", "Mitte", "Ende", "Beginn", "Spätestens"]),
    "deictic": st.sampled_from(
        ["heute", "gestern", "vorgestern", "morgen", "übermorgen", "damals"]
    ),
}
_PHRASES = (
    "am {weekday}, {day}. {month} {year},", "am {day}. {month}", "am {day}.{mon}.{year}", "am {day}.",
    "{year}-{mon}-{day}", "vom {day}. bis {day}. {month}", "am {day}., {day}. und {day}. {month} {year}",
    "bis {day}.{mon}.", "am {weekday} um {hour}.{minute} Uhr", "{hour}:{minute} Uhr", "halb {hour}",
    "um {hour} Uhr", "vor {count} {units}", "in {count} {units}", "nach {count} {units}",
    "seit {count} {units}", "{count} {units} später", "{count} {units} zuvor", "{count} bis {count} {units}",
    "{edge} {month}", "{edge} {year}", "{edge} des Jahres", "{edge} {month} {year}", "im Jahr {year}",
    "um {year} v. Chr.", "im {day}. Jahrhundert", "in den {year}er Jahren", "in den 80ern", "{year}/{day}",
    "im {season}", "im {season} {year}", "im {lean} {season}", "im {day}. Quartal {year}", "KW {day}",
    "im {lean} {unit}", "am {lean} {weekday}", "{lean} {weekday}", "jedes {unit}", "alle {count} {units}",
    "an {holiday}", "zu {holiday} {year}", "{lean} {holiday}", "{deictic}", "{deictic} {part}", "am {part}",
    "am selben {unit}", "am {unit} darauf", "in der Nacht zum {weekday}", "am {part} des {day}. {month}",
    "im Vorjahr", "am Vortag", "im Folgejahr", "zum Jahreswechsel", "zur Jahrhundertwende", "am Wochenende",
    "die {count}-jährige", "dreitägig", "wöchentlich", "zweimal im {unit}", "der heutige {weekday}",
    "am {weekday} kommender Woche", "{month} des folgenden Jahres", "im {month} vorigen Jahres",
    "'{day}", "{day}.{month}.{day}", "{count},{day} {units}", "gut {count} {units} danach", "bislang",
    "{count} {units} und {count} {units}", "vor {count} {units} und {count} {units}", "{edge} des {unit}es",
)  # fmt: skip
_STORY = (
    "der", "die", "und", "oder", "sowie", "noch", "rund", "etwa", "mehr als", "seit", "bis", "des",
    "Anna Kranz", "Mai-Brunn", "Robin Freitag", "Ministerin", "die Polizei", "sagte", "kündigt an",
    "wird", "will", "hat beschlossen", "werde", "kam", "geht", "dass", "wenn", "Euro", "Prozent",
    "laut", "zufolge", "angeblich", "nicht bestätigt", "vermutlich", "GmbH", "z. B.", "Dr.", "usw.",
    ".", ". ", ",", ":", ";", "!", "?", "-", "–", "/", "(", ")", "[", "]", "„", "“", "‚", "‘", "»",
    "«", '"', "'", "’", "…", "...", "%", "§", "\n", "\n\n", "\u00ad", "&", "<b>", "\u0308", "12.000",
)  # fmt: skip
_FRAME = st.one_of(
    st.sampled_from(_PHRASES),
    st.sampled_from(_PHRASES),
    st.sampled_from(_STORY),
    st.sampled_from([f"{{{name}}}" for name in _SLOTS]),
)
_GAP = st.sampled_from([" "] * 6 + ["", "\n", ". "])


@st.composite
def germanish(draw: st.DrawFn) -> str:
    """Phrases of time with their slots filled, words of a story, stray numbers and signs."""

    def fill(slot: re.Match[str]) -> str:
        return draw(_SLOTS[slot[1]])

    frames = draw(st.lists(_FRAME, min_size=4, max_size=20))
    return "".join(re.sub(r"\{(\w+)\}", fill, f) + draw(_GAP) for f in frames) + " Es bleibt."


_DIGITS = {
    "num": st.integers(0, 999_999), "day": st.integers(1, 31), "mon": st.integers(1, 12),
    "mon2": st.integers(10, 12), "hour": st.integers(0, 24), "kw": st.integers(1, 53),
    "yy": st.integers(10, 99), "min": st.integers(10, 59), "year": st.integers(1000, 2199),
    "anyyear": st.integers(1, 9999), "decade": st.sampled_from([10, 80, 1080, 1990, 2020, 9990]),
}  # fmt: skip
_RULES = load_time_rules()
_MACROS = read_table("times")["macros"]
_ROWS = st.sampled_from([pattern for row in _RULES.rows for pattern in row["match"]])
_SENTENCES = st.sampled_from(["{} war es so.", "Das wird {} so sein, sagte er.", "Es ist {}", "{}"])


@st.composite
def told_by_the_table(draw: st.DrawFn) -> str:
    """A few patterns of the time tables (rules/matcher.py says how to read them), with any words."""

    def words(pattern: str) -> str:
        text = ""
        for element in pattern.split():
            bare = element.removesuffix("?")
            if element in "[]" or (bare != element and draw(st.booleans())):
                continue
            gap = "" if bare.startswith("~") else " "
            text += gap + word(bare.removeprefix("~"))
        return text.strip()

    def word(element: str) -> str:
        if element.startswith("$"):
            return words(draw(st.sampled_from(_MACROS[element[1:]])))
        if not element.startswith("<"):
            return draw(st.sampled_from(element.split("|") if element != "|" else ["|"]))
        name = element[1:-1].partition(":")[0]
        known = sorted(_RULES.lexicon.words(name))
        digits = _DIGITS.get(name, st.nothing()).map(str)
        found = draw(st.sampled_from(known) | digits if known else digits)
        return found if draw(st.booleans()) else found[:1].upper() + found[1:]

    patterns = draw(st.lists(_ROWS, min_size=1, max_size=6))
    return " ".join(draw(_SENTENCES).format(words(pattern)) for pattern in patterns)


# Once a fault of its own each: see the history of this file's subjects.
AWKWARD = (
    "Nur ein Trenn\u00adstrich: \u00ad. Und am 3\u00ad. Mai kam sie.",
    "Am Wochenende, zum Jahreswechsel, an Silvester und am Sonntag dieser Woche.",
    "In diesem Folgejahr und in diesem Vorjahr.",
    "Das war vor langer Zeit, am achten Advent.",
    "Mitte des Tages, Ende des Tages, Anfang des Tages.",
    "Vor zwei Jahren und einigen Monaten; das dauerte zwei Tage, manche Stunde.",
)


@pytest.mark.parametrize("mode", get_args(Mode))
@pytest.mark.parametrize("published", [None, date.min, date(2024, 3, 7), date.max])
@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_are_read(text: str, published: date | None, mode: Mode) -> None:
    assert_sound(read(text, published=published, mode=mode))


@given(text=ANY_TEXT, published=DAYS, mode=MODES)
@example(text="\u00ad1", published=None, mode="news")
def test_any_text_gives_sound_records(text: str, published: date | None, mode: Mode) -> None:
    assert_sound(read(text, published=published, mode=mode))


@settings(max_examples=5 * settings().max_examples)
@given(text=germanish(), published=DAYS, mode=MODES)
def test_any_row_of_time_words_gives_sound_records(
    text: str, published: date | None, mode: Mode
) -> None:
    assert_sound(read(text, published=published, mode=mode))


@settings(max_examples=10 * settings().max_examples)
@given(text=told_by_the_table(), published=DAYS, mode=MODES)
def test_every_pattern_of_the_tables_gives_sound_records(
    text: str, published: date | None, mode: Mode
) -> None:
    assert_sound(read(text, published=published, mode=mode))


@given(text=ANY_TEXT | germanish())
def test_text_is_kept_as_it_is(text: str) -> None:
    assert read(text).document.text.endswith(text)
    assert read(f"{GERMAN}\n\n{text}").document.text.endswith(f"{GERMAN}\n\n{text}")


@given(text=germanish(), published=DAYS, mode=MODES)
def test_second_run_says_the_same(text: str, published: date | None, mode: Mode) -> None:
    first = read(text, published=published, mode=mode)
    read(GERMAN, published=date(1999, 12, 31), mode="narrative")
    assert read(text, published=published, mode=mode).to_json() == first.to_json()


@given(text=ANY_TEXT | germanish(), published=DAYS, mode=MODES)
def test_json_fits_the_schema(text: str, published: date | None, mode: Mode) -> None:
    record = json.loads(read(text, published=published, mode=mode).to_json())
    VALIDATOR.validate(record)


def values(analysis: Analysis) -> list[tuple[str, ...]]:
    """What the times of an analysis say, without their places."""
    return [(t.type, t.value, t.mod or "", t.rule) for t in analysis.times]


@given(text=germanish(), published=DAYS)
def test_decomposed_umlauts_change_nothing(text: str, published: date | None) -> None:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    assert values(read(decomposed, published=published)) == values(
        read(composed, published=published)
    )


@pytest.mark.parametrize("code", [0xD800, 0xDC00, 0xDFFF])
def test_half_a_character_is_refused(code: int) -> None:
    text = f"{GERMAN} Am Montag{chr(code)} kam sie."
    with pytest.raises(BelegError, match=f"U\\+{code:X}"):
        analyse(text)
    with pytest.raises(BelegError, match=f"U\\+{code:X}"):
        analyse(Article(text=text))
