"""Fields of a record as a command line or a table writes them: texts, made the values that JSON has.

`killed.best=3`, `accused=one,other`, `place.name=Hama`: the name says which part, and the
field what its text is. What a text cannot be read as stays a text, and the record itself
says what is wrong with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import fields

from ceasefire.errors import RecordError
from ceasefire.record import KINDS, Evidence, Place, Toll
from ceasefire.record import fields as read
from ceasefire.record.json.canonical import parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: What reads each field, whichever kinds have it.
_CONVERTERS: Final[dict[str, Any]] = {
    attribute.name: attribute.converter for cls in KINDS.values() for attribute in fields(cls)
}
#: Fields that have parts of their own, with the class that has them.
_PARTS: Final[dict[Any, Any]] = {read.toll: Toll, read.place: Place, read.evidence: Evidence}


def said(given: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the JSON object of fields, from pairs of a name and a text; a blank text says nothing.

    Raises `RecordError` for a field that is given twice.
    """
    obj: dict[str, Any] = {}
    for name, text in given:
        if not text.strip():
            continue
        *around, last = _path(name)
        here: Any = obj
        for step in around:
            here = here.setdefault(step, {})
            if not isinstance(here, dict):
                raise RecordError(f"{name} and {step} say one thing twice: give one of them")
        if last in here:
            raise RecordError(f"{name} is given twice: give it once")
        here[last] = _value([*around, last], text)
    return obj


def _path(name: str) -> list[str]:
    """Return the steps to a part; the names of counts may hold points of their own, as acts do."""
    top, _, rest = name.partition(".")
    if not rest:
        return [name]
    if top == "set":
        return [top, *_path(rest)]
    return [top, rest] if _CONVERTERS.get(top) is read.counts else name.split(".")


def _value(path: list[str], text: str) -> Any:
    top, *rest = path
    convert = _CONVERTERS.get(top)
    if convert is read.frozen_json and rest:  # of a correction: the fields of the record it is of
        return _value(rest, text)
    if convert in _PARTS and rest:
        inner = {attribute.name: attribute.converter for attribute in fields(_PARTS[convert])}
        return _plain(inner.get(rest[0]), text)
    if convert is read.counts and rest:
        return _number(text)
    if text.startswith(("{", "[")) and convert is not read.optional_text:
        try:
            return parsed(text)
        except RecordError:  # one of two days is written in brackets too
            return text
    return _plain(convert, text)


def _plain(convert: object, text: str) -> Any:
    reading = _READ.get(convert)
    return text if reading is None else reading(text)


def _number(text: str) -> int | str:
    whole = text.strip().removesuffix(".0")  # as programs write a column of numbers with blanks in it
    return int(whole) if whole.isascii() and whole.isdigit() and len(text) <= 20 else text  # noqa: PLR2004 - more than any count has


def _truth(text: str) -> bool | str:
    return {"true": True, "yes": True, "false": False, "no": False}.get(text.strip().lower(), text)


def _several(text: str) -> list[str]:
    """Return the ids of a list: commas part them, or semicolons, as in the lists of a table."""
    return [name for part in text.split(";") for item in part.split(",") if (name := item.strip())]


#: How the text of a field is read; every other is a text.
_READ: Final[dict[object, Callable[[str], Any]]] = {
    read.optional_whole: _number,
    read.optional_precision: _number,
    read.toll: _number,
    read.true_unless_false: _truth,
    read.true_if_true: _truth,
    read.identifiers: _several,
    read.some_identifiers: _several,
    read.place: lambda text: {"name": text},
    read.evidence: lambda text: {"url" if text.startswith(("http://", "https://")) else "title": text},
}
