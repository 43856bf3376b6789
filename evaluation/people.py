"""Checks whom the people layer takes the speakers of news quotations for.

    python evaluation/people.py show NEWS [FIRST LAST]
    python evaluation/people.py score NEWS DECISIONS...
    python evaluation/people.py wrong NEWS DECISIONS...
    python evaluation/people.py time NEWS

NEWS is a .jsonl file of the German news quotation corpus (Petersen-Frey & Biemann 2024). Speakers
and quotations are the corpus's own, names the encoder's. DECISIONS hold, without any text, what a reader took
each speaker for: document number, quotation, start and end of the speaker, and start and end of a
place that names or first describes the one meant, or "unnamed" (somebody who is only described by
these very words) or "open" (cannot be said). `show` prints articles with numbered speakers, for
deciding; `score` prints Markdown.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from news_corpus import read_corpus

from beleg.drafts import FoundQuotation
from beleg.encoder.model import Input, load_encoder
from beleg.encoder.names import Name, find_names
from beleg.layers.people import FoundPeople, find_people
from beleg.layers.people.known_names import checked_names
from beleg.layers.quotes.by_rules import find_quotations_by_rules
from beleg.layers.quotes.hints import word_states
from beleg.records import Person
from beleg.rules.people_rules import load_people_rules
from beleg.rules.quote_rules import load_quote_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import Article, Sentence, Span, segment
from beleg.text.marks import find_marked

SAME_LETTERS = 5


@dataclass(frozen=True)
class Document:
    """An article of the corpus with its gold quotations and the names found in it."""

    number: str
    article: Article
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    quotes: tuple[FoundQuotation, ...]

    def people(self) -> FoundPeople:
        """What the layer finds."""
        return find_people(
            self.article, self.sentences, self.names, self.quotes, rules=load_people_rules()
        )


@dataclass(frozen=True)
class Decision:
    """What the reader decided about one speaker."""

    number: str
    quote: int
    speaker: Span
    referent: Span | str


def read(news: Path) -> Iterator[Document]:
    """The articles that have at least one quotation, with the names the encoder finds."""
    encoder = load_encoder()
    for annotated in read_corpus(news):
        if not annotated.quotes:
            continue
        text = annotated.text
        sentences = segment(text, segmentation_table())
        marked = find_marked(text, sentences)
        by_rules = find_quotations_by_rules(text, sentences, marked, rules=load_quote_rules())
        states = np.array(word_states(sentences, marked, by_rules), np.int64)
        (reading,) = encoder.read([Input(text, sentences, states)])
        yield Document(
            annotated.number,
            Article(text=text),
            sentences,
            checked_names(
                text, sentences, find_names(reading.names, sentences), rules=load_people_rules()
            ),
            annotated.quotes,
        )


def read_decisions(path: Path) -> list[Decision]:
    """The reader's decisions."""
    decisions = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        number, quote, start, end, *referent = line.split("\t")
        meant = Span(int(referent[0]), int(referent[1])) if len(referent) == 2 else referent[0]
        decisions.append(Decision(number, int(quote), Span(int(start), int(end)), meant))
    return decisions


def is_right(document: Document, found: FoundPeople, decision: Decision) -> bool:
    """Whether the layer means the one the reader means."""
    speaker = found.speakers[decision.quote]
    if speaker is None:
        return False
    if decision.referent == "open":
        return speaker.unresolved is not None
    person = next(p for p in found.people if p.id == speaker.person)
    if isinstance(decision.referent, Span):
        return speaker.unresolved is None and any(
            mention.overlaps(decision.referent) for mention in person.mentions
        )
    return _is_described_by(person, document.article.quote(decision.speaker))


def _is_described_by(person: Person, words: str) -> bool:
    """Whether a person is nobody else than these words say: each noun of the name is in them."""
    stems = {word[:SAME_LETTERS].lower() for word in words.replace("-", " ").split()}
    named = [word for word in person.name.replace("-", " ").split() if word[:1].isupper()]
    return all(
        any(stem.startswith(word[:SAME_LETTERS].lower()) for stem in stems) for word in named
    )


