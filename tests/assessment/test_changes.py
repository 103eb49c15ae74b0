"""What stands otherwise between two assessments, and by which records."""

from pathlib import Path

import pytest
from attrs import evolve

import ceasefire as cf
import pen
from ceasefire.assessment.result.changes import as_entry
from ceasefire.assessment.result.view import view_of
from ceasefire.errors import Incomparable, UnknownRow
from ceasefire.exchange.bulletins import read_bulletins
from ceasefire.record import Correction, Decision, Finding, Incident, Response, Tally, Withdrawal

EXAMPLE = Path(__file__).parents[2] / "examples" / "valley"
BULLETINS = "data/bulletins/syria_bulletins_2016_2018.csv"
BOTH = ["red", "blue"]
OWED = (
    pen.commitment("quiet", duty="refrain", owed_by=BOTH, acts="attack"),
    pen.commitment("withdraw", duty="achieve", owed_by=BOTH, due="2020-01-20"),
)


@pytest.fixture(scope="module")
def truce():
    """Return an agreement of three months, with a ban and a deadline."""
    return pen.truce(*OWED, party=[*BOTH, "watch"], rule="any", duration="P3M", renewal="automatic")


def attack(by="watch", number=1, day="2020-01-12", **more):
    """Return a report of an attack by blue, of one who decides nothing."""
    given = {"recorded": f"{day}T12:00:00Z", "occurred": day, "act": "attack", "accused": ("blue",)} | more
    return Incident(id=f"{by}/{number}", by=by, **given)


def finding(on, by="red", number=9, recorded="2020-01-14T12:00:00Z", **more):
    """Return a finding, by default that it took place and that blue did it."""
    said = {"outcome": "confirmed", "attributed_to": ("blue",)} | more
    return Finding(id=f"{by}/{number}", by=by, on=on, recorded=recorded, **said)


def told(status, since):
    """Return what changed in short: what of what, before, after, because of what."""
    return [
        (one.kind, tuple(f"{name.partition('/')[2]} {who}" for name, who in one.rows) or one.record
         or one.agreement, one.before, one.after, (*one.because, *one.codes))
        for one in status.changes(since)
    ]  # fmt: skip


def test_the_valley_from_19_to_28_march_has_the_five_changes_of_its_report():
    """A breach made good, a claim disputed, one under review, a case closed, a report taken back."""
    accord = cf.agreement(EXAMPLE / "accord.toml")
    status = cf.assess(accord, cf.read_records(EXAMPLE / "records.jsonl"), as_of="2031-03-28")
    assert told(status, status.at("2031-03-19")) == [
        ("commitment", ("no-attacks uplands",), "none_recorded", "disputed", ("birch/8", "alder/9")),
        ("commitment", ("no-attacks valley-front", "no-attacks river-brigade"), "breached", "remedied",
         ("birch/5", "alder/5", "cedar/4")),
        ("commitment", ("aid-passes uplands",), "none_recorded", "alleged", ("mission/2", "alder/8")),
        ("claim", "alder/10", None, "withdrawn", ("alder/11",)),
        ("case", "alder/3", "open", "closed", ("alder/6", "birch/6", "cedar/5")),
    ]  # fmt: skip


def test_syria_from_5_to_14_may_2017_has_the_three_changes_of_its_report():
    """The memorandum enters into force, its commitments become active, and counts are published."""
    names = ("syria-ceasefire-2016", "syria-astana-2017-01-24", "syria-de-escalation-2017")
    records = read_bulletins(Path(cf.__file__).parent / BULLETINS)
    texts = [cf.agreement(name) for name in names]
    status = cf.assess(texts, records, as_of="2017-05-14", relays=True)
    memorandum, active, alleged = status.changes(status.at("2017-05-05"))
    assert memorandum[:6] == ("agreement", names[2], (), None, "not_in_force", "in_force")
    assert (memorandum.because, memorandum.codes) == ((), ("by_date",))
    assert (active.before, active.after, active.because, active.codes) == (
        "pending",
        "active",
        (),
        ("by_date",),
    )
    assert len({commitment for commitment, _ in active.rows}) == 17
    assert alleged.rows == ((f"{names[2]}/cease-hostilities", None),)
    assert (alleged.before, alleged.after, len(alleged.because)) == ("pending", "alleged", 8)


