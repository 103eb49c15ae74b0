"""Another day and records more: what is asked of them, and that what nothing changes is not found again."""

import pytest

import ceasefire as cf
import pen
from ceasefire.assessment.obligations.lateness import Lateness
from ceasefire.assessment.obligations.periods import Period
from ceasefire.assessment.result.view import view_of
from ceasefire.assessment.world.certainty import NO
from ceasefire.clock import instant
from ceasefire.journal import Journal
from ceasefire.record import Decision, Finding, Incident, Membership, Performance

KEY = "ed25519:O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik="


@pytest.fixture(scope="module")
def truce():
    """Return a truce in Damascus, of which any of two monitors decides."""
    cease = pen.commitment("cease", duty="refrain", owed_by="government", acts="attack")
    deliver = pen.commitment(
        "deliver", duty="achieve", owed_by="government", starts="2017-05-06", due="2017-05-31"
    )
    return pen.truce(
        cease,
        deliver,
        adopted="2017-05-04",
        timezone="Asia/Damascus",
        party=["monitor", "second", "government"],
        key=[{"party": "monitor", "key": KEY}],
        members=["monitor", "second"],
        rule="any",
        silence="P3D",
    )


def attack(name, occurred="2017-05-10T10:00:00Z", **more):
    """Return an attack by the government, as a monitor reports it."""
    said = {"by": "monitor", "act": "attack", "accused": "government", "recorded": "2017-05-12T12:00:00Z"}
    return Incident(**said | {"id": name, "occurred": occurred} | more)


RELEASE = Decision(
    id="let-go", by="second", does="release", commitment="truce/deliver", occurred="2017-06-03T10:00:00Z"
)


def fresh(truce, records, **asked):
    """Return everything that assessing anew says."""
    return cf.assess(truce, records, **asked).to_dict()


def test_another_day_asks_of_its_own_period(truce):
    """With `since` the spans are those of a fresh assessment, from the first instant of that day in Damascus."""
    records = [attack("a"), attack("b", occurred="2017-05-14T10:00:00Z")]
    status = cf.assess(truce, records, as_of="2017-05-11", since="2017-05-02")
    later = status.at("2017-05-15", since="2017-05-12")
    assert later.to_dict() == fresh(truce, records, as_of="2017-05-15", since="2017-05-12")
    assert later.to_dict()["asked"]["since"] == "2017-05-11T21:00:00Z"
    assert status.at("2017-05-15").to_dict()["asked"]["since"] is None


def test_another_day_refuses_a_period_that_ends_before_it_begins(truce):
    """The period is held against the day asked for, not against that of before."""
    status = cf.assess(truce, [], as_of="2017-05-20")
    with pytest.raises(cf.InvalidTime, match="lies after as_of"):
        status.at("2017-05-10", since="2017-05-12")


def test_what_nothing_changes_is_not_found_again(truce):
    """On another day a claim that is as it was is the same object."""
    status = cf.assess(truce, [attack("a"), attack("b")], as_of="2017-05-15")
    known = view_of(status).outcome.heard[0].by_id
    other = status.at("2017-05-16")
    found = view_of(other).outcome.heard[0].by_id
    assert found["a"] is known["a"]
    assert found["b"] is known["b"]
    assert view_of(other).outcome.heard[0].groups is view_of(status).outcome.heard[0].groups
    before, after = (
        view_of(one).outcome.obligations["truce/cease"].incident_effects for one in (status, other)
    )
    assert [incident.claim.id for incident in before] == ["a", "b"]
    assert tuple(after) == tuple(before)
    assert after[0].claim is before[0].claim
    reached = [
        view_of(one).outcome.materials["truce"].reached["truce/cease"].claims for one in (status, other)
    ]
    assert [claim is known["a"] for several in reached for claim in several] == [True, False] * 2
    assert view_of(other).outcome.basis is view_of(status).outcome.basis


def joined(name, occurred, actor="second"):
    """Return that somebody joined the monitors, as the second of them says: under rule `any` it did."""
    said = {"by": "monitor", "recorded": "2017-05-12T12:00:00Z", "basis": "mechanism"}
    return Membership(id=name, actor=actor, group="government", joins=True, occurred=occurred, **said)


def test_what_is_ruled_and_who_belongs_to_whom_is_kept(truce):
    """Memberships that are as they were are not determined again, nor what was ruled under them."""
    status = cf.assess(truce, [attack("a"), joined("m", "2017-05-09T10:00:00Z")], as_of="2017-05-15")
    (before,) = view_of(status).outcome.heard
    (after,) = view_of(status.at("2017-05-16")).outcome.heard
    assert after.by_id["m"] is before.by_id["m"]
    assert after.proceedings.rulings is before.proceedings.rulings
    assert after.groups is before.groups


