"""How places lie to each other: inside, apart, or too coarse to tell (docs/rules/scope.md, "The place")."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ceasefire.assessment.world.certainty import MAYBE, NO, YES, Certainty
from ceasefire.instruments.names import called, folded
from ceasefire.record import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ceasefire.instruments.terms import Zone
    from ceasefire.record import Incident


class Map:
    """The zones of the agreements assessed: disjoint, unless the files link them."""

    def __init__(self, zones: Mapping[str, Zone]) -> None:
        self._zones = zones
        self._inner: dict[str, set[str]] = defaultdict(set)
        self._outer: dict[str, set[str]] = defaultdict(set)
        self._partly: dict[str, set[str]] = defaultdict(set)
        self._relations: dict[tuple[str, str], Certainty] = {}
        for zone in zones.values():
            links = [(zone.id, covered) for covered in zone.covers]
            if zone.within is not None:
                links.append((zone.within, zone.id))
            for container, contained in links:
                self._inner[container].add(contained)
                self._outer[contained].add(container)
            self._partly[zone.id].update(zone.covers_part)
        self._names = _names(zones)

    def relation(self, place: str, zone: str) -> Certainty:
        """Tell whether a place lies inside a zone: no is apart from it, maybe partly in it."""
        key = (place, zone)
        if key not in self._relations:
            self._relations[key] = self._relate(place, zone)
        return self._relations[key]

    def resolve(self, incident: Incident | Tally) -> str | None:
        """Return the zone in which an incident is placed: its zone, else the one its place resolves to.

        The zone of a count is a published word: it may be a name.
        """
        if isinstance(incident, Tally):
            return None if incident.zone is None else self.named(incident.zone)
        if incident.zone is not None:
            return incident.zone if incident.zone in self._zones else None
        if incident.place is None:
            return None
        place = incident.place
        if place.scheme is not None and place.code is not None:
            coded = self._names.get(folded(f"{place.scheme}:{place.code}"))
            if coded is not None:
                return coded
        return None if place.name is None else self.named(place.name)

    def named(self, name: str) -> str | None:
        """Return the zone that is called so, however that is typed; None for several or none."""
        return name if name in self._zones else self._names.get(folded(name))

    def _relate(self, place: str, zone: str) -> Certainty:
        around = _closure(place, self._outer)
        if zone in around:
            return YES
        if self._overlap(place, zone):
            return MAYBE
        return MAYBE if self._partial(place, zone) or self._partial(zone, place) else NO

    def _overlap(self, one: str, other: str) -> bool:
        """Tell whether one is in the other, or something is in both."""
        return bool(_closure(one, self._inner) & _closure(other, self._inner))

    def _partial(self, wide: str, other: str) -> bool:
        """Tell whether a zone, or one inside it, covers a part of another or of what that lies in.

        What lies wholly in a zone is not linked to what that zone covers in part:
        a governorate stays disjoint from its neighbour though one area reaches into both.
        """
        return any(
            self._overlap(other, part)
            for covering in _closure(wide, self._inner)
            for part in self._partly[covering]
        )


def _closure(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    found, frontier = {start}, [start]
    while frontier:
        fresh = edges.get(frontier.pop(), set()) - found
        found |= fresh
        frontier += fresh
    return found


def _names(zones: Mapping[str, Zone]) -> dict[str, str]:
    """Return zones by name, alias and `scheme:code`; a name that several zones bear resolves to none."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for zone in zones.values():
        for name in (*called(zone), *(f"{scheme}:{code}" for scheme, code in zone.codes)):
            bearers[folded(name)].add(zone.id)
    return {name: next(iter(several)) for name, several in bearers.items() if len(several) == 1 and name}
