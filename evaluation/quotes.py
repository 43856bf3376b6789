"""Scores the quotations of a system on a file of annotated articles.

    python evaluation/quotes.py SCORER FILE.jsonl [--system both|encoder|rules] [--keep FOLDER]

SCORER is the script that compares a folder of analyses with the file (score_quotes.py); FILE
holds one article a line with `originalText` and `documentName`, which begins with a number.
The systems' answers go to a temporary folder, or to --keep. Prints the scorer's table and the
time taken.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from beleg import analyse
from beleg.drafts import FoundQuotation
from beleg.encoder.model import Input, load_encoder
from beleg.layers.quotes import find_quotations
from beleg.layers.quotes.by_rules import find_quotations_by_rules
from beleg.layers.quotes.hints import word_states
from beleg.records import Quotation
from beleg.rules.quote_rules import load_quote_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import Span, segment
from beleg.text.marks import find_marked

System = Callable[[str], Iterable[FoundQuotation | Quotation]]


def by_rules(text: str) -> tuple[FoundQuotation, ...]:
    """The rules alone."""
    sentences = segment(text, segmentation_table())
    return find_quotations_by_rules(
        text, sentences, find_marked(text, sentences), rules=load_quote_rules()
    )


def by_encoder(text: str) -> tuple[FoundQuotation, ...]:
    """The encoder alone: it is not told what rules find, nor are marks or rules candidates."""
    encoder = load_encoder()
    sentences = segment(text, segmentation_table())
    states = word_states(sentences, (), ())
    (reading,) = encoder.read([Input(text, sentences, np.array(states, np.int64))])
    return find_quotations(sentences, (), (), states, encoder=encoder, reading=reading)


def by_both(text: str) -> tuple[Quotation, ...]:
    """The whole analysis, as `beleg read` makes it."""
    return analyse(text).quotes


SYSTEMS: Mapping[str, System] = {"rules": by_rules, "encoder": by_encoder, "both": by_both}


def articles(path: Path) -> Iterator[tuple[str, str]]:
    """(number, text) of every line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            yield entry["documentName"].split(" - ")[0], entry["originalText"]


def speaker_words(quote: FoundQuotation | Quotation) -> tuple[Span, ...]:
    """The words that say who speaks."""
    if isinstance(quote, FoundQuotation):
        return quote.speaker
    return quote.speaker.spans if quote.speaker else ()


def as_analysis(quotes: Iterable[FoundQuotation | Quotation]) -> dict[str, Any]:
    """What the scorer reads of an analysis."""
    return {
        "quotes": [
            {
                "type": quote.type,
                "medium": quote.medium,
                "spans": quote.spans,
                "speaker": {"spans": speaker} if (speaker := speaker_words(quote)) else None,
                "cue": quote.cue,
                "frame": quote.frame,
                "addressee": quote.addressee,
            }
            for quote in quotes
        ]
    }


def run(system: System, path: Path, folder: Path) -> str:
    """Writes the analyses; returns a line about the time taken."""
    count = words = 0
    seconds = 0.0
    system("Ein Satz zum Aufwärmen.")
    for name, text in articles(path):
        begin = time.perf_counter()
        quotes = system(text)
        seconds += time.perf_counter() - begin
        count += 1
        words += len(text.split())
        (folder / f"{name}.json").write_text(json.dumps(as_analysis(quotes)), encoding="utf-8")
    return f"{count} articles, {words} words, {1e5 * seconds / words:.2f} ms for 100 words"


def main() -> None:
    """Runs a system over the file and the scorer over its answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scorer", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--system", choices=sorted(SYSTEMS), default="both")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--json", type=Path, help="writes the scores there as well")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print(run(SYSTEMS[given.system], given.file, folder))
        command = [sys.executable, str(given.scorer), str(given.file), str(folder)]
        if given.json:
            found = subprocess.run([*command, "--json"], check=True, capture_output=True, text=True)
            given.json.write_text(found.stdout, encoding="utf-8")
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