def test_an_assessment_beside_itself_has_not_changed(truce):
    """Nor beside one made anew of the same records, in another order."""
    records = [attack(), finding("watch/1"), attack(number=2, day="2020-01-15")]
    status = cf.assess(truce, records, as_of="2020-02-01")
    assert status.changes(status) == ()
    assert status.changes(cf.assess(truce, records[::-1], as_of="2020-02-01")) == ()


def test_a_deadline_that_passes_is_a_change_by_no_record(truce):
    """Both sides' rows change alike, and are one change; what lies in the text is told by its code."""
    status = cf.assess(truce, [], as_of="2020-01-25")
    assert told(status, status.at("2020-01-15")) == [
        ("commitment", ("withdraw red", "withdraw blue"), "none_recorded", "overdue", ("by_deadline",))
    ]


def test_a_term_that_is_renewed_by_itself_moves_its_end(truce):
    """The agreement is in force as before: the cell that differs is told, and that the text gives the date."""
    status = cf.assess(truce, [], as_of="2020-04-10")
    (first, *_) = status.changes(status.at("2020-03-20"))
    assert (first.kind, first.before, first.after, first.codes) == (
        "agreement", "in_force", "in_force", ("by_date",),
    )  # fmt: skip
    assert [tuple(cell) for cell in first.cells] == [
        ("until", "2020-04-01T00:00:00Z", "2020-07-01T00:00:00Z")
    ]


def test_a_decision_that_changes_agreement_and_rows_is_told_with_them_alone(truce):
    """It is a claim like another, and its determination is behind what it has changed."""
    stop = Decision(id="red/1", by="red", recorded="2020-01-11T00:00:00Z", occurred="2020-01-11",
                    does="suspend", agreement="truce")  # fmt: skip
    status = cf.assess(truce, [stop], as_of="2020-01-15")
    found = told(status, status.at("2020-01-05"))
    assert found[0] == ("agreement", "truce", "in_force", "suspended", ("red/1",))
    assert {kind for kind, *_ in found} == {"agreement", "commitment"}
    assert all("red/1" in because for *_, because in found)


def test_a_breach_more_is_a_change_of_the_same_compliance(truce):
    """The row was breached and is breached; the cell says how often, the record by what."""
    records = [
        attack(),
        finding("watch/1"),
        attack(number=2, day="2020-01-15"),
        finding("watch/2", number=10),
    ]
    status = cf.assess(truce, records, as_of="2020-01-16")
    (one,) = status.changes(status.at("2020-01-14"))
    assert (one.before, one.after, one.because) == ("breached", "breached", ("watch/2", "red/10"))
    assert [tuple(cell) for cell in one.cells] == [("breaches", 1, 2)]


def test_what_is_said_of_an_earlier_day_later_is_marked(truce):
    """As known on 13 January nobody had confirmed; the day is the same, what is known of it is not."""
    records = [attack(), finding("watch/1")]
    then = cf.assess(truce, records, as_of="2020-01-13", known_at="2020-01-13")
    (one,) = cf.assess(truce, records, as_of="2020-01-13").changes(then)
    assert (one.before, one.after) == ("alleged", "breached")
    assert (one.because, one.known_later) == (("watch/1", "red/9"), ("red/9",))
    (one,) = cf.assess(truce, records, as_of="2020-01-13").changes(
        cf.assess(truce, records, as_of="2020-01-05", known_at="2020-01-05")
    )
    assert one.known_later == (), "on 5 January nothing of it had occurred"


def test_two_journals_differ_by_what_one_has_not(truce):
    """A report that reached one of them only: known later, for it is of a day before."""
    ours = [attack(), attack(by="blue", number=1, accused=("red",))]
    (one,) = cf.assess(truce, ours, as_of="2020-01-15").changes(
        cf.assess(truce, ours[:1], as_of="2020-01-15")
    )
    assert (one.rows, one.because, one.known_later) == ((("truce/quiet", "red"),), ("blue/1",), ("blue/1",))


def test_a_report_that_is_taken_back_or_corrected_is_told_by_what_did_it(truce):
    """The row is as before; who reads why finds the withdrawal beside the report."""
    back = Withdrawal(id="watch/2", by="watch", of="watch/1", recorded="2020-01-16T00:00:00Z")
    before = cf.assess(truce, [attack()], as_of="2020-01-15")
    assert told(cf.assess(truce, [attack(), back], as_of="2020-01-16"), before) == [
        ("commitment", ("quiet blue",), "alleged", "none_recorded", ("watch/1", "watch/2"))
    ]
    right = Correction(id="watch/2", by="watch", of="watch/1", recorded="2020-01-16T00:00:00Z",
                       set={"act": "attack.shelling"})  # fmt: skip
    (one,) = cf.assess(truce, [attack(), right], as_of="2020-01-16").changes(before)
    assert (one.kind, one.record, one.because) == ("claim", "watch/1", ("watch/2",))
    assert [tuple(cell) for cell in one.cells] == [("wording", "watch/1", "watch/2")]


