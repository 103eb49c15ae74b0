"""The outlines that ship: shapes that programs for maps take, in digits without a float."""

import pytest
import shapely

import ceasefire as cf
from ceasefire.instruments.outlines import degrees, joined, outlines

SYRIA = "syria-de-escalation-2017"


def test_every_outline_of_a_zone_is_a_valid_shape():
    """Damascus lies in a hole of its countryside: together they are one shape without it."""
    register = cf.agreement(SYRIA).zones
    drawn = [zone for zone in register if zone.outline]
    assert len(drawn) > 10
    for zone in drawn:
        several = tuple(outlines()[name] for name in zone.outline)
        shape = shapely.MultiPolygon(
            [
                ([(x, y) for x, y in polygon[0]], [list(hole) for hole in polygon[1:]])
                for polygon in joined(several)
            ]
        )
        parts = shapely.union_all([shapely.Polygon(p[0], p[1:]) for one in several for p in one.polygons])
        assert shape.is_valid, zone.id
        assert shape.equals(parts), zone.id


@pytest.mark.parametrize("coordinate", [0, 1, -1, 334_610, -1_800_000, 90_001, -9_999, 100_000])
def test_degrees_read_as_they_are_written(coordinate):
    """Ten-thousandths of a degree, without a digit more or less."""
    assert round(float(degrees(coordinate)) * 10_000) == coordinate
