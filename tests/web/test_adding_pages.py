"""Adding articles by the pages; what reads and analyses them is replaced by one made by hand."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from threading import Event
from typing import Any

import pytest
from board_samples import HOSTILE
from web_samples import TestClient, mark_of

from beleg.errors import FetchRefused, LedgerUnreachable
from beleg.ledger import adding
from beleg.ledger.adding import Result
from beleg.messages import Message
from beleg.web.pages import add


def put(monkeypatch: pytest.MonkeyPatch, add_all: Any) -> None:
    """Has the jobs call this instead."""
    for module in (add, adding):
        monkeypatch.setattr(module, "add_all", add_all)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The articles that are read by the jobs; none is analysed."""
    read: list[Any] = []

    def add_all(_: Any, readers: Iterable[Any], *, who: str, mode: str) -> Iterator[Result]:
        for number, reader in enumerate(readers, start=1):
            try:
                read.append((reader(), who, mode))
            except Exception as error:
                yield Result(source="<unread>", outcome="failed", failure=error)
            else:
                yield Result(source=read[-1][0].source, outcome="new", article=number)

    put(monkeypatch, add_all)
    return read


def begin(client: TestClient, path: str, files: Any = None, **fields: str) -> Any:
    mark = mark_of(client.get("/add").text)
    return client.post(path, data={"csrf": mark, **fields}, files=files)


def ended(client: TestClient, answer: Any) -> str:
    """The job's page once it has ended."""
    assert answer.status_code == 303, answer.text
    for _ in range(200):
        page = str(client.get(answer.headers["location"]).text)
        if "data-running" not in page:
            return page
        time.sleep(0.02)
    raise AssertionError("the job did not end")


def test_files_are_read_each_with_its_result(client: TestClient, reads: list[Any]) -> None:
    files = [
        ("files", ("brücke.txt", "Die Brücke ist gesperrt.".encode(), "text/plain")),
        ("files", ("C:\\leer.txt", b"", "text/plain")),
    ]
    answer = begin(client, "/add/files", files, published="2024-03-07", mode="narrative")
    page = ended(client, answer)
    assert "neu aufgenommen" in page
    assert "gescheitert" in page
    assert "Darin ist kein Text. Geben Sie wenigstens einen Satz an." in page
    assert "no text in it" not in page
    ((article, who, mode),) = reads
    assert (article.text, str(article.published)) == ("Die Brücke ist gesperrt.", "2024-03-07")
    assert (article.source, who, mode) == ("brücke.txt", "anna", "narrative")


@pytest.mark.parametrize(
    ("name", "content", "german", "english"),
    [
        ("bild.png", b"\x89PNG\r\n", "Das ist ein Bild", "a picture. Recognise its text first"),
        ("alt.rtf", b"{\\rtf1", "als DOCX oder Text", "an RTF file. Save it as DOCX or text"),
        ("kopf.md", b"---\na: [\n---\nText.", "kein gültiges YAML", "is not valid YAML"),
    ],
)
@pytest.mark.parametrize("ui", ["de", "en"])
def test_why_a_file_is_not_read_is_said_in_the_language_of_the_page(
    client: TestClient,
    reads: list[Any],
    ui: str,
    name: str,
    content: bytes,
    german: str,
    english: str,
) -> None:
    client.get(f"/add?ui={ui}")
    answer = begin(client, "/add/files", [("files", (name, content, "text/plain"))])
    page = ended(client, answer)
    wanted, other = (german, english) if ui == "de" else (english, german)
    assert wanted in page
    assert other not in page


def test_why_an_address_is_not_asked_is_said_in_german(
    client: TestClient, reads: list[Any]
) -> None:
    page = ended(client, begin(client, "/add/address", address="http://127.0.0.1/artikel"))
    assert "Die Adresse führt zu 127.0.0.1, und das ist keine öffentliche Adresse" in page


