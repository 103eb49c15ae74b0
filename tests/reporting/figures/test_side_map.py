"""The map: on how many of a side's days with a count it named a place, and the figures of those days."""

import itertools

import pytest
from drawings import OUTLINES, links, named, read, side_map, texts, those

from ceasefire.instruments.outlines import outlines
from ceasefire.reporting.figures import Medium, Words, map_of_days
from ceasefire.reporting.figures.shapes import border

HOMS, HAMA, DAMASCUS = "SY-HI", "SY-HM", "SY-DI SY-RD"


def mapped(*places, on=None, words=None, **more):
    asked = {key: value for key, value in (("on", on), ("words", words)) if value is not None}
    return map_of_days(side_map(*places, **more), OUTLINES, **asked)


def drawn(*places, **more):
    return read(mapped(*places, **more).figure)


def shades(root, side=1):
    """Return the tints of the shapes in a side's colour."""
    return [one.get("class").split()[1] for one in those(root, "path", f"side{side}")]


def test_the_14_governorates_of_syria_ship():
    """By their ISO codes; the UNDOF zone is part of Quneitra."""
    assert len(outlines()) == 14
    assert {one.name for one in OUTLINES} >= {"Quneitra", "Damascus", "Rif Dimashq"}
    assert all(ring[0] == ring[-1] for one in OUTLINES for ring in one.rings)


@pytest.mark.parametrize(
    ("days", "figures", "tint"),
    [
        (4, (9, 10, 4, 3), "tint4"),
        (4, (3, 2, 2), "tint3"),
        (4, (1, 3), "tint2"),
        (4, (1,), "tint1"),
        (1, (80,), "tint4"),
        (9, (1, 1), "tint1"),
        (9, (1,) * 7, "tint4"),
    ],
)
def test_the_shade_is_the_number_of_days_and_not_of_cases(days, figures, tint):
    """Named on all days: darkest, though it be one case a day; on one day of four: lightest, though it be eighty."""
    assert shades(drawn(named("Homs", HOMS, *figures), days=days)) == [tint]


def test_a_place_named_on_no_day_is_white():
    """White is not named."""
    assert not shades(drawn(named("Homs", HOMS)))
    assert len(those(drawn(), "path", "paper")) == 14


def test_the_figures_stand_in_order_of_days():
    """Not added: 3 and 1 are no 4."""
    root = drawn(named("Homs", HOMS, 3, 1, 0))
    assert "3 1 0" in texts(root, "bold")
    assert "Homs, 3 of 4" in texts(root, "muted")
    assert "4" not in texts(root, "bold")
    assert links(root) == {"#p": "Homs: (3, 1, 0)"}


def test_many_figures_are_left_to_the_table():
    """Of more than eight days only the number of days is printed."""
    root = drawn(named("Homs", HOMS, *range(9)), days=31)
    assert not texts(root, "bold")
    assert "Homs, 9 of 31" in texts(root, "muted")


def test_a_place_of_several_outlines_is_one_shape():
    """Damascus, city or province: one filling, and no border between the two."""
    root = drawn(named("Damascus", DAMASCUS, 9))
    assert len(those(root, "path", "side1")) == 1
    assert len(those(root, "path", "paper")) == 12
    city, province = outlines()["SY-DI"], outlines()["SY-RD"]
    together = border((*city.rings, *province.rings))
    edges = {frozenset(edge) for line in together for edge in itertools.pairwise(line)}
    assert not edges & {frozenset(edge) for edge in zip(city.rings[0], city.rings[0][1:], strict=False)}


def test_a_place_that_is_covered_in_part_is_told_and_not_drawn():
    """The Idlib area is no governorate: it is handed back, to be printed below."""
    area, homs = named("Idlib area", "", 3), named("Homs", HOMS, 1)
    found = mapped(area, homs)
    assert found.not_drawn == (area,)
    assert len(shades(read(found.figure))) == 1


def test_a_place_within_a_wider_one_is_told_and_not_drawn():
    """The city inside “Damascus” would lie on its shape."""
    city = named("Damascus city", "SY-DI", 1)
    assert mapped(city, named("Damascus", DAMASCUS, 9)).not_drawn == (city,)


def test_a_place_with_an_outline_of_another_map_is_not_drawn():
    """Half of a place is not the place."""
    place = named("Elsewhere", "SY-HI XX-YY", 1)
    assert mapped(place).not_drawn == (place,)


def test_a_side_without_parts_is_hatched_all_over():
    """It named no place at all, which is not: it named none of these."""
    assert len(those(drawn(parts=False), "path", "grid")) == 1
    assert not those(drawn(), "path", "grid")


def test_maps_of_several_sides_have_the_same_shapes_in_the_same_places():
    """So that they can be compared."""
    one, other = drawn(named("Homs", HOMS, 1)), drawn(named("Hama", HAMA, 2), side=1)
    assert {p.get("d") for p in those(one, "path", "border")} == {
        p.get("d") for p in those(other, "path", "border")
    }


def test_a_map_is_never_mirrored():
    """West is left in every language; its figures are read in that language's direction."""
    left, right = drawn(named("Homs", HOMS, 1, 2)), drawn(named("Homs", HOMS, 1, 2), on=Medium(rtl=True))
    assert [p.get("d") for p in left.iter("path")] == [p.get("d") for p in right.iter("path")]
    paper = drawn(named("Homs", HOMS, 1, 2), on=Medium(width=300, rtl=True))
    assert "2 1" in ["".join(one.itertext()) for one in paper.iter("text")]


def test_the_source_is_in_the_map():
    """And that boundaries endorse nothing; in the words of the vocabulary."""
    assert "Made with Natural Earth; boundaries imply no endorsement." in " ".join(texts(drawn(), "muted"))
    assert "Fait avec Natural Earth." in texts(
        drawn(words=Words(source_of_map="Fait avec Natural Earth.")), "muted"
    )


def test_the_key_says_for_how_many_days_a_shade_stands():
    """Five steps of nine days; of two days, two steps and white."""
    nine, two = texts(drawn(days=9), "muted"), texts(drawn(days=2), "muted")
    assert nine[:6] == ["0", "1–2", "3–4", "5–6", "7–9", "days named, of 9"]
    assert two[:4] == ["0", "1", "2", "days named, of 2"]


def boxes(root):
    """Return the lines of text as boxes: left, right, height."""
    for one in root.iter("text"):
        wide = 5 * len("".join(one.itertext()))
        shift = {"start": 0, "middle": wide / 2, "end": wide}[one.get("text-anchor")]
        yield float(one.get("x")) - shift, float(one.get("x")) - shift + wide, int(one.get("y"))


@pytest.mark.parametrize("name", ["{}", "{} " + "and all that lies around it, " * 6])
def test_no_words_lie_on_others(name):
    """All 14 governorates named, with short names and with long ones: no two lines of words overlap."""
    places = [named(name.format(one.name), one.id, 12, 3, 5, 88) for one in OUTLINES]
    root = drawn(*places)
    found = list(boxes(root))
    for number, (left, right, y) in enumerate(found):
        for a, b, other in found[:number]:
            assert abs(y - other) >= 8 or b <= left or right <= a
    height = int(root[0].get("viewBox").split()[3])
    assert all(y <= height for _, _, y in found)
    assert len(links(root)) == 1  # one anchor here, of all 14
    assert len(list(root.iter("a"))) == 14


def test_without_outlines_there_is_no_map():
    """The caller says so in one line."""
    with pytest.raises(ValueError, match="outlines"):
        map_of_days(side_map(), ())
