"""The outlines that ship, by the ids that zones name: governorates, in the public domain.

What they are, where they come from and their traps: README.md and LICENCE.md beside the file.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from attrs import frozen

from ceasefire.packaged import folder_of

#: Coordinates are whole ten-thousandths of a degree, so that drawing needs no floats.
_UNIT: Final = 10_000

Point = tuple[int, int]
Ring = tuple[Point, ...]


@frozen(kw_only=True)
class Outline:
    """The outline of a place: closed rings of longitude and latitude, in ten-thousandths of a degree."""

    id: str
    name: str
    rings: tuple[Ring, ...]


@lru_cache(maxsize=1)
def outlines() -> dict[str, Outline]:
    """Return the outlines that ship, by their ids, in the order of ids."""
    file = folder_of("ceasefire") / "data" / "maps" / "syria_governorates.geojson"
    read = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    found = (_outline(feature) for feature in read["features"])
    return {one.id: one for one in sorted(found, key=lambda one: one.id)}


def _outline(feature: dict[str, Any]) -> Outline:
    shape = feature["geometry"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    rings = tuple(
        tuple((int(x * _UNIT), int(y * _UNIT)) for x, y in ring) for polygon in polygons for ring in polygon
    )
    return Outline(id=feature["id"], name=feature["properties"]["name"], rings=rings)
