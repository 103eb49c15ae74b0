"""The quick way from a line to a record and the careful one say the same, of every line that there is an answer for.

A line given as text is read the careful way only; so is one that says that it was kept. The quick way
answers nothing but what is in order: of all else only the careful way tells what is wrong.
"""

import json

import pytest
import rfc8785
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from record_objects import records, values

from ceasefire.clock import instant
from ceasefire.errors import InvalidValue
from ceasefire.journal.chain.plain_pieces import plain_pieces
from ceasefire.record import canonical, from_json, to_json
from ceasefire.record.json.canonical import parsed
from ceasefire.record.json.plain import plain
from ceasefire.record.json.plain_records import record_of_line
from ceasefire.record.json.plain_values import read_instant
from ceasefire.record.proof import pieces

#: What stands somewhere in a line and makes of it another one, mostly a wrong one.
SPOILT = [
    ("2017", "17"), ("-", ""), ("T", " "), ("Z", ""), (":00", ":60"), ('"', ""), ('"', '""'), ("1", "1.0"), ("1", "1e0"),
    ("1", "-0"), ("1", "9007199254740993"), ("3", "true"), ("{", "{ "), (",", ",null"), ("[", "[[[[[[[["), ("russia", " russia"),
    ("russia", "rus\\u0073ia"), ("russia", "russia\\n"), ("russia", ""), ("idlib", "A\u0308"), ("idlib", "A\u0308\U0001f691"), ('"idlib"', "null"),
    ('"idlib"', "[]"), ("idlib", "x\u007f"), ("incident", "event"), ("kind", "kinds"), ("mechanism", "everybody"), ("confirmed", "true"),
    ("+00:00", "+02:25:12"), ("+00:00", ""), ("+00:00", "Z"), ("2017-05-14", "2017-05-00"), ("2017-05", "2017-13"), ("..", "…"), ("1000", "0999"),
]  # fmt: skip


@st.composite
def lines(draw):
    """Draw the canonical line of a record of any kind, as it is or spoilt: a place changed, a piece twice or gone."""
    line = canonical(draw(records))
    if draw(st.booleans()):
        return line
    text = line.decode()
    if draw(st.booleans()) and (changes := [(old, new) for old, new in SPOILT if old in text]):
        old, new = draw(st.sampled_from(changes))
        at = draw(st.sampled_from([n for n in range(len(text)) if text.startswith(old, n)]))
        return (text[:at] + new + text[at + len(old) :]).encode()
    first = draw(st.integers(0, len(line)))
    last = draw(st.integers(first, min(first + 40, len(line))))
    again = draw(st.sampled_from([b"", line[first:last] * 2, line[first:last] + b"," + line[first:last]]))
    return line[:first] + again + line[last:]


def carefully(line):
    """Return what a line says the careful way; None of one that is none."""
    try:
        return parsed(line.decode())
    except (InvalidValue, UnicodeDecodeError):
        return None


@given(st.one_of(lines(), values.map(lambda value: rfc8785.dumps({"value": value}))))
def test_what_is_plainly_canonical_is_canonical_and_means_the_same(line):
    """Where the round trip gives a value, it is the value of the line, and the reference package writes the same bytes."""
    found = plain(line)
    if found is not None:
        assert repr(found) == repr(carefully(line))
        assert rfc8785.dumps(found) == line


@given(lines())
def test_a_record_that_is_plainly_in_order_is_the_one_that_the_careful_way_makes(line):
    """Where a line gives a record at once, the careful way gives it too, field by field as it was stated."""
    found = record_of_line(line)
    if found is not None:
        obj, record = found
        careful = from_json(carefully(line))
        assert repr(obj) == repr(carefully(line))
        assert type(record) is type(careful)
        assert record == careful
        assert json.dumps(to_json(record)) == json.dumps(to_json(careful))
        assert [type(getattr(record, name)) for name in record.__slots__] == [
            type(getattr(careful, name)) for name in careful.__slots__
        ]


#: Parts of instants, those in order and others.
DAYS = [
    "2017-05-14",
    "2016-02-29",
    "2017-02-29",
    "2017-05-00",
    "0999-12-31",
    "2999-12-31",
    "3000-01-01",
    "2017-5-14",
    "\u0662017-05-14",
]
CLOCKS = [
    "T00:00:00",
    "T23:59:59",
    "T24:00:00",
    "T10:00:60",
    "T10:00",
    " 10:00:00",
    "t10:00:00",
    "T1_:00:00",
    "",
]
FRACTIONS = [
    "",
    "",
    ".000123",
    ".000000",
    ".999999",
    ".12345",
    ".1234567",
    ".12 345",
    ".1_2345",
    ".\u0661\u0662\u0663\u0664\u0665\u0666",
    ".",
]
OFFSETS = ["Z", "+00:00", "-00:00", "+03:00", "-23:59", "+24:00", "+02:25:12", "+0300", "z", "", "\u200b"]


@given(*map(st.sampled_from, (DAYS, CLOCKS, FRACTIONS, OFFSETS)))
def test_an_instant_of_parts_that_were_read_before_is_the_one_that_the_careful_way_reads(
    day, clock, fraction, offset
):
    """Whether its parts are new or known, a text gives the same instant and the same text of it, or the same sentence."""

    def told(read):
        try:
            return repr(read(day + clock + fraction + offset))
        except InvalidValue as error:
            return f"{type(error).__name__}: {error}"

    assert told(read_instant) == told(read_instant) == told(instant)


@given(records)
def test_most_records_are_plainly_in_order(obj):
    """A record that says what it says in the usual way is read at once: only rare ways are left to the careful one."""
    record = from_json(obj)
    written = to_json(record)
    usual = record.timezone is None and obj["kind"] != "decision"
    if usual and canonical(written).isascii() and all(value not in ("", {}) for value in written.values()):
        assert record_of_line(canonical(written)) is not None


@given(records, st.binary(min_size=16, max_size=16), st.none() | st.binary(min_size=32, max_size=32))
def test_head_and_body_made_from_the_fields_are_those_of_the_careful_way(obj, salt, previous):
    """Where a record gives its bytes at once, its JSON object gives the same; and nearly every record does."""
    record = evolve(from_json(obj), id=None, proof=None, by=obj.get("by") or "russia")
    record = record if record.recorded else evolve(record, recorded="2017-05-14T10:00:00Z")
    quick, careful = plain_pieces(record, 3, previous, salt), pieces(to_json(record), 3, previous, salt)
    assert quick in (careful, None)
    if record.kind != "withdrawal" and careful[1].isascii():
        assert quick is not None


@pytest.mark.parametrize("value", ["[", '{"a":'])
def test_what_nests_without_end_is_left_to_the_careful_way(value):
    """Neither way ends in a traceback; the careful one says how deep a record goes."""
    line = b'{"kind":"incident","zone":' + value.encode() * 100_000 + b"1"
    assert plain(line) is None
    assert record_of_line(line) is None
    assert record_of_line(line.replace(b"zone", b"zoom")) is None
