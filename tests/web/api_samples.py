"""Articles made by hand with something in every layer, and how tests of the interface call it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import httpx
import msgspec
from web_samples import TestClient

from beleg.ledger.article_changes import add_article
from beleg.ledger.store import Ledger
from beleg.records import (
    Analysis,
    Argument,
    ArgumentEdge,
    ArgumentNode,
    Certainty,
    Check,
    Dating,
    Document,
    Event,
    Forecast,
    Person,
    Quotation,
    Speaker,
    Status,
    TimeExpression,
    Window,
    Wording,
)
from beleg.text.article import Article, Span
from beleg.version import __version__

MODEL = "by hand@1"
MAYOR = "Ilse Brandt"
TEXT = (
    "Der Deich in Norderhaven ist seit Montag fertig. „Der Deich hält“, sagte {name}. "
    "Die Schleuse wird wahrscheinlich bis Juni fertig. Der Umbau kostete 4 Millionen Euro. "
    "Angeblich war es ein unglaublicher Aufwand."
)
OURS = {"X-Beleg": "test"}


def analysis(
    name: str = MAYOR,
    *,
    text: str | None = None,
    title: str | None = "Deich fertig",
    published: date | None = date(2024, 3, 5),
) -> Analysis:
    """An article in which `name` is quoted; with other `text`, only that and nothing found."""
    whole = text if text is not None else TEXT.format(name=name)
    return Analysis(
        schema=1,
        beleg="0",
        model=MODEL,
        document=Document(
            id=Article(text=whole).id,
            text=whole,
            title=title,
            author="Karl Beispiel",
            outlet="Norder Bote",
            url="https://bote.example/deich",
            published=published,
            language="de",
        ),
        dating=Dating(
            earliest=published, latest=published, basis="given", evidence=(), conflicts=()
        ),
        **(_layers(whole, name) if text is None else _nothing()),
    )


def _layers(text: str, name: str) -> dict[str, Any]:
    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    gate = at("Die Schleuse wird wahrscheinlich bis Juni fertig.")
    cost = at("Der Umbau kostete 4 Millionen Euro.")
    return {
        "people": (Person(id="p1", name=name, kind="person", roles=(), mentions=(at(name),)),),
        "quotes": (
            Quotation(
                id="q1",
                type="direct",
                medium="speech",
                spans=(at("Der Deich hält"),),
                cue=(at("sagte"),),
                frame=(),
                addressee=(),
                speaker=Speaker(person="p1", spans=(at(name),), unresolved=None),
                parent=None,
                chain=("p1",),
                sourcing="named_person",
            ),
        ),
        "times": (
            TimeExpression(
                id="t1",
                span=at("seit Montag"),
                type="DATE",
                value="2024-03-04",
                mod=None,
                earliest=date(2024, 3, 4),
                latest=date(2024, 3, 4),
                anchor="publication",
                rule="by.hand",
            ),
        ),
        "status": (Status(span=at("Angeblich"), label="alleged", about=None, quote=None),),
        "events": (
            Event(
                id="e1",
                span=at("Der Deich in Norderhaven ist seit Montag fertig"),
                time="t1",
                earliest=date(2024, 3, 4),
                latest=date(2024, 3, 4),
                after=(),
                people=("p1",),
                quote=None,
            ),
        ),
        "forecasts": (
            Forecast(
                id="f1",
                span=gate,
                kind="prediction",
                holder="author",
                quote=None,
                window=Window(earliest=date(2024, 3, 5), latest=date(2024, 6, 30)),
                time=None,
                condition=None,
                certainty=Certainty(span=at("wahrscheinlich"), low=0.66, high=1.0, scale="ipcc-de"),
            ),
        ),
        "argument": Argument(
            nodes=(
                ArgumentNode(id="n1", span=gate, role="conclusion", quote=None),
                ArgumentNode(id="n2", span=cost, role="premise", quote=None),
            ),
            edges=(ArgumentEdge(from_="n2", to="n1", kind="supports", cue=None),),
        ),
        "wording": (Wording(span=at("unglaublicher"), kind="loaded", quote=None),),
        "checklist": (Check(span=cost, why=("exact figure",), weight=0.5, records=()),),
    }


def _nothing() -> dict[str, Any]:
    layers = ("people", "quotes", "times", "status", "events", "forecasts", "wording", "checklist")
    return dict.fromkeys(layers, ()) | {"argument": Argument(nodes=(), edges=())}


def stock(ledger: Ledger) -> None:
    """Puts two articles into the ledger, with somebody in each who may be the same."""
    for name, source in ((MAYOR, "a.txt"), ("I. Brandt", "b.txt")):
        with ledger.change(who="anna") as change:
            add_article(change, analysis(name), source=source)


def analysed(
    readers: Iterable[Callable[[], Article]], *, mode: str
) -> Iterator[Analysis | Exception]:
    """In the place of the analysis: finds nothing."""
    for read in readers:
        try:
            article = read()
            found = analysis(text=article.text, title=article.title, published=article.published)
            yield msgspec.structs.replace(found, beleg=__version__)
        except Exception as error:
            yield error


class Caller:
    """A program that calls the interface: the path after /api/v1, a body as JSON."""

    def __init__(self, browser: TestClient) -> None:
        self.browser = browser

    def get(self, path: str, **asked: Any) -> Any:
        """The JSON of an answer that has to be one."""
        return self.ask("GET", path, params=asked).json()

    def send(self, method: str, path: str, **body: Any) -> Any:
        """The JSON of the answer to a change that has to be taken."""
        return self.ask(method, path, json=body).json()

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """An answer that has to be none of an error."""
        answer = self.call(method, path, **more)
        assert answer.status_code < 300, answer.text
        return answer

    def call(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Any answer."""
        more.setdefault("headers", {} if method == "GET" else OURS)
        answer: httpx.Response = self.browser.request(method, f"/api/v1{path}", **more)
        return answer

    def problem(self, status: int, method: str, path: str, **more: Any) -> dict[str, Any]:
        """The problem of an answer that has to be of that status."""
        answer = self.call(method, path, **more)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        problem: dict[str, Any] = answer.json()
        assert problem["status"] == status
        assert problem["title"]
        return problem
