"""How records show themselves at a prompt: all their fields, or of many only those that are set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ceasefire.record.kinds import Record

#: A record whose fields take more characters than this is shown with those that are set, each cut short.
_LONG: Final = 400
_CUT: Final = 80


def shown_shortly(kinds: Iterable[type[Record]]) -> None:
    """Make the records of these kinds show themselves shortly where they are long."""
    for kind in kinds:
        setattr(kind, "__repr__", _shortened(kind.__repr__))  # noqa: B010 – a method is not assigned to


def _shortened(full: Callable[[Record], str]) -> Callable[[Record], str]:
    def __repr__(self: Record) -> str:  # noqa: N807 – it stands for the method of that name
        text = full(self)
        return text if len(text) <= _LONG else _set_fields(self)

    return __repr__


def _set_fields(record: Record) -> str:
    """Return the fields of a record that are set, times as they were stated."""
    told = []
    for field in fields(type(record)):
        value = getattr(record, field.name)
        if field.repr and value is not None and value is not False and value != ():
            told.append(f"{field.name}={_cut(_as_stated(value))}")
    return f"{type(record).__name__}({', '.join(told)})"


def _as_stated(value: Any) -> str:
    stated = getattr(value, "stated", None)
    return repr(stated if stated is not None else value)


def _cut(text: str) -> str:
    return text if len(text) <= _CUT else f"{text[: _CUT - 1]}…"
