"""Acts as GeoJSON: read by programs that draw maps, and nowhere more precise than a record is."""

import json
from io import StringIO

import geopandas
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import ceasefire as cf
import pen
from ceasefire.instruments.outlines import degrees, joined, outlines

SYRIA = "syria-de-escalation-2017"


def features(*records, audience="mechanism", agreement=None, **asked):
    """Return the features of an edition of some records, by the id of the record."""
    agreement = agreement or pen.truce("stop", zone=["north"])
    status = cf.assess(agreement, records, **{"as_of": "2020-01-31"} | asked)
    made = cf.report(status, audience=audience).to_geojson()
    return {one["id"]: one for one in json.loads(made)["features"]}


def located(precision, zone="idlib", audience="mechanism", **place):
    """Return what the geometry of an incident in Syria is, and the geometry."""
    spot = {"lat": "35.930", "lon": "36.63", "precision": precision} | place
    record = pen.incident(1, "russia", occurred="2017-05-14", recorded="2017-05-15T00:00:00Z", zone=zone,
                          place={name: value for name, value in spot.items() if value is not None},
                          release="public")  # fmt: skip
    made = features(record, agreement=cf.agreement(SYRIA), as_of="2017-05-20", audience=audience)
    one = made["russia/1"]
    return one["properties"]["located"], one["geometry"]


def test_a_point_stands_where_a_record_states_one_in_its_own_digits():
    """Not 35.93 but what the record says; how exact that is stands beside it."""
    status = cf.assess(
        pen.truce("stop"),
        [pen.incident(place={"lat": "-35.930", "lon": "036.6300000000001", "precision": 2})],
        as_of="2020-01-31",
    )
    text = cf.report(status).to_geojson()
    assert '"coordinates": [36.6300000000001, -35.930]' in text
    assert json.loads(text)["features"][0]["properties"]["precision"] == 2


@pytest.mark.parametrize(
    ("precision", "what"),
    [(None, "point"), (1, "point"), (3, "point"), (5, "point"), (4, "outline"), (6, None), (7, "point")],
)
def test_coordinates_that_stand_for_a_province_are_no_point_and_those_of_a_country_no_place(precision, what):
    """As UCDP GED codes it: 4 is a province, which has an outline; 6 is a country, which is nowhere."""
    assert located(precision)[0] == what


def test_a_place_known_by_its_zone_is_the_outline_of_that_and_to_the_public_always():
    """The public reads no coordinates; of a zone without an outline there is nothing to draw."""
    assert located(None, lat=None, lon=None)[0] == "outline"
    what, geometry = located(1, audience="public")
    assert what == "outline"
    assert shapely.geometry.shape(geometry).contains(shapely.Point(36.63, 35.93))
    assert located(1, zone="nowhere", audience="public") == (None, None)
    assert located(4, zone="nowhere")[0] == "point"


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


@given(st.integers(-1_800_000, 1_800_000))
@settings(max_examples=30)
def test_degrees_read_as_they_are_written(coordinate):
    """Ten-thousandths of a degree, without a digit more or less."""
    assert round(float(degrees(coordinate)) * 10_000) == coordinate


def test_geopandas_reads_what_the_records_say():
    """A map program has the same acts, days and words, and a geometry only where there is one."""
    records = [
        pen.incident(1, act="attack.shelling", zone="north", accused="blue", text='a "b"\n<c>', killed=2,
                     place={"name": "Mill", "lat": "47.04", "lon": "15.4", "precision": 1}),
        pen.event(2, took_part=["blue"], occurred={"from": "2020-01-09", "to": "2020-01-11"}),
    ]  # fmt: skip
    status = cf.assess(pen.truce("stop", zone=["north"]), records, as_of="2020-01-31")
    frame = geopandas.read_file(StringIO(cf.report(status).to_geojson())).set_index("record")
    assert frame.loc["red/1", "geometry"].equals(shapely.Point(15.4, 47.04))
    assert frame.loc["red/2", "geometry"] is None
    assert frame.loc["red/1", "text"] == 'a "b"\n<c>'
    assert frame.loc["red/1", "named"] == "blue (alleged by red)"
    assert dict(frame["occurred"]) == {"red/1": "2020-01-10", "red/2": "2020-01-09/2020-01-11"}
    assert frame.loc["red/1", "killed_best"] == 2


def test_what_two_agreements_judge_is_one_feature_and_each_word_has_its_agreement():
    """So that nobody counts it twice: where one member is enough it is established, else not yet."""
    courts = [pen.truce("stop", id="first", rule="any"), pen.truce("stop", id="second")]
    records = [pen.incident(1, accused="blue"), pen.finding(2, by="red", attributed_to=["blue"])]
    status = cf.assess(courts, records, as_of="2020-01-31")
    [feature] = json.loads(cf.report(status).to_geojson())["features"]
    told = feature["properties"]
    assert told["agreements"] == ["first", "second"]
    assert told["determination"] == "established (first); alleged (second)"
    assert told["attributed_to"] == ["blue (first)"]


def test_names_stand_with_their_determination_and_the_public_reads_none_that_is_only_alleged():
    """In each feature whoever is accused stands beside what is determined of it."""
    said = pen.incident(1, accused="blue", text="blue did it", release="public", place={"name": "Mill"})
    told = features(said)["red/1"]["properties"]
    assert (told["accused"], told["determination"], told["text"]) == (["blue"], "alleged", "blue did it")
    seen = features(said, audience="public")["red/1"]["properties"]
    assert "blue" not in json.dumps(seen)
    assert "Mill" not in json.dumps(seen)
