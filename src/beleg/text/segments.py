"""Sentences and tokens: the text cut up, every non-space character in exactly one place."""

from __future__ import annotations

from dataclasses import dataclass

from beleg.text.article import Span
from beleg.text.blocks import BlockKind, find_blocks
from beleg.text.boundaries import find_ends
from beleg.text.table import SegmentationTable
from beleg.text.tokens import SMILEY, Token, tokenize


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or what stands in its place.

    span: without white space around it.
    kind: "heading": a line of its own without a final stop, before other text;
        "item": any sentence of a list item, its number or bullet included.
    paragraph: counts the blocks (paragraphs, headings, list items) from 0.
    """

    span: Span
    tokens: tuple[Token, ...]
    kind: BlockKind
    paragraph: int


def segment(text: str, table: SegmentationTable) -> tuple[Sentence, ...]:
    """The sentences of any text, in order, in time linear in its length.

    A text of white space only has none. Offsets count code points of `text`.
    """
    sentences: list[Sentence] = []
    for paragraph, block in enumerate(find_blocks(text, table)):
        start = block.start
        ends = list(find_ends(text, start, block.end, table))
        # A line of several sentences is a short paragraph, whatever its last character.
        kind: BlockKind = "sentence" if block.kind == "heading" and len(ends) > 1 else block.kind
        for end in ends:
            while text[start].isspace():
                start += 1
            tokens = tokenize(text, start, end, table)
            for part in _split_unmarked(tokens, table):
                span = Span(part[0].start, part[-1].end)
                sentences.append(Sentence(span, part, kind, paragraph))
            start = end
    return tuple(sentences)


def _split_unmarked(tokens: tuple[Token, ...], table: SegmentationTable) -> list[tuple[Token, ...]]:
    """The sentences in `tokens`, where some lack their stop ("Gern wieder Wir kommen")."""
    cuts = [0]
    for i, token in enumerate(tokens[1:-1], start=1):
        if (
            token.text in table.unmarked_starters
            and i - cuts[-1] > 1
            and _is_unmarked_start(tokens[i - 1].text, token.text, tokens[i + 1].text, table)
        ):
            cuts.append(i)
    return [tokens[a:b] for a, b in zip(cuts, [*cuts[1:], len(tokens)], strict=True)]


def _is_unmarked_start(before: str, starter: str, following: str, table: SegmentationTable) -> bool:
    """Whether the starter between these two tokens begins a sentence.

    Not behind a word that wants a continuation ("das Ich", "dass Ich"), nor before a
    noun, as in a title.
    """
    required = table.unmarked_starters[starter]
    if required:
        if following not in required:
            return False
    elif not (following[0].islower() or following[0].isdigit()):
        return False
    if SMILEY.fullmatch(before):
        return True
    return (
        before[-1].isalnum()
        and before not in table.ordinal_cues
        and not (before.islower() and before.capitalize() in table.starters)
    )
