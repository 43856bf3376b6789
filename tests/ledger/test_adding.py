"""Adding many articles, the same again, and all anew; the reading of sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from stub_analysis import Stub

from beleg.errors import InputEmpty, InputMissing, LedgerUnreachable
from beleg.intake import article_from_bytes, article_from_text
from beleg.ledger import adding, schema, sources
from beleg.ledger.adding import Result, add_all, outdated, reanalyse
from beleg.ledger.articles import appearances, article
from beleg.ledger.corrections import correct, effective
from beleg.ledger.sources import SourceOptions, readers_of
from beleg.ledger.store import Ledger
from beleg.text.article import Article

DAY = date(2026, 2, 3)


def texts(*some: str) -> list[Callable[[], Article]]:
    return [partial(article_from_text, t, source=f"{n}.txt") for n, t in enumerate(some)]


def outcomes(results: Iterable[Result]) -> list[tuple[str, str, int | None]]:
    return [(r.source, r.outcome, r.article) for r in results]


def test_new_articles_are_entered_and_the_same_again_is_not_read_again(
    ledger: Ledger, stub: Stub
) -> None:
    some = texts("Erna Müller kommt.", "Erna Müller geht.")
    assert outcomes(add_all(ledger, some, who="anna")) == [("0.txt", "new", 1), ("1.txt", "new", 2)]
    assert outcomes(add_all(ledger, some, who="anna")) == [
        ("0.txt", "known", 1),
        ("1.txt", "known", 2),
    ]
    assert stub.read == ["0.txt", "1.txt"]


def test_a_known_text_elsewhere_is_only_noted_with_what_that_place_says(
    ledger: Ledger, stub: Stub
) -> None:
    (new,) = add_all(ledger, texts("Erna Müller kommt."), who="anna")
    elsewhere = replace(
        article_from_text("Erna Müller kommt.", source="https://bote.example/1"),
        outlet="Bote",
        url="https://bote.example/1",
        published=DAY,
    )
    (result,) = add_all(ledger, [lambda: elsewhere], who="bernd")
    assert (result.outcome, result.article) == ("appeared", new.article)
    assert stub.read == ["0.txt"]
    assert new.article is not None
    with ledger.read() as db:
        first, second = appearances(db, new.article)
    assert (first.source, second.source) == ("0.txt", "https://bote.example/1")
    assert (second.outlet, second.url, second.published) == ("Bote", "https://bote.example/1", DAY)


def test_a_day_of_publication_given_later_is_not_lost(ledger: Ledger, stub: Stub) -> None:
    list(add_all(ledger, texts("Erna Müller kommt."), who="anna"))
    dated = partial(article_from_text, "Erna Müller kommt.", published=DAY, source="0.txt")
    assert outcomes(add_all(ledger, [dated], who="anna")) == [("0.txt", "again", 1)]
    assert outcomes(add_all(ledger, [dated], who="anna")) == [("0.txt", "known", 1)]
    with ledger.read() as db:
        assert article(db, 1).published == DAY


def test_another_mode_is_another_analysis(ledger: Ledger, stub: Stub) -> None:
    some = texts("Erna Müller kommt.")
    list(add_all(ledger, some, who="anna"))
    assert outcomes(add_all(ledger, some, who="anna", mode="narrative")) == [("0.txt", "again", 1)]


def test_what_fails_costs_no_other_and_says_why(ledger: Ledger, stub: Stub) -> None:
    def missing() -> Article:
        raise InputMissing("weg.txt", "there is no such file", "Check the name")

    some = [*texts("Erna Müller kommt.", "Ein Fehler."), missing, *texts("Erna Müller geht.")]
    results = list(add_all(ledger, some, who="anna"))
    assert outcomes(results) == [
        ("0.txt", "new", 1),
        ("1.txt", "failed", None),
        ("weg.txt", "failed", None),
        ("0.txt", "new", 2),
    ]
    assert isinstance(results[1].failure, ZeroDivisionError)
    assert isinstance(results[2].failure, InputMissing)


def test_each_article_is_there_as_soon_as_it_is_reported(ledger: Ledger, stub: Stub) -> None:
    for number, _ in enumerate(add_all(ledger, texts("Eins.", "Zwei.", "Drei."), who="a"), start=1):
        with ledger.read() as db:
            assert db.scalar(select(func.count()).select_from(schema.articles)) == number


def test_a_ledger_that_is_gone_stops_the_work(
    ledger: Ledger, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise LedgerUnreachable("ledger", "gone", "Bring it back")

    results = add_all(ledger, texts("Eins.", "Zwei.", "Drei."), who="anna")
    next(results)
    monkeypatch.setattr(adding, "add_article", gone)
    with pytest.raises(LedgerUnreachable):
        next(results)


def test_history_says_who_added_what_and_where_it_appeared(ledger: Ledger, stub: Stub) -> None:
    list(add_all(ledger, texts("Eins."), who="anna", why="Presseschau"))
    h = schema.history.c
    with ledger.read() as db:
        rows = db.execute(select(h.who, h.why, h.action).where(h.subject == "article")).all()
    assert [tuple(row) for row in rows] == [("anna", "Presseschau", "add")]


def test_all_articles_are_analysed_anew_by_another_model_with_their_corrections(
    ledger: Ledger, stub: Stub
) -> None:
    list(add_all(ledger, texts("Erna Müller kommt.", "Zwei."), who="anna"))
    list(add_all(ledger, texts("Drei, eine Erzählung."), who="anna", mode="narrative"))
    with ledger.change(who="bernd") as change:
        person = effective(change.db, 1).analysis.to_dict()["people"][0]
        correct(
            change,
            1,
            layer="people",
            action="correct",
            before=person,
            after={**person, "roles": ["Bürgermeisterin"]},
            rev=None,
        )
    assert list(reanalyse(ledger, who="anna")) == []
    stub.model = "test@2"
    with ledger.read() as db:
        assert (outdated(db, "news"), outdated(db, "narrative")) == ((1, 2), (3,))
    assert outcomes(reanalyse(ledger, who="anna")) == [
        ("article 1", "again", 1),
        ("article 2", "again", 2),
        ("article 3", "again", 3),
    ]
    with ledger.read() as db:
        assert outdated(db, "news") == outdated(db, "narrative") == ()
        analysis = effective(db, 1).analysis
        assert db.scalar(select(func.count()).select_from(schema.appearances)) == 3
    assert (analysis.model, analysis.people[0].roles) == ("test@2", ("Bürgermeisterin",))


# Sources


def read_all(place: str | Path, **options: object) -> list[Article | str]:
    found: list[Article | str] = []
    for reader in readers_of(str(place), options=SourceOptions(**options)):  # type: ignore[arg-type]
        try:
            found.append(reader())
        except Exception as error:
            found.append(type(error).__name__)
    return found


def test_a_folder_gives_its_files_and_those_below(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text("Eins.")
    (tmp_path / "b" / "c.md").write_text("Zwei.")
    (tmp_path / "b" / "leer.txt").write_text("")
    first, second, third = read_all(tmp_path, published=DAY)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.source, second.source) == (str(tmp_path / "a.txt"), str(tmp_path / "b" / "c.md"))
    assert (first.published, first.published_given) == (DAY, True)
    assert third == InputEmpty.__name__


def test_a_file_is_the_same_source_from_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Eins.")
    monkeypatch.chdir(tmp_path)
    assert read_all("a.txt") == read_all(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("place", "error"),
    [
        ("gibt-es-nicht.txt", "InputMissing"),
        ("http://127.0.0.1:9/", "FetchRefused"),
        ("http://[", "FetchRefused"),
        ("null\0.txt", "InputMissing"),
    ],
)
def test_a_place_that_cannot_be_read_is_one_failed_input(place: str, error: str) -> None:
    assert read_all(place) == [error]


def test_a_fault_in_walking_one_place_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(folder: str) -> Iterator[Path]:
        yield tmp_path / "a.txt"
        raise ZeroDivisionError

    (tmp_path / "a.txt").write_text("Eins.")
    monkeypatch.setattr(sources, "find_files", faulty)
    article, failure = read_all(tmp_path)
    assert isinstance(article, Article)
    assert failure == "ZeroDivisionError"


def test_bytes_of_an_upload_are_read_like_a_file(ledger: Ledger, stub: Stub) -> None:
    upload = partial(article_from_bytes, "Erna Müller kommt.".encode(), source="brief.txt")
    assert outcomes(add_all(ledger, [upload], who="anna")) == [("brief.txt", "new", 1)]
