"""Sentences of running text. A "|" in an example stands where a sentence ends."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from beleg.rules.segmentation import segmentation_table
from beleg.text import Sentence, Token, segment
from linear import assert_linear

TABLE = segmentation_table("de")


def sentences(text: str) -> list[str]:
    return [text[s.span.start : s.span.end] for s in segment(text, TABLE)]


def unmark(marked: str) -> tuple[str, list[str]]:
    """The text of a marked example, and its sentences."""
    return re.sub(r"\s*\|(\s*)", r"\1", marked), [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize(
    "marked",
    [
        "Es regnet. | Sie geht heim! | Warum? | Niemand weiß es.",
        "Es regnet! ! | Sie geht.",
        "Wirklich?! | Ja!!! | Gut.",
        "Sie kam … und ging. | Dann … | Er blieb...",
        "Er zögerte ... dann ging er.",
        "Es regnet.[3] | Sie geht.² | Er bleibt.",
        "Im Angebot waren drei Geräte. | eBay nahm sie aus dem Netz.",
        "Das war 1990. | Danach kam 1991. | 1992 war besser.",
    ],
)
def test_stops_end_sentences(marked: str) -> None:
    text, expected = unmark(marked)
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "Am 24. Februar kam der 3. Weltkongress. | Er tagte bis 3. März.",
        "Die 13./14. Sitzung und das 2. Treffen. | Danach war Schluss.",
        "Ludwig XIV. baute. | Im II. Abschnitt steht es.",
        "Das Buch von J. K. Muster und A. B. Beispiel liegt da. | Es ist neu.",
        "Er kam z. B. nach Musterstadt, d. h. heim, u. a. mit Anna. | Sie nicht.",
        "Um 20.30 Uhr waren 1.500 Leute da. | 3,5 % gingen.",
        "Die Frist endet am 24. 12. 2031. | Danach nicht mehr.",
        "Mehr unter www.beispiel.example/a.b?c=1. | Fragen an max.muster@beispiel.example.",
        "Im Bericht.pdf steht es. | Die Seite beispiel.example ist neu.",
        "Sie wohnt Musterstr. 5. | Er wohnt in der Musterstr. | Das ist nah.",
        "Dr.-Ing. Anna Muster kennt PROF. DR. MUSTER. | Er sie nicht.",
        "Er wiegt 80 kg. | Muster wiegt mehr.",
        "Sie reist im Schuljahr 2030/31. | Muster bleibt.",
    ],
)
def test_stops_of_abbreviations_and_numbers_do_not(marked: str) -> None:
    text, expected = unmark(marked)
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "„Wir kommen.“ | Sie ging. | »Nein!« | «Doch.» | Er blieb.",
        "›Ach?‹ | ‚Ja.‘ | ‘So.’ | 'Gut.' | \"Fein.\" | Ende.",
        "„Halt!“, rief sie. | „Warum?“ fragte er. | Stille.",
        "„Wir gehen. | Dann kommen wir“, sagte sie.",
        "Sie sagte: „Es regnet.“ | Er sagte: Das stimmt.",
        "„Er sagte: ‚Ich gehe.‘“ | Niemand ging.",
        "Sie las „Wer bin ich?“ und schlief. | Er nicht.",
        "(Das war so. | Es bleibt so.) | Sie nickte.",
        "Er (das war einmal. Damals lebte er.) blieb. | Sie ging.",
        "Er kam (um 5.) zurück (wie immer!) und blieb. | So war es.",
        "Das (!) hat er gesagt, [...] und mehr. | […] Dann ging er. | (...) Sie auch.",
        "Er sagte „Ja“. | Sie sagte (fast) nichts). | Gut.",
        "Es bleibt dabei. –",
        "Er ging. | – Sie blieb. | Gut.",
    ],
)
def test_quotation_marks_and_brackets_stay_with_their_sentence(marked: str) -> None:
    text, expected = unmark(marked)
    assert sentences(text) == expected


def test_a_missing_blank_does_not_hide_the_end() -> None:
    text = "Das Essen war gut.Die Bedienung auch.„Der Preis stimmte.“"
    assert sentences(text) == [
        "Das Essen war gut.",
        "Die Bedienung auch.",
        "„Der Preis stimmte.“",
    ]


@pytest.mark.parametrize(
    "text", ["Mehr auf www.beispiel.Der/seite heute.", "Post an muster.Die@beispiel.example bitte."]
)
def test_an_address_is_not_cut(text: str) -> None:
    assert sentences(text) == [text]


def test_white_space_around_sentences_is_left_out() -> None:
    text = " \t Es regnet. \u00a0\u2009 Sie geht.  \n"
    assert sentences(text) == ["Es regnet.", "Sie geht."]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t \u2028\u00a0"])
def test_a_text_without_characters_has_no_sentences(text: str) -> None:
    assert segment(text, TABLE) == ()


AWKWARD = [
    "Ohne Punkt am Ende",
    "👍🏽 Gut! 👩‍💻 Schön. 🇩🇪",
    "Die U\u0308bung im Mu\u0308nster. Das Ma\u0308rchen.",
    "Silben\u00adtrennung ist schön. Wort\u00adende.",
    "Ein\u200bNull\u200bAbstand. \ufeffUnd ein BOM.",
    "Ein\x00Null\x07Zeichen. \x1bNoch\x7feins.",
    "Surrogat \ud800 allein. Und \udfff.",
    "日本語です。次の文。 שלום. مرحبا؟ نعم.",
    "....",
    "?",
    "\u0301",
    ". . .",
    "a" + " " * 200 + ". B",
    "\u200d\u200d",
    "1.",
    "1. ",
    "A.",
    "„“",
    "((((",
    "))))",
    "- ",
    "•",
    "\r\nEins\r\n\r\nZwei\rDrei\x0bVier\x0cFünf\x85Sechs\u2028Sieben\u2029Acht\x1cNeun",
]


def assert_partition(text: str) -> None:
    """Every non-space character in exactly one token, every token in one sentence, in order."""
    found = segment(text, TABLE)
    position = 0
    paragraph = 0
    for sentence in found:
        start, end = sentence.span
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert sentence.tokens
        assert (sentence.tokens[0].start, sentence.tokens[-1].end) == (start, end)
        for token in sentence.tokens:
            assert start <= token.start < token.end <= end
            assert not text[start : token.start].strip()
            assert token.text == text[token.start : token.end]
            assert token.text == token.text.strip()
            start = token.end
        assert paragraph <= sentence.paragraph <= paragraph + 1
        position, paragraph = end, sentence.paragraph
    assert not text[position:].strip()


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_is_cut_without_loss(text: str) -> None:
    assert_partition(text)


PIECES = st.sampled_from(
    [*"aBÄß1 .,:;!?…-–„“”»«\"'()[]*•\n\t\r_/@&%\u00ad\u0308\u200d\ufe0f👍", "\n\n", ". ", "Dr. ",
     "z. B. ", "Der ", "Wir ", "sind ", "24. ", "Mai ", "http://", "www.", "1) ", "- ", "XIV. ", " u. a. "]
)  # fmt: skip


@settings(max_examples=7 * settings().max_examples)
@given(st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=60).map("".join)))
@example("..\n. a")
def test_any_text_is_cut_without_loss(text: str) -> None:
    assert_partition(text)


@settings(max_examples=2 * settings().max_examples)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_the_same_text_gives_the_same_sentences(text: str) -> None:
    assert segment(text, TABLE) == segment(text, TABLE)


def test_sentences_cannot_be_changed() -> None:
    (sentence,) = segment("Es regnet.", TABLE)
    with pytest.raises(AttributeError):
        sentence.kind = "heading"  # type: ignore[misc]
    assert sentence == Sentence(
        sentence.span, (Token(0, 2, "Es"), Token(3, 9, "regnet"), Token(9, 10, ".")), "sentence", 0
    )


@pytest.mark.parametrize(
    "marked",
    [
        "Gutes Essen, nettes Personal | Wir kommen gern wieder.",
        "Alles schnell geliefert ;-) | Seit 1990 sind wir Kunden.",
        "Grüße aus Musterstadt | Ich würde wieder kommen | Leider war zu.",
    ],
)
def test_a_starter_opens_a_sentence_where_the_stop_is_missing(marked: str) -> None:
    text, expected = unmark(marked)
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Das schreibt Der Tag am Montag.",
        "Sie glaubt, dass Er und Es zwei Rollen sind.",
        "Das denkende Ich wird müde.",
        "Wer ist das Wir in diesem Satz?",
        "Sie sah „Wir sind da“ im Kino.",
    ],
)
def test_a_capital_inside_a_sentence_does_not_open_one(text: str) -> None:
    assert sentences(text) == [text]


HOSTILE = {
    "stops": ".", "stops and blanks": ". ", "brackets": "(", "brackets and stops": "(. ",
    "initials": "a. ", "dotted": "a.", "marks": "!?", "closers": '."', "openers": "„",
    "one word": "a", "digits": "1", "blanks": " ", "lines": "a\n", "items": "1. a\n",
    "addresses": "http://,", "at": "a@", "hyphens": "a-", "joiners": "👍\u200d", "accents": "a\u0308",
    "abbreviations": "z. B. ", "footnotes": ".[1]", "glued": "aa.Der", "omissions": "[...] ",
    "starters": "gut Wir sind ",
    "dashes": "a. – ", "carriage returns": "\r", "wrapped": "aaa bbb\n",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_in_line_with_the_length(name: str) -> None:
    piece = HOSTILE[name]

    assert_linear(lambda repeats: lambda: segment(piece * repeats, TABLE), 1_500)
