"""The rings of an outline."""

from ceasefire.instruments.outlines import Outline


def test_all_rings_of_an_outline_are_those_of_its_polygons():
    """Outer rings and holes, in their order."""
    outer, hole, island = (((0, 0), (9, 0), (9, 9)), ((1, 1), (2, 1), (2, 2)), ((20, 20), (21, 20), (21, 21)))
    assert Outline(id="x", name="X", polygons=((outer, hole), (island,))).rings == (outer, hole, island)
