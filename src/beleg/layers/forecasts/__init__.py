"""Finds what is said to happen, or not to happen, after publication.

A forecast is a clause with a verb form of the future, a plan, an expectation or a warning, or
one in the present with a time still to come. Questions, demands, hearsay, suppositions about
the present and futures already past at publication are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from beleg.layers.forecasts.conditions import certainty_of, condition_of
from beleg.layers.forecasts.cues import find_drafts
from beleg.layers.forecasts.kinds import kind_of
from beleg.layers.forecasts.reading import NEAR, Reading, read_sentence
from beleg.layers.forecasts.scene import Draft, Scene, scene_of
from beleg.layers.forecasts.voices import Voices
from beleg.layers.forecasts.windows import (
    Today,
    times_by_sentence,
    when,
    window_of,
    word_before,
)
from beleg.records import Dating, Forecast, Quotation, TimeExpression, Window
from beleg.rules.forecast_rules import ForecastRules
from beleg.text.article import Article, Span
from beleg.text.segments import Sentence

AUTHOR: Literal["author"] = "author"
_SECOND_TIME = 8  # tokens from a time to the one that ends its span ("vom 3. März bis zum 9. Mai")
_MARKS = "„“”‚‘’»«›‹\"' \t\n\u00a0,"


def find_forecasts(
    article: Article,
    sentences: Sequence[Sentence],
    quotes: Sequence[Quotation],
    times: Sequence[TimeExpression],
    dating: Dating,
    *,
    rules: ForecastRules,
    scale: Literal["ipcc-de", "icd-203"] = "ipcc-de",
) -> tuple[Forecast, ...]:
    """The forecasts of an article in the order of the text, apart from each other.

    sentences, times: of the same text, each in order. The holder is the speaker of the innermost
    quotation, or "author". A window comes only from a time in the forecast's own clause; scale:
    which published ranges of probability certainty words get.
    """
    today = Today.of(article.published, dating)
    voices = Voices(quotes)
    found: list[Forecast] = []
    going_on: int | None = None  # the paragraph, if the sentence before it had a forecast
    told = times_by_sentence(times, [sentence.span.end for sentence in sentences])
    for number, (sentence, own) in enumerate(zip(sentences, told, strict=True)):
        last = _sentence_before(sentences, number)
        if sentence.kind == "heading" or _asks(sentence) or not _may_forecast(sentence, own, rules):
            going_on = None
            continue
        goes_on = going_on == sentence.paragraph
        scene = _scene(sentence, own, voices, today, rules, goes_on, last)
        before = len(found)
        for draft in _apart(find_drafts(scene)):
            forecast = _forecast(article.text, scene, draft, voices, scale, f"f{len(found) + 1}")
            if forecast is not None:
                found.append(forecast)
        going_on = sentence.paragraph if len(found) > before else None
    return tuple(found)


def _sentence_before(sentences: Sequence[Sentence], number: int) -> Span | None:
    """The sentence before, in the same paragraph, without its stop."""
    before = sentences[number - 1] if number else None
    if (
        before is None
        or before.paragraph != sentences[number].paragraph
        or before.kind == "heading"
    ):
        return None
    tokens = before.tokens
    last = len(tokens) - 1
    while last > 0 and not tokens[last].text[0].isalnum():
        last -= 1
    return Span(tokens[0].start, tokens[last].end)


def _asks(sentence: Sentence) -> bool:
    return any(token.text[0] == "?" for token in sentence.tokens[-2:])


def _may_forecast(
    sentence: Sentence, times: Sequence[TimeExpression], rules: ForecastRules
) -> bool:
    if times:
        return True
    for token in sentence.tokens:
        if token.text.lower() in rules.cues or token.text in rules.nouns:
            return True
    return False


def _scene(
    sentence: Sentence,
    times: Sequence[TimeExpression],
    voices: Voices,
    today: Today,
    rules: ForecastRules,
    goes_on: bool,
    before: Span | None,
) -> Scene:
    tokens = sentence.tokens
    reading = read_sentence(tokens, [time.span for time in times], rules)
    placed: list[tuple[int, TimeExpression]] = []
    at = 0
    for time in times:
        while at < len(tokens) and tokens[at].end <= time.span.start:
            at += 1
        if at < len(tokens):
            placed.append((at, time))

    def quoted(index: int) -> bool:
        return voices.at(tokens[index].start) is not None

    def indirect(index: int) -> bool:
        around = voices.at(tokens[index].start)
        return around is not None and around[1].type != "direct"

    return scene_of(reading, placed, today, indirect, quoted, rules, goes_on, before)


def _apart(drafts: Iterator[Draft]) -> list[Draft]:
    """The longer of drafts that overlap, in the order of the text."""
    kept: list[Draft] = []
    longest_first = sorted(drafts, key=lambda d: (d.start, -d.stop, d.modal))
    for draft in longest_first:
        if kept and draft.start < kept[-1].stop:
            if draft.stop - draft.start > kept[-1].stop - kept[-1].start:
                kept[-1] = draft
            continue
        kept.append(draft)
    return kept


def _forecast(
    text: str, scene: Scene, draft: Draft, voices: Voices, scale: Literal["ipcc-de", "icd-203"],
    name: str,
) -> Forecast | None:  # fmt: skip
    reading = scene.reading
    cue = draft.cue if draft.start <= draft.cue < draft.stop else draft.start
    around = voices.of(_characters(reading, draft), reading.tokens[cue].start)
    quote = around[0] if around is not None else None
    if _is_asked(reading, draft) or _demands(text, quote, draft, scene):
        return None
    span = _clipped(text, scene, draft, around[1] if around is not None else None)
    condition = condition_of(text, scene, draft)
    if span is None or (condition is not None and condition.unreal):
        return None
    then = reading.lower[draft.start] in scene.rules.classes["then"]
    if condition is None and draft.modal and draft.kind == "conditional" and not then:
        return None  # "müsste" without a condition is a duty
    time, window = _window(scene, draft)
    certainty = certainty_of(text, _with_frame(reading, draft), scale, scene.rules)
    kind = kind_of(text, scene, draft, quote, condition, window, sure=certainty is not None)
    if certainty is not None and span.covers(certainty.span):
        inner = voices.at(certainty.span.start)  # who calls it „very likely“ holds it
        quote = inner[1] if inner is not None and span.covers(inner[0]) else quote
    speaker = quote.speaker if quote is not None else None
    return Forecast(
        id=name,
        span=span,
        kind=kind,
        holder=speaker.person if speaker is not None else AUTHOR,
        quote=quote.id if quote is not None else None,
        window=window,
        time=time.id if time is not None else None,
        condition=condition.span if condition is not None else None,
        certainty=certainty,
    )


def _characters(reading: Reading, draft: Draft) -> Span:
    return Span(reading.tokens[draft.start].start, reading.tokens[draft.stop - 1].end)


def _is_asked(reading: Reading, draft: Draft) -> bool:
    """Whether a question mark ends the clause, inside of a longer sentence too."""
    return any(word[0] == "?" for word in reading.lower[draft.stop : draft.stop + 2])


def _demands(text: str, quote: Quotation | None, draft: Draft, scene: Scene) -> bool:
    """Whether the words before it, or those that quote it, ask for something ("forderte, er solle")."""
    reading, classes = scene.reading, scene.rules.classes
    if reading.lower[draft.cue] not in classes["shall"]:
        return False
    number = max(0, reading.part_of[draft.start] - 1)
    before = reading.parts[number]
    words = set(reading.lower[max(before.start, draft.start - NEAR) : draft.start])
    if quote is not None:
        words.update(w for cue in quote.cue for w in text[cue.start : cue.end].lower().split())
    return not words.isdisjoint(classes["demand"])


def _clipped(text: str, scene: Scene, draft: Draft, voice: Span | None) -> Span | None:
    """The draft's characters, kept inside the quotation, without marks around them."""
    start, end = _characters(scene.reading, _unquoted(scene.reading, draft))
    if voice is not None:
        start, end = max(start, voice.start), min(end, voice.end)
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        if text[end - 1] in "“\"”«»‘'" and _opens_inside(text, start, end):
            break
        end -= 1
    return Span(start, end) if start < end else None


