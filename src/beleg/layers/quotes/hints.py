"""What the rules found, told to the encoder: one small number for each word.

The network reads these numbers beside the words and learns how far to trust them.
"""

from __future__ import annotations

from collections.abc import Sequence

from beleg.drafts import FoundQuotation, Spans
from beleg.text import Sentence, WordIndex
from beleg.text.marks import Marked, mark_states

# Nothing; first and further words of direct, of (free) indirect and of reported quotations;
# frame, addressee, cue, speaker.
NONE, DIRECT, INDIRECT, REPORTED, FRAME, ADDRESSEE, CUE, SPEAKER = 0, 1, 3, 5, 7, 8, 9, 10
COUNT = 11


def find_hints(words: WordIndex, by_rules: Sequence[FoundQuotation]) -> list[int]:
    """For each word the part it plays in what the rules found; the narrower part counts."""
    hints = [NONE] * len(words)

    def mark(spans: Spans, hint: int) -> None:
        for span in spans:
            for word in words.within(span):
                hints[word] = hint

    for quote in by_rules:
        mark(quote.frame, FRAME)
    for quote in by_rules:
        kind = {"direct": DIRECT, "reported": REPORTED}.get(quote.type, INDIRECT)
        own = [word for span in quote.spans for word in words.within(span)]
        for word in own:
            hints[word] = kind + 1
        for word in own[:1]:
            hints[word] = kind
    for quote in by_rules:
        mark(quote.addressee, ADDRESSEE)
        mark(quote.cue, CUE)
        mark(quote.speaker, SPEAKER)
    return hints


MARK_STATES = 5  # of beleg.text.marks


def word_states(
    sentences: Sequence[Sentence], marked: Sequence[Marked], by_rules: Sequence[FoundQuotation]
) -> list[int]:
    """What the encoder is told of each word beside its pieces: its mark state and its hint."""
    hints = find_hints(WordIndex(sentences), by_rules)
    states = mark_states(sentences, marked)
    return [s + MARK_STATES * h for s, h in zip(states, hints, strict=True)]
