"""Chooses the thresholds of decoding: `python thresholds.py MODEL_FOLDER FILE.jsonl OUT.json`.

One after the other each threshold takes the value with the best joint F1 on the file, twice
around, beginning with those of OUT.json if it is there. The measure is the corpus paper's (as in score_quotes.py), on Beleg's own words.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from corpora import Example, read_news
from scipy.optimize import linear_sum_assignment

from beleg.encoder.labels import Words
from beleg.encoder.model import Encoder, Input, Judgement, Reading
from beleg.encoder.surroundings import Surroundings
from beleg.layers.quotes import plain_ones
from beleg.layers.quotes.by_encoder import Decoding, Judged, decoding_of, judge, propose
from beleg.layers.quotes.by_rules import find_quotations_by_rules
from beleg.layers.quotes.hints import word_states
from beleg.layers.quotes.tidy import Tidy
from beleg.rules.quote_rules import load_quote_rules
from beleg.text import Span, WordIndex
from beleg.text.marks import find_marked

PARTS = ("quote", "speaker", "cue", "frame", "addressee")
CHOICES: dict[str, Sequence[Any]] = {
    "leanings": [(0.0,), (-1.0,), (0.0, -2.0), (-1.0, -3.0), (0.0, -2.0, -4.0)],
    "nested": [0.3, 0.5, 0.6, 0.7, 0.8],
    "inside": [0.3, 0.4, 0.5, 0.6, 0.7],
    "same": [0.3, 0.5, 0.6, 0.7, 0.8],
    "mixed": [0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97],
}
REAL_CHOICES = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
ROLE_CHOICES = [0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6]
ABSENT_CHOICES = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
MEDIA_CHOICES = [-1.0, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0]
LISTS = {
    "real": REAL_CHOICES,
    "roles": ROLE_CHOICES,
    "absent": ABSENT_CHOICES,
    "media": MEDIA_CHOICES,
}

AIMS = {"media": "medium"}  # what a threshold is chosen by, if not by the joint F1


class Text:
    """One annotated article with everything that does not depend on thresholds."""

    def __init__(
        self, found: Example, *, hints: bool = True, rules: bool = True, marks: bool = True
    ) -> None:
        self.example = found
        self.words = WordIndex(found.sentences)
        marked = find_marked(found.text, found.sentences)
        by_rules = find_quotations_by_rules(
            found.text, found.sentences, marked, rules=load_quote_rules()
        )
        told = by_rules if hints else ()
        self.states = np.array(word_states(found.sentences, marked, told), np.int64)
        self.sentence_of = np.array(self.words.sentence_of, np.int64)
        self.tidy = Tidy(self.words, marked)
        own = [tuple(w for s in q.spans for w in self.words.within(s)) for q in by_rules]
        self.plain = plain_ones(by_rules, own, self.words) if rules else frozenset()
        spans: list[Sequence[Span]] = [q.spans for q in by_rules] if rules else []
        spans += [[m.span] for m in marked] if marks else []
        stretches = [tuple(w for s in one for w in self.words.within(s)) for one in spans]
        self.candidates: list[Words] = [s for s in stretches if s]
        self.known: dict[tuple[int, ...], Judgement] = {}


class Remembering:
    """An encoder that judges each candidate of a text once."""

    def __init__(self, encoder: Encoder, text: Text) -> None:
        self.encoder, self.text = encoder, text

    def judge(self, reading: Reading, shown: Sequence[Surroundings]) -> list[Judgement]:
        keys = [(int(s.words[0]), *s.words[s.features[:, 0] > 0].tolist()) for s in shown]
        fresh = [i for i, key in enumerate(keys) if key not in self.text.known]
        judged = self.encoder.judge(reading, [shown[i] for i in fresh])
        self.text.known.update((keys[i], j) for i, j in zip(fresh, judged, strict=True))
        return [self.text.known[key] for key in keys]


class Tuner:
    """Articles, their readings, and the score of any thresholds on them."""

    def __init__(self, encoder: Encoder, texts: Sequence[Text]) -> None:
        self.encoder, self.texts = encoder, texts
        self.readings = encoder.read(
            [Input(t.example.text, t.example.sentences, t.states) for t in texts]
        )

    def quotations(self, decoding: Decoding, *, proposed: bool = True) -> list[list[Judged]]:
        """What is found in each article; proposed: the first stage proposes, too."""
        return [
            judge(
                Remembering(self.encoder, text),  # type: ignore[arg-type]
                reading,
                text.candidates + (propose(reading, decoding) if proposed else []),
                text.sentence_of,
                text.states,
                decoding,
                text.tidy,
                plain=text.plain,
            )
            for text, reading in zip(self.texts, self.readings, strict=True)
        ]

    def scores(self, decoding: Decoding) -> dict[str, float]:
        """F1 of each part, of all (joint), and of type and medium."""
        return measure(self.texts, self.quotations(decoding))

    def best(self, start: Decoding, told: Callable[[str], None]) -> Decoding:
        """The thresholds with the best joint F1 (for the media, F1 of these), one at a time."""
        best, most = start, self.scores(start)

        def attempt(changed: Decoding, aim: str = "joint") -> None:
            nonlocal best, most
            found = self.scores(changed)
            if found[aim] > most[aim] + 1e-4:
                best, most = changed, found

        for _ in range(2):
            for field, values in CHOICES.items():
                for value in values:
                    attempt(replace(best, **{field: value}))
                told(f"{field} {getattr(best, field)}: {most['joint']:.4f}")
            for value in REAL_CHOICES:  # for all types, then for each
                attempt(replace(best, real=(value,) * len(best.real)))
            for field, values in LISTS.items():
                for place in range(len(getattr(best, field))):
                    for value in values:
                        own = list(getattr(best, field))
                        own[place] = value
                        attempt(replace(best, **{field: tuple(own)}), AIMS.get(field, "joint"))
                told(f"{field} {getattr(best, field)}: {most['joint']:.4f}")
        return best


def measure(texts: Sequence[Text], found: Sequence[Sequence[Judged]]) -> dict[str, float]:
    """Macro F1 over quotations, assigned one to one (see eval/score_quotes.py)."""
    precision: dict[str, list[float]] = defaultdict(list)
    recall: dict[str, list[float]] = defaultdict(list)
    for text, judged in zip(texts, found, strict=True):
        gold = [((q.words, *q.roles), q.type, q.medium) for q in text.example.quotes or ()]
        own = [(tuple(map(frozenset, (j.words, *j.roles))), j.type, j.medium) for j in judged]
        for g, s in _pairs(gold, own):
            for i, part in enumerate(PARTS):
                shared = len(g[0][i] & s[0][i])
                if s[0][i]:
                    precision[part].append(shared / len(s[0][i]))
                if g[0][i]:
                    recall[part].append(shared / len(g[0][i]))
            for i, part in ((1, "type"), (2, "medium")):
                if s[i] is not None:
                    precision[part].append(g[i] == s[i])
                if g[i] is not None:
                    recall[part].append(g[i] == s[i])
    precision["joint"] = [v for part in PARTS for v in precision[part]]
    recall["joint"] = [v for part in PARTS for v in recall[part]]
    return {
        part: _f1(precision[part], recall[part]) for part in (*PARTS, "joint", "type", "medium")
    }


def _pairs(gold: Sequence[Any], own: Sequence[Any]) -> Iterable[tuple[Any, Any]]:
    empty = ((frozenset(),) * len(PARTS), None, None)
    gain = np.zeros((len(gold), len(own)))
    for i, g in enumerate(gold):
        for j, s in enumerate(own):
            shared = 2 * len(g[0][0] & s[0][0]) / (len(g[0][0]) + len(s[0][0]))
            gain[i, j] = shared and shared + 0.01 * (g[1] == s[1]) + 0.001 * (g[2] == s[2])
    rows, columns = linear_sum_assignment(gain, maximize=True) if gain.size else ([], [])
    pairs = {int(i): int(j) for i, j in zip(rows, columns, strict=True) if gain[i, j] > 0}
    yield from ((g, own[pairs[i]] if i in pairs else empty) for i, g in enumerate(gold))
    taken = set(pairs.values())
    yield from ((empty, s) for j, s in enumerate(own) if j not in taken)


def _f1(precision: Sequence[float], recall: Sequence[float]) -> float:
    p, r = (float(np.mean(v)) if v else 0.0 for v in (precision, recall))
    return 2 * p * r / (p + r) if p + r else 0.0


def main(folder: Path, file: Path, out: Path) -> None:
    """Writes the thresholds and prints the scores they give."""
    tuner = Tuner(Encoder(folder), [Text(e) for e in read_news(file)])
    before = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    no_name = before.pop("no_name", 0.0)  # score_names.py wrote it, and it stays
    best = tuner.best(decoding_of({"decoding": before}), print)
    chosen = {**asdict(best), "no_name": no_name}
    out.write_text(json.dumps(chosen) + "\n", encoding="utf-8")
    print({part: round(value, 4) for part, value in tuner.scores(best).items()})


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
