"""The only place that knows the order of the layers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from threading import Lock
from typing import Any, NamedTuple, TypeVar

import msgspec
import numpy as np

from beleg.drafts import FoundQuotation
from beleg.encoder.model import Encoder, Input, Reading, load_encoder
from beleg.encoder.names import find_names
from beleg.errors import ModelError
from beleg.intake import article_from_text
from beleg.layers.argument import carrying, find_argument, sentence_logits
from beleg.layers.chains import find_vias, link_quotations
from beleg.layers.checklist import find_checklist
from beleg.layers.dating import find_dating
from beleg.layers.dating.refine import refine_dating
from beleg.layers.forecasts import find_forecasts
from beleg.layers.head import find_head
from beleg.layers.language import check_language
from beleg.layers.people import find_people
from beleg.layers.people.known_names import checked_names
from beleg.layers.quotes import find_quotations
from beleg.layers.quotes.by_rules import find_nested, find_quotations_by_rules, holding
from beleg.layers.quotes.containers import find_containers, marks_inside, quotation_of
from beleg.layers.quotes.hearsay import find_hearsay, without_speaker
from beleg.layers.quotes.hints import word_states
from beleg.layers.status import find_status
from beleg.layers.timeline import find_events
from beleg.layers.times import find_times
from beleg.layers.times.window import find_times_in_window
from beleg.layers.wording import find_wording
from beleg.modes import Mode
from beleg.records import (
    Analysis,
    Dating,
    Document,
    Event,
    Forecast,
    Person,
    Quotation,
    TimeExpression,
)
from beleg.rules.chain_rules import load_chain_rules
from beleg.rules.checklist_rules import load_checklist_rules
from beleg.rules.connective_rules import load_connective_rules
from beleg.rules.dating_rules import load_dating_rules
from beleg.rules.forecast_rules import load_forecast_rules
from beleg.rules.head_rules import load_head_rules
from beleg.rules.hearsay_rules import load_hearsay_rules
from beleg.rules.language_rules import load_language_table
from beleg.rules.people_rules import load_people_rules
from beleg.rules.quote_rules import load_quote_rules
from beleg.rules.segmentation import segmentation_table
from beleg.rules.status_rules import load_status_rules
from beleg.rules.time_rules import load_time_rules
from beleg.rules.timeline_rules import load_timeline_rules
from beleg.rules.wording_rules import load_wording_rules
from beleg.text.article import Article, Span
from beleg.text.marks import Marked, find_marked
from beleg.text.segments import Sentence, segment
from beleg.version import __version__

T = TypeVar("T")
_ROUNDS = 4  # of narrowing window and times by each other; most texts settle in two
_AHEAD = 4  # articles for each processor that are begun before the first of them is asked for
_LONG = 500_000  # characters; such an article takes memory enough without another beside it


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An article cut up, with what stands between marks and what rules alone find quoted.

    containers: quotations of whole paragraphs, as a reprint is; sure: others that rules decide
    alone; by_rules: those that the encoder judges.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    marked: tuple[Marked, ...]
    containers: tuple[FoundQuotation, ...]
    sure: tuple[FoundQuotation, ...]
    by_rules: tuple[FoundQuotation, ...]
    states: tuple[int, ...]

    @property
    def input(self) -> Input:
        return Input(self.article.text, self.sentences, np.array(self.states, np.int64))


def analyse(text: str | Article, *, published: date | None = None, mode: Mode = "news") -> Analysis:
    """Everything Beleg finds in one article, given as its text or as read by `beleg.intake`.

    published: the day of publication, where the caller knows it; it goes before the day an
    Article brings along. mode: "news" counts relative dates from publication, "narrative"
    from the date named before. Raises IntakeError if the text is empty, holds characters no
    text has, or is not German; ModelError if the encoder's files are damaged.
    """
    prepared = _prepare(text, published)
    encoder = load_encoder()
    (reading,) = encoder.read([prepared.input])
    return _finish(prepared, reading, encoder, mode)


def analyse_many(articles: Iterable[str | Article], *, mode: Mode = "news") -> Iterator[Analysis]:
    """One analysis per article, in order, the same as `analyse` gives for each alone.

    Articles are worked on side by side, on all processors. Raises like `analyse` when an
    article cannot be read, after the analyses of those before it.
    """
    for result in analyse_each((partial(_as_article, a, None) for a in articles), mode=mode):
        if isinstance(result, Exception):
            raise result
        yield result


def analyse_each(
    readers: Iterable[Callable[[], Article]], *, mode: Mode = "news"
) -> Iterator[Analysis | Exception]:
    """One analysis per article, in order, or what was raised instead: no article costs another.

    readers: each gives an article when called, as `beleg.intake.read_article` does.
    """
    try:
        encoder = load_encoder()
    except ModelError as error:
        yield from (error for _ in readers)
        return
    long_one = Lock()

    def whole(article: Article) -> Analysis:
        prepared = _prepare(article, None)
        with long_one if len(article.text) > _LONG else nullcontext():
            (reading,) = encoder.read([prepared.input], pool=windows)
            return _finish(prepared, reading, encoder, mode)

    # Threads, since the encoder spends its time outside of the interpreter. Its windows have some
    # of their own: while those are busy, rules work on articles already read.
    with (
        ThreadPoolExecutor(encoder.threads) as windows,
        ThreadPoolExecutor(encoder.threads + 1) as articles,
    ):
        running: deque[Future[Analysis | Exception]] = deque()
        try:
            for reader in readers:
                running.append(articles.submit(_tried, whole, _tried(reader)))
                if len(running) > _AHEAD * encoder.threads:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            for left in running:
                left.cancel()


def redated(analysis: Analysis, published: date | None, *, mode: Mode = "news") -> Analysis:
    """The analysis with everything that counts from the day of publication reckoned anew.

    published: the day as somebody gives it; None if nobody knows it. mode: the one it was made in.
    Rules alone decide: who says what, and all else that no day bears on, stays as it was found.
    A text of a million characters takes some ten seconds.
    """
    found = analysis.document
    article = Article(text=found.text, published=published, published_given=published is not None)
    sentences = segment(article.text, segmentation_table())
    reckoned = _reckon(article, sentences, analysis.quotes, mode)
    document = msgspec.structs.replace(found, published=published)
    changed = msgspec.structs.replace(analysis, document=document, **reckoned._asdict())
    return _with_checklist(changed, sentences)


def _tried(run: Callable[..., T], *arguments: Any) -> T | Exception:
    """What a call returns or raises; an argument that is itself an exception is handed on."""
    for argument in arguments:
        if isinstance(argument, Exception):
            return argument
    try:
        return run(*arguments)
    except Exception as error:
        return error


def _prepare(text: str | Article, published: date | None) -> _Prepared:
    article = _as_article(text, published)
    check_language(article, table=load_language_table())
    article = _with_head(article)
    sentences = segment(article.text, segmentation_table())
    rules = load_quote_rules()
    marked = find_marked(article.text, sentences)
    by_rules = find_quotations_by_rules(article.text, sentences, marked, rules=rules)
    outer = find_containers(sentences, marked)
    containers = tuple(quotation_of(c, by_rules) for c in outer)
    if outer:
        marked = marks_inside(marked, outer)
        by_rules = find_quotations_by_rules(article.text, sentences, marked, rules=rules)
    nested = find_nested(article.text, sentences, marked, rules=rules)
    sure = (*nested, *holding(nested, by_rules))
    states = tuple(word_states(sentences, marked, by_rules))
    return _Prepared(article, sentences, marked, containers, sure, by_rules, states)


def _finish(prepared: _Prepared, reading: Reading, encoder: Encoder, mode: Mode) -> Analysis:
    article, sentences = prepared.article, prepared.sentences
    people, quotes = _voices(prepared, encoder, reading)
    analysis = Analysis(
        schema=1,
        beleg=__version__,
        model=encoder.name,
        document=_document(article),
        people=people,
        quotes=quotes,
        status=find_status(sentences, quotes, rules=load_status_rules()),
        argument=find_argument(
            article.text,
            sentences,
            quotes,
            rules=load_connective_rules(),
            logits=sentence_logits(reading.vectors, sentences),
        ),
        wording=find_wording(sentences, quotes, prepared.marked, rules=load_wording_rules()),
        checklist=(),
        **_reckon(article, sentences, quotes, mode)._asdict(),
    )
    return _with_checklist(analysis, sentences)


class _Reckoned(NamedTuple):
    """What depends on the day of publication."""

    dating: Dating
    times: tuple[TimeExpression, ...]
    events: tuple[Event, ...]
    forecasts: tuple[Forecast, ...]


def _reckon(
    article: Article, sentences: Sequence[Sentence], quotes: Sequence[Quotation], mode: Mode
) -> _Reckoned:
    times, dating = _dated(article, [sentence.span for sentence in sentences], mode)
    return _Reckoned(
        dating=dating,
        times=times,
        events=find_events(article, sentences, times, rules=load_timeline_rules()),
        forecasts=find_forecasts(
            article, sentences, quotes, times, dating, rules=load_forecast_rules()
        ),
    )


def _with_checklist(analysis: Analysis, sentences: Sequence[Sentence]) -> Analysis:
    """The analysis, complete but for that, with what is to be checked in it."""
    bare = msgspec.structs.replace(analysis, checklist=())
    checklist = find_checklist(
        bare, sentences, alone=_carrying_alone(bare), rules=load_checklist_rules()
    )
    return msgspec.structs.replace(bare, checklist=checklist)


def _carrying_alone(analysis: Analysis) -> set[str]:
    """Ids of the premises with which a conclusion falls: the only ones, and the weak if no other."""
    alone: set[str] = set()
    for carried in carrying(analysis.argument, analysis.quotes, analysis.status):
        if carried.falls:
            alone.update(weakness.premise for weakness in carried.weak)
        elif len(carried.left) == 1 and not carried.weak:
            alone.update(carried.left)
    return alone


def _voices(
    prepared: _Prepared, encoder: Encoder, reading: Reading
) -> tuple[tuple[Person, ...], tuple[Quotation, ...]]:
    """Who speaks, what they are quoted with, and the chains between."""
    article, sentences = prepared.article, prepared.sentences
    names = checked_names(
        article.text, sentences, find_names(reading.names, sentences), rules=load_people_rules()
    )
    quotes = find_quotations(
        sentences,
        prepared.marked,
        prepared.by_rules,
        prepared.states,
        (*prepared.containers, *prepared.sure),
        encoder=encoder,
        reading=reading,
    )
    hearsay_rules = load_hearsay_rules()
    quotes = without_speaker(sentences, quotes, rules=hearsay_rules)
    # What stands in a reprint is not its author's word for that alone.
    around = {container.spans for container in prepared.containers}
    within = [quote for quote in quotes if quote.spans not in around]
    hearsay = find_hearsay(sentences, within, rules=hearsay_rules)
    quotes = tuple(sorted((*quotes, *hearsay), key=lambda q: (q.spans[0].start, -q.spans[-1].end)))
    rules = load_chain_rules()
    vias = find_vias(article.text, sentences, quotes, rules=rules)
    found = find_people(
        article,
        sentences,
        names,
        quotes,
        rules=load_people_rules(),
        others=[via.span for via in vias],
        venues={number for number, via in enumerate(vias) if via.kind == "venue"},
    )
    linked = link_quotations(
        article.text,
        quotes,
        found.people,
        found.speakers,
        list(zip(vias, found.others, strict=True)),
        names,
        above=[person for person in (found.outlet, found.author) if person],
        rules=rules,
    )
    return found.people, linked


def _as_article(text: str | Article, published: date | None) -> Article:
    if isinstance(text, str):
        return article_from_text(text, published=published)
    if published is None:
        return text
    return replace(text, published=published, published_given=True)


def _with_head(article: Article) -> Article:
    """The article with what its own head and foot say; metadata goes before that."""
    head = find_head(article, rules=load_head_rules())
    return replace(
        article,
        title=head.title,
        author=head.author,
        outlet=head.outlet,
        published=head.published,
    )


def _dated(
    article: Article, sentences: Sequence[Span], mode: Mode
) -> tuple[tuple[TimeExpression, ...], Dating]:
    """The times and the dating, each of which needs the other.

    Without a day of publication the times that are complete in themselves date the article,
    the window found then narrows the others, and what they mean narrows the window.
    """
    rules, dating_rules = load_time_rules(), load_dating_rules()
    times = find_times(article, sentences, rules=rules, published=article.published, mode=mode)
    dating = find_dating(article, sentences, times, rules=dating_rules)
    if article.published is not None:
        return times, dating
    undated = times
    for _ in range(_ROUNDS):
        times = find_times_in_window(
            article,
            sentences,
            undated,
            rules=rules,
            earliest=dating.earliest,
            latest=dating.latest,
            mode=mode,
        )
        refined = refine_dating(article, sentences, dating, times, rules=dating_rules)
        if refined == dating:
            break
        dating = refined
    return times, dating


def _document(article: Article) -> Document:
    return Document(
        id=article.id,
        text=article.text,
        title=article.title,
        author=article.author,
        outlet=article.outlet,
        url=article.url,
        published=article.published,
        language="de",
    )
