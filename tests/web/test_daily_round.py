"""The whole daily round in a real browser: add, read, correct, find, resolve, verify, export.

By mouse, by keyboard alone, and by finger on a telephone; every page that is passed is looked over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import pytest
from api_samples import MODEL
from board_samples import COST, PORT, port
from reading_samples import EXAMPLE
from web_samples import Clock

from beleg.ledger import adding
from beleg.ledger.corrections import corrections_of, effective
from beleg.ledger.forecasts import forecast
from beleg.ledger.store import Ledger
from beleg.records import Analysis
from beleg.text.article import Article
from beleg.version import __version__
from browsing import PHONE, Faults, Opener

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESK = {"width": 1280, "height": 900}
QUESTION = "Der Hafen wird bis Juni wahrscheinlich wieder frei."
EVIDENCE = "https://hafen.example/wieder-frei"
VERDICT = "Die Abrechnung nennt 40 Millionen."
_TABS = 300  # more than any page of the round has stops

# What cannot be seen from outside: opens everything that folds, and tells what to close again.
_UNFOLD = """() => {
  const folded = [...document.querySelectorAll("details:not([open])")];
  for (const one of folded) { one.open = true; one.dataset.unfolded = ""; }
}"""
_FOLD = """() => {
  for (const one of document.querySelectorAll("details[data-unfolded]")) {
    one.open = false;
    delete one.dataset.unfolded;
  }
}"""


class Mouse:
    """Does everything by clicks; words are typed."""

    options: ClassVar[dict[str, Any]] = {"viewport": DESK}

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, what: str) -> None:
        """A link, a button, a summary, a box."""
        self._hit(self.page.locator(what).first)

    def write(self, where: str, words: str) -> None:
        """Puts words into a field, as pasting does."""
        self.press(where)
        self.page.keyboard.insert_text(words)

    def choose(self, where: str, value: str) -> None:
        """One of the options of a list."""
        self.page.locator(where).first.select_option(value)

    def record(self, key: str) -> None:
        """Chooses a record by its words in the text."""
        self.press(f"#w-{key}")

    def act(self, letter: str) -> None:
        """Confirms, corrects, undoes: c, e, u."""
        self.press(f"#panel [data-key='{letter}']")

    def _hit(self, element: Any) -> None:
        element.click()


class Finger(Mouse):
    """Does everything by taps on a telephone."""

    options: ClassVar[dict[str, Any]] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}

    def _hit(self, element: Any) -> None:
        element.tap()


class Keys(Mouse):
    """Does everything by keys: Tab, Enter, Space, the arrows and the reading view's letters."""

    def press(self, what: str) -> None:
        self._reach(what)
        box = self.page.evaluate("['radio', 'checkbox'].includes(document.activeElement.type)")
        self.page.keyboard.press("Space" if box else "Enter")

    def write(self, where: str, words: str) -> None:
        self._reach(where)
        self.page.keyboard.insert_text(words)

    def choose(self, where: str, value: str) -> None:
        self._reach(where)
        self.page.keyboard.press("Home")
        for _ in range(20):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{where} has no {value} that keys lead to")

    def record(self, key: str) -> None:
        for _ in range(_TABS):
            before = self.page.locator("#panel").get_attribute("data-key")
            if before == key:
                return
            self.page.keyboard.press("j")
            self.page.wait_for_function(
                "(before) => (document.getElementById('panel').dataset.key ?? null) !== before",
                arg=before,
            )
        raise AssertionError(f"j does not lead to {key}")

    def act(self, letter: str) -> None:
        self.page.keyboard.press(letter)

    def _reach(self, what: str) -> None:
        """Tabs on until the focus is there, which has to be visible."""
        wanted = self.page.locator(what).first
        wanted.wait_for()
        handle = wanted.element_handle()
        for _ in range(_TABS):
            if handle.evaluate("(one) => one === document.activeElement"):
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"Tab does not lead to {what}")
        assert handle.evaluate("(one) => one.matches(':focus-visible')"), what


class Round:
    """One visitor's day; what is wrong with a page on the way is kept for the end."""

    def __init__(self, way: Mouse, faults_of: Callable[[Any], list[Any]]) -> None:
        self.way = way
        self.page = way.page
        self.wrong: list[Any] = []
        self._faults_of = faults_of
        self.page.on("response", self._answered)

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self.wrong.append((response.url, response.status))

    def look(self, step: str) -> None:
        """Looks the page over, as it is and with all that folds opened."""
        self._measure(step)
        self.page.evaluate(_UNFOLD)
        self._measure(f"{step}, unfolded")
        self.wrong += [(step, fault) for fault in self._faults_of(self.page)]
        self.page.evaluate(_FOLD)

    def _measure(self, step: str) -> None:
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > self.page.viewport_size["width"]:
            self.wrong.append((step, "as wide as", width))

    def go(self, area: str) -> None:
        self.follow(f".top a[href='{area}']")

    def follow(self, what: str) -> None:
        """Presses what leads to another page, and waits for that."""
        # By keys the way there is long, and it counts.
        with self.page.expect_navigation(timeout=120_000):
            self.way.press(what)

    def seen(self, what: str) -> str:
        """The words of an element once it is there."""
        found = self.page.locator(what).first
        found.wait_for()
        return str(found.inner_text())

    def fetched(self, what: str) -> Any:
        """The JSON that a link downloads."""
        with self.page.expect_download() as begun:
            self.way.press(what)
        return json.loads(Path(begun.value.path()).read_text(encoding="utf-8"))


