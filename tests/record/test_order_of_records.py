"""The order of records: by author and number."""

import pytest

from ceasefire.record import Event
from ceasefire.record.order import chain_key, in_order

WHOLE = ["iran/1", "iran/2", "russia/1", "russia/2", "russia/3"]


def record(name, by=None):
    """Return a record of an id, by its author."""
    return Event(by=by or name.partition("/")[0], id=name, name="truce", occurred="2017-05-06")


def test_whole_chains_are_in_order_and_stay_so_when_sorted():
    """What is told to be in order is what sorting by author and number gives."""
    records = [record(name) for name in WHOLE]
    assert in_order(records)
    assert sorted(records, key=lambda one: (one.by, chain_key(one))) == records
    assert in_order(())


@pytest.mark.parametrize(
    "names",
    [
        ["russia/1", "iran/1"],
        ["iran/1", "russia/1", "iran/2"],
        ["iran/2", "iran/1"],
        ["iran/1", "iran/3"],
        ["iran/01"],
        ["iran/1", "iran/2@0123456789ab"],
        ["iran/1", "round"],
    ],
)
def test_of_anything_else_nothing_is_told(names):
    """Chains that are not whole, authors out of order, ids of another form: these are to be sorted."""
    assert not in_order([record(name) for name in names])


def test_an_id_of_another_author_is_not_in_order():
    """Who wrote it counts, not what stands in its id."""
    assert not in_order([record("iran/1", by="russia")])
    assert not in_order([Event(id="iran/1", name="truce", occurred="2017-05-06")])
