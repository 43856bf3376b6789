"""The timeline: which clauses are events, and on which days; events stand in [brackets]."""

from __future__ import annotations

import pytest
from timeline_samples import assert_as_marked, events_of, parts_of, told

# ---- spans -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "marked",
    [
        "[Am 3. Mai 2020 brannte in Musterstadt die Halle].",
        "[Am 3. Mai 2020 brannte die Halle]; niemand wurde verletzt.",
        "[Am 3. Mai 2020 brannte die Halle] – alle Gäste flohen.",
        "[Am 3. Mai 2020 brannte die Halle], weil ein Kabel schmorte.",
        "Weil ein Kabel schmorte, [brannte am 3. Mai 2020 die Halle].",
        "Doch [am 3. Mai 2020 brannte die Halle].",
        "Die Lage ist klar: [Am 3. Mai 2020 brannte die Halle].",
        "Anna Muster sagte: „[Am 3. Mai 2020 brannte die Halle].“",
        "[Am 3. Mai 2020 sank die „Möwe“].",
        "[Am 3. Mai 2020 wurde Ole Beispiel, der den Brand gelegt hatte, festgenommen].",
        "[Am 3. Mai 2020 trat Ministerin Muster, wie erwartet, zurück].",
        "[Der Chef der Kammer, Ole Beispiel, warnte am 3. Mai 2020 vor Lücken].",
        "[Am Sonntag, dem 3. Mai 2020, brannte die Halle].",
        "[Erst vor drei Wochen, am 25. Mai, brannte die Halle].",
        "[In der Halle (Nordhafen) brannte am 3. Mai 2020 ein Lager (Holz)].",
        "[Am 3. Mai 2020 kündigte die Stadt an, die Halle zu räumen].",
        "[Am 3. Mai 2020 sagte Ole Beispiel, er habe nichts gewusst].",
        "[Der Hafen brannte am 3. Mai 2020 und kostete die Stadt viel Geld].",
        "Musterstadt (bda), 4. Mai 2020 – [Am 3. Mai 2020 brannte die Halle].",
        "[Der Bund der Wölfe (also: der Wolfsbund!) tagte am 3. Mai 2020].",
        "[Wahl in Musterstadt am 3. Mai 2020]\n\nDer Rat tagt.",
    ],
)
def test_the_span_is_the_clause_around_the_time(marked: str) -> None:
    assert_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "[Die Halle, die am 3. Mai 2020 brannte], steht leer.",
        "Sie bargen [das alte Schiff, das am 3. Mai 2020 sank].",
        "Die Stadt räumte [die Halle in Musterstadt, die am 3. Mai 2020 brannte].",
        "[Die Wolfspartei (WP), die am 3. Mai 2020 tagte], schweigt.",
        "Er hat den Mann erkannt, [der am 3. Mai 2020 die Halle betrat].",
    ],
)
def test_a_relative_clause_takes_the_noun_before_it_along(marked: str) -> None:
    assert_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "[Die Halle brannte im Jahr 2019], [im Jahr 2020 stürzte der Turm ein].",
        "[Am 3. Mai 2020 brannte die Halle], und [am 4. Mai 2020 stürzte der Turm ein].",
        "[Der Verein wurde 1912 in Musterstadt gegründet] und [2019 vom Amt aufgelöst].",
        "[Der Rat tagte am 3. Mai 2020] und [die Halle brannte am 4. Mai 2020].",
        "Er sagte, dass [der Rat am 3. Mai 2020 getagt hatte] und dass [die Halle 1912 entstand].",
        "[Am 3. Mai 2020 sah sie den Mann wieder], [der 2019 die Halle verkauft hatte].",
    ],
)
def test_clauses_with_times_of_their_own_are_events_of_their_own(marked: str) -> None:
    assert_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "[Niemand weiß, wann er am 3. Mai 2020 kam].",
        "[Er kam, sah sich um und ging am 3. Mai 2020].",
        "[Musterstadt: am 3. Mai 2020 Markt, Musik und Tanz].",
    ],
)
def test_a_clause_without_noun_or_verb_takes_the_whole_sentence(marked: str) -> None:
    assert_as_marked(marked)


