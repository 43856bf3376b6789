"""Web pages: body as lines, metadata, the day of publication, and nothing fetched."""

from __future__ import annotations

import socket
from datetime import date

import pytest
from intake_samples import ARTICLE, page

from beleg.errors import InputEmpty
from beleg.intake.webpage import read_webpage

NEWS = f"""<nav><a href="/">Start</a> <a href="/p">Politik</a></nav>
<article><h1>Streit um die Brücke</h1><p class="autor">Von Maria Muster</p>
<p>{ARTICLE} Die Kosten liegen bei <b>3,5 Millionen</b> Euro und damit
weit über dem <a href="https://example.org/plan">Plan der Verwaltung</a>.</p>
<h2>Was nun geschieht</h2>
<ul><li>Erstens wird gerechnet</li><li>Zweitens wird gebaut<ul><li>im Mai</li></ul></li></ul>
<blockquote><p>Ein Satz steht hier allein.</p></blockquote>
<table><tr><th>Jahr</th><th>Kosten</th></tr><tr><td>2023</td><td>3 Mio.</td></tr></table>
<p>Am Ende entschied der Rat mit knapper Mehrheit.<br>Gebaut wird im Mai.</p></article>
<aside><p>Lesen Sie auch: Der Rat und das Bad</p></aside><footer>© 2019 Bote</footer>"""


def read(body: str, head: str = "") -> object:
    return read_webpage(page(body, head=head), where="a.html")


def text_of(body: str) -> str:
    return read_webpage(page(body), where="a.html").text


def day_of(head: str = "", body: str = NEWS) -> date | None:
    return read_webpage(page(body, head=head), where="a.html").published


def test_body_keeps_headings_lists_and_tables_as_lines() -> None:
    text = text_of(NEWS)
    assert (
        "\n\nWas nun geschieht\n\nErstens wird gerechnet\nZweitens wird gebaut\nim Mai\n\n" in text
    )
    assert "\n\nEin Satz steht hier allein.\n\nJahr | Kosten\n2023 | 3 Mio.\n\n" in text
    assert text.endswith("knapper Mehrheit.\nGebaut wird im Mai.")


def test_markup_leaves_no_trace_in_the_sentences() -> None:
    assert "bei 3,5 Millionen Euro und damit weit über dem Plan der Verwaltung." in text_of(NEWS)


def test_the_page_around_the_article_is_left_out() -> None:
    text = text_of(NEWS)
    for other in ("Politik", "Lesen Sie auch", "2019"):
        assert other not in text


def test_page_without_layout_keeps_everything() -> None:
    body = "<h1>Streit</h1>Vorspann<p>Ein Satz.</p><h2>Kosten</h2><ul><li>a</li><li>b</li></ul>"
    assert text_of(body) == "Streit\n\nVorspann\n\nEin Satz.\n\nKosten\n\na\nb"


def test_scripts_and_styles_are_no_text() -> None:
    unseen = "".join(
        f"<{tag}>geheim</{tag}>"
        for tag in ("script", "style", "noscript", "template", "textarea", "iframe", "svg")
    )
    text = text_of(f"<p>{ARTICLE} {unseen} Ende.</p>")
    assert "geheim" not in text
    assert text.endswith("Ende.")


def test_escaped_markup_is_text() -> None:
    assert text_of("<p>Das Tag &lt;b&gt; &amp; mehr.</p>") == "Das Tag <b> & mehr."


def test_break_marks_of_the_layout_go() -> None:
    assert text_of("<p>Donau&shy;dampf&#8203;schiff f&auml;hrt.</p>") == "Donaudampfschiff fährt."


def test_own_entities_are_not_expanded() -> None:
    source = (
        '<!DOCTYPE html [<!ENTITY a "geheim"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
        "<html><body><p>Ein Satz mit &a; und &b; darin.</p></body></html>"
    )
    text = read_webpage(source, where="a.html").text
    assert "geheim" not in text
    assert "root:" not in text


def test_page_without_article_is_empty() -> None:
    with pytest.raises(InputEmpty, match="no article text"):
        read("<script>alert(1)</script>", head="<title>Nur ein Titel</title>")


