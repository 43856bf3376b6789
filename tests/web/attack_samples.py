"""A ledger whose every text is an attack on whoever looks at it, and all pages that show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import msgspec
from api_samples import analysis
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from beleg.ledger import checks, forecasts
from beleg.ledger.article_changes import add_article
from beleg.ledger.corrections import correct, effective
from beleg.ledger.person_changes import merge_people, set_person
from beleg.ledger.store import Ledger
from beleg.records import Analysis, Evidence
from beleg.text.article import Span

# Breaks out of text, attributes, titles and styles; would run, load or be a template if it could.
SCRIPT = (
    "\"'></title></style></textarea></bdi><script>window.hacked=1</script>"
    "<img src=//evil.example/x onerror=window.hacked=2><svg onload=window.hacked=3></svg>"
    "<a href=javascript:window.hacked=4>hier</a><iframe srcdoc='<b>a</b>'></iframe>{{7*7}}"
)
# What of it may stand in no page as it is.
RAW = (
    "<script>window",
    "<img src=//evil",
    "<svg onload",
    "<a href=javascript",
    "<iframe",
    "</bdi><s",
)
ADDRESSES = (
    f"javascript:window.hacked=5//{SCRIPT}",
    "data:text/html,<script>window.hacked=6</script>",
    "jav\tascript:window.hacked=7",
    "//evil.example/x",
)
EVIDENCE = f"https://beleg.example/{SCRIPT}".replace(" ", "+")
# Chosen in the reading view, where the panel shows the record with its form.
_PANELS = (
    "layer=document&key=document", "layer=people&key=p1", "layer=quotes&key=q1", "layer=times&key=t1",
    "layer=forecasts&key=f1", "layer=argument&key=n1", "new=people&start=0&end=5",
)  # fmt: skip


def attacking(address: str, name: str = f"Ilse {SCRIPT}") -> Analysis:
    """An article with an attack wherever an analysis has text of its own."""
    made = analysis(name, title=SCRIPT)
    document = msgspec.structs.replace(
        made.document, author=SCRIPT, outlet=SCRIPT, url=address, title=SCRIPT
    )
    (person,), (time,) = made.people, made.times
    reason = Evidence(
        span=Span(0, 20), because=SCRIPT, earliest=date(2024, 3, 5), latest=date(2024, 3, 5)
    )
    return msgspec.structs.replace(
        made,
        model=SCRIPT,
        document=document,
        dating=msgspec.structs.replace(made.dating, evidence=(reason,)),
        people=(msgspec.structs.replace(person, roles=(SCRIPT,)),),
        times=(msgspec.structs.replace(time, rule=SCRIPT),),
    )


def fill(ledger: Ledger) -> None:
    """Puts such articles into the ledger, and the like where people write."""
    for number, address in enumerate(ADDRESSES):
        made = attacking(address, f"Ilse{number} {SCRIPT}")
        with ledger.change(who=SCRIPT[:100]) as change:
            add_article(change, made, source=SCRIPT)
    with ledger.change(who=SCRIPT[:100], why=SCRIPT) as change:
        set_person(change, 1, name=SCRIPT, note=SCRIPT)
        merge_people(change, 2, 3)
        forecasts.set_topic(change, 1, SCRIPT)
        forecasts.reword(
            change, 1, question=SCRIPT, condition=SCRIPT, why=SCRIPT,
            earliest=date(2024, 3, 5), latest=date(2024, 6, 30),
        )  # fmt: skip
        forecasts.resolve(change, 1, "yes", evidence=EVIDENCE, note=SCRIPT)
        checks.set_verdict(change, 1, SCRIPT, rating=2, evidence=EVIDENCE, note=SCRIPT)
        checks.drop(change, 2, SCRIPT)
        found = effective(change.db, 1).analysis.people[0]
        before = msgspec.to_builtins(found)
        after = before | {"name": f"X {SCRIPT}"}
        correct(change, 1, layer="people", action="correct", before=before, after=after, rev=None)


def addresses(app: FastAPI) -> Iterator[str]:
    """Every address that can be read, the numbers in it being 1; new pages come by themselves."""
    from beleg.report.csv import TABLES
    from beleg.web.api.exports import KINDS
    from beleg.web.reading.exports import EXPORTS

    for context in iter_route_contexts(app.routes):
        path = str(context.path)
        if "GET" not in (context.methods or ()) or path.startswith("/static/"):
            continue
        if "{job_id}" in path:
            continue
        for one, names in (("{export}", EXPORTS), ("{format}", KINDS)):
            if one in path:
                yield from (_first(path.replace(one, name)) for name in names)
                break
        else:
            yield _first(path)
    yield from (f"/articles/1?{panel}" for panel in _PANELS)
    yield from (f"/api/v1/articles/1/export/csv?table={table}" for table in TABLES)
    yield from ("/search?q=umbau", "/timeline?since=2024-01-01", "/checks?state=dropped")
    yield from ("/checks?state=checked", "/forecasts?which=resolved", "/people/4", "/checks/2")
    yield from (f"/articles/{n}" for n in range(2, len(ADDRESSES) + 1))


def _first(path: str) -> str:
    return re.sub(r"\{[a-z_]+\}", "1", path)
