"""Reads marked examples of people: {names} and [speakers = who is meant]."""

from __future__ import annotations

import re
from typing import NamedTuple, get_args

from beleg.drafts import FoundQuotation
from beleg.encoder.names import Name, NameKind
from beleg.layers.people import FoundPeople, find_people
from beleg.layers.people.known_names import checked_names
from beleg.records import Person, PersonKind
from beleg.rules.people_rules import load_people_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import Article, Span, segment

_MARK = re.compile(r"\[|\{|\}| = [^\[\]]*\]")
_KINDS = get_args(NameKind)


class Sample(NamedTuple):
    """A text without marks, its names and quotations, and who is meant by each speaker."""

    article: Article
    names: tuple[Name, ...]
    quotes: tuple[FoundQuotation, ...]
    meant: tuple[str, ...]

    def people(self, others: tuple[Span, ...] = ()) -> FoundPeople:
        """What the layer finds."""
        sentences, rules = segment(self.article.text, segmentation_table()), load_people_rules()
        return find_people(
            self.article,
            sentences,
            checked_names(self.article.text, sentences, self.names, rules=rules),
            self.quotes,
            rules=rules,
            others=others,
        )


def unmark(marked: str, author: str | None = None, outlet: str | None = None) -> Sample:
    """The sample that a marked text stands for.

    A speaker's quotation is the stretch in „quotation marks“ behind it in its sentence; without
    one it is the end of the sentence, an indirect quotation.
    """
    text = ""
    last = 0
    names: list[Name] = []
    speakers: list[Span] = []
    meant: list[str] = []
    opened: list[tuple[int, NameKind]] = []
    began = 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        last = mark.end()
        if mark[0] == "[":
            began = len(text)
        elif mark[0] == "{":
            kind: NameKind = "PER"
            for known in _KINDS:
                if marked.startswith(known + " ", last):
                    kind, last = known, last + len(known) + 1
            opened.append((len(text), kind))
        elif mark[0] == "}":
            start, kind = opened.pop()
            names.append(Name(Span(start, len(text)), kind))
        else:
            speakers.append(Span(began, len(text)))
            meant.append(mark[0][3:-1])
    text += marked[last:]
    quotes = tuple(_quotation(text, speaker) for speaker in speakers)
    return Sample(
        Article(text=text, author=author, outlet=outlet), tuple(names), quotes, tuple(meant)
    )


def _quotation(text: str, speaker: Span) -> FoundQuotation:
    end = min(
        (at for at in (text.find(c, speaker.end) for c in ".!?") if at > 0), default=len(text)
    )
    opening = text.find("„", speaker.end, end)
    if opening >= 0:
        spans: tuple[Span, ...] = (Span(opening, text.index("“", opening) + 1),)
    else:
        comma = text.find(",", speaker.end, end)
        spans = (Span(comma + 1, end),) if comma >= 0 else ()
    return FoundQuotation(
        type="direct" if opening >= 0 else "indirect", medium="speech", spans=spans,
        speaker=(speaker,), cue=(), frame=(), addressee=(),
    )  # fmt: skip


def spoken(found: FoundPeople) -> list[str]:
    """Who speaks, as the examples write it: "kind name", or "?" and the reason."""
    return [
        "" if s is None else f"?{s.unresolved}" if s.unresolved else _written(found, s.person)
        for s in found.speakers
    ]


def person(found: FoundPeople, name: str) -> Person:
    """The only person of that id or name."""
    (only,) = (p for p in found.people if name in (p.id, p.name))
    return only


def _written(found: FoundPeople, name: str) -> str:
    return f"{person(found, name).kind} {person(found, name).name}"


def assert_as_marked(marked: str) -> None:
    """Each speaker is the one written beside it; a kind counts where it is written."""
    sample = unmark(marked)
    for got, meant in zip(spoken(sample.people()), sample.meant, strict=True):
        has_kind = meant.startswith((*get_args(PersonKind), "?"))
        assert (got if has_kind else got.partition(" ")[2]) == meant, marked
