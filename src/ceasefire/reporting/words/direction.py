"""Names written in the other direction than the report: isolated, so that they order nothing beside them.

A Latin name among Arabic words, or an Arabic one among Latin words, draws the figures
that follow it into its own direction. It stands in an isolate of Unicode (U+2068 … U+2069)
with a mark of its own direction, as `visible` leaves it; in a page it becomes `<bdi>`.
"""

from __future__ import annotations

import unicodedata
from typing import Final, Literal

from ceasefire.patterns import regex

Direction = Literal["ltr", "rtl"]
_OPEN, _CLOSE = "\u2068", "\u2069"
_MARKS: Final = {"ltr": "\u200e", "rtl": "\u200f"}
_STRONG: Final[dict[str, Direction]] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
#: What opens, closes or turns a direction: a text that holds one is left as it is.
_CONTROLS: Final = regex("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def left_to_right(text: str, direction: Direction) -> str:
    """Return an id or a run of ids, isolated in a report from right to left: it has no letters of its own."""
    if direction == "ltr" or not text:
        return text
    return f"{_OPEN}{_MARKS['ltr']}{_CONTROLS.sub('', text)}{_CLOSE}"


def isolated(text: str, direction: Direction) -> str:
    """Return a text, isolated if it holds letters of the other direction than that of the report."""
    if direction == "ltr" and text.isascii():
        return text
    found = [way for c in text if (way := _STRONG.get(unicodedata.bidirectional(c))) is not None]
    if all(way == direction for way in found) or _CONTROLS.search(text):
        return text
    inner = text.strip(" ")
    start, end = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    return f"{start}{_OPEN}{_MARKS[found[0]]}{inner}{_CLOSE}{end}"
