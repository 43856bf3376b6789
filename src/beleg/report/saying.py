"""Who says what, as the HTML report shows it: the table, the voices to choose, the tree."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beleg.records import Analysis
from beleg.report.marks import paragraphs
from beleg.report.safe import one_line, shorten
from beleg.report.tree import Tree, voice_tree
from beleg.report.voices import Statement, Voice, Voices
from beleg.report.words import Words

# Code points of a statement that the table shows at once.
_SHORT = 150
_PARENT = 70
# So many voices fit above the article; the tree shows all.
_LEGEND = 12


@dataclass(frozen=True, kw_only=True)
class SayingRow:
    """A row of the table, and the quotation's card.

    short: the beginning of a long text, else null. parent: beginning of the one around it.
    paragraph: its number, from 1. order: where it begins, to sort by.
    who: tokens to filter by, "s-v1" for the speaker and "c-v2" for all the others of the chain.
    """

    statement: Statement
    short: str | None
    parent: str | None
    paragraph: int | None
    order: int
    who: str


@dataclass(frozen=True, kw_only=True)
class SayingView:
    """Everything about the quotations of an article.

    speakers: who says something, by how much; carriers: who passes others' words on.
    """

    rows: tuple[SayingRow, ...]
    speakers: tuple[Voice, ...]
    carriers: tuple[Voice, ...]
    nobody: int
    legend: tuple[Voice, ...]
    tree: Tree | None


def saying_view(analysis: Analysis, words: Words, voices: Voices) -> SayingView:
    """The view; empty if the article quotes nobody."""
    texts = {statement.key: statement.text for statement in voices.statements}
    ends = [block.end for block in paragraphs(analysis.document.text)]
    everybody = tuple(voices.voices.values())
    speakers = tuple(sorted((v for v in everybody if v.said), key=lambda v: -v.said))
    document = analysis.document
    root = next((one_line(name) for name in (document.outlet, document.author) if name), "")
    return SayingView(
        rows=tuple(_row(statement, texts, ends) for statement in voices.statements),
        speakers=speakers,
        carriers=tuple(v for v in everybody if v.passed),
        nobody=sum(statement.speaker is None for statement in voices.statements),
        legend=tuple(v for v in everybody if v.look.hue)[:_LEGEND],
        tree=voice_tree(voices, root=root, words=words),
    )


def _row(statement: Statement, texts: Mapping[str, str], ends: Sequence[int]) -> SayingRow:
    spans = statement.quote.spans
    speaker = statement.speaker
    tokens = [f"s-{speaker.key}" if speaker else "s-nobody"]
    tokens += [f"c-{voice.key}" for voice in statement.chain if voice is not speaker]
    return SayingRow(
        statement=statement,
        short=shorten(statement.text, _SHORT) if len(statement.text) > _SHORT else None,
        parent=shorten(texts[statement.parent], _PARENT) if statement.parent else None,
        paragraph=bisect_right(ends, min(spans).start) + 1 if spans else None,
        order=min(spans).start if spans else -1,
        who=" ".join(tokens),
    )
