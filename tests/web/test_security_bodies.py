"""Files that unpack without end and forms of thousands of parts cost one input and little time."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest
from api_samples import OURS, Caller
from web_samples import TestClient

_MEGA = 1_000_000
_ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_DECLARED = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">{_ENTITIES}]>'


def word(body: bytes, extra: bytes = b"") -> bytes:
    """A file that is packed like one of Word's."""
    kinds = (
        b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.'
        b'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    links = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
        b'2006/relationships"><Relationship Id="a" Target="word/document.xml" Type="http://schemas.'
        b'openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", kinds)
        archive.writestr("_rels/.rels", links)
        archive.writestr("word/document.xml", body)
        archive.writestr("word/media/a.bin", extra)
    return packed.getvalue()


def portable() -> bytes:
    """A PDF file whose page unpacks to 200 MB."""
    bomb = zlib.compress(b"(Wort) Tj " * 20_000_000, 1)
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n%%%%EOF" % (len(bomb), bomb)
    )


BOMBS: dict[str, Callable[[], tuple[str, bytes]]] = {
    "a Word file that unpacks to 300 MB": lambda: (
        "a.docx",
        word(b"<w/>", bytes(300 * _MEGA)),
    ),
    "a Word file with entities of entities": lambda: (
        "a.docx",
        word(f"{_DECLARED}<a>&l9;</a>".encode()),
    ),
    "a feed with entities of entities": lambda: (
        "a.html",
        f"{_DECLARED}<rss><channel><item>&l9;</item></channel></rss>".encode(),
    ),
    "100,000 elements in each other": lambda: ("a.html", b"<html>" + b"<div>" * 100_000),
    "a PDF file that unpacks to 200 MB": lambda: ("a.pdf", portable()),
    "an archive that is none": lambda: ("a.docx", b"PK\x03\x04" + bytes(_MEGA)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_one_input_and_little_time(api: Caller, name: str) -> None:
    source, data = BOMBS[name]()
    assert len(data) < 6 * _MEGA
    began = time.monotonic()
    files = [("files", (source, data)), ("files", ("gut.txt", "Die Fähre fährt.".encode()))]
    job = api.ask("POST", "/articles/upload", files=files).json()
    while job["state"] not in ("done", "failed"):
        assert time.monotonic() - began < 60
        time.sleep(0.05)
        job = api.get(f"/jobs/{job['id']}")
    assert [one["outcome"] for one in job["results"]] == ["failed", "new"]
    assert "fault in Beleg" not in job["results"][0]["failure"]


def parts(number: int, *, file: bool, size: int = 1) -> bytes:
    name = '; filename="a.txt"' if file else ""
    one = f'--x\r\nContent-Disposition: form-data; name="files"{name}\r\n\r\n{"a" * size}\r\n'
    return (one * number + "--x--\r\n").encode()


@pytest.mark.parametrize(
    "body",
    [
        parts(5_000, file=True),
        parts(5_000, file=False),
        parts(1, file=False, size=2 * _MEGA),
        b"--x\r\n" + b"A: b\r\n" * 50_000 + b"\r\n\r\n--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name="'
        + b"a" * _MEGA
        + b'"\r\n\r\na\r\n--x--\r\n',
    ],
    ids=["files", "fields", "one large field", "headers", "a long name"],
)
def test_a_form_of_too_many_parts_is_refused_at_once(api: Caller, body: bytes) -> None:
    began = time.monotonic()
    for path in ("/api/v1/articles/upload", "/add/files"):
        headers = OURS | {"content-type": "multipart/form-data; boundary=x"}
        answer = api.browser.post(path, content=body, headers=headers)
        assert answer.status_code in (400, 403, 413, 422), answer.text
    assert time.monotonic() - began < 20
    assert api.get("/jobs") == []


def test_a_form_of_too_many_fields_is_refused_at_once(client: TestClient) -> None:
    began = time.monotonic()
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/add/text", content=b"a=b&" * 500_000, headers=headers)
    assert answer.status_code in (400, 403, 413, 422)
    assert time.monotonic() - began < 20
