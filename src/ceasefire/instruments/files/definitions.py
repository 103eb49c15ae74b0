"""All that a file may refer to: its own tables and those of its registers, each id once.

Registers exist so that one id means one thing in every instrument. Two
definitions of one id must therefore be equal, wherever they stand (docs/agreement-files.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve
from msgspec.structs import replace

from ceasefire.instruments.files.document import Document, Entry
from ceasefire.instruments.terms import ROLES, differing
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.errors import Mistake
    from ceasefire.instruments.terms import Commitment, Mechanism

#: The tables that have ids, in the order in which they are checked.
NAMED: Final = ("source", "party", "zone", "act", "mechanism")

Definition = tuple[Document, Entry]


class Definitions(Value, kw_only=True):
    """The tables of a file and of its registers by their ids."""

    #: The file itself, first; then the registers, as they are used; at last the standard acts.
    documents: tuple[Document, ...]
    #: For each of `NAMED`: id to where it is defined first.
    named: dict[str, dict[str, Definition]]
    #: Commitments of the file by short id.
    commitments: dict[str, Definition]
    roles: tuple[str, ...]

    @property
    def main(self) -> Document:
        """The file itself."""
        return self.documents[0]

    def values(self, kind: str) -> tuple[Any, ...]:
        """Return the values of one kind of table, each id once."""
        return tuple(entry.value for _, entry in self.named[kind].values())

    def everywhere(self, kind: str) -> Iterator[Definition]:
        """Yield every table of a kind with its document."""
        for document in self.documents:
            for entry in document.tables[kind]:
                yield document, entry


def define(documents: Iterable[Document]) -> tuple[Definitions, list[Mistake]]:
    """Bring the tables of a file and its registers together; return also what contradicts itself."""
    several = tuple(_with_defaults(document) for document in documents)
    mistakes: list[Mistake] = []
    named: dict[str, dict[str, Definition]] = {}
    for kind in NAMED:
        # The standard acts come first, so that a list of acts begins with what everybody knows.
        ordered = sorted(several, key=lambda d: d.kind != "acts") if kind == "act" else several
        named[kind] = {}
        for document in ordered:
            for entry in document.tables[kind]:
                mistakes += _add(named[kind], kind, document, entry)
    commitments: dict[str, Definition] = {}
    for entry in several[0].tables["commitment"]:
        mistakes += _add(commitments, "commitment", several[0], entry)
    carried = (role for document in several for entry in document.tables["party"] for role in _roles(entry))
    roles = tuple(dict.fromkeys((*ROLES, *carried)))
    return Definitions(documents=several, named=named, commitments=commitments, roles=roles), mistakes


def _add(known: dict[str, Definition], kind: str, document: Document, entry: Entry) -> Iterator[Mistake]:
    name = entry.value.id
    if "id" in entry.flawed:
        return
    first, other = known.setdefault(name, (document, entry))
    if other is entry or (kind != "commitment" and other.value == entry.value):
        return
    if kind != "commitment" and (entry.flawed or other.flawed):
        return  # whether they are equal can only be said of what can be read
    # The file itself is what its author can correct: the line told is the one that comes later
    # in it, or the one in it, never that of a register where there is a choice.
    (here, at), (there, away) = ((document, entry), (first, other))
    if here is not there and (document.kind, first.kind) != ("agreement", "acts"):
        (here, at), (there, away) = (there, away), (here, at)
    where = there.where(away.place, here)
    if kind == "commitment":
        yield here.mistake(
            (*at.place, "id"), f"the commitment {name!r} stands twice, first in {where}", "rename one"
        )
        return
    differ = differing(at.value, away.value)
    yield here.mistake(
        at.place,
        f"the {kind} {name!r} is defined in two ways: its {differ} differ from {where}",
        "make the two definitions equal, or take one out",
    )


def _roles(entry: Entry) -> list[str]:
    """Return the roles a party carries; as written, where one of them is flawed."""
    if "roles" not in entry.flawed:
        return [term.role for term in entry.value.roles]
    written = entry.raw["roles"] if isinstance(entry.raw["roles"], list) else [entry.raw["roles"]]
    named = [one.get("role") if isinstance(one, dict) else one for one in written]
    return [name for name in named if isinstance(name, str)]


def _with_defaults(document: Document) -> Document:
    """Return a document whose values say in full what its file leaves to its context."""
    tables = dict(document.tables)
    if document.kind == "agreement":
        tables["mechanism"] = tuple(_overseeing(document.id, e) for e in tables["mechanism"])
        tables["commitment"] = tuple(_in_full(document.id, e) for e in tables["commitment"])
    return replace(document, tables=tables)


def _overseeing(owner: str, entry: Entry) -> Entry:
    mechanism: Mechanism = entry.value
    return entry if mechanism.oversees else replace(entry, value=evolve(mechanism, oversees=(owner,)))


def _in_full(owner: str, entry: Entry) -> Entry:
    """Return a commitment that names itself and others by their full names."""

    def full(name: str) -> str:
        return name if "/" in name else f"{owner}/{name}"

    value: Commitment = entry.value
    changes: dict[str, Any] = {"agreement": owner}
    for name in ("ensures", "restates", "replaces"):
        if getattr(value, name):
            changes[name] = tuple(full(other) for other in getattr(value, name))
    if value.when is not None:
        waits: dict[str, Any] = {
            n: full(v) for n in ("fulfilled", "breach_of") if (v := getattr(value.when, n)) is not None
        }
        changes["when"] = evolve(value.when, **waits) if waits else value.when
    return replace(entry, value=evolve(value, **changes))
