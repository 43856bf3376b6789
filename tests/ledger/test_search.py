"""Search asks both databases the same, whatever somebody types."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from beleg.errors import LedgerRefused
from beleg.ledger import schema
from beleg.ledger.search import drop, found_words, matching, narrowed, parse, put, words_table
from beleg.ledger.stems import folded, stem, stems
from beleg.ledger.store import Ledger

TEXTS = {
    1: "Die Verhandlungen über die Brücke dauern an, sagte Erna Müller.",
    2: "Keine Verhandlung! Straße, Maß und Ärger; 3,5 Prozent am 24. Februar 2022.",
    3: "Erdoğan traf Chruschtschow, it's \\'odd\\' & (sehr) seltsam: a:b | c ! 🦉 日本",
    4: "wort " * 3_000 + "ende",
}
_TYPED = st.text(
    alphabet=st.sampled_from("abcdeVÄüß \"'„“-*&|!()<:>\\{}^~0123🦉日\u0301\u00ad\n\x00"),
    max_size=30,
)


@pytest.fixture
def indexed(ledger: Ledger) -> Ledger:
    """A ledger whose index of names holds the texts; PostgreSQL wants entries for them."""
    with ledger.change(who="anna") as change:
        from beleg.ledger.persons import enter_people

        ids = enter_people(change, [(f"Name {n}", "person") for n in TEXTS])
        drop(change.db, "person_words", ids)
        put(change.db, "person_words", zip(ids, TEXTS.values(), strict=True))
    return ledger


def _found(ledger: Ledger, query: str) -> list[int]:
    words = words_table("person_words")
    with ledger.read() as db:
        where = matching(db, "person_words", query)
        return list(db.scalars(select(words.c.rowid).where(where).order_by(words.c.rowid)))


@pytest.mark.parametrize("few", [0, 1, 2, 1_000])
@pytest.mark.parametrize(
    ("query", "found"), [("verhandlung", [1, 2]), ("brücke", [1]), ("fehlt", []), ("wort*", [4])]
)
def test_few_hits_and_many_are_found_alike(
    indexed: Ledger, monkeypatch: pytest.MonkeyPatch, few: int, query: str, found: list[int]
) -> None:
    monkeypatch.setattr("beleg.ledger.search.COUNTED", few)
    p = schema.people.c
    with indexed.read() as db:
        asked = narrowed(db, select(p.id), p.id, "person_words", query).order_by(p.id)
        assert list(db.scalars(asked)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("verhandlung", [1, 2]),
        ("Verhandlungen -brücke", [2]),
        ("STRASSE", [2]),
        ("mass", [2]),
        ("aerger", [2]),
        ("3,5", [2]),
        ("24. februar", [2]),
        ("erdogan", [3]),
        ("a:b", [3]),
        ("日本", [3]),
        ('"sehr seltsam"', [3]),
        ('"seltsam sehr"', []),
        ("ende", [4]),
        ("verhandl*", [1, 2]),
        ("brü*", [1]),
        ("*", None),
        ("\\ ' \" & | ! ( ) :", None),
    ],
)
def test_words_are_found_alike(indexed: Ledger, query: str, found: list[int] | None) -> None:
    if found is None:
        with pytest.raises(LedgerRefused):
            _found(indexed, query)
    else:
        assert _found(indexed, query) == found


@given(query=_TYPED)
@example(query='"')
@example(query="-")
@example(query='a" OR b*')
@example(query="NOT a")
@settings(
    max_examples=3 * settings().max_examples,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_nothing_that_is_typed_breaks_the_search(indexed: Ledger, query: str) -> None:
    try:
        found = _found(indexed, query)
    except LedgerRefused:
        return
    assert set(found) <= set(TEXTS)


@given(text=st.text(max_size=60))
def test_stems_are_words_without_signs_of_any_query_language(text: str) -> None:
    for word in stems(text):
        assert word
        assert all(sign.isalnum() for sign in word), word
        assert word == folded(word)


@given(text=st.text(max_size=80))
def test_a_query_of_a_texts_own_words_is_understood(text: str) -> None:
    words = list(stems(text))
    if not words:
        with pytest.raises(LedgerRefused):
            parse(text)


def test_threads_stem_at_the_same_time() -> None:
    words = [f"{begin}{middle}ungen{number}" for begin in ("Ver", "Über", "Zer") for middle in ("handl", "prüf", "wend") for number in range(300)]  # fmt: skip
    stem.cache_clear()
    right = [stem(word) for word in words]
    stem.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        for found in threads.map(lambda _: [stem(word) for word in words], range(8)):
            assert found == right


@given(text=st.text(max_size=60))
def test_the_first_letter_is_that_of_the_stem(text: str) -> None:
    for word in re.findall(r"[^\W_]+", text):
        assert folded(word[0])[:1] == stem(word)[:1], word


def test_taking_out_what_is_not_there_is_no_matter(ledger: Ledger) -> None:
    with ledger.change(who="anna") as change:
        drop(change.db, "article_words", [7])
        assert change.db.scalar(select(func.count()).select_from(words_table("article_words"))) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Verhandlungen", "Verhandlung"),
        ("Müller", "Mueller"),
        ("Straße", "STRASSE"),
        ("Häuser", "Haus"),
        ("Ministerinnen", "Ministerin"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@given(
    st.sampled_from(["Straße", "verhandl*", '"eis und Maß"', "Ärger -x", "hat 3,5", "ﬁsch", "日本", "한국"]),
    st.lists(
        st.sampled_from(["Straße", "STRASSEN", "𝐒traße", "Verhandlung", "Eis", "eis_eis", "und", "Maß",
                         "aerger", "Ärgers", "xÄrger", "3", "5", "hät", "fisch", "ﬁsch", "日本", "한국", "_", "-"]),
        max_size=8,
    ),
    st.sampled_from([" ", "-", "_", "\n"]),
)  # fmt: skip
@example("straße", ["STRASSE"], " ")
def test_every_word_that_the_query_means_is_marked(
    query: str, words: list[str], joint: str
) -> None:
    text = joint.join(words)
    wanted = [term for term in parse(query) if term.wanted]
    whole = {word for term in wanted for word in term.words}
    begun = tuple(term.words[-1] for term in wanted if term.prefix)
    meant = [
        word.span()
        for word in re.finditer(r"[^\W_]+", text)
        if stem(word[0]) in whole or (begun and folded(word[0]).startswith(begun))
    ]
    assert found_words(query, text) == meant
