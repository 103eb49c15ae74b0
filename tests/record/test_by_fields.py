"""What is equal, hashed and printed by its fields is so as a class that attrs writes in full."""

from typing import Any

from attrs import field, frozen

import ceasefire as cf
from ceasefire.values import ByFields


@frozen(kw_only=True, eq=False, repr=False)
class Ours(ByFields):
    """Written once for all classes."""

    name: str = ""
    also: Any = None
    unseen: int = field(default=0, repr=False)
    apart: int = field(default=0, eq=False)
    unhashed: Any = field(default=None, hash=False)


@frozen(kw_only=True)
class Theirs:
    """The same fields, and all methods by attrs."""

    name: str = ""
    also: Any = None
    unseen: int = field(default=0, repr=False)
    apart: int = field(default=0, eq=False)
    unhashed: Any = field(default=None, hash=False)


SAID = [
    {},
    {"name": "a"},
    {"also": ("a", None)},
    {"unseen": 1},
    {"apart": 1},
    {"unhashed": [1]},
]


def test_what_is_written_once_answers_as_what_attrs_writes_for_each_class():
    """Fields that are not compared, not printed or not hashed are left out."""
    ours, theirs = [Ours(**said) for said in SAID], [Theirs(**said) for said in SAID]
    assert [repr(one).replace("Ours", "Theirs") for one in ours] == [repr(one) for one in theirs]
    for answer in (lambda a, b: a == b, lambda a, b: a != b, lambda a, b: hash(a) == hash(b)):
        assert [answer(a, b) for a in ours for b in ours] == [answer(a, b) for a in theirs for b in theirs]
    assert ours[0] != theirs[0]


def test_a_record_is_printed_by_its_fields():
    """Of an inner class the name alone is printed; what a journal knows of a record is not compared."""
    said = {"by": "a", "id": "a/1", "recorded": "2024-01-01T00:00:00Z", "of": "a/0"}
    one, other = cf.Withdrawal(**said), cf.Withdrawal(**said, received="2024-01-02T00:00:00Z")
    assert one == other
    assert hash(one) == hash(other)
    assert repr(one).startswith(
        "Withdrawal(by='a', said_by=None, id='a/1', recorded=Instant(us=1704067200000000"
    )
    assert "proof" not in repr(one)
