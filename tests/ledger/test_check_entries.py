"""Checks keep their verdicts; the same words elsewhere are found again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import msgspec
import pytest
from forecast_samples import COST, TEXT, YEARS, add, analysis
from sqlalchemy import Connection, event, select, text

from beleg.errors import LedgerConflict, LedgerMissing, LedgerRefused
from beleg.ledger import schema
from beleg.ledger.checks import (
    CheckEntry,
    check,
    checked_before,
    checks_of,
    claim_of,
    drop,
    last_checked,
    list_checks,
    reopen,
    set_verdict,
    sync_checks,
    times_checked,
)
from beleg.ledger.store import Change, Ledger
from beleg.records import Analysis, CheckReason
from beleg.text.article import Span

WEB = "https://lunden.example/haushalt"
MADE = analysis(checks=[(COST, "exact figure"), (YEARS, "unconfirmed")])


def enter(ledger: Ledger, made: Analysis = MADE) -> tuple[int, list[int]]:
    with ledger.change(who="anna") as change:
        article = add(change, made)
        sync_checks(change, article, made)
    return article, [one.id for one in of(ledger, article)]


def of(ledger: Ledger, article: int) -> tuple[CheckEntry, ...]:
    with ledger.read() as db:
        return checks_of(db, article)


def look(ledger: Ledger, id_: int) -> CheckEntry:
    with ledger.read() as db:
        return check(db, id_)


def do(
    ledger: Ledger, action: Callable[..., Any], *args: Any, who: str = "anna", **more: Any
) -> Any:
    with ledger.change(who=who) as change:
        return action(change, *args, **more)


def test_the_checks_of_an_article_have_its_words_in_order(ledger: Ledger) -> None:
    article, _ = enter(ledger)
    cost, years = of(ledger, article)
    assert (cost.words, cost.why, cost.state, cost.outlet) == (
        COST, ("exact figure",), "open", "Lundener Bote",
    )  # fmt: skip
    assert (years.words, TEXT[years.start : years.end]) == (YEARS, YEARS)


def test_words_are_cut_out_by_code_points(ledger: Ledger) -> None:
    text = "😀 „Ü“ e\u0301 🎈 Der Umbau kostete viel."
    made = analysis(checks=[("Der Umbau kostete viel.", "unconfirmed")], text=text)
    article, _ = enter(ledger, made)
    assert [one.words for one in of(ledger, article)] == ["Der Umbau kostete viel."]


def test_a_verdict_is_signed_and_can_be_revised(ledger: Ledger) -> None:
    _, (id_, _) = enter(ledger)
    do(ledger, set_verdict, id_, "Falsch", rating=1, evidence=WEB, who="berta", rev=1)
    one = look(ledger, id_)
    assert (one.state, one.verdict, one.rating, one.evidence, one.checked_by, one.rev) == (
        "checked", "Falsch", 1, WEB, "berta", 2,
    )  # fmt: skip
    do(ledger, set_verdict, id_, "Teils richtig", note="Es waren 39 Millionen.")
    one = look(ledger, id_)
    assert (one.verdict, one.rating, one.evidence) == ("Teils richtig", None, None)


def test_dropped_and_checked_can_be_opened_again(ledger: Ledger) -> None:
    _, (first, second) = enter(ledger)
    do(ledger, drop, first, "Nicht wichtig")
    do(ledger, set_verdict, second, "Richtig", rating=5, evidence=WEB)
    assert [look(ledger, id_).state for id_ in (first, second)] == ["dropped", "checked"]
    for id_ in (first, second):
        do(ledger, reopen, id_, "Doch noch einmal")
        one = look(ledger, id_)
        assert (one.state, one.verdict, one.rating, one.note, one.checked_by) == (
            "open", None, None, "", None,
        )  # fmt: skip


def test_transitions_that_make_no_sense_are_refused(ledger: Ledger) -> None:
    _, (first, second) = enter(ledger)
    with pytest.raises(LedgerRefused, match="open already"):
        do(ledger, reopen, first, "So")
    do(ledger, drop, first, "Nicht wichtig")
    with pytest.raises(LedgerRefused, match="dropped"):
        do(ledger, set_verdict, first, "Falsch", evidence=WEB)
    with pytest.raises(LedgerRefused):
        do(ledger, drop, first, "Noch einmal")
    do(ledger, set_verdict, second, "Falsch", evidence=WEB)
    with pytest.raises(LedgerRefused):
        do(ledger, drop, second, "Doch nicht")


@pytest.mark.parametrize(
    "wrong",
    [
        {"rating": 0, "evidence": WEB},
        {"rating": 6, "evidence": WEB},
        {"rating": True, "evidence": WEB},
        {"verdict": " ", "evidence": WEB},
        {"evidence": "ftp://lunden.example"},
        {"note": "zwei Worte"},
        {},
    ],
)
def test_a_verdict_needs_words_grounds_and_a_rating_of_the_scale(
    ledger: Ledger, wrong: dict[str, Any]
) -> None:
    _, (id_, _) = enter(ledger)
    with pytest.raises(LedgerRefused):
        do(ledger, set_verdict, id_, **{"verdict": "Falsch", **wrong})
    assert look(ledger, id_).state == "open"


ACTIONS: dict[str, Callable[[Change, int, int | None], Any]] = {
    "verdict": lambda change, id_, rev: set_verdict(change, id_, "Falsch", evidence=WEB, rev=rev),
    "drop": lambda change, id_, rev: drop(change, id_, "Unwichtig", rev=rev),
    "reopen": lambda change, id_, rev: reopen(change, id_, "Doch", rev=rev),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_who_comes_second_is_told_and_an_unknown_check_is_missing(
    ledger: Ledger, action: str
) -> None:
    _, (id_, other) = enter(ledger)
    do(ledger, set_verdict, id_, "Richtig", evidence=WEB, who="berta", rev=1)
    before = look(ledger, id_)
    with pytest.raises(LedgerConflict, match=r"by berta .*\(verdict\)"):
        do(ledger, ACTIONS[action], id_, 1)
    assert look(ledger, id_) == before
    with pytest.raises(LedgerMissing):
        do(ledger, ACTIONS[action], other + 1, None)


@pytest.mark.parametrize("action", ["verdict", "drop"])
def test_a_new_analysis_keeps_what_people_decided_with_its_words(
    ledger: Ledger, action: str
) -> None:
    article, (cost, years) = enter(ledger)
    do(ledger, ACTIONS[action], cost, None)
    before = look(ledger, cost)
    moved = analysis(checks=[(COST[4:], "dated"), (YEARS[4:], "dated")])
    do(ledger, sync_checks, article, moved)
    kept, followed = look(ledger, cost), look(ledger, years)
    assert (kept.words, kept.state, kept.verdict) == (COST, before.state, before.verdict)
    assert (kept.why, followed.why, followed.words) == (("dated",), ("dated",), YEARS[4:])
    do(ledger, sync_checks, article, analysis())
    assert [(one.id, one.present) for one in of(ledger, article)] == [(cost, False)]
    do(ledger, sync_checks, article, MADE)
    assert look(ledger, cost).present


def test_the_same_analysis_again_changes_nothing(ledger: Ledger) -> None:
    article, _ = enter(ledger)
    before = of(ledger, article)
    do(ledger, sync_checks, article, MADE)
    assert of(ledger, article) == before


def test_the_history_has_every_change_with_before_and_after(ledger: Ledger) -> None:
    article, (cost, years) = enter(ledger)
    do(ledger, set_verdict, cost, "Falsch", rating=1, evidence=WEB)
    do(ledger, reopen, cost, "Doch noch einmal")
    do(ledger, drop, cost, "Unwichtig")
    do(ledger, sync_checks, article, analysis())
    h = schema.history.c
    with ledger.read() as db:
        rows = db.execute(
            select(h.action, h.subject, h.subject_id, h.before, h.after).order_by(h.id)
        ).all()
    assert [(row.action, row.subject, row.subject_id) for row in rows] == [
        ("find checks", "article", article),
        ("verdict", "check", cost),
        ("reopen", "check", cost),
        ("drop", "check", cost),
        ("miss", "check", cost),
        ("delete", "check", years),
    ]
    assert rows[0].after == {"checks": [cost, years]}
    assert (rows[2].before["verdict"], rows[2].before["rating"]) == ("Falsch", 1)
    assert rows[2].after["why"] == "Doch noch einmal"
    assert rows[5].before["why"] == ["unconfirmed"]


def test_a_verdict_on_the_same_words_elsewhere_is_found(ledger: Ledger) -> None:
    _, (cost, _) = enter(ledger)
    other = "Ein Blick zurück.\n\nDer  UMBAU kostete\n40 Millionen Euro. Mehr nicht."
    said = "Der  UMBAU kostete\n40 Millionen Euro."
    later, (mine,) = enter(ledger, analysis(checks=[(said, "exact figure")], text=other))
    with ledger.read() as db:
        assert checked_before(db, later) == {}
        assert times_checked(db, [mine, cost]) == {}
    do(ledger, set_verdict, cost, "Falsch", evidence=WEB)
    with ledger.read() as db:
        (found,) = checked_before(db, later)[mine]
        assert checked_before(db, found.article_id) == {}
        assert times_checked(db, [mine, cost]) == {mine: 1}
    assert (found.id, found.verdict, found.words) == (cost, "Falsch", COST)


def test_case_and_spacing_make_no_other_claim_but_a_word_does() -> None:
    assert claim_of("Die  STRASSE\nist frei.") == claim_of("die straße ist frei.")
    assert claim_of("Die Straße ist frei.") != claim_of("Die Straße ist nicht frei.")
    assert len(claim_of("\ud800")) == 32


def test_verdicts_in_the_same_article_do_not_count_as_checked_before(ledger: Ledger) -> None:
    text = f"{COST} {COST}"
    made = analysis(checks=[(COST, "dated"), (COST, "dated")], text=text)
    first, second = made.checklist
    last = msgspec.structs.replace(second, span=Span(len(COST) + 1, len(text)))
    article, ids = enter(ledger, msgspec.structs.replace(made, checklist=(first, last)))
    do(ledger, set_verdict, ids[0], "Falsch", evidence=WEB)
    with ledger.read() as db:
        assert checked_before(db, article) == {}
        assert times_checked(db, ids) == {}


@pytest.mark.parametrize(
    "ask",
    [
        lambda db: times_checked(db, range(1, 51)),
        lambda db: checked_before(db, 1),
        lambda db: list_checks(db, article=1),
        lambda db: last_checked(db, article=1),
    ],
    ids=["times_checked", "checked_before", "list_checks", "last_checked"],
)
def test_sqlite_does_not_go_through_all_checks_for_a_few(
    ledger: Ledger, ask: Callable[[Connection], Any]
) -> None:
    if ledger.postgres:
        pytest.skip("PostgreSQL plans by what is in the tables")
    plans: list[str] = []

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, *__: Any) -> None:
        other = cursor.connection.cursor()
        rows = other.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        plans.extend(row[3] for row in rows)

    with ledger.read() as db:
        event.listen(db, "before_cursor_execute", explain)
        ask(db)
    assert plans
    through_all = ("SCAN checks", "SCAN mine", "SCAN articles")
    assert [p for p in plans if p.startswith(through_all) or "(state=?)" in p] == []


def test_verdicts_are_listed_from_the_last_given(ledger: Ledger) -> None:
    _, (cost, years) = enter(ledger)
    other, (further, _) = enter(
        ledger, analysis(checks=[(COST, "dated"), (YEARS, "dated")], text=f"Noch einmal. {TEXT}")
    )
    for id_ in (years, further, cost):
        do(ledger, set_verdict, id_, "Falsch", evidence=WEB)
    with ledger.read() as db:
        assert [one.id for one in last_checked(db)] == [cost, further, years]
        assert [one.id for one in last_checked(db, limit=1)] == [cost]
        assert [one.id for one in last_checked(db, article=other)] == [further]


@pytest.mark.parametrize("reason", get_args(CheckReason))
def test_checks_with_a_reason_are_found_by_the_index_of_it(
    ledger: Ledger, reason: CheckReason
) -> None:
    """However few of all open ones they are."""
    plans = []
    asking = "EXPLAIN " if ledger.postgres else "EXPLAIN QUERY PLAN "

    def explain(db: Connection, clause: Any, many: Any, params: Any, _: Any) -> None:
        if str(clause).lstrip().startswith("SELECT"):
            statement = clause.compile(db.engine, compile_kwargs={"literal_binds": True})
            plans.append(str(db.exec_driver_sql(asking + str(statement).replace("%", "%%")).all()))

    made = analysis(checks=[(COST, reason), (YEARS, "dated")])
    ids = enter(ledger, made)[1]
    with ledger.read() as db:
        if ledger.postgres:  # which goes through so few rows itself
            db.execute(text("SET LOCAL enable_seqscan = off"))
            db.execute(text("SET LOCAL enable_sort = off"))
        event.listen(db, "before_execute", explain)
        found = list_checks(db, why=reason)
        event.remove(db, "before_execute", explain)
    assert [one.id for one in found] == (ids[::-1] if reason == "dated" else ids[:1])
    index = "ix_checks_reason_" + reason.replace(" ", "_").replace("-", "_")
    assert [index in plan for plan in plans] == [True], plans


def test_what_is_no_reason_is_not_asked_for(ledger: Ledger) -> None:
    with ledger.read() as db, pytest.raises(ValueError, match="is no reason"):
        list_checks(db, why="x' OR 1=1 --")  # type: ignore[arg-type]


def test_checks_are_listed_by_reason_and_article(ledger: Ledger) -> None:
    article, (cost, years) = enter(ledger)
    with ledger.read() as db:
        assert [one.id for one in list_checks(db, why="exact figure")] == [cost]
        assert list_checks(db, why="precise quotation") == ()
        assert {one.id for one in list_checks(db, article=article)} == {cost, years}
        assert list_checks(db, article=article + 1) == ()


def test_pages_go_from_the_heaviest_to_the_lightest_without_gap_or_repeat(ledger: Ledger) -> None:
    ids = []
    for number in range(5):
        text = f"{number}. {TEXT}"
        ids += enter(ledger, analysis(checks=[(COST, "dated"), (YEARS, "dated")], text=text))[1]
    with ledger.change(who="anna") as change:
        c = schema.checks.c
        for id_ in ids[::3]:
            change.db.execute(schema.checks.update().where(c.id == id_).values(weight=0.9))
    with ledger.read() as db:
        pages: list[CheckEntry] = []
        while page := list_checks(db, limit=3, before=pages[-1].id if pages else None):
            pages += page
        assert list_checks(db, "checked") == ()
        assert list_checks(db, outlet="Nordblatt") == ()
    assert sorted(one.id for one in pages) == sorted(ids)
    assert [(-one.weight, -one.id) for one in pages] == sorted(
        (-one.weight, -one.id) for one in pages
    )
