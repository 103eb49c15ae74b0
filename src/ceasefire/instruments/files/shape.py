"""From the tables of a file to frozen values: types, names and forms, not yet meaning.

cattrs tells everything wrong with a table at once, each with its path. A table
with mistakes is read again without them, so that what is right in it can still
be checked: a file's author sees all mistakes in one go, not one a day.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, fields, frozen
from cattrs import BaseValidationError, Converter
from cattrs.errors import AttributeValidationNote, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from ceasefire.clock import Duration, Moment  # noqa: TC001 - cattrs resolves the annotations
from ceasefire.errors import did_you_mean, nearest
from ceasefire.instruments import terms
from ceasefire.instruments.languages import translations, wrong
from ceasefire.instruments.public_keys import key_text, public_key
from ceasefire.instruments.toml_lines import Path  # noqa: TC001 - attrs resolves the annotations
from ceasefire.instruments.values import (
    Wrong,
    duration_of,
    in_force_of,
    local_times_in,
    moment_of,
    shown,
    value_converter,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: What stands in for a required field that is wrong, while the rest of its table is checked.
_STAND_IN: Final = {
    "id": "", "duty": "declare", "party": "", "as": "named", "basis": "text", "at": "2000-01-01",
    "key": key_text(b"\x58" + 31 * b"\x66"),  # the base point of the curve: a key, and nobody's
}  # fmt: skip


@frozen(kw_only=True)
class Head(terms.Noted):
    """The fields of an agreement file that stand outside its tables."""

    id: str
    title: str = ""
    short: str = ""
    uses: tuple[str, ...] = ()
    adopted: Moment | None = None
    #: A moment, or "by-decision".
    in_force: Any = None
    timezone: str = ""
    duration: Duration | None = None
    renewal: terms.Renewal = "none"
    suspension: terms.SuspensionEffect = "tolls"
    termination: terms.Termination | None = None
    supplements: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    months: terms.Months = "usual"


@frozen(kw_only=True)
class RegisterHead(terms.Noted):
    """The fields of a register that stand outside its tables."""

    id: str
    title: str = ""
    uses: tuple[str, ...] = ()
    timezone: str = ""
    months: terms.Months = "usual"


@frozen(kw_only=True)
class _Deadline:
    at: Moment
    note: str = ""


@frozen(kw_only=True)
class _ByEvent:
    event: str


@frozen
class Flaw:
    """One thing wrong in a table: where, in which of its fields, what, and what to write instead."""

    path: Path
    field: str
    what: str
    instead: str = ""


#: The tables of a file, by the name in double brackets.
TABLES: Final[dict[str, type[terms.Noted]]] = {
    "effective": terms.Effective,
    "source": terms.Source,
    "party": terms.Party,
    "standing": terms.Standing,
    "zone": terms.Zone,
    "mechanism": terms.Mechanism,
    "act": terms.Act,
    "key": terms.Key,
    "commitment": terms.Commitment,
}
#: Those that a register may hold.
SHARED: Final = ("source", "party", "zone", "mechanism", "act", "key")
#: Fields of the classes that no file writes: the reader sets them.
_HIDDEN: Final[dict[type, tuple[str, ...]]] = {terms.Commitment: ("agreement", "due_note", "until_note")}


def field_names(cls: type[Any]) -> tuple[str, ...]:
    """Return the fields of a table as a file writes them."""
    hidden = _hidden(cls)
    return tuple(as_written(a.name) for a in fields(cls) if a.name not in hidden)


def _hidden(cls: type[Any]) -> tuple[str, ...]:
    """Return the fields of a table that are not written under their own name: the reader sets them."""
    return (*_HIDDEN.get(cls, ()), *(["translations"] if issubclass(cls, terms.Noted) else []))


def as_written(name: str) -> str:
    """Return the name of a field as a file writes it."""
    return "note" if name == "notes" else name.rstrip("_")


def read_table(cls: type[Any], raw: object, path: Path, zone: str | None) -> tuple[Any, list[Flaw]]:
    """Return the value of one table, as far as it is right, and all that is wrong in it.

    `zone` is the time zone of its local times. The value is None when `raw` is no table.
    """
    if not isinstance(raw, dict):
        return None, [
            Flaw(path, "", f"{shown(raw)} is no table", f"write {_example(path)} and its fields below")
        ]
    others = translations(raw, field_names(cls))
    named = [Flaw((*path, key), key, what, instead) for key, what, instead in wrong(raw, others)]
    value, flaws = _read({key: one for key, one in raw.items() if key not in others}, cls, path, zone)
    bad = {flaw.field for flaw in named}
    told = tuple((*others[key], raw[key]) for key in others if key not in bad)
    return (evolve(value, translations=told) if told and value is not None else value), [*named, *flaws]


def _read(raw: dict[str, Any], cls: type[Any], path: Path, zone: str | None) -> tuple[Any, list[Flaw]]:
    # A title or name that is not given is the id: whoever prints it always has one.
    called = next((n for n in ("title", "name") if n in field_names(cls) and n not in raw), None)
    full = {**raw, called: raw["id"]} if called and isinstance(raw.get("id"), str) else raw
    with local_times_in(zone):
        try:
            return _noted(_converter().structure(full, cls), raw), []
        except BaseValidationError as error:
            flaws = list(_flaws(error, path))
        wrong = {flaw.field for flaw in flaws}
        rest = {name: value for name, value in full.items() if name not in wrong}
        rest |= {name: _STAND_IN[name] for name in field_names(cls) if name in wrong and name in _STAND_IN}
        value = _noted(_converter().structure(rest, cls), rest)
    # A required field that was only misspelt is one mistake, not two.
    misspelt = {flaw.instead for flaw in flaws if flaw.what.startswith("unknown field")}
    return value, [
        f
        for f in flaws
        if not f.what.endswith(" is missing") or f"write {f.what.removesuffix(' is missing')}" not in misspelt
    ]


def _noted(value: Any, raw: dict[str, Any]) -> Any:
    """Return a commitment with the notes of its deadline, and whatever else as it is."""
    if not isinstance(value, terms.Commitment):
        return value
    notes: dict[str, Any] = {
        f"{name}_note": str(raw[name].get("note", ""))
        for name in ("due", "until")
        if isinstance(raw.get(name), dict)
    }
    return evolve(value, **notes) if notes else value


def _example(path: Path) -> str:
    return f"[[{path[0]}]]" if path else "a table"


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
    changes |= {name: override(omit=True) for name in _hidden(cls)}
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
    converter = value_converter()
    for cls, name in ((terms.RoleTerm, "role"), (terms.MemberTerm, "group"), (terms.Note, "text")):
        converter.register_structure_hook(cls, _named(_table(converter, cls), cls, name))
    for cls in (_Deadline, _ByEvent, terms.Condition, terms.Office, terms.Termination):
        converter.register_structure_hook(cls, _table(converter, cls))
    termination = converter.get_structure_hook(terms.Termination)
    converter.register_structure_hook(terms.Termination | None, termination)
    deadline, by_event = (converter.get_structure_hook(c) for c in (_Deadline, _ByEvent))

    def until(value: Any, _: object = None) -> Any:
        return deadline(value, _Deadline).at if isinstance(value, dict) else moment_of(value)

    def every(value: Any, _: object = None) -> terms.Recurrence:
        if isinstance(value, dict):
            return terms.Recurrence(event=by_event(value, _ByEvent).event)
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