def test_a_case_that_is_opened_again_is_told(truce):
    """Its closing was taken back."""
    closed = Response(id="red/2", by="red", to="watch/1", step="note", closes=True,
                      recorded="2020-01-14T00:00:00Z")  # fmt: skip
    back = Withdrawal(id="red/3", by="red", of="red/2", recorded="2020-01-16T00:00:00Z")
    before = cf.assess(truce, [attack(), closed], as_of="2020-01-15")
    after = cf.assess(truce, [attack(), closed, back], as_of="2020-01-16")
    assert told(before, cf.assess(truce, [attack()], as_of="2020-01-15")) == [
        ("case", "watch/1", "open", "closed", ("red/2",))
    ]
    assert ("case", "watch/1", "closed", "open", ("red/2",)) in told(after, before)


def test_what_the_public_is_told_has_changed_rests_on_released_records_alone(truce):
    """A report that was not released changes nothing for it, and its count of changes does not show it."""
    shown = evolve(attack(), release="public")
    hidden = attack(number=2, day="2020-01-15")
    public = [
        cf.assess(truce, records, as_of="2020-01-16").for_audience("public")
        for records in ([shown], [shown, hidden])
    ]
    seen = [status.changes(status.at("2020-01-05")) for status in public]
    assert seen[0] == seen[1] != ()


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("another text", "not assessments of the same agreements"),
        ("for the public", "for the audience mechanism, the other for public"),
        ("with relays", "counts relayed statements"),
        ("of a later day", "as of a later day"),
        ("no assessment", "is no assessment: give one"),
    ],
)
def test_what_would_differ_for_another_reason_is_refused(truce, other, why):
    """Two texts, two audiences, two ways to count: what differs between them has not changed."""
    status = cf.assess(truce, [], as_of="2020-02-01")
    compared = {
        "another text": cf.assess(evolve(truce, title="Another"), [], as_of="2020-01-05"),
        "for the public": status.at("2020-01-05").for_audience("public"),
        "with relays": cf.assess(truce, [], as_of="2020-01-05", relays=True),
        "of a later day": status.at("2020-03-01"),
        "no assessment": "2020-01-05",
    }[other]
    for ask in (status.changes, status.key_figures):
        with pytest.raises(Incomparable, match=why):
            ask(compared)
    with pytest.raises(Incomparable, match=why):
        status.table("changes", since=compared)


def test_the_agreements_that_differ_are_named():
    """Those whose text is another, and those that only one of the two has; not those that are the same."""
    texts = {name: pen.truce(id=name, party=BOTH) for name in ("first", "second", "third")}
    now = cf.assess([texts["first"], texts["second"]], [], as_of="2020-02-01")
    then = cf.assess(
        [texts["first"], evolve(texts["second"], title="Another"), texts["third"]], [], as_of="2020-01-05"
    )
    with pytest.raises(Incomparable, match=r"\('second', 'third' differ\)"):
        now.changes(then)


def test_what_is_advised_against_two_audiences_helps(truce):
    """Records for the author's eyes alone on one side: for the mechanism the two compare."""
    own = evolve(attack(number=2), release="author")
    status, then = (
        cf.assess(truce, [attack(), own], as_of="2020-01-15"),
        cf.assess(truce, [], as_of="2020-01-15"),
    )
    with pytest.raises(Incomparable, match=r"\.for_audience\('mechanism'\) or --audience mechanism"):
        status.changes(then)
    with pytest.raises(Incomparable, match=r"\.for_audience\('public'\) or --audience public"):
        status.changes(then.for_audience("public"))
    (one,) = status.for_audience("mechanism").changes(then.for_audience("mechanism"))
    assert one.because == ("watch/1",)


