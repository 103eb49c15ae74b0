"""Records as JSON objects: from an object, and to one."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Final

from attrs import fields

from ceasefire.clock import Instant, Lasting, OneOf, PartialDate, as_kept, occurrence_json
from ceasefire.errors import InvalidTime, NaiveTime, RecordError, did_you_mean, nearest, quoted
from ceasefire.record.absent import Absent
from ceasefire.record.fields import Evidence, Place, Toll, plain_json
from ceasefire.record.json.showing import shown_shortly
from ceasefire.record.kinds import ENVELOPE, KINDS, Record, Withdrawal, field_names

#: Values that go without saying, beside None and the empty list. `joins` is always written.
UNSAID: Final = {
    "release": "mechanism",
    "basis": "mechanism",
    "closes": False,
    "at_least": False,
    "cumulative": False,
    "ruled": False,
}
_KNOWN: Final = {name: frozenset({"kind", *field_names(cls)}) for name, cls in KINDS.items()}
#: What to_json writes of each kind, in its order.
_SAID: Final = {
    cls: tuple(name for name in field_names(cls) if name not in ("proof", "was"))
    for cls in (*KINDS.values(), Absent)
}
_VALUES: Final = {cls: attrgetter(*names) for cls, names in _SAID.items()}
#: The fields that state times.
TIMES: Final = frozenset({"occurred", "period", "effective", "until", "due", "ended"})
#: What is left of a record without its body.
_LEFT: Final = frozenset({*ENVELOPE, "absent"})
shown_shortly((*KINDS.values(), Absent))


def from_json(obj: Mapping[str, Any], *, kept: bool = False) -> Record:
    """Return the record an object says; null is the same as leaving a field out.

    What a journal has kept, which carries its proof, is read as it was when it was written;
    `kept` says so of what has lost its proof on the way.

    Raises `RecordError` for an unknown kind or field and for a value of the wrong
    form, `NaiveTime` and `InvalidTime` for its times; nothing else.
    """
    if not isinstance(obj, Mapping):
        raise RecordError(f'{quoted(obj)} is no record: write an object like {{"kind": "incident", …}}')
    cls = _kind(obj)
    absent = obj.get("absent") is not None
    known = _LEFT if absent else _KNOWN[cls.kind]
    if not obj.keys() <= known:
        name = next(name for name in obj if name not in known)
        instead = ": leave it out" if absent else which_field(name, cls)
        which = "without its body" if absent else f"of kind {cls.kind!r}"
        raise RecordError(f"a record {which} has no field {quoted(name)}{instead}")
    given = {name: value for name, value in obj.items() if name != "kind"}
    try:
        return Absent(was=cls.kind, **given) if absent else cls(**given)
    except InvalidTime:
        if absent or not (kept or given.get("proof") is not None):
            raise
        with as_kept():
            return cls(**given)
    except (RecordError, NaiveTime):
        raise
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        # Values nobody writes on purpose (lists a thousand deep, numbers of a thousand
        # digits) break the sentence that would refuse them.
        raise RecordError(f"a record of kind {cls.kind!r} holds a value that cannot be read") from error


def to_json(record: Record) -> dict[str, Any]:
    """Return the JSON object of a record, kind first, without fields that go without saying.

    Times are the texts they were written in. Left out are null, empty lists, release
    and basis "mechanism", and closes, at_least, cumulative and ruled where they are
    false; a membership always says whether it joins, and a withdrawal for the
    mechanism, where it says so, that it is.
    Left out is also `proof`, which is no part of what a record says: `write_records`
    adds it to the lines of a file.
    """
    obj: dict[str, Any] = {"kind": record.was if isinstance(record, Absent) else record.kind}
    cls = type(record)
    for name, value in zip(_SAID[cls], _VALUES[cls](record), strict=True):
        if value is None or (type(value) is tuple and not value):
            continue
        if type(value) is str and name not in UNSAID:  # most are
            obj[name] = value
            continue
        if name in UNSAID and value == UNSAID[name] and type(record) is not Withdrawal:
            continue
        if name != "set" or value:
            obj[name] = json_of(name, value)
    return obj


def json_of(name: str, value: Any) -> Any:
    """Return the JSON value of what a field of a record keeps, and says."""
    return dict(value) if name in ("by_zone", "of_which") else _plain(value)


def which_field(name: object, cls: type[Record]) -> str:
    """Return what to write instead of a field that a kind has not: the nearest, or any of its own."""
    known = field_names(cls)
    guess = did_you_mean(nearest(name, known)) if isinstance(name, str) else ""
    own = (field for field in known if field not in ENVELOPE)
    return guess or f": leave it out, or write one of {', '.join(own)}"


def _kind(obj: Mapping[str, Any]) -> type[Record]:
    name = obj.get("kind")
    if isinstance(name, str) and name in KINDS:
        return KINDS[name]
    if name is None:
        raise RecordError(f"a record needs its kind: write one of {', '.join(KINDS)}")
    guess = did_you_mean(nearest(name, KINDS)) if isinstance(name, str) else ""
    raise RecordError(f"{quoted(name)} is no kind of record{guess or ': write one of ' + ', '.join(KINDS)}")


def _plain(value: Any) -> Any:
    if isinstance(value, str | int):  # the most frequent first; a bool is an int
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Instant | PartialDate | OneOf | Lasting):
        return occurrence_json(value)
    if isinstance(value, Place | Toll | Evidence):
        parts = ((a.name, getattr(value, a.name)) for a in fields(type(value)))
        return {name: part for name, part in parts if part is not None}
    return plain_json(value)
