"""Records as JSON: what is read, what is written, and the canonical form that is hashed."""

import copy
import json
import pickle
from pathlib import Path

import attrs
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from record_objects import FIELDS, records, values

from ceasefire.errors import InvalidTime, NaiveTime, RecordError
from ceasefire.record import KINDS, Correction, Incident, Membership, Tally, canonical, from_json, to_json
from ceasefire.record.json.canonical import canonical_record, parsed

INCIDENT = {"kind": "incident", "occurred": "2017-05-14", "act": "attack.shelling"}
DECIDED = {"kind": "decision", "occurred": "2017-05-14"}
#: A value nested deeper than any reader follows.
DEEP: list = []
for _ in range(10_000):
    DEEP = [DEEP]
JOINED = {"kind": "membership", "actor": "nusra", "group": "hts", "occurred": "2017-01-28"}


def test_every_kind_is_tried():
    """The strategies below leave out no kind and no field of any kind."""
    assert set(FIELDS) == set(KINDS)
    shared = {"by", "said_by", "id", "recorded", "received", "timezone", "release", "text", "evidence", "key"}
    shared.add("proof")  # a journal makes it: see the tests of journals
    untried = {
        (kind, field.name)
        for kind, (needed, optional) in FIELDS.items()
        for field in attrs.fields(KINDS[kind])
        if field.name not in shared | set(needed) | set(optional)
    }
    assert untried == {
        ("event", "same_as"),
        ("decision", "same_as"),
        ("decision", "commitment"),
        ("membership", "same_as"),
        ("membership", "role"),
        ("membership", "agreement"),
        ("tally", "answers"),
        ("tally", "confirmed"),
        ("tally", "not_confirmed"),
        ("tally", "not_covered"),
        ("tally", "cumulative"),
        ("tally", "read"),
        ("finding", "ground"),
        ("response", "same_as"),
        ("correction", "unset"),
    }


@given(records)
def test_p50_record_to_json_to_record(obj):
    """A record written as JSON and read again is the same record, and is written the same."""
    record = from_json(obj)
    written = to_json(record)
    again = from_json(json.loads(json.dumps(written)))
    assert again == record
    assert again.received == record.received
    assert to_json(again) == written
    assert next(iter(written)) == "kind"


@given(records)
def test_p50_nothing_said_is_lost(obj):
    """What an object says stands in the JSON of its record, but for what goes without saying."""
    written = to_json(from_json(obj))
    unsaid = {("release", "mechanism"), ("basis", "mechanism"), ("closes", False)}
    unsaid |= {(name, False) for name in ("at_least", "cumulative", "ruled")}
    for name, value in obj.items():
        if name in written or (name, value) in unsaid:
            assert written.get(name, value) == value
        else:
            assert name in ("said_by", "through")
            assert value in (obj.get("by"), obj.get("said_by"))


@given(values)
def test_p50_canonical_bytes_are_those_of_rfc8785(value):
    """The canonical bytes of any value are those of the reference package."""
    assert canonical(value) == rfc8785.dumps(value)


@given(records)
def test_p50_the_fast_way_gives_the_same_bytes(obj):
    """The shortcut for records and the rule give the same bytes."""
    written = to_json(from_json(obj))
    assert canonical_record(written) == canonical(written) == rfc8785.dumps(written)


def test_keys_are_ordered_by_utf_16_code_units():
    """A key beyond U+FFFF stands before one at its end, though its code point is greater."""
    assert canonical({"\ufb01": 1, "🚑": 2}) == '{"🚑":2,"\ufb01":1}'.encode()
    tally = Tally(period="2017-05-14", count=3, by_zone={"\ufb01": 1, "🚑": 2})
    assert canonical_record(to_json(tally)) == rfc8785.dumps(to_json(tally))


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), 2**53, -(2**53), {1: 2}, "\ud800", {"\udfff": 1}, b"bytes", {1, 2}],
    ids=repr,
)
def test_what_has_no_canonical_form_is_refused(value):
    """A float, a large integer, half a character and what is no JSON are refused."""
    with pytest.raises(RecordError):
        canonical({"value": [value]})


