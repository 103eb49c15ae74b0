"""The tables of a file as classes: which fields each has, and under which names a file writes them."""

from __future__ import annotations

from typing import Any, Final

from attrs import fields, frozen

from ceasefire.clock import Duration, Moment  # noqa: TC001 - the readers of tables resolve the annotations
from ceasefire.instruments import terms
from ceasefire.instruments.toml_lines import Path  # noqa: TC001 - attrs resolves the annotations
from ceasefire.values import Value


@frozen(kw_only=True, eq=False, repr=False)
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


@frozen(kw_only=True, eq=False, repr=False)
class RegisterHead(terms.Noted):
    """The fields of a register that stand outside its tables."""

    id: str
    title: str = ""
    uses: tuple[str, ...] = ()
    timezone: str = ""
    months: terms.Months = "usual"


@frozen(kw_only=True)
class Deadline:
    """A deadline written with a note of its own."""

    at: Moment
    note: str = ""


@frozen(kw_only=True)
class ByEvent:
    """What recurs with an event."""

    event: str


class Flaw(Value):
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
    unwritten = hidden(cls)
    return tuple(as_written(a.name) for a in fields(cls) if a.name not in unwritten)


def hidden(cls: type[Any]) -> tuple[str, ...]:
    """Return the fields of a table that are not written under their own name: the reader sets them."""
    return (*_HIDDEN.get(cls, ()), *(["translations"] if issubclass(cls, terms.Noted) else []))


def as_written(name: str) -> str:
    """Return the name of a field as a file writes it."""
    return "note" if name == "notes" else name.rstrip("_")
