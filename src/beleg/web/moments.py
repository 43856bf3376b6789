"""Moments in the words of a page."""

from __future__ import annotations

from datetime import date, datetime

from beleg.report.days import day
from beleg.report.words import Words


def moment(when: datetime, words: Words) -> str:
    """Day and clock where the server stands: "3. März 2024, 14.05 Uhr". words: the reports'."""
    local = when.astimezone()
    clock = words.say("day.clock", hour=local.hour, minute=f"{local.minute:02}")
    return words.say(
        "day.at", date=day(date(local.year, local.month, local.day), words), clock=clock
    )
