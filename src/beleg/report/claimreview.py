"""The checklist as drafts of fact-checks: schema.org/ClaimReview in JSON-LD.

A draft says what was claimed, by whom and where it stands. What the review finds, who publishes
it and where (`reviewRating`, `author`, `url`, `datePublished`) is left to the editor: Beleg never
says who is right. Search engines take a ClaimReview only with these. What people found goes in
where they wrote it down (`Verdict`); it stays a draft until it is published somewhere.

Fields used: ClaimReview `claimReviewed` (the words of the article, nothing
else), `itemReviewed` (Claim: `author`, `appearance`, `datePublished`), `keywords` (the reasons to
check), `creativeWorkStatus` "Draft", `identifier` (hash of the text and the place in it, as in
RFC 5147: "#char=12,80"). With a verdict also `reviewRating` (Rating: `alternateName` the words,
`ratingValue` from `worstRating` 1 to `bestRating` 5), `reviewBody` (the note), `citation` (the
evidence), `author` and `dateCreated`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from beleg.records import Analysis, Document, Person, PersonKind
from beleg.report.safe import link, one_line
from beleg.report.script_json import script_json
from beleg.report.spans import check_spans
from beleg.text.article import Article, Span

_TYPES: dict[PersonKind, str] = {
    "person": "Person",
    "organisation": "Organization",
    "group": "Organization",
    "outlet": "NewsMediaOrganization",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What somebody found on the statement at `span`.

    words: in the checker's own. rating: 1 (false) to 5 (true), None where no scale fits.
    evidence: an address. note: what was done and found. by: who checked it; on: the day.
    """

    span: Span
    words: str
    rating: int | None
    evidence: str | None
    note: str
    by: str | None
    on: date | None


def to_claimreview(
    analysis: Analysis, *, verdicts: Sequence[Verdict] | None = None, indent: int | None = None
) -> str:
    """One JSON-LD document with a draft for each check, the heaviest first.

    verdicts: then one for each of them instead, in their order; who claimed it is known where the
    checklist still has a statement at just that place.
    On one line unless `indent` is given; without a line break at the end. It can be put into an
    HTML script element as it is. Raises SpanOutsideText if the analysis, or a verdict, does not
    fit its text.
    """
    drafts = drafts_of(analysis) if verdicts is None else reviews_of(analysis, verdicts)
    return graph_of(drafts, indent=indent)


def drafts_of(analysis: Analysis) -> list[dict[str, Any]]:
    """A draft for each check, to be put into a graph. Raises SpanOutsideText."""
    check_spans(analysis)
    return [
        _draft(analysis.document, check.span, check.why, author)
        for check, author in zip(analysis.checklist, _authors(analysis), strict=True)
    ]


def reviews_of(analysis: Analysis, verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """A draft for each verdict, with what it found. Raises SpanOutsideText."""
    check_spans(analysis)
    document = analysis.document
    known = {
        check.span: (check, author)
        for check, author in zip(analysis.checklist, _authors(analysis), strict=True)
    }
    reviews = []
    for verdict in verdicts:
        span = Article(text=document.text).span(verdict.span.start, verdict.span.end)
        check, author = known.get(span, (None, None))
        draft = _draft(document, span, check.why if check else (), author)
        reviews.append(draft | _found(verdict))
    return reviews


def graph_of(drafts: Sequence[dict[str, Any]], *, indent: int | None = None) -> str:
    """The JSON-LD document that holds these drafts, of one article or of several."""
    graph = {"@context": "https://schema.org", "@graph": list(drafts)}
    return script_json(graph, indent=indent)


def _authors(analysis: Analysis) -> list[dict[str, Any] | None]:
    """Who claimed each statement of the checklist."""
    people = {person.id: person for person in analysis.people}
    speakers = {
        quote.id: people.get(quote.speaker.person)
        for quote in analysis.quotes
        if quote.speaker is not None and quote.speaker.unresolved is None
    }
    quoted = {quote.id for quote in analysis.quotes}
    found = []
    for check in analysis.checklist:
        voices = [speakers.get(name) for name in check.records if name in quoted]
        found.append(_person(voices[0]) if voices else _writer(analysis.document))
    return found


def _draft(
    document: Document, span: Span, why: Sequence[str], author: dict[str, Any] | None
) -> dict[str, Any]:
    claim: dict[str, Any] = {"@type": "Claim"}
    if author is not None:
        claim["author"] = author
    if document.published is not None:
        claim["datePublished"] = document.published.isoformat()
    claim["appearance"] = _appearance(document)
    return {
        "@type": "ClaimReview",
        "identifier": f"{document.id}#char={span.start},{span.end}",
        "creativeWorkStatus": "Draft",
        "claimReviewed": one_line(document.text[span.start : span.end]),
        "itemReviewed": claim,
        "keywords": list(why),
    }


def _found(verdict: Verdict) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": one_line(verdict.words)}
    if verdict.rating is not None:
        rating |= {"ratingValue": verdict.rating, "bestRating": 5, "worstRating": 1}
    found: dict[str, Any] = {"reviewRating": rating}
    if verdict.note:
        found["reviewBody"] = verdict.note
    if (address := link(verdict.evidence)) is not None:
        found["citation"] = address
    if verdict.by:
        found["author"] = {"@type": "Person", "name": one_line(verdict.by)}
    if verdict.on is not None:
        found["dateCreated"] = verdict.on.isoformat()
    return found


def _appearance(document: Document) -> dict[str, Any]:
    """The article, as far as it is known."""
    found: dict[str, Any] = {"@type": "Article", "identifier": document.id}
    if document.title:
        found["headline"] = one_line(document.title)
    if document.author:
        found["author"] = {"@type": "Person", "name": one_line(document.author)}
    if document.outlet:
        found["publisher"] = {"@type": "NewsMediaOrganization", "name": one_line(document.outlet)}
    if document.published is not None:
        found["datePublished"] = document.published.isoformat()
    if (address := link(document.url)) is not None:
        found["url"] = address
    return found | {"inLanguage": document.language}


def _person(person: Person | None) -> dict[str, Any] | None:
    """Who made the claim; None for a document, or where it is not known who or what is meant."""
    if person is None or person.kind not in _TYPES:
        return None
    return {"@type": _TYPES[person.kind], "name": one_line(person.name)}


def _writer(document: Document) -> dict[str, Any] | None:
    """The author or outlet, whose claim it is where nobody is quoted."""
    if document.author:
        return {"@type": "Person", "name": one_line(document.author)}
    if document.outlet:
        return {"@type": "NewsMediaOrganization", "name": one_line(document.outlet)}
    return None
