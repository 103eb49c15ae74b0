"""How a place lies to the zones of a commitment."""

from .book import Book, Commitment, listed
from .wording import Record
from .world import World


def parents(book: Book, zone: str) -> set[str]:
    """The zones this one is directly a part of."""
    found = set(listed(book.zones.get(zone, {}).get("within")))
    return found | {name for name, table in book.zones.items() if zone in listed(table.get("covers"))}


def upward(book: Book, zone: str) -> set[str]:
    """The zone and all it is wholly in."""
    found, waiting = set(), [zone]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += parents(book, one)
    return found


def downward(book: Book, zone: str) -> set[str]:
    return {name for name in {*book.zones, zone} if zone in upward(book, name)}


def related(book: Book, one: str, other: str) -> bool:
    """One in the other, or a part that both have."""
    return bool(downward(book, one) & downward(book, other)) or other in upward(book, one)


def may_meet(book: Book, one: str, other: str) -> bool:
    """Zones are disjoint unless within, covers or covers_part links them.

    What is wholly in the zone that covers a part is not itself linked to that part.
    """
    if related(book, one, other):
        return True
    for name, table in book.zones.items():
        for part in listed(table.get("covers_part")):
            straight = one in upward(book, name) and related(book, other, part)
            crossed = other in upward(book, name) and related(book, one, part)
            if straight or crossed:
                return True
    return False


def where(world: World, record: Record) -> str | None:
    """The zone of an incident: named, or the one with its place's code."""
    zone = record.fields.get("zone")
    if zone:
        return zone if zone in world.book.zones else None
    place = record.fields.get("place") or {}
    scheme, code = place.get("scheme"), place.get("code")
    for name, table in sorted(world.book.zones.items()):
        if scheme and str(table.get("codes", {}).get(scheme)) == str(code):
            return name
        called = [name, table.get("name"), *listed(table.get("aliases"))]
        if place.get("name") and place["name"] in called:
            return name
    return None


def lie(book: Book, zone: str | None, zones: list[str]) -> str:
    """inside, outside or unclear."""
    if not zones:
        return "outside"
    if zone is None:
        return "unclear"
    if upward(book, zone) & set(zones):
        return "inside"
    return "unclear" if any(may_meet(book, zone, other) for other in zones) else "outside"


def place_fit(world: World, commitment: Commitment, zone: str | None) -> str:
    """Whether a place lies in `zones` and not in `except_zones`."""
    zones = listed(commitment.raw.get("zones"))
    wanted = lie(world.book, zone, zones) if zones else "inside"
    excepted = lie(world.book, zone, listed(commitment.raw.get("except_zones")))
    if wanted == "outside" or excepted == "inside":
        return "outside"
    return "unclear" if "unclear" in {wanted, excepted} else "inside"
