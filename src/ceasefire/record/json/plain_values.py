"""The values of fields that are plainly in order: which JSON they are, and what is kept of them.

For each converter of `record.fields` and `record.choices` that a kind of record uses: the type of the
JSON that is read here, of which `msgspec` sees to it that nothing else is, and a reader that gives what
the converter gives. What many records say is converted once, and kept once. The readers
raise what the converters raise; a converter that has no line here reads any JSON by itself.

Equal to the converters; tests/record/test_plain.py holds it, with the records made of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any, Final, NamedTuple

from msgspec import Meta

from ceasefire.clock import Instant, instant
from ceasefire.patterns import regex
from ceasefire.record import choices, fields
from ceasefire.record.json.making import unfrozen
from ceasefire.record.json.plain import VALUE
from ceasefire.record.proof import proof

#: Of what many records say, at most so many are remembered.
_MANY: Final = 65_536

Read = Callable[[Any], Any]


class Plain(NamedTuple):
    """How one field is read."""

    #: The JSON that is read here.
    json: Any
    #: Returns what is kept of it; None where that is the value as it stands.
    read: Read | None
    #: Raises what `read` raises, and makes nothing; None where that is `read` itself.
    look: Read | None = None
    #: Whether it is one name or several: of these `all_names` tells at once that they are in order.
    named: bool = False


#: An instant as this library writes one, and most others: to the second or the microsecond, in the years
#: that a file may state.
_REGULAR: Final = regex(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_read: Final = datetime.fromisoformat
_new: Final = object.__new__
_Unfrozen: Any = unfrozen(Instant)


def instant_of(us: int, stated: str = "") -> Instant:
    """Return an instant of which both parts are known to be in order."""
    made = _new(_Unfrozen)
    made.us = us
    made.stated = stated
    made.__class__ = Instant
    found: Instant = made
    return found


def look_at_instant(value: str) -> None:
    """Raise what `instant` raises of a text."""
    if _REGULAR.fullmatch(value):
        try:
            _read(value)
        except ValueError:
            instant(value)
    else:
        instant(value)


#: What the parts of regular instants add, in microseconds: the day with its T, the time of day, the offset.
_days: dict[str, int] = {}
_clocks: dict[str, int] = {}
_offsets: dict[str, int] = {}
_CLOCK, _END = len("2017-05-14T"), len("2017-05-14T10:00:00")
_FRACTION: Final = len(".000123")


def read_instant(value: str) -> Instant:
    """Return what `instant` returns of a text.

    One whose parts were all read before, each in some regular instant, is one itself.
    """
    end = value[_END:]
    try:
        if end[0] != ".":
            return instant_of(_days[value[:_CLOCK]] + _clocks[value[_CLOCK:_END]] + _offsets[end], value)
        offset, digits = _offsets[end[_FRACTION:]], end[1:_FRACTION]
        if digits.isdecimal() and digits.isascii():
            return instant_of(
                _days[value[:_CLOCK]] + _clocks[value[_CLOCK:_END]] + int(digits) + offset, value
            )
    except (IndexError, KeyError):
        pass
    return _read_instant(value)


def _read_instant(value: str) -> Instant:
    if not _REGULAR.fullmatch(value):
        return instant(value)
    try:
        found = _read(value)
    except ValueError:
        return instant(value)
    end = value[_END:]
    there = found.replace(microsecond=0, tzinfo=UTC)
    midnight = there.replace(hour=0, minute=0, second=0)
    since = (found - _EPOCH) // _MICROSECOND
    _remember(_days, value[:_CLOCK], (midnight - _EPOCH) // _MICROSECOND)
    _remember(_clocks, value[_CLOCK:_END], (there - midnight) // _MICROSECOND)
    _remember(
        _offsets,
        end[_FRACTION:] if end[0] == "." else end,
        (found - there) // _MICROSECOND - found.microsecond,
    )
    return instant_of(since, value)


def _remember(known: dict[str, int], part: str, us: int) -> None:
    if len(known) < _MANY:
        known[part] = us


_DATE: Final = len("2017-05-14")
_kept_dates: dict[str, Any] = {}


def _timed(converter: Read) -> Read:
    """Return a reader of what a converter of times reads; a day or a month is kept once."""

    def read(value: Any) -> Any:
        if type(value) is not str or value[:1] in ("[", "{"):
            return converter(value)
        if len(value) > _DATE:
            return read_instant(value)
        found = _kept_dates.get(value)
        if found is None:
            found = converter(value)
            if len(_kept_dates) < _MANY and not value.endswith("-00"):  # which only what is kept may say
                _kept_dates[value] = found
        return found

    return read


def _times(converter: Read, json: Any = str) -> Plain:
    """Return how times are read that a converter reads."""
    read = _timed(converter)

    def look(value: Any) -> None:
        if type(value) is str and _REGULAR.fullmatch(value):
            look_at_instant(value)
        else:
            read(value)

    return Plain(json, read, look)


def read_pointer(value: str) -> str | None:
    """Return what `identifier` returns of the id of a record, which few others name."""
    if value.isascii() and value.isprintable() and value[0] != " " and value[-1] != " ":
        return value
    return fields.identifier(value)


#: A blank, a backslash, and the one character of ASCII that is not printable and not escaped.
_BLANK, _ESCAPE, _DELETE = b" \\\x7f"


def all_names(line: bytes) -> bool:
    """Tell whether every text in canonical JSON is a name, as `identifier` has it, or empty.

    What else is not printable is escaped; a blank may stand within a name, but not at its ends.
    """
    return line.isascii() and _BLANK not in line and _ESCAPE not in line and _DELETE not in line


def _listed(converter: Read) -> Read:
    """Return a reader of lists of texts, each kept once."""
    known = lru_cache(maxsize=_MANY)(converter)
    return lambda value: known(tuple(value))


@lru_cache(maxsize=_MANY)
def _evidence(items: tuple[tuple[tuple[str, str], ...], ...]) -> Any:
    return fields.evidence([dict(one) for one in items])


_text: Final = Annotated[str, Meta(min_length=1)]
_whole: Any = Annotated[int, Meta(ge=0, le=fields.LARGEST)]
_texts: Final = Annotated[list[str], Meta(min_length=1)]
_counts: Final = Annotated[dict[str, _whole], Meta(min_length=1)]
_span: Final = Annotated[dict[str, str], Meta(min_length=1)]
_toll: Final = _whole | _counts
_pieces: Final = Annotated[list[dict[str, str]], Meta(min_length=1)]
name: Final = lru_cache(maxsize=_MANY)(fields.identifier)

_PLAIN: Final[dict[Any, Plain]] = {
    fields.identifier: Plain(_text, name, named=True),
    fields.own_key: Plain(_text, fields.own_key),
    fields.identifiers: Plain(_texts, _listed(fields.identifiers), named=True),
    fields.some_identifiers: Plain(_texts, _listed(fields.some_identifiers), named=True),
    fields.optional_text: Plain(str, None),
    fields.optional_zone: Plain(str, lru_cache(maxsize=_MANY)(fields.optional_zone)),
    fields.optional_instant: Plain(str, read_instant, look_at_instant),
    fields.optional_moment: _times(fields.optional_moment),
    fields.optional_some_time: _times(fields.optional_some_time),
    fields.optional_occurrence: _times(fields.optional_occurrence, str | _span),
    fields.optional_period: _times(fields.optional_period, str | _span),
    fields.optional_whole: Plain(_whole, None),
    fields.true_if_true: Plain(bool, None),
    fields.true_unless_false: Plain(bool, None),
    fields.counts: Plain(_counts, fields.counts),
    fields.toll: Plain(_toll, fields.toll),
    fields.evidence: Plain(_pieces, lambda value: _evidence(tuple(tuple(one.items()) for one in value))),
    choices.release: Plain(choices.Release, None),
    choices.some_release: Plain(choices.Release, None),
    choices.basis: Plain(choices.BasisOfMembership, None),
    choices.outcome: Plain(choices.Outcome, None),
    choices.severity: Plain(choices.Severity, None),
    choices.ground: Plain(choices.Ground, None),
    choices.confidence: Plain(choices.Confidence, None),
    choices.does: Plain(choices.Does, None),
    choices.grade: Plain(choices.Grade, None),
    choices.step: Plain(choices.Step, None),
    proof: Plain(dict[str, str | int | None], proof),
}


def plain_value(converter: Read) -> Plain:
    """Return how a field with this converter is read."""
    return _PLAIN.get(converter) or Plain(VALUE, converter)
