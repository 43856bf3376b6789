"""What is wrong, said so that it can be said in other languages too."""

from __future__ import annotations

from typing import Any


class Message(str):
    """What is wrong, in English.

    key: names the condition for whoever has words for it in another language, what to do included;
    fields: what those words fill in.
    """

    __slots__ = ("fields", "key")

    key: str
    fields: dict[str, Any]

    def __new__(cls, key: str, english: str, **fields: Any) -> Message:
        """A message that reads as `english`."""
        message = super().__new__(cls, english)
        message.key = key
        message.fields = fields
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, Any]]:
        """What copies are made of."""
        return (self.key, str(self)), self.fields
