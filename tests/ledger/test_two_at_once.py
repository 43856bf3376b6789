"""Two processes at once: no article twice, and no correction lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from adding_process import texts
from faults import check_whole, started
from sqlalchemy import func, select
from stub_analysis import Stub

from beleg.errors import LedgerConflict
from beleg.ledger import schema
from beleg.ledger.adding import add_all
from beleg.ledger.corrections import correct, corrections_of, effective
from beleg.ledger.store import Ledger, open_ledger


class _Feed(BaseHTTPRequestHandler):
    """A feed of 20 entries, and their pages."""

    def do_GET(self) -> None:
        host = self.headers["Host"]
        if self.path == "/feed.xml":
            entries = "".join(f"<item><link>http://{host}/{n}.txt</link></item>" for n in range(20))
            self._answer("application/rss+xml", f"<rss><channel>{entries}</channel></rss>")
        else:
            number = self.path.strip("/").removesuffix(".txt")
            page = f"„Wir sind bei {number} von vielen“, sagte Erna Müller. Meldung {number}."
            self._answer("text/plain; charset=utf-8", page)

    def _answer(self, kind: str, body: str) -> None:
        data = body.encode("utf-8")
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Nothing to standard error."""


@pytest.fixture
def feed() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Feed)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/feed.xml"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.slow
def test_two_processes_that_add_the_same_feed_make_no_double(place: str, feed: str) -> None:
    processes = [started(place, "feed", feed) for _ in range(2)]
    told = [process.communicate(timeout=60)[0].splitlines() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    outcomes = [line.split()[0] for lines in told for line in lines]
    assert len(outcomes) == 40
    assert outcomes.count("new") == outcomes.count("known") == 20
    ledger = open_ledger(place)
    check_whole(ledger, 20)
    ledger.close()


@pytest.mark.slow
def test_corrections_written_while_another_process_analyses_anew_are_all_kept(
    place: str, stub: Stub
) -> None:
    count = 40
    ledger = open_ledger(place)
    list(add_all(ledger, texts(count), who="anna"))
    process = started(place, "reanalyse", "test@2")
    assert process.stdout is not None
    process.stdout.readline()
    # From the end, to meet it in the middle.
    for number in range(count, 0, -1):
        _correct(ledger, number)
    process.communicate(timeout=60)
    assert process.returncode == 0
    a, n = schema.articles.c, schema.analyses.c
    with ledger.read() as db:
        current = select(n.model).join(schema.articles, n.id == a.analysis_id)
        assert db.scalars(current).all() == ["test@2"] * count
        for number in range(1, count + 1):
            assert len(corrections_of(db, number)) == 1
            assert effective(db, number).analysis.people[0].roles == (f"Nummer {number}",)
            of = schema.article_people.c
            roles = db.scalar(select(of.roles).where(of.article_id == number))
            assert roles == [f"Nummer {number}"]
        assert db.scalar(select(func.count()).select_from(schema.analyses)) == 2 * count
    ledger.close()


def _correct(ledger: Ledger, number: int) -> None:
    """Says what a person is; again where the other process was faster."""
    for _ in range(10):
        try:
            with ledger.change(who="bernd") as change:
                person = effective(change.db, number).analysis.to_dict()["people"][0]
                correct(
                    change,
                    number,
                    layer="people",
                    action="correct",
                    before=person,
                    after={**person, "roles": [f"Nummer {number}"]},
                    rev=None,
                )
        except LedgerConflict:
            continue
        return
    raise AssertionError(f"article {number} could not be corrected")
