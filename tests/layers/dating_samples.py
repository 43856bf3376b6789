"""Dates a text the way the pipeline does."""

from __future__ import annotations

from datetime import date

from beleg.layers.dating import find_dating
from beleg.layers.dating.passages import Passages
from beleg.layers.times import find_times
from beleg.records import Dating
from beleg.rules.dating_rules import load_dating_rules
from beleg.rules.segmentation import segmentation_table
from beleg.rules.time_rules import load_time_rules
from beleg.text.article import Article, Span
from beleg.text.segments import segment

RULES = load_dating_rules()


def sentences_of(text: str) -> list[Span]:
    return [sentence.span for sentence in segment(text, segmentation_table())]


def dating_of(text: str, published: date | None = None, *, given: bool = True) -> Dating:
    article = Article(text=text, published=published, published_given=given)
    sentences = sentences_of(text)
    times = find_times(article, sentences, rules=load_time_rules(), published=published)
    return find_dating(article, sentences, times, rules=RULES)


def passages_of(text: str) -> Passages:
    return Passages(Article(text=text), sentences_of(text), RULES)


def reasons(dating: Dating) -> str:
    return "\n".join(evidence.because for evidence in dating.evidence)
