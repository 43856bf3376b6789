"""Status cues and judging words as the HTML report shows them: cards, and kinds to switch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from beleg.records import Analysis
from beleg.report.holders import Holder, Holders
from beleg.report.safe import beginning
from beleg.report.words import Words

# The kinds of marks a reader can switch, in the order of the legend.
KINDS = ("time", "voice", "status", "loaded", "scare-quote", "hedge", "intensifier")
_LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class CueView:
    """The card of a cue or word.

    kind: one of KINDS. name: what it is; meaning: what that says, in a sentence.
    about: the words it bears on. holder: who says it, null where it is the article's author.
    """

    key: str
    kind: str
    words: str
    name: str
    meaning: str
    about: str | None
    holder: Holder | None


@dataclass(frozen=True, kw_only=True)
class KindView:
    """A kind of mark in the legend; number: how many there are."""

    kind: str
    name: str
    number: int


def cue_views(analysis: Analysis, words: Words, holders: Holders) -> tuple[CueView, ...]:
    """A card for each status cue, then one for each word that judges, hedges or heightens."""
    return (*_status(analysis, words, holders), *_wording(analysis, words, holders))


def kind_views(analysis: Analysis, words: Words) -> tuple[KindView, ...]:
    """The kinds that occur."""
    numbers = Counter[str](wording.kind for wording in analysis.wording)
    numbers["time"] = len(analysis.times)
    numbers["voice"] = len(analysis.quotes)
    numbers["status"] = len(analysis.status)
    return tuple(
        KindView(kind=kind, name=words.say(f"html.kind.{kind}"), number=numbers[kind])
        for kind in KINDS
        if numbers[kind]
    )


def _status(analysis: Analysis, words: Words, holders: Holders) -> Iterator[CueView]:
    text = analysis.document.text
    for number, status in enumerate(analysis.status, start=1):
        about = status.about
        yield CueView(
            key=f"s{number}",
            kind="status",
            words=beginning(text, status.span, _LONGEST),
            name=words.say(f"status.{status.label}"),
            meaning=words.say(f"html.status_meaning.{status.label}"),
            about=beginning(text, about, _LONGEST) if about else None,
            holder=_holder(holders, status.quote),
        )


def _wording(analysis: Analysis, words: Words, holders: Holders) -> Iterator[CueView]:
    text = analysis.document.text
    for number, wording in enumerate(analysis.wording, start=1):
        yield CueView(
            key=f"w{number}",
            kind=wording.kind,
            words=beginning(text, wording.span, _LONGEST),
            name=words.say(f"wording.{wording.kind}"),
            meaning=words.say(f"html.wording_meaning.{wording.kind}"),
            about=None,
            holder=_holder(holders, wording.quote),
        )


def _holder(holders: Holders, quote: str | None) -> Holder | None:
    """Whose words they are; None for the author's, which is not said."""
    return holders.of_quote(quote) if holders.statement(quote) else None
