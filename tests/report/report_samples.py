"""Analyses made by hand, so that the reports are tested without the layers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, cast

from beleg.records import (
    Analysis,
    Argument,
    Basis,
    Conflict,
    Dating,
    Document,
    Event,
    Evidence,
    TimeExpression,
    TimeType,
)
from beleg.text.article import Span

PUBLISHED = date(2024, 3, 7)

# words, type, value, mod, earliest, latest, anchor, rule; in the order of the text.
TimeRow = tuple[str, str, str, str | None, str | None, str | None, str | None, str]

SAMPLE_TITLE = "Der Hafen von Seewarth bleibt vorerst, was er ist"

SAMPLE_TEXT = """\
Der Stadtrat von Seewarth hat am Dienstagabend die Entscheidung über das alte Hafenviertel vertagt. Mit 23 zu 21 Stimmen beschlossen die Abgeordneten, bis Ende April ein neues Gutachten einzuholen. Noch am Sonntag hatte Bürgermeisterin Karla Wendt versichert, die Bagger kämen „wie versprochen“ im Sommer.

Es ist die dritte Verschiebung in zwei Jahren. Im September 2022 scheiterte der erste Entwurf am Denkmalschutz, ein halbes Jahr später zog der Investor seinen zweiten zurück. Seit dem 14. Februar liegt nun der dritte auf dem Tisch: 340 Seiten dick und, wie die Opposition spottet, „so durchdacht wie ein Regenschirm aus Papier“.

Das Viertel hat bessere Tage gesehen. 1887 gebaut und in den zwanziger Jahren erweitert, wurde es 1962 von der Sturmflut unterspült und danach nur notdürftig geflickt. Seit 1998 stehen die Speicher leer. Jeden Freitag führt der Heimatverein Neugierige durch die Ruinen.

Worum es geht, lässt sich in einer Zahl sagen: 180 Millionen Euro. So viel will die Firma Brack & Söhne verbauen, so viel hält der Rechnungshof für „nicht hinterlegt“. Ein Schreiben, das der Zeitung vorliegt, trägt das Datum vom 5. März. Darin heißt es, man habe am Mittwoch, dem 5. März, zum ersten Mal von den Zweifeln gehört.

„Wir haben vor drei Wochen alle Unterlagen geschickt“, sagte Geschäftsführer Tillmann Brack am Mittwoch. Zwei Tage zuvor habe das Bauamt den Eingang bestätigt. Das Bauamt wollte sich gestern nicht äußern.

Die Grünen-Fraktion hatte schon Anfang Januar gewarnt, dass die Deiche dem Neubau nicht standhielten. Fraktionschefin Ruth Amling erinnerte an die Nacht vom 16. auf den 17. Februar 1962, in der 31 Menschen in Seewarth starben. Damals seien Warnungen ebenfalls „zu den Akten gelegt“ worden.

Wendt hält dagegen. Ihre Verwaltung habe das Risiko im vergangenen Herbst prüfen lassen, das Ergebnis sei eindeutig. Wer jetzt noch zweifle, sagte sie, wolle in Wahrheit gar nicht bauen.

Wie es weitergeht: Am kommenden Montag berät der Bauausschuss, drei Tage danach der Finanzausschuss. Spätestens im Mai soll der Rat endgültig abstimmen, kurz vor der Kommunalwahl am 9. Juni.

Bis dahin bleibt das Absperrgitter stehen, das die Stadt 2019 aufgestellt hat. Die Miete dafür kostet jeden Monat 4200 Euro. Irgendwann, sagt der Pförtner, habe er aufgehört zu zählen.

