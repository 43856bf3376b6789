"""The checklist as drafts of fact-checks: schema.org/ClaimReview in JSON-LD.

A draft says what was claimed, by whom and where it stands. What the review finds, who publishes
it and where (`reviewRating`, `author`, `url`, `datePublished`) is left to the editor: Beleg never
says who is right. Search engines take a ClaimReview only with these.

Fields used: ClaimReview `claimReviewed` (the words of the article, nothing
else), `itemReviewed` (Claim: `author`, `appearance`, `datePublished`), `keywords` (the reasons to
check), `creativeWorkStatus` "Draft", `identifier` (hash of the text and the place in it, as in
RFC 5147: "#char=12,80").
"""

from __future__ import annotations

import json
from typing import Any

from beleg.records import Analysis, Check, Document, Person, PersonKind
from beleg.report.safe import link, one_line
from beleg.report.spans import check_spans

_TYPES: dict[PersonKind, str] = {
    "person": "Person",
    "organisation": "Organization",
    "group": "Organization",
    "outlet": "NewsMediaOrganization",
}
# "</script>" and "<!--" would end or change a script element; the two separators end a line in
# old JavaScript (ECMA-262 before 2019). All may be written as escapes in JSON (RFC 8259, 7).
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def to_claimreview(analysis: Analysis, *, indent: int | None = None) -> str:
    """One JSON-LD document with a draft for each check, the heaviest first.

    On one line unless `indent` is given; without a line break at the end. It can be put into an
    HTML script element as it is. Raises SpanOutsideText if the analysis does not fit its text.
    """
    check_spans(analysis)
    people = {person.id: person for person in analysis.people}
    speakers = {
        quote.id: people.get(quote.speaker.person)
        for quote in analysis.quotes
        if quote.speaker is not None and quote.speaker.unresolved is None
    }
    quoted = {quote.id for quote in analysis.quotes}
    drafts = []
    for check in analysis.checklist:
        voices = [speakers.get(name) for name in check.records if name in quoted]
        author = _person(voices[0]) if voices else _writer(analysis.document)
        drafts.append(_draft(analysis.document, check, author))
    graph = {"@context": "https://schema.org", "@graph": drafts}
    separators = None if indent is not None else (",", ":")
    text = json.dumps(graph, ensure_ascii=False, indent=indent, separators=separators)
    for sign, escape in _ESCAPES.items():
        text = text.replace(sign, escape)
    return text


def _draft(document: Document, check: Check, author: dict[str, Any] | None) -> dict[str, Any]:
    claim: dict[str, Any] = {"@type": "Claim"}
    if author is not None:
        claim["author"] = author
    if document.published is not None:
        claim["datePublished"] = document.published.isoformat()
    claim["appearance"] = _appearance(document)
    return {
        "@type": "ClaimReview",
        "identifier": f"{document.id}#char={check.span.start},{check.span.end}",
        "creativeWorkStatus": "Draft",
        "claimReviewed": one_line(document.text[check.span.start : check.span.end]),
        "itemReviewed": claim,
        "keywords": list(check.why),
    }


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
