"""Tokens of one sentence."""

from __future__ import annotations

import pytest

from beleg.rules.segmentation import segmentation_table
from beleg.text import segment

TABLE = segmentation_table("de")


def tokens(text: str) -> list[str]:
    return [token.text for sentence in segment(text, TABLE) for token in sentence.tokens]


@pytest.mark.parametrize(
    "spaced",
    [
        "Der Rat , der alte , tagt heute .",
        "Die US-Präsidentin kommt in Haupt- und Nebenorte .",
        "Dr. Muster lebt in St. Beispiel z. B. am 3. Mai .",
        "Das kostet 1.500,50 € bzw. 3,5 % mehr als 1990/91 .",
        "Um 20.30 Uhr steht es 3:1 am 24.12.2031 .",
        "Es gibt Brot , Käse usw.",
        "Er liest z.B. Bericht.pdf auf https://www.beispiel.example/a,b.c?d=1 .",
        "Post an max.muster@beispiel.example , bitte .",
        "Bürger*innen , Leser:innen , Lehrer/-innen und Kund_innen .",
        "Ja ?! Nein ... Gut -- aber `` so '' nicht !!!",
        "So geht's nicht ;-) oder ?",
        "Das ( ! ) ist die „ Lage “ [ … ] .",
        "Im Jahr 1990 .",
        "Sie traf Ludwig XIV. und ging .",
        "Die Muster GmbH .",
        "👩‍💻 und 👍🏽 sind ❤️ .",
    ],
)
def test_tokens(spaced: str) -> None:
    text = spaced
    for mark in (" ,", " .", " ?", " !", " )", " “", " ]", " ''", " ..."):
        text = text.replace(mark, mark[1:])
    for mark in ("( ", "„ ", "[ ", "`` "):
        text = text.replace(mark, mark[:-1])
    assert tokens(text) == spaced.split()


def test_soft_hyphens_and_combining_marks_stay_inside_their_word() -> None:
    assert tokens("Silben\u00adtrennung im Mu\u0308nster\u00ad!") == [
        "Silben\u00adtrennung",
        "im",
        "Mu\u0308nster\u00ad",
        "!",
    ]


def test_the_stop_of_the_last_word_is_a_token_unless_it_is_an_abbreviation() -> None:
    assert tokens("Fälle dieser Art.")[-2:] == ["Art", "."]
    assert tokens("„Brot usw.“")[-2:] == ["usw.", "“"]
    assert tokens("Er wurde 3.")[-2:] == ["3", "."]


def test_a_web_address_ends_before_closing_punctuation() -> None:
    assert tokens("(Siehe www.beispiel.example/seite.)") == [
        "(", "Siehe", "www.beispiel.example/seite", ".", ")",
    ]  # fmt: skip
