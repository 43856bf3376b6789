"""Corrections written to a ledger, on SQLite and on a real PostgreSQL server."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest
from correction_desk import Json, deichplan, renumbered
from sqlalchemy import insert, select, update

from beleg.errors import (
    CorrectionRefused,
    LedgerBroken,
    LedgerConflict,
    LedgerMissing,
    LedgerRefused,
)
from beleg.ledger import schema
from beleg.ledger.corrections import analysis_of, correct, corrections_of, effective, revoke
from beleg.ledger.packed import pack, unpack
from beleg.ledger.store import Ledger
from beleg.records import Analysis

NOW = datetime(2024, 5, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def one_moment(ledger: Ledger) -> None:
    """Everything happens at once."""
    ledger.clock = lambda: NOW


@pytest.fixture
def projected(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The articles whose rows were to be made anew, in place of making them."""
    module, calls = ModuleType("projection"), []
    module.project = lambda change, article_id: calls.append(article_id)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "beleg.ledger.projection", module)
    return calls


@pytest.fixture
def article(ledger: Ledger, projected: list[int]) -> int:
    """An article with one analysis; every test has its own."""
    with ledger.change(who="anna") as change:
        number = len(change.db.execute(select(schema.articles.c.id)).all())
        found = change.db.execute(
            insert(schema.articles).values(
                text_hash=f"sha256:{number}", basis="given", language="de", text="…",
                added_at=NOW, added_by="anna",
            )
        ).inserted_primary_key  # fmt: skip
        assert found
        id_ = int(found[0])
    _analysed(ledger, id_, deichplan())
    return id_


def _analysed(ledger: Ledger, article_id: int, analysis: Analysis) -> None:
    with ledger.change(who="anna") as change:
        found = change.db.execute(
            insert(schema.analyses).values(
                article_id=article_id, beleg="0.1.0", model="x", mode="news", made_at=NOW,
                record=pack(analysis),
            )
        ).inserted_primary_key  # fmt: skip
        assert found
        change.db.execute(
            update(schema.articles)
            .where(schema.articles.c.id == article_id)
            .values(analysis_id=found[0])
        )


def _now(ledger: Ledger, article_id: int) -> Json:
    with ledger.read() as db:
        plain: Json = json.loads(effective(db, article_id).analysis.to_json())
        return plain


def _correct(
    ledger: Ledger, article_id: int, layer: str, action: str, before: Any, after: Any = None,
    rev: int | None = None, who: str = "anna",
) -> int:  # fmt: skip
    with ledger.change(who=who, why="Nachgehört") as change:
        return correct(
            change, article_id, layer=layer, action=action, before=before, after=after, rev=rev  # type: ignore[arg-type]
        )  # fmt: skip


def _rev(ledger: Ledger, article_id: int) -> int:
    with ledger.read() as db:
        found = db.scalar(select(schema.articles.c.rev).where(schema.articles.c.id == article_id))
        assert found is not None
        return int(found)


def test_without_corrections_the_machines_analysis_holds(ledger: Ledger, article: int) -> None:
    with ledger.read() as db:
        assert analysis_of(db, article) == effective(db, article).analysis == deichplan()
        assert corrections_of(db, article) == ()


def test_a_correction_is_kept_with_who_and_why(
    ledger: Ledger, article: int, projected: list[int]
) -> None:
    quote = _now(ledger, article)["quotes"][0]
    after = {**quote, "type": "reported"}
    id_ = _correct(ledger, article, "quotes", "correct", quote, after, rev=1)
    with ledger.read() as db:
        (kept,) = corrections_of(db, article)
        assert effective(db, article).analysis.quotes[0].type == "reported"
        assert effective(db, article).marks["quotes", "q1"].corrections == (id_,)
        assert analysis_of(db, article) == deichplan()
        history = db.execute(
            select(schema.history).where(
                schema.history.c.subject == "correction", schema.history.c.subject_id == id_
            )
        ).all()
    assert (kept.id, kept.made_by, kept.why, kept.made_at) == (id_, "anna", "Nachgehört", NOW)
    assert (kept.before, kept.after) == (quote, after)
    assert kept.refs["named"]["p1"]["record"]["name"] == "Greta Ohlsen"
    assert [(row.action, row.who, row.article_id) for row in history] == [
        ("correct", "anna", article)
    ]
    assert history[0].after == {
        "layer": "quotes", "action": "correct", "before": quote, "after": after
    }  # fmt: skip
    assert projected == [article]
    assert _rev(ledger, article) == 2


