"""Fits the weights by which claims, reasons and arguing are told (layers/argument/weights.json).

    python argument.py DATA WEIGHTS

DATA holds commentaries/primary-data (Potsdam Commentary Corpus 2.0), quotes-news/train.jsonl,
times-news/gold (KRAUTS) and layers. What readers took for conclusions and for what is given for
them in texts of the first three stands in layer-labels.jsonl (see layer_labels.py).
Of `layers` every other article is used, from the first on. Logistic regressions, by Newton's
method: no seed, and the same weights each time. Prints F1 of the sentences over ten parts, each
scored with weights of the other nine. Run it anew after the encoder has changed: it decides
what is quoted, and with that whose words a sentence is.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from layer_labels import news_texts, newspaper_reports, places, read_labels, text_of

from beleg import analyse
from beleg.layers.argument import weights as weights_module
from beleg.layers.argument.features import features
from beleg.layers.argument.prose import REPORTS
from beleg.layers.argument.reading import WORDS, Unit, read_units, register_counts
from beleg.layers.argument.relations import find_relations
from beleg.layers.argument.statements import statement
from beleg.rules.connective_rules import load_connective_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import Span, segment

RULES = load_connective_rules()
ABOUT = (
    "Logits per trait. Trained on the Potsdam Commentary Corpus 2.0 (CC BY-NC-SA 4.0), quotes-news "
    "(CC BY-NC-SA 4.0) and KRAUTS (CC BY-NC 4.0); licence of these weights: CC BY-NC-SA 4.0."
)
PARTS = 10
REPORTS_READ = 400  # news texts that the register is told from
FEWEST = 80  # words of a text that tells of the register
LEAST = -1.2  # logit of the register that becomes 0: finds nine commentaries of ten
SAME = 0.5  # overlap over union, as annotations are scored
PENALTY, REGISTER_PENALTY = 8.0, 1.0
REGISTER_SCALE = 5.0  # per hundred words
# The words that tell arguing from reporting say nothing about a single sentence.
OF_TEXTS = frozenset(["arguing", "arguing-weak"])


class Labelled(NamedTuple):
    """A text with the places of its conclusions and of what is given for them."""

    text: str
    conclusions: list[Span]
    premises: list[Span]


class Row(NamedTuple):
    """A sentence: its text's number, its traits, and whether it is a conclusion and a premise."""

    document: int
    traits: dict[str, float]
    conclusion: bool
    premise: bool


def labelled(data: Path) -> Iterator[Labelled]:
    """The labelled texts and the half of `layers` that is for development."""
    for row in read_labels():
        text = text_of(data, row["corpus"], row["document"])
        yield Labelled(text, *(spans(row[layer]) for layer in ("conclusions", "premises")))
    for place in sorted((data / "layers").glob("*.txt"))[::2]:
        text = place.read_text(encoding="utf-8")
        known = places(text, json.loads(place.with_suffix(".ann.json").read_text(encoding="utf-8")))
        yield Labelled(text, spans(known["conclusions"]), spans(known["premises"]))


def spans(found: Sequence[Sequence[Any]]) -> list[Span]:
    return sorted({Span(one[0], one[1]) for one in found})


def fit_register(data: Path) -> dict[str, float]:
    """Logits per trait in a hundred words: commentaries against news."""
    names = sorted(path.stem for path in (data / "commentaries/primary-data").glob("*.txt"))
    texts = [(text_of(data, "commentaries", name), 1.0) for name in names]
    texts += [(text, 0.0) for text in list(news_texts(data).values())[:REPORTS_READ]]
    texts += [(text, 0.0) for text in newspaper_reports(data)]
    rows, argues = [], []
    for text, value in texts:
        if len(text.split()) > FEWEST:
            rows.append(rates(text))
            argues.append(value)
    traits = sorted({name for row in rows for name in row})
    table = np.array([[row.get(n, 0.0) / REGISTER_SCALE for n in traits] + [1.0] for row in rows])
    scores = crossed(table, np.array(argues), np.arange(len(rows)), REGISTER_PENALTY) - LEAST
    held = np.array(argues) == 1
    print(
        f"register: {np.mean(scores[held] > 0):.2f} found, {np.mean(scores[~held] > 0):.2f} wrong"
    )
    logits = fit(table, np.array(argues), REGISTER_PENALTY)
    found = {n: round(float(v) / REGISTER_SCALE, 3) for n, v in zip(traits, logits, strict=False)}
    return {**found, "bias": round(float(logits[-1]) - LEAST, 3)}


