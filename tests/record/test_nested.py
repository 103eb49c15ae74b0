"""Values nested as deep as somebody likes: one sentence, never a traceback; what is taken can be read everywhere."""

import json

import pytest

from ceasefire.assessment import assess
from ceasefire.errors import CeasefireError, RecordError
from ceasefire.instruments import agreement
from ceasefire.journal import Journal
from ceasefire.record import KINDS, Correction, Incident, Place, Tally, from_json, read_records, to_json
from ceasefire.reporting import report

CLAIM = {"occurred": "2017-05-14", "act": "attack"}


def nested(depth, inner="text", *, objects=False):
    """Return lists, or objects, so deep inside each other."""
    value = inner
    for _ in range(depth):
        value = {"a": value} if objects else [value]
    return value


DEEP = {"lists": nested(10_000), "objects": nested(10_000, objects=True)}


@pytest.mark.parametrize("deep", DEEP.values(), ids=DEEP)
@pytest.mark.parametrize("kind", [*KINDS])
def test_whatever_field_holds_it_it_is_refused_in_a_sentence(kind, deep):
    """Of every kind, given by a script or as JSON."""
    made = KINDS[kind]
    names = [a.name for a in made.__attrs_attrs__ if a.init]
    for name in names:
        for write in (made, lambda **given: from_json({"kind": kind} | given)):
            given = {"by": "red", "recorded": "2020-01-01T00:00:00Z"} | {name: deep}
            with pytest.raises(CeasefireError) as caught:
                write(**given)
            assert len(str(caught.value)) < 1_000


@pytest.mark.parametrize("deep", DEEP.values(), ids=DEEP)
def test_whatever_call_is_given_it_it_is_refused_in_a_sentence(deep):
    """What a script hands over in the place of a record, an id, a day, an audience or a name."""
    memo = agreement("syria-de-escalation-2017")
    journal, status = Journal.in_memory("turkey"), assess(memo, [], as_of="2017-05-15")
    calls = [
        lambda: Correction(of="turkey/1", set={"text": deep}),
        lambda: Tally(period="2017-05-14", by_zone={"idlib": deep}),
        lambda: Place(name=deep),
        lambda: journal.record(Incident(**CLAIM), deep),
        lambda: journal.get(deep),
        lambda: journal.erase(deep, "a reason"),
        lambda: journal.merge(deep),
        lambda: journal.merge(Journal.in_memory(), authors=deep),
        lambda: journal.known_at(deep),
        lambda: journal.copy("copy.jsonl", deep),
        lambda: assess(memo, deep, as_of="2017-05-15"),
        lambda: assess(memo, [], as_of=deep),
        lambda: status.table(deep),
        lambda: status.row(deep, "turkey"),
        lambda: status.why(deep, "turkey"),
        lambda: status.claim(deep),
        lambda: status.for_audience(deep),
        lambda: report(status, audience=deep),
    ]
    for call in calls:
        with pytest.raises(CeasefireError) as caught:
            call()
        assert len(str(caught.value)) < 1_000


@pytest.mark.parametrize("objects", [False, True], ids=["lists", "objects"])
def test_what_is_taken_can_be_read_by_whoever_gets_it(objects, tmp_path):
    """A correction as deep as it may be is merged, read, copied and merged again; one level more is refused at once."""
    with pytest.raises(RecordError, match="nested more than 32 deep"):
        Correction(of="turkey/1", set={"text": nested(31, objects=objects)})
    deep = Correction(
        by="turkey", recorded="2020-01-01T00:00:00Z", of="turkey/1", set={"text": nested(30, objects=objects)}
    )
    (tmp_path / "said.jsonl").write_text(json.dumps(to_json(deep)) + "\n", encoding="utf-8")
    journal, other = Journal.in_memory(), Journal.in_memory()
    assert (journal.merge(tmp_path / "said.jsonl").added, journal.verify()) == (1, ())
    journal.copy(tmp_path / "copy.jsonl")
    assert (other.merge(tmp_path / "copy.jsonl").added, other.verify()) == (1, ())
    assert [record.set for record in other] == [record.set for record in journal]
    assert len(read_records(tmp_path / "copy.jsonl")) == 1


def test_a_line_nested_deeper_is_a_mistake_of_that_line(tmp_path):
    """It is told with its place; the line after it is read."""
    line = {"kind": "correction", "by": "red", "recorded": "2020-01-01T00:00:00Z", "of": "red/1"}
    deep = json.dumps(line | {"set": {"text": "DEEP"}}).replace('"DEEP"', "[" * 10_000 + "]" * 10_000)
    path = tmp_path / "records.jsonl"
    path.write_text(f"{deep}\n{json.dumps(line | {'set': {'text': 'plain'}})}\n", encoding="utf-8")
    found = read_records(path)
    assert (len(found), [mistake.line for mistake in found.mistakes]) == (1, [1])
