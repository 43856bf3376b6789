"""The article as the argument layer sees it: words by sentence, and whose words they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from beleg.layers.argument.weights import load_weights
from beleg.records import Quotation
from beleg.rules.connective_rules import ConnectiveRules
from beleg.text import Sentence, Span
from beleg.text.nested import Nested

# A quotation this long (code points) is a text of its own, as when a portal reprints a comment:
# its writer argues in it as an author does. Longest statements in 700 news texts are shorter.
_OWN_TEXT = 1500
_MARKS = frozenset("„“”‟\"»«‚‘’‛'›‹()[]–—-,;:.!?…/*")
_SMOOTHING = 30  # words; short texts show less of how they are written
_PER = 100  # words that traits are counted in
WORDS = "words"
_FEWEST = 3  # words that can state anything


@dataclass(slots=True)
class Unit:
    """A sentence: its words in lower case, and for each the innermost quotation or None.

    voice: the quotation that is a text of its own and holds the sentence, or None: the author.
    register: logit that this voice argues rather than reports. limit: number of the token behind the last but marks.
    leads: words that begin what they do not belong to.
    """

    number: int
    sentence: Sentence
    words: list[str]
    quotes: list[Quotation | None]
    leads: frozenset[str]
    voice: Quotation | None = None
    register: float = 0.0
    limit: int = 0
    question: bool = field(init=False)

    def __post_init__(self) -> None:
        self.limit = len(self.words)
        while self.limit and self.words[self.limit - 1] in _MARKS:
            self.limit -= 1
        self.question = "?" in self.words[self.limit :]

    @property
    def argues(self) -> bool:
        """Whether the voice argues rather than reports."""
        return self.register > 0

    def own(self) -> bool:
        """Whether most of the words are the voice's and nobody's that it quotes."""
        theirs = sum(quote is not None and quote is not self.voice for quote in self.quotes)
        return 2 * theirs < len(self.words)

    def piece(self, start: int, stop: int, *, leads: bool = True) -> range | None:
        """The tokens `[start, stop)` without marks and conjunctions at their ends.

        None if fewer words than a statement has remain.
        """
        start, stop = max(start, 0), min(stop, len(self.words))
        while start < stop and (
            self.words[start] in _MARKS or (leads and self.words[start] in self.leads)
        ):
            start += 1
        while start < stop and self.words[stop - 1] in _MARKS:
            stop -= 1
        return range(start, stop) if stop - start >= _FEWEST else None

    def span(self, tokens: range) -> Span:
        """The characters of the tokens."""
        own = self.sentence.tokens
        return Span(own[tokens.start].start, own[tokens.stop - 1].end)


def read_units(
    sentences: Sequence[Sentence], quotes: Sequence[Quotation], rules: ConnectiveRules
) -> list[Unit]:
    """The sentences that are running text or stand in quotations, with holders and register."""
    quoted = Nested((span, quote) for quote in quotes for span in quote.spans)
    units: list[Unit] = []
    for sentence in sentences:
        if sentence.kind == "heading" or len(sentence.tokens) < _FEWEST:
            continue
        words = [token.text.lower() for token in sentence.tokens]
        around = [quoted.at(token.start) for token in sentence.tokens]
        held = [found[1] if found is not None else None for found in around]
        units.append(Unit(len(units), sentence, words, held, rules.classes["lead"]))
    _set_voices(units, quotes)
    _set_register(units, rules)
    return units


def _set_voices(units: Sequence[Unit], quotes: Sequence[Quotation]) -> None:
    """Gives each sentence the innermost quotation that is a text of its own and holds it."""
    texts = Nested(
        (span, quote)
        for quote in quotes
        for span in quote.spans
        if span.end - span.start >= _OWN_TEXT
    )
    for unit in units:
        start, end = unit.sentence.span
        around = texts.at(start)
        if around is not None and around[0].end >= end:
            unit.voice = around[1]


def _set_register(units: Sequence[Unit], rules: ConnectiveRules) -> None:
    """Whether each voice argues: by the words that commentaries have and news have not."""
    weights = load_weights().register
    sums: dict[str | None, list[float]] = {}
    for unit in units:
        counts = sums.setdefault(unit.voice.id if unit.voice else None, [0.0, 0.0])
        for name, count in register_counts(unit, rules).items():
            counts[0] += weights.get(name, 0.0) * count
            counts[1] += count * (name == WORDS)
    for unit in units:
        weight, words = sums[unit.voice.id if unit.voice else None]
        unit.register = weights["bias"] + _PER * weight / (words + _SMOOTHING)


def register_counts(unit: Unit, rules: ConnectiveRules) -> dict[str, int]:
    """How often the voice's own words of the sentence show each trait; questions; all words."""
    counts = {WORDS: 0, "question": int(unit.question and unit.own())}
    for word, quote in zip(unit.words, unit.quotes, strict=True):
        if quote is unit.voice and word not in _MARKS:
            counts[WORDS] += 1
            for name in rules.traits.get(word, ()):
                counts[name] = counts.get(name, 0) + 1
            if word[0].isdigit():
                counts["digit"] = counts.get("digit", 0) + 1
    return counts
