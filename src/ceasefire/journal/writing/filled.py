"""A record with fields filled in that are already what they are kept as."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import evolve

from ceasefire.record.absent import Absent
from ceasefire.record.kinds import KINDS, Record, field_names

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R", bound=Record)

_NAMES: Final = {cls: tuple(field_names(cls)) for cls in (*KINDS.values(), Absent)}
_VALUES: Final[dict[type[Record], Callable[[Record], tuple[Any, ...]]]] = {
    cls: attrgetter(*names) for cls, names in _NAMES.items()
}
#: What puts a value into the slot of a field, past the frozen class.
_SETTERS: Final[dict[type[Record], dict[str, Callable[[Record, Any], None]]]] = {
    cls: {name: getattr(cls, name).__set__ for name in names} for cls, names in _NAMES.items()
}


def fill(record: R, **known: Any) -> R:
    """Put values into a record that its maker has given to nobody yet, and return it."""
    setters = _SETTERS.get(type(record))
    if setters is None:  # a kind of somebody's own
        return evolve(record, **known)
    for name, value in known.items():
        setters[name](record, value)
    return record


def filled(record: R, **known: Any) -> R:
    """Return a record with other values in its envelope, as `evolve` does, and looks at nothing again.

    For what a journal itself fills in: an id, an instant, a proof, an author where nobody
    else is quoted. The values must be what the field keeps; no converter sees them.
    """
    cls = type(record)
    if cls not in _NAMES:  # a kind of somebody's own
        return evolve(record, **known)
    made, setters = cls.__new__(cls), _SETTERS[cls]
    for put, value in zip(setters.values(), _VALUES[cls](record), strict=True):
        put(made, value)
    for name, value in known.items():
        setters[name](made, value)
    return made
