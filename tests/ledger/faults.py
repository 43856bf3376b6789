"""What the tests of faults share: another process, and what a whole ledger holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from adding_process import texts
from sqlalchemy import func, select, text

from beleg.ledger import schema
from beleg.ledger.adding import Result, add_all
from beleg.ledger.articles import list_articles
from beleg.ledger.corrections import effective
from beleg.ledger.store import Ledger

COUNT = 200
_HERE = Path(__file__).parent


def started(place: str, what: str, value: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(_HERE / "adding_process.py"), place, what, value]
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
