"""Feeds of every format, sound, damaged and hostile."""

from __future__ import annotations

import contextlib
import json
import re
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from web_servers import document, redirect, serving

from beleg.errors import FeedUnreadable, InputTooLarge, IntakeError
from beleg.intake import FeedEntry, fetch, looks_like_feed, parse_feed
from beleg.intake.feed import MAX_ENTRIES

URL = "https://zeitung.example/feeds/alle.xml"
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Neustädter Bote</title><link>https://zeitung.example/</link>
<item>
  <title>Streit &amp;uuml;ber die &lt;b&gt;Brücke&lt;/b&gt;</title>
  <link> /artikel/bruecke?a=1&amp;b=2 </link>
  <guid isPermaLink="false">bote-17</guid>
  <pubDate>Mon, 04 Mar 2024 23:30:00 GMT</pubDate>
  <dc:creator>Anna Beispiel</dc:creator><dc:creator>Bernd Muster</dc:creator>
  <description>Kurz gesagt.</description>
  <content:encoded><![CDATA[<p>Der ganze Text.</p>]]></content:encoded>
</item>
<item>
  <title>Ohne Adresse</title>
  <guid>https://zeitung.example/artikel/zwei</guid>
  <author>redaktion@zeitung.example (Clara Probe)</author>
  <dc:date>2024-03-05T08:00:00+01:00</dc:date>
