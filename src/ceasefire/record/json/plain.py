"""JSON that is plainly in order: canonical as it stands, which a round trip proves.

Nearly all that is read was written by this library, and is canonical (RFC 8785). A line is
read and written again by `msgspec`; where the same bytes come out, no field stood twice,
nothing was out of order, and no number was written in another way. Floats, integers too
large and what is nested deeper than records are is refused by the type that is read.

Equal to `canonical.parsed`, and its bytes to those of `canonical.canonical`, wherever there is an
answer at all; tests/record/test_plain.py holds it, over lines and lines that were spoilt.
Without this module every line goes the careful way, and says the same.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from msgspec import DecodeError, Meta
from msgspec.json import Decoder, Encoder

from ceasefire.record.fields import LARGEST

#: Objects and lists inside each other that are read here; records need four.
_DEEP: Final = 6
#: The first byte of a character beyond U+FFFF, and all that follow it: where the order of keys by
#: UTF-16 units and by characters differ.
_BEYOND: Final = 0xF0


def _json(depth: int) -> Any:
    """Return the type of a JSON value without floats."""
    whole = Annotated[int, Meta(ge=-LARGEST, le=LARGEST)]
    single = str | whole | bool | None
    if not depth:
        return single
    inner = _json(depth - 1)
    return single | list[inner] | dict[str, inner]  # type: ignore[valid-type]  # made anew at each depth


#: The type of any JSON value that a field of a record may hold.
VALUE: Any = _json(_DEEP)
#: Writes a value with its keys in the order of their characters.
written: Final = Encoder(order="sorted").encode
_read: Final = Decoder(dict[str, VALUE]).decode


def plain(line: bytes) -> dict[str, Any] | None:
    """Return the object of a line that is canonical as it stands; None of any other."""
    try:
        value: dict[str, Any] = _read(line)
    except DecodeError:
        return None
    return value if written(value) == line and in_one_order(line) else None


def in_one_order(made: bytes) -> bool:
    """Tell whether keys stand in one order by characters and by UTF-16 units: none is beyond U+FFFF."""
    return made.isascii() or max(made) < _BEYOND