def rates(text: str) -> dict[str, float]:
    """Traits in a hundred words, as beleg.layers.argument.reading counts them."""
    counts: dict[str, int] = {}
    for unit in read_units(segment(text, segmentation_table()), (), RULES):
        for name, count in register_counts(unit, RULES).items():
            counts[name] = counts.get(name, 0) + count
    words = counts.pop(WORDS, 0) + 30
    return {name: 100 * count / words for name, count in counts.items()}


def rows_of(number: int, one: Labelled) -> Iterator[Row]:
    """The sentences that the layer scores."""
    analysis = analyse(one.text)
    units = read_units(segment(one.text, segmentation_table()), analysis.quotes, RULES)
    relations = list(find_relations(units, RULES))
    for place, unit in enumerate(units):
        what = statement(unit) if scored(unit) else None
        if what is None:
            continue
        around = unit.sentence.span
        traits = features(
            place,
            units,
            RULES,
            given=any(around.covers(r.premise) for r in relations),
            drawn=any(around.covers(r.conclusion) for r in relations),
        )
        yield Row(
            number,
            {name: value for name, value in traits.items() if name not in OF_TEXTS},
            any(alike(what.span, span) for span in one.conclusions),
            any(alike(what.span, span) for span in one.premises),
        )


def scored(unit: Unit) -> bool:
    sentence = unit.sentence.kind == "sentence" and unit.own() and not unit.question
    return sentence and unit.register >= REPORTS


def alike(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared >= SAME * (max(one.end, other.end) - min(one.start, other.start))


def fit_sentences(rows: Sequence[Row]) -> tuple[dict[str, float], dict[str, float]]:
    """Logits per trait that a sentence is a conclusion, and a premise."""
    traits = sorted({name for row in rows for name in row.traits})
    table = np.array([[row.traits.get(name, 0.0) for name in traits] for row in rows])
    parts = np.array([row.document for row in rows])
    found = []
    for name in ("conclusion", "premise"):
        is_one = np.array([float(getattr(row, name)) for row in rows])
        scores = crossed(table, is_one, parts, PENALTY)
        limits = np.quantile(scores, np.arange(0.05, 1, 0.05))
        best = max(
            2 * is_one[scores > x].sum() / ((scores > x).sum() + is_one.sum()) for x in limits
        )
        print(f"{name}: {is_one.mean():.2f} of {len(rows)} sentences, F1 {best:.2f}")
        logits = fit(table, is_one, PENALTY)
        found.append({n: round(float(v), 3) for n, v in zip(traits, logits, strict=True) if v})
    return found[0], found[1]


def crossed(table: Any, is_one: Any, documents: Any, penalty: float) -> Any:
    """Logits, each from the weights of the other parts."""
    scores = np.zeros(len(is_one))
    for part in range(PARTS):
        out = documents % PARTS == part
        scores[out] = table[out] @ fit(table[~out], is_one[~out], penalty)
    return scores


def fit(table: Any, is_one: Any, penalty: float, steps: int = 25) -> Any:
    """Logistic regression with a square penalty."""
    logits = np.zeros(table.shape[1])
    for _ in range(steps):
        share = 1 / (1 + np.exp(-table @ logits))
        slope = table.T @ (share - is_one) + penalty * logits
        bend = (table * (share * (1 - share))[:, None]).T @ table
        logits -= np.linalg.solve(bend + penalty * np.eye(len(logits)), slope)
    return logits


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("weights", type=Path)
    options = parser.parse_args()
    register = fit_register(options.data)
    current = weights_module.load_weights()
    current.register.clear()  # type: ignore[attr-defined]
    current.register.update(register)  # type: ignore[attr-defined]
    texts = enumerate(labelled(options.data))
    conclusion, premise = fit_sentences([row for n, one in texts for row in rows_of(n, one)])
    made = {"about": ABOUT, "register": register, "conclusion": conclusion, "premise": premise}
    options.weights.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
