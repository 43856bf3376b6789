"""Markdown to plain lines, with the metadata of its YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from beleg.errors import DocumentUnreadable
from beleg.intake.extracted import (
    Block,
    Extracted,
    join_blocks,
    join_cells,
    one_line,
    stated_day,
    web_address,
)
from beleg.messages import Message

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?=[\w\"' -]+:|#)(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M
)
_MAX_FRONT_MATTER = 64_000
# Lists and quotations deeper than this are dropped by the parser; its own default is 20.
_MAX_NESTING = 100
_AUTHOR_KEYS = ("author", "authors", "byline", "by")
_OUTLET_KEYS = ("outlet", "publication", "publisher", "site", "sitename", "site_name")
_URL_KEYS = ("url", "canonical", "canonical_url", "link", "source")
_DATE_KEYS = (
    "published",
    "publisheddate",
    "published_at",
    "datepublished",
    "publishdate",
    "publish_date",
    "pubdate",
    "date",
)
_UNSEEN_ELEMENT = re.compile(r"<(/?)(script|style|iframe|noscript|template|svg)\b", re.I)


def has_front_matter(text: str) -> bool:
    """Whether the text opens with a YAML block between lines of three dashes."""
    return _front_matter(text) is not None


def read_markdown(text: str, *, where: str) -> Extracted:
    """Plain text of a Markdown document: paragraphs, headings and table rows a blank line apart,
    list items on lines of their own; link texts stay, images and raw HTML go.

    Raises DocumentUnreadable if the front matter is not the plain YAML it should be.
    """
    match = _front_matter(text)
    fields: dict[str, Any] = {}
    if match:
        fields = _load_front_matter(match[1], where)
        text = text[match.end() :]
    return Extracted(
        text=_render(text),
        title=one_line(fields.get("title")),
        author=_author(_first(fields, _AUTHOR_KEYS)),
        outlet=_first_of(fields, _OUTLET_KEYS, one_line),
        url=_first_of(fields, _URL_KEYS, web_address),
        published=_first_of(fields, _DATE_KEYS, stated_day),
    )


def _front_matter(text: str) -> re.Match[str] | None:
    return _FRONT_MATTER.match(text, 0, _MAX_FRONT_MATTER)


def _load_front_matter(source: str, where: str) -> dict[str, Any]:
    """The fields, keys in small letters, every scalar as the string that was written."""
    import yaml

    class Plain(yaml.BaseLoader):
        """Builds nothing but strings, lists and mappings, and no value twice."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("aliases are not allowed")
            return super().compose_node(parent, index)

    try:
        loaded = yaml.load(source, Loader=Plain)  # noqa: S506 (Plain builds strings only)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (line {mark.line + 2})" if mark else ""
        reason = one_line(getattr(error, "problem", None) or str(error)) or "nested too deeply"
        raise DocumentUnreadable(
            where,
            Message(
                "front_matter",
                f"front matter is not valid YAML{line}: {reason}",
                detail=f"{reason}{line}",
            ),
            "Correct the block between the lines of dashes; put values with a colon in quotes",
        ) from error
    if not isinstance(loaded, dict):
        return {}
    return {str(key).strip().lower(): value for key, value in loaded.items()}


def _first(fields: dict[str, Any], keys: Sequence[str]) -> Any:
    return next((fields[key] for key in keys if fields.get(key)), None)


def _first_of(fields: dict[str, Any], keys: Sequence[str], read: Any) -> Any:
    """The first value that `read` accepts: `published: true` is no date, `date:` then is."""
    return next((value for key in keys if (value := read(fields.get(key))) is not None), None)


def _author(value: Any) -> str | None:
    """One name or several, "; " between them; an entry may be a mapping with a `name`."""
    entries = value if isinstance(value, list) else [value]
    names = (one_line(entry.get("name") if isinstance(entry, dict) else entry) for entry in entries)
    return one_line("; ".join(name for name in names if name))


def _render(source: str) -> str:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable("table")
    return join_blocks(_blocks(parser.parse(source)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    depth = group = 0
    cells: list[str] | None = None
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open", "table_open"):
            group += depth == 0
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close", "table_close"):
            depth -= 1
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            yield Block(join_cells(cells), group)
            cells = None
        elif token.type == "inline":
            text = _inline_text(token.children or ())
            if cells is None:
                yield Block(text, group if depth else None)
            else:
                cells.append(text)
        elif token.type in ("fence", "code_block"):
            yield Block(token.content, group if depth else None)


def _inline_text(tokens: Sequence[Token]) -> str:
    """The words of a paragraph: line ends in the source are spaces, hard breaks stay."""
    parts: list[str] = []
    unseen = 0
    for token in tokens:
        if token.type == "html_inline":
            element = _UNSEEN_ELEMENT.match(token.content)
            if element:
                unseen = max(0, unseen + (-1 if element[1] else 1))
            elif re.match(r"<br\b", token.content, re.I):
                parts.append("\n")
        elif unseen or token.type == "image":
            continue
        elif token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" " if token.type == "softbreak" else "\n")
    return "".join(parts)
