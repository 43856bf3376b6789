"""People across articles: suggested, confirmed, merged, parted again."""

from __future__ import annotations

import pytest
from made import analysis_of
from sqlalchemy import select

from beleg.errors import LedgerConflict, LedgerMissing, LedgerRefused
from beleg.ledger import schema
from beleg.ledger.article_changes import add_article
from beleg.ledger.person_changes import (
    assign,
    merge_people,
    say_different,
    set_person,
    undo_merge,
)
from beleg.ledger.person_suggestions import candidates, suggestions
from beleg.ledger.persons import find_people, links, merged, person
from beleg.ledger.store import Ledger
from beleg.records import PersonKind


def _add(
    ledger: Ledger, text: str, *people: str, kind: PersonKind = "person", model: str = "test@1"
) -> int:
    names: dict[str, PersonKind] = dict.fromkeys(people, kind)
    with ledger.change(who="anna") as change:
        return add_article(change, analysis_of(text, people=names, model=model), source=text).id


def _links(ledger: Ledger, article: int) -> list[tuple[str, int | None, str]]:
    with ledger.read() as db:
        return [(link.name, link.person, link.basis) for link in links(db, article)]


def test_the_same_full_name_is_suggested_to_be_the_same_person(ledger: Ledger) -> None:
    one = _add(ledger, "Erna Müller schweigt.", "Erna Müller")
    two = _add(ledger, "ERNA MÜLLER redet. Müller auch.", "ERNA MÜLLER", "Müller")
    ((_, first, basis),) = _links(ledger, one)
    assert basis == "alone"
    assert _links(ledger, two) == [("ERNA MÜLLER", first, "suggested"), ("Müller", None, "local")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ein Sprecher der Wacht", "person"),
        ("Ein Regierungssprecher", "person"),
        ("Ihre Nachbarin", "person"),
        ("eine Sandbank", "organisation"),
        ("unbestätigten Berichten", "document"),
    ],
)
def test_descriptions_are_nobody_across_articles(
    ledger: Ledger, name: str, kind: PersonKind
) -> None:
    one = _add(ledger, f"{name} ist gemeint.", name, kind=kind)
    assert _links(ledger, one) == [(name, None, "local")]


def test_the_same_name_of_another_kind_is_somebody_else(ledger: Ledger) -> None:
    one = _add(ledger, "Der Ohletaler Bote erscheint.", "Ohletaler Bote", kind="outlet")
    two = _add(ledger, "Ohletaler Bote heißt der Verein.", "Ohletaler Bote", kind="organisation")
    assert _links(ledger, one)[0][1] != _links(ledger, two)[0][1]


def test_a_merger_counts_both_and_is_undone_without_loss(ledger: Ledger) -> None:
    _add(ledger, "Erna Müller schweigt.", "Erna Müller")
    _add(ledger, "Erna Müller-Lind redet.", "Erna Müller-Lind")
    _add(ledger, "E. Müller geht.", "E. Müller")
    with ledger.change(who="anna") as change:
        merge_people(change, 3, 1)
        merge_people(change, 1, 2)
    with ledger.read() as db:
        whole = person(db, 3)
        assert (whole.id, whole.name, whole.articles) == (2, "Erna Müller-Lind", 3)
        assert [name for _, name, _ in merged(db, 2)] == ["Erna Müller", "E. Müller"]
        assert [entry.id for entry in find_people(db)] == [2]
    with ledger.change(who="bernd") as change:
        undo_merge(change, 1)
    with ledger.read() as db:
        assert (person(db, 3).id, person(db, 3).articles) == (1, 2)
        assert person(db, 2).articles == 1
        actions = db.scalars(select(schema.history.c.action).order_by(schema.history.c.id)).all()
        assert actions[-3:] == ["merge", "merge", "part"]


def test_mergers_in_a_circle_and_of_nobody_are_refused(ledger: Ledger) -> None:
    _add(ledger, "Erna Müller schweigt.", "Erna Müller")
    _add(ledger, "Erna Lind redet.", "Erna Lind")
    with ledger.change(who="anna") as change:
        merge_people(change, 1, 2)
    for from_, into in ((2, 1), (1, 2), (1, 1)):
        with pytest.raises(LedgerRefused, match="already"), ledger.change(who="a") as change:
            merge_people(change, from_, into)
    with pytest.raises(LedgerRefused, match="not merged"), ledger.change(who="a") as change:
        undo_merge(change, 2)
    with pytest.raises(LedgerMissing), ledger.change(who="a") as change:
        merge_people(change, 1, 99)


def test_two_who_merge_the_same_person_conflict_visibly(ledger: Ledger) -> None:
    for name in ("Erna Müller", "Erna Lind", "Erna Moor"):
        _add(ledger, f"{name} redet.", name)
    with ledger.change(who="anna") as change:
        merge_people(change, 1, 2, rev=1)
    with pytest.raises(LedgerConflict), ledger.change(who="bernd") as change:
        set_person(change, 1, note="Bürgermeisterin", rev=1)


def test_what_somebody_said_about_a_person_stays_after_a_new_analysis(ledger: Ledger) -> None:
    _add(ledger, "Erna Müller schweigt.", "Erna Müller")
    text = "Müller redet, Erna Müller nicht."
    two = _add(ledger, text, "Müller", "Erna Müller")
    with ledger.change(who="anna") as change:
        assign(change, two, "p1", 1)
        assign(change, two, "p2", None)
    _add(ledger, text, "Erna Müller", "Müller", model="test@2")
    found = {name: (who, basis) for name, who, basis in _links(ledger, two)}
    assert found["Müller"] == (1, "confirmed")
    assert found["Erna Müller"] == (2, "confirmed")


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("Anna Müller", False),
        ("E. Müller", True),
        ("Erna Maria Müller", True),
        ("Erna Mueller", True),
        ("Erna Lind", False),
        ("Ernst Möller", False),
    ],
)
def test_only_names_that_can_be_the_same_are_suggested(
    ledger: Ledger, name: str, proposed: bool
) -> None:
    _add(ledger, "Erna Müller schweigt.", "Erna Müller")
    _add(ledger, f"{name} redet.", name)
    with ledger.read() as db:
        assert [one.id for one in suggestions(db, 1)] == ([2] if proposed else [])
        assert (1 in {one.id for one in candidates(db, "Müller", "person")}) is True


def test_who_was_said_to_be_different_is_not_suggested_again(ledger: Ledger) -> None:
    _add(ledger, "Erna Müller schweigt.", "Erna Müller")
    _add(ledger, "E. Müller redet.", "E. Müller")
    with ledger.change(who="anna") as change:
        say_different(change, 2, 1)
    with ledger.read() as db:
        assert suggestions(db, 1) == suggestions(db, 2) == ()


def test_people_are_found_by_the_beginning_of_any_name(ledger: Ledger) -> None:
    _add(ledger, "Recep Erdoğan und Erna Müller reden.", "Recep Erdoğan", "Erna Müller")
    with ledger.read() as db:
        assert [one.name for one in find_people(db, "erdogan")] == ["Recep Erdoğan"]
        assert [one.name for one in find_people(db, "müll*")] == ["Erna Müller"]
        assert [one.name for one in find_people(db, kind="outlet")] == []
