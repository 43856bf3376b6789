"""Lines for the terminal: text wrapped to a width, with or without ANSI colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beleg.report.safe import columns

_RESET = "\x1b[0m"
_STYLES = {
    "bold": "\x1b[1m",
    "dim": "\x1b[2m",
    "time": "\x1b[36m",
    "voice": "\x1b[35m",
    "alarm": "\x1b[1;31m",
}


class Lines:
    """Fills lines of at most `width` columns; a style is a name or None."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = width
        self.colour = colour

    def parts(
        self,
        parts: tuple[str, str, str],
        *,
        indent: int = 0,
        room: int | None = None,
        style: str | None = None,
    ) -> Iterator[str]:
        """Wrapped text whose middle part carries the colour of times."""
        styled = [
            (word, part_style)
            for part, part_style in zip(parts, (style, style or "time", style), strict=True)
            for word in pieces_of(part)
        ]
        yield from self.flow(styled, indent, room or self.width - indent)

    def wrapped(
        self, text: str, *, indent: int = 0, room: int | None = None, style: str | None = None
    ) -> Iterator[str]:
        pieces = [(piece, style) for piece in pieces_of(text)]
        yield from self.flow(pieces, indent, room or self.width - indent)

    def flow(
        self, pieces: Sequence[tuple[str, str | None]], indent: int, room: int
    ) -> Iterator[str]:
        """Fills lines with pieces; a blank at a line's edge is dropped, long words are cut."""
        line: list[tuple[str, str | None]] = []
        used = 0
        for piece, style in pieces:
            rest = piece
            while used + columns(rest) > room and (used or columns(rest) > room):
                if used and rest.isspace():
                    rest = ""
                    break
                if used:
                    yield " " * indent + self._joined(line)
                    line, used = [], 0
                    continue
                head, rest = _split(rest, room)
                yield " " * indent + self.styled(head, style)
            if not rest or (rest.isspace() and not used):
                continue
            line.append((rest, style))
            used += columns(rest)
        if line:
            yield " " * indent + self._joined(line)

    def _joined(self, line: list[tuple[str, str | None]]) -> str:
        while line and line[-1][0].isspace():
            line.pop()
        runs: list[tuple[str, str | None]] = []
        for text, style in line:
            if runs and runs[-1][1] == style:
                runs[-1] = (runs[-1][0] + text, style)
            else:
                runs.append((text, style))
        return "".join(self.styled(text, style) for text, style in runs)

    def styled(self, text: str, style: str | None) -> str:
        if not self.colour or style is None or not text:
            return text
        return f"{_STYLES[style]}{text}{_RESET}"


def pieces_of(text: str) -> list[str]:
    """Words and the blanks between them, in order."""
    pieces: list[str] = []
    for number, word in enumerate(text.split(" ")):
        if number:
            pieces.append(" ")
        if word:
            pieces.append(word)
    return pieces


def _split(word: str, room: int) -> tuple[str, str]:
    """The part of a word that fits into `room` columns, at least one letter, and the rest."""
    width = 0
    for position, letter in enumerate(word):
        width += columns(letter)
        if width > room and position:
            return word[:position], word[position:]
    return word, ""


def plain(text: str) -> str:
    """The text without this module's own colours."""
    for code in (*_STYLES.values(), _RESET):
        text = text.replace(code, "")
    return text
