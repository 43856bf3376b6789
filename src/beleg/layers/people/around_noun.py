"""What stands around a noun: its complement, brackets, a name beside it or in apposition, a place."""

from __future__ import annotations

from beleg.layers.people.page import NameTokens, Page

_COMPLEMENT_MOST = 16
_BRACKET_MOST = 8
_MODIFIER_LETTERS = 5  # "venezolanisch" and "Venezuela" agree in as many


def name_at(page: Page, at: int, limit: int, kinds: tuple[str, ...]) -> NameTokens | None:
    """A name at a token or behind one opening mark."""
    if at < limit and page.is_mark(at):
        at += 1
    name = page.names.get(at) if at < limit else None
    return name if name is not None and name.kind in kinds else None


def place_before(page: Page, first: int) -> str:
    """The country in "Venezuelas Minister"."""
    at = first - 1
    before = page.names.get(at)
    place = before.kind == "LOC" if before is not None else not page.nouns[at]
    same = page.sentence_of[at] == page.sentence_of[first]
    if place and same and page.tokens[at].text[0].isupper() and page.lower[at].endswith("s"):
        return "" if page.lower[at] in page.rules.determiners else modifier_at(page, at)
    return ""


def read_complement(
    page: Page, at: int, limit: int, person: bool
) -> tuple[int, NameTokens | None, set[str]]:
    """The end of what hangs on a noun, a name that stands beside it, and the places in it."""
    start = at
    places: set[str] = set()
    opened = preposition = False
    while at < limit and at - start < _COMPLEMENT_MOST:
        lower, text = page.lower[at], page.tokens[at].text
        name = page.names.get(at)
        if name is not None:
            if name.kind == "PER" and person and at > start and _beside(page, name):
                return at, name, places
            if name.kind == "LOC":
                places.add(modifier_at(page, at))
            at, opened, preposition = name.stop, False, False
            continue
        if lower in page.rules.links:
            opened = preposition = True
        elif lower in page.rules.genitives or (preposition and lower in page.rules.determiners):
            opened = True
        elif opened and (text[0].isupper() or text[0].isdigit()):
            opened = text.endswith(page.rules.towns)  # "der Nordhagener Feuerwehr"
            preposition = False
        elif text[0].isupper() and (text.endswith("s") if at == start else not page.nouns[at]):
            opened = preposition = False
        elif not opened or not (page.is_mark(at) or _may_be_adjective(page, at)):
            break
        at += 1
    while at > start and (page.tokens[at - 1].text[0].islower() or page.is_mark(at - 1)):
        at -= 1
    return at, None, places


def _may_be_adjective(page: Page, at: int) -> bool:
    lower = page.lower[at]
    return lower.endswith(page.rules.adjectives) and lower not in page.rules.no_adjectives


def _beside(page: Page, name: NameTokens) -> bool:
    """Whether a person's name stands beside a noun phrase ("der Chef der Bahn Ole Brandis").

    Behind "der Minister" it is the minister's, and a single word behind a body or a family is
    what that is called ("die Sprecherin der Werft Brandis").
    """
    at = name.first
    before = page.lower[at - 1]
    if before in page.rules.determiners or before in page.rules.prepositions:
        return False
    if page.lower[at - 2] not in page.rules.determiners:
        return True
    single = name.stop - name.first == 1
    owners = ("person", "organisation", "group") if single else ("person",)
    return not any(reading.means in owners for reading in page.nouns[at - 1])


def name_in_apposition(
    page: Page, at: int, limit: int, kinds: tuple[str, ...]
) -> NameTokens | None:
    """The name in "der Sprecher der Polizei, Ole Brandis,"."""
    if at + 1 >= limit or page.tokens[at].text not in (",", "–", "—", "-"):
        return None
    after = at + 1
    while after < limit - 1 and page.lower[after] in page.rules.titles:
        after += 1
    return name_at(page, after, limit, kinds)


def read_bracket(page: Page, at: int, limit: int) -> tuple[int, set[str]]:
    """Past brackets that stand at a token, and the places named in them."""
    if at >= limit or page.tokens[at].text != "(":
        return at, set()
    places: set[str] = set()
    for inner in range(at + 1, min(limit, at + _BRACKET_MOST)):
        if page.tokens[inner].text == ")":
            return inner + 1, places
        name = page.names.get(inner)
        if name is not None and name.kind == "LOC":
            places.add(modifier_at(page, inner))
    return at, set()


def modifier_at(page: Page, at: int) -> str:
    """What tells two presidents apart: the beginning of a place or of an adjective from it."""
    return page.rules.spelling.plain(page.tokens[at].text)[:_MODIFIER_LETTERS]
