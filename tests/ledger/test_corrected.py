"""Which articles people corrected."""

from __future__ import annotations

from made import analysis_of

from beleg.ledger.article_changes import add_article
from beleg.ledger.corrected import corrected
from beleg.ledger.corrections import correct, corrections_of, effective, revoke
from beleg.ledger.store import Ledger


def _add(ledger: Ledger, text: str) -> int:
    analysis = analysis_of(text, people={"Erna Müller": "person"})
    with ledger.change(who="anna", why="Presseschau") as change:
        return add_article(change, analysis, source="a.txt").id


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
