"""What parties and places are called, and which of them a name that somebody wrote means.

The one reading of names for whoever writes: the journal's edge, imports, the command line. What
is kept is always the id (docs/rules/records.md).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.instruments.terms import Party, Zone

#: The kinds of apostrophe that people type for one.
_APOSTROPHES: Final = re.compile("[\u2018\u2019\u02bc\u02bf\u02be`\u00b4]")


def called(one: Party | Zone) -> tuple[str, ...]:
    """Return everything a party or a zone is called: its id, its name, its short name, its aliases."""
    stated = (one.id, one.name, getattr(one, "short", None), *one.aliases)
    return tuple(name for name in stated if name)


def folded(name: str) -> str:
    """Return a name without regard to case, to blanks, and to the ways of typing one letter (NFC)."""
    return normalize("NFC", " ".join(_APOSTROPHES.sub("'", normalize("NFC", name)).casefold().split()))


@frozen
class Callings:
    """Parties, or zones, by what they are called."""

    _ids: frozenset[str]
    _by_name: Mapping[str, tuple[str, ...]]

    def meant(self, name: str) -> tuple[str, ...]:
        """Return the ids of those that a name may mean, sorted: one, several, or none.

        An id means the one that has it, whatever others are called.
        """
        return (name,) if name in self._ids else self._by_name.get(folded(name), ())


def callings(defined: Iterable[Party | Zone]) -> Callings:
    """Return parties, or zones, by what they are called."""
    several = tuple(defined)
    by_name: dict[str, set[str]] = {}
    for one in several:
        for name in called(one):
            by_name.setdefault(folded(name), set()).add(one.id)
    return Callings(
        frozenset(one.id for one in several), {name: tuple(sorted(ids)) for name, ids in by_name.items()}
    )
