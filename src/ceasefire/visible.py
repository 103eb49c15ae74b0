"""Text of others made safe to look at, before any format's own escaping.

A name or a note from a record may hold characters that turn the order of what
follows (bidirectional overrides), hide, or break a line. They are shown as
codes, such as [U+202E], so that a reader sees that they are there (Unicode
Technical Report 36, section 2).

Two of them people type who write Arabic or Hebrew among figures and Latin words: the
marks of direction U+200E and U+200F. They are kept, out of sight, and the text they
stand in is isolated (U+2068 … U+2069), so that they order nothing outside it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ceasefire.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Zero-width joiner and non-joiner: Persian and Arabic spelling needs them, and they turn nothing round.
_SPELLING: Final = "\u200c\u200d"
#: The marks of direction that people type, and what keeps them to the text they stand in.
_MARKS: Final = "\u200e\u200f"
_FIRST_STRONG, _POP = "\u2068", "\u2069"
#: A text isolated here before: closed, with a mark inside, and nothing that could open or close more.
_INSIDE: Final = "[^\u202a-\u202e\u2066-\u2069]*"
_ISOLATED: Final = regex(f"({_FIRST_STRONG}{_INSIDE}[{_MARKS}]{_INSIDE}{_POP})")
_BLANKS: Final = regex(r"\s+")
#: Categories of characters that are not themselves to be seen.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
#: Never to be exchanged (Unicode 23.7): these, and the last two of every plane.
_NONCHARACTERS: Final = range(0xFDD0, 0xFDF0)
_LAST_TWO: Final = (0xFFFE, 0xFFFF)
_LONGEST_ADDRESS: Final = 2000
#: The bytes that JSON escapes itself or that everybody sees.
_SEEN: Final = bytes(range(0x7F))


@lru_cache(maxsize=65_536)
def visible(text: str) -> str:
    """Return a text on one line, each character that cannot be seen shown as its code."""
    spaced = text.replace("\r\n", " ").translate({9: " ", 10: " ", 13: " "})
    if spaced.isascii() and spaced.isprintable():
        shown = spaced
    else:
        pieces = _ISOLATED.split(spaced)
        shown = "".join(
            _isolated(piece[1:-1]) if n % 2 else _isolated(piece) for n, piece in enumerate(pieces)
        )
    return _BLANKS.sub(" ", shown).strip()


def columns(text: str) -> int:
    """Return how many characters of a visible text take a place in a column of a terminal."""
    return sum(c not in _MARKS and c not in (_FIRST_STRONG, _POP) for c in text)


def isolates_closed(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the lines of a visible text: what is isolated and goes over an end of one is so on each."""
    told, opened = [], ""
    for line in lines:
        whole = opened + line
        last = whole.rfind(_FIRST_STRONG)
        opened = whole[last : last + 2] if last > whole.rfind(_POP) else ""
        told.append(whole + (_POP if opened else ""))
    return tuple(told)


def _isolated(text: str) -> str:
    """Return a text with each unseen character as its code; isolated where it holds marks of direction.

    Where there is nothing but marks, they are shown: a name must not be invisible.
    """
    if not any(mark in text for mark in _MARKS) or not text.strip(f"{_MARKS}{_SPELLING} "):
        return "".join(_code(c) if _unseen(c) else c for c in text)
    inner = text.strip(" ")
    start = text[: len(text) - len(text.lstrip(" "))]
    end = text[len(text.rstrip(" ")) :]
    shown = "".join(c if c in _MARKS or not _unseen(c) else _code(c) for c in inner)
    return f"{start}{_FIRST_STRONG}{shown}{_POP}{end}"


def safe_address(url: str) -> str | None:
    """Return an http or https address that can stand in a link, or None for any other."""
    if len(url) > _LONGEST_ADDRESS or any(_unseen(c) or c.isspace() or c in "\"'<>\\^`{|}" for c in url):
        return None
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    return url


def json_safe(text: str) -> str:
    """Return a JSON text with every unseen character as its escape: still the same JSON."""
    escapes = escapes_in(text.encode("utf-8", "surrogatepass"))
    return text.translate(escapes) if escapes else text


def escapes_in(text: bytes) -> dict[int, str]:
    """Return the escape of each unseen character in a JSON text, of which the bytes are given."""
    others = text.translate(None, _SEEN).decode("utf-8", "surrogatepass")  # what is left is whole characters
    return {ord(character): _escape(character) for character in frozenset(others) if _unseen(character)}


def _unseen(character: str) -> bool:
    if character in _SPELLING:
        return False
    number = ord(character)
    if number in _NONCHARACTERS or number & 0xFFFF in _LAST_TWO:
        return True
    return unicodedata.category(character) in _UNSEEN


def _code(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def _escape(character: str) -> str:
    pairs = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pairs[i]:02x}{pairs[i + 1]:02x}" for i in range(0, len(pairs), 2))
