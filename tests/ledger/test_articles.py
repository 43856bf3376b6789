"""Adding articles, finding them, and what two writers do to each other."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from made import analysis_of
from sqlalchemy import func, select

from beleg.errors import LedgerConflict, LedgerMissing, LedgerRefused
from beleg.ledger import schema
from beleg.ledger.article_changes import add_article, set_state
from beleg.ledger.articles import (
    ArticleFilter,
    appearances,
    article,
    count_articles,
    list_articles,
    search_articles,
)
from beleg.ledger.search import found_words
from beleg.ledger.store import Ledger, open_ledger
from beleg.records import Analysis

BRIDGE = analysis_of(
    "Die Brücke über die Ohle wird saniert. „Die Verhandlungen dauern an“, sagte Erna Müller.",
    people={"Erna Müller": "person"},
    said={"Die Verhandlungen dauern an": "Erna Müller"},
    title="Brücke wird saniert",
    outlet="Ohletaler Bote",
    url="https://bote.example/bruecke",
    published=date(2026, 2, 3),
)
SCHOOL = analysis_of(
    "Die Schule in Norderfeld bekommt ein Dach. Die Brücken bleiben gesperrt.",
    title="Ein Dach",
    outlet="Norderfelder Nachrichten",
    published=date(2026, 2, 4),
)


def _add(ledger: Ledger, analysis: Analysis, source: str = "a.txt") -> int:
    with ledger.change(who="anna") as change:
        return add_article(change, analysis, source=source).id


def _found(ledger: Ledger, **chosen: object) -> list[str | None]:
    with ledger.read() as db:
        return [a.title for a in list_articles(db, ArticleFilter(**chosen))]  # type: ignore[arg-type]


@pytest.mark.parametrize("few", [True, False], ids=["few", "many"])
@pytest.mark.parametrize("further", [False, True], ids=["first page", "next page"])
@pytest.mark.parametrize(
    "chosen",
    [
        ArticleFilter(query="Brücke"),
        ArticleFilter(query="Norderfeld"),
        ArticleFilter(query="Kirche"),
        ArticleFilter(query="Brücke", outlet="Ohletaler Bote"),
        ArticleFilter(outlet="Norderfelder Nachrichten"),
        ArticleFilter(),
    ],
    ids=lambda chosen: f"{chosen.query}-{chosen.outlet}",
)
def test_searching_gives_what_listing_and_counting_give(
    ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
    chosen: ArticleFilter,
    further: bool,
    few: bool,
) -> None:
    _add(ledger, BRIDGE)
    last = _add(ledger, SCHOOL)
    before = last if further else None
    with ledger.read() as db:
        listed = list_articles(db, chosen, before=before)
        counted = count_articles(db, chosen)
        only_words = chosen.query is not None and chosen.outlet is None
        if not few:  # as for a word that more than a thousand articles have
            monkeypatch.setattr("beleg.ledger.articles.few_found", lambda *_: None)
            counted = 1_001 if only_words else counted
        assert search_articles(db, chosen, before=before) == (listed, counted)


def test_an_added_article_is_listed_with_what_is_known_about_it(ledger: Ledger) -> None:
    id_ = _add(ledger, BRIDGE)
    with ledger.read() as db:
        (entry,) = list_articles(db)
        assert entry == article(db, id_)
    assert (entry.title, entry.outlet, entry.state) == (
        "Brücke wird saniert",
        "Ohletaler Bote",
        "new",
    )
    assert entry.day == entry.published == date(2026, 2, 3)
    assert entry.beginning.startswith("Die Brücke über")


def test_the_same_text_again_is_another_appearance(ledger: Ledger) -> None:
    with ledger.change(who="anna") as change:
        first = add_article(change, BRIDGE, source="a.txt")
        again = add_article(change, BRIDGE, source="a.txt")
        elsewhere = add_article(change, BRIDGE, source="b.txt")
    assert [first.outcome, again.outcome, elsewhere.outcome] == ["new", "known", "appeared"]
    assert first.id == again.id == elsewhere.id
    with ledger.read() as db:
        assert [a.source for a in appearances(db, first.id)] == ["a.txt", "b.txt"]
        assert count_articles(db) == 1


def test_a_new_model_makes_a_new_analysis_and_keeps_the_old_one(ledger: Ledger) -> None:
    id_ = _add(ledger, BRIDGE)
    newer = analysis_of(BRIDGE.document.text, model="test@2")
    with ledger.change(who="anna") as change:
        assert add_article(change, newer, source="a.txt").outcome == "again"
    with ledger.read() as db:
        models = db.scalars(select(schema.analyses.c.model).order_by(schema.analyses.c.id)).all()
        assert models == ["test@1", "test@2"]
        assert db.scalar(select(func.count()).select_from(schema.quotations)) == 0
        assert article(db, id_).title is None


def test_a_changed_text_from_the_same_address_names_the_earlier_one(ledger: Ledger) -> None:
    first = _add(ledger, BRIDGE)
    second = _add(
        ledger, analysis_of("Die Brücke bleibt, wie sie ist.", url="https://bote.example/bruecke")
    )
    with ledger.read() as db:
        a = schema.articles.c
        assert db.scalar(select(a.previous_id).where(a.id == second)) == first


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("brücke", ["Ein Dach", "Brücke wird saniert"]),
        ("BRUECKEN", ["Ein Dach", "Brücke wird saniert"]),
        ("brücke -schule", ["Brücke wird saniert"]),
        ("„Schule in Norderfeld“", ["Ein Dach"]),
        ('"Norderfeld in Schule"', []),
        ("norder*", ["Ein Dach"]),
        ("verhandlung müller", ["Brücke wird saniert"]),
        ("verhandlung schule", []),
        ("' OR 1=1 --", []),
        ('NEAR(brücke "dach', []),
    ],
)
def test_search_finds_words_in_any_form(ledger: Ledger, query: str, titles: list[str]) -> None:
    _add(ledger, BRIDGE)
    _add(ledger, SCHOOL)
    assert _found(ledger, query=query) == titles


@pytest.mark.parametrize(
    "query", ["", "  ", "…", "-brücke", " ".join("abcdefghijklmnopqrstuvwxyzabcdefg")]
)
def test_a_query_without_a_word_or_with_too_many_is_refused(ledger: Ledger, query: str) -> None:
    with pytest.raises(LedgerRefused):
        _found(ledger, query=query)


@pytest.mark.parametrize(
    ("chosen", "titles"),
    [
        ({"outlet": "Ohletaler Bote"}, ["Brücke wird saniert"]),
        ({"since": date(2026, 2, 4)}, ["Ein Dach"]),
        ({"until": date(2026, 2, 3)}, ["Brücke wird saniert"]),
        ({"person": 1}, ["Brücke wird saniert"]),
        ({"query": "brücke", "since": date(2026, 2, 4)}, ["Ein Dach"]),
        ({"state": "done"}, []),
    ],
)
def test_filters_narrow_the_list(
    ledger: Ledger, chosen: dict[str, object], titles: list[str]
) -> None:
    _add(ledger, BRIDGE)
    _add(ledger, SCHOOL)
    assert _found(ledger, **chosen) == titles


def test_pages_follow_each_other_without_gap_or_double(ledger: Ledger) -> None:
    ids = [_add(ledger, analysis_of(f"Dies ist Text Nummer {n}.")) for n in range(7)]
    for query in (None, "text"):
        chosen = ArticleFilter(query=query)
        seen: list[int] = []
        with ledger.read() as db:
            while page := list_articles(db, chosen, limit=3, before=seen[-1] if seen else None):
                seen += [entry.id for entry in page]
        assert seen == ids[::-1]


def test_a_change_based_on_what_is_out_of_date_is_refused_and_names_the_other(
    ledger: Ledger,
) -> None:
    id_ = _add(ledger, BRIDGE)
    with ledger.read() as db:
        seen = article(db, id_).rev
    with ledger.change(who="bernd") as change:
        set_state(change, id_, "read", rev=seen)
    with pytest.raises(LedgerConflict, match="bernd"), ledger.change(who="anna") as change:
        set_state(change, id_, "done", rev=seen)
    with ledger.read() as db:
        assert article(db, id_).state == "read"


def test_unknown_articles_and_states_are_named(ledger: Ledger) -> None:
    with pytest.raises(LedgerMissing, match="article 77"), ledger.change(who="a") as change:
        set_state(change, 77, "done")
    id_ = _add(ledger, BRIDGE)
    with pytest.raises(LedgerRefused), ledger.change(who="a") as change:
        set_state(change, id_, "fertig")  # type: ignore[arg-type]


def test_what_raises_leaves_nothing_behind(ledger: Ledger) -> None:
    def add_half() -> None:
        with ledger.change(who="a") as change:
            add_article(change, BRIDGE, source="a.txt")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_half()
    with ledger.read() as db:
        for table in schema.metadata.sorted_tables:
            assert db.scalar(select(func.count()).select_from(table)) == 0, table.name
    assert _found(ledger, query="brücke") == []


def test_writers_that_add_the_same_articles_at_once_make_no_double(place: str) -> None:
    texts = [
        analysis_of(f"Erna Müller zählt bis {n}.", people={"Erna Müller": "person"})
        for n in range(10)
    ]
    failures: list[BaseException] = []

    def write(name: str) -> None:
        ledger = open_ledger(place)
        try:
            for analysis in texts:
                with ledger.change(who=name) as change:
                    add_article(change, analysis, source=name)
        except BaseException as error:
            failures.append(error)
        finally:
            ledger.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in ("anna", "bernd", "cora")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    ledger = open_ledger(place)
    with ledger.read() as db:
        assert count_articles(db) == 10
        assert db.scalar(select(func.count()).select_from(schema.appearances)) == 30
        assert db.scalar(select(func.count()).select_from(schema.people)) == 1
    ledger.close()


def test_words_of_a_query_are_found_in_the_text_to_be_marked() -> None:
    text = "Die Verhandlungen, sagte er, „Verhandlung“ um Verhandlungssache."
    marked = [text[start:end] for start, end in found_words("verhandlung", text)]
    assert marked == ["Verhandlungen", "Verhandlung"]
