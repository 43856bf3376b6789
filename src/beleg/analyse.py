"""The only place that knows the order of the layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from beleg.intake import article_from_text
from beleg.layers.dating import find_dating
from beleg.layers.dating.refine import refine_dating
from beleg.layers.head import find_head
from beleg.layers.language import check_language
from beleg.layers.timeline import find_events
from beleg.layers.times import find_times
from beleg.layers.times.window import find_times_in_window
from beleg.records import Analysis, Argument, Dating, Document, TimeExpression
from beleg.rules.dating_rules import load_dating_rules
from beleg.rules.head_rules import load_head_rules
from beleg.rules.language_rules import load_language_table
from beleg.rules.segmentation import segmentation_table
from beleg.rules.time_rules import load_time_rules
from beleg.rules.timeline_rules import load_timeline_rules
from beleg.text.article import Article, Span
from beleg.text.segments import segment
from beleg.version import __version__

Mode = Literal["news", "narrative"]
MODEL = "rules"  # no encoder in this release
_ROUNDS = 4  # of narrowing window and times by each other; most texts settle in two


def analyse(text: str | Article, *, published: date | None = None, mode: Mode = "news") -> Analysis:
    """Everything Beleg finds in one article, given as its text or as read by `beleg.intake`.

    published: the day of publication, where the caller knows it; it goes before the day an
    Article brings along. mode: "news" counts relative dates from publication, "narrative"
    from the date named before. Raises IntakeError if the text is empty, holds characters no
    text has, or is not German.
    """
    article = _as_article(text, published)
    check_language(article, table=load_language_table())
    article = _with_head(article)
    sentences = segment(article.text, segmentation_table())
    spans = [sentence.span for sentence in sentences]
    times, dating = _dated(article, spans, mode)
    return Analysis(
        schema=1,
        beleg=__version__,
        model=MODEL,
        document=_document(article),
        dating=dating,
        people=(),
        quotes=(),
        times=times,
        status=(),
        events=find_events(article, sentences, times, rules=load_timeline_rules()),
        forecasts=(),
        argument=Argument(nodes=(), edges=()),
        wording=(),
        checklist=(),
    )


def analyse_many(articles: Iterable[str | Article], *, mode: Mode = "news") -> Iterator[Analysis]:
    """One analysis per article, in order."""
    for article in articles:
        yield analyse(article, mode=mode)


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
