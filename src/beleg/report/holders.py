"""Whose words something is: the name and colour of a voice, or the author's."""

from __future__ import annotations

from dataclasses import dataclass

from beleg.records import Analysis
from beleg.report.safe import one_line, shorten
from beleg.report.voices import NOBODY, SILENT, Look, Statement, Voices
from beleg.report.words import Words

AUTHOR = "author"
_LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Somebody who states, concludes or predicts.

    person: id within the analysis, "author" for who wrote the article, "" where nobody is named.
    quote: key of the quotation on the page, null where the words are the author's.
    """

    person: str
    name: str
    look: Look
    quote: str | None


class Holders:
    """Finds the holder by quotation or by person; unknown ids count as the author's words."""

    def __init__(self, analysis: Analysis, words: Words, voices: Voices) -> None:
        self._words = words
        self._voices = voices
        self._people = {person.id: person.name for person in analysis.people}
        self._statements = {s.quote.id: s for s in voices.statements}
        author = one_line(analysis.document.author or "")
        name = shorten(author, _LONGEST_NAME) or words.say("html.author")
        self.author = Holder(person=AUTHOR, name=name, look=SILENT, quote=None)

    def statement(self, quote: str | None) -> Statement | None:
        """The quotation as the page shows it."""
        return self._statements.get(quote) if quote is not None else None

    def of_quote(self, quote: str | None) -> Holder:
        """Who speaks in the quotation of that id."""
        statement = self.statement(quote)
        if statement is None:
            return self.author
        speaker = statement.quote.speaker
        if speaker is None or statement.speaker is None:
            name = self._words.say("voices.nobody")
            return Holder(person="", name=name, look=NOBODY, quote=statement.key)
        return Holder(
            person=speaker.person,
            name=statement.speaker.name,
            look=statement.look,
            quote=statement.key,
        )

    def of_person(self, person: str, quote: str | None) -> Holder:
        """The person of that id; quote: id of the quotation in which it is said."""
        if person == AUTHOR:
            return self.author
        statement = self.statement(quote)
        voice = self._voices.voices.get(person)
        name = voice.name if voice else one_line(self._people.get(person, person))
        return Holder(
            person=person,
            name=shorten(name, _LONGEST_NAME) or self._words.say("voices.nobody"),
            look=voice.look if voice else SILENT,
            quote=statement.key if statement else None,
        )
