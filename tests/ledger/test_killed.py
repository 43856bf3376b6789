"""Killed in the middle: what is in the ledger is whole, and the next run completes it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from adding_process import texts
from faults import COUNT, check_whole, started
from sqlalchemy import func, select
from stub_analysis import Stub

from beleg.ledger import schema
from beleg.ledger.adding import add_all
from beleg.ledger.articles import count_articles
from beleg.ledger.store import open_ledger


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
