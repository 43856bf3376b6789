"""The shipped encoder: the same answers in any batch, clear errors, exact words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from sentencepiece import SentencePieceProcessor

from beleg import analyse, analyse_many
from beleg.encoder.model import FOLDER, Encoder, Input, load_encoder
from beleg.encoder.names import find_names
from beleg.encoder.pieces import END, START, cut_windows
from beleg.errors import ModelError
from beleg.rules.segmentation import segmentation_table
from beleg.text import segment

pytestmark = pytest.mark.model

EXAMPLES = Path(__file__).parents[2] / "examples"
PIECES = SentencePieceProcessor(model_file=str(FOLDER / "pieces.model"))
LIMIT_MB = 45

AWKWARD = [
    "Ja.",
    "„Nein“, sagte Ilva Torsten 🙂 zu Jürgen Müßig in Ōsaka. Große Überraschung!",
    "Wort\u00adtrennung und Ko\u0308ln\u200b sagte sie. … --- ''",
    "漢字 und Кириллица, sagte er.",
    "▁ _ ▁▁ sagte sie.",
    "x" * 5000 + " sagte sie.",
    ("Torsten sagte, der Haushalt sei solide. " * 80).strip(),
]


def given(text: str) -> Input:
    sentences = segment(text, segmentation_table())
    words = sum(len(s.tokens) for s in sentences)
    return Input(text, sentences, np.zeros(words, np.int64))


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
@pytest.mark.parametrize("longest", [16, 64, 320])
def test_every_word_is_in_one_window_and_no_window_is_too_long(text: str, longest: int) -> None:
    sentences = segment(text, segmentation_table())
    windows = cut_windows(text, sentences, PIECES, longest=longest)
    at = 0
    for window in windows:
        assert window.first_word == at
        assert len(window.pieces) <= longest
        assert (window.pieces[0], window.pieces[-1]) == (START, END)
        assert list(window.words) == sorted(window.words)
        assert all(0 < w < len(window.pieces) for w in window.words)
        at += len(window.words)
    assert at == sum(len(s.tokens) for s in sentences)


def test_words_begin_at_their_own_pieces() -> None:
    text = "Gestern sagte sie: „Die Brücke steht.“"
    sentences = segment(text, segmentation_table())
    (window,) = cut_windows(text, sentences, PIECES, longest=320)
    ends = [*window.words[1:], len(window.pieces) - 1]
    spelled = [
        "".join(PIECES.id_to_piece(p) for p in window.pieces[a:b]).replace("▁", "")
        for a, b in zip(window.words, ends, strict=True)
    ]
    assert spelled == [t.text for s in sentences for t in s.tokens]


def test_a_reading_does_not_depend_on_its_neighbours_or_their_order() -> None:
    encoder = load_encoder()
    inputs = [given(text) for text in AWKWARD]
    alone = [encoder.read([i])[0] for i in inputs]
    for order in (range(len(inputs)), reversed(range(len(inputs)))):
        numbers = list(order)
        for k, reading in zip(numbers, encoder.read([inputs[k] for k in numbers]), strict=True):
            assert np.array_equal(reading.vectors, alone[k].vectors)


def test_analyses_of_a_batch_are_those_of_each_alone() -> None:
    texts = [p.read_text(encoding="utf-8") for p in sorted(EXAMPLES.glob("*.txt"))]
    texts += ["Am Montag sagte Ilva Torsten, sie bleibe im Amt und werde nicht zurücktreten."]
    together = list(analyse_many([*texts, *texts[::-1]]))
    alone = [analyse(text) for text in texts]
    assert together == [*alone, *alone[::-1]]


def test_the_number_of_threads_changes_nothing() -> None:
    inputs = [given(text) for text in AWKWARD]
    one, many = Encoder(threads=1).read(inputs), Encoder(threads=3).read(inputs)
    assert all(np.array_equal(a.quotes, b.quotes) for a, b in zip(one, many, strict=True))


def test_names_are_found_with_their_kinds() -> None:
    text = "Angela Merkel besuchte am Montag Berlin."
    (reading,) = load_encoder().read([given(text)])
    names = find_names(reading.names, segment(text, segmentation_table()))
    assert {(text[n.span.start : n.span.end], n.kind) for n in names} == {
        ("Angela Merkel", "PER"),
        ("Berlin", "LOC"),
    }


def test_the_model_fits_into_the_package() -> None:
    assert sum(f.stat().st_size for f in FOLDER.iterdir()) < LIMIT_MB * 1e6


def test_the_card_names_the_weights_and_their_licence() -> None:
    about = json.loads((FOLDER / "heads.json").read_text(encoding="utf-8"))
    card = (FOLDER / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert f"{about['name']}@{about['hash']}" in card
    assert "CC BY-NC-SA 4.0" in card


def test_missing_weights_are_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot be loaded.*Install Beleg again"):
        Encoder(tmp_path)


def test_damaged_weights_are_one_clear_error(tmp_path: Path) -> None:
    for file in FOLDER.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "stage2.onnx").write_bytes(b"not a graph")
    with pytest.raises(ModelError, match="cannot be loaded"):
        Encoder(tmp_path)