def test_the_table_of_changes_is_flat(truce):
    """Rows that changed alike stand in one, joined as their owers are; since when has to be said."""
    status = cf.assess(truce, [], as_of="2020-01-25")
    (row,) = status.table("changes", since=status.at("2020-01-15"))
    assert row == {
        "kind": "commitment", "agreement": "truce", "commitment": "truce/withdraw;truce/withdraw",
        "owed_by": "red;blue", "record": None, "before": "none_recorded", "after": "overdue", "because": "",
        "codes": "by_deadline", "known_later": "", "cells": "compliance: none_recorded → overdue",
    }  # fmt: skip
    with pytest.raises(UnknownRow, match="changes since when"):
        status.table("changes")
    with pytest.raises(UnknownRow, match="since is for the tables changes and key_figures"):
        status.table("due", since=status)


def test_a_count_that_makes_nothing_alleged_is_no_change(truce):
    """A published zero is in the list of counts; no row stands otherwise."""
    none = Tally(
        id="red/1", by="red", recorded="2020-01-13T00:00:00Z", period="2020-01-12", count=0, act="attack"
    )
    status = cf.assess(truce, [none], as_of="2020-01-15")
    assert status.changes(status.at("2020-01-05")) == ()


def test_a_row_that_a_member_gained_is_a_change_from_nothing(truce):
    """Who joins a group owes by name what it owes from its first act on: the row was not there before."""
    stop = pen.commitment("stop", owed_by=["red", "blue"])
    joined = [{"group": "blue", "from": "2020-01-05"}]
    bands = pen.truce(stop, party=["red", "blue", {"id": "band", "member_of": joined}], rule="any")
    act = pen.incident(1, occurred="2020-01-12", recorded="2020-01-12T12:00:00Z", accused="band")
    status = cf.assess(bands, [act], as_of="2020-01-15")
    later = {one.rows[0][1]: one for one in status.changes(status.at("2020-01-05")) if one.rows}
    assert (later["band"].before, later["band"].after) == (None, "breached")
    assert all(cell.before is None for cell in later["band"].cells)
    (row,) = [
        row for row in status.table("changes", since=status.at("2020-01-05")) if row["owed_by"] == "band"
    ]
    assert "compliance: – → breached" in row["cells"]


def test_a_case_in_a_table_is_open_or_not_in_words(truce):
    """JSON keeps the cells as values, with each row as its commitment and who owes it."""
    closed = Response(id="red/2", by="red", to="watch/1", step="note", closes=True,
                      recorded="2020-01-14T00:00:00Z")  # fmt: skip
    before = cf.assess(truce, [attack()], as_of="2020-01-15")
    status = cf.assess(truce, [attack(), closed], as_of="2020-01-15")
    (row,) = status.table("changes", since=before)
    assert (row["kind"], row["cells"]) == ("case", "open: yes → no")
    (entry,) = map(as_entry, status.changes(before))
    assert entry["cells"] == [{"name": "open", "before": True, "after": False}]
    (passed,) = map(as_entry, before.at("2020-01-25").changes(before))
    assert passed["rows"] == [
        {"commitment": "truce/withdraw", "owed_by": "red"},
        {"commitment": "truce/withdraw", "owed_by": "blue"},
    ]


def test_what_goes_on_and_then_ended_is_told_by_the_finding_that_says_so(truce):
    """The same act is a breach of the same row, before and after: what differs is that it no longer goes on."""
    lasting = attack(occurred={"from": "2020-01-12"})
    records = [lasting, finding("watch/1")]
    ended = finding("watch/1", number=10, ended="2020-01-14T00:00:00Z", outcome=None, attributed_to=None)
    (one,) = cf.assess(truce, [*records, ended], as_of="2020-01-15").changes(
        cf.assess(truce, records, as_of="2020-01-15")
    )
    assert (one.before, one.after, one.because) == ("breached", "breached", ("red/10",))
    assert [tuple(cell) for cell in one.cells] == [("ongoing", True, False)]


def test_a_correction_without_effect_is_behind_no_change(truce):
    """Somebody else's correction of a report changes nothing; what is told is the finding that does."""
    foreign = Correction(id="red/2", by="red", of="watch/1", recorded="2020-01-13T00:00:00Z",
                         set={"act": "attack.shelling"})  # fmt: skip
    before = cf.assess(truce, [attack()], as_of="2020-01-15")
    changes = cf.assess(truce, [attack(), foreign, finding("watch/1")], as_of="2020-01-15").changes(before)
    assert {one.because for one in changes} == {("watch/1", "red/9")}