def test_why_a_whole_job_broke_off_is_said_in_german(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Iterator[Any]:
        raise LedgerUnreachable("ledger.db", Message("disk_full", "disk is full"), "Make room")
        yield

    monkeypatch.setattr(add, "add_all", broken)
    page = ended(client, begin(client, "/add/text", text="Eins."))
    assert "Abgebrochen; was schon aufgenommen war, bleibt." in page
    assert "Der Datenträger ist voll." in page
    assert "ledger.db" not in page


def test_a_pasted_text_is_read_as_it_is(client: TestClient, reads: list[Any]) -> None:
    page = ended(client, begin(client, "/add/text", text="Eins.\r\n\r\nZwei."))
    assert 'href="/articles/1"' in page
    assert reads[0][0].text == "Eins.\n\nZwei."


@pytest.mark.parametrize("sign", ["a", "ä"])
def test_a_long_text_is_read_whole(client: TestClient, reads: list[Any], sign: str) -> None:
    number = 2_000_000 if sign == "a" else 900_000  # bodies end at 6 MB
    ended(client, begin(client, "/add/text", text=sign * number))
    assert reads[0][0].text == sign * number


@pytest.mark.parametrize(
    ("ui", "told"),
    [("de", "mehr als 2 Millionen Zeichen"), ("en", "more than 2 million characters")],
)
def test_a_text_that_is_too_long_is_refused_in_the_language_of_the_page_and_kept(
    client: TestClient, reads: list[Any], ui: str, told: str
) -> None:
    text = "\nZwei <b>" + "a" * 2_000_000
    answer = begin(client, f"/add/text?ui={ui}", text=text)
    assert answer.status_code == 422
    assert told in answer.text
    kept = answer.text.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]
    assert kept.removeprefix("\n") == text.replace("<", "&lt;").replace(">", "&gt;")
    assert reads == []


@pytest.mark.parametrize(("ui", "told"), [("de", "Das ist zu groß"), ("en", "too large")])
def test_what_is_too_large_as_a_whole_is_refused_in_the_language_of_the_page(
    client: TestClient, reads: list[Any], ui: str, told: str
) -> None:
    answer = begin(client, f"/add/text?ui={ui}", text="ä" * 1_100_000)
    assert (answer.status_code, told in answer.text) == (413, True)
    assert reads == []


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://10.0.0.7/feed", "http://localhost:8765/", "http://[::1]/"],
)
def test_private_addresses_are_refused(client: TestClient, reads: list[Any], address: str) -> None:
    page = ended(client, begin(client, "/add/address", address=address))
    assert "gescheitert" in page
    assert reads == []


@pytest.mark.parametrize("address", ["/etc/passwd", "file:///etc/passwd", "ftp://a.example/", ""])
def test_only_web_addresses_are_taken(client: TestClient, reads: list[Any], address: str) -> None:
    answer = begin(client, "/add/address", address=address)
    assert answer.status_code == 422
    assert "http:// oder https://" in answer.text
    assert reads == []


@pytest.mark.parametrize(
    ("path", "fields"), [("/add/text", {"text": " \n"}), ("/add/text", {}), ("/add/address", {})]
)
def test_nothing_given_is_said(client: TestClient, path: str, fields: dict[str, str]) -> None:
    answer = begin(client, path, None, **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_job_that_goes_on_refreshes_without_script(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def add_all(*_: Any, **__: Any) -> Iterator[Result]:
        yield Result(source="eins.txt", outcome="known", article=1)
        go_on.wait(10)
        yield Result(source="zwei.txt", outcome="appeared", article=2)

    put(monkeypatch, add_all)
    answer = begin(client, "/add/text", text="Eins.")
    page = ""
    for _ in range(200):
        page = client.get(answer.headers["location"]).text
        if "schon bekannt" in page:
            break
        time.sleep(0.02)
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "1 von 1 fertig." in page
    go_on.set()
    page = ended(client, answer)
    assert "refresh" not in page
    assert "neue Fundstelle" in page


def test_hostile_names_and_reasons_are_escaped(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add_all(*_: Any, **__: Any) -> Iterator[Result]:
        yield Result(
            source=HOSTILE, outcome="failed", failure=FetchRefused(HOSTILE, HOSTILE, HOSTILE)
        )
        yield Result(source=HOSTILE, outcome="failed", failure=RuntimeError("password=geheim"))

    put(monkeypatch, add_all)
    page = ended(client, begin(client, "/add/address", address=f"https://a.example/{HOSTILE}"))
    assert "<script>alert" not in page
    assert "geheim" not in page
    assert "Ein Fehler des Programms" in page


def test_a_job_that_breaks_off_says_why(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add_all(*_: Any, **__: Any) -> Iterator[Result]:
        yield Result(source="eins.txt", outcome="new", article=1)
        raise LedgerUnreachable("ledger.db", "disk is full", "Make room")

    put(monkeypatch, add_all)
    page = ended(client, begin(client, "/add/text", text="Eins."))
    assert re.search(r"Abgebrochen.*disk is full", page, re.DOTALL)
    assert "eins.txt" in page
