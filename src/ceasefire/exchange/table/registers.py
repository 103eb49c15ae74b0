"""The names that agreements know, by which the words of a table are taken for ids."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from ceasefire.errors import RecordError
from ceasefire.exchange.table.geometry import zone_finder
from ceasefire.instruments.names import called, callings, folded
from ceasefire.instruments.together import some_agreements, together
from ceasefire.journal.writing.names import Names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ceasefire.instruments import Agreement
    from ceasefire.instruments.names import Callings
    from ceasefire.instruments.terms import Act, Zone


@frozen
class Registers:
    """The names that agreements know: of places, and of all that a record names."""

    names: Names
    zones: Callings
    #: Places by the scheme of a code and the code.
    codes: Mapping[str, Mapping[str, str]]
    #: Acts by their names in every language, folded.
    acts: Mapping[str, str]
    #: Everything that a zone may be called, to guess at what is meant.
    called: tuple[str, ...]
    known: frozenset[str]
    #: What parties and commitments are called, folded.
    spoken: frozenset[str]
    #: What gives the zone of a latitude and a longitude, where a mapping asks for it.
    at: Callable[[str, str], str | None] | None = None


def registers(agreements: Agreement | Iterable[Agreement], *, geometry: bool = False) -> Registers | None:
    """Return the names of agreements used together, None without any; with `geometry` their outlines, too."""
    given = some_agreements(agreements)
    if not given and geometry:
        raise RecordError("geometry finds zones of agreements, and none is given: name one (--agreement)")
    if not given:
        return None
    known = _registers(given)
    return evolve(known, at=zone_finder(together(given).zones.values())) if geometry else known


@lru_cache(maxsize=4)  # many small files are read one after the other
def _registers(given: tuple[Agreement, ...]) -> Registers:
    world = together(given)
    names = tuple(folded(name) for zone in world.zones.values() for name in called(zone))
    codes = coded(world.zones.values())
    acts = {
        folded(text): act.id
        for act in world.acts.values()
        for text in (act.name, *(text for name, _, text in act.translations if name == "name"))
    }
    said_of: tuple[Any, ...] = (*world.parties.values(), *world.commitments.values())
    spoken = frozenset(folded(name) for one in said_of for name in called(one))
    zones = callings(world.zones.values())
    return Registers(Names(world), zones, codes, acts, names, frozenset(world.zones), spoken)


def coded(defined: Iterable[Zone | Act]) -> dict[str, dict[str, str]]:
    """Return the ids of places or acts by the scheme of a code and by the code, folded."""
    found: dict[str, dict[str, str]] = {}
    for one in defined:
        for scheme, code in one.codes:
            found.setdefault(scheme, {}).setdefault(folded(code), one.id)
    return found
