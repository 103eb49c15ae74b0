"""What parties, places, commitments and agreements are called, and what a name that somebody wrote means.

The one reading of names for whoever writes: the journal's edge, imports, the command line. What
is kept is always the id (docs/rules/records.md).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from attrs import frozen

from ceasefire.instruments.terms import Commitment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.instruments.terms import Agreement, Party, Zone

#: The kinds of apostrophe that people type for one.
_APOSTROPHES: Final = re.compile("[\u2018\u2019\u02bc\u02bf\u02be`\u00b4]")


def called(one: Party | Zone | Commitment | Agreement) -> tuple[str, ...]:
    """Return everything one is called: its id, its name or title, its short name, its aliases."""
    names = (getattr(one, "name", None), getattr(one, "title", None), getattr(one, "short", None))
    return tuple(name for name in (one.id, *names, *getattr(one, "aliases", ())) if name)


def folded(name: str) -> str:
    """Return a name without regard to case, to blanks, and to the ways of typing one letter (NFC)."""
    return normalize("NFC", " ".join(_APOSTROPHES.sub("'", normalize("NFC", name)).casefold().split()))


@frozen
class Callings:
    """Parties, zones, commitments or agreements, by what they are called."""

    _ids: frozenset[str]
    _by_name: Mapping[str, tuple[str, ...]]

    def meant(self, name: str) -> tuple[str, ...]:
        """Return the ids of those that a name may mean, sorted: one, several, or none.

        An id means the one that has it, whatever others are called.
        """
        return (name,) if name in self._ids else self._by_name.get(folded(name), ())


def callings(defined: Iterable[Party | Zone | Commitment | Agreement]) -> Callings:
    """Return parties, zones, commitments or agreements by what they are called.

    What a commitment is known by is its full name: two agreements may have its id.
    """
    by_name: dict[str, set[str]] = {}
    ids = set()
    for one in defined:
        known = one.name if isinstance(one, Commitment) else one.id
        ids.add(known)
        for name in called(one):
            by_name.setdefault(folded(name), set()).add(known)
    return Callings(frozenset(ids), {name: tuple(sorted(known)) for name, known in by_name.items()})
