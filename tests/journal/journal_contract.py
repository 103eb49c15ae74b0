"""The contract every store obeys: one suite, which a few lines subclass per store."""

from collections import Counter

import pytest
from attrs import evolve

from ceasefire.clock import instant
from ceasefire.errors import InvalidTime, JournalError, NaiveTime, RecordError, UnknownId
from ceasefire.record import (
    Branch,
    Correction,
    Decision,
    Erasure,
    Event,
    Finding,
    Incident,
    Membership,
    Performance,
    Response,
    Tally,
    Withdrawal,
    to_json,
)
from ceasefire.record.json.files import LONGEST_LINE

EVIDENCE = {"title": "Bulletin", "url": "https://example.org/1"}


def shelling(**fields):
    """Return an incident, with other fields where they are given."""
    return Incident(**{"occurred": "2017-05-14", "act": "attack.shelling", **fields})


class Clock:
    """A clock that moves on by a second each time it is read."""

    def __init__(self, start="2017-05-15T00:00:00Z"):
        self.us = instant(start).us

    def __call__(self):
        self.us += 1_000_000
        return evolve(instant("2017-05-15T00:00:00Z"), us=self.us, stated="")


class StoreContract:
    """What a journal does, whatever it is kept in. A subclass says how one is made."""

    @pytest.fixture
    def opened(self, tmp_path):
        """Return a function that opens a journal of this kind."""
        raise NotImplementedError

    @pytest.fixture
    def journal(self, opened):
        """A journal of the Russian side, its clock standing in May 2017."""
        with opened(author="russia", clock=Clock()) as journal:
            yield journal

    # What is written

    def test_record_returns_what_it_wrote(self, journal):
        """Author, id, and both times are filled in; the rest is as it was given."""
        (written,) = journal.record(shelling(zone="idlib"))
        assert (written.by, written.id, written.zone) == ("russia", "russia/1", "idlib")
        assert written.recorded == written.received == instant("2017-05-15T00:00:01Z")
        assert list(journal) == [written]

    def test_all_kinds_of_record_are_kept(self, journal):
        """What is read is what was written, field by field, for every kind."""
        given = [
            shelling(text="«Idlib» \u202e 🚑", evidence=EVIDENCE, killed={"best": 0}, place={"lat": "35.9"}),
            Performance(commitment="c", performer="turkey", occurred="2017-05"),
            Event(name="astana-meeting", occurred={"from": "2017-05-03", "to": "2017-05-04"}),
            Decision(
                does="extend",
                agreement="a",
                occurred="2017-05-04",
                until="2017-11-06",
                timezone="Asia/Damascus",
            ),
            Membership(actor="a", group="b", occurred="2017-05", joins=False),
            Tally(period="2017-05-14", count=0, by_zone={"idlib": 0}, release="public"),
            Finding(on="russia/1", outcome="confirmed", attributed_to="unidentified"),
            Response(to="russia/1", step="remedy", closes=True),
            Correction(of="russia/1", set={"zone": None, "accused": ["x"]}, unset=["killed"]),
            Withdrawal(of="russia/9"),
            Erasure(of="russia/1", reason="a name"),
            Branch(keep="ab"),
        ]
        written = journal.record(*given)
        assert [record.kind for record in written] == [record.kind for record in given]
        assert tuple(journal) == written
        for before, after in zip(given, journal, strict=True):
            filled = {name: getattr(after, name) for name in ("by", "id", "recorded", "received")}
            assert to_json(evolve(before, **filled)) == to_json(after)
        assert journal.verify() == ()

    def test_numbers_are_read_as_numbers(self, journal):
        """russia/2 stands before russia/10."""
        journal.extend(shelling() for _ in range(12))
        assert [record.id for record in journal] == [f"russia/{n}" for n in range(1, 13)]

    def test_an_own_time_of_writing_is_kept(self, journal):
        """`recorded` stated by the record wins over the journal's clock; `received` does not follow it."""
        (written,) = journal.record(shelling(recorded="2017-05-14T12:00:00+03:00"))
        assert str(written.recorded) == "2017-05-14T12:00:00+03:00"
        assert written.received == instant("2017-05-15T00:00:01Z")

    def test_at_stands_for_the_clock(self, journal):
        """Records written `at` an instant are recorded and received then."""
        (written,) = journal.record(shelling(), at="2017-05-14T20:00:00+03:00")
        assert written.recorded == written.received == instant("2017-05-14T17:00:00Z")

    def test_nothing_is_received_before_what_is_held(self, journal):
        """A later record never slips into what was known before, whatever the clock says (P32)."""
        journal.record(shelling(), at="2017-05-14T12:00:00Z")
        before = journal.known_at("2017-05-14T13:00:00Z")
        (late,) = journal.record(shelling(), at="2017-05-10T12:00:00Z")
        assert str(late.recorded) == "2017-05-10T12:00:00Z"
        assert late.received == instant("2017-05-14T12:00:00Z")
        assert journal.known_at("2017-05-14T11:00:00Z") == ()
        assert before == journal.known_at("2017-05-14T13:00:00Z")[:1]

    def test_the_future_is_refused(self, journal):
        """A slip of the pen in `at` would hide everything written after it."""
        with pytest.raises(JournalError, match="future"):
            journal.record(shelling(), at="2107-05-14T20:00:00Z")

    def test_a_time_that_is_none_is_refused(self, journal):
        """`at` is an aware instant."""
        with pytest.raises(NaiveTime):
            journal.record(shelling(), at="2017-05-14T20:00:00")
        with pytest.raises(InvalidTime):
            journal.record(shelling(), at="yesterday")

    def test_what_no_file_could_hold_is_refused(self, journal):
        """A record is read from a line of at most eight megabytes: longer texts are named as evidence."""
        with pytest.raises(RecordError, match=r"more than 8 MB .* name them in evidence"):
            journal.record(shelling(), shelling(text="x" * LONGEST_LINE))
        assert len(journal) == 0

    def test_extend_is_all_or_none(self, journal):
        """One record that is refused, the last of many, and none is written."""
        journal.record(shelling())
        heads = journal.heads()
        with pytest.raises(RecordError, match="by 'turkey'"):
            journal.extend([*(shelling() for _ in range(50)), shelling(by="turkey")])
        assert (len(journal), journal.heads()) == (1, heads)
        (again,) = journal.record(shelling())
        assert again.id == "russia/2"
        assert journal.verify() == ()

    def test_an_error_in_the_callers_generator_writes_nothing(self, journal):
        """What fails before the last record leaves the journal as it was."""
        with pytest.raises(ZeroDivisionError):
            journal.extend(shelling(zone=str(1 // n)) for n in (1, 0))
        assert list(journal) == []

    def test_what_is_no_record_is_refused(self, journal):
        """A list of records is for extend, and an object in braces for from_json."""
        with pytest.raises(RecordError, match="use extend"):
            journal.record([shelling()])
        with pytest.raises(RecordError, match="is no record"):
            journal.record({"kind": "incident"})

    # Who writes

    def test_another_author_is_refused(self, journal):
        """Another's statement is passed on with said_by and evidence, never written as theirs."""
        with pytest.raises(RecordError, match="said_by"):
            journal.record(shelling(by="turkey"))
        (relay,) = journal.record(shelling(said_by="turkey", evidence=EVIDENCE))
        assert (relay.by, relay.speaker, relay.relay) == ("russia", "turkey", True)

    def test_a_relay_needs_evidence_once_its_author_is_known(self, journal):
        """Only the journal knows that `said_by` is not the author."""
        with pytest.raises(RecordError, match="name the evidence"):
            journal.record(shelling(said_by="turkey"))
        (own,) = journal.record(shelling(said_by="russia"))
        assert own.said_by is None

    def test_without_an_author_each_record_names_its_own(self, opened):
        """A collector's journal holds a chain for each author, in the order of their names."""
        with opened() as journal:
            journal.record(shelling(by="turkey"), shelling(by="iran"), shelling(by="turkey"))
            assert [record.id for record in journal] == ["iran/1", "turkey/1", "turkey/2"]
            assert sorted(journal.heads()) == ["iran", "turkey"]
            with pytest.raises(RecordError, match="no author"):
                journal.record(shelling())

    # Pointing at records

    def test_records_of_one_call_may_point_at_each_other(self, journal):
        """A record's own id is its name within the call; the journal gives the real one."""
        journal.record(shelling())
        answer, count = journal.record(
            Tally(id="b", answers="a", confirmed=0), Tally(id="a", period="2017-05-14", count=3)
        )
        assert (answer.id, answer.answers, count.id) == ("russia/2", "russia/3", "russia/3")

    def test_two_records_of_one_name_are_refused(self, journal):
        """Nobody could tell which is meant."""
        with pytest.raises(RecordError, match="two records"):
            journal.record(shelling(id="a"), shelling(id="a"))

    def test_a_record_is_written_once(self, journal):
        """What the journal returned is in it already."""
        written = journal.record(shelling())
        with pytest.raises(RecordError, match="already"):
            journal.record(*written)

    def test_ids_of_records_that_may_still_arrive_are_accepted(self, journal):
        """A finding may name a record that a merge will bring."""
        (finding,) = journal.record(Finding(on="turkey/7", outcome="refuted", same_as="iran/2"))
        assert (finding.on, finding.same_as) == ("turkey/7", "iran/2")

    def test_get_returns_a_record_or_none(self, journal):
        """By its id, and nothing by any other text."""
        (written,) = journal.record(shelling())
        assert journal.get("russia/1") == written
        for name in (
            "russia/2",
            "turkey/1",
            "russia/01",
            "russia/0",
            "russia",
            "",
            "russia/x",
            "russia/" + "9" * 30,
        ):
            assert journal.get(name) is None
        assert journal.get(written) == written

    @pytest.mark.parametrize("given", [None, 3, shelling()])
    def test_what_is_no_id_is_not_looked_for(self, journal, given):
        """Nothing, a number and a record that was never written have none: the error says what to give."""
        with pytest.raises(RecordError, match=r"give the id of a record|write it in quotes|record it first"):
            journal.get(given)

    @pytest.mark.parametrize("given", [None, "x", 3])
    def test_what_is_no_mark_is_told(self, journal, given):
        """What has arrived is counted from a mark, which the journal gives."""
        with pytest.raises(JournalError, match=r"is no mark: give what journal\.mark\(\) returned"):
            journal.arrived(given)

    # Findings judge the newest wording

    def test_a_finding_is_pointed_at_the_newest_wording(self, journal):
        """After a correction of what happened a finding judges the correction's wording."""
        claim, correction = journal.record(shelling(), Correction(of="russia/1", set={"zone": "idlib"}))
        for named in (claim, correction):
            (finding,) = journal.record(Finding(on=named, outcome="confirmed"))
            assert finding.on == correction.id

    def test_some_corrections_make_no_new_wording(self, journal):
        """The number of dead, a text, evidence, release and same_as leave the wording as it is."""
        journal.record(shelling())
        for fields in ({"killed": {"best": 3}}, {"text": "x"}, {"release": "public"}, {"same_as": "iran/1"}):
            journal.record(Correction(of="russia/1", set=fields))
        (finding,) = journal.record(Finding(on="russia/1", outcome="confirmed"))
        assert finding.on == "russia/1"

    def test_a_withdrawn_correction_leaves_the_wording_before_it(self, journal):
        """The last correction that stands made the newest wording."""
        _, first, second = journal.record(
            shelling(),
            Correction(of="russia/1", set={"zone": "idlib"}),
            Correction(of="russia/1", set={"zone": "hama"}),
        )
        journal.record(Withdrawal(of=second))
        (finding,) = journal.record(Finding(on="russia/1", outcome="confirmed"))
        assert finding.on == first.id

    # What the design refuses

    @pytest.mark.parametrize(
        ("amendment", "sentence"),
        [
            (Correction(of="turkey/1", set={"zone": "idlib"}), "record a finding on it"),
            (Withdrawal(of="turkey/1"), "record a finding on it"),
            (Correction(of="russia/9", set={"zone": "idlib"}), "no such record"),
            (Withdrawal(of="nothing"), "no such record"),
            (Correction(of="russia/2", set={"set": {}}), "withdraw it and correct anew"),
            (Correction(of="russia/4", set={"text": "x"}), "of kind 'withdrawal'"),
            (Withdrawal(of="russia/4"), "of kind 'withdrawal'"),
            (Correction(of="russia/3", set={"zone": "idlib"}), "was withdrawn"),
            (Withdrawal(of="russia/3"), "was withdrawn"),
            (Withdrawal(of="russia/5"), "of kind 'erasure'"),
            (Correction(of="russia/6", set={"keep": "x"}), "of kind 'branch'"),
            (Correction(of="russia/1", set={"by": "turkey"}), "belongs to the envelope"),
            (Correction(of="russia/1", unset=["recorded"]), "belongs to the envelope"),
            (Correction(of="russia/1", set={"zoen": "idlib"}), "did you mean 'zone'"),
            (Correction(of="russia/1", unset=["occurred"]), "needs occurred"),
            (Correction(of="russia/1", set={"killed": {"best": "x"}}), "no whole number"),
        ],
    )
    def test_an_amendment_without_effect_is_refused(self, opened, amendment, sentence):
        """Foreign, of an amendment, of what was withdrawn, or of what would be no record."""
        with opened() as journal:
            journal.record(
                shelling(by="russia"),
                Correction(by="russia", of="russia/1", set={"zone": "idlib"}),
                shelling(by="russia"),
                Withdrawal(by="russia", of="russia/3"),
                Erasure(by="russia", of="x", reason="y"),
                Branch(by="russia", keep="ab"),
                shelling(by="turkey"),
            )
            held = list(journal)
            with pytest.raises(RecordError) as refused:
                journal.record(evolve(amendment, by="russia"))
            assert sentence in str(refused.value)
            assert list(journal) == held

    def test_a_correction_may_be_withdrawn(self, journal):
        """It is then as if absent, and another may follow."""
        journal.record(shelling(), Correction(of="russia/1", set={"zone": "idlib"}))
        journal.record(Withdrawal(of="russia/2"), Correction(of="russia/1", set={"zone": "hama"}))
        assert len(journal) == 4

    # What was known

    def test_known_at_gives_what_had_been_received(self, journal):
        """By the instant of receipt, not by the one of writing; a date means its end."""
        journal.record(shelling(recorded="2017-05-01T00:00:00Z"), at="2017-05-13T00:00:00Z")
        journal.record(shelling(), at="2017-05-14T23:59:59Z")
        assert journal.known_at("2017-05-12") == ()
        assert [record.id for record in journal.known_at("2017-05-13")] == ["russia/1"]
        assert [record.id for record in journal.known_at("2017-05-14T23:59:58Z")] == ["russia/1"]
        assert len(journal.known_at("2017-05-14")) == 2

    def test_what_has_arrived_since_a_mark_is_told(self, journal):
        """By order of arrival, of every author; from the beginning, from anywhere, and with nothing new."""
        start = journal.mark()
        journal.record(shelling(), shelling(text="another"))
        middle = journal.mark()
        (last,) = journal.record(shelling(text="a third"))
        assert [record.id for record in journal.arrived(start).records] == [
            "russia/1",
            "russia/2",
            "russia/3",
        ]
        assert journal.arrived(middle).records == (last,)
        assert journal.arrived(middle).mark == journal.mark()
        assert journal.arrived(journal.mark()).records == ()

    def test_a_mark_of_another_journal_tells_nothing(self, opened):
        """What was there when a mark was made, only the journal that made it can say."""
        with opened("one", author="russia") as one, opened("other", author="turkey") as other:
            one.record(shelling())
            other.record(shelling())
            assert other.arrived(one.mark()) is None

    def test_a_date_is_read_where_the_agreements_apply(self, opened, memo):
        """14 May ends in Damascus at 21:00 UTC."""
        with opened(author="russia", agreements=memo, clock=Clock()) as journal:
            journal.record(shelling(), at="2017-05-14T20:59:59Z")
            journal.record(shelling(), at="2017-05-14T21:00:00Z")
            assert len(journal.known_at("2017-05-14")) == 1

    def test_a_loop_may_record(self, journal):
        """What is added during a loop is not part of it."""
        journal.extend(shelling() for _ in range(3))
        for record in journal:
            journal.record(Finding(on=record, outcome="confirmed"))
        assert Counter(record.kind for record in journal) == {"incident": 3, "finding": 3}

    def test_the_head_changes_with_every_record(self, journal):
        """The hash of the newest record vouches for all before it."""
        heads = []
        for _ in range(3):
            journal.record(shelling())
            heads.append(journal.heads()["russia"])
        assert len(set(heads)) == 3
        assert all(len(bytes.fromhex(head)) == 32 for head in heads)

    # Ids of agreements

    @pytest.mark.parametrize(
        ("record", "kind", "nearest"),
        [
            (shelling(accused="ahrar-al-shaam"), "party", "ahrar-al-sham"),
            (shelling(zone="idlb"), "zone", "idlib"),
            (Incident(occurred="2017-05", act="attack.sheling"), "act", "attack.shelling"),
            (
                Decision(does="terminate", agreement="syria-de-escalation", occurred="2017-05"),
                "agreement",
                "syria-de-escalation-2017",
            ),
            (Finding(on="x", commitments="cease-hostilites"), "commitment", "cease-hostilities"),
            (Membership(actor="nusra", role="desginated", occurred="2017-05"), "role", "designated"),
            (
                Performance(commitment="complete-maps", performer="russland", occurred="2017-05"),
                "party",
                "russia",
            ),
            (
                Response(to="cease-hostilites", owed_by="russia", step="note"),
                "commitment",
                "cease-hostilities",
            ),
            (Tally(period="2017-05", count=1, zone="idleb-area"), "zone", "idlib-area"),
        ],
        ids=lambda value: value.kind if hasattr(value, "kind") else None,
    )
    def test_an_unknown_id_is_refused_with_the_nearest(self, opened, memo, record, kind, nearest):
        """Refused before anything is written, the good records of the call included."""
        with opened(author="russia", agreements=[memo]) as journal:
            with pytest.raises(UnknownId) as refused:
                journal.record(shelling(), record)
            assert (refused.value.kind, refused.value.nearest) == (kind, nearest)
            assert len(journal) == 0

    def test_a_correction_names_known_ids_too(self, opened, memo):
        """A misspelt zone does not slip in by a correction."""
        with opened(author="russia", agreements=memo) as journal:
            (claim,) = journal.record(shelling())
            with pytest.raises(UnknownId):
                journal.record(Correction(of=claim, set={"zone": "idlb"}))

    def test_a_short_commitment_is_stored_in_full(self, opened, memo):
        """Where one agreement has it, the short name will do."""
        full = "syria-de-escalation-2017/cease-hostilities"
        with opened(author="russia", agreements=memo) as journal:
            claim, _ = journal.record(
                shelling(commitments="cease-hostilities"),
                Correction(of="russia/1", set={"commitments": ["cease-hostilities"], "zone": "idlib"}),
            )
            assert claim.commitments == (full,)
            assert to_json(journal.get("russia/2"))["set"] == {"commitments": [full], "zone": "idlib"}

    def test_what_is_no_id_of_an_agreement_is_not_looked_up(self, opened, memo):
        """Authors, names of events, places in a count, and unidentified parties are free."""
        with opened(author="an-analyst", agreements=memo) as journal:
            journal.record(
                Tally(
                    period="2017-05-14",
                    count=1,
                    by_zone={"Somewhere": 1},
                    said_by="a-paper",
                    evidence=EVIDENCE,
                ),
                Event(name="a-meeting", occurred="2017-05"),
                Finding(on="x/1", attributed_to="unidentified"),
                Response(to="an-analyst/1", step="note"),
            )
            assert len(journal) == 4

    def test_without_agreements_nothing_is_looked_up(self, journal):
        """A journal may be older than the agreement it will be read with."""
        journal.record(shelling(zone="nowhere", accused="nobody"))
        assert len(journal) == 1