def test_metadata_of_the_page() -> None:
    head = """<title>Streit um die Brücke - Neustädter Bote</title>
    <meta property="og:title" content="Streit um die Brücke | Neustädter Bote">
    <meta property="og:site_name" content="Neustädter Bote">
    <meta name="author" content="Maria Muster">
    <link rel="canonical" href="https://bote.example/bruecke.html">"""
    read = read_webpage(page(NEWS, head=head), where="a.html")
    assert (read.title, read.author) == ("Streit um die Brücke", "Maria Muster")
    assert (read.outlet, read.url) == ("Neustädter Bote", "https://bote.example/bruecke.html")


def test_several_authors_of_json_ld() -> None:
    head = """<script type="application/ld+json">{"@context": "https://schema.org",
    "@type": "NewsArticle", "headline": "Streit",
    "author": [{"@type": "Person", "name": "Maria Muster"}, {"@type": "Person",
    "name": "Karl Beispiel"}], "datePublished": "2024-03-05T08:00:00+01:00"}</script>"""
    read = read_webpage(page(NEWS, head=head), where="a.html")
    assert (read.author, read.published) == ("Maria Muster; Karl Beispiel", date(2024, 3, 5))


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="https://social.example/bote">',
        '<meta name="author" content="Neustädter Bote"><meta property="og:site_name" content="Neustädter Bote">',
        '<meta name="author" content="redaktion@bote.example">',
    ],
)
def test_outlets_and_addresses_are_no_authors(head: str) -> None:
    assert read_webpage(page(f"<p>{ARTICLE}</p>", head=head), where="a.html").author is None


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (
            '<meta property="article:published_time" content="2024-03-05T23:30:00Z">',
            date(2024, 3, 6),
        ),
        (
            '<meta property="article:published_time" content="2024-03-05T08:00:00+01:00">'
            '<meta property="article:modified_time" content="2024-03-09T08:00:00+01:00">',
            date(2024, 3, 5),
        ),
        ('<meta name="date" content="2024-03-05">', date(2024, 3, 5)),
        (
            '<script type="application/ld+json">{"datePublished": "2024-03-05"}</script>',
            date(2024, 3, 5),
        ),
        (
            '<script type="application/ld+json">[{"datePublished": "2024-03-05"}, '
            '{"datePublished": "2024-02-01"}]</script>',
            None,
        ),
        (
            '<link rel="canonical" href="https://bote.example/2024/03/05/bruecke.html">',
            date(2024, 3, 5),
        ),
        ('<meta itemprop="copyrightYear" content="2024">', None),
        ('<meta name="date" content="2024-03">', None),
        ('<meta name="date" content="2024">', None),
    ],
)
def test_day_of_publication_is_never_finer_than_the_page_says(head: str, day: date | None) -> None:
    assert day_of(head) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ('<p class="date">5. März 2024</p>', date(2024, 3, 5)),
        ('<p class="date">05.03.2024, 14:30 Uhr</p>', date(2024, 3, 5)),
        (
            '<time itemprop="datePublished" datetime="2024-03-05T08:00">gestern</time>',
            date(2024, 3, 5),
        ),
        ('<p class="date">März 2024</p>', None),
        ("<footer>Copyright © 2024 Neustädter Bote, Stand Januar 2024</footer>", None),
    ],
)
def test_day_in_the_body_counts_if_it_is_written_out(line: str, day: date | None) -> None:
    assert day_of(body=f"<article>{line}<p>{ARTICLE}</p></article>") == day


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    source = (
        '<!DOCTYPE html PUBLIC "x" "http://example.org/x.dtd"><html><head>'
        '<link rel="stylesheet" href="http://example.org/a.css"><base href="http://example.org/">'
        f'</head><body><p>{ARTICLE}</p><img src="http://example.org/a.png"></body></html>'
    )
    assert read_webpage(source, where="http://example.org/").text == ARTICLE
    assert read_webpage(f"<p>http://example.org/{'a' * 40}</p>", where="a.html").text


def test_reading_does_not_ask_the_clock() -> None:
    # htmldate would drop a day after today.
    assert day_of('<meta name="date" content="2099-03-05">') == date(2099, 3, 5)