# ---- which times are events --------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Die Fähre fährt jeden Montag.",
        "Der heute 49-jährige Maler lebt in Musterstadt.",
        "Die Halle fiel, so wie die Werft in Beispielheim 2006.",
        "Die Fähre fährt jeden Dienstag und Donnerstag.",
        "Die Arbeiten dauerten zwei Monate.",
        "Derzeit tagt der Rat.",
        "Damals war das Geld knapp.",
        "Bald kommt der Winter nach Musterstadt.",
        "Der Dichter Ole Beispiel (1923) bleibt unvergessen.",
        "Der Dichter Ole Beispiel (1923–2001) bleibt unvergessen.",
        "Anna Muster: Das Boot. Roman. Musterverlag, Musterstadt (2019).",
        "Das 1912 gesunkene Schiff rostet.",
        "Der Brief vom 3. Mai 2020 liegt dem Rat vor.",
        "Mehr zum Thema (3.5.2020)",
        "Von Anna Muster\n3. Mai 2020\n\nDer Rat tagt wieder.",
    ],
)
def test_times_that_place_no_clause_are_no_events(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("Am 3. Mai 2020 brannte die Halle.", "2020-05-03", "2020-05-03"),
        ("Im Mai 2020 brannte die Halle.", "2020-05-01", "2020-05-31"),
        ("Am Sonntag um 20 Uhr brannte die Halle.", "2020-06-14", "2020-06-14"),
        ("Im Mai 2020 brannte am 3. Mai die Halle.", "2020-05-03", "2020-05-03"),
        ("Gegen 17 Uhr am Freitag brannte die Halle.", "2020-06-12", "2020-06-12"),
        ("Die Messe dauert vom 3. bis 5. Mai 2020.", "2020-05-03", "2020-05-05"),
        ("Die Messe dauert vom 30. April bis zum 2. Mai 2020.", "2020-04-30", "2020-05-02"),
        ("Am 3. und 5. Mai 2020 tagte der Rat.", "2020-05-03", "2020-05-05"),
        ("In der Nacht vom 3. auf den 4. Mai 2020 kam ein Sturm.", "2020-05-03", "2020-05-04"),
        ("2009 und 2010 tagte der Rat.", "2009-01-01", "2010-12-31"),
        ("Bis zum 3. Mai 2020 räumte die Stadt die Halle.", None, "2020-05-03"),
        ("Bis Freitag um 20 Uhr räumt die Stadt die Halle.", None, "2020-06-19"),
        ("Seit dem 3. Mai 2020 steht die Halle leer.", "2020-05-03", "2020-06-15"),
        ("Seit 2019 steht die Halle leer.", "2019-01-01", "2020-06-15"),
        ("Ab dem 3. Juli 2020 steht die Halle leer.", "2020-07-03", None),
        ("Vom 3. Juli 2020 an steht die Halle leer.", "2020-07-03", None),
        ("Vor dem 3. Mai 2020 stand die Halle leer.", None, "2020-05-02"),
        ("Nach dem 3. Mai 2020 stand die Halle leer.", "2020-05-04", None),
        ("Nach dem Brand am 3. Mai 2020 stand die Halle leer.", "2020-05-03", None),
        ("Vor drei Tagen brannte die Halle.", "2020-06-12", "2020-06-12"),
        ("Seit 15 Jahren steht die Halle leer.", "2005-06-15", "2020-06-15"),
        ("Am Sonntag gewann sie wie 2010 das Rennen.", "2020-06-14", "2020-06-14"),
        ("Nach der Flucht am Freitag tagte heute um 9 Uhr der Rat.", "2020-06-15", "2020-06-15"),
    ],
)
def test_the_days_are_those_of_the_time_as_the_words_bound_them(
    text: str, earliest: str | None, latest: str | None
) -> None:
    (event,) = events_of(text)
    days = [day and day.isoformat() for day in (event.earliest, event.latest)]
    assert days == [earliest, latest]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Am Sonntag um 20 Uhr brannte die Halle.", "20 Uhr"),
        ("Im Mai 2020 brannte am 3. Mai die Halle.", "3. Mai"),
        ("Die Messe dauert vom 3. bis 5. Mai 2020.", "3."),
    ],
)
def test_times_that_agree_are_one_event_under_the_most_specific(text: str, words: str) -> None:
    _, _, times = parts_of(text)
    (event,) = events_of(text)
    (time,) = (time for time in times if time.id == event.time)
    assert text[time.span.start : time.span.end] == words


def test_without_a_day_of_publication_open_times_are_events_with_open_days() -> None:
    (event,) = events_of("Am Sonntag brannte in Musterstadt die Halle.", published=None)
    assert (event.earliest, event.latest) == (None, None)
    assert event.time is not None
