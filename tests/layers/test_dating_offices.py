"""Which words name an office holder, and which terms they mean."""

from __future__ import annotations

from datetime import date

import pytest
from dating_samples import passages_of

from beleg.layers.dating.offices import holders


def named(text: str) -> list[tuple[str, str, list[int]]]:
    passages = passages_of(text)
    return [
        (
            passages.article.quote(passages.span(*holder.atoms)),
            holder.terms[0].what,
            [term.first.year for term in holder.terms],
        )
        for holder in holders(passages)
    ]


@pytest.mark.parametrize(
    ("text", "words", "office", "years"),
    [
        ("Bundeskanzlerin Angela Merkel kam.", "Bundeskanzlerin Angela Merkel", "Bundeskanzler", [2005]),
        ("Kanzlerin Merkels Rede", "Kanzlerin Merkels", "Bundeskanzler", [2005]),
        ("Er traf Dr. Merkel nicht, aber Kanzlerin Dr. Merkel.", "Kanzlerin Dr. Merkel", "Bundeskanzler", [2005]),
        ("Angela Merkel (CDU), Bundeskanzlerin, kam.", "Angela Merkel (CDU), Bundeskanzlerin", "Bundeskanzler", [2005]),
        ("US-Präsident Bush sprach.", "US-Präsident Bush", "Präsident der USA", [1989, 2001]),
        ("US-Präsident George W. Bush sprach.", "US-Präsident George W. Bush", "Präsident der USA", [2001]),
        ("Der Präsident der Vereinigten Staaten, Barack Obama, kam.", "Präsident der Vereinigten Staaten, Barack Obama", "Präsident der USA", [2009]),
        ("Verteidigungsministerin von der Leyen kam.", "Verteidigungsministerin von der Leyen", "Bundesverteidigungsminister", [2013]),
        ("Innenminister Wolfgang Schäuble kam.", "Innenminister Wolfgang Schäuble", "Bundesinnenminister", [1989, 2005]),
        ("Papst Benedikt XVI. sprach.", "Papst Benedikt", "Papst", [2005]),
        ("UN-Generalsekretär Ban Ki-moon reiste.", "UN-Generalsekretär Ban Ki-moon", "Generalsekretär der Vereinten Nationen", [2007]),
        ("Ministerpräsident Erdogan lud ein.", "Ministerpräsident Erdogan", "Ministerpräsident der Türkei", [2003]),
        ("Ministerpräsident Nuri Maliki trat auf.", "Ministerpräsident Nuri Maliki", "Präsident oder Ministerpräsident des Irak", [2006]),
    ],
)  # fmt: skip
def test_title_and_name_together_mean_a_term(
    text: str, words: str, office: str, years: list[int]
) -> None:
    assert named(text) == [(words, office, years)]


@pytest.mark.parametrize(
    "text",
    [
        "Angela Merkel kam nach Musterhausen.",
        "Die Bundeskanzlerin kam nach Musterhausen.",
        "Der frühere Präsident Bush sprach.",
        "Der ehemalige amerikanische Präsident Bill Clinton sprach.",
        "Ex-Präsident Bush sprach.",
        "Altkanzler Kohl sprach.",
        "Bundeskanzler a. D. Gerhard Schröder sprach, Bundeskanzler a. D.",
        "Die designierte Bundeskanzlerin Merkel sprach.",
        "Sie strebt das Amt des Bundeskanzlers Merz an.",
        "Unter einer Kanzlerin Merkel werde das nicht geschehen.",
        "Vereinspräsident Köhler und DFB-Präsident Bush sprachen.",
        "Bürgermeister Müller eröffnete das Fest.",
        "Präsident Fischer vom Turnverein Musterhausen sprach.",
        "Bundestagspräsident Köhler sprach.",
        "Der Bundespräsident traf Angela Merkel.",
        "Angela Merkel, Bundespräsident Muster und andere kamen.",
    ],
)
def test_words_that_do_not_say_that_somebody_holds_the_office(text: str) -> None:
    assert [found for found in named(text) if "Merkel" in found[0] or found[2]] == []


def test_terms_have_their_days() -> None:
    (holder,) = holders(passages_of("Außenminister Guido Westerwelle kam."))
    (term,) = holder.terms
    assert (term.first, term.last) == (date(2009, 10, 28), date(2013, 12, 17))