def test_findings_on_each_other_are_told_of_without_end(truce):
    """Two findings that each judge the other are of no act, and asking when they became known comes to an end."""
    circle = [finding("blue/9"), finding("red/9", by="blue")]
    status = cf.assess(truce, circle, as_of="2020-01-15")
    ledger = view_of(status).outcome.basis.ledger
    assert ledger.tells_of("red/9", view_of(status).as_of)
    assert {problem["code"] for problem in status.to_dict()["problems"]} == {"not_a_claim"}


def test_each_cell_of_what_was_suspended_is_told(truce):
    """The state and since when, of the agreement; the phase and since when, of its rows."""
    stop = Decision(id="red/1", by="red", recorded="2020-01-11T00:00:00Z", occurred="2020-01-11",
                    does="suspend", agreement="truce")  # fmt: skip
    status = cf.assess(truce, [stop], as_of="2020-01-15")
    agreement, rows = status.changes(status.at("2020-01-05"))
    days = ("2020-01-01T00:00:00Z", "2020-01-11T00:00:00Z")
    assert [tuple(cell) for cell in agreement.cells] == [("state", "in_force", "suspended"), ("from", *days)]
    assert (rows.before, rows.after) == ("active", "suspended"), "where the phase moved, it tells more"
    assert [tuple(cell) for cell in rows.cells] == [("phase", "active", "suspended"), ("phase_from", *days)]


def test_counts_found_to_be_breaches_are_told_each_with_its_record(truce):
    """Two totals of which no act is told: so many by each."""
    totals = [
        Tally(id=f"red/{n}", by="red", recorded="2020-01-13T00:00:00Z", period="2020-01-12", count=n + 1,
              act="attack", accused=("blue",), ruled=True)
        for n in (1, 2)
    ]  # fmt: skip
    found = [finding(f"red/{n}", number=10 + n) for n in (1, 2)]
    status = cf.assess(truce, [*totals, *found], as_of="2020-01-15")
    (one,) = status.changes(status.at("2020-01-05"))
    assert ("ruled", None, "red/1: 2;red/2: 3") in [tuple(cell) for cell in one.cells]


def test_each_cell_of_a_claim_that_moves_no_row_is_told(truce):
    """An act before the truce is determined, put under two duties, and taken back: a claim like another."""
    early = attack(occurred="2019-12-20", act="roadblock")
    duties = ("truce/quiet", "truce/withdraw")
    grave = finding("watch/1", attributed_to=("blue", "red"), severity="minor", commitments=duties)
    back = Withdrawal(id="watch/2", by="watch", of="watch/1", recorded="2020-01-16T00:00:00Z")
    nothing, alleged, found, gone = (
        cf.assess(truce, records, as_of="2020-01-17")
        for records in ([], [early], [early, grave], [early, back])
    )
    (first,) = alleged.changes(nothing)
    assert (first.agreement, first.record, first.before, first.after) == ("truce", "watch/1", None, "alleged")
    assert first.known_later == ("watch/1",)
    (second,) = found.changes(alleged)
    assert (second.before, second.after) == ("alleged", "established")
    assert [tuple(cell) for cell in second.cells] == [
        ("determination", "alleged", "established"), ("attributed_to", None, "blue;red"),
        ("severity", None, "minor"), ("under", None, ";".join(duties)),
    ]  # fmt: skip
    (both,) = gone.changes(nothing)
    assert (both.because, both.known_later) == (("watch/2",), ("watch/1", "watch/2"))
    (third,) = gone.changes(alleged)
    assert ("counts_as", "watch/1", None) in [tuple(cell) for cell in third.cells]


def test_a_second_report_of_one_act_is_told_with_the_row_it_counts_on_no_more(truce):
    """It is behind the change of the row, and so is no change by itself; its row in a table names nobody else."""
    two = [attack(), attack(number=2)]
    same = finding("watch/2", outcome=None, attributed_to=None, same_as="watch/1")
    status = cf.assess(truce, [*two, same], as_of="2020-01-15")
    assert [one.kind for one in status.changes(cf.assess(truce, two, as_of="2020-01-15"))] == ["commitment"]
    count = Tally(
        id="red/1", by="red", recorded="2020-01-13T00:00:00Z", period="2020-01-12", count=2, act="attack"
    )
    (row,) = cf.assess(truce, [count], as_of="2020-01-15").table("changes", since=status.at("2020-01-05"))
    assert (row["commitment"], row["owed_by"]) == ("truce/quiet", "")
