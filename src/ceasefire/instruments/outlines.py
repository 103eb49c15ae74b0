"""The outlines that ship, by the ids that zones name: governorates, in the public domain.

What they are, where they come from and their traps: README.md and LICENCE.md beside the file.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from ceasefire.packaged import folder_of
from ceasefire.values import Value

#: Coordinates are whole ten-thousandths of a degree, so that drawing needs no floats.
_UNIT: Final = 10_000
_PLACES: Final = 4

Point = tuple[int, int]
Ring = tuple[Point, ...]


class Outline(Value, kw_only=True):
    """The outline of a place: closed rings of longitude and latitude, in ten-thousandths of a degree."""

    id: str
    name: str
    #: Each with its outer ring first, then those of its holes.
    polygons: tuple[tuple[Ring, ...], ...]

    @property
    def rings(self) -> tuple[Ring, ...]:
        """All its rings, holes among them."""
        return tuple(ring for polygon in self.polygons for ring in polygon)


@lru_cache(maxsize=1)
def outlines() -> dict[str, Outline]:
    """Return the outlines that ship, by their ids, in the order of ids."""
    file = folder_of("ceasefire") / "data" / "maps" / "syria_governorates.geojson"
    read = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    found = (_outline(feature) for feature in read["features"])
    return {one.id: one for one in sorted(found, key=lambda one: one.id)}


def _outline(feature: dict[str, Any]) -> Outline:
    shape = feature["geometry"]
    several = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    polygons = tuple(
        tuple(tuple((int(x * _UNIT), int(y * _UNIT)) for x, y in ring) for ring in polygon)
        for polygon in several
    )
    return Outline(id=feature["id"], name=feature["properties"]["name"], polygons=polygons)


def degrees(coordinate: int) -> str:
    """Return a coordinate of an outline as a decimal number of degrees: 33.461."""
    whole, part = divmod(abs(coordinate), _UNIT)
    text = f"{whole}.{part:0{_PLACES}d}".rstrip("0").rstrip(".")
    return f"-{text}" if coordinate < 0 else text


def joined(several: tuple[Outline, ...]) -> tuple[tuple[Ring, ...], ...]:
    """Return the polygons of outlines as one shape: what fills a hole of another is a part of that."""
    polygons = [polygon for one in several for polygon in one.polygons]
    outer = {frozenset(polygon[0]) for polygon in polygons}
    holes = {frozenset(hole) for polygon in polygons for hole in polygon[1:]}
    return tuple(
        (polygon[0], *(hole for hole in polygon[1:] if frozenset(hole) not in outer))
        for polygon in polygons
        if frozenset(polygon[0]) not in holes
    )
