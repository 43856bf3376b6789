"""Markdown: front matter to metadata, the body to plain lines."""

from __future__ import annotations

from datetime import date

import pytest

from beleg.errors import DocumentUnreadable
from beleg.intake.markdown import has_front_matter, read_markdown


def body(source: str) -> str:
    return read_markdown(source, where="a.md").text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# Der **Streit**\nEin Absatz\nmit Umbruch.", "Der Streit\n\nEin Absatz mit Umbruch."),
        ("Streit\n======\nText.", "Streit\n\nText."),
        ("Siehe [den Bericht](https://example.org/a?b=c).", "Siehe den Bericht."),
        ("Ein Bild: ![Die Brücke](b.png) Ende.", "Ein Bild: Ende."),
        ("Zeile  \nmit Absicht", "Zeile\nmit Absicht"),
        ("- eins\n- *zwei*\n  - drei\n\nDanach", "eins\nzwei\ndrei\n\nDanach"),
        ("1. a\n2. b\n\n***\n\n- c", "a\nb\n\nc"),
        ("> Ein Zitat\n> weiter\n\nText", "Ein Zitat weiter\n\nText"),
        ("| Jahr | Kosten |\n|---|---|\n| 2023 | |\n\nText", "Jahr | Kosten\n2023\n\nText"),
        ("<div>weg</div>\n\nText <b>fett</b> da", "Text fett da"),
        ("Vor <script>alert(1)</script> nach", "Vor nach"),
        ("<script>\nalert(1)\n</script>\n\nText", "Text"),
        ("&bdquo;Hallo&ldquo; &lt;b&gt; &amp;", "„Hallo“ <b> &"),
        ("`Code` bleibt\n\n```\nso auch\n```", "Code bleibt\n\nso auch"),
        ("Donau\u00addampf\u200bschiff", "Donaudampfschiff"),
        (r"Ein \*Stern\* und „Anführung“", "Ein *Stern* und „Anführung“"),
    ],
)
def test_body_becomes_plain_lines(source: str, text: str) -> None:
    assert body(source) == text


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("title: Der Streit", {"title": "Der Streit"}),
        ('Title: "Brücke: der Streit"', {"title": "Brücke: der Streit"}),
        ("author: Maria Muster", {"author": "Maria Muster"}),
        ("authors:\n- Maria Muster\n- Karl Beispiel", {"author": "Maria Muster; Karl Beispiel"}),
        ("authors:\n- name: Maria Muster\n  mail: x", {"author": "Maria Muster"}),
        ("date: 2024-03-05", {"published": date(2024, 3, 5)}),
        ("date: 2024-03-05 16:00:00", {"published": date(2024, 3, 5)}),
        ("published: true\ndate: 2024-03-05", {"published": date(2024, 3, 5)}),
        ("publishedDate: 2024-03-05T23:30:00Z", {"published": date(2024, 3, 6)}),
        ("date: 2024-03-05T23:30:00-05:00", {"published": date(2024, 3, 5)}),
        ("outlet: Neustädter Bote", {"outlet": "Neustädter Bote"}),
        ("url: https://example.org/a", {"url": "https://example.org/a"}),
    ],
)
def test_front_matter_fills_metadata(fields: str, expected: dict[str, object]) -> None:
    read = read_markdown(f"---\n{fields}\n---\nText.", where="a.md")
    assert read.text == "Text."
    for name in ("title", "author", "outlet", "url", "published"):
        assert getattr(read, name) == expected.get(name)


@pytest.mark.parametrize(
    "fields",
    [
        "date: 2024",  # a year is no day
        "date: 2024-03",
        "date: 2024-02-30",
        "date: März 2024",
        "date: 20240305",
        "url: javascript:alert(1)",
        "title: [a, b]",
        "title:",
        f"title: {'a' * 400}",
        "author: {}",
    ],
)
def test_implausible_fields_are_left_out(fields: str) -> None:
    read = read_markdown(f"---\n{fields}\n---\nText.", where="a.md")
    assert (read.title, read.author, read.outlet, read.url, read.published) == (None,) * 5


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ("title: Brücke: der Streit", r"not valid YAML \(line 2\)"),
        ("a: &x [1]\nb: [*x, *x]", "aliases are not allowed"),
        ("a: " + "[" * 20_000, "not valid YAML"),
        ("a: 'offen", "not valid YAML"),
    ],
)
def test_wrong_front_matter_is_named(fields: str, what: str) -> None:
    with pytest.raises(DocumentUnreadable, match=what):
        read_markdown(f"---\n{fields}\n---\nText.", where="a.md")


def test_front_matter_builds_no_objects() -> None:
    source = "---\ntitle: !!python/object/apply:os.getcwd []\n---\nText."
    assert read_markdown(source, where="a.md").title is None


def test_expanding_aliases_are_refused_at_once() -> None:
    levels = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))
    with pytest.raises(DocumentUnreadable, match="aliases"):
        read_markdown(f"---\na0: &a0 lol\n{levels}\n---\nText.", where="a.md")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("---\ntitle: a\n---\nText", True),
        ("---\n# Anmerkung\ntitle: a\n...\nText", True),
        ("---\nEin Satz nach einem Strich.\n---\nText", False),
        ("---\ntitle: ohne Ende\nText", False),
        ("Text\n---\ntitle: a\n---\n", False),
    ],
)
def test_front_matter_is_told_from_a_rule(text: str, answer: bool) -> None:
    assert has_front_matter(text) is answer