@pytest.fixture
def known_texts(no_model: None, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """Two texts are analysed without the network; it is days after all they foretell."""
    clock.move(timedelta(days=400))
    known = {one.document.text: one for one in (EXAMPLE, port())}

    def analysed(
        readers: Iterable[Callable[[], Article]], *, mode: str
    ) -> Iterator[Analysis | Exception]:
        for read in readers:
            found = known[read().text]
            yield msgspec.structs.replace(found, beleg=__version__, model=MODEL)

    monkeypatch.setattr(adding, "analyse_each", analysed)


def add_both(day: Round, folder: Path) -> None:
    """One article by pasting, one by a file; each job leads to its article."""
    day.look("empty inbox")
    day.follow(".ways a[href='/add']")
    day.look("adding")
    day.way.write("textarea[name=text]", EXAMPLE.document.text)
    day.follow("form[action='/add/text'] > button[type=submit]")
    day.seen("#job a[href='/articles/1']")
    day.look("job")
    day.follow(".ways a[href='/add']")
    file = folder / "hafen.txt"
    file.write_text(PORT, encoding="utf-8")
    with day.page.expect_file_chooser() as chooser:
        day.way.press("input[type=file]")
    chooser.value.set_files(file)
    day.follow("form[action='/add/files'] > button[type=submit]")
    assert "hafen.txt" in day.seen("#job a[href='/articles/2']")
    day.follow(".ways a[href='/']")
    assert "Kran im Hafen" in day.seen(".inbox a[href='/articles/2']")
    day.look("inbox")


def correct_it(day: Round) -> None:
    """Confirms a quotation; changes another, takes that back, changes it again."""
    day.follow(".inbox a[href='/articles/1']")
    day.look("article")
    day.way.record("q3")
    day.seen("#panel[data-key=q3]")
    day.look("article with a record")
    day.way.act("c")
    day.seen("#panel[data-key=q3] > .standing.confirmed")
    day.way.record("q4")
    for again in (False, True):
        day.seen("#panel[data-key=q4] > .standing.untouched")
        day.way.act("e")
        day.way.choose("#panel .edit [name='f.medium']", "writing")
        day.way.press("#panel .edit button[type=submit]")
        day.seen("#panel[data-key=q4] > .standing.corrected")
        if not again:
            day.way.act("u")
    day.look("article with corrections")


def find_and_open_the_person(day: Round) -> None:
    day.go("/search")
    day.look("search")
    day.way.write("input[name=q]", "Schwimmwesten")
    day.follow("form.filter button[type=submit]")
    assert "Grauwick" in day.seen(".entries .name a[href='/articles/1']")
    day.look("found articles")
    day.follow(".tabs a[href*='within=quotations']")
    day.look("found quotations")
    day.follow(".entries a[href^='/people/']")
    assert day.seen("h1") == "Wiebke Anders"
    assert "Es gab einen Ruck" in day.seen(".entries")
    day.look("person")


def resolve_it(day: Round) -> None:
    """Says that what was foretold came true, and sees the score that follows."""
    day.go("/forecasts")
    day.look("forecasts that are due")
    day.follow(f".entries .name a:has-text('{QUESTION}')")
    assert day.seen("h1") == QUESTION
    day.look("forecast")
    day.way.press("form[action$='/resolve'] input[value=yes]")
    day.way.write("form[action$='/resolve'] [name=evidence]", EVIDENCE)
    day.follow("form[action$='/resolve'] button")
    assert EVIDENCE in day.seen("section[aria-labelledby=resolutions] .entry")
    day.look("resolved forecast")
    day.go("/forecasts")
    day.follow(".ways a[href='/forecasts/scores']")
    # Said as 66 to 100 %, which came true: (1 - 0.83)², between 0² and (1 - 0.66)².
    assert "0,029 zwischen 0,000 und 0,116" in day.seen(".explained")
    assert day.page.locator(".plot svg").is_visible()
    day.look("scores and calibration")


def verify_it(day: Round) -> None:
    """A verdict on the checklist, which then stands in the ClaimReviews."""
    day.go("/checks")
    day.look("checklist")
    day.follow(".entries .words a")
    assert day.seen("h1") == COST
    day.look("check")
    day.way.write("[name=verdict]", VERDICT)
    day.way.choose("[name=rating]", "5")
    day.way.write("[name=evidence]", EVIDENCE)
    day.follow("form[action$='/verdict'] button")
    assert VERDICT in day.seen("section[aria-labelledby=verdict]")
    day.look("check with a verdict")
    reviews = json.dumps(day.fetched("a[href^='/checks/claimreview.json']"), ensure_ascii=False)
    assert (VERDICT in reviews, EVIDENCE in reviews, COST in reviews) == (True, True, True)


def export_it(day: Round) -> None:
    day.go("/")
    day.follow(".inbox a[href='/articles/1']")
    day.way.press("details.menu > summary")
    exported = Analysis.from_json(
        json.dumps(day.fetched("details.menu a[href$='/export/json']")).encode()
    )
    media = {quote.id: quote.medium for quote in exported.quotes}
    assert (media["q3"], media["q4"]) == ("speech", "writing")


@pytest.mark.usefixtures("known_texts")
@pytest.mark.parametrize("by", [Mouse, Keys, Finger])
def test_the_daily_round(
    show: Opener,
    serious_faults: Faults,
    ledger: Ledger,
    tmp_path: Path,
    by: type[Mouse],
) -> None:
    day = Round(by(show("/", **by.options)), serious_faults)
    add_both(day, tmp_path)
    correct_it(day)
    find_and_open_the_person(day)
    resolve_it(day)
    verify_it(day)
    export_it(day)
    assert day.wrong == []
    with ledger.read() as db:
        assert [one.action for one in corrections_of(db, 1)] == ["confirm", "correct"]
        assert effective(db, 1).analysis.document.text == EXAMPLE.document.text
        kept = [forecast(db, id_).entry for id_ in range(1, 9)]
        assert [one.state for one in kept if one.question == QUESTION] == ["yes"]
