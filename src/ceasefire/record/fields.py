"""Converters for the fields of records: what is accepted, and what is kept.

Every converter refuses with a sentence that says what to write instead; attrs
runs converters before validators, so the check stands here. A list of ids may
be written as one id, and a record may stand for its id (docs/rules/records.md, "How values are written").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from operator import index
from types import MappingProxyType
from typing import Any, Final, TypeVar
from unicodedata import normalize

from attrs import AttrsInstance, field, fields, frozen

from ceasefire.clock import (
    Instant,
    Lasting,
    Moment,
    Occurrence,
    OneOf,
    instant,
    moment,
    occurrence,
    some_time,
    time_zone,
)
from ceasefire.errors import RecordError, quoted
from ceasefire.instruments.terms import Commitment
from ceasefire.patterns import regex
from ceasefire.record.choices import Release, some_release
from ceasefire.record.construction import instead_of, told_by_field
from ceasefire.values import ByFields

#: The integers every JSON reader keeps exactly (RFC 8785, I-JSON).
LARGEST: Final = 2**53 - 1

#: Objects and lists inside each other, the record among them; records need four.
DEEPEST: Final = 32
#: How deep the value of a field stands.
_OF_A_FIELD: Final = 2

#: Characters of the longest key: every store can look it up.
_LONGEST_KEY: Final = 200

_T = TypeVar("_T", bound=AttrsInstance)

_DECIMAL = regex(r"-?\d{1,3}(\.\d{1,15})?", re.ASCII)
_SURROGATE = regex("[\ud800-\udfff]")


def text(value: object) -> str:
    """Return a text as it is; lone surrogates are refused, for no file can hold them.

    A text of a class of its own, such as a member of `class Side(str, Enum)`, becomes a plain one.
    """
    if not isinstance(value, str):
        raise RecordError(f"{quoted(value)} is no text: write it in quotes")
    if not value.isascii() and _SURROGATE.search(value):
        raise RecordError(
            f"{quoted(value)} holds half a character (a lone surrogate): write the whole character"
        )
    return str.__str__(value)


def optional_text(value: object) -> str | None:
    """Return a text, or None."""
    return None if value is None else text(value)


def identifier(value: object) -> str | None:
    """Return an id; a record, a party or whatever else has one may stand for it."""
    if value is None:
        return None
    if not isinstance(value, str):
        # A commitment's own id is short, and two agreements may have it: its name is the full one.
        value = value.name if isinstance(value, Commitment) else getattr(value, "id", value)
        if value is None:
            raise RecordError("this record has no id yet: record it first, and use what the journal returned")
    # What is no text is refused here: only a text is sure to be something that can be looked up.
    return _name(value) if isinstance(value, str) else text(value)


@lru_cache(maxsize=4096, typed=True)
def _name(name: str) -> str:
    """Return a name that may be an id. Many records name the same few: each of these is kept once.

    A letter with its accent is one character (Unicode NFC): two ways to type a name are one name.
    """
    name = text(name)
    name = name if name.isascii() else normalize("NFC", name)
    if not name or name != name.strip() or not name.isprintable():
        raise RecordError(
            f"{name!r} is no id: write one or more printable characters without blanks at the ends"
        )
    return name


def own_key(value: object) -> str | None:
    """Return the key of a record, or None: a text like an id, of at most 200 characters."""
    key = identifier(value)
    if key is not None and len(key) > _LONGEST_KEY:
        raise RecordError(f"{key!r:.40} is too long for a key: write at most {_LONGEST_KEY} characters")
    return key


def identifiers(value: object) -> tuple[str, ...]:
    """Return a tuple of ids, each once, in the order given (of a set: sorted); one id will do for a list."""
    if value is None or value == ():
        return ()
    if isinstance(value, str) or not isinstance(value, Iterable):
        value = (value,)
    if isinstance(value, Mapping):
        raise RecordError(f'{quoted(value)} is no list of ids: write ["one", "another"]')
    found = [identifier(item) for item in _in_one_order(value)]
    if None in found:
        raise RecordError("null is no id: take it out of the list")
    return tuple(dict.fromkeys(item for item in found if item is not None))


def _in_one_order(items: Iterable[Any]) -> Iterable[Any]:
    """Return the items in the order given; a set has none, and would be written otherwise by each process."""
    return sorted(items, key=repr) if isinstance(items, set | frozenset) else items


def some_identifiers(value: object) -> tuple[str, ...] | None:
    """Return a tuple of ids, or None where nothing is said."""
    return identifiers(value) or None


def optional_instant(value: object) -> Instant | None:
    """Return an aware instant, or None."""
    return None if value is None else instant(value)


def optional_moment(value: object) -> Moment | None:
    """Return an instant, a day or a month, or None."""
    return None if value is None else moment(value)


def optional_occurrence(value: object) -> Occurrence | None:
    """Return when something occurred, as precise as it was stated, or None."""
    return None if value is None else occurrence(value)


def optional_some_time(value: object) -> Moment | OneOf | None:
    """Return one instant as far as it is known, or None."""
    return None if value is None else some_time(value)


def optional_period(value: object) -> Occurrence | None:
    """Return a day, a month or a span, or None: what is counted in one day is not counted in some day."""
    found = optional_occurrence(value)
    stated = (found.start, found.end) if isinstance(found, Lasting) else (found,)
    if any(isinstance(one, OneOf) for one in stated):
        raise RecordError(f'{quoted(value)} is no period: write a day, a month or {{"from": …, "to": …}}')
    return found


def optional_zone(value: object) -> str | None:
    """Return the name of an IANA time zone, or None."""
    return None if value is None else str(time_zone(text(value)).key)


def whole(value: object) -> int:
    """Return a count: a whole number, zero or more; one of numpy's will do."""
    number = value if type(value) is int else _as_whole(value)
    if number is None:
        raise RecordError(f"{quoted(value)} is no whole number: write one like 12, without quotes or a point")
    if not 0 <= number <= LARGEST:
        raise RecordError(f"{quoted(value)} is no count: write a whole number from 0 to {LARGEST}")
    return number


