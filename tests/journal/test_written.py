"""What `record` returns: the records, and of a single one the record itself as far as a script looks."""

import pytest
from journal_contract import Clock, shelling

import ceasefire as cf

INCIDENT = {"act": "attack.shelling", "occurred": "2017-05-14"}


@pytest.fixture
def journal():
    return cf.Journal.in_memory(author="turkey")


def test_a_single_record_can_be_taken_out_or_read_straight_away(journal):
    """`[said] = journal.record(…)` and `said = journal.record(…)` both name the record by its id."""
    [said] = journal.record(cf.Incident(**INCIDENT))
    told = journal.record(cf.Incident(**INCIDENT))
    assert (said.id, told.id, told[0].id) == ("turkey/1", "turkey/2", "turkey/2")
    assert (told.act, told.recorded) == ("attack.shelling", told[0].recorded)


def test_what_was_recorded_stands_for_its_id(journal):
    """Where a record id is wanted, what the journal returned will do."""
    said = journal.record(cf.Incident(**INCIDENT))
    judged = journal.record(
        cf.Finding(on=said, outcome="confirmed"), cf.Finding(on=said[0], outcome="refuted")
    )
    assert [finding.on for finding in judged] == ["turkey/1", "turkey/1"]


def test_of_several_records_one_has_to_be_chosen(journal):
    """Two records have no one id."""
    both = journal.record(cf.Incident(**INCIDENT), cf.Incident(**INCIDENT))
    with pytest.raises(AttributeError, match="2 records were written: take 'id' of one of them"):
        _ = both.id
    with pytest.raises(cf.RecordError, match="is no text"):
        cf.Finding(on=both, outcome="confirmed")


@pytest.mark.parametrize("given", [5, None, "russia/1", [5], {"kind": "incident"}])
def test_what_is_no_record_is_refused_by_a_sentence(journal, given):
    """`extend` takes records, in any order of things that gives them one by one."""
    with pytest.raises(cf.RecordError, match="give records"):
        journal.extend(given)
    assert len(journal) == 0


def test_a_commitment_stands_for_its_full_name():
    """Two agreements may have a commitment of one short id; the object says which is meant."""
    memo = cf.agreement("syria-de-escalation-2017")
    duty = memo.commitment("form-working-group")
    done = cf.Performance(commitment=duty, performer=memo.parties[0], occurred="2017-05-10")
    assert done.commitment == "syria-de-escalation-2017/form-working-group"
    assert done.performer == memo.parties[0].id
    assert cf.Incident(**INCIDENT, commitments=duty).commitments == (duty.name,)


def test_evidence_is_released_to_those_the_format_names():
    """A misspelt release would show to the public what was meant for one pair of eyes."""
    with pytest.raises(cf.RecordError, match="did you mean 'author'"):
        cf.Incident(**INCIDENT, evidence={"title": "a photograph", "release": "auther"})
    assert cf.Evidence(title="a photograph", release="author").release == "author"


def test_a_set_of_records_is_refused(journal):
    """In another process it would have another order, and so other numbers and hashes."""
    several = {cf.Incident(**INCIDENT), cf.Incident(**INCIDENT, zone="idlib")}
    for given in (several, frozenset(several), lambda: several):
        with pytest.raises(cf.RecordError, match="a set of records has no order"):
            journal.extend(given)
    assert len(journal) == 0
    assert len(journal.extend(cf.Incident(**INCIDENT))) == 1


def test_a_large_call_writes_what_single_calls_write(tmp_path):
    """Of a large call the journal knows its own ids; each finding is pointed at the same wording all the same."""
    said = []
    for n in range(40):
        said += [
            shelling(by="russia"),
            cf.Finding(by="turkey", on=f"russia/{2 * n + 1}", outcome="confirmed"),
            cf.Correction(by="russia", of=f"russia/{2 * n + 1}", set={"zone": "idlib" if n % 2 else "hama"}),
            cf.Finding(by="turkey", on=f"russia/{2 * n + 1}", outcome="refuted"),
        ]
    at, written = "2017-05-15T00:00:00Z", []
    for name in ("at_once", "one_by_one"):
        with cf.Journal.open(tmp_path / f"{name}.db", clock=Clock(), salt=lambda: bytes(16)) as journal:
            several = [said] if name == "at_once" else [[one] for one in said]
            for records in several:
                journal.extend(records, at)
            assert journal.verify() == ()
            written.append((journal.heads(), list(journal)))
    assert written[0] == written[1]
    assert {record.on for record in written[0][1] if isinstance(record, cf.Finding)} > {
        "russia/1",
        "russia/2",
    }
