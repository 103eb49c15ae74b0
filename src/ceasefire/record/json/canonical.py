"""The one canonical form of a JSON value that is hashed, and reading JSON that means one thing only.

The canonical form is RFC 8785: no blanks, keys in order, UTF-8. Records hold no
floats, so sorted compact JSON is that form already, but for one rule: keys are
ordered by their UTF-16 code units, which differs from Python's order where a key
holds a character beyond U+FFFF. A test holds `canonical` equal to the `rfc8785`
package.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from ceasefire.errors import RecordError, quoted
from ceasefire.patterns import regex
from ceasefire.record.fields import DEEPEST, LARGEST
from ceasefire.record.json.plain import in_one_order, plain, written

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Digits of the largest integer; a longer number is refused before it is computed.
_DIGITS: Final = len(str(LARGEST))
#: A text in quotes (also one that never ends, so that nothing is looked at twice), or a bracket.
_QUOTED_OR_BRACKET: Final = regex(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def canonical(obj: Any) -> bytes:
    """Return the canonical bytes of a JSON value without floats (RFC 8785).

    Raises `RecordError` for what has no such form: a float, an integer beyond
    ±(2**53 - 1), a key that is no text, half a character, values nested too deep.
    """
    try:
        return encoded(_in_order(obj, 0))
    except UnicodeEncodeError as error:
        raise RecordError(
            "a text holds half a character (a lone surrogate): write the whole character"
        ) from error


def encoded(obj: Any) -> bytes:
    """Return the compact bytes of a JSON value whose keys are in canonical order already."""
    return _encode(obj).encode()


def canonical_record(obj: dict[str, Any]) -> bytes:
    """Return what `canonical` returns, faster, for what `to_json` made of a record."""
    made = written(obj)
    return made if in_one_order(made) else canonical(obj)


def parsed(line: bytes | str) -> Any:
    """Return the JSON value of one line.

    Raises `RecordError` for what is no JSON, and for JSON that two readers could
    understand differently: a key twice, a float, NaN, an integer too large.
    """
    if isinstance(line, bytes) and (found := plain(line)) is not None:
        return found
    try:
        text = line if isinstance(line, str) else line.decode()
    except UnicodeDecodeError as error:
        raise RecordError(f"not UTF-8 at byte {error.start + 1}: save the file as UTF-8") from error
    if text.count("{") + text.count("[") > DEEPEST and _depth(text) > DEEPEST:
        raise RecordError(f"nested more than {DEEPEST} deep: a record is an object of plain values")
    try:
        return _read(text)
    except _NoNumberError as error:
        field = _field_in(text)
        raise RecordError(f"{field}: {error}" if field else str(error)) from error
    except json.JSONDecodeError as error:
        instead = 'write one object on the line, such as {"kind": "incident", …}'
        what = error.msg.removesuffix(" at")
        raise RecordError(f"no JSON: {what} at column {error.colno}: {instead}") from error


def _in_order(value: Any, depth: int) -> Any:
    """Return a value with the keys of every object in the order of RFC 8785, or refuse it."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise RecordError(f"an integer is too large: at most {LARGEST}")
        return value
    if depth > DEEPEST:
        raise RecordError(f"nested more than {DEEPEST} deep: a record is an object of plain values")
    if isinstance(value, list | tuple):
        return [_in_order(item, depth + 1) for item in value]
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise RecordError("a key is no text: write it in quotes")
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return {key: _in_order(value[key], depth + 1) for key in keys}
    raise RecordError(
        f"{quoted(value)} has no place in a record: numbers are whole, coordinates decimal strings"
    )


def _read(text: str) -> Any:
    """Return the value of a text; an object without blanks around it, as nearly all are, is read faster."""
    if text.startswith("{"):
        value, end = _decoder.raw_decode(text)
        if end == len(text):
            return value
    return _decoder.decode(text)


def _depth(text: str) -> int:
    """Return how deep brackets outside quotes nest; more than `DEEPEST` is not counted to its end."""
    depth = deepest = 0
    for found in _QUOTED_OR_BRACKET.finditer(text):
        if found[0] in "{[":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > DEEPEST:
                break
        elif found[0] in "]}":
            depth -= 1
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    obj = dict(pairs)
    if len(obj) < len(pairs):
        twice = _twice(name for name, _ in pairs)
        raise RecordError(f"the field {twice!r} stands here twice: write it once")
    return obj


def _twice(names: Iterator[str]) -> str:
    """Return the first name that stood before already; there is one."""
    before: set[str] = set()
    while (name := next(names)) not in before:
        before.add(name)
    return name


def _whole(digits: str) -> int:
    if len(digits) > _DIGITS + 1 or abs(int(digits)) > LARGEST:
        raise RecordError(f"the number {digits[:24]}… is too large: at most {LARGEST}")
    return int(digits)


class _NoNumberError(RecordError):
    """A number that no record may hold; which field has it is found out afterwards."""


def _no_float(digits: str) -> float:
    raise _NoNumberError(f"{digits[:24]} is no whole number: numbers are whole, coordinates decimal strings")


def _no_constant(name: str) -> float:
    raise _NoNumberError(f"{name} is no JSON: leave the field out")


def _field_in(text: str) -> str | None:
    """Return the path of the field that holds the first float, or None where none can be told."""
    try:
        return _field_of_it(_noticing.decode(text))
    except json.JSONDecodeError:  # what follows the number is broken, too
        return None


def _field_of_it(value: Any) -> str | None:
    """Return the path of the first float in a value (`killed.best`), blank for the value itself, or None."""
    if isinstance(value, float):
        return ""
    if isinstance(value, dict):
        inside = list(value.items())
    else:
        inside = [("", item) for item in value] if isinstance(value, list) else []
    for name, item in inside:
        if (path := _field_of_it(item)) is not None:
            return ".".join(part for part in (name, path) if part)
    return None


_decoder = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=_whole, parse_float=_no_float, parse_constant=_no_constant
)
#: Reads floats too, to tell in which field one stands.
_noticing = json.JSONDecoder(parse_int=lambda _: 0)