def test_a_membership_changes_nothing_before_it_began(truce):
    """On a day by which one has begun, claims of before it are as they were, and those after it are found anew."""
    several = [attack("a"), attack("b", occurred="2017-05-14T10:00:00Z"), joined("m", "2017-05-12T10:00:00Z")]
    status = cf.assess(truce, several, as_of="2017-05-15")
    earlier = status.at("2017-05-12T09:00:00Z")
    again = earlier.at("2017-05-15")
    known, found = view_of(earlier).outcome.heard[0].by_id, view_of(again).outcome.heard[0].by_id
    assert found["a"] is known["a"]
    assert view_of(again).outcome.heard[0].groups is not view_of(earlier).outcome.heard[0].groups
    assert again.to_dict() == status.to_dict()


def test_equal_cases_are_ruled_once(truce):
    """What is ruled of a claim is ruled of each of which the same is said by the same."""
    heard = view_of(cf.assess(truce, [attack("a"), attack("b")], as_of="2017-05-15")).outcome.heard[0]
    assert heard.by_id["a"].ruling is heard.by_id["b"].ruling
    assert len(heard.proceedings.rulings) == 1


def test_whose_act_it_was_is_asked_once(truce):
    """Acts that differ in nothing that it hangs on share the answer, and only those."""
    several = [attack("a"), attack("b"), attack("c", occurred="2017-05-02"), attack("d", accused=())]
    status = cf.assess(truce, several, as_of="2017-05-15")
    responsibility = view_of(status).outcome.obligations["truce/cease"].responsibility
    claims = view_of(status).outcome.heard[0].by_id
    shared = []
    for name in ("a", "b", "c"):
        static = responsibility.scoping.static(claims[name], responsibility.life.commitment)
        bases = responsibility.bases(claims[name], static)
        shared.append(
            responsibility.concerned((responsibility.groups.tie("government", claims[name].times),), bases)
        )
    assert shared[0] is shared[1]
    assert shared[0] is not shared[2]


def test_records_more_are_among_the_records(truce):
    """They are there to be seen, counted, and told from what may not be seen."""
    status = cf.assess(truce, [attack("a")], as_of="2017-05-15")
    more = status.plus(attack("b", release="author"))
    assert [record.id for record in view_of(more).asked.records] == ["a", "b"]
    assert more.to_dict()["made_from"]["records"] == 2
    assert more.audience == "author"
    assert status.audience == "mechanism"
    assert more.plus(attack("c")).to_dict() == fresh(
        truce, [attack("a"), attack("b", release="author"), attack("c")], as_of="2017-05-15"
    )


def test_a_journal_does_not_vouch_for_what_it_does_not_hold(truce):
    """With records more there are no heads, and what the monitor adds is told to be under no seal."""
    journal = Journal.in_memory("monitor", clock=lambda: instant("2017-05-12T12:00:00Z"))
    journal.record(Incident(occurred="2017-05-10", act="attack", accused="government"))
    status = cf.assess(truce, journal, as_of="2017-05-15")
    assert status.to_dict()["made_from"]["heads"]
    more = status.plus(attack("a"))
    assert more.to_dict()["made_from"]["heads"] == {}
    (told,) = more.sealed
    assert told.unsealed == ("monitor/1", "a")


def test_a_status_that_catches_up_asks_what_it_asked(truce, tmp_path):
    """From what has come to its journal, or anew where that does not tell: as of the same day and period."""
    asked = {"as_of": "2017-05-15", "since": "2017-05-08", "relays": True}
    known = asked | {"known_at": "2017-05-14"}
    received = "2017-05-12T12:00:00Z"
    with Journal.open(tmp_path / "monitor.db", author="monitor") as journal:
        journal.record(Incident(occurred="2017-05-10", act="attack", accused="government"), at=received)
        status, then = cf.assess(truce, journal, **asked), cf.assess(truce, journal, **known)
        apart = status.plus(attack("a"))
        journal.record(Incident(occurred="2017-05-11", act="attack", accused="government"), at=received)
        assert then.caught_up(journal).to_dict() == fresh(truce, journal, **known)
        for caught in (status.caught_up(journal), apart.caught_up(journal)):
            assert caught.to_dict() == fresh(truce, journal, **asked)
            assert [record.id for record in view_of(caught).asked.records] == ["monitor/1", "monitor/2"]
        caught = status.caught_up(journal)
    assert caught.sealed[0].unsealed == ("monitor/1", "monitor/2")


def test_what_was_not_known_then_vouches_for_nothing(truce):
    """A record received after `known_at` is no part of the chain that seals are held against."""
    status = cf.assess(truce, [attack("a")], as_of="2017-05-15", known_at="2017-05-13")
    more = status.plus(attack("late", recorded="2017-05-14T12:00:00Z"))
    assert more.to_dict() == fresh(
        truce,
        [attack("a"), attack("late", recorded="2017-05-14T12:00:00Z")],
        as_of="2017-05-15",
        known_at="2017-05-13",
    )
    assert view_of(more).asked.vouched.found == view_of(status.plus()).asked.vouched.found


