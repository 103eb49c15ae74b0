"""The one form of ids that chains give, read in one place."""

import pytest

from ceasefire.clock import instant
from ceasefire.journal import Journal
from ceasefire.record import Incident
from ceasefire.record.ids import bare, of_a_fork, parse


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("russia/17", ("russia", 17, "", "russia/17")),
        ("russia/17@0a1b2c3d4e5f", ("russia", 17, "@0a1b2c3d4e5f", "russia/17@0a1b2c3d4e5f")),
        ("desk@mission.org/3", ("desk@mission.org", 3, "", "desk@mission.org/3")),
        ("a/b/2", ("a/b", 2, "", "a/b/2")),
        ("red/" + "9" * 18, ("red", int("9" * 18), "", "red/" + "9" * 18)),
        ("red/" + "9" * 19, None),
        ("red/2@of", None),
        ("red/\u0662", None),
        ("/2", None),
        ("red/", None),
        ("note", None),
    ],
)
def test_an_id_of_a_chain_is_an_author_a_number_and_perhaps_digits(name, parts):
    """Author, number, and the first digits of a hash after `@`: anything else is of another form."""
    assert parse(name) == parts


def test_zeros_before_a_number_make_another_id():
    """A chain numbers without them, from 1 on; with them it is an id that somebody wrote by hand."""
    assert [(n, parse(f"red/{n}").padded, parse(f"red/{n}").of_chain) for n in ("1", "01", "0", "00")] == [
        ("1", False, True),
        ("01", True, False),
        ("0", False, False),
        ("00", True, False),
    ]


def test_a_sign_in_an_author_is_no_fork():
    """An observer may go by an address: its ids have `@`, and name one record all the same."""
    assert not of_a_fork("desk@mission.org/3")
    assert bare("desk@mission.org/3") == "desk@mission.org/3"
    assert bare("desk@mission.org/3@0a1b2c3d4e5f") == "desk@mission.org/3"


def test_two_histories_of_an_author_with_an_address_are_told():
    """`verify` names the first record of the fork, whatever stands in the author's id."""
    now = instant("2017-05-14T10:00:00Z")
    one, other = (Journal.in_memory("desk@mission.org", clock=lambda: now) for _ in range(2))
    one.record(Incident(act="attack", occurred="2017-05-13"))
    other.record(Incident(act="flight", occurred="2017-05-13"))
    one.merge(other)
    (fault,) = one.verify()
    assert (fault.record, fault.kind) == ("desk@mission.org/1", "forked")