def kind_of(document: Document, decision: Decision) -> str:
    """What sort of task a speaker is."""
    if isinstance(decision.referent, str):
        return "described here only"
    words = document.article.quote(decision.speaker).lower().split()
    rules = load_people_rules()
    own = any(word in rules.pronouns["reflexive"] for word in words)
    first = words[0]
    pointing = len(words) == 1 and (
        first in rules.adverbs or any(first in forms for forms in rules.pronouns.values())
    )
    if own or pointing or first in rules.pronouns["possessive"]:
        return "pronoun or adverb"
    return "description of somebody named or described elsewhere"


def score(documents: list[Document], decisions: list[Decision], title: str, wrong: bool) -> None:
    """Prints the share that is right, by sort of task."""
    by_number = {document.number: document for document in documents}
    found: dict[str, FoundPeople] = {}
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for decision in decisions:
        document = by_number[decision.number]
        if decision.number not in found:
            found[decision.number] = document.people()
        kind = kind_of(document, decision)
        ok = is_right(document, found[decision.number], decision)
        total[kind] += 1
        right[kind] += ok
        if wrong and not ok:
            _print_wrong(document, found[decision.number], decision)
    print(f"\n### {title}\n\n| speakers | read | right | share |\n|---|---|---|---|")
    for kind in sorted(total):
        print(
            f"| {kind} | {total[kind]} | {right[kind]} | {100 * right[kind] / total[kind]:.0f} % |"
        )
    back = [kind for kind in total if not kind.startswith("described")]
    _print_sum("**somebody else's name is meant (target 75 %)**", back, right, total)
    _print_sum("**all**", list(total), right, total)


def _print_sum(title: str, kinds: list[str], right: Counter[str], total: Counter[str]) -> None:
    a, b = sum(right[k] for k in kinds), sum(total[k] for k in kinds)
    print(f"| {title} | {b} | {a} | {100 * a / max(b, 1):.0f} % |")


def _print_wrong(document: Document, found: FoundPeople, decision: Decision) -> None:
    speaker = found.speakers[decision.quote]
    person = next((p for p in found.people if speaker and p.id == speaker.person), None)
    text = document.article.text
    meant = decision.referent
    print(
        f"{document.number} q{decision.quote} [{document.article.quote(decision.speaker)}]",
        f"meant: {document.article.quote(meant) if isinstance(meant, Span) else meant}",
        f"found: {person.name if person else None} ({person.kind if person else None},"
        f" {speaker.unresolved if speaker else None})",
        f"    …{text[max(0, decision.speaker.start - 160) : decision.speaker.end + 60]!r}",
        sep="\n  ",
    )


def show(documents: list[Document]) -> None:
    """Prints articles with the speakers numbered."""
    for place, document in enumerate(documents, start=1):
        marks = []
        for number, quote in enumerate(document.quotes):
            for span in quote.speaker:
                marks += [(span.start, 1, f"[{number}:"), (span.end, 0, "]")]
        out, last = [], 0
        for at, _, mark in sorted(marks, key=lambda mark: mark[:2]):
            out += [document.article.text[last:at], mark]
            last = at
        print(f"===== {place} {document.number}\n{''.join(out)}{document.article.text[last:]}")


def measure(documents: list[Document]) -> None:
    """Prints the time the layer takes."""
    load_people_rules()
    for document in documents[:20]:
        document.people()
    words = sum(len(s.tokens) for d in documents for s in d.sentences)
    begin = time.process_time()
    for document in documents:
        document.people()
    took = time.process_time() - begin
    print(f"{len(documents)} articles, {words} tokens: {1000 * took * 300 / words:.2f} ms per 300")


def main() -> None:
    """Run one of the four commands."""
    if len(sys.argv) < 3 or sys.argv[1] not in ("show", "score", "wrong", "time"):
        raise SystemExit(__doc__)
    command = sys.argv[1]
    documents = list(read(Path(sys.argv[2])))
    if command == "show":
        first, last = map(int, sys.argv[3:5]) if len(sys.argv) > 4 else (1, 60)
        show(documents[first - 1 : last])
    elif command == "time":
        measure(documents)
    else:
        for path in map(Path, sys.argv[3:]):
            score(documents, read_decisions(path), path.stem, command == "wrong")


if __name__ == "__main__":
    main()
