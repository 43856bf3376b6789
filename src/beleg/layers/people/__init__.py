"""Finds who is named or described in an article, and whom each speaker's words mean.

One walk from the first word to the last: names, descriptions and pronouns are matched to whoever
was named before, by name, noun, gender, number and distance. What stays open says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from beleg.drafts import FoundQuotation
from beleg.encoder.names import Name
from beleg.layers.people.cast import Figure
from beleg.layers.people.page import Page
from beleg.layers.people.pointing import Referent, Wanted
from beleg.layers.people.speakers import Speakers
from beleg.layers.people.walk import Walk
from beleg.records import Person, PersonKind, Speaker
from beleg.rules.people_rules import PeopleRules
from beleg.text.article import Article, Span
from beleg.text.segments import Sentence

_GAP = 3  # words between two parts of one phrase


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """Everybody who can speak, and whom the words of the speakers mean.

    people: ids p1, p2 … in the order of their first mention, those not mentioned last.
    speakers: one per quotation, None where it has no words for one.
    others: for each further span asked about the id of the one meant, None if that is open.
    author, outlet: ids of the article's own author and outlet, where they are known.
    """

    people: tuple[Person, ...]
    speakers: tuple[Speaker | None, ...]
    others: tuple[str | None, ...]
    author: str | None
    outlet: str | None

    def at(self, span: Span) -> str | None:
        """The id of the one mentioned last among the mentions that overlap the span."""
        best: tuple[Span, str] | None = None
        for person in self.people:
            for mention in person.mentions:
                if mention.overlaps(span) and (best is None or mention > best[0]):
                    best = mention, person.id
        return best[1] if best is not None else None


def find_people(
    article: Article,
    sentences: Sequence[Sentence],
    names: Sequence[Name],
    quotes: Sequence[FoundQuotation],
    *,
    rules: PeopleRules,
    others: Sequence[Span] = (),
    venues: Collection[int] = (),
) -> FoundPeople:
    """The people of an article and the speakers of its quotations; linear in its length.

    sentences, names, quotes: of the same text. others: further words whose referent is wanted
    (sources, addressees, media), resolved as if they were speakers; venues: positions of those of
    them where something was said, which count only if it is known what they are.
    """
    page = Page(article, sentences, names, quotes, rules)
    walk = Walk(page)
    speakers = Speakers(walk, quotes)
    author = _own(walk, article.author, "person")
    outlet = _own(walk, article.outlet, "outlet")
    wanted = sorted(
        _wanted(page, quotes, others, venues), key=lambda item: (item.stop, -item.first)
    )
    resolved = _resolved(walk, speakers, wanted)
    referents = [resolved.get(number) for number in range(len(quotes) + len(others))]
    return _found(walk, referents, quotes, (author, outlet))


def _own(walk: Walk, name: str | None, kind: PersonKind) -> Figure | None:
    """The article's author or outlet; mentioned in the text it is the same figure."""
    words = tuple((name or "").split())
    if not words:
        return None
    figure = walk.cast.named(words, " ".join(words), kind, len(walk.page), "")
    figure.wanted = True
    return figure


def _wanted(
    page: Page,
    quotes: Sequence[FoundQuotation],
    others: Sequence[Span],
    venues: Collection[int],
) -> Iterator[Wanted]:
    for number, quote in enumerate(quotes):
        if quote.speaker:
            first, stop = _together(page, quote.speaker)
            if first < stop:
                yield Wanted(number, quote.speaker, first, stop, quote)
    for place, span in enumerate(others):
        first, stop = page.range(span)
        if first < stop:
            number = len(quotes) + place
            yield Wanted(number, (span,), first, stop, None, venue=place in venues)


def _together(page: Page, spans: Sequence[Span]) -> tuple[int, int]:
    """The most words of a speaker that stand together: far apart they are not one phrase."""
    groups: list[tuple[int, int]] = []
    for span in spans:
        first, stop = page.range(span)
        if groups and first - groups[-1][1] <= _GAP:
            groups[-1] = (groups[-1][0], stop)
        else:
            groups.append((first, stop))
    return max(groups, key=lambda group: group[1] - group[0])


def _resolved(walk: Walk, speakers: Speakers, wanted: Sequence[Wanted]) -> dict[int, Referent]:
    """Walks to the end of each wanted stretch of words and resolves it there."""
    page = walk.page
    found: dict[int, Referent] = {}
    waiting: dict[str, list[Wanted]] = {"sentence": [], "article": []}

    def go_on(at: int, stop: int) -> int:
        while at < stop:
            before, at = at, walk.step(at)
            if waiting["sentence"] and at >= page.stop_of(before):
                settle("sentence")
        return at

    def settle(until: str) -> None:
        for item in waiting[until]:
            found[item.number] = speakers.resolve(item)
        waiting[until].clear()

    at = 0
    for item in wanted:
        at = go_on(at, item.stop)
        until = speakers.waits(item)
        if until is None:
            found[item.number] = speakers.resolve(item)
        else:
            waiting[until].append(item)
    go_on(at, len(page))
    settle("sentence")
    settle("article")
    return found


def _found(
    walk: Walk,
    referents: Sequence[Referent | None],
    quotes: Sequence[FoundQuotation],
    own: tuple[Figure | None, Figure | None],
) -> FoundPeople:
    far = Span(len(walk.page.article.text), len(walk.page.article.text))
    figures = [figure for figure in walk.cast.figures if figure.wanted]
    figures.sort(key=lambda figure: min(figure.mentions, default=far))
    ids = {id(figure): f"p{rank}" for rank, figure in enumerate(figures, start=1)}
    speakers = tuple(
        None
        if referent is None
        else Speaker(
            person=ids[id(referent.figure)], spans=quote.speaker, unresolved=referent.unresolved
        )
        for quote, referent in zip(quotes, referents, strict=False)
    )
    others = tuple(
        None if referent is None or referent.unresolved else ids.get(id(referent.figure))
        for referent in referents[len(quotes) :]
    )
    author, outlet = (None if figure is None else ids[id(figure)] for figure in own)
    people = tuple(_person(figure, ids[id(figure)]) for figure in figures)
    return FoundPeople(people, speakers, others, author, outlet)


def _person(figure: Figure, name: str) -> Person:
    return Person(
        id=name,
        name=figure.name,
        kind=figure.kind,
        roles=tuple(figure.roles),
        mentions=tuple(sorted(figure.mentions)),
    )
