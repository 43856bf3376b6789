"""Scores the times layer on newspaper articles (TimeML) and war narratives (TIMEX2).

    python evaluation/times.py SCORER NEWS_GOLD_DIR HISTORY_DIR

SCORER is the TempEval-3 scorer (score_times.py); NEWS_GOLD_DIR holds folders of .tml files,
HISTORY_DIR .key.xml files. Prints Markdown. A third of the newspaper articles, chosen by the
hash of the file name, is the untouched part; the rest was read during development.
"""

from __future__ import annotations

import hashlib
import html
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from beleg.layers.times import find_times
from beleg.modes import Mode
from beleg.records import TimeExpression
from beleg.rules.segmentation import segmentation_table
from beleg.rules.time_rules import load_time_rules
from beleg.text.article import Article
from beleg.text.segments import segment

_TAG = re.compile(r"<(/?)TIMEX2([^<>]*)>")
_HISTORY_READ = date(2011, 2, 16)  # the corpus gives this day as the document time of all texts


def load_scorer(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_times", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def is_untouched(name: str) -> bool:
    """Whether a newspaper article belongs to the part kept out of development."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def times_of(text: str, published: date, mode: Mode) -> tuple[TimeExpression, ...]:
    """What the layer finds."""
    sentences = [sentence.span for sentence in segment(text, segmentation_table())]
    return find_times(
        Article(text=text), sentences, rules=load_time_rules(), published=published, mode=mode
    )


def score_news(scorer_path: Path, gold: Path) -> None:
    """Three tables: all articles, those read during development, the untouched ones."""
    scorer = load_scorer(scorer_path)
    for part in ("all", "read during development", "untouched"):
        with tempfile.TemporaryDirectory() as folder:
            pairs = _write_system(scorer, gold, Path(folder), part)
            print(f"\n### {part}\n", flush=True)
            subprocess.run([sys.executable, str(scorer_path), *pairs, "--per-type"], check=True)


def _write_system(scorer: Any, gold: Path, out: Path, part: str) -> list[str]:
    pairs: list[str] = []
    for folder in sorted(path for path in gold.iterdir() if path.is_dir()):
        keys, system = out / "gold" / folder.name, out / "system" / folder.name
        keys.mkdir(parents=True)
        system.mkdir(parents=True)
        for tml in sorted(folder.glob("*.tml")):
            if part != "all" and is_untouched(tml.name) != (part == "untouched"):
                continue
            day, text, _ = scorer.parse_tml(str(tml))
            found = times_of(text, date.fromisoformat(day[:10]), "news")
            shutil.copy(tml, keys / tml.name)
            (system / f"{tml.stem}.json").write_text(
                json.dumps(
                    [
                        {"start": t.span.start, "end": t.span.end, "type": t.type, "value": t.value}
                        for t in found
                    ]
                ),
                encoding="utf-8",
            )
        pairs.append(f"{keys}:{system}")
    return pairs


def score_history(scorer_path: Path, folder: Path) -> None:
    """Share of the found expressions whose value is right, in narrative mode."""
    scorer = load_scorer(scorer_path)
    gold_n = system_n = paired = right = 0
    print("\n| text | gold | found | overlapping | value right of these |\n|---|---|---|---|---|")
    for path in sorted(folder.glob("*.key.xml")):
        text, gold = _parse_timex2(scorer, path)
        found = times_of(text, _HISTORY_READ, "narrative")
        system = sorted(scorer.T(t.span.start, t.span.end, t.type, t.value, "", {}) for t in found)
        pairs = scorer.align(gold, system)
        values = sum(gold[i].value == system[k].value for i, k in pairs)
        share = 100 * values / max(len(pairs), 1)
        print(f"| {path.stem} | {len(gold)} | {len(system)} | {len(pairs)} | {share:.1f} |")
        gold_n, system_n = gold_n + len(gold), system_n + len(system)
        paired, right = paired + len(pairs), right + values
    print(f"| ALL | {gold_n} | {system_n} | {paired} | {100 * right / paired:.1f} |")


def _parse_timex2(scorer: Any, path: Path) -> tuple[str, list[Any]]:
    body = re.search(r"<TEXT>(.*)</TEXT>", path.read_text(encoding="utf-8"), re.DOTALL)
    if body is None:
        raise SystemExit(f"{path}: no <TEXT>")
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    open_tags: list[tuple[str, int]] = []
    length = position = 0
    for tag in _TAG.finditer(body[1]):
        chunk = html.unescape(body[1][position : tag.start()])
        parts.append(chunk)
        length, position = length + len(chunk), tag.end()
        if tag[1]:
            value, start = open_tags.pop()
            spans.append((start, length, value))
        else:
            found = re.search(r'val="([^"]*)"', tag[2])
            open_tags.append((found[1] if found else "", length))
    parts.append(html.unescape(body[1][position:]))
    text = "".join(parts)
    return text, sorted(
        scorer.T(start, end, "DATE", value, text[start:end], {})
        for start, end, value in spans
        if end > start
    )


def main() -> None:
    """Score both corpora."""
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    scorer, news, history = (Path(argument) for argument in sys.argv[1:])
    print("## Newspaper articles (news mode)")
    score_news(scorer, news)
    print("\n## War narratives (narrative mode)")
    score_history(scorer, history)


if __name__ == "__main__":
    main()