Sollte das Gutachten die Zweifel bestätigen, will Brack seine Zusage zurückziehen. Dann, so heißt es im Rathaus, werde in diesem Jahrzehnt niemand mehr am Hafen bauen."""

SAMPLE_TIMES: list[TimeRow] = [
    ("am Dienstagabend", "TIME", "2024-03-05TEV", None, "2024-03-05", "2024-03-05", "publication", "de.time.weekday-part#last"),
    ("bis Ende April", "DATE", "2024-04", "END", None, "2024-04-30", "publication", "de.time.until-month#next"),
    ("am Sonntag", "DATE", "2024-03-03", None, "2024-03-03", "2024-03-03", "publication", "de.time.weekday#last"),
    ("im Sommer", "DATE", "2024-SU", None, "2024-06-01", "2024-08-31", "publication", "de.time.season#next"),
    ("in zwei Jahren", "DURATION", "P2Y", None, None, None, None, "de.time.duration"),
    ("Im September 2022", "DATE", "2022-09", None, "2022-09-01", "2022-09-30", None, "de.time.month-year#explicit"),
    ("ein halbes Jahr später", "DATE", "2023-03", None, "2023-03-01", "2023-03-31", "t6", "de.time.offset-later#previous"),
    ("Seit dem 14. Februar", "DATE", "2024-02-14", None, "2024-02-14", "2024-02-14", "publication", "de.time.day-month#last"),
    ("1887", "DATE", "1887", None, "1887-01-01", "1887-12-31", None, "de.time.year#explicit"),
    ("in den zwanziger Jahren", "DATE", "192", None, "1920-01-01", "1929-12-31", "t9", "de.time.decade#nearest"),
    ("1962", "DATE", "1962", None, "1962-01-01", "1962-12-31", None, "de.time.year#explicit"),
    ("Seit 1998", "DATE", "1998", None, "1998-01-01", None, None, "de.time.since-year#explicit"),
    ("Jeden Freitag", "SET", "XXXX-WXX-5", None, None, None, None, "de.time.every-weekday"),
    ("vom 5. März", "DATE", "2024-03-05", None, "2024-03-05", "2024-03-05", "publication", "de.time.day-month#nearest"),
    ("am Mittwoch, dem 5. März,", "DATE", "2024-03-05", None, "2024-03-05", "2024-03-05", "publication", "de.time.weekday-day-month#nearest"),
    ("vor drei Wochen", "DATE", "2024-02-15", "APPROX", "2024-02-12", "2024-02-18", "publication", "de.time.ago#publication"),
    ("am Mittwoch", "DATE", "2024-03-06", None, "2024-03-06", "2024-03-06", "publication", "de.time.weekday#last"),
    ("Zwei Tage zuvor", "DATE", "2024-03-04", None, "2024-03-04", "2024-03-04", "t17", "de.time.offset-before#previous"),
    ("gestern", "DATE", "2024-03-06", None, "2024-03-06", "2024-03-06", "publication", "de.time.deictic-day#publication"),
    ("Anfang Januar", "DATE", "2024-01", "START", "2024-01-01", "2024-01-10", "publication", "de.time.part-of-month#last"),
    ("Nacht vom 16. auf den 17. Februar 1962", "TIME", "1962-02-16TNI", None, "1962-02-16", "1962-02-17", None, "de.time.night-of#explicit"),
    ("Damals", "DATE", "PAST_REF", None, "1962-02-16", "1962-02-17", "t21", "de.time.then#previous"),
    ("im vergangenen Herbst", "DATE", "2023-FA", None, "2023-09-01", "2023-11-30", "publication", "de.time.season#last"),
    ("Am kommenden Montag", "DATE", "2024-03-11", None, "2024-03-11", "2024-03-11", "publication", "de.time.weekday#next"),
    ("drei Tage danach", "DATE", "2024-03-14", None, "2024-03-14", "2024-03-14", "t24", "de.time.offset-later#previous"),
    ("Spätestens im Mai", "DATE", "2024-05", "ON_OR_BEFORE", None, "2024-05-31", "publication", "de.time.month#next"),
    ("am 9. Juni", "DATE", "2024-06-09", None, "2024-06-09", "2024-06-09", "publication", "de.time.day-month#next"),
    ("2019", "DATE", "2019", None, "2019-01-01", "2019-12-31", None, "de.time.year#explicit"),
    ("jeden Monat", "SET", "P1M", None, None, None, None, "de.time.every-unit"),
    ("Irgendwann", "DATE", "PAST_REF", None, None, None, None, "de.time.vague#vague"),
    ("in diesem Jahrzehnt", "DATE", "202", None, "2020-01-01", "2029-12-31", "publication", "de.time.this-unit#same"),
]  # fmt: skip

# Clause of the event, and the id of its time.
SAMPLE_EVENTS: list[tuple[str, str | None]] = [
    ("Der Stadtrat von Seewarth hat am Dienstagabend die Entscheidung über das alte Hafenviertel vertagt", "t1"),
    ("beschlossen die Abgeordneten, bis Ende April ein neues Gutachten einzuholen", "t2"),
    ("Noch am Sonntag hatte Bürgermeisterin Karla Wendt versichert", "t3"),
    ("die Bagger kämen „wie versprochen“ im Sommer", "t4"),
    ("Im September 2022 scheiterte der erste Entwurf am Denkmalschutz", "t6"),
    ("ein halbes Jahr später zog der Investor seinen zweiten zurück", "t7"),
    ("Seit dem 14. Februar liegt nun der dritte auf dem Tisch", "t8"),
    ("1887 gebaut", "t9"),
    ("wurde es 1962 von der Sturmflut unterspült", "t11"),
    ("Seit 1998 stehen die Speicher leer", "t12"),
    ("„Wir haben vor drei Wochen alle Unterlagen geschickt“", "t16"),
    ("sagte Geschäftsführer Tillmann Brack am Mittwoch", "t17"),
    ("Zwei Tage zuvor habe das Bauamt den Eingang bestätigt", "t18"),
    ("Das Bauamt wollte sich gestern nicht äußern", "t19"),
    ("Die Grünen-Fraktion hatte schon Anfang Januar gewarnt", "t20"),
    ("Nacht vom 16. auf den 17. Februar 1962, in der 31 Menschen in Seewarth starben", "t21"),
    ("Ihre Verwaltung habe das Risiko im vergangenen Herbst prüfen lassen", "t23"),
    ("Am kommenden Montag berät der Bauausschuss", "t24"),
    ("drei Tage danach der Finanzausschuss", "t25"),
    ("Spätestens im Mai soll der Rat endgültig abstimmen", "t26"),
    ("kurz vor der Kommunalwahl am 9. Juni", "t27"),
    ("das die Stadt 2019 aufgestellt hat", "t28"),
]  # fmt: skip


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def make_times(text: str, rows: Iterable[TimeRow]) -> tuple[TimeExpression, ...]:
    """Times for rows whose words stand in the text in this order."""
    times, position = [], 0
    for number, (words, kind, value, mod, earliest, latest, anchor, rule) in enumerate(rows, 1):
        start = text.index(words, position)
        position = start + len(words)
        times.append(
            TimeExpression(
                id=f"t{number}",
                span=Span(start, position),
                type=cast(TimeType, kind),
                value=value,
                mod=mod,
                earliest=day(earliest),
                latest=day(latest),
                anchor=anchor,
                rule=rule,
            )
        )
    return tuple(times)


def make_analysis(
    text: str,
    times: Sequence[TimeExpression] = (),
    *,
    events: Sequence[Event] = (),
    published: date | None = PUBLISHED,
    dating: Dating | None = None,
    title: str | None = None,
    author: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
) -> Analysis:
    """An analysis of the text with nothing but what is given."""
    document = Document(
        id="sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text=text,
        title=title,
        author=author,
        outlet=outlet,
        url=url,
        published=published,
        language="de",
    )
    return Analysis(
        schema=1,
        beleg="0.1.0",
        model="rules",
        document=document,
        dating=dating or make_dating(published),
        people=(),
        quotes=(),
        times=tuple(times),
        status=(),
        events=tuple(events),
        forecasts=(),
        argument=Argument(nodes=(), edges=()),
        wording=(),
        checklist=(),
    )


def make_dating(
    earliest: date | None,
    latest: date | None = None,
    *,
    basis: Basis = "given",
    evidence: Sequence[Evidence] = (),
    conflicts: Sequence[Conflict] = (),
) -> Dating:
    return Dating(
        earliest=earliest,
        latest=latest or earliest,
        basis=basis,
        evidence=tuple(evidence),
        conflicts=tuple(conflicts),
    )


def find(text: str, words: str, after: int = 0) -> Span:
    start = text.index(words, after)
    return Span(start, start + len(words))


def make_events(
    text: str, times: Sequence[TimeExpression], rows: Iterable[tuple[str, str | None]]
) -> tuple[Event, ...]:
    by_id = {time.id: time for time in times}
    events: list[Event] = []
    for number, (clause, time_id) in enumerate(rows, 1):
        time = by_id[time_id] if time_id else None
        events.append(
            Event(
                id=f"e{number}",
                span=find(text, clause),
                time=time_id,
                earliest=time.earliest if time else None,
                latest=time.latest if time else None,
                after=(f"e{number - 1}",) if number > 1 and time is None else (),
                people=(),
                quote=None,
            )
        )
    return tuple(events)


def sample(*, inferred: bool = False) -> Analysis:
    """A news article of ten paragraphs with about thirty times and one contradiction.

    inferred: without a day of publication, dated from its own words.
    """
    text = SAMPLE_TEXT
    times = make_times(text, SAMPLE_TIMES)
    conflict = Conflict(
        spans=(find(text, "am Mittwoch, dem 5. März"),),
        because="Der 5. März 2024 war ein Dienstag, kein Mittwoch.",
    )
    evidence: list[Evidence] = []
    if inferred:
        evidence = [
            Evidence(
                span=find(text, "Seit dem 14. Februar"),
                because="liegt in der Vergangenheit.",
                earliest=date(2024, 2, 14),
                latest=None,
            ),
            Evidence(
                span=find(text, "vom 5. März"),
                because="nennt ein Schreiben, das schon vorliegt.",
                earliest=date(2024, 3, 5),
                latest=None,
            ),
            Evidence(
                span=find(text, "Am kommenden Montag"),
                because="und „am Mittwoch“ gehören zur selben oder zur nächsten Woche.",
                earliest=date(2024, 3, 6),
                latest=date(2024, 3, 10),
            ),
            Evidence(
                span=find(text, "am 9. Juni"),
                because="steht noch bevor.",
                earliest=None,
                latest=date(2024, 6, 9),
            ),
        ]
    dating = make_dating(
        date(2024, 3, 6) if inferred else PUBLISHED,
        date(2024, 3, 10) if inferred else PUBLISHED,
        basis="inferred" if inferred else "given",
        evidence=evidence,
        conflicts=[conflict],
    )
    return make_analysis(
        text,
        times,
        events=make_events(text, times, SAMPLE_EVENTS),
        published=None if inferred else PUBLISHED,
        dating=dating,
        title=SAMPLE_TITLE,
        author="Henrike Solbach",
        outlet="Seewarther Nachrichten",
        url="https://seewarther-nachrichten.example/hafen",
    )


def many_times(number: int, *, step_days: int = 9) -> Analysis:
    """An article that names as many days, one in each sentence."""
    days = [date(1990, 1, 1) + timedelta(days=n * step_days) for n in range(number)]
    rows: list[TimeRow] = [
        (f"am {d.day}.{d.month}.{d.year}", "DATE", str(d), None, str(d), str(d), None, "de.time.dmy#explicit")
        for d in days
    ]  # fmt: skip
    sentences = [f"Die Kammer tagte {row[0]} im alten Saal." for row in rows]
    text = "\n\n".join(" ".join(sentences[n : n + 5]) for n in range(0, number, 5)) or "Nichts."
    return make_analysis(text, make_times(text, rows), title="Chronik der Kammer")


def changed(analysis: Analysis, **fields: Any) -> Analysis:
    """The analysis with some fields of its document replaced."""
    import msgspec

    document = msgspec.structs.replace(analysis.document, **fields)
    return msgspec.structs.replace(analysis, document=document)
