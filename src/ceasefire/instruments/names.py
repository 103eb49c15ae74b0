"""What parties, places, commitments and agreements are called, and what a name that somebody wrote means.

The one reading of names for whoever writes: the journal's edge, imports, the command line. What
is kept is always the id (docs/rules/records.md).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from ceasefire.instruments.terms import Agreement, Commitment
from ceasefire.patterns import regex
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.instruments.terms import Party, Zone

#: The kinds of apostrophe that people type for one.
_APOSTROPHES: Final = regex("[\u2018\u2019\u02bc\u02bf\u02be`\u00b4]")
#: The I of Turkish with its dot as a capital, and without one as a small letter.
_ONE_I: Final = {0x130: "i", 0x131: "i"}


def called(one: Party | Zone | Commitment | Agreement) -> tuple[str, ...]:
    """Return everything one is called: its id, its name or title, its short name, its aliases."""
    names = (getattr(one, "name", None), getattr(one, "title", None), getattr(one, "short", None))
    return tuple(name for name in (one.id, *names, *getattr(one, "aliases", ())) if name)


def full_name(one: Party | Zone | Commitment | Agreement) -> str:
    """Return the name or title of one; its id where it has none."""
    return (one.title if isinstance(one, Agreement | Commitment) else one.name) or one.id


def ambiguous_short_names(defined: Iterable[Party | Zone | Commitment | Agreement]) -> frozenset[str]:
    """Return the short names, folded, that several of one kind bear, as short name or as full one."""
    borne = Counter(name for one in defined for name in {folded(n) for n in (one.short, full_name(one)) if n})
    return frozenset(name for name, times in borne.items() if times > 1)


def short_names(defined: Iterable[Party | Zone | Commitment | Agreement]) -> dict[str, str]:
    """Return by what those of one kind are called where there is little room, by id.

    The short name, else the full one; a short name that another one bears too is left
    for the full name by both (docs/agreement-files.md). A commitment is known by its full name.
    """
    several = tuple(defined)
    unclear = ambiguous_short_names(several)
    return {
        one.name if isinstance(one, Commitment) else one.id: one.short
        if one.short and folded(one.short) not in unclear
        else full_name(one)
        for one in several
    }


def folded(name: str) -> str:
    """Return a name without regard to case, to blanks, and to the ways of typing one letter (NFC).

    The dotted and the dotless I of Turkish are one: what the capital of either is depends on the language.
    """
    typed = _APOSTROPHES.sub("'", normalize("NFC", name)).translate(_ONE_I).casefold()
    return normalize("NFC", " ".join(typed.split()))


class Callings(Value):
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
