"""Which forecasts of the ledger count in scores, and with which probability."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from forecast_samples import BRIDGE, PORT, TEXT, Said, add, analysis, person

from beleg.ledger.choices import By, Origin
from beleg.ledger.forecasts import (
    ForecastFilter,
    dispute,
    give_probability,
    list_forecasts,
    resolve,
    revoke,
    reword,
    set_topic,
    sync_forecasts,
)
from beleg.ledger.scores import LedgerScore, scored, scores
from beleg.ledger.scoring import Scored
from beleg.ledger.store import Ledger

LAST = date(2024, 6, 30)
TODAY = date(2024, 7, 1)
WEB = "https://lunden.example/hafen"
SURE = Said(words=BRIDGE, latest=LAST, sure=(0.66, 1.0))


@pytest.fixture(autouse=True)
def in_june(ledger: Ledger) -> None:
    """Changes are made while the windows are open."""
    moments = (datetime(2024, 6, 1, tzinfo=UTC) + timedelta(minutes=n) for n in range(10_000))
    ledger.clock = lambda: next(moments)


def enter(ledger: Ledger, *said: Said, text: str = TEXT, **more: Any) -> int:
    """The article; with somebody across articles for "p1"."""
    made = analysis(*said, text=text, **more)
    with ledger.change(who="anna") as change:
        article = add(change, made)
        sync_forecasts(change, article, made, {})
    return article


def only(ledger: Ledger) -> int:
    with ledger.read() as db:
        (one,) = list_forecasts(db, today=TODAY)
    return one.id


def do(ledger: Ledger, action: Callable[..., Any], *args: Any, **more: Any) -> Any:
    with ledger.change(who="anna") as change:
        return action(change, *args, **more)


def counted(ledger: Ledger, origin: Origin = "extracted") -> list[Scored]:
    with ledger.read() as db:
        return list(scored(db, origin=origin))


def by(ledger: Ledger, group: By | None, origin: Origin = "extracted") -> tuple[LedgerScore, ...]:
    with ledger.read() as db:
        return scores(db, today=TODAY, by=group, origin=origin, minimum=1).groups


def test_the_middle_of_the_certainty_word_is_scored(ledger: Ledger) -> None:
    enter(ledger, SURE)
    do(ledger, resolve, only(ledger), "yes", evidence=WEB)
    (one,) = counted(ledger)
    assert one.probability == pytest.approx(0.83)
    assert one.range == (0.66, 1.0)
    (together,) = by(ledger, None)
    accuracy = together.score.accuracy
    assert accuracy is not None
    assert accuracy.brier == pytest.approx(0.17**2)
    assert (together.name, together.score.resolved) == (None, 1)


def test_of_own_probabilities_the_last_one_for_the_resolved_wording_counts(ledger: Ledger) -> None:
    enter(ledger, SURE)
    id_ = only(ledger)
    do(ledger, give_probability, id_, 0.1)
    do(ledger, reword, id_, question="Anders?", earliest=None, latest=LAST, why="klarer")
    assert counted(ledger, "own")[0].probability is None
    do(ledger, give_probability, id_, 0.6)
    do(ledger, give_probability, id_, 0.7)
    do(ledger, resolve, id_, "no", evidence=WEB)
    (one,) = counted(ledger, "own")
    assert (one.probability, one.range, one.outcome) == (0.7, None, False)


def test_a_certainty_word_counts_for_another_wording_only_if_somebody_says_so(
    ledger: Ledger,
) -> None:
    enter(ledger, SURE)
    id_ = only(ledger)
    do(
        ledger, reword, id_, question="Anders?", earliest=None, latest=LAST, why="klarer",
        same_claim=True,
    )  # fmt: skip
    assert counted(ledger)[0].range == (0.66, 1.0)
    do(ledger, reword, id_, question="Ganz anders?", earliest=None, latest=LAST, why="klarer")
    assert counted(ledger)[0].probability is None


def test_disputed_and_revoked_count_as_unresolved_and_void_without_outcome(ledger: Ledger) -> None:
    enter(ledger, SURE)
    id_ = only(ledger)
    resolution = do(ledger, resolve, id_, "yes", evidence=WEB)
    do(ledger, dispute, id_, "Nein.")
    assert (counted(ledger)[0].resolved, counted(ledger)[0].outcome) == (False, None)
    do(ledger, revoke, resolution, "Irrtum")
    assert not counted(ledger)[0].resolved
    do(ledger, resolve, id_, "void", evidence=WEB)
    assert (counted(ledger)[0].resolved, counted(ledger)[0].outcome) == (True, None)


def test_what_the_analysis_no_longer_has_counts_only_if_resolved(ledger: Ledger) -> None:
    article = enter(ledger, Said(words=PORT, latest=LAST), SURE)
    with ledger.read() as db:
        bridge, port = (one.id for one in list_forecasts(db, today=TODAY))
    do(ledger, set_topic, port, "Hafen")
    do(ledger, resolve, bridge, "yes", evidence=WEB)
    do(ledger, sync_forecasts, article, analysis(), {})
    assert [one.forecast_id for one in counted(ledger)] == [bridge]


def test_holders_are_people_with_all_merged_into_them_or_authors(ledger: Ledger) -> None:
    made = analysis(
        Said(words=PORT, holder="p1", latest=LAST),
        Said(words=BRIDGE, holder="p2", latest=LAST, kind="warning"),
        Said(words="Der Umbau dauerte", latest=LAST),
    )
    other = analysis(Said(words=PORT, holder="p1", latest=LAST), text=f"2. {TEXT}")
    with ledger.change(who="anna") as change:
        maria = person(change, "Maria Muster")
        alias = person(change, "M. Muster", root=maria)
        for one, number in ((made, maria), (other, alias)):
            sync_forecasts(change, add(change, one), one, {"p1": number, "p2": None})
    found = by(ledger, "holder")
    assert [(one.name, one.person, one.score.forecasts) for one in found] == [
        ("Karl Beispiel", None, 1),
        ("Maria Muster", maria, 2),
        (None, None, 1),
    ]


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("outlet", {"Lundener Bote": 1, "Nordblatt": 1}),
        ("kind", {"prediction": 1, "warning": 1}),
        ("topic", {None: 2}),
    ],
)
def test_forecasts_are_counted_by_group(
    ledger: Ledger, group: By, names: dict[str | None, int]
) -> None:
    enter(ledger, SURE)
    enter(ledger, Said(words=PORT, kind="warning"), text=f"2. {TEXT}", outlet="Nordblatt")
    assert {one.name: one.score.forecasts for one in by(ledger, group)} == names
    with ledger.read() as db:
        chosen = scores(
            db, today=TODAY, by=None, chosen=ForecastFilter(outlet="Nordblatt"), minimum=1
        )
    assert chosen.together.score.forecasts == 1
    assert chosen.groups == (chosen.together,)
