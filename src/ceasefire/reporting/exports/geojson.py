"""Acts as GeoJSON (RFC 7946), a feature each, for maps.

A point stands only where a record states one, in the very digits that it states; a place
known by its name alone is the outline that its zone has, if any. What is known only to lie in
a country, or to whoever may not read coordinates, has no geometry.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ceasefire.clock import iso
from ceasefire.instruments.outlines import degrees, joined, outlines
from ceasefire.reporting.exports.acts import acts, place_of
from ceasefire.visible import json_safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.instruments.outlines import Ring
    from ceasefire.record.kinds import Event, Incident
    from ceasefire.reporting.material.material import Material

#: By the precision of a place (docs/rules/records.md, UCDP GED's where_prec), what its coordinates are:
#: those of a province stand for all of it where it has an outline, those of a country for no place.
_COORDINATES: Final = {4: "province", 6: "country"}


def to_geojson(material: Material) -> str:
    """Return the incidents and events of an edition as a collection of features, one a line."""
    head = {
        "type": "FeatureCollection",
        "audience": material.audience,
        "agreements": [agreement.id for agreement in material.agreements],
        "as_of": iso(material.as_of),
        "known_at": None if material.known_at is None else iso(material.known_at),
        "timezone": material.timezone,
    }
    lines = []
    for record, facts in acts(material):
        located, geometry = _geometry(record, material)
        properties = _json({"located": located} | facts)
        lines.append(
            f'{{"type": "Feature", "id": {_json(record.own_id)}, "geometry": {geometry}, '
            f'"properties": {properties}}}'
        )
    features = "\n" + ",\n".join(lines) + "\n" if lines else ""
    return f'{_json(head)[:-1]}, "features": [{features}]}}\n'


def _json(value: object) -> str:
    return json_safe(json.dumps(value, ensure_ascii=False))


def _geometry(record: Incident | Event, material: Material) -> tuple[str | None, str]:
    """Return what the geometry of an act is – `point`, `outline` or nothing – and the geometry itself."""
    spot = place_of(record, material)
    known = _COORDINATES.get((spot.precision if spot is not None else None) or 0)
    if known == "country":
        return None, "null"
    shape = _outline(getattr(record, "zone", None), material)
    point = spot is not None and spot.lat is not None and spot.lon is not None
    if spot is not None and point and not (known == "province" and shape):
        position = f"[{_number(spot.lon)}, {_number(spot.lat)}]"
        return "point", f'{{"type": "Point", "coordinates": {position}}}'
    return ("outline", shape) if shape else (None, "null")


def _number(decimal: str | None) -> str:
    """Return the digits of a decimal string as a number of JSON: without zeros before the whole part."""
    sign, digits = ("-", str(decimal)[1:]) if str(decimal).startswith("-") else ("", str(decimal))
    whole, point, part = digits.partition(".")
    return f"{sign}{whole.lstrip('0') or '0'}{point}{part}"


def _outline(zone: str | None, material: Material) -> str:
    """Return the outline of a zone as a geometry; the empty text where none ships."""
    polygons = joined(tuple(outlines()[name] for name in material.names.outlines(zone)))
    if not polygons:
        return ""
    shapes = [_list(_list(f"[{degrees(x)}, {degrees(y)}]" for x, y in ring) for ring in _rings(polygon))
              for polygon in polygons]  # fmt: skip
    if len(shapes) == 1:
        return f'{{"type": "Polygon", "coordinates": {shapes[0]}}}'
    return f'{{"type": "MultiPolygon", "coordinates": {_list(shapes)}}}'


def _rings(polygon: tuple[Ring, ...]) -> Iterable[Ring]:
    """Return the rings of a polygon, the outer counterclockwise and holes clockwise (RFC 7946, 3.1.6)."""
    for number, ring in enumerate(polygon):
        area = sum(x * y_ - x_ * y for (x, y), (x_, y_) in pairwise(ring))
        yield ring if (area > 0) == (number == 0) else ring[::-1]


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"