def test_a_value_nested_without_end_has_no_canonical_form():
    """A list that contains itself is refused, not followed."""
    endless = []
    endless.append(endless)
    with pytest.raises(RecordError, match="deep"):
        canonical(endless)


def test_what_goes_without_saying_is_left_out():
    """Defaults, nulls and empty lists are not written; zero and an empty text are."""
    assert to_json(from_json({**INCIDENT, "evidence": None, "against": None})) == INCIDENT
    obj = {**INCIDENT, "release": "mechanism", "zone": None, "accused": [], "killed": {"best": 0}, "text": ""}
    assert to_json(from_json(obj)) == {**INCIDENT, "text": "", "killed": {"best": 0}}


def test_zero_and_absent_are_two_values():
    """A count of zero is written; a count that was not given is not."""
    assert to_json(Tally(period="2017-05-14", count=0))["count"] == 0
    assert "count" not in to_json(Tally(answers="t", confirmed=0))
    assert to_json(Tally(answers="t", confirmed=0))["confirmed"] == 0
    told = {"at_least": True, "cumulative": True, "ruled": True, "read": ["idlib"], "pending": 0}
    counted = {"kind": "tally", "period": {"from": "2017-05-01", "to": "2017-05-31"}, "count": 4}
    whole = counted | told | {"by_zone": {"idlib": 4}}
    assert to_json(from_json(whole)) == whole
    assert to_json(from_json(counted | dict.fromkeys(("at_least", "cumulative", "ruled"), False))) == counted
    assert to_json(Tally(answers="t", pending=3)) == {"kind": "tally", "answers": "t", "pending": 3}


def test_who_published_a_count_is_told_only_where_it_is_neither_of_its_authors():
    """`through` is for a third one: whoever wrote it down, or said it, has published it anyway."""
    said = {
        "period": "2017-05",
        "count": 1,
        "evidence": {"title": "Bulletin"},
        "by": "desk",
        "said_by": "turkey",
    }
    assert Tally(through="russia", **said).through == "russia"
    assert Tally(through="turkey", **said).through is None
    assert Tally(through="desk", **said).through is None


def test_who_writes_down_its_own_statement_relays_nothing():
    """`said_by` beside the same `by` goes without saying."""
    said = {**INCIDENT, "by": "russia"}
    assert to_json(from_json({**said, "said_by": "russia"})) == said


def test_a_correction_that_only_takes_away_sets_nothing():
    """Its `set` is empty, and is not written."""
    assert to_json(Correction(of="russia/1", unset=["zone"])) == {
        "kind": "correction",
        "of": "russia/1",
        "unset": ["zone"],
    }


def test_a_membership_always_says_whether_it_joins():
    """Joining is written though it is the default, for leaving is its opposite."""
    joined = Membership(actor="nusra", group="hts", occurred="2017-01-28")
    assert to_json(joined)["joins"] is True
    assert to_json(attrs.evolve(joined, joins=False))["joins"] is False


def test_times_are_written_as_they_were_stated():
    """The offset, the precision and the form of a time are kept."""
    for stated in ("2017-05-14T10:00:00+03:00", "2017-05-14t07:00z", "2017-05-14", "2017-05"):
        assert to_json(from_json({**INCIDENT, "occurred": stated}))["occurred"] == stated


def test_a_correction_keeps_the_nulls_it_sets():
    """To set a field to nothing is something a correction may say."""
    correction = Correction(of="russia/1", set={"zone": None, "accused": ["nusra"], "killed": {"best": 0}})
    assert to_json(correction)["set"] == {"zone": None, "accused": ["nusra"], "killed": {"best": 0}}


