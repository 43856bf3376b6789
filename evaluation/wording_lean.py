"""Counts loaded words by the camp a text is about, to show whether the tables lean.

usage: wording_lean.py ARTICLES.jsonl [COMMENTS_FOLDER] > evaluation/results/wording-lean.md

ARTICLES.jsonl   one article a line with `originalText` and, where there are any, `annotations`
                 whose `quote.spans` have `charBegin` and `charEnd`: what is quoted is left out
COMMENTS_FOLDER  commentaries, one *.txt each

An article belongs to every camp it names at least twice, and to no camp else. The camps come in
pairs of opposites, and the lists of their names are used here only. If the rules do not lean, the
rates of the camps lie within what chance makes of them: the table gives, for each, the interval of
95 in 100 for a rate that is counted as rarely as here (Poisson, by the normal approximation of its
square root). A difference need not be the rules': writers may judge one camp more than another.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from beleg.layers.wording import find_wording
from beleg.records import Quotation
from beleg.rules.segmentation import segmentation_table
from beleg.rules.wording_rules import load_wording_rules
from beleg.text import Span, segment
from beleg.text.marks import find_marked

CAMPS = {
    "CDU/CSU": r"\b(?:CDU|CSU|Union|Christdemokraten)\b",
    "SPD": r"\b(?:SPD|Sozialdemokraten)\b",
    "FDP": r"\bFDP\b|\bLiberalen\b",
    "Grüne": r"\bGrünen?\b",
    "Linke/PDS": r"\bLinkspartei\b|\bPDS\b|\bDie Linke\b",
    "AfD/NPD/DVU": r"\b(?:AfD|NPD|DVU)\b",
    "unions, workers": r"\bGewerkschaft(?:en|er)?\b|\bArbeitnehmern?\b|\bStreiks?\b",
    "employers, companies": r"\bArbeitgebern?\b|\bUnternehmern?\b|\bKonzern(?:e|s)?\b",
    "government": r"\b(?:Bundesr|R)egierung\b",
    "opposition": r"\bOpposition\b",
    "police, army": r"\bPolizei\b|\bArmee\b|\bSoldaten\b",
    "protesters": r"\bDemonstrant(?:en|innen)\b|\bProteste?n?\b|\bAktivist(?:en|innen)\b",
    "Christians": r"\bKirchen?\b|\bChristen\b|\bPapst(?:es)?\b",
    "Muslims": r"\bIslam\b|\bMuslimen?\b|\bMoslems?\b",
    "Israel": r"\bIsrael(?:s|is)?\b|\bisraelische[nrs]?\b",
    "Palestinians": r"\bPalästinensern?\b|\bHamas\b|\bGaza",
    "USA": r"\bUSA\b|\bUS-\w+",
    "Russia": r"\bRussland\w*\b|\brussische[nrs]?\b",
}
KINDS = ("loaded", "scare-quote", "hedge", "intensifier")
Z95 = 1.96


def main() -> None:
    """Read, count, print a Markdown table."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").split("\n")
    articles = [json.loads(line) for line in lines if line]
    groups: dict[str, Counter[str]] = {name: Counter() for name in (*CAMPS, "no camp")}
    for article in articles:
        text = article["originalText"]
        counts = count(text, tuple(quotations(article)))
        camps = [name for name, words in CAMPS.items() if len(re.findall(words, text)) >= 2]
        for camp in camps or ["no camp"]:
            groups[camp] += counts
    if len(sys.argv) > 2:
        groups["commentaries"] = sum(
            (
                count(path.read_text(encoding="utf-8"), ())
                for path in sorted(Path(sys.argv[2]).glob("*.txt"))
            ),
            Counter(),
        )
    report(groups)


def quotations(article: dict[str, object]) -> Iterator[Quotation]:
    """The annotated quotations, as far as the wording layer needs them."""
    for number, annotation in enumerate(article.get("annotations", [])):  # type: ignore[arg-type,var-annotated]
        spans = tuple(
            Span(part["charBegin"], part["charEnd"]) for part in annotation["quote"]["spans"]
        )
        if spans:
            yield Quotation(
                id=f"q{number}",
                type="indirect",
                medium="speech",
                spans=spans,
                cue=(),
                frame=(),
                addressee=(),
                speaker=None,
                parent=None,
                chain=(),
                sourcing="group",
            )


def count(text: str, quotes: tuple[Quotation, ...]) -> Counter[str]:
    """How many texts (1), words of the author's own, and finds of each kind."""
    sentences = segment(text, segmentation_table())
    marked = find_marked(text, sentences)
    found = find_wording(sentences, quotes, marked, rules=load_wording_rules())
    quoted = sum(span.end - span.start for quote in quotes for span in quote.spans)
    words = sum(token.text[0].isalpha() for s in sentences for token in s.tokens)
    own = round(words * max(len(text) - quoted, 0) / max(len(text), 1))
    return Counter(texts=1, words=own) + Counter(wording.kind for wording in found)


def report(groups: dict[str, Counter[str]]) -> None:
    """The table, by rate of loaded words per 1,000 of the author's own."""
    print("# Wording by camp\n")
    print(__doc__.split("\n\n")[-1].strip() + "\n")
    print("| texts about | texts | own words | loaded | per 1,000 | 95 % interval | other kinds |")
    print("|---|---:|---:|---:|---:|---|---|")
    for name, counts in groups.items():
        thousands = counts["words"] / 1000
        if not thousands:
            continue
        low, high = interval(counts["loaded"])
        others = ", ".join(f"{kind} {counts[kind] / thousands:.2f}" for kind in KINDS[1:])
        print(
            f"| {name} | {counts['texts']} | {counts['words']} | {counts['loaded']} "
            f"| {counts['loaded'] / thousands:.2f} "
            f"| {low / thousands:.2f}–{high / thousands:.2f} | {others} |"
        )


def interval(count: int) -> tuple[float, float]:
    """Where the expected count lies with 95 in 100, if `count` were counted."""
    root = math.sqrt(count + 3 / 8)
    return max(root - Z95 / 2, 0.0) ** 2, (root + Z95 / 2) ** 2


if __name__ == "__main__":
    main()
