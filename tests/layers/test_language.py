"""German texts pass, others are refused."""

from __future__ import annotations

from typing import Any

import pytest

from beleg.errors import NotGerman
from beleg.intake import article_from_text
from beleg.layers.language import check_language
from beleg.rules.language_rules import load_language_table
from beleg.rules.tables import read_table

TABLE = load_language_table()
ROWS: list[dict[str, Any]] = read_table("language")["row"]


def is_german(text: str) -> bool:
    try:
        check_language(article_from_text(text), table=TABLE)
    except NotGerman:
        return False
    return True


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: dict[str, Any]) -> None:
    own = row["language"] == "de"
    assert [text for text in row["yes"] if is_german(text) is not own] == []
    assert [text for text in row["no"] if is_german(text) is own] == []


@pytest.mark.parametrize(
    "text",
    [
        "Stromausfall in Oberau",
        "Bürgermeisterin tritt zurück",
        "Live: Pressekonferenz Real Madrid",
        "Feuer zerstört Halle. Niemand verletzt.",
        "FC Oberau – TSV Unterbach 3:1 (1:0)\nSV Neustadt – VfB Altheim 0:0\nTuS Aue – SC Berg 2:2",
        "DER RAT HAT ENTSCHIEDEN, DASS DIE BRÜCKE BIS ZUM SOMMER FERTIG SEIN MUSS.",
        "Der Ra\u0308tselabend fu\u0308r die Anga\u0308nger fa\u0308llt aus, weil niemand Zeit hat.",
        "„The bridge is ours, and it will be ours for as long as we live“, rief die Menge. "
        "Die Polizei zählte am Abend rund hundert Menschen, die vor dem Rathaus standen.",
        "Der Club „La vie est belle“ und das Café „De la Paix“ in Neustadt schließen im Mai.",
        "Es chunnt druf a: Der Rat von Neustadt will die Brücke nicht mehr zahlen, heisst es.",
        "2024: 17 %, 2023: 12 %",
    ],
)
def test_german_passes(text: str) -> None:
    assert is_german(text)


@pytest.mark.parametrize(
    "text",
    [
        # English, French, Dutch, Danish, Norwegian, Swedish
        "The town council met on Tuesday to talk about the old bridge. Most of its members want to "
        "keep it, but the money is not there, and the mayor has asked the state for help.",
        "The bridge will be closed for at least two years, the mayor said.",
        "Le conseil municipal s'est réuni mardi pour parler du vieux pont. La plupart des élus veulent "
        "le garder, mais l'argent manque et la maire a demandé l'aide de la région.",
        "De gemeenteraad kwam dinsdag bijeen om over de oude brug te praten. De meeste leden willen "
        "haar houden, maar het geld is er niet en de burgemeester heeft om hulp gevraagd.",
        "Byrådet mødtes tirsdag for at tale om den gamle bro. De fleste vil beholde den, men pengene "
        "er der ikke, og borgmesteren har bedt staten om hjælp.",
        "Kommunestyret møttes tirsdag for å snakke om den gamle broen. De fleste vil beholde den, men "
        "pengene er ikke der, og ordføreren har bedt staten om hjelp.",
        "Kommunfullmäktige möttes på tisdagen för att tala om den gamla bron. De flesta vill behålla "
        "den, men pengarna finns inte och man har bett staten om hjälp.",
        # Spanish, Portuguese, Italian, Romanian
        "El ayuntamiento se reunió el martes para hablar del viejo puente. La mayoría quiere "
        "conservarlo, pero no hay dinero y la alcaldesa ha pedido ayuda al Estado.",
        "A câmara reuniu-se na terça-feira para falar da ponte velha. A maioria quer mantê-la, mas não "
        "há dinheiro e a presidente pediu ajuda ao Estado.",
        "Il consiglio comunale si è riunito martedì per parlare del vecchio ponte. La maggioranza vuole "
        "tenerlo, ma i soldi non ci sono e la sindaca ha chiesto aiuto alla regione.",
        "Consiliul local s-a întrunit marți pentru a discuta despre podul vechi. Cei mai mulți vor "
        "să-l păstreze, dar nu sunt bani și primarul a cerut ajutor guvernului.",
        # Polish, Czech, Croatian, Turkish, Hungarian, Finnish
        "Rada miasta zebrała się we wtorek, aby rozmawiać o starym moście. Większość chce go zachować, "
        "ale nie ma pieniędzy i burmistrz poprosiła państwo o pomoc.",
        "Zastupitelstvo se sešlo v úterý, aby jednalo o starém mostu. Většina ho chce zachovat, ale "
        "peníze nejsou a starostka požádala stát o pomoc.",
        "Gradsko vijeće sastalo se u utorak kako bi razgovaralo o starom mostu. Većina ga želi zadržati, "
        "ali novca nema i gradonačelnica je zatražila pomoć države.",
        "Belediye meclisi salı günü eski köprüyü konuşmak için toplandı. Üyelerin çoğu onu korumak "
        "istiyor, ancak para yok ve başkan devletten yardım istedi.",
        "A városi tanács kedden ülésezett, hogy a régi hídról beszéljen. A legtöbben meg akarják "
        "tartani, de nincs pénz, és a polgármester segítséget kért az államtól.",
        "Kaupunginvaltuusto kokoontui tiistaina puhumaan vanhasta sillasta. Useimmat haluavat säilyttää "
        "sen, mutta rahaa ei ole ja pormestari on pyytänyt valtiolta apua tänä vuonna.",
        # Luxembourgish, Afrikaans, Latin
        "De Gemengerot ass e Dënschdeg zesummekomm, fir iwwer déi al Bréck ze schwätzen. Déi meescht "
        "wëllen se behalen, mee d'Sue sinn net do an d'Buergermeeschtesch huet de Staat ëm Hëllef gefrot.",
        "Die stadsraad het Dinsdag vergader om oor die ou brug te praat. Die meeste lede wil dit behou, "
        "maar die geld is nie daar nie en die burgemeester het die staat om hulp gevra.",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut "
        "labore et dolore magna aliqua. Ut enim ad minim veniam.",
        # Russian, Greek, Chinese
        "Городской совет собрался во вторник.",
        "Το δημοτικό συμβούλιο συνεδρίασε την Τρίτη.",
        "市议会周二开会讨论旧桥。",
    ],
)
def test_other_languages_are_refused(text: str) -> None:
    assert not is_german(text)


def test_error_names_the_source() -> None:
    article = article_from_text("The council met on Tuesday to talk about it.", source="a.txt")
    with pytest.raises(NotGerman, match=r"^a\.txt: the text is not German\. Give a German text"):
        check_language(article, table=TABLE)


def test_long_quotation_in_a_german_article_passes() -> None:
    quotation = "„We have to keep the bridge, and we will,“ "
    german = "Das sagte die Bürgermeisterin am Dienstag, als sie vor dem Rat stand. "
    assert is_german((quotation + german) * 5)