@pytest.mark.parametrize(
    ("obj", "sentence"),
    [
        ({"kind": "incidnt"}, "did you mean 'incident'"),
        ({}, "needs its kind"),
        ({"kind": ["incident"]}, "is no kind of record"),
        ({**INCIDENT, "ocurred": "2017"}, "did you mean 'occurred'"),
        (
            {**INCIDENT, 5: "x"},
            "has no field 5: leave it out, or write one of text, evidence, key, same_as, occurred",
        ),
        ({**INCIDENT, "answers": "x"}, "has no field 'answers': leave it out, or write one of text,"),
        (
            {**INCIDENT, "absent": "erased", "act": "x"},
            "without its body has no field 'occurred': leave it out",
        ),
        (
            {**INCIDENT, "killed": {"a": 3}},
            "killed: unknown field 'a': leave it out, or write one of low, best, high",
        ),
        ({"kind": "incident", "act": "attack"}, "needs occurred"),
        ({**INCIDENT, "accused": {"a": 1}}, "is no list of ids"),
        ({**INCIDENT, "killed": "3"}, "killed: '3' is no number of people: write 3, or {"),
        ({**INCIDENT, "killed": {"bst": 3}}, "did you mean 'best'"),
        ({**INCIDENT, "place": {"lat": 35.5}}, "decimal string"),
        ({**INCIDENT, "evidence": [{}]}, "names nothing"),
        ({**INCIDENT, "evidence": [None]}, "names nothing"),
        ({**INCIDENT, "by": "analyst", "said_by": "russia"}, "name the evidence"),
        (
            {"kind": "tally", "period": "2017", "count": 1},
            "period: '2017' is no date: write 2018-12-20, or with",
        ),
        ({"kind": "tally", "period": "2017-05", "count": True}, "is no whole number"),
        ({"kind": "tally", "period": "2017-05", "count": -1}, "is no count"),
        ({"kind": "tally", "period": "2017-05", "count": 10**5000}, "an int is no count"),
        ({"kind": "tally", "period": "2017-05", "by_zone": [1, 2]}, "is no pair"),
        ({"kind": "tally", "period": "2017-05", "by_zone": [["a", 1], ["a", 2]]}, "two counts"),
        ({"kind": "tally", "count": 4}, "needs its period"),
        ({"kind": "tally", "by_zone": {"idlib": 4}}, "needs its period"),
        ({"kind": "tally", "period": "2017-05", "by_zone": "idlib"}, "is no table of counts"),
        ({"kind": "tally", "answers": "t", "by_zone": None}, "an answer to a tally needs confirmed"),
        ({"kind": "tally", "period": "2017-05", "count": 4, "confirmed": 3}, "write answers, its id"),
        ({"kind": "tally", "pending": 4}, "needs its period"),
        ({"kind": "tally", "killed": {"best": 4}}, "needs its period"),
        ({"kind": "tally", "period": "2017-05", "killed": {"beast": 4}}, "did you mean 'best'"),
        (
            {"kind": "tally", "period": "2017-05", "pending": 1, "at_least": True},
            "at_least says something of",
        ),
        ({"kind": "tally", "period": "2017-05", "pending": 1, "ruled": True}, "ruled says something of"),
        ({"kind": "tally", "period": "2017-05", "count": 4, "ruled": "yes"}, "neither true nor false"),
        (
            {"kind": "tally", "period": "2017-05", "count": 4, "cumulative": True},
            'write the period as {"from"',
        ),
        ({"kind": "tally", "period": "2017-05", "by_zone": {"idlib": 4}, "read": ["idlip"]}, "mean 'idlib'"),
        (
            {"kind": "tally", "period": "2017-05", "count": 4, "read": "idlib"},
            "read names 'idlib', which is no",
        ),
        ({**INCIDENT, "accused": ["nusra", None]}, "null is no id: take it out of the list"),
        ({**INCIDENT, "zone": " idlib"}, "is no id: write one or more printable characters"),
        ({**INCIDENT, "evidence": "Bulletin"}, "is no list of evidence"),
        ({**INCIDENT, "place": {"precision": 8}}, "is no precision: write 1 (exact) to 7"),
        (DECIDED | {"does": "suspend", "agreement": "a", "commitment": "a/c"}, "write one of the two"),
        (DECIDED | {"does": "release", "agreement": "a"}, "write commitment instead of agreement"),
        (DECIDED | {"does": "terminate", "commitment": "a/c"}, "write agreement instead of commitment"),
        (DECIDED | {"does": "extend", "agreement": "a"}, "needs until: the new end"),
        (DECIDED | {"does": "postpone", "commitment": "a/c"}, "needs until: the new end"),
        (JOINED | {"role": "designated"}, "write one of the three"),
        (JOINED | {"group": "nusra"}, "nobody is a member of itself"),
        (JOINED | {"joins": "no"}, "is neither true nor false"),
        (
            {"kind": "finding", "on": "x", "commitments": ["a/c"], "ground": "exercise"},
            "commitments or ground",
        ),
        ({"kind": "finding", "on": "x", "attributed_to": ["unidentified", "nusra"]}, "not both"),
        ({"kind": "correction", "of": "x", "set": ["zone"]}, "set is an object of fields"),
        ({"kind": "correction", "of": "x"}, "a correction changes something"),
        (
            {"kind": "correction", "of": "x", "set": {"zone": "a"}, "unset": ["zone"]},
            "zone stands in set and",
        ),
        ({"kind": "correction", "of": "x", "set": {"count": 2**53}}, "is too large a number"),
        ({"kind": "correction", "of": "x", "set": {"count": 10**5000}}, "an int is too large a number"),
        ({"kind": "correction", "of": "x", "set": {"text": DEEP}}, "set: nested more than 32 deep"),
        ({"kind": "correction", "of": "x", "set": {"place": {"lat": 35.5}}}, "numbers in records are whole"),
        ({"kind": "finding", "on": "x", "outcome": "confirm"}, "did you mean 'confirmed'"),
        ({"kind": "finding", "on": "x"}, "needs outcome or"),
        (["incident"], "is no record"),
        ("incident", "is no record"),
        (None, "is no record"),
        ([10**5000], "a list is no record"),
    ],
)
def test_what_makes_no_record_is_refused_with_a_remedy(obj, sentence):
    """Each refusal is a RecordError or an error of time, and says what to write."""
    with pytest.raises((RecordError, InvalidTime, NaiveTime)) as refused:
        from_json(obj)
    assert sentence in str(refused.value)


