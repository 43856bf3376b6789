"""The argument of an article as Argdown: its statements, what supports and what attacks them.

Source of the format: the lexer and parser of @argdown/core 1.7.5. Checked with them on 2026-11-23,
on 600 documents whose statements, names and titles were made at random of the signs that mean
something to Argdown: each statement came back with its words, tags and place, each title as it was,
and each relation between the right two.

A statement is titled by its number ("[n1]"), keeps its words on one line, and carries its role and
its holder as tags and its place in the text (code points) as data: `{start: 0, end: 22}`. In tags,
which nothing can escape, round brackets become square ones. The holder is who is quoted, else the
author. The cues of the relations have no place in Argdown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from beleg.records import Analysis, ArgumentEdge, ArgumentNode, Document
from beleg.report.safe import one_line
from beleg.report.spans import check_spans

# Whatever begins a token of the lexer within a line. "." and ":" begin one (".name.", ":name:")
# only before another sign; signs of relations, lists and headings only at the start of a line.
_MEANING = re.compile(r"[\\\[\]<>{}#@*_/=]|[.:](?=\S)")
_IN_TAGS = str.maketrans("()", "[]")
_SIGNS = {"supports": "+>", "attacks": "->"}
_WRITER = "author"
_NOBODY = "unnamed"
_UNTITLED = "Argument"


def to_argdown(analysis: Analysis) -> str:
    """The Argdown document, ending in a line break; without statements it has only its title.

    Raises SpanOutsideText if the analysis does not fit its text. An edge from or to a statement
    that is not there is left out.
    """
    check_spans(analysis)
    numbers: dict[str, int] = {}
    for number, node in enumerate(analysis.argument.nodes, 1):
        numbers.setdefault(node.id, number)
    edges: dict[int, list[ArgumentEdge]] = {}
    for edge in analysis.argument.edges:
        if edge.from_ in numbers and edge.to in numbers:
            edges.setdefault(numbers[edge.from_], []).append(edge)
    holders = _Holders(analysis)
    parts = ["\n".join(_head(analysis.document)), _heading(analysis.document.title)]
    for number, node in enumerate(analysis.argument.nodes, 1):
        lines = [f"[n{number}]: {_statement(analysis.document.text, node, holders)}"]
        lines += [f"  {_SIGNS[edge.kind]} [n{numbers[edge.to]}]" for edge in edges.get(number, ())]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _head(document: Document) -> Iterator[str]:
    """The front matter: YAML, of which every JSON string is one."""
    yield "==="
    about = {"title": document.title, "author": document.author, "article": document.id}
    for name, value in about.items():
        if value:
            # "===" would end the front matter.
            quoted = json.dumps(one_line(value), ensure_ascii=False).replace("=", "\\u003d")
            yield f"{name}: {quoted}"
    yield "==="


def _heading(title: str | None) -> str:
    """The title again: a document of front matter alone is none to the parser."""
    return f"# {_escaped(title or '') or _UNTITLED}"


def _escaped(words: str) -> str:
    return _MEANING.sub(r"\\\g<0>", one_line(words))


def _statement(text: str, node: ArgumentNode, holders: _Holders) -> str:
    words = _escaped(text[node.span.start : node.span.end])
    tags = f"{_tag('role', node.role)} {_tag('holder', holders.of(node))}"
    return f"{words} {tags} {{start: {node.span.start}, end: {node.span.end}}}"


def _tag(name: str, value: str) -> str:
    return f"#({name}: {one_line(value).translate(_IN_TAGS)})"


class _Holders:
    """Who holds the statements, by name."""

    def __init__(self, analysis: Analysis) -> None:
        self._writer = analysis.document.author or _WRITER
        self._names = {person.id: person.name for person in analysis.people}
        self._speakers = {quote.id: quote.speaker for quote in analysis.quotes}

    def of(self, node: ArgumentNode) -> str:
        """The one who is quoted, else the author; "unnamed" where the article names nobody."""
        if node.quote is None:
            return self._writer
        speaker = self._speakers.get(node.quote)
        return self._names.get(speaker.person, speaker.person) if speaker else _NOBODY
