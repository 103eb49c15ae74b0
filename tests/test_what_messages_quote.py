"""What a message quotes of a wrong value: plain data as it is written, an object by what it is, never its repr."""

import re
from datetime import date, datetime, tzinfo

import attrs
import pytest

import ceasefire as cf
import pen
from ceasefire.errors import quoted

ACT = {"occurred": "2020-01-08", "act": "attack"}


class Odd:
    """Something of the caller's own."""


@pytest.fixture(scope="module")
def north():
    """Return an agreement of one commitment."""
    return pen.truce("stop", id="north")


@pytest.fixture(scope="module")
def odd_values(north):
    """Return what people give for something else: objects of ours, of theirs, and lists of them."""
    act = pen.incident(recorded="2020-01-09T00:00:00Z", **ACT)
    journal = cf.Journal.in_memory(author="red")
    status = cf.assess(north, [act], as_of="2020-02-01")
    ruleless = datetime(2020, 1, 8, tzinfo=tzinfo())
    return (Odd(), north, journal, act, status, [Odd()], {"x": Odd()}, date, datetime, ruleless)


#: Every way of handing a value to the library that takes texts, lists, days or files.
CALLS = {
    "agreement": lambda odd, _: cf.agreement(odd),
    "read_records": lambda odd, _: cf.read_records(odd),
    "write_records": lambda odd, _: cf.write_records(odd, []),
    "write_records what": lambda odd, here: cf.write_records(here / "x.jsonl", odd),
    "assess": lambda odd, _: cf.assess(odd, [], as_of="2020-02-01"),
    "as_of": lambda odd, north: cf.assess(north, [], as_of=odd),
    "report": lambda odd, _: cf.report(odd),
    "open": lambda odd, _: cf.Journal.open(odd),
    "journal's agreements": lambda odd, _: cf.Journal.in_memory(agreements=[odd]),
    "merge": lambda odd, _: cf.Journal.in_memory(author="red").merge(odd),
    "copy": lambda odd, _: cf.Journal.in_memory(author="red").copy(odd),
    "event, unnamed": lambda odd, _: cf.Event(odd),
    "erase": lambda odd, _: cf.Journal.in_memory(author="red").erase("red/1", odd),
    **{
        f"incident's {name}": lambda odd, _, name=name: cf.Incident(**ACT | {name: odd})
        for name in ("occurred", "text", "evidence", "place", "timezone", "release", "killed", "recorded")
    },
    **{
        f"tally's {name}": lambda odd, _, name=name: cf.Tally(**{"period": "2020-01-08", name: odd})
        for name in ("count", "period", "by_zone", "unit", "confirmed")
    },
}


@pytest.mark.parametrize("call", CALLS)
def test_no_message_holds_a_repr_of_an_object(call, odd_values, north, tmp_path):
    """Neither an address in memory nor the fields of a record or an agreement."""
    for odd in odd_values:
        try:
            CALLS[call](odd, tmp_path if call == "write_records what" else north)
        except cf.CeasefireError as error:
            said = str(error)
        else:
            continue  # it can be meant: a record where an id is wanted, a journal where records are
        assert not re.search(r"<[A-Z]|object at 0x|\b[A-Z][A-Za-z]+\(|=None", said), said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("x", "'x'"),
        (5, "5"),
        (None, "None"),
        (["red", 5], "['red', 5]"),
        ({"a": ["b"]}, "{'a': ['b']}"),
        (Odd(), "an Odd"),
        ([Odd()], "a list"),
        ("x" * 100, "'" + "x" * 78 + "…"),
    ],
)
def test_plain_data_is_quoted_as_it_is_written(value, said):
    """Anything else is told by what it is, and a long text is cut."""
    assert quoted(value) == said


def test_a_call_the_other_way_round_is_told_so(north):
    """Journal first, agreement second: the message gives the order. What is no assessment makes no report."""
    act = pen.incident(recorded="2020-01-09T00:00:00Z", **ACT)
    journal = cf.Journal.in_memory(author="red")
    for first, second in (
        (journal, north),
        ([act], [north]),
        (act, north),
        ("x.db", north),
        ([act], "north"),
    ):
        with pytest.raises(
            cf.UnknownAgreement, match=r"other way round, ceasefire\.assess\(agreement, records"
        ):
            cf.assess(first, second, as_of="2020-02-01")
    with pytest.raises(
        cf.ReportError, match=r"an Agreement is no assessment: make one with ceasefire\.assess"
    ):
        cf.report(north)


def test_reprs_are_short(north):
    """A line each for what is large; a record shows its fields, of many only those that are set."""
    journal = cf.Journal.in_memory(author="red")
    act = pen.incident(recorded="2020-01-09T00:00:00Z", text="a" * 500, **ACT)
    status = cf.assess(north, [act], as_of="2020-02-01")
    assert repr(north) == "<Agreement north: 1 commitments>"
    assert repr(journal) == "<Journal in memory, author red>"
    assert repr(status).startswith("<Assessment of north as of 2020-02-01")
    assert repr(cf.report(status)).startswith("<Report on north for mechanism, as of 2020-02-01")
    shown = repr(act)
    assert shown.startswith("Incident(by='red', id='red/1', recorded='2020-01-09T00:00:00Z'")
    assert "None" not in shown
    assert len(shown) < 400
    withdrawal = cf.Withdrawal(id="red/2", by="red", of="red/1")
    assert all(f"{field.name}=" in repr(withdrawal) for field in attrs.fields(cf.Withdrawal) if field.repr)