def test_a_naive_time_is_refused():
    """A time of day without an offset is never guessed."""
    with pytest.raises(NaiveTime):
        from_json({**INCIDENT, "occurred": "2017-05-14T10:00:00"})


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=6,
)
field_names = sorted({f.name for cls in KINDS.values() for f in attrs.fields(cls)})


@given(
    st.sampled_from(sorted(KINDS)),
    st.dictionaries(st.sampled_from(field_names), json_values, max_size=6),
)
def test_no_object_brings_a_traceback(kind, fields):
    """Whatever values the fields have, there is a record or one of three errors."""
    try:
        record = from_json({**INCIDENT, "kind": kind, **fields})
    except (RecordError, InvalidTime, NaiveTime) as refused:
        assert str(refused)  # noqa: PT017 - any of the three will do, with a sentence
    else:
        assert from_json(to_json(record)) == record


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b'{"a":1,"a":2}', "stands here twice"),
        (b'{"a":{"b":1,"b":1}}', "stands here twice"),
        (b'{"a":NaN}', "NaN is no JSON"),
        (b'{"a":-Infinity}', "no JSON"),
        (b'{"a":1.5}', "no whole number"),
        (b'{"a":1e400}', "no whole number"),
        (b'{"kind":"incident","killed":{"low":1,"best":2.5}}', "killed.best: 2.5 is no whole number"),
        (b'{"a":[{"b":"1.5"},{"count":-1.50}]}', "a.count: -1.50 is no whole number"),
        (b'{"a":2,"count":NaN}', "count: NaN is no JSON"),
        (b'{"a":1.5', "1.5 is no whole number"),
        (b'{"a":9007199254740992}', "too large"),
        (b'{"a":' + b"9" * 10_000 + b"}", "too large"),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "deep"),
        (b"[" * 100_000, "deep"),
        (b'{"a":"\xff"}', "not UTF-8 at byte 7"),
        (b'{"a":', "no JSON: Expecting value at column 6: write one object on the line, such as {"),
        (b'{"a":"b', "no JSON: Unterminated string starting at column 6: write"),
        (b"", "no JSON"),
        (b'{"a":1} {"b":2}', "no JSON"),
        (b"{'a':1}", "no JSON"),
    ],
    ids=lambda value: value[:20] if isinstance(value, bytes) else None,
)
def test_json_that_two_readers_could_read_differently_is_refused(line, sentence):
    """Duplicate keys, floats, huge numbers, deep nesting and broken text have a sentence each."""
    with pytest.raises(RecordError) as refused:
        parsed(line)
    assert sentence in str(refused.value)


