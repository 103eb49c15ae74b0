"""A place by its coordinates where no name finds it: in one zone, away from its edge, and said to be so."""

import importlib
from collections import Counter
from importlib import resources

import pytest

import ceasefire as cf
from ceasefire.errors import MissingExtra, RecordError
from ceasefire.exchange.layouts import layout
from ceasefire.exchange.table.geometry import LOCATED, zone_finder
from ceasefire.exchange.table.registers import registers
from ceasefire.exchange.tables import import_table, read_table

MEMO = cf.agreement("syria-de-escalation-2017")
HOW = {
    "kind": "incident",
    "geometry": True,
    "columns": {
        "occurred": "day",
        "zone": "zone",
        "place.lat": "lat",
        "place.lon": "lon",
        "place.precision": "prec",
    },
    "constant": {"act": "attack"},
}
HEAD = "day,zone,lat,lon,prec\n"
pytest.importorskip("shapely")


def rows(tmp_path, *lines):
    """Return what comes of rows."""
    path = tmp_path / "t.csv"
    path.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return list(read_table(path, HOW, [MEMO]))


@pytest.mark.parametrize(
    ("cells", "zone"),
    [
        ("Some village,36.2,37.2,1", "aleppo"),
        (",36.2,37.2,", "aleppo"),
        ("Hama,36.2,37.2,1", "hama"),  # a name goes first
        ("Some village,36.2,37.2,3", None),  # a region: its middle is no place
        ("Some village,36.75,37.1,1", None),  # near the border of the country
        ("Some village,48.85,2.35,1", None),  # nowhere in it
        ("Some village,33.513,36.292,1", "damascus"),  # the city ends near: the zone around both
        ("Some village,,37.2,1", None),
    ],
)
def test_a_point_is_of_the_one_zone_in_which_it_lies_well_inside(tmp_path, cells, zone):
    """And nothing is found where a name is known, a place is imprecise, or an edge is near."""
    [one] = rows(tmp_path, f"2017-05-14,{cells}")
    assert one.record.zone == zone
    assert one.located == (zone is not None and not cells.startswith("Hama"))
    assert [item.kind for item in one.record.evidence].count(LOCATED) == one.located


def test_the_record_says_so_without_the_coordinates_and_the_name_is_kept(tmp_path):
    """Not everybody may read where exactly; the name that no agreement knows stays with the place."""
    [one] = rows(tmp_path, "2017-05-14,Some village,36.2,37.2,1")
    assert (one.record.place.name, one.unknown) == ("Some village", ())
    [found] = [item for item in one.record.evidence if item.kind == LOCATED]
    assert "36" not in found.title
    kept = cf.Journal.in_memory(author="desk")
    done = import_table(tmp_path / "t.csv", kept, HOW, [MEMO])
    assert (done.added, done.located) == (1, 1)


def test_coordinates_that_are_none_are_told(tmp_path):
    """With the line, as ever."""
    [wrong] = rows(tmp_path, "2017-05-14,x,95,37.2,1")
    assert "lat" in wrong.what


def test_without_the_extra_or_an_outline_it_says_what_is_missing(tmp_path, monkeypatch):
    """Before a row is read; a mapping that does not ask for it needs neither."""
    with pytest.raises(RecordError, match="has an outline"):
        zone_finder(())
    with pytest.raises(RecordError, match="none is given"):
        registers((), geometry=True)
    real = importlib.import_module
    monkeypatch.setattr(
        "ceasefire.exchange.table.geometry.import_module",
        lambda name: (_ for _ in ()).throw(ImportError) if name == "shapely" else real(name),
    )
    with pytest.raises(MissingExtra, match=r"ceasefire\[geo\]"):
        rows(tmp_path, "2017-05-14,x,36.2,37.2,1")
    assert list(read_table(tmp_path / "t.csv", HOW | {"geometry": False}, [MEMO]))


def test_it_says_of_the_sample_what_the_sample_says_of_itself():
    """Every tenth event of UCDP GED: by its point the governorate that its row names, a zone around it, or none."""
    path = resources.files("ceasefire") / "data" / "ucdp" / "ucdp_ged_syria_2017h1.csv"
    named = {one.record.key: one.record for one in read_table(path, layout("ucdp", {"only": TENTH}), [MEMO])}
    finder = zone_finder(MEMO.zones)
    within = {"rif-dimashq": "damascus", "damascus-city": "damascus"}
    found = Counter(
        "none"
        if (zone := finder(one.place.lat, one.place.lon)) is None
        else zone in (one.zone, within.get(one.zone))
        for one in named.values()
        if one.place is not None and one.zone is not None and one.place.precision <= 2
    )
    assert found[False] == 0
    assert found[True] > 3 * found["none"] / 2


TENTH = {"date_start": [f"2017-0{month}-{day:02}" for month in range(1, 7) for day in (5, 15, 25)]}
