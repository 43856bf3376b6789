"""`beleg forecasts`, `beleg resolve` and `beleg scores`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from icalendar import Calendar

pytestmark = pytest.mark.model

Run = Callable[..., Result]
EVIDENCE = ("--evidence", "https://bote.example/ergebnis")


def forecasts(run: Run, *options: str) -> list[dict[str, Any]]:
    result = run("forecasts", "--format", "json", "--limit", "1000", *options)
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_due_is_what_is_open_on_or_after_its_last_day(run: Run) -> None:
    dated = [one for one in forecasts(run) if one["latest"]]
    day = min(one["latest"] for one in dated)
    due = forecasts(run, "--due", "--today", day)
    assert [one["latest"] for one in due] == [
        one["latest"] for one in dated if one["latest"] <= day
    ]
    numbers = {one["id"] for one in due}
    assert numbers
    assert not numbers & {one["id"] for one in forecasts(run, "--open", "--today", day)}
    assert forecasts(run, "--due", "--today", "1990-01-01") == []


def test_a_forecast_is_resolved_and_the_resolution_taken_back(run: Run) -> None:
    number = str(forecasts(run)[0]["id"])
    assert run("resolve", number, "yes", *EVIDENCE, "--who", "bernd").stderr == (
        f"beleg: forecast {number}: yes\n"
    )
    (resolved,) = forecasts(run, "--resolved")
    assert (str(resolved["id"]), resolved["state"]) == (number, "yes")
    again = run("resolve", number, "no", *EVIDENCE)
    assert again.exit_code == 1
    revoked = run("resolve", number, "--revoke", "--why", "Es war die falsche Wahl.")
    assert revoked.stderr == f"beleg: forecast {number}: open\n"
    assert forecasts(run, "--resolved") == []
    assert run("resolve", number, "--revoke", "--why", "Noch einmal.").exit_code == 1
    history = run("history", "--format", "json", "--limit", "2").stdout
    assert "Es war die falsche Wahl." in history
    assert '"who":"bernd"' in history


@pytest.mark.parametrize(
    "arguments",
    [
        ["1"],
        ["1", "perhaps"],
        ["1", "yes", "--revoke", "--why", "x"],
        ["1", "--revoke"],
        ["eins", "yes"],
    ],
)
def test_misuse_exits_with_2(run: Run, arguments: list[str]) -> None:
    assert run("resolve", *arguments).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["77777", "yes", *EVIDENCE], "not in the ledger"),
        (["1", "yes"], "forecast 1"),
        (["1", "yes", "--evidence", "javascript:alert(1)"], "no web address"),
    ],
)
def test_what_the_rules_forbid_is_said(run: Run, arguments: list[str], told: str) -> None:
    result = run("resolve", *arguments)
    assert result.exit_code == 1
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_calendar_has_the_deadlines(run: Run) -> None:
    result = run("forecasts", "--format", "ics", "--today", "2025-03-14")
    events = Calendar.from_ical(result.stdout_bytes).walk("VEVENT")
    dated = [one for one in forecasts(run) if one["latest"] and one["latest"] >= "2025-02-11"]
    assert len(events) == len(dated) > 0
    assert run("forecasts", "--format", "ics", "--due").exit_code == 2


def test_scores_rest_on_what_is_resolved(run: Run) -> None:
    dated = next(one for one in forecasts(run) if one["latest"] and one["low"] is not None)
    assert run("resolve", str(dated["id"]), "yes", *EVIDENCE).exit_code == 0
    result = run("scores", "--today", "2100-01-01", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert (row["resolved"], row["scored"], row["base_rate"]) == ("1", "1", "1.0")
    middle = (dated["low"] + dated["high"]) / 2
    assert float(row["brier"]) == pytest.approx((1 - middle) ** 2)
    by_holder = run("scores", "--today", "2100-01-01", "--by", "holder", "--format", "json")
    holders = [json.loads(line) for line in by_holder.stdout.splitlines()]
    assert sum(one["forecasts"] for one in holders) == int(row["forecasts"])
    table = run("scores", "--today", "2100-01-01").stdout
    assert f"{(1 - middle) ** 2:.3f}".replace(".", ",") in table