</item>
</channel></rss>"""
RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://zeitung.example/"><title>Bote</title></channel>
<item rdf:about="https://zeitung.example/artikel/drei">
  <title>Drei</title><link>https://zeitung.example/artikel/drei</link><dc:date>2024-03-05</dc:date>
</item>
<item rdf:about="vier"><title>Vier</title></item>
</rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://zeitung.example/a/">
<title type="html">Bote &amp;amp; Kurier</title>
<author><name>Redaktion Bote</name></author>
<entry xml:base="b/">
  <title type="html">&lt;i&gt;Fünf&lt;/i&gt; &amp;lt; sechs</title>
  <link rel="self" href="fuenf.atom"/><link type="application/pdf" href="fuenf.pdf"/>
  <link href="fuenf"/>
  <id>tag:zeitung.example,2024:5</id>
  <published>2024-03-05T23:30:00-05:00</published><updated>2024-03-09T00:00:00Z</updated>
  <author><name>Doro Probe</name></author>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text</p></div></content>
</entry>
<entry>
  <title>a &lt;b&gt; c</title><link href="/sechs"/><updated>2024-03-09T00:00:00Z</updated>
  <content type="html">&lt;p&gt;Text&lt;/p&gt;</content>
</entry>
</feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Bote",
    "authors": [{"name": "Redaktion Bote"}],
    "items": [
        {
            "id": "7",
            "url": "/sieben",
            "title": "Sieben",
            "date_published": "2024-03-05T23:30:00Z",
            "authors": [{"name": "Emil Probe"}, {"name": "Fine Probe"}],
            "content_html": "<p>Text</p>",
        },
        {"id": 8, "url": 5, "title": ["x"], "date_published": "bald", "authors": "wer"},
    ],
}


def entries(text: str, **options: Any) -> tuple[FeedEntry, ...]:
    return parse_feed(text.encode(), url=URL, **options).entries


def entry(
    url: str | None = None,
    title: str | None = None,
    published: date | None = None,
    author: str | None = None,
    guid: str | None = None,
    content_html: str | None = None,
) -> FeedEntry:
    return FeedEntry(
        url=url,
        title=title,
        published=published,
        author=author,
        guid=guid,
        content_html=content_html,
    )


def test_rss_2() -> None:
    feed = parse_feed(RSS.encode(), url=URL)
    assert (feed.url, feed.title, feed.damaged) == (URL, "Neustädter Bote", None)
    assert feed.entries == (
        entry(
            "https://zeitung.example/artikel/bruecke?a=1&b=2",
            "Streit über die Brücke",
            date(2024, 3, 5),  # half past midnight in Berlin
            "Anna Beispiel; Bernd Muster",
            "bote-17",
            "<p>Der ganze Text.</p>",
        ),
        entry(
            "https://zeitung.example/artikel/zwei",
            "Ohne Adresse",
            date(2024, 3, 5),
            "Clara Probe",
            "https://zeitung.example/artikel/zwei",
        ),
    )


def test_rss_1() -> None:
    address = "https://zeitung.example/artikel/drei"
    assert parse_feed(RDF.encode(), url=URL).title == "Bote"
    assert entries(RDF) == (
        entry(address, "Drei", date(2024, 3, 5), guid=address),
        entry("https://zeitung.example/feeds/vier", "Vier", guid="vier"),
    )


def test_atom() -> None:
    assert parse_feed(ATOM.encode(), url=URL).title == "Bote & Kurier"
    assert entries(ATOM) == (
        entry(
            "https://zeitung.example/a/b/fuenf",
            "Fünf < sechs",
            date(2024, 3, 5),
            "Doro Probe",
            "tag:zeitung.example,2024:5",
            '<div xmlns="http://www.w3.org/1999/xhtml"><p>Text</p></div>',
        ),
        # When an entry was changed last does not say when it was published.
        entry(
            "https://zeitung.example/sechs",
            "a <b> c",
            author="Redaktion Bote",
            content_html="<p>Text</p>",
        ),
    )


def test_json_feed() -> None:
    feed = parse_feed(json.dumps(JSON_FEED).encode(), url=URL)
    assert feed.title == "Bote"
    assert feed.entries == (
        entry(
            "https://zeitung.example/sieben",
            "Sieben",
            date(2024, 3, 6),
            "Emil Probe; Fine Probe",
            "7",
            "<p>Text</p>",
        ),
        entry(author="Redaktion Bote"),
    )


def rss(inner: str, head: str = "") -> str:
    return f"{head}<rss version='2.0'><channel>{inner}</channel></rss>"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Tue, 05 Mar 2024 10:00:00 +0100", date(2024, 3, 5)),
        ("Tue, 05 Mar 2024 23:30:00 +0000", date(2024, 3, 6)),
        ("Tue, 05 Mar 2024 23:30:00 UT", date(2024, 3, 6)),
        ("Tue, 05 Mar 2024 23:30:00 -0500", date(2024, 3, 5)),
        ("Tue, 05 Mar 2024 23:30:00 EST", date(2024, 3, 5)),
        ("Tue, 05 Mar 2024 23:30:00 CET", date(2024, 3, 5)),
        ("5 Mar 24 10:00 GMT", date(2024, 3, 5)),
        ("2024-03-05", date(2024, 3, 5)),
        ("2024-03-05T23:30:00Z", date(2024, 3, 6)),
        ("2024-03", None),
        ("2024", None),
        ("gestern", None),
        ("", None),
        ("Di, 05 Mär 2024 10:00:00 +0100", None),
        ("Tue, 05 Mar 2024", None),
        ("05.03.2024", None),
        ("03/05/2024", None),
        ("Tue, 31 Feb 2024 10:00:00 GMT", None),
        ("Tue, 05 Mar 2024 25:61:00 GMT", None),
        ("Tue, 05 Mar 2024 10:00:00 +9999", None),
        ("Tue, 05 Mar 99999 10:00:00 GMT", None),
        ("9999-12-31T23:59:59Z", None),
        ("0001-01-01T00:00:00Z", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("1709600000", None),
        ("9" * 5_000, None),
        ("Tue, " * 5_000, None),
    ],
)
def test_days_are_stated_or_unknown(written: str, day: date | None) -> None:
    (got,) = entries(rss(f"<item><link>/a</link><pubDate>{written}</pubDate></item>"))
    assert got.published == day


@pytest.mark.parametrize(
    "author", ["redaktion@zeitung.example", "https://zeitung.example/", "Autor 17", "x" * 200, " "]
)
def test_what_is_no_name_is_no_author(author: str) -> None:
    (got,) = entries(rss(f"<item><author>{author}</author></item>"))
    assert got.author is None


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "a b", ""]
)
def test_what_is_no_web_address_is_no_link(link: str) -> None:
    (got,) = entries(rss(f"<item><link>{link}</link></item>"))
    assert got.url is None
    (got,) = entries(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{link}"/></entry></feed>'
        if link
        else '<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>'
    )
    assert got.url is None


def test_hostile_base_is_ignored() -> None:
    (got,) = entries(rss("<item xml:base='file:///etc/'><link>passwd</link></item>"))
    assert got.url == "https://zeitung.example/feeds/passwd"


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (rss("<item><title>Größe</title></item>").encode("utf-16"), None),
        (rss("<item><title>Größe</title></item>").encode("utf-8-sig"), None),
        (rss("<item><title>Größe</title></item>").encode("cp1252"), None),
        (
            rss(
                "<item><title>Größe</title></item>", '<?xml version="1.0" encoding="cp850"?>'
            ).encode("cp850"),
            None,
        ),
        (rss("<item><title>Größe</title></item>").encode("cp850"), "IBM850"),
        # What is valid UTF-8 is UTF-8, whatever it says of itself.
        (
            rss(
                "<item><title>Größe</title></item>", '<?xml version="1.0" encoding="latin1"?>'
            ).encode(),
            None,
        ),
    ],
)
def test_encoding_is_declared_or_found(data: bytes, charset: str | None) -> None:
    (got,) = parse_feed(data, url=URL, charset=charset).entries
    assert got.title == "Größe"


def test_damaged_feed_gives_what_is_left_and_says_so() -> None:
    feed = parse_feed(rss("<item><title>A & B</title></item><item><titel>").encode(), url=URL)
    assert [e.title for e in feed.entries] == ["A B", None]
    assert feed.damaged is not None
    assert feed.damaged.startswith("line 1: ")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE = {
    "billion laughs": f'<!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]>'
    + rss("<item><title>&l11;</title></item>"),
    "quadratic blowup": f'<!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]>'
    + rss(f"<item><title>{'&a;' * 10_000}</title></item>"),
    "external entity": '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + rss("<item><title>&a;</title></item>"),
    "parameter entity": '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1/a.dtd"> %a;]>' + rss(""),
    "external document type": '<!DOCTYPE rss SYSTEM "http://127.0.0.1/a.dtd">' + rss(""),
    "document type after a comment": "<?xml version='1.0'?><!-- a --><!DOCTYPE rss>" + rss(""),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_document_types_and_their_entities_are_refused(name: str) -> None:
    start = time.monotonic()
    with pytest.raises(FeedUnreadable, match="document type"):
        parse_feed(HOSTILE[name].encode(), url=URL)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("name", HOSTILE)
def test_entities_resolve_to_nothing_even_if_the_document_type_is_overlooked(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("beleg.intake.feed._DOCTYPE", re.compile(r"(?!)"))
    with pytest.raises(FeedUnreadable, match="document type"):
        parse_feed(HOSTILE[name].encode(), url=URL)


def test_document_type_inside_an_entry_is_text() -> None:
    (got,) = entries(rss("<item><title><![CDATA[Das <!DOCTYPE html>]]></title></item>"))
    assert got.title == "Das <!DOCTYPE html>"


@pytest.mark.parametrize(
    "text",
    [
        "<a/>",
        "<html><body>Kein Feed</body></html>",
        "<rss/>",
        "nur Text",
        "",
        "<",
        "<?xml " * 100_000,
        "{}",
        '{"version": "https://jsonfeed.org/version/2", "items": []}',
        '{"version": "https://jsonfeed.org/version/1", "items": {}}',
        '{"version": "https://jsonfeed.org/version/1", "items": [1]}',
        '{"a":' * 100_000,
    ],
)
def test_what_is_no_feed_is_refused(text: str) -> None:
    with pytest.raises(FeedUnreadable) as raised:
        parse_feed(text.encode(), url=URL)
    assert raised.value.where == URL


def test_ten_thousand_entries_are_read_and_one_more_is_too_many() -> None:
    start = time.monotonic()
    item = "<item><title>Ein Titel</title><link>/a</link></item>"
    assert len(entries(rss(item * MAX_ENTRIES))) == MAX_ENTRIES
    with pytest.raises(InputTooLarge, match="10000 entries"):
        entries(rss(item * (MAX_ENTRIES + 1)))
    assert time.monotonic() - start < 20


def test_large_feed_is_refused() -> None:
    with pytest.raises(InputTooLarge, match="100 bytes"):
        entries(rss(" " * 100), max_bytes=100)


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel><item " + " ".join(f"a{n}='b'" for n in range(300_000)) + "/></channel></rss>",
        "<rss><channel>" + "<item>" * 500_000,
        "<rss><channel><item>" + "<title>" * 500_000,
        rss("<item><title>" + "<" * 2_000_000 + "</title></item>"),
        rss("<item><title>" + "&amp;lt;" * 500_000 + "</title></item>"),
        rss("<item><author>" + "a@b (" * 900_000 + "</author></item>"),
        "<!--" * 1_000_000,
        "<rss " + "xmlns:a" * 100_000 + "><channel/></rss>",
        f'<rss xml:base="{"a/" * 100_000}"><channel>{"<item><link>b</link></item>" * 5_000}</channel></rss>',
    ],
    ids=["attributes", "depth", "title depth", "brackets", "references", "mail", "comments", "names", "base"],
)  # fmt: skip
def test_hostile_feeds_end_in_time(text: str) -> None:
    start = time.monotonic()
    with contextlib.suppress(IntakeError):
        parse_feed(text.encode(), url=URL)
    assert time.monotonic() - start < 10


@settings(max_examples=3 * settings().max_examples)
@given(
    seed=st.sampled_from([RSS, RDF, ATOM, json.dumps(JSON_FEED)]),
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 20), st.binary(max_size=8)), max_size=6
    ),
)
def test_damaged_feeds_give_entries_or_an_intake_error(
    seed: str, cuts: list[tuple[float, int, bytes]]
) -> None:
    data = seed.encode()
    for place, length, put in cuts:
        at = int(place * len(data))
        data = data[:at] + put + data[at + length :]
    try:
        feed = parse_feed(data, url=URL)
    except IntakeError:
        return
    for got in feed.entries:
        assert got.url is None or got.url.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "text", [RSS, RDF, ATOM, json.dumps(JSON_FEED), json.dumps(JSON_FEED, indent=2)]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_feeds_look_like_feeds(text: str, encoding: str) -> None:
    assert looks_like_feed(text.encode(encoding), "application/xml")


@pytest.mark.parametrize(
    "text",
    ["<html><rss></html>", "Die <rss> ist da.", '{"a": 1}', "<rssx>", "", "<?xml " * 900_000],
)
def test_other_documents_do_not(text: str) -> None:
    assert not looks_like_feed(text.encode(), "text/html")
    assert looks_like_feed(text.encode(), "application/rss+xml")


def test_feed_is_fetched_and_its_links_start_where_it_was_found() -> None:
    answers = {
        "/": redirect("/feeds/alle"),
        "/feeds/alle": document(rss("<item><link>a</link></item>").encode(), "application/rss+xml"),
    }
    with serving(answers) as server:
        fetched = fetch(server.url(), allow_private=True)
        feed = parse_feed(fetched.content, url=fetched.url, charset=fetched.charset)
        assert feed.url == server.url("/feeds/alle")
        assert feed.entries[0].url == server.url("/feeds/a")
