from __future__ import annotations

import json
import re
from collections.abc import Sequence

import msgspec
import pytest
from judged_samples import judged_sample
from report_samples import changed, make_analysis, sample
from voices_samples import voices_sample

from beleg.errors import SpanOutsideText
from beleg.records import Analysis, Argument, ArgumentEdge, ArgumentNode
from beleg.report.argdown import to_argdown
from beleg.text.article import Span

# A grammar of our own for the part of Argdown that we write: an escaped sign or one that means
# nothing, as @argdown/core 1.7.5 reads them. The real parser was run on the same kind of texts.
PLAIN = r"(?:\\.|[^\\\[\]<>{}#@*_/=.:\n]|[.:](?=\s|$))+"
STATEMENT = re.compile(
    rf"\[(?P<title>n\d+)\]: (?P<words>{PLAIN}) #\(role: (?P<role>[^()\n]+)\) "
    r"#\(holder: (?P<holder>[^()\n]*)\) \{start: (?P<start>\d+), end: (?P<end>\d+)\}"
)
RELATION = re.compile(r"  (?P<sign>[+-])> \[(?P<to>n\d+)\]")

Read = tuple[dict[str, str], dict[str, dict[str, str]], list[tuple[str, str, str]]]


def read(written: str) -> Read:
    """The front matter, the statements by title, and the relations as (from, sign, to)."""
    assert written.endswith("\n")
    head, heading, *blocks = written[:-1].split("\n\n")
    lines = head.split("\n")
    assert lines[0] == lines[-1] == "==="
    assert not [line for line in lines[1:-1] if "=" in line]
    front = {name: json.loads(value) for name, _, value in (x.partition(": ") for x in lines[1:-1])}
    assert re.fullmatch(rf"# {PLAIN}", heading)
    statements, relations = {}, []
    for block in blocks:
        first, *rest = block.split("\n")
        found = STATEMENT.fullmatch(first)
        assert found is not None, first
        statements[found["title"]] = found.groupdict()
        for line in rest:
            relation = RELATION.fullmatch(line)
            assert relation is not None, line
            relations.append((found["title"], relation["sign"], relation["to"]))
    return front, statements, relations


def arguing(
    text: str, spans: Sequence[Span], edges: Sequence[ArgumentEdge] = (), **about: str
) -> Analysis:
    nodes = tuple(
        ArgumentNode(id=f"x{n}", span=span, role="premise", quote=None)
        for n, span in enumerate(spans)
    )
    argument = Argument(nodes=nodes, edges=tuple(edges))
    return msgspec.structs.replace(make_analysis(text, **about), argument=argument)  # type: ignore[arg-type]


def unescaped(words: str) -> str:
    return re.sub(r"\\(.)", r"\1", words)


def test_statements_have_their_words_roles_holders_and_places() -> None:
    analysis = judged_sample()
    front, statements, relations = read(to_argdown(analysis))
    assert front == {"title": "Die Fähre", "author": "Jona Wells", "article": analysis.document.id}
    assert statements["n2"] == {
        "title": "n2",
        "words": "4200 Menschen brauchen sie",
        "role": "premise",
        "holder": "Jona Wells",
        "start": "29",
        "end": "55",
    }
    assert relations == [("n2", "+", "n1"), ("n3", "-", "n1")]


@pytest.mark.parametrize(
    ("quote", "holder"),
    [
        (None, "Merle Hansohn"),
        ("quote-14", "Ole Marten"),
        ("quote-9", "unnamed"),
        ("quote-10", "er"),
    ],
)
def test_the_holder_is_who_is_quoted_else_the_author(quote: str | None, holder: str) -> None:
    node = ArgumentNode(id="n1", span=Span(0, 9), role="premise", quote=quote)
    argument = Argument(nodes=(node,), edges=())
    _, statements, _ = read(to_argdown(msgspec.structs.replace(voices_sample(), argument=argument)))
    assert statements["n1"]["holder"] == holder


@pytest.mark.parametrize(
    "words",
    [
        r"\ [n1]: {a: 1} <b> @[c] #tag #(d) **e** __f__ _g_ *h*",
        "// kein Kommentar /* auch */ <!-- nicht -->",
        "=== title: x ===",
        ".->. :smile: z.B. http://a.example/b:c:",
        "+> [n9]",
        "- 1. Punkt (1) # keine",
        "a) b ( c }}} , }",
        "zwei\n\n[n7]: Absätze\r\n  <- [n1]",
        "😀 „a‘ \u2028 \x1b[31m \x00",
        "endet auf \\",
    ],
)
def test_no_words_can_be_taken_for_argdown(words: str) -> None:
    analysis = arguing(words, [Span(0, len(words))], title=words, author=words)
    front, statements, relations = read(to_argdown(analysis))
    assert set(statements) == {"n1"}
    assert relations == []
    letters = re.sub(r"[\s\x00-\x20]", "", words)
    found = unescaped(statements["n1"]["words"])
    assert re.sub(r"[\s␀␛]", "", found) == letters.replace("\x1b", "").replace("\x00", "")
    assert found == front["title"] == front["author"]
    assert not set("()") & set(statements["n1"]["holder"])


def test_edges_to_statements_that_are_not_there_are_left_out() -> None:
    edges = [
        ArgumentEdge(from_="x0", to="nobody", kind="supports", cue=None),
        ArgumentEdge(from_="nobody", to="x0", kind="supports", cue=None),
        ArgumentEdge(from_="x1", to="x0", kind="attacks", cue=None),
    ]
    analysis = arguing("Eins. Zwei.", [Span(0, 5), Span(6, 11)], edges)
    assert read(to_argdown(analysis))[2] == [("n2", "-", "n1")]


def test_an_article_without_an_argument_is_a_title() -> None:
    assert to_argdown(changed(sample(), author=None)).endswith("bleibt vorerst, was er ist\n")
    assert to_argdown(make_analysis("x")).endswith("===\n\n# Argument\n")


def test_an_analysis_that_does_not_fit_its_text_is_refused() -> None:
    with pytest.raises(SpanOutsideText):
        to_argdown(changed(judged_sample(), text="kurz"))