def optional_whole(value: object) -> int | None:
    """Return a count, or None: zero and absent are two values."""
    return None if value is None else whole(value)


def true_unless_false(value: object) -> bool:
    """Return true or false; what is not said is true."""
    return _truth(value) is not False


def true_if_true(value: object) -> bool:
    """Return true or false; what is not said is false."""
    return _truth(value) is True


def counts(value: object) -> tuple[tuple[str, int], ...]:
    """Return counts by name as sorted pairs, from a mapping or from pairs."""
    if value is None:
        return ()
    pairs = value.items() if isinstance(value, Mapping) else value
    if not isinstance(pairs, Iterable) or isinstance(pairs, str):
        raise RecordError(f'{quoted(value)} is no table of counts: write {{"idlib": 2, "hama": 1}}')
    kept: dict[str, int] = {}
    for pair in pairs:
        if not isinstance(pair, tuple | list) or len(pair) != 2:  # noqa: PLR2004 - a name and its count
            raise RecordError(
                f'{quoted(pair)} is no pair of a name and a count: write {{"idlib": 2, "hama": 1}}'
            )
        name, count = text(pair[0]), whole(pair[1])
        if kept.setdefault(name, count) != count:
            raise RecordError(f"{name!r} has two counts, {kept[name]} and {count}: write one")
    return tuple(sorted(kept.items()))


def _unchangeable(items: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(items))


@frozen(eq=False, repr=False)
class FrozenObject(Mapping[str, Any]):
    """A JSON object that nobody can change any more, and that can be copied and pickled."""

    _items: Mapping[str, Any] = field(converter=_unchangeable)

    def __getitem__(self, name: str) -> Any:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __reduce__(self) -> tuple[type[FrozenObject], tuple[dict[str, Any]]]:
        return FrozenObject, (dict(self._items),)

    def __repr__(self) -> str:
        return repr(dict(self._items))


