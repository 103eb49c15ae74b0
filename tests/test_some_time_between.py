"""An occurrence on one of several days, through all that is done with it: recorded, kept, told, corrected."""

import pytest

import ceasefire as cf
from ceasefire.clock import as_kept

MEMO = cf.agreement("syria-de-escalation-2017")
STATED = "[2017-05-04..2017-05-08]"


@pytest.fixture
def journal():
    """Return a journal with shelling on some day from 4 to 8 May; the memorandum is in force from the 6th."""
    with cf.Journal.in_memory(author="turkey", agreements=[MEMO]) as kept:
        kept.record(
            cf.Incident(
                occurred=STATED, act="attack.shelling", zone="idlib-area", accused="syrian-government"
            )
        )
        yield kept


def test_the_journal_keeps_it_as_it_was_written(journal, tmp_path):
    """What is written to a file and read again is what was recorded."""
    cf.write_records(tmp_path / "all.jsonl", journal)
    [record] = cf.read_records(tmp_path / "all.jsonl")
    assert str(record.occurred) == STATED
    assert f'"occurred":"{STATED}"' in (tmp_path / "all.jsonl").read_text(encoding="utf-8")


def test_sentences_and_reports_say_that_it_is_not_known_which(journal):
    """No day of them is printed as the day of the act."""
    status = cf.assess(MEMO, journal, as_of="2017-05-31")
    words = "some time from 4 May 2017 to 8 May 2017"
    why = status.why("cease-hostilities", "syrian-government")
    assert words in why
    assert "the time is stated too coarsely to tell" in why
    assert "some time from 4 May to 8 May" in cf.report(status).to_markdown()


def test_a_correction_may_narrow_it_to_the_day(journal):
    """Once the day is known the author says so, and the act is inside."""
    [record] = journal
    journal.record(cf.Correction(of=record.id, set={"occurred": "2017-05-07"}))
    [claim] = cf.assess(MEMO, journal, as_of="2017-05-31").to_dict()["claims"]
    assert claim["from"] == "2017-05-06T21:00:00Z"
    journal.record(cf.Correction(of=record.id, set={"occurred": "[2017-05-07..2017-05-08]"}))
    [claim] = cf.assess(MEMO, journal, as_of="2017-05-31").to_dict()["claims"]
    assert claim["until"] == "2017-05-08T20:59:59.999999Z"


def test_a_file_with_a_day_that_is_not_known_keeps_the_good_lines(tmp_path):
    """The line is told with what to write, and never read as the first of the month."""
    path = tmp_path / "records.jsonl"
    line = '{{"kind": "incident", "by": "turkey", "id": "turkey/{}", "recorded": "2017-06-14T18:30:00Z", '
    line += '"occurred": "{}", "act": "attack.shelling", "zone": "idlib-area"}}\n'
    path.write_text(line.format(1, "2017-05-00") + line.format(2, "2017-05"), encoding="utf-8")
    records = cf.read_records(path)
    assert [record.id for record in records] == ["turkey/2"]
    [mistake] = records.mistakes
    assert "write 2017-05, or one of a first and a last day: [2017-05-04..2017-05-08]" in str(mistake)
    assert f"{path}:1:" in str(mistake)


def test_a_journal_that_keeps_a_day_written_00_is_read_as_before(tmp_path):
    """Such records were once accepted: their journals open, merge and verify, and mean the month."""
    with cf.Journal.in_memory(author="turkey", agreements=[MEMO]) as old:
        with as_kept():
            [said] = old.record(cf.Incident(occurred="2017-05-00", act="attack.shelling", zone="idlib-area"))
        assert [str(record.occurred) for record in old] == ["2017-05-00"]
        [claim] = cf.assess(MEMO, old, as_of="2017-12-31").to_dict()["claims"]
        assert (claim["from"], claim["until"]) == ("2017-04-30T21:00:00Z", "2017-05-31T20:59:59.999999Z")
        assert "May 2017" in cf.report(cf.assess(MEMO, old, as_of="2017-12-31")).to_markdown()
        old.record(cf.Correction(of=said, set={"act": "attack"}))
        with pytest.raises(cf.InvalidTime, match="leaves open which day"):
            old.record(cf.Correction(of=said, set={"occurred": "2017-06-00"}))
        cf.write_records(tmp_path / "old.jsonl", old)
        again = cf.read_records(tmp_path / "old.jsonl")
        assert not again.mistakes
        [claim] = cf.assess(MEMO, again, as_of="2017-12-31").to_dict()["claims"]
        assert claim["wording"] != said.id  # the correction of another field stands
        with cf.Journal.in_memory(author="russia", agreements=[MEMO]) as other:
            other.merge(tmp_path / "old.jsonl")
            assert [str(getattr(record, "occurred", "")) for record in other] == ["2017-05-00", ""]
            assert other.verify() == ()
            assert old.verify() == ()