def test_brackets_in_a_text_do_not_nest():
    """A text full of brackets and quotes is a text."""
    odd = "[{" * 5_000 + '\\"' * 100
    assert parsed(json.dumps({"text": odd})) == {"text": odd}


@pytest.mark.parametrize("line", [' {"text":"ford"}', '{"text":"ford"} ', '\t{"text": "ford"}\r'])
def test_blanks_around_a_line_are_no_part_of_it(line):
    """As other programs write them, before and after."""
    assert parsed(line) == {"text": "ford"}


@pytest.mark.parametrize("line", ["", " ", '{"text":"ford"} {}', '{"text":"ford"}x'])
def test_a_line_is_one_value(line):
    """Nothing at all is none, and two are one too many."""
    with pytest.raises(RecordError, match="no JSON"):
        parsed(line)


def test_an_unfinished_text_is_read_once():
    """A quote that never ends, before many escaped ones, is refused without looking at each again."""
    with pytest.raises(RecordError, match="no JSON"):
        parsed('{"a":"' + '\\"[' * 300_000)


def test_half_a_character_is_refused_where_it_stands():
    """A lone surrogate is valid JSON and no text."""
    with pytest.raises(RecordError, match="half a character"):
        from_json(parsed(rb'{"kind":"incident","occurred":"2017-05","act":"attack","text":"\ud800"}'))


@given(records)
def test_a_record_can_be_copied_and_sent_to_another_process(obj):
    """Whoever shares work between processes gets the records he sent, a correction's fields included."""
    record = from_json(obj)
    assert pickle.loads(pickle.dumps(record)) == record == copy.deepcopy(record)  # noqa: S301 – our own bytes


def test_what_a_correction_sets_cannot_be_changed():
    """A record is never changed, nor anything in it."""
    correction = Correction(of="russia/1", set={"killed": {"best": 3}})
    with pytest.raises(TypeError):
        correction.set["killed"] = None
    with pytest.raises(TypeError):
        correction.set["killed"]["best"] = 4
    with pytest.raises(AttributeError):
        correction.set._items = {}  # noqa: SLF001 – even so
    assert correction == Correction(of="russia/1", set={"killed": {"best": 3}})
    assert repr(correction.set) == "{'killed': {'best': 3}}"
    assert pickle.loads(pickle.dumps(correction)) == correction  # noqa: S301 – our own bytes


def test_a_record_may_stand_for_its_id():
    """Where an id is wanted a record will do, once it has one."""
    incident = Incident(occurred="2017-05-14", act="attack", id="russia/1")
    assert Correction(of=incident, set={"zone": "idlib"}).of == "russia/1"
    with pytest.raises(RecordError, match="record it first"):
        Correction(of=Incident(occurred="2017-05-14", act="attack"), set={"zone": "idlib"})


def test_no_module_of_records_reads_files_on_import():
    """The kinds of record are plain values: only `files` and `saving` open anything."""
    folder = Path(__file__).parents[2] / "src" / "ceasefire" / "record"
    opening = {path.name for path in folder.rglob("*.py") if ".open(" in path.read_text(encoding="utf-8")}
    assert opening == {"files.py", "saving.py"}


def test_a_list_that_fails_while_it_is_read_is_told_in_a_sentence():
    """Whatever a value does when it is looked at, reading a record ends in an error of this library."""

    def broken():
        yield "blue"
        raise OverflowError

    with pytest.raises(RecordError, match="kind 'incident' holds a value that cannot be read"):
        from_json(INCIDENT | {"accused": broken()})
