"""Making a record from its fields: whatever is wrong is told at once, each by its field.

attrs converts one field after another, and a converter does not know whose value it
is given. So where making a record fails, its fields are looked at again, one by one;
a record that is in order costs nothing more. A local time is read in the time zone
that the record names (docs/rules/time.md).
"""

from __future__ import annotations

from functools import wraps
from typing import Any, Final, TypeVar

from attrs import AttrsInstance, fields, frozen

from ceasefire.errors import InvalidValue, NaiveTime, RecordError, did_you_mean, nearest, quoted
from ceasefire.record.local_times import in_zone, zone_or_none
from ceasefire.values import ByFields

_C = TypeVar("_C", bound=AttrsInstance)
_OR_ZONE: Final = ', or name the time zone of the record, such as timezone "Asia/Damascus"'


def told_by_field(cls: type[_C]) -> type[_C]:
    """Make a class of attrs tell by its field what is wrong with a value, and return the class.

    What is raised is of the class that the first value asks for (`RecordError`, `NaiveTime`,
    `InvalidTime`), and `by_field` has a sentence for each. A name that is no field is a
    `RecordError` with the nearest that is one.
    """
    made = cls.__init__

    @wraps(made)
    def init(self: Any, *unnamed: object, **given: Any) -> None:
        try:
            made(self, *unnamed, **given)
        except TypeError as error:
            if what := _misnamed(cls, unnamed, given):
                raise RecordError(what) from error
            raise
        except InvalidValue as error:
            local, first, wrong = _looked_at(cls, given)
            if first is not None:
                raise _made(type(first), wrong) from error.__cause__
            if not local:
                raise
            made(self, **given | local)

    cls.__init__ = init  # type: ignore[method-assign]
    return cls


@frozen(kw_only=True, eq=False, repr=False)
class ToldByField(ByFields):
    """What tells by its field what is wrong with a value, and so does every class made from it."""

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        told_by_field(cls)


def _looked_at(
    cls: type[AttrsInstance], given: dict[str, Any]
) -> tuple[dict[str, Any], InvalidValue | None, list[tuple[str, str]]]:
    """Return the local times among values, with their offsets; the first error, and all by their fields."""
    zone = zone_or_none(given.get("timezone"))
    names = {attribute.name for attribute in fields(cls)}
    local: dict[str, Any] = {}
    first: InvalidValue | None = None
    wrong: list[tuple[str, str]] = []
    for attribute in fields(cls):
        name, convert = attribute.name, attribute.converter
        if name not in given or not callable(convert):
            continue
        try:
            try:
                convert(given[name])
            except NaiveTime as error:
                if zone is None:
                    raise NaiveTime(f"{error}{_OR_ZONE if 'timezone' in names else ''}") from error
                local[name] = in_zone(given[name], zone)
                convert(local[name])
        except InvalidValue as error:
            first = first or error
            wrong += _parts(error, name)
    return local, first, wrong


def _parts(error: InvalidValue, name: str) -> list[tuple[str, str]]:
    """Return what is wrong with a field, or with each part of it, as in `killed.best`."""
    return [(f"{name}.{part}", what) for part, what in error.by_field] or [(name, str(error))]


def _made(cls: type[InvalidValue], parts: list[tuple[str, str]]) -> InvalidValue:
    """Return one error that tells all."""
    error = cls("; ".join(f"{name}: {what}" for name, what in parts))
    error.by_field = tuple(parts)
    return error


def _misnamed(cls: type[AttrsInstance], unnamed: tuple[object, ...], given: dict[str, Any]) -> str:
    """Return what is wrong with the names of fields in a call; empty where nothing is."""
    kind = getattr(cls, "kind", None)  # evidence has a field of that name
    what = f"a record of kind {kind!r}" if isinstance(kind, str) and kind else cls.__name__
    known = [attribute.name for attribute in fields(cls)]
    if unnamed:
        first = next((names[0] for names in getattr(cls, "required", ())), known[0])
        return f"{what} takes its fields by name: write {first}=…, not {quoted(unnamed[0], 40)} alone"
    unknown = [name for name in given if name not in known]
    return "; ".join(f"{what} has no field {name!r}{instead_of(name, known)}" for name in unknown)


def instead_of(name: str, known: list[str]) -> str:
    """Return what to write instead of a field that there is none of: the nearest, or any of them."""
    return did_you_mean(nearest(name, known)) or f": leave it out, or write one of {', '.join(known)}"
