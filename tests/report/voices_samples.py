"""Analyses with people and quotations made by hand: an invented article full of voices."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec
from report_samples import make_analysis, make_times

from beleg.records import (
    Analysis,
    Person,
    PersonKind,
    Quotation,
    QuotationType,
    Sourcing,
    Speaker,
)
from beleg.text.article import Span

VOICES_TITLE = "Wem gehört der Leuchtturm von Quellhaven?"

VOICES_TEXT = """\
Wem gehört der Leuchtturm von Quellhaven?

Das Portal Strandläufer gibt einen Beitrag aus der Zeitschrift „Die Boje“ im Wortlaut wieder. Die Publizistin Merle Hansohn schreibt darin: „Wer in Quellhaven nach dem Leuchtturm fragt, bekommt drei Antworten, und keine passt zur anderen.

Am Donnerstag, dem 2. Mai, trat Bürgermeister Fedor Blank vor den Rat. Der Turm sei „nie verkauft, nur verliehen“ worden, sagte er und fügte hinzu: „Die Hafenmeisterin hat mir versichert: „Der Schlüssel liegt seit Jahren im Amt.“ Mehr muss ich nicht wissen.“

Hafenmeisterin Tomke Iversen bestreitet das. Sie habe „seit Jahren keinen Schlüssel gesehen“, schrieb sie dem Rat. Der Bürgermeister möge, riet sie ihm, im Grundbuch nachsehen. Dort steht, der Turm gehöre seit 1998 dem Land.

Der Sender Funk Nordlicht berichtete gestern unter Berufung auf zwei Beamte, die ungenannt bleiben wollten, der Kaufpreis sei längst geflossen. In der Stadt heißt es, der Turm werde im Herbst abgerissen. Er habe davon nichts gewusst, ließ er mitteilen.

Die Anwohner fürchten um ihre Aussicht. „Erst der Turm, dann die Mole“, sagt die Wirtin Antje Rohwer, „dann wir.“ Ihr Nachbar dachte im Stillen, das komme davon.

Es wird noch viel gesagt werden in Quellhaven. Wahr wird davon weniger sein.“

Der Verband der Küstenwarte nahm den Beitrag auf. Sprecher Ole Marten erklärte: „Ein Turm ist kein Möbelstück. Wer ihn verleiht, muss sagen, an wen.

Wir fordern Einsicht in alle Verträge, und zwar bis Ende Juni. Andernfalls ziehen wir vor Gericht.“

