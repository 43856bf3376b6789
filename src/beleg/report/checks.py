"""The checklist as the HTML report shows it: what to check first, why, and on whose word it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from beleg.records import Analysis, Check
from beleg.report.holders import Holders
from beleg.report.reasons import Reason
from beleg.report.safe import beginning, one_line, shorten
from beleg.report.voices import Look
from beleg.report.words import Words

_LONGEST = 220
_RECORDS = 3  # of those a check rests on
_VOICES = 3  # of a chain; the quotation's card gives all


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A record a check rests on: the chain of voices of a quotation, or what a time means."""

    key: str
    look: Look | None
    names: tuple[str, ...]
    remark: str


@dataclass(frozen=True, kw_only=True)
class CheckView:
    """Something to check; why: the reasons, in words."""

    key: str
    words: str
    why: tuple[str, ...]
    grounds: tuple[Ground, ...]


def check_views(
    analysis: Analysis, words: Words, holders: Holders, times: Mapping[str, tuple[str, Reason]]
) -> tuple[CheckView, ...]:
    """The checks, the weightiest first. times: by id, with their keys on the page."""
    text = analysis.document.text
    numbered = sorted(enumerate(analysis.checklist, start=1), key=lambda item: -item[1].weight)
    return tuple(
        CheckView(
            key=f"k{number}",
            words=beginning(text, check.span, _LONGEST),
            why=tuple(_why(why, words) for why in dict.fromkeys(check.why)),
            grounds=_grounds(check, holders, times),
        )
        for number, check in numbered
    )


def _ending(names: tuple[str, ...]) -> tuple[str, ...]:
    """The last few of a chain, which are those to ask."""
    return names if len(names) <= _VOICES else ("…", *names[-_VOICES + 1 :])


def _why(why: str, words: Words) -> str:
    """The reason in the page's language; one that Beleg does not know is shown as it is."""
    key = f"why.{why}"
    return words.say(key) if words.has(key) else shorten(one_line(why), _LONGEST)


def _grounds(
    check: Check, holders: Holders, times: Mapping[str, tuple[str, Reason]]
) -> tuple[Ground, ...]:
    """The first few quotations and times among the check's records."""
    grounds: dict[str, Ground] = {}
    for record in check.records:
        if len(grounds) == _RECORDS:
            break
        statement = holders.statement(record)
        if statement is not None:
            grounds[record] = Ground(
                key=statement.key,
                look=statement.look,
                names=_ending(statement.chain_names),
                remark=statement.sourcing_name,
            )
        elif record in times:
            key, reason = times[record]
            remark = reason.date or reason.reason
            grounds[record] = Ground(key=key, look=None, names=(reason.words,), remark=remark)
    return tuple(grounds.values())
