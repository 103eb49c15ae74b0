"""A zone by coordinates, where no name gives one: that in whose outline a point lies (docs/imports.md).

With shapely (extra `geo`). Outlines are drawn for maps, and coordinates are of towns: near an edge nothing
is found, nor where a place is known less well than its surroundings.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from ceasefire.errors import MissingExtra, RecordError
from ceasefire.instruments.outlines import outlines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ceasefire.instruments.terms import Zone

#: Degrees that a point must lie from the edge of an outline, some ten kilometres.
FROM_THE_EDGE: Final = 0.1
#: The least precise place that is looked up: 1 is the place itself, 2 its surroundings (UCDP, ACLED).
PRECISE: Final = 2
#: What the evidence of a zone found so says it is.
LOCATED: Final = "located"
#: Outlines are in whole ten-thousandths of a degree.
_UNIT: Final = 10_000


def zone_finder(zones: Iterable[Zone]) -> Callable[[str, str], str | None]:
    """Return what finds the zone of a latitude and a longitude, None where there is not exactly one.

    Raises `MissingExtra` without shapely, and `RecordError` where no zone has an outline.
    """
    try:
        shapely: Any = import_module("shapely")
    except ImportError as error:
        raise MissingExtra("finding places by coordinates", "geo") from error
    known = {zone.id: zone for zone in zones}
    inside = {}
    for name, zone in known.items():
        drawn = [outlines()[one] for one in zone.outline if one in outlines()]
        rings = [ring for one in drawn for ring in one.rings]
        if rings:
            shape = reduce(shapely.symmetric_difference, (_polygon(shapely, ring) for ring in rings))
            inside[name] = shapely.buffer(shape, -FROM_THE_EDGE)
            shapely.prepare(inside[name])
    if not inside:
        raise RecordError("no zone of the agreements given has an outline: no place is found by coordinates")

    @lru_cache(maxsize=65_536)
    def found(lat: str, lon: str) -> str | None:
        point = shapely.Point(float(lon), float(lat))
        names = [name for name, shape in inside.items() if shape.contains(point)]
        least = [name for name in names if not any(_around(known, name, other) for other in names)]
        return least[0] if len(least) == 1 else None

    return found


def _polygon(shapely: Any, ring: Iterable[tuple[int, int]]) -> Any:
    return shapely.Polygon([(x / _UNIT, y / _UNIT) for x, y in ring])


def _around(known: Mapping[str, Zone], name: str, other: str) -> bool:
    """Tell whether a zone lies around another one, by what the agreements say of both."""
    return name == known[other].within or other in known[name].covers