def test_corrections_hold_on_the_next_analysis(ledger: Ledger, article: int) -> None:
    now = _now(ledger, article)
    _correct(ledger, article, "people", "merge", now["people"][:2])
    _correct(ledger, article, "times", "reject", now["times"][0])
    _correct(ledger, article, "document", "correct", {"author": None}, {"author": "Fenja Thoms"})
    before = _now(ledger, article)
    _analysed(ledger, article, renumbered(deichplan()))
    with ledger.read() as db:
        found = effective(db, article)
    assert found.lost == ()
    assert found.analysis == renumbered(Analysis.from_json(json.dumps(before)))


def test_undoing_gives_the_analysis_before_and_keeps_both(
    ledger: Ledger, article: int, projected: list[int]
) -> None:
    quote = _now(ledger, article)["quotes"][1]
    before = _now(ledger, article)
    id_ = _correct(ledger, article, "quotes", "reject", quote)
    assert _now(ledger, article) != before
    with ledger.change(who="ben") as change:
        revoke(change, id_, rev=2)
    assert _now(ledger, article) == before
    with ledger.read() as db:
        assert corrections_of(db, article) == ()
        (kept,) = corrections_of(db, article, with_revoked=True)
        actions = db.scalars(
            select(schema.history.c.action)
            .where(schema.history.c.subject == "correction", schema.history.c.subject_id == id_)
            .order_by(schema.history.c.id)
        ).all()
    assert (kept.revoked_by, kept.revoked_at) == ("ben", NOW)
    assert actions == ["correct", "revoke"]
    assert projected == [article, article]
    assert _rev(ledger, article) == 3
    with ledger.change(who="ben") as change, pytest.raises(LedgerRefused, match="undone already"):
        revoke(change, id_, rev=None)


def test_what_later_corrections_build_on_is_not_undone(ledger: Ledger, article: int) -> None:
    wording = _now(ledger, article)["wording"][1]
    first = _correct(ledger, article, "wording", "add", None, {**wording, "span": [3, 9]})
    added = next(w for w in _now(ledger, article)["wording"] if w["span"] == [3, 9])
    second = _correct(ledger, article, "wording", "correct", added, {**added, "kind": "hedge"})
    with (
        ledger.change(who="ben") as change,
        pytest.raises(LedgerRefused, match=rf"later ones build on it \({second}\)"),
    ):
        revoke(change, first, rev=None)
    for id_ in (second, first):
        with ledger.change(who="ben") as change:
            revoke(change, id_, rev=None)
    assert _now(ledger, article) == json.loads(deichplan().to_json())


def test_who_comes_second_is_told_who_was_first(
    ledger: Ledger, article: int, projected: list[int]
) -> None:
    now = _now(ledger, article)
    id_ = _correct(ledger, article, "wording", "reject", now["wording"][0], rev=1, who="ben")
    with pytest.raises(LedgerConflict, match="by ben at 2024-05-01 09:00"):
        _correct(ledger, article, "wording", "reject", now["wording"][1], rev=1)
    with ledger.change(who="anna") as change, pytest.raises(LedgerConflict):
        revoke(change, id_, rev=1)
    assert len(_now(ledger, article)["wording"]) == 1
    assert projected == [article]


def test_nonsense_is_refused_and_nothing_is_written(
    ledger: Ledger, article: int, projected: list[int]
) -> None:
    time = _now(ledger, article)["times"][0]
    with pytest.raises(CorrectionRefused, match="does not fit the text"):
        _correct(ledger, article, "times", "correct", time, {**time, "span": [5, 10**9]})
    with ledger.read() as db:
        assert corrections_of(db, article, with_revoked=True) == ()
    assert _rev(ledger, article) == 1
    assert projected == []


def test_what_is_not_in_the_ledger_is_named(ledger: Ledger, article: int) -> None:
    with ledger.read() as db, pytest.raises(LedgerMissing, match="article 999999"):
        effective(db, 999_999)
    with pytest.raises(LedgerMissing, match="article 999999"):
        _correct(ledger, 999_999, "wording", "reject", {})
    with (
        ledger.change(who="anna") as change,
        pytest.raises(LedgerMissing, match="correction 999999"),
    ):
        revoke(change, 999_999, rev=None)


def test_packing_keeps_an_analysis_and_damage_is_told() -> None:
    data = pack(deichplan())
    assert unpack(data) == deichplan()
    for damaged in (b"", b"no", data[:-20], data[:50] + b"x" + data[51:]):
        with pytest.raises(LedgerBroken):
            unpack(damaged)
