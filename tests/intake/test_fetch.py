"""Fetching from real servers, friendly and hostile."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import time
import zlib
from pathlib import Path

import pytest
from web_servers import PUBLIC, Answer, Internet, document, raw, redirect, serving

from beleg.errors import FetchFailed, FetchRefused, InputNotText, InputTooLarge, IntakeError
from beleg.intake import FetchLimits, fetch

SHORT = FetchLimits(seconds=0.6, silence=0.4)
SMALL = FetchLimits(seconds=20, max_bytes=100_000)
PAGE = "<html><body><p>Über die Brücke.</p></body></html>".encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def test_document_of_a_local_server_is_read_where_allowed_and_refused_elsewhere() -> None:
    with serving({"/a": document(PAGE)}) as server:
        got = fetch(server.url("/a#teil"), allow_private=True)
        assert (got.url, got.content) == (server.url("/a"), PAGE)
        assert (got.content_type, got.charset) == ("text/html", "utf-8")
        with pytest.raises(FetchRefused):
            fetch(server.url("/a"))
        assert server.asked == ["/a"]


def test_private_address_on_a_web_port_is_refused_without_a_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving({"/": document(PAGE)}) as server:
        internet = Internet(monkeypatch, server)
        internet.names["innen.example"] = [["127.0.0.1"]]
        with pytest.raises(FetchRefused, match=r"leads to 127\.0\.0\.1"):
            fetch("http://innen.example/")
        assert (internet.connected, server.asked) == ([], [])


def test_request_says_who_asks_and_carries_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    answers = {"/": document(PAGE, Set_Cookie="wer=anna"), "/b": document(PAGE)}
    with serving(answers) as server:
        fetch(server.url(), allow_private=True)
        fetch(server.url("/b"), allow_private=True)
        headers = server.headers[1]
        assert headers["User-Agent"].startswith("Beleg/")
        assert headers["Host"] == f"127.0.0.1:{server.port}"
        assert not {"Cookie", "Referer", "Authorization"} & set(headers)


def test_host_is_looked_up_once_and_the_checked_address_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """DNS rebinding: the second answer of the name server would be a private address."""
    with serving({"/": document(PAGE)}) as server:
        internet = Internet(monkeypatch, server)
        internet.names["zeitung.example"] = [[PUBLIC], ["127.0.0.1"]]
        assert fetch("http://zeitung.example/").content == PAGE
        assert internet.looked_up == ["zeitung.example"]
        assert internet.connected == [PUBLIC]
        assert server.headers[0]["Host"] == "zeitung.example"
        with pytest.raises(FetchRefused):
            fetch("http://zeitung.example/")
        assert internet.connected == [PUBLIC]


def test_name_that_changes_between_redirects_is_checked_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving({"/": redirect("/innen"), "/innen": document(PAGE)}) as server:
        internet = Internet(monkeypatch, server)
        internet.names["zeitung.example"] = [[PUBLIC], ["10.0.0.1"]]
        with pytest.raises(FetchRefused, match=r"10\.0\.0\.1"):
            fetch("http://zeitung.example/")
        assert server.asked == ["/"]


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("http://127.0.0.1/", "not a public address"),
        ("http://innen.example/", "not a public address"),
        ("//metadaten.example/latest", "not a public address"),
        ("http://zeitung.example:22/", "port 22"),
        ("file:///etc/passwd", "no web address"),
        ("gopher://zeitung.example/", "no web address"),
        ("http://anna:geheim@zeitung.example/", "name or password"),
        ("http://[", "no web address"),
    ],
)
def test_redirect_to_what_is_not_asked_is_refused(
    location: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving({"/": redirect(location)}) as server:
        internet = Internet(monkeypatch, server)
        internet.names = {
            "zeitung.example": [[PUBLIC]],
            "127.0.0.1": [["127.0.0.1"]],
            "innen.example": [["fd00::1"]],
            "metadaten.example": [["169.254.169.254"]],
        }
        with pytest.raises(FetchRefused, match=said):
            fetch("http://zeitung.example/")
        assert server.asked == ["/"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(status: int) -> None:
    with serving({"/a": redirect("b/ü?c", status), "/b/%C3%BC": document(PAGE)}) as server:
        got = fetch(server.url("/a"), allow_private=True)
        assert got.url == server.url("/b/%C3%BC?c")


@pytest.mark.parametrize(("redirects", "followed"), [(5, True), (6, False)])
def test_five_redirects_are_enough(redirects: int, followed: bool) -> None:
    answers: dict[str, Answer] = {f"/{n}": redirect(f"/{n + 1}") for n in range(redirects)}
    answers[f"/{redirects}"] = document(PAGE)
    with serving(answers) as server:
        if followed:
            assert fetch(server.url("/0"), allow_private=True).content == PAGE
            return
        with pytest.raises(FetchFailed, match="more than 5 redirects"):
            fetch(server.url("/0"), allow_private=True)
        assert len(server.asked) == 6


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(raw(HEAD + b"\r\n", again=b"a", pause=0.05), "within 0.6", id="body drips"),
        pytest.param(raw(HEAD, again=b"X", pause=0.05), "within 0.6", id="header drips"),
        pytest.param(raw(again=b"H", pause=0.05), "within 0.6", id="status drips"),
        pytest.param(raw(HEAD, again=b"A: b\r\n", pause=0.02), "within 0.6", id="headers drip"),
        pytest.param(
            raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", again=b"1\r\na\r\n", pause=0.05),
            "within 0.6",
            id="chunks drip",
        ),
        pytest.param(
            raw(again=b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.01), "within 0.6", id="continues"
        ),
        pytest.param(raw(HEAD + b"\r\n", again=b"a", pause=30), "no answer in time", id="silent"),
    ],
)
def test_slow_servers_are_given_up(answer: Answer, said: str) -> None:
    with serving({"/": answer}) as server:
        start = time.monotonic()
        with pytest.raises(FetchFailed, match=said):
            fetch(server.url(), limits=SHORT, allow_private=True)
        assert time.monotonic() - start < 3


BOMB = gzip.compress(bytes(20_000_000))
CHUNKED = b"Transfer-Encoding: chunked\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(document(bytes(100_001)), id="long"),
        pytest.param(raw(HEAD + b"Content-Length: 99999999999999999999999\r\n\r\n"), id="announced"),
        pytest.param(raw(HEAD + b"\r\n", again=b"a" * 65_536), id="endless"),
        pytest.param(
            raw(HEAD + CHUNKED + b"\r\n", again=b"8000\r\n" + bytes(32_768) + b"\r\n"),
            id="endless chunks",
        ),
        pytest.param(document(BOMB, Content_Encoding="gzip"), id="gzip bomb"),
        pytest.param(document(zlib.compress(bytes(9_000_000)), Content_Encoding="deflate"), id="zlib"),
        pytest.param(
            document(gzip.compress(bytes(1_000)) * 101, Content_Encoding="gzip"), id="many members"
        ),
        pytest.param(
            raw(
                HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10],
                again=b"\0\0\0\xff\xff" * 10_000,
            ),
            id="endless gzip of nothing",
        ),
    ],
)  # fmt: skip
def test_large_documents_are_given_up(answer: Answer) -> None:
    with serving({"/": answer}) as server:
        start = time.monotonic()
        with pytest.raises(InputTooLarge, match="100000 bytes"):
            fetch(server.url(), limits=SMALL, allow_private=True)
        assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(raw(HEAD, again=b"A: b\r\n"), "connection failed", id="endless headers"),
        pytest.param(raw(HEAD, again=b"A" * 1_000), "connection failed", id="endless header"),
        pytest.param(
            raw(HEAD + b"".join(b"A%d: %b\r\n" % (n, b"b" * 1_000) for n in range(90)) + b"\r\n"),
            "bytes of headers",
            id="long headers",
        ),
        pytest.param(raw(b"hallo\r\n\r\n"), "connection failed", id="no HTTP"),
        pytest.param(raw(), "connection failed", id="nothing"),
        pytest.param(raw(HEAD + b"Content-Length: 9\r\n\r\nab"), "connection failed", id="cut"),
        pytest.param(raw(HEAD + CHUNKED + b"\r\nzz\r\n"), "connection failed", id="broken chunk"),
        pytest.param(
            raw(HEAD + CHUNKED + b"\r\n", again=b"1" * 1_000), "connection failed", id="chunk size"
        ),
        pytest.param(raw(b"HTTP/1.1 404 Weg\r\n\r\n"), r"answers 404 \(Not Found\)", id="404"),
        pytest.param(raw(b"HTTP/1.1 799 Huch\r\n\r\n"), r"answers 799\.", id="799"),
        pytest.param(raw(b"HTTP/1.1 302 Weg\r\n\r\n"), "answers 302", id="redirect to nothing"),
        pytest.param(document(b"abc", Content_Encoding="br"), "packed as br", id="br"),
        pytest.param(document(b"abc", Content_Encoding="gzip, gzip"), "packed as", id="twice"),
        pytest.param(document(b"abc", Content_Encoding="gzip"), "damaged", id="no gzip"),
        pytest.param(
            document(gzip.compress(PAGE)[:-9], Content_Encoding="gzip"), "ends too", id="cut gzip"
        ),
    ],
)
def test_answers_that_are_none(answer: Answer, said: str) -> None:
    with serving({"/": answer}) as server, pytest.raises(FetchFailed, match=said) as raised:
        fetch(server.url(), limits=SMALL, allow_private=True)
    assert raised.value.where == server.url()
    assert raised.value.remedy


@pytest.mark.parametrize(
    "packed",
    [
        document(gzip.compress(PAGE), Content_Encoding="gzip"),
        document(gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]), Content_Encoding="x-gzip"),
        document(zlib.compress(PAGE), Content_Encoding="deflate"),
        document(PAGE, Content_Encoding="identity"),
        raw(HEAD + CHUNKED + b"\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)),
        raw(HEAD + b"\r\n" + PAGE),
    ],
)
def test_packed_and_chunked_documents_are_unpacked(packed: Answer) -> None:
    with serving({"/": packed}) as server:
        assert fetch(server.url(), allow_private=True).content == PAGE


@pytest.mark.parametrize(
    "content_type", ["image/png", "video/mp4", "application/zip", "text/css", "x"]
)
def test_types_that_no_article_has_are_refused(content_type: str) -> None:
    with (
        serving({"/": document(PAGE, content_type)}) as server,
        pytest.raises(InputNotText, match=content_type),
    ):
        fetch(server.url(), allow_private=True)


@pytest.mark.parametrize(
    ("header", "content_type", "charset"),
    [
        (None, None, None),
        ("TEXT/HTML;Charset='ISO-8859-15'", "text/html", "iso-8859-15"),
        ("application/pdf", "application/pdf", None),
    ],
)
def test_type_and_charset_are_what_the_header_says(
    header: str | None, content_type: str | None, charset: str | None
) -> None:
    with serving({"/": document(PAGE, header)}) as server:
        got = fetch(server.url(), allow_private=True)
        assert (got.content_type, got.charset) == (content_type, charset)


def test_nobody_answers() -> None:
    with serving({}) as server:
        url = server.url()
    with pytest.raises(FetchFailed, match="nobody answers"):
        fetch(url, allow_private=True)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of zeitung.example that only itself vouches for, with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", "/CN=zeitung.example", "-addext",
            "subjectAltName=DNS:zeitung.example", "-keyout", str(key), "-out", str(certificate),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    with certificate.open("ab") as file:
        file.write(key.read_bytes())
    return certificate


def context_of(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.mark.parametrize(
    ("host", "trusted", "said"),
    [
        ("zeitung.example", True, None),
        ("zeitung.example", False, "certificate is not valid"),
        ("andere.example", True, "certificate is not valid"),
    ],
)
def test_certificate_must_be_valid_for_the_host(
    host: str,
    trusted: bool,
    said: str | None,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked_for: list[str | None] = []
    context = context_of(certificate)
    context.sni_callback = lambda _socket, name, _context: asked_for.append(name)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving({"/": document(PAGE)}, tls=context) as server:
        internet = Internet(monkeypatch, server)
        internet.names[host] = [[PUBLIC]]
        if said is None:
            assert fetch(f"https://{host}/").content == PAGE
        else:
            with pytest.raises(FetchFailed, match=said):
                fetch(f"https://{host}/")
            assert server.asked == []
    assert asked_for == [host]


def test_https_never_leads_to_http(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    answers = {"/": redirect("http://zeitung.example/offen")}
    with serving(answers, tls=context_of(certificate)) as server:
        Internet(monkeypatch, server).names["zeitung.example"] = [[PUBLIC]]
        with pytest.raises(FetchRefused, match="unencrypted http"):
            fetch("https://zeitung.example/")
        assert server.asked == ["/"]


def test_drip_over_tls_is_cut(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    answers = {"/": raw(HEAD + b"\r\n", again=b"a", pause=0.05)}
    with serving(answers, tls=context_of(certificate)) as server:
        Internet(monkeypatch, server).names["zeitung.example"] = [[PUBLIC]]
        with pytest.raises(FetchFailed, match=r"within 0\.6 seconds"):
            fetch("https://zeitung.example/", limits=SHORT)


def test_server_without_tls_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"/": document(PAGE)}) as server:
        Internet(monkeypatch, server).names["zeitung.example"] = [[PUBLIC]]
        with pytest.raises(FetchFailed) as raised:
            fetch("https://zeitung.example/", limits=SHORT)
        assert isinstance(raised.value, IntakeError)
        assert server.asked == []
