"""The fonts that ship for paper, and what can be printed with them.

A format for paper must bring its glyphs, and a standard of archives forbids a sign that
no font has: it would be an empty box. Such a sign is shown as its code, such as [U+4E2D],
as `visible` shows what nobody can see. So a file has the same bytes on every machine,
whatever fonts that has.
"""

from __future__ import annotations

import struct
import unicodedata
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from ceasefire.packaged import folder_of
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

#: In the order in which a glyph is looked for. Bold type of a family has the same signs.
FAMILIES: Final = ("Noto Sans",)
#: A cmap of the Basic Multilingual Plane in segments (OpenType, "cmap", format 4).
_SEGMENTS: Final = 4
_UNICODE: Final = ((3, 1), (0, 3))
_JOINERS: Final = "\u200c\u200d"


def printable(text: str) -> str:
    """Return a text on one line, each sign that cannot be seen or that no font has shown as its code."""
    return with_glyphs(visible(text))


def with_glyphs(text: str) -> str:
    """Return a text with each sign that no font has as its code; blanks and order stay."""
    return text if text.isascii() else _with_glyphs(text)


@lru_cache(maxsize=65_536)
def _with_glyphs(text: str) -> str:
    return "".join(_shown(cluster) for cluster in _clusters(text))


def _shown(cluster: str) -> str:
    """Return a sign with its marks, if one font has all of it; else its parts or their codes."""
    if any(font.issuperset(map(ord, cluster)) for font in _covered()):
        return cluster
    first, marks = cluster[0], cluster[1:]
    alone = first if any(ord(first) in font for font in _covered()) else _code(first)
    return alone + "".join(map(_code, marks))


def _clusters(text: str) -> Iterator[str]:
    """Yield each sign of a text with the marks and joiners behind it."""
    start = 0
    for at in range(1, len(text)):
        if not (unicodedata.category(text[at]).startswith("M") or text[at] in _JOINERS):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def _code(character: str) -> str:
    return f"[U+{ord(character):04X}]"


@contextmanager
def folder_of_fonts() -> Iterator[Path]:
    """Give the folder of the fonts; from an archive they are unpacked for as long as it is open."""
    folder = _folder()
    if isinstance(folder, Path):
        yield folder
        return
    with TemporaryDirectory() as unpacked:
        for font in folder.iterdir():
            (Path(unpacked) / font.name).write_bytes(font.read_bytes())
        yield Path(unpacked)


def _folder() -> Traversable:
    return folder_of("ceasefire").joinpath("data", "fonts")


@cache
def _covered() -> tuple[frozenset[int], ...]:
    """Return for each family the numbers of the characters it has glyphs for."""
    names = (f"{family.replace(' ', '')}-Regular.ttf" for family in FAMILIES)
    return tuple(_characters(_folder().joinpath(name).read_bytes()) for name in names)


def _characters(font: bytes) -> frozenset[int]:
    """Return the characters of a TrueType font, by its table of segments."""
    tables = (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(_short(font, 4)))
    cmap = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    for n in range(_short(font, cmap + 2)):
        platform, encoding, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * n)
        if (platform, encoding) in _UNICODE and _short(font, cmap + offset) == _SEGMENTS:
            return frozenset(_in_segments(font, cmap + offset))
    raise ValueError("a font that ships has a table of segments")


def _in_segments(font: bytes, start: int) -> Iterator[int]:
    double = _short(font, start + 6)
    ends = start + 14
    starts, deltas, ranges = (ends + 2 + double * n for n in (1, 2, 3))
    for n in range(0, double, 2):
        first, delta, into = _short(font, starts + n), _short(font, deltas + n), _short(font, ranges + n)
        for character in range(first, min(_short(font, ends + n), 0xFFFE) + 1):
            glyph = _short(font, ranges + n + into + 2 * (character - first)) if into else character
            if glyph and (glyph + delta) & 0xFFFF:
                yield character


def _short(font: bytes, at: int) -> int:
    number: int = struct.unpack_from(">H", font, at)[0]
    return number
