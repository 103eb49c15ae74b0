"""A table of a file that is right, read at once: the same value that cattrs makes of it, without cattrs.

Most tables are right, and cattrs is there to tell everything wrong with one. Whatever is not plainly
right is none here, and is read with all its mistakes (`flaws`). Held equal by a property:
tests/instruments/test_right_tables.py. Without this module `table` asks `flaws` alone.
"""

from __future__ import annotations

from functools import lru_cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields

from ceasefire.instruments import terms
from ceasefire.instruments.files.shape import ByEvent, Deadline, Head, as_written, hidden
from ceasefire.instruments.public_keys import public_key
from ceasefire.instruments.values import (
    SIMPLE,
    Pairs,
    Wrong,
    duration_of,
    in_force_of,
    moment_of,
    one_of,
    pairs,
)

if TYPE_CHECKING:
    from collections.abc import Callable

#: Tables that a plain id stands for, with the field that it is.
_NAMED: Final[dict[Any, str]] = {terms.RoleTerm: "role", terms.MemberTerm: "group", terms.Note: "text"}


class _Field(NamedTuple):
    argument: str
    read: Callable[[Any], Any]
    required: bool


def read_right(raw: dict[str, Any], cls: type[Any]) -> Any:
    """Return the value of a table, or None where something in it is not right."""
    try:
        return _table(cls, raw)
    except Wrong:
        return None


def _table(cls: Any, raw: Any) -> Any:
    if not isinstance(raw, dict):
        raise Wrong("is no table", "")
    known = _fields(cls)
    if not raw.keys() <= known.keys() or any(f.required and name not in raw for name, f in known.items()):
        raise Wrong("has a field too many, or one too few", "")
    return cls(**{known[name].argument: known[name].read(value) for name, value in raw.items()})


@lru_cache(maxsize=64)
def _fields(cls: Any) -> dict[str, _Field]:
    """Return the fields of a table by the names under which a file writes them."""
    kinds, unwritten = get_type_hints(cls), hidden(cls)
    return {
        as_written(a.name): _Field(
            a.alias, _OWN.get((cls, a.name)) or _reader(kinds[a.name]), a.default is NOTHING
        )
        for a in fields(cls)
        if a.name not in unwritten
    }


def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what reads a value of a kind."""
    simple = next((read for known, read in (*SIMPLE, (Pairs, pairs)) if kind == known), None)
    if simple is not None:
        return simple
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return one_of(kind)
    if origin is tuple:
        return _many(_reader(arguments[0]))
    if origin is UnionType:  # TOML has no null: what may be None is given, or is not written
        return _reader(arguments[0])
    if kind in _NAMED:
        return _named(kind, _NAMED[kind])
    return lambda value: _table(kind, value)


def _many(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def read_many(value: Any) -> tuple[Any, ...]:
        several = value if isinstance(value, list) else [value]  # one will do for a list
        return tuple(dict.fromkeys(map(read, several)))

    return read_many


def _named(cls: type[Any], name: str) -> Callable[[Any], Any]:
    return lambda value: cls(**{name: value}) if type(value) is str else _table(cls, value)


def _until(value: Any) -> Any:
    return _table(Deadline, value).at if isinstance(value, dict) else moment_of(value)


def _every(value: Any) -> terms.Recurrence:
    if isinstance(value, dict):
        return terms.Recurrence(event=_table(ByEvent, value).event)
    return terms.Recurrence(duration=duration_of(value))


#: Fields that are read in a way of their own.
_OWN: Final[dict[tuple[type[Any], str], Callable[[Any], Any]]] = {
    (terms.Commitment, "due"): _until,
    (terms.Commitment, "until"): _until,
    (terms.Commitment, "every"): _every,
    (terms.Key, "key"): public_key,
    (Head, "in_force"): in_force_of,
}