Über das Wetter wurde an diesem Tag nicht gesprochen."""

# id, name, kind, roles
PEOPLE: list[tuple[str, str, PersonKind, tuple[str, ...]]] = [
    ("portal", "Strandläufer", "outlet", ()),
    ("boje", "Die Boje", "outlet", ()),
    ("hansohn", "Merle Hansohn", "person", ("Publizistin",)),
    ("blank", "Fedor Blank", "person", ("Bürgermeister",)),
    ("iversen", "Tomke Iversen", "person", ("Hafenmeisterin",)),
    ("grundbuch", "Grundbuch", "document", ()),
    ("funk", "Funk Nordlicht", "outlet", ()),
    ("beamte", "zwei Beamte", "group", ()),
    ("er", "er", "unknown", ()),
    ("anwohner", "Anwohner", "group", ()),
    ("rohwer", "Antje Rohwer", "person", ("Wirtin",)),
    ("nachbar", "Ihr Nachbar", "unknown", ()),
    ("verband", "Verband der Küstenwarte", "organisation", ()),
    ("marten", "Ole Marten", "person", ("Sprecher",)),
]

HANSOHN = ("portal", "boje", "hansohn")
UNRESOLVED: dict[str, Literal["none", "several"]] = {"er": "several", "nachbar": "none"}


def spans(*parts: str, after: str = "") -> tuple[Span, ...]:
    """Where the parts stand, one after the other; "a … b" reaches from a to the end of b."""
    position = VOICES_TEXT.index(after) if after else 0
    found = []
    for part in parts:
        first, _, last = part.partition(" … ")
        start = VOICES_TEXT.index(first, position)
        position = start + len(first)
        if last:
            position = VOICES_TEXT.index(last, position) + len(last)
        found.append(Span(start, position))
    return tuple(found)


def quotation(
    number: int,
    said: tuple[Span, ...],
    chain: tuple[str, ...],
    speaker: tuple[Span, ...] | None,
    *,
    parent: int | None = None,
    kind: QuotationType = "direct",
    medium: str = "speech",
    sourcing: Sourcing = "named_person",
    cue: tuple[Span, ...] = (),
    frame: tuple[Span, ...] = (),
    addressee: tuple[Span, ...] = (),
) -> Quotation:
    """A quotation whose speaker, if there is one, is the last of the chain."""
    spoken_by = None
    if speaker is not None:
        spoken_by = Speaker(person=chain[-1], spans=speaker, unresolved=UNRESOLVED.get(chain[-1]))
    return Quotation(
        id=f"quote-{number}",
        type=kind,
        medium=medium,
        spans=said,
        cue=cue,
        frame=frame,
        addressee=addressee,
        speaker=spoken_by,
        parent=f"quote-{parent}" if parent else None,
        chain=chain,
        sourcing=sourcing,
    )


def voices_quotes() -> tuple[Quotation, ...]:
    """The quotations of the article, in its order, nested three deep."""
    inside = functools.partial(quotation, parent=1)
    indirect = functools.partial(quotation, parent=1, kind="indirect")
    return (
        quotation(
            1, spans("„Wer in Quellhaven … weniger sein.“"), HANSOHN,
            spans("Die Publizistin Merle Hansohn"),
            cue=spans("schreibt"), medium="writing",
            frame=spans("Die Publizistin Merle Hansohn schreibt darin:"),
        ),
        indirect(
            2, spans("Der Turm sei „nie verkauft, nur verliehen“ worden"), (*HANSOHN, "blank"),
            spans("er", after="sagte er und"), cue=spans("sagte", after="sagte er und"),
        ),
        inside(
            3, spans("„Die Hafenmeisterin … nicht wissen.“"), (*HANSOHN, "blank"),
            spans("er", after="sagte er und"), cue=spans("fügte hinzu"),
        ),
        quotation(
            4, spans("„Der Schlüssel … im Amt.“"), (*HANSOHN, "blank", "iversen"),
            spans("Die Hafenmeisterin", after="hinzu:"), parent=3, cue=spans("versichert"),
            addressee=spans("mir"),
        ),
        indirect(
            5, spans("Sie habe „seit … gesehen“"), (*HANSOHN, "iversen"),
            spans("sie", after="schrieb sie"), cue=spans("schrieb", after="schrieb sie"),
            medium="writing", addressee=spans("dem Rat"),
        ),
        indirect(
            6, spans("Der Bürgermeister möge", "im Grundbuch nachsehen"), (*HANSOHN, "iversen"),
            spans("sie", after="riet sie"), cue=spans("riet"), addressee=spans("ihm", after="riet sie"),
        ),
        indirect(
            7, spans("der Turm gehöre seit 1998 dem Land"), (*HANSOHN, "grundbuch"),
            spans("Dort", after="nachsehen"), cue=spans("steht"), medium="writing", sourcing="document",
        ),
        indirect(
            8, spans("der Kaufpreis sei längst geflossen"), (*HANSOHN, "funk", "beamte"),
            spans("zwei Beamte, die ungenannt bleiben wollten"), cue=spans("berichtete"),
            sourcing="anonymous",
        ),
        indirect(
            9, spans("der Turm werde im Herbst abgerissen"), HANSOHN, None,
            cue=spans("heißt es"), sourcing="anonymous",
        ),
        indirect(
            10, spans("Er habe davon nichts gewusst"), (*HANSOHN, "er"),
            spans("er", after="ließ er"), cue=spans("mitteilen"), sourcing="role", medium="SW",
        ),
        inside(
            11, spans("um ihre Aussicht"), (*HANSOHN, "anwohner"), spans("Die Anwohner"),
            cue=spans("fürchten"), kind="reported", medium="thought", sourcing="group",
        ),
        inside(
            12, spans("„Erst der Turm, dann die Mole“", "„dann wir.“"), (*HANSOHN, "rohwer"),
            spans("die Wirtin Antje Rohwer"), cue=spans("sagt", after="Mole“"),
        ),
        inside(
            13, spans("das komme davon"), (*HANSOHN, "nachbar"), spans("Ihr Nachbar"),
            cue=spans("dachte"), kind="free-indirect", medium="thought", sourcing="role",
        ),
        quotation(
            14, spans("„Ein Turm ist … vor Gericht.“"), ("verband", "marten"),
            spans("Sprecher Ole Marten"), cue=spans("erklärte"),
        ),
    )  # fmt: skip


def voices_people() -> tuple[Person, ...]:
    """The people of the article, each with the first place of the name."""
    return tuple(
        Person(id=key, name=name, kind=kind, roles=roles, mentions=spans(name))
        for key, name, kind, roles in PEOPLE
    )


def with_voices(
    analysis: Analysis, people: Iterable[Person], quotes: Sequence[Quotation]
) -> Analysis:
    return msgspec.structs.replace(analysis, people=tuple(people), quotes=tuple(quotes))


def voices_sample() -> Analysis:
    """The article with fourteen quotations and a few times among them."""
    times = make_times(
        VOICES_TEXT,
        [
            ("Am Donnerstag, dem 2. Mai,", "DATE", "2024-05-02", None, "2024-05-02", "2024-05-02", "publication", "de.time.weekday-day-month#nearest"),
            ("seit 1998", "DATE", "1998", None, "1998-01-01", None, None, "de.time.since-year#explicit"),
            ("gestern", "DATE", "2024-05-06", None, "2024-05-06", "2024-05-06", "publication", "de.time.deictic-day#publication"),
            ("im Herbst", "DATE", "2024-FA", None, "2024-09-01", "2024-11-30", "publication", "de.time.season#next"),
            ("bis Ende Juni", "DATE", "2024-06", "END", None, "2024-06-30", "publication", "de.time.until-month#next"),
        ],
    )  # fmt: skip
    analysis = make_analysis(
        VOICES_TEXT, times, title=VOICES_TITLE, author="Merle Hansohn", outlet="Strandläufer"
    )
    return with_voices(analysis, voices_people(), voices_quotes())


def many_voices(number: int, *, speakers: int = 50) -> Analysis:
    """An article of as many quotations, each third one with another inside."""
    parts: list[str] = []
    quotes: list[Quotation] = []
    length = 0
    for n in range(number // 2):
        person, inner = f"p{n % speakers}", f"p{(n + 1) % speakers}"
        lead = f"Rednerin {n % speakers} sagte: "
        outer = f"„Ich habe gehört, dass {inner} meint, Fall {n} sei längst verjährt.“"
        text = f"{lead}{outer}" + ("\n\n" if n % 4 == 3 else " ")
        start = length + len(lead)
        at = start + outer.index("Fall")
        name = (Span(length, length + len(lead) - 8),)
        quotes.append(quotation(2 * n + 1, (Span(start, start + len(outer)),), (person,), name))
        quotes.append(
            quotation(
                2 * n + 2, (Span(at, start + len(outer) - 2),), (person, inner),
                (Span(start + outer.index(inner), start + outer.index(inner) + len(inner)),),
                parent=2 * n + 1, kind="indirect",
            )
        )  # fmt: skip
        parts.append(text)
        length += len(text)
    people = [
        Person(id=f"p{n}", name=f"Rednerin {n}", kind="person", roles=(), mentions=())
        for n in range(speakers)
    ]
    return with_voices(make_analysis("".join(parts), title="Die Anhörung"), people, quotes)
