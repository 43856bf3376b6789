"""`beleg add` and `beleg reanalyse`."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import Result

from beleg import __version__
from beleg.ledger import schema
from beleg.ledger.store import open_ledger

pytestmark = pytest.mark.model

Run = Callable[..., Result]
TEXT = "Der Rat hat am Dienstag vertagt. Am 14. März 2024 tagt er wieder, sagte die Sprecherin."


def outcomes(result: Result) -> list[str]:
    return [line.split("  ")[0] for line in result.stdout.splitlines()]


@pytest.fixture
def texts(empty: Run) -> Run:
    """Three articles a.txt, b.txt and folder/c.txt beside an empty ledger."""
    Path("folder").mkdir()
    for name in ("a", "b", "folder/c"):
        Path(f"{name}.txt").write_text(f"{name}: {TEXT}", encoding="utf-8")
    return empty


def test_files_and_folders_are_added_once(texts: Run) -> None:
    first = texts("add", "a.txt", "folder", "--published", "7.3.2024")
    assert first.exit_code == 0
    assert outcomes(first) == ["neu", "neu"]
    assert first.stderr == "beleg: 2 new\n"
    again = texts("add", ".", "--ui", "en")
    assert outcomes(again) == ["known", "new", "known"]
    assert again.stderr == "beleg: 2 known, 1 new\n"
    listed = map(json.loads, texts("find", "--format", "json").stdout.splitlines())
    assert [one["published"] for one in listed] == [None, "2024-03-07", "2024-03-07"]


@pytest.mark.parametrize(
    ("ui", "failed", "of_empty", "of_missing"),
    [
        ("de", "gescheitert", "Darin ist kein Text", "Eine solche Datei gibt es nicht"),
        ("en", "failed", "no text in it", "there is no such file"),
    ],
)
def test_what_fails_is_named_and_the_others_are_added(
    texts: Run, ui: str, failed: str, of_empty: str, of_missing: str
) -> None:
    Path("leer.txt").touch()
    result = texts("add", "a.txt", "leer.txt", "fehlt.txt", "b.txt", "--ui", ui)
    assert result.exit_code == 1
    new = {"de": "neu", "en": "new"}[ui]
    assert outcomes(result) == [new, failed, failed, new]
    lines = result.stderr.splitlines()
    assert lines[0].startswith(f"beleg: leer.txt: {of_empty}. ")
    assert lines[1].startswith(f"beleg: fehlt.txt: {of_missing}. ")
    assert lines[2] == "beleg: 2 new, 2 failed"


def test_standard_input_is_added(texts: Run) -> None:
    assert outcomes(texts("add", "-", stdin=TEXT)) == ["neu"]


@pytest.mark.parametrize(
    "arguments",
    [["add"], ["add", "-", "-"], ["add", "a.txt", "--who", " "], ["add", "--limit", "0", "a"]],
)
def test_misuse_exits_with_2_and_makes_no_ledger(texts: Run, arguments: list[str]) -> None:
    assert texts(*arguments).exit_code == 2
    assert not Path("ledger.db").exists()


def test_a_ledger_that_is_none_is_said_in_one_line(texts: Run) -> None:
    result = texts("add", "a.txt", "--ledger", "b.txt")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert Path("b.txt").read_text(encoding="utf-8") == f"b: {TEXT}"


class _Quiet(SimpleHTTPRequestHandler):
    extensions_map = {".txt": "text/plain; charset=utf-8", ".xml": "application/rss+xml"}  # noqa: RUF012

    def log_message(self, *_: object) -> None:
        """Nothing to standard error."""


@pytest.fixture
def address(texts: Run, tmp_path: Path) -> Iterator[str]:
    """A server of the texts and of a feed that names two of them, and one that is gone."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    host = f"http://127.0.0.1:{server.server_address[1]}"
    links = "".join(f"<item><link>{host}/{n}.txt</link></item>" for n in ("a", "gone", "b"))
    Path("feed.xml").write_text(f"<rss><channel>{links}</channel></rss>", encoding="utf-8")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield host
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_articles_of_a_feed_are_added(texts: Run, address: str) -> None:
    result = texts("add", f"{address}/feed.xml", "--allow-private")
    assert outcomes(result) == ["neu", "gescheitert", "neu"]
    assert f"{address}/gone.txt" in result.stderr
    elsewhere = texts("add", "a.txt", "--limit", "1")
    assert outcomes(elsewhere) == ["weitere Quelle"]


def test_a_feed_is_read_up_to_the_limit(texts: Run, address: str) -> None:
    result = texts("add", f"{address}/feed.xml", "--allow-private", "--limit", "1")
    assert outcomes(result) == ["neu"]


def test_private_addresses_are_refused_unless_allowed(texts: Run, address: str) -> None:
    result = texts("add", f"{address}/a.txt")
    assert result.exit_code == 1
    assert outcomes(result) == ["gescheitert"]


def test_articles_of_an_earlier_version_are_read_anew(texts: Run) -> None:
    assert texts("add", "a.txt", "b.txt", "--who", "anna").exit_code == 0
    assert texts("reanalyse").stderr == "beleg: nothing to do\n"
    ledger = open_ledger("ledger.db")
    with ledger.change(who="test") as change:
        change.db.execute(
            schema.analyses.update().where(schema.analyses.c.id == 2).values(beleg="0")
        )
    ledger.close()
    result = texts("reanalyse", "--who", "bernd")
    assert result.exit_code == 0
    assert result.stdout.split() == ["neu", "gelesen", "2", "article", "2"]
    assert f'"beleg":"{__version__}"' in texts("history", "2", "--format", "json").stdout