def _unquoted(reading: Reading, draft: Draft) -> Draft:
    """ "an der Wand stand „Wir werden siegen“": only what the marks hold, if it is the clause.

    The clause is inside if a subject stands between the opening mark and the verb.
    """
    opening = next(
        (i for i in range(draft.cue - 1, draft.start, -1) if reading.codes[i] == "q"), -1
    )
    if opening < 0 or reading.tokens[opening].text not in "„»‚«":
        return draft
    closing = next((i for i in range(draft.cue, draft.stop) if reading.codes[i] == "q"), draft.stop)
    if not any(reading.codes[i] in "Npx" for i in range(opening + 1, draft.cue)):
        return draft
    if draft.verb >= closing:
        return draft
    return replace(draft, start=opening + 1, stop=closing)


def _opens_inside(text: str, start: int, end: int) -> bool:
    """Whether the mark at the end closes one inside the span (`werde "alles gut"`)."""
    return any(mark in "„\"»«‚'“" for mark in text[max(start, end - 200) : end - 1])


def _window(scene: Scene, draft: Draft) -> tuple[TimeExpression | None, Window | None]:
    """The time of the clause that gives the window: the first later one, by itself in the clause."""
    for at, time in scene.times:
        if not draft.start <= at < draft.stop or scene.reading.part_of[at] not in draft.core:
            continue
        clock = time.rule.startswith("de.time.clock") and time.rule.endswith("#publication")
        if clock or when(time, scene.today) == "past":
            continue  # "um 16 Uhr" alone names no day
        if not draft.modal and _is_when_said(scene, at, time):
            continue  # "kündigte am Montag … an" tells when it was said
        window = _through(scene, at, window_of(time, scene.reading, at, scene.today, scene.rules))
        if window is not None or time.value == "FUTURE_REF":
            return time, window
    return None, None


def _is_when_said(scene: Scene, at: int, time: TimeExpression) -> bool:
    """The day of publication in a preterite, not as a deadline."""
    if not time.rule.endswith("#last") or when(time, scene.today) != "now":
        return False
    return not word_before(scene.reading, at, scene.rules.classes["until"])


def _through(scene: Scene, at: int, window: Window | None) -> Window | None:
    """ "am 10. und 11. Juli", "vom 25. März bis zum 1. April": the window up to the second time."""
    if window is None or window.latest is None or window.earliest is None:
        return window
    codes, lower = scene.reading.codes, scene.reading.lower
    joins = scene.rules.classes["through"]
    for after, time in scene.times:
        if not at < after <= at + _SECOND_TIME or time.latest is None:
            continue
        between = range(at + 1, after)
        if any(codes[i] not in "tRDK#" for i in between) or joins.isdisjoint(
            lower[i] for i in between
        ):
            break
        if time.latest > window.latest:
            window = Window(earliest=window.earliest, latest=time.latest)
    return window


def _with_frame(reading: Reading, draft: Draft) -> Span:
    """The forecast with the part before it, where "es ist wahrscheinlich, dass" stands."""
    first = reading.part_of[draft.start] - (1 if draft.core.start else 0)
    start = max(reading.parts[max(0, first)].start, draft.start - NEAR)
    return Span(reading.tokens[start].start, reading.tokens[draft.stop - 1].end)
