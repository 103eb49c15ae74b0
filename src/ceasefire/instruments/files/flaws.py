"""Everything wrong with a table, each with its path, as cattrs tells it.

It is imported for a table that is not right: of what is right, `right` gives the same value.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from attrs import fields
from cattrs import BaseValidationError, Converter, IterableValidationError
from cattrs.errors import AttributeValidationNote, ForbiddenExtraKeysError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, override

from ceasefire.errors import did_you_mean, nearest
from ceasefire.instruments import terms
from ceasefire.instruments.files.shape import (
    TABLES,
    ByEvent,
    Deadline,
    Flaw,
    Head,
    RegisterHead,
    as_written,
    field_names,
    hidden,
)
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
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ceasefire.instruments.toml_lines import Path


def structured(raw: dict[str, Any], cls: type[Any]) -> Any:
    """Return the value of a table that is right."""
    return _converter().structure(raw, cls)


def flaws_of(raw: dict[str, Any], cls: type[Any], path: Path) -> list[Flaw]:
    """Return everything wrong with a table; nothing of one that is right."""
    try:
        structured(raw, cls)
    except BaseValidationError as error:
        return list(_flaws(error, path))
    return []


def _flaws(error: BaseValidationError, path: Path, top: str = "") -> Iterator[Flaw]:
    for inner in error.exceptions:
        step: str | int | None = None
        for note in getattr(inner, "__notes__", ()):
            step = as_written(note.name) if isinstance(note, AttributeValidationNote) else note.index
        here = path if step is None else (*path, step)
        field = top or str(step)
        if isinstance(inner, BaseValidationError):
            yield from _flaws(inner, here, field)
        elif isinstance(inner, ForbiddenExtraKeysError):
            known = field_names(inner.cl)
            for name in sorted(inner.extra_fields):
                guess = nearest(name, known)
                instead = f"write {guess}" if guess else f"its fields are {', '.join(known)}"
                what = f"unknown field {shown(name)}{did_you_mean(guess)}"
                yield Flaw((*path, name), top or name, what, instead)
        elif isinstance(inner, KeyError):
            yield Flaw(path, field, f"{step} is missing", f"write {step} = …")
        else:
            label = next((part for part in reversed(here) if isinstance(part, str)), field)
            what = f"{label} {inner.what}" if isinstance(inner, Wrong) else f"{label}: {inner}"
            yield Flaw(here, field, what, inner.instead if isinstance(inner, Wrong) else "")


def _table(converter: Converter, cls: type[Any], **hooks: Callable[..., Any]) -> Callable[[Any, object], Any]:
    changes: dict[str, Any] = {
        a.name: override(rename=as_written(a.name)) for a in fields(cls) if as_written(a.name) != a.name
    }
    changes |= {name: override(omit=True) for name in hidden(cls)}
    changes |= {name: override(rename=as_written(name), struct_hook=hook) for name, hook in hooks.items()}
    inner = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **changes)

    def hook(value: Any, _: object = None) -> Any:
        if not isinstance(value, dict):
            raise Wrong(f"is {shown(value)}, no table", f"write {{ {field_names(cls)[0]} = … }}")
        return inner(value, cls)

    return hook


@lru_cache(maxsize=1)
def _converter() -> Converter:
    cls: type[Any]
    converter = _value_converter()
    for cls, name in ((terms.RoleTerm, "role"), (terms.MemberTerm, "group"), (terms.Note, "text")):
        converter.register_structure_hook(cls, _named(_table(converter, cls), cls, name))
    for cls in (Deadline, ByEvent, terms.Condition, terms.Office, terms.Termination):
        converter.register_structure_hook(cls, _table(converter, cls))
    termination = converter.get_structure_hook(terms.Termination)
    converter.register_structure_hook(terms.Termination | None, termination)
    deadline, by_event = (converter.get_structure_hook(c) for c in (Deadline, ByEvent))

    def until(value: Any, _: object = None) -> Any:
        return deadline(value, Deadline).at if isinstance(value, dict) else moment_of(value)

    def every(value: Any, _: object = None) -> terms.Recurrence:
        if isinstance(value, dict):
            return terms.Recurrence(event=by_event(value, ByEvent).event)
        return terms.Recurrence(duration=duration_of(value))

    for cls in (Head, RegisterHead, *TABLES.values()):
        hooks: dict[str, Callable[..., Any]] = {}
        if cls is terms.Commitment:
            hooks = {"due": until, "until": until, "every": every}
        if cls is Head:
            hooks = {"in_force": in_force_of}
        if cls is terms.Key:
            hooks = {"key": public_key}
        converter.register_structure_hook(cls, _table(converter, cls, **hooks))
    return converter


def _named(inner: Callable[..., Any], cls: type[Any], name: str) -> Callable[[Any, object], Any]:
    """Return a hook that takes a plain id for the table that names it."""

    def hook(value: Any, _: object = None) -> Any:
        if cls is terms.Note and not isinstance(value, str | dict):
            raise Wrong(f"is {shown(value)}, no text", "write it in quotes")
        return cls(**{name: value}) if type(value) is str else inner(value, cls)

    return hook


def _value_converter() -> Converter:
    converter = Converter(detailed_validation=True, forbid_extra_keys=True)
    for kind, hook in SIMPLE:
        converter.register_structure_hook(kind, hook)
    converter.register_structure_hook_factory(_is(Literal), one_of)
    converter.register_structure_hook_factory(_is(tuple), lambda t: _many(converter, t))
    converter.register_structure_hook_func(lambda t: t == Pairs, pairs)
    return converter


def _is(origin: Any) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) is origin


def _many(converter: Converter, cls: Any) -> Callable[[Any, object], tuple[Any, ...]]:
    item = converter.get_structure_hook(get_args(cls)[0])
    of = get_args(cls)[0]

    def hook(value: Any, _: object = None) -> tuple[Any, ...]:
        several = value if isinstance(value, list) else [value]  # one will do for a list
        if of is str and all(type(one) is str for one in several):
            return tuple(dict.fromkeys(several))
        found, errors = [], []
        for number, one in enumerate(several):
            try:
                found.append(item(one, of))
            except Exception as error:  # noqa: BLE001 - every kind of mistake is told, none is lost
                if several is value:
                    error.add_note(IterableValidationNote("", number, of))
                errors.append(error)
        if errors:
            raise IterableValidationError("", errors, cls)
        return tuple(dict.fromkeys(found))

    return hook
