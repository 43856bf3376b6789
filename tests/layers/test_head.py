"""Bylines, datelines and credits are read where papers put them, and nowhere else."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from beleg.intake import article_from_text
from beleg.layers.head import Head, find_head, read_agencies, read_day, read_names
from beleg.rules.head_rules import HeadRow, load_head_rules
from beleg.rules.tables import read_table
from beleg.text.article import Article

RULES = load_head_rules()
ROWS = {row.id: row for row in RULES.rows}
EXAMPLES: list[dict[str, Any]] = [row for row in read_table("head")["row"] if "pattern" in row]
BODY = "Der Rat von Neustadt hat am Abend entschieden. Die Brücke bleibt, wo sie ist."
MORE = "Mehr dazu war am Mittwoch nicht zu erfahren. Der Rat tagt wieder im Mai."


def head_of(*lines: str, **metadata: Any) -> Head:
    """The head of an article whose lines are blank lines apart; "+" joins a line to the last."""
    text = "\n\n".join(lines).replace("\n\n+", "\n")
    return find_head(Article(text=text, **metadata), rules=RULES)


def value(row: HeadRow, line: str) -> str | None:
    """What a row reads from a line, as the examples in the table are written."""
    found = row.match(line)
    if found is None:
        return None
    groups = found.groupdict()
    if row.kind == "published":
        day = read_day(groups["date"], groups.get("weekday"), RULES)
        return day.isoformat() if day else None
    if row.kind == "kicker":
        return found[0]
    if row.kind == "agency":
        return read_agencies(groups["agency"], RULES)
    if groups.get("outlet"):
        return str(groups["outlet"]).strip("„“")
    if groups.get("last"):
        return f"{groups['first']} {groups['last']}"
    return read_names(groups["names"], RULES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda row: row["id"])
def test_row_keeps_its_examples(example: dict[str, Any]) -> None:
    row = ROWS[example["id"]]
    assert {line: value(row, line) for line, _ in example["yes"]} == dict(example["yes"])
    assert [line for line in example["no"] if value(row, line) is not None] == []
    assert example["yes"]
    assert example["no"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda row: row["id"])
def test_article_shows_what_the_row_shows(example: dict[str, Any]) -> None:
    row = ROWS[example["id"]]
    if row.kind == "kicker":
        return
    field = {"author": "author", "published": "published"}.get(row.kind, "outlet")
    for line, expected in example["yes"]:
        lines = (
            [BODY, MORE, line] if row.zone == "foot" else ["Streit um die Brücke", line, BODY, MORE]
        )
        found = getattr(head_of(*lines), field)
        assert (found.isoformat() if field == "published" else found) == expected


def test_news_article_with_everything() -> None:
    text = (
        "Streit um die Brücke\n\nVon unserer Korrespondentin Maria Muster\n\n"
        f"Neustadt, 3. März 2024 (dpa) – {BODY}\n\n{MORE}"
    )
    article = article_from_text(text)
    head = find_head(article, rules=RULES)
    assert (head.title, head.author) == ("Streit um die Brücke", "Maria Muster")
    assert (head.outlet, head.published) == ("dpa", date(2024, 3, 3))


def test_text_that_says_nothing_about_itself() -> None:
    assert head_of(BODY, MORE) == Head()


# ---- headlines ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["Streit um die Brücke", BODY], "Streit um die Brücke"),
        (["Bleibt die Brücke, wo sie ist?", BODY], "Bleibt die Brücke, wo sie ist?"),
        (["„Wir brauchen sie!“", BODY], "„Wir brauchen sie!“"),
        (["Ein Rat, der wartet …", BODY], "Ein Rat, der wartet …"),
        (["Kommentar", "Der Rat irrt", BODY], "Der Rat irrt"),
        (["Kommentar: Der Rat irrt", BODY], "Kommentar: Der Rat irrt"),
        (["Streit um die Brücke", "+Von Maria Muster", BODY], "Streit um die Brücke"),
        (["MARIA MUSTER", "+Stillstand", BODY], "Stillstand"),
        (["03.03.2024", "Streit um die Brücke", BODY], "Streit um die Brücke"),
        ([BODY], None),
        (["Streit um die Brücke"], None),
        (["Streit um die Brücke.", BODY], None),
        (["Der Rat hat entschieden:", BODY], None),
        (["Streit um die Brücke", f"+{BODY}"], None),
        (["Neustadt", BODY], None),
        (["NEUSTADT (dpa) – Der Rat tagt", BODY], None),
        (["Wort " * 40, BODY], None),
        ([BODY, "Zwischentitel ohne Punkt", MORE], None),
    ],
)
def test_headline_is_a_short_first_line_without_a_stop(lines: list[str], title: str | None) -> None:
    assert head_of(*lines).title == title


# ---- authors -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        ["Von Maria Muster", BODY],
        ["Streit um die Brücke", "Der Rat hat lange gestritten.", "Von Maria Muster", BODY],
        ["Streit um die Brücke", "Von Maria Muster | 3. März 2024", BODY],
        ["Streit um die Brücke", "MARIA MUSTER", BODY],
        ["MARIA MUSTER", "+Streit um die Brücke", BODY],
        [BODY, MORE, "MARIA MUSTER"],
        [BODY, MORE, "Das Gespräch führte Maria Muster."],
        [BODY, MORE, "Interview: Maria Muster", "(dpa)"],
    ],
)
def test_author_on_a_line_of_its_own(lines: list[str]) -> None:
    assert head_of(*lines).author == "Maria Muster"


@pytest.mark.parametrize(
    "lines",
    [
        ["Von Maria Muster stammt der Plan, der am Abend verworfen wurde.", MORE],
        [BODY, MORE, "Zwischentitel hier", "Von Maria Muster", MORE, BODY, MORE, MORE, BODY],
        ["ANGELA MERKEL", BODY],  # a headline, not an author
        ["TEURE MIETEN", BODY],
        ["Streit um die Brücke", "TEURE MIETEN", BODY],
        ["Streit um die Brücke", "Maria Muster", BODY],  # may be who it is about
        ["Interview: Maria Muster", BODY],  # who was asked
        ["Von Mäusen und Menschen", BODY],
        ["Streit um die Brücke", "Von Freitag bis Montag", BODY],
    ],
)
def test_name_elsewhere_is_no_author(lines: list[str]) -> None:
    assert head_of(*lines).author is None


def test_author_above_the_text_goes_before_one_below() -> None:
    assert head_of("Von Maria Muster", BODY, MORE, "Von Karl Beispiel").author == "Maria Muster"


# ---- outlets -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "outlet"),
    [
        (["NEUSTADT (AFP). " + BODY, MORE], "AFP"),
        ([BODY, MORE + " (dpa/afp)"], "dpa/AFP"),
        ([BODY, MORE, "dpa/lby"], "dpa"),
        ([BODY, MORE, "Von Maria Muster, dpa"], "dpa"),
        (["Streit um die Brücke", "Stand: 3.3.2024 | Quelle: dpa", BODY], "dpa"),
        (["(dpa) " + BODY, "Dieser Text erschien zuerst im Neustädter Boten."], "Neustädter Boten"),
        (["NEUSTADT (mf). " + BODY, MORE], None),
        ([BODY, "Die Agentur meldete (dpa) den Streit am Abend. " + MORE, MORE, MORE], None),
        ([BODY, MORE, "Quelle: Rathaus Neustadt"], None),
        (["Streit um die APA", BODY], None),
    ],
)
def test_outlet_from_signs_and_notes(lines: list[str], outlet: str | None) -> None:
    assert head_of(*lines).outlet == outlet


# ---- days --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["Streit um die Brücke", "3. März 2024", BODY], date(2024, 3, 3)),
        (["Neustadt, 3. März 2024 – " + BODY, MORE], date(2024, 3, 3)),
        (["Streit um die Brücke", "Der Rat stritt.", "Stand: 3.3.2024", BODY], date(2024, 3, 3)),
        # The first day counts, not that of the last change.
        (["Veröffentlicht: 3.3.2024", "+Aktualisiert: 5.3.2024", BODY], date(2024, 3, 3)),
        (["Stand: 5.3.2024", "Neustadt, 3. März 2024 – " + BODY], date(2024, 3, 3)),
        (["Streit um die Brücke", "3. März 2024", "4. März 2024", BODY], None),
        # A day that is what the text is about
        (["11. September 2001", BODY, MORE], None),
        ([BODY, "3. März 2024", MORE], None),
        (["Am 3. März 2024 hat der Rat entschieden. " + BODY, MORE], None),
        (["Streit um die Brücke", "Der Rat tagte am Sonntag, 3. März 2024.", BODY], None),
        ([BODY, MORE, "3. März 2024"], None),
        (["Streit um die Brücke", "März 2024", BODY], None),
        (["Streit um die Brücke", "31. Februar 2024", BODY], None),
        (["Streit um die Brücke", "Montag, 3. März 2024", BODY], None),  # was a Sunday
        (["Streit um die Brücke", "3. März 1024", BODY], None),
    ],
)
def test_day_counts_only_in_a_dateline(lines: list[str], day: date | None) -> None:
    assert head_of(*lines).published == day


@pytest.mark.parametrize(
    ("words", "weekday", "day"),
    [
        ("3.3.2024", None, date(2024, 3, 3)),
        ("03. 03. 2024", None, date(2024, 3, 3)),
        ("3. Jänner 2024", None, date(2024, 1, 3)),
        ("3. MÄRZ 2024", "Sonntag", date(2024, 3, 3)),
        ("3. Okt. 2024", "Do", date(2024, 10, 3)),
        ("3.3.69", None, date(2069, 3, 3)),
        ("3.3.70", None, date(1970, 3, 3)),
        ("2024-03-03", None, date(2024, 3, 3)),
        ("2024-02-30", None, None),
        ("3. Brumaire 1799", None, None),
        ("3.3.2024", "Samstag", None),
        ("3.3.202", None, None),
    ],
)
def test_written_days(words: str, weekday: str | None, day: date | None) -> None:
    assert read_day(words, weekday, RULES) == day


# ---- metadata ----------------------------------------------------------------------------


def test_metadata_wins() -> None:
    head = head_of(
        "Streit um die Brücke",
        "Von Karl Beispiel",
        "4. März 2024",
        BODY,
        title="Streit um die ‚Brücke‘",
        author="Maria Muster",
        outlet="Neustädter Bote",
        published=date(2024, 3, 3),
    )
    assert (head.title, head.author) == ("Streit um die ‚Brücke‘", "Maria Muster")
    assert (head.outlet, head.published) == ("Neustädter Bote", date(2024, 3, 3))


def test_the_text_fills_what_the_metadata_leave_open() -> None:
    head = head_of("Streit um die Brücke", "Von Karl Beispiel", BODY, outlet="Neustädter Bote")
    assert (head.author, head.outlet) == ("Karl Beispiel", "Neustädter Bote")


# ---- awkward texts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Wort",
        "\n \n\t\n",
        "Von Maria Muster",
        "\u00a0\n\u2028Von Maria Muster\n👩‍👧 Der Rat\u0301 tagt.\n\n(dpa)",
        "|" * 100,
        " · ".join(["Von Maria Muster"] * 20),
        "\n" * 10_000 + "Von Maria Muster\n" + BODY,
    ],
)
def test_what_is_found_stands_in_the_text(text: str) -> None:
    head = find_head(Article(text=text), rules=RULES)
    for found in (head.title, head.author, head.outlet):
        assert found is None or found in text


UNITS = [
    "A",
    "Aa ",
    "Aa-",
    "A.",
    "Von Aa ",
    "Aa/",
    "Dr. ",
    "1.1.",
    "dpa/",
    "Aa und ",
    "(dpa",
    "a. ",
    "Aa, ",
    "Aa der ",
]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    "start",
    ["", "Von ", "Aa, ", "Quelle: ", "Autor: ", "Veröffentlicht am ", "Das Gespräch führte "],
)
def test_long_repetitions_take_no_time(start: str, unit: str) -> None:
    short, long = start + unit * (150 // len(unit)), start + unit * (200_000 // len(unit))
    article = Article(text=f"{short}\n\n{long}\n{short}\n\n{BODY}\n{long}")
    begin = time.perf_counter()
    find_head(article, rules=RULES)
    assert time.perf_counter() - begin < 20
