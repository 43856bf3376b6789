"""Articles for the tests of the reading view: our own example, and texts made for one purpose."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from web_samples import TestClient, mark_of

from beleg.ledger.article_changes import add_article
from beleg.ledger.store import Ledger
from beleg.records import Analysis, Person, Quotation, Speaker, TimeExpression
from beleg.text.article import Article, Span

_FOUND = Analysis.from_json((Path(__file__).parent / "news-report.json").read_bytes())
_BYLINE = _FOUND.document.text.index("Lene Marquart")
# What Beleg found in examples/news-report.txt; its author is given the mention in the byline.
EXAMPLE = msgspec.structs.replace(
    _FOUND,
    people=tuple(
        person
        if person.mentions
        else msgspec.structs.replace(person, mentions=(Span(_BYLINE, _BYLINE + 13),))
        for person in _FOUND.people
    ),
)
HOSTILE = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>"
EMOJI_TEXT = (
    "Die Fähre 🚢 fährt. „Wir kommen 👩‍👩‍👧 bald am Montag“, sagte Ina Weber 🙂. Dann Ruhe."
)


def analysis_of(text: str, *, said: str, by: str, when: str, **document: Any) -> Analysis:
    """An analysis of `text`, in which `by` says `said`, and a day is named by `when`."""

    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    fields = {
        "id": Article(text=text).id, "text": text, "title": None, "author": None, "outlet": None,
        "url": None, "published": date(2024, 3, 7), "language": "de",
    }  # fmt: skip
    return msgspec.structs.replace(
        EXAMPLE,
        document=msgspec.convert(fields | document, type(EXAMPLE.document)),
        dating=msgspec.structs.replace(EXAMPLE.dating, evidence=(), conflicts=()),
        people=(Person(id="p1", name=by, kind="person", roles=(), mentions=(at(by),)),),
        quotes=(
            Quotation(
                id="q1", type="direct", medium="speech", spans=(at(said),), cue=(), frame=(),
                addressee=(), speaker=Speaker(person="p1", spans=(at(by),), unresolved=None),
                parent=None, chain=("p1",), sourcing="named_person",
            ),
        ),
        times=(
            TimeExpression(
                id="t1", span=at(when), type="DATE", value="2024-03-11", mod=None,
                earliest=date(2024, 3, 11), latest=date(2024, 3, 11), anchor="publication",
                rule="de.time.weekday",
            ),
        ),
        status=(), events=(), forecasts=(), wording=(), checklist=(),
        argument=msgspec.structs.replace(EXAMPLE.argument, nodes=(), edges=()),
    )  # fmt: skip


def emoji() -> Analysis:
    """Signs of one and of several code points, and of two UTF-16 units, before every record."""
    return analysis_of(
        EMOJI_TEXT, said="„Wir kommen 👩‍👩‍👧 bald am Montag“", by="Ina Weber", when="am Montag"
    )


def hostile() -> Analysis:
    """Script wherever an article has text."""
    text = f"{HOSTILE} „Nein {HOSTILE}“, sagte Ina {HOSTILE} am Montag."
    return analysis_of(
        text,
        said=f"„Nein {HOSTILE}“",
        by=f"Ina {HOSTILE}",
        when="am Montag",
        title=HOSTILE,
        author=HOSTILE,
        outlet=HOSTILE,
        url=f"javascript:window.hacked=3//{HOSTILE}",
    )


def put_in(ledger: Ledger, analysis: Analysis = EXAMPLE) -> int:
    """Puts an analysis into the ledger; its article's number."""
    with ledger.change(who="anna") as change:
        return add_article(change, analysis, source="wattlicht.example/7").id


def send(client: TestClient, path: str, page: str, **fields: Any) -> Any:
    """Sends a form of that page, with its mark, the `rev` and the last step it saw."""
    hidden = {
        name: found[1]
        for name in ("rev", "seen")
        if (found := re.search(rf'name="{name}" value="(\d+)"', page))
    }
    return client.post(path, data={"csrf": mark_of(page), **hidden, **fields})
