"""Pages and the entries of feeds to articles, from real servers."""

from __future__ import annotations

from datetime import date

import pytest
from intake_samples import ARTICLE, docx, page, pdf, printed
from web_servers import Answer, document, raw, redirect, serving

from beleg.errors import FetchFailed, FetchRefused, InputNotText, IntakeError
from beleg.intake import Feed, FeedEntry, FetchLimits, feed_articles, fetch_article
from beleg.text.article import Article

BODY = f"<article><h1>Streit um die Brücke</h1><p>{ARTICLE}</p></article>"


def read(answer: Answer, path: str = "/a") -> Article:
    with serving({path: answer}) as server:
        return fetch_article(server.url(path), allow_private=True)


def test_page_becomes_an_article_with_the_address_that_answered() -> None:
    answers = {"/kurz": redirect("/a?id=7"), "/a": document(page(BODY).encode())}
    with serving(answers) as server:
        article = fetch_article(server.url("/kurz"), allow_private=True)
        assert ARTICLE in article.text
        assert article.url == article.source == server.url("/a?id=7")


@pytest.mark.parametrize(
    ("canonical", "kept"),
    [
        ("http://127.0.0.1/bruecke", True),
        ("https://andere.example/bruecke", False),
        ("http://127.0.0.1/", False),
        ("javascript:alert(1)", False),
    ],
)
def test_canonical_address_counts_for_pages_of_the_same_host(canonical: str, kept: bool) -> None:
    html = page(BODY, head=f'<link rel="canonical" href="{canonical}">').encode()
    with serving({"/a": document(html)}) as server:
        article = fetch_article(server.url("/a?utm_source=x"), allow_private=True)
        assert article.url == (canonical if kept else server.url("/a?utm_source=x"))


@pytest.mark.parametrize(
    ("answer", "path"),
    [
        (document(ARTICLE.encode(), "text/plain"), "/a.pdf"),
        (document(f"<p>{ARTICLE}</p>".encode(), "text/html"), "/a.pdf"),
        (document(pdf(printed([ARTICLE])), "application/pdf"), "/a"),
        (document(pdf(printed([ARTICLE])), "text/html"), "/a"),
        (
            document(
                docx(ARTICLE),
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            "/a",
        ),
        (document(f"---\ntitle: Streit\n---\n{ARTICLE}".encode(), "text/markdown"), "/a"),
        (document(ARTICLE.encode(), None), "/a"),
    ],
)
def test_kind_is_what_content_and_server_say(answer: Answer, path: str) -> None:
    assert "Stadtrat von Neustadt" in read(answer, path).text


def test_charset_of_the_server_goes_before_that_of_the_page() -> None:
    name = "Stanisław Żurek"
    html = f"<html><head><meta charset=cp1252></head><body><p>{ARTICLE} {name}</p></body></html>"
    answer = document(
        html.replace("„", '"').encode("iso8859-2", "ignore"), "text/html; charset=iso8859-2"
    )
    assert name in read(answer).text


def test_given_day_wins() -> None:
    with serving({"/a": document(page(BODY).encode())}) as server:
        article = fetch_article(server.url("/a"), published=date(2024, 3, 5), allow_private=True)
    assert (article.published, article.published_given) == (date(2024, 3, 5), True)


def test_feed_is_no_article() -> None:
    with pytest.raises(InputNotText, match="a feed, not an article"):
        read(document(b"<rss><channel></channel></rss>", "text/xml"))


def entry(url: str | None, **fields: object) -> FeedEntry:
    known = {"title": None, "published": None, "author": None, "guid": None, "content_html": None}
    return FeedEntry(url=url, **{**known, **fields})  # type: ignore[arg-type]


def feed(*entries: FeedEntry) -> Feed:
    return Feed(url="https://zeitung.example/feed", title=None, entries=entries)


def test_feed_fills_only_what_the_page_leaves_open() -> None:
    head = (
        '<meta name="author" content="Anna Beispiel">'
        '<meta property="article:published_time" content="2024-03-04">'
    )
    said = {"title": "Titel im Feed", "author": "Bernd Muster", "published": date(2024, 3, 9)}
    answers = {
        "/voll": document(page(BODY, head=head).encode()),
        "/leer": document(ARTICLE.encode(), "text/plain"),
    }
    with serving(answers) as server:
        entries = [entry(server.url(path), **said) for path in answers]
        full, bare = (
            reader() for reader in feed_articles(feed(*entries), pause=0, allow_private=True)
        )
    assert (full.title, full.author) == ("Streit um die Brücke", "Anna Beispiel")
    assert full.published == date(2024, 3, 4)
    assert (bare.title, bare.author, bare.published) == tuple(said.values())
    assert not bare.published_given
    assert bare.text == ARTICLE


def test_one_entry_costs_no_other_and_nothing_is_fetched_before_it_is_read() -> None:
    answers = {
        "/gut": document(page(BODY).encode()),
        "/weg": raw(b"HTTP/1.1 404 Weg\r\n\r\n"),
        "/bild": document(b"x", "image/png"),
    }
    with serving(answers) as server:
        addresses = [
            server.url("/weg"),
            None,
            server.url("/bild"),
            "http://a:b@c/",
            server.url("/gut"),
        ]
        readers = list(feed_articles(feed(*map(entry, addresses)), pause=0, allow_private=True))
        assert server.asked == []
        for reader, error in zip(
            readers[:4], (FetchFailed, FetchRefused, InputNotText, FetchRefused), strict=True
        ):
            with pytest.raises(error):
                reader()
        assert ARTICLE in readers[4]().text


def test_entries_cannot_lead_into_the_private_network() -> None:
    with serving({"/a": document(page(BODY).encode())}) as server:
        (reader,) = feed_articles(feed(entry(server.url("/a"))))
        with pytest.raises(FetchRefused):
            reader()
        assert server.asked == []


def test_number_of_entries_is_limited_and_no_page_is_read_twice() -> None:
    entries = [entry(f"https://a.example/{n // 2}") for n in range(1_000)]
    assert len(list(feed_articles(feed(*entries)))) == 100
    assert len(list(feed_articles(feed(*entries), max_articles=600))) == 500
    assert list(feed_articles(feed(*entries), max_articles=0)) == []


def test_pages_are_asked_with_a_pause_between() -> None:
    answers = {f"/{n}": document(page(BODY).encode()) for n in range(3)}
    with serving(answers) as server:
        entries = [entry(server.url(path)) for path in answers]
        for reader in feed_articles(feed(*entries), pause=0.3, allow_private=True):
            reader()
        first, second, third = server.times
    assert second - first >= 0.3
    assert third - second >= 0.3


def test_limits_hold_for_every_page() -> None:
    with serving({"/a": document(page(BODY).encode())}) as server:
        (reader,) = feed_articles(
            feed(entry(server.url("/a"))), limits=FetchLimits(max_bytes=50), allow_private=True
        )
        with pytest.raises(IntakeError, match="larger than 50 bytes"):
            reader()
