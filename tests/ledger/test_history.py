"""Who did what, and which articles were corrected."""

from __future__ import annotations

from made import analysis_of

from beleg.ledger.articles import add_article, set_state
from beleg.ledger.corrected import corrected
from beleg.ledger.corrections import correct, corrections_of, effective, revoke
from beleg.ledger.history import list_history
from beleg.ledger.store import Ledger


def _add(ledger: Ledger, text: str) -> int:
    analysis = analysis_of(text, people={"Erna Müller": "person"})
    with ledger.change(who="anna", why="Presseschau") as change:
        return add_article(change, analysis, source="a.txt").id


def test_the_last_step_comes_first_and_pages_follow_each_other(ledger: Ledger) -> None:
    first, second = _add(ledger, "Erna Müller kommt."), _add(ledger, "Erna Müller geht.")
    with ledger.change(who="bernd", why="Gelesen") as change:
        set_state(change, first, "read")
    with ledger.read() as db:
        last, *_ = everything = list_history(db)
        pages = [list_history(db, limit=1)]
        while pages[-1]:
            pages.append(list_history(db, limit=1, before=pages[-1][-1].id))
        of_second = list_history(db, article=second)
    assert (last.who, last.why, last.action, last.article) == ("bernd", "Gelesen", "state", first)
    assert (last.before, last.after) == ({"state": "new"}, {"state": "read"})
    assert [entry for page in pages for entry in page] == list(everything)
    assert [entry.id for entry in everything] == sorted((e.id for e in everything), reverse=True)
    assert {entry.article for entry in of_second} == {second}
    assert {entry.who for entry in of_second} == {"anna"}


def test_articles_are_corrected_while_a_correction_stands(ledger: Ledger) -> None:
    first, second = _add(ledger, "Erna Müller kommt."), _add(ledger, "Erna Müller geht.")
    for number in (second, first):
        with ledger.change(who="bernd") as change:
            person = effective(change.db, number).analysis.to_dict()["people"][0]
            after = {**person, "roles": ["Bürgermeisterin"]}
            correct(
                change,
                number,
                layer="people",
                action="correct",
                before=person,
                after=after,
                rev=None,
            )
    with ledger.read() as db:
        found = list(corrected(db))
        (correction,) = corrections_of(db, first)
    assert [number for number, _ in found] == [first, second]
    assert {analysis.people[0].roles for _, analysis in found} == {("Bürgermeisterin",)}
    with ledger.change(who="bernd") as change:
        revoke(change, correction.id, rev=None)
    with ledger.read() as db:
        assert [number for number, _ in corrected(db)] == [second]
