"""What a journal fills in of a record is what `evolve` would have made of it."""

from attrs import evolve
from hypothesis import given
from record_objects import records as objects

from ceasefire.clock import instant
from ceasefire.journal.writing.filled import filled
from ceasefire.record import Incident
from ceasefire.record.json.wire import from_json


@given(objects)
def test_filling_in_the_envelope_is_evolving_it(fields):
    """Id and instants, of every kind of record; the record itself stays as it was."""
    record = from_json(fields)
    at = instant("2018-01-01T00:00:00Z")
    before = repr(record)
    known = {"id": "russia/7", "recorded": at, "received": at, "proof": None}
    assert repr(filled(record, **known)) == repr(evolve(record, **known))
    assert filled(record, **known) == evolve(record, **known)
    assert repr(record) == before


def test_a_kind_of_ones_own_is_filled_in_too():
    """Somebody may derive a kind of record from ours: it keeps what it has more."""

    class Sighting(Incident):
        pass

    seen = Sighting(by="russia", occurred="2017-05-14", act="attack.shelling")
    assert type(filled(seen, id="russia/1")) is Sighting
    assert filled(seen, id="russia/1").id == "russia/1"
