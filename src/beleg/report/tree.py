"""The tree of voices: from the article through those who pass words on to those who speak.

The drawing has one row for each end of a branch and one column for each step, as wide as
its longest name; so it needs no measuring in the browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from beleg.report.safe import columns, shorten
from beleg.report.voices import NOBODY, SILENT, Look, Statement, Voices
from beleg.report.words import Words

# A chain of more steps is an error or an attack; the middle is left out.
_LONGEST_CHAIN = 12
# More ends or a wider drawing are easier to read as a list.
_MOST_ROWS = 60
# Width of a drawing in pixels up to which a size of the style sheet shows it.
_SIZES = {"small": 620, "middle": 940, "large": 1240}

_LONGEST_LABEL = 30
_ROW = 34.0
_EDGE = 9.0
_LETTER = 7.6  # mean width at 15 px of a wide sans; too wide rather than too narrow
_STEP = 44.0
_DOT = 20.0


@dataclass(frozen=True, kw_only=True)
class Node:
    """A voice at one place of the tree.

    who: the token to filter the table by. count: statements that end here.
    below: what starts here in the list: a deeper level; closes: levels that end after it.
    x, y: the dot; edge: path from the node above. Pixels.
    """

    who: str
    name: str
    label: str
    spoken: str
    count: int
    look: Look
    below: bool
    closes: int
    x: float
    y: float
    edge: str


@dataclass(frozen=True, kw_only=True)
class Tree:
    """The tree in reading order, the root apart.

    size: "small", "middle" or "large" where there is a drawing, which smaller windows do not
    show; null where there is only the list.
    """

    root: str
    root_y: float
    nodes: tuple[Node, ...]
    width: int
    height: int
    size: str | None


@dataclass
class _Branch:
    """A node while the tree is built."""

    who: str
    name: str
    look: Look
    depth: int
    route: str
    count: int = 0
    branches: dict[str, _Branch] = field(default_factory=dict)
    x: float = 0.0
    y: float = 0.0

    @property
    def label(self) -> str:
        return shorten(self.name, _LONGEST_LABEL)


def voice_tree(voices: Voices, *, root: str, words: Words) -> Tree | None:
    """The tree, or None where nobody is quoted.

    root: name of the outlet or author. A chain that begins with it hangs from the root itself.
    """
    if not voices.statements:
        return None
    top = _grown(voices.statements, root, words)
    order = list(_walk(top))
    rows = _place(order)
    width = max(branch.x + _label_width(branch) for branch in order) + _EDGE
    return Tree(
        root=top.label,
        root_y=round(top.y, 1),
        nodes=tuple(_nodes(order, words)),
        width=round(width),
        height=round(rows * _ROW + 2 * _EDGE),
        size=next((size for size, most in _SIZES.items() if width <= most), None)
        if rows <= _MOST_ROWS
        else None,
    )


def _grown(statements: Sequence[Statement], root: str, words: Words) -> _Branch:
    top = _Branch("", root or words.say("tree.root"), SILENT, 0, "")
    for statement in statements:
        chain = list(statement.chain)
        if chain and root and chain[0].name.casefold() == root.casefold() and len(chain) > 1:
            del chain[0]
        if len(chain) > _LONGEST_CHAIN:
            del chain[_LONGEST_CHAIN - 1 : -1]
        at = top
        for voice in chain:
            if voice.key not in at.branches:
                route = f"{at.route} → {voice.name}" if at.route else voice.name
                who = f"s-{voice.key}" if voice.said else f"c-{voice.key}"
                at.branches[voice.key] = _Branch(who, voice.name, voice.look, at.depth + 1, route)
            at = at.branches[voice.key]
        if statement.speaker is None:
            name = words.say("voices.nobody")
            at = at.branches.setdefault(
                "", _Branch("s-nobody", name, NOBODY, at.depth + 1, f"{at.route} → {name}")
            )
        at.count += 1
    return top


def _walk(top: _Branch) -> Iterator[_Branch]:
    """Every branch before those that grow from it."""
    waiting = [top]
    while waiting:
        branch = waiting.pop()
        yield branch
        waiting.extend(reversed(branch.branches.values()))


def _place(order: Sequence[_Branch]) -> int:
    """Gives every branch its place; returns the number of rows."""
    widths: dict[int, float] = {}
    for branch in order:
        widths[branch.depth] = max(widths.get(branch.depth, 0.0), _label_width(branch))
    starts = {0: _EDGE}
    for depth in range(1, len(widths)):
        starts[depth] = starts[depth - 1] + widths[depth - 1] + _STEP
    rows = 0
    for branch in order:
        branch.x = starts[branch.depth]
        if not branch.branches:
            branch.y = _EDGE + (rows + 0.5) * _ROW
            rows += 1
    for branch in reversed(order):
        grown = list(branch.branches.values())
        if grown:
            branch.y = (grown[0].y + grown[-1].y) / 2
    return rows


def _label_width(branch: _Branch) -> float:
    count = f" {branch.count}" if branch.count else ""
    return _DOT + _LETTER * columns(branch.label + count)


def _nodes(order: Sequence[_Branch], words: Words) -> Iterator[Node]:
    edges = {
        id(below): _edge(branch, below) for branch in order for below in branch.branches.values()
    }
    # The root is no entry of the list, so what hangs from it is at level 1.
    following = [branch.depth for branch in order[2:]] + [1]
    for branch, after in zip(order[1:], following, strict=True):
        counted = words.count("tree.statements", branch.count) if branch.count else ""
        yield Node(
            who=branch.who,
            name=branch.name,
            label=branch.label,
            spoken=words.say("tree.node", route=branch.route, statements=counted)
            if counted
            else branch.route,
            count=branch.count,
            look=branch.look,
            below=bool(branch.branches),
            closes=max(0, branch.depth - after),
            x=round(branch.x, 1),
            y=round(branch.y, 1),
            edge=edges[id(branch)],
        )


def _edge(above: _Branch, below: _Branch) -> str:
    """A curve from the end of a label to the next dot."""
    x1, x2 = above.x + _label_width(above) + 2, below.x - 7
    bend = x2 - _STEP / 2
    return (
        f"M{x1:.1f} {above.y:.1f}H{bend - 12:.1f}"
        f"C{bend:.1f} {above.y:.1f} {bend:.1f} {below.y:.1f} {x2:.1f} {below.y:.1f}"
    )
