"""No room on the disk: it is said, what was added stays whole, and work goes on with room."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from adding_process import texts
from database_server import named, run
from faults import COUNT, add_noting, check_whole
from sqlalchemy import event, text
from stub_analysis import Stub

from beleg.errors import LedgerUnreachable
from beleg.ledger.adding import Result, add_all
from beleg.ledger.store import Ledger, open_ledger


@pytest.fixture
def full(ledger: Ledger) -> Iterator[Any]:
    """Lets a ledger run full; to be called again when there is room.

    SQLite: as many pages as there are, and 20. PostgreSQL: its own error for a full disk, from
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
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")

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
    count = 80
    added: list[Result] = []
    with pytest.raises(LedgerUnreachable, match=r"(full|No space left).* Make room"):
        add_noting(added, ledger, count)
    kept = len(added)
    assert 10 <= kept < count
    check_whole(ledger, kept)
    full()
    again = [result.outcome for result in add_all(ledger, texts(count), who="anna")]
    assert again == ["known"] * kept + ["new"] * (count - kept)
    check_whole(ledger, count)


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
    folder = small_disk.folder / "data"
    folder.mkdir()
    shutil.chown(folder, "pgserver")
    run(
        postgres,
        f"CREATE TABLESPACE {name} LOCATION '{folder}'",
        f"CREATE DATABASE {name} TEMPLATE {template} TABLESPACE {name}",
    )
    yield named(postgres, name)
    run(postgres, f"DROP DATABASE {name} WITH (FORCE)", f"DROP TABLESPACE {name}")


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