def frozen_json(value: object, depth: int = _OF_A_FIELD) -> Any:
    """Return the JSON value of a field of a record as one that nobody can change any more.

    Raises `RecordError` where it is nested so deep that no line could bring it to a reader.
    """
    if isinstance(value, Mapping | list | tuple) and depth > DEEPEST:
        raise RecordError(f"nested more than {DEEPEST} deep: a record is an object of plain values")
    if isinstance(value, Mapping):
        return FrozenObject({text(key): frozen_json(item, depth + 1) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(frozen_json(item, depth + 1) for item in value)
    if value is None or isinstance(value, bool):
        return value
    if (number := _as_whole(value)) is not None:
        value = number
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise RecordError(f"{quoted(value)} is too large a number: at most {LARGEST}")
        return int(value)
    if isinstance(value, float):
        raise RecordError(
            f"{quoted(value)} is no whole number: numbers in records are whole, coordinates decimal strings"
        )
    return text(value)


def plain_json(value: object) -> Any:
    """Return the JSON value of a frozen one, in lists and dicts again."""
    if isinstance(value, Mapping):
        return {key: plain_json(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain_json(item) for item in value]
    return value


def optional_precision(value: object) -> int | None:
    """Return a place's precision: 1 (exact) to 7 (international waters or airspace), as UCDP GED codes it."""
    if value is not None and whole(value) not in range(1, 8):
        raise RecordError(f"{quoted(value)} is no precision: write 1 (exact) to 7, as UCDP GED's where_prec")
    return optional_whole(value)


def latitude(value: object) -> str | None:
    """Return degrees north as a decimal string, from -90 to 90, or None."""
    return _decimal(value, 90)


def longitude(value: object) -> str | None:
    """Return degrees east as a decimal string, from -180 to 180, or None."""
    return _decimal(value, 180)


def place(value: object) -> Place | None:
    """Return a place from a JSON object of its fields, or None."""
    return _part(value, Place)


def toll(value: object) -> Toll | None:
    """Return a number of people from a JSON object of its fields, or None; one alone is the best estimate."""
    if _as_whole(value) is not None:
        return Toll(best=whole(value))
    if value is not None and not isinstance(value, Toll | Mapping):
        raise RecordError(
            f'{quoted(value)} is no number of people: write 3, or {{"low": 2, "best": 3, "high": 5}}'
        )
    return _part(value, Toll)


@told_by_field
@frozen(kw_only=True, eq=False, repr=False)
class Place(ByFields):
    """Where something happened, as named or located by its reporter."""

    name: str | None = field(default=None, converter=optional_text)
    #: Degrees north and east (WGS 84), as decimal strings: no number is rounded.
    lat: str | None = field(default=None, converter=latitude)
    lon: str | None = field(default=None, converter=longitude)
    precision: int | None = field(default=None, converter=optional_precision)
    #: The scheme of `code`, such as pcode or iso-3166-2.
    scheme: str | None = field(default=None, converter=optional_text)
    code: str | None = field(default=None, converter=optional_text)


@told_by_field
@frozen(kw_only=True, eq=False, repr=False)
class Toll(ByFields):
    """A number of people, as an estimate: lowest, best, highest. Odd orders are kept as stated."""

    low: int | None = field(default=None, converter=optional_whole)
    best: int | None = field(default=None, converter=optional_whole)
    high: int | None = field(default=None, converter=optional_whole)


@told_by_field
@frozen(kw_only=True, eq=False, repr=False)
class Evidence(ByFields):
    """What a statement rests on: named, never fetched."""

    title: str | None = field(default=None, converter=optional_text)
    url: str | None = field(default=None, converter=optional_text)
    sha256: str | None = field(default=None, converter=optional_text)
    kind: str | None = field(default=None, converter=optional_text)
    by: str | None = field(default=None, converter=optional_text)
    obtained: str | None = field(default=None, converter=optional_text)
    #: Who may see it, where that differs from the record's own release.
    release: Release | None = field(default=None, converter=some_release)


def evidence(value: object) -> tuple[Evidence, ...]:
    """Return the evidence of a record: a list of objects; one object will do."""
    if value is None or value == ():
        return ()
    if isinstance(value, Mapping | Evidence):
        value = (value,)
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise RecordError(f'{quoted(value)} is no list of evidence: write [{{"title": …, "url": …}}]')
    found = [_part(item, Evidence) for item in _in_one_order(value)]
    named = tuple(item for item in found if item not in (None, Evidence()))
    if len(named) < len(found):
        raise RecordError('evidence that names nothing: write [{"title": …, "url": …}]')
    return tuple(item for item in named if item)


def _as_whole(value: object) -> int | None:
    """Return a whole number as Python's own, or None: numpy's integers are none, but stand for one."""
    try:
        return None if isinstance(value, bool) else int(index(value))  # type: ignore[arg-type]  # asked of it
    except TypeError:
        return None


def _truth(value: object) -> bool | None:
    if getattr(getattr(value, "dtype", None), "kind", "") == "b" and getattr(value, "ndim", None) == 0:
        value = bool(value)  # numpy's own truth values
    if value is not None and not isinstance(value, bool):
        raise RecordError(f"{quoted(value)} is neither true nor false: write true or false, without quotes")
    return value


def _decimal(value: object, largest: int) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value) or abs(float(value)) > largest:
        raise RecordError(
            f'{quoted(value)} is no coordinate: write a decimal string up to {largest}, such as "35.93"'
        )
    return text(value)


def _part(value: object, cls: type[_T]) -> _T | None:
    """Return None, a value of the class, or one made from a JSON object of its fields."""
    if value is None or isinstance(value, cls):
        return value
    if not isinstance(value, Mapping):
        raise RecordError(f"{quoted(value)} is no {cls.__name__.lower()}: write an object in braces")
    known = [a.name for a in fields(cls)]
    for name in value:
        if name not in known:
            raise RecordError(f"unknown field {quoted(name)}{instead_of(str(name), known)}")
    return cls(**value)