@pytest.mark.parametrize("known_at", [None, "2017-05-12", "2017-05-14"])
def test_a_fork_among_records_more_is_found_anew(truce, known_at):
    """Two histories of one author are a fork from when both were known, given at once or added."""
    other = "monitor/2@00000000000a"
    first = attack("monitor/1")
    more = [
        pen.finding(2, "monitor/1", "refuted", by="monitor", recorded="2017-05-12T13:00:00Z"),
        Finding(id=other, by="monitor", on="monitor/1", severity="minor", recorded="2017-05-13T12:00:00Z"),
        pen.finding(1, other, "refuted", by="second", recorded="2017-05-13T12:00:00Z"),
    ]
    asked = {"as_of": "2017-05-15"} | ({} if known_at is None else {"known_at": known_at})
    added = cf.assess(truce, [first], **asked).plus(*more)
    assert added.to_dict() == fresh(truce, [first, *more], **asked)
    forked = {p["record"] for p in added.to_dict()["problems"] if p["code"] == "fork"}
    assert bool(forked) == (known_at != "2017-05-12")
    assert view_of(added).asked.records == view_of(cf.assess(truce, [first, *more], **asked)).asked.records


def test_a_period_is_kept_by_what_certainly_lies_in_it():
    """Else it is alleged for what may lie in it, disputed for what is open, or missed."""

    def period(certain, unclear, still_open):
        names = tuple("abc")
        return Period(0, 7, True, names[:certain], names[:unclear], names[:still_open], ())

    told = {
        (certain, unclear, still_open): period(certain, unclear, still_open).state(2)
        for certain in range(3)
        for unclear in range(3)
        for still_open in range(3)
    }
    for (certain, unclear, still_open), word in told.items():
        if certain == 2:
            assert word == "kept"
        elif certain + unclear >= 2:
            assert word == "alleged"
        else:
            assert word == ("disputed" if certain + unclear + still_open >= 2 else "missed")


def test_what_does_not_count_was_not_in_time(truce):
    """A performance before the start is idle: it certainly does not count, whoever established it."""
    done = {"by": "second", "commitment": "truce/deliver", "performer": "government"}
    early = Performance(id="early", occurred="2017-05-05", **done)
    going = Performance(id="going", occurred={"from": "2017-05-07"}, **done)
    status = cf.assess(truce, [early, going], as_of="2017-05-15")
    idle = {one.claim.id: one for one in status.row("deliver", "government").performances.idle}
    assert (idle["going"].counts, idle["going"].in_time, idle["going"].code) == (NO, NO, "not_complete")
    assert (idle["early"].counts, idle["early"].code) == (NO, "too_early")
    assert idle["early"].in_time is not None
    late = cf.assess(truce, [Performance(id="x", occurred="2017-06-04", **done), RELEASE], as_of="2017-06-05")
    (one,) = late.row("deliver", "government").performances.idle
    assert (one.counts, one.in_time, one.code) == (NO, NO, "too_late")
    assert status.row("deliver", "government").late == Lateness("kept")
    before = cf.assess(truce, [Performance(id="x", occurred="2017-05-04", **done)], as_of="2017-05-05")
    (one,) = before.row("deliver", "government").performances.idle
    assert (one.counts, one.in_time, one.code) == (NO, NO, "too_early")


def test_every_act_bears_on_a_row_that_is_there(truce):
    """Without `acts` there is no row of nobody, and nothing bears on it."""
    named = attack("a", accused=(), commitments="truce/deliver")
    status = cf.assess(truce, [named, attack("b", accused=())], as_of="2017-05-15")
    rows = {(row.commitment, row.owed_by) for row in view_of(status).outcome.rows}
    for name, obligation in view_of(status).outcome.obligations.items():
        assert {(name, incident.row) for incident in obligation.incident_effects} <= rows
    assert len(view_of(status).outcome.obligations["truce/cease"].incident_effects) == 1


def test_the_ground_that_is_decided(truce):
    """The ground for which an act falls under no commitment is told as the finding calls it."""
    records = [attack("a"), Finding(id="f", by="second", on="a", ground="accident")]
    ruling = view_of(cf.assess(truce, records, as_of="2017-05-15")).outcome.heard[0].by_id["a"].ruling
    assert (ruling.ground, ruling.under) == ("accident", ())


def test_a_silence_that_nobody_can_count(truce):
    """A decision of which no record says when it was written has no silence that could end."""
    records = [Decision(id="pause", by="second", does="suspend", agreement="truce", occurred="2017-05-10")]
    status = cf.assess(truce, records, as_of="2017-05-15")
    assert status.claim("pause")["determination"] == "established"
    assert view_of(status).outcome.heard[0].by_id["pause"].ruling.silent == ()
    assert status.table("agreements")[0]["state"] == "suspended"
