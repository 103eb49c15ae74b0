"""The rows after a few records more, from what these bear on alone: those of assessing all anew, and nothing else is found.

On the small history with every kind of record (history.py), and on one of incidents
alone. The property for drawn histories stands in tests/properties/test_again.py.
"""

import json

import history
import pytest
from history import AS_OF, RECORDS, record

import pen
from ceasefire.assessment import assess
from ceasefire.assessment.result.lists import joined

#: Beside a commitment that others wait for (`stop`), two that nobody waits for and one to ensure them.
BESIDES = (
    pen.commitment("calm", duty="refrain", owed_by=["front", "blue"], acts="movement"),
    pen.commitment("watch", duty="maintain", owed_by="red", ensures="calm"),
    pen.commitment("quiet", duty="refrain", owed_by="blue", acts="provocation", zones=["south"]),
    pen.commitment("leave", duty="achieve", owed_by="front", acts="territory", due="2020-03-01"),
    pen.commitment("declare", duty="declare"),
)
MOVE = {"occurred": "2020-03-04", "act": "movement", "zone": "north"}


@pytest.fixture(scope="module")
def truce():
    """Return the agreement the histories are under."""
    return history.truce(*BESIDES)


def only_rows(status):
    """Tell whether nothing was found beside the rows: all else is still to be found, once it is asked for."""
    return status.fresh is not None and "whole" not in vars(status)


def line(name, kind, day, **fields):
    """Return a record from its id, its kind, the day of 2020 it was written and its fields."""
    return record(f"{name} {kind} {day} {json.dumps(fields)}")


def move(name="green/80", **fields):
    """Return an incident that nobody waits for."""
    return line(name, "incident", "03-05", **MOVE | fields)


def on(target, name="red/90", **said):
    """Return a finding."""
    return line(name, "finding", "03-20", on=target, **said)


CONFIRMED = {"outcome": "confirmed", "attributed_to": "blue"}
ACCUSED = move(accused=["blue"])
AGREED = (on("green/80", "red/90", **CONFIRMED), on("green/80", "blue/90", **CONFIRMED))
MADE_GOOD = (
    line("red/95", "response", "03-21", to="green/80", step="remedy", occurred="2020-03-20"),
    on("red/95", "blue/95", outcome="confirmed"),
)
#: What comes after which records, and what that is.
ALONE = {
    "an act of somebody": ((), [ACCUSED]),
    "an act of nobody in particular": ((), [move()]),
    "an act that certainly fell under nothing": ((), [move(act="civilians")]),
    "an act in another place": ((), [move(act="provocation", accused=["blue"])]),
    "an act of which it is unclear where": ((), [move(act="provocation", zone=None, accused=["blue"])]),
    "an act of one who owes nothing": ((), [move(accused=["green"])]),
    "an act of a member that has a row": ((move("green/70", accused=["militia"], occurred="2020-01-20"),),
                                          [move(accused=["militia"], occurred="2020-01-21")]),
    "an act that is made an exception": ((), [move(commitments=["watch"], accused=["red"])]),
    "an allegation of what others wait for": ((), [move(act="attack", accused=["front"])]),
    "an act that goes on": ((), [move(occurred={"from": "2020-03-04"}, accused=["blue"])]),
    "findings on an act as it comes": ((), [ACCUSED, *AGREED]),
    "findings on an act known already": ((ACCUSED,), [*AGREED]),
    "a finding beside others": ((ACCUSED, AGREED[0]), [AGREED[1]]),
    "a finding that disputes": ((ACCUSED, *AGREED), [on("green/80", "red/91", outcome="refuted")]),
    "findings that it was another": ((ACCUSED, *AGREED), [
        on("green/80", "red/91", attributed_to="front"), on("green/80", "blue/91", attributed_to="front")]),
    "findings that it was somewhere else": ((ACCUSED, *AGREED), [
        on("green/80", "red/91", ground="accident"), on("green/80", "blue/91", ground="accident")]),
    "findings that it falls under something else": ((ACCUSED, *AGREED), [
        on("green/80", "red/91", commitments=["quiet"]), on("green/80", "blue/91", commitments=["quiet"])]),
    "findings on a breach that it went on until": ((move(occurred={"from": "2020-03-04"}, accused=["blue"]),
                                                    *AGREED), [
        on("green/80", "red/91", ended="2020-03-06"), on("green/80", "blue/91", ended="2020-03-06")]),
    "a finding by one who is no member": ((ACCUSED,), [on("green/80", "front/90", outcome="refuted")]),
    "a finding on how grave it was": ((ACCUSED,), [on("green/80", "red/90", severity="minor")]),
    "a finding on a breach that was made good": ((), [on("red/24", outcome="inconclusive")]),
    "an answer to somebody": ((), [line("front/90", "response", "03-20", to="red/1", step="reply")]),
    "a grade": ((), [line("red/90", "appraisal", "03-20", commitment="handover", period="2020-03",
                          grade="full")]),
    "a count": ((), [line("red/90", "tally", "03-20", period="2020-03-04", count=3, act="movement")]),
    "a count of what others wait for": ((), [
        line("red/90", "tally", "03-20", period="2020-03-04", count=3, act="attack", zone="north")]),
    "a count beside a count": ((), [
        line(f"red/{n}", "tally", "03-20", period="2020-03-04", count=n, act="movement") for n in (90, 91)]),
    "a count of nothing": ((), [line("red/90", "tally", "03-20", period="2020-03-04", count=0, act="movement")]),
    "a count of nothing named": ((), [line("red/90", "tally", "03-20", period="2020-03-04", count=3)]),
    "a count of a time to come": ((), [
        line("red/90", "tally", "03-20", period="2020-04-11", count=3, act="movement")]),
    "findings that nobody's act was none, beside a count": (
        (move(), line("red/90", "tally", "03-20", period="2020-03-04", count=3, act="movement")),
        [on("green/80", n, outcome="refuted") for n in ("red/91", "blue/91")]),
    "a count beside an act": ((), [
        ACCUSED, line("red/90", "tally", "03-20", period="2020-03-04", count=3, act="movement"),
        move("green/81", accused=["front"])]),
    "a count up to the very end": ((), [
        line("red/90", "tally", "03-20", period="2020-04-10", count=3, act="movement")]),
    "an act at the very end": ((), [move(occurred="2020-04-10T23:59:59.999999Z", accused=["blue"])]),
    "findings that what was made good was another": ((ACCUSED, *AGREED, *MADE_GOOD), [
        on("green/80", "red/91", attributed_to="front"), on("green/80", "blue/91", attributed_to="front")]),
    "nothing": ((), []),
}  # fmt: skip
MORE = {
    "an act that an earlier record names": ((on("green/80", **CONFIRMED),), [ACCUSED]),
    "an act that an earlier amendment names": (
        (line("green/90", "withdrawal", "03-20", of="green/80"),), [ACCUSED]),
    "an act that an earlier report says it is of": ((move("green/81", same_as="green/80"),), [ACCUSED]),
    "an act that had not occurred": ((), [move(occurred="2020-04-11")]),
    "an act said to be another": ((ACCUSED,), [move("green/81", same_as="green/80")]),
    "a finding that an act is another": ((ACCUSED, move("green/81")), [on("green/81", same_as="green/80")]),
    "a finding on an act said to be another": ((ACCUSED, move("green/81", same_as="green/80")), [AGREED[0]]),
    "a finding on the other report": ((ACCUSED, move("green/81", same_as="green/80")), [on("green/81", outcome="refuted")]),
    "a finding on what is no act": ((), [on("red/11", outcome="refuted")]),
    "a finding on what is not judged": ((), [on("red/15", outcome="refuted")]),
    "a finding on what is not known": ((), [on("purple/7", outcome="refuted")]),
    "a finding on what had not occurred": ((move(occurred="2020-04-11"),), [AGREED[0]]),
    "a finding on an act that was corrected": (
        (ACCUSED, line("green/90", "correction", "03-06", of="green/80", set={"zone": "south"})), [AGREED[0]]),
    "a finding on an act that was taken back": (
        (ACCUSED, line("green/90", "withdrawal", "03-06", of="green/80")), [AGREED[0]]),
    "a breach that others wait for": (
        (move(act="attack", accused=["front"]),),
        [on("green/80", n, outcome="confirmed", attributed_to="front") for n in ("red/90", "blue/90")]),
    "an act of a member that has no row yet": ((), [move(accused=["militia"], occurred="2020-01-20")]),
    "a finding that it was no act of a member": (
        (move("red/80", accused=["militia"], occurred="2020-01-20"),),
        [on("red/80", "red/92", attributed_to="front")]),
    "a finding that names a member": (
        (move("red/80", occurred="2020-01-20"),), [on("red/80", "blue/92", attributed_to="militia")]),
    "what was not done": ((), [
        line("red/90", "incident", "03-20", occurred="2020-03-08", act="omission", commitments=["handover"],
             accused=["front"])]),
    "an act in the place of what was to be done": ((), [move(act="territory", accused=["front"])]),
    "an answer to a count": ((), [line("blue/90", "tally", "03-20", answers="red/15", confirmed=2)]),
    "a count of somebody's acts": ((), [
        line("red/90", "tally", "03-20", period="2020-03-04", count=3, act="movement", accused=["blue"])]),
    "a count against somebody": ((), [
        line("red/90", "tally", "03-20", period="2020-03-04", count=3, act="movement", against=["blue"])]),
    "a count of a member's acts": ((), [
        line("red/90", "tally", "01-21", period="2020-01-20", count=3, act="movement", accused=["militia"])]),
    "a ruling in aggregate": ((), [
        line("red/90", "tally", "03-20", period="2020-03-04", count=3, act="movement", accused=["blue"], ruled=True)]),
    "findings on a ruling in aggregate": (
        (ACCUSED, line("red/91", "tally", "03-20", period={"from": "2020-03-01", "to": "2020-03-04"}, count=3,
                       act="movement", accused=["blue"], ruled=True)),
        [on("red/91", f"{by}/95", outcome="confirmed") for by in ("red", "blue")]),
    "a remedy": ((), [line("red/90", "response", "03-20", to="red/24", step="remedy", occurred="2020-03-19")]),
    "what was done": ((), [
        line("red/90", "performance", "03-20", occurred="2020-03-08", commitment="report", performer="front")]),
    "a decision": ((), [line("red/90", "decision", "03-20", occurred="2020-03-08", does="suspend",
                             agreement="truce")]),
    "an act on a fork": ((), [move("green/80@00000000000a", accused=["blue"])]),
    "an act beside two records of one id": ((move("green/70"), move("green/70", zone="south")), [ACCUSED]),
    "an act beside an id with leading zeros": ((move("green/070"),), [ACCUSED]),
    "a branch": ((), [line("red/90", "branch", "03-20", keep="00000000000a")]),
    "an id known already": ((ACCUSED,), [ACCUSED]),
    "an id twice": ((), [ACCUSED, ACCUSED]),
}  # fmt: skip


@pytest.mark.parametrize("what", [*ALONE, *MORE])
@pytest.mark.parametrize("known", [RECORDS, []], ids=["beside a history", "alone"])
def test_the_rows_are_those_of_assessing_all_anew(truce, known, what):
    """One by one and all at once; and so is everything else, once it is asked for."""
    before, more = (ALONE | MORE)[what]
    first = assess(truce, [*known, *before], as_of=AS_OF)
    status = first
    for place, one in enumerate(more):
        status = status.plus(one)
        whole = assess(truce, [*known, *before, *more[: place + 1]], as_of=AS_OF)
        assert status.table("commitments") == whole.table("commitments")
    at_once = first.plus(*more)
    whole = assess(truce, [*known, *before, *more], as_of=AS_OF)
    assert at_once.table("commitments") == status.table("commitments") == whole.table("commitments")
    assert status.to_dict() == at_once.to_dict() == whole.to_dict()


@pytest.mark.parametrize("what", ALONE)
def test_nothing_is_found_beside_the_rows(truce, what):
    """Neither as records come, nor as rows are read."""
    before, more = ALONE[what]
    status = assess(truce, [*RECORDS, *before], as_of=AS_OF)
    for one in more:
        status = status.plus(one)
    status = status.plus()
    rows = {(row["commitment"], row["owed_by"]): row for row in status.table("commitments")}
    assert all(joined([status[key]]) == [row] for key, row in rows.items())
    assert f"{len(rows)} rows" in repr(status)
    assert only_rows(status)


@pytest.mark.parametrize("what", MORE)
def test_what_may_change_more_is_found_from_all_records(truce, what):
    """Other claims, other members with rows, what others wait for, what was owed by a day."""
    before, more = MORE[what]
    status = assess(truce, [*RECORDS, *before], as_of=AS_OF)
    assert not only_rows(status.plus(*more))


@pytest.mark.parametrize("act", ["movement", "civilians", "provocation"])
def test_each_agreement_judges_what_it_covers(truce, act):
    """Both, or one of them; what another one's mechanism finds is nothing to it."""
    still = pen.commitment("still", duty="refrain", owed_by="blue", acts=["movement", "civilians"])
    both = [truce, pen.truce(still, id="pact", party=["blue"], members=["blue"])]
    acts = [move(act=act, accused=["blue"])]
    acts += [on("green/80", f"{by}/90", commitments=["calm"], **CONFIRMED) for by in ("red", "blue")]
    status = assess(both, RECORDS, as_of=AS_OF)
    for place, one in enumerate(acts):
        status = status.plus(one)
        whole = assess(both, [*RECORDS, *acts[: place + 1]], as_of=AS_OF)
        assert status.table("commitments") == whole.table("commitments")
    assert status["calm", "blue"].breaches == (act != "civilians")


def test_a_breach_goes_on_whatever_comes_after_it(truce):
    """Another one that is over does not end it."""
    first = [move(occurred={"from": "2020-02-28"}, accused=["blue"]), *AGREED]
    then = [move("green/81", accused=["blue"])]
    then += [on("green/81", f"{by}/93", **CONFIRMED) for by in ("red", "blue")]
    status = assess(truce, first, as_of="2020-03-28").plus(*then)
    assert (status["calm", "blue"].breaches, status["calm", "blue"].ongoing) == (2, True)
    assert assess(truce, then, as_of="2020-03-28")["calm", "blue"].ongoing is False
    assert assess(truce, [*first, *then], as_of="2020-03-28")["calm", "blue"].ongoing is True


def test_what_was_done_makes_no_good_of_what_was_not_kept_up(truce):
    """By a finding, not doing something was a breach of what blue refrains from: an act like any other."""
    done = line("red/96", "performance", "03-20", commitment="calm", performer="blue", occurred="2020-01-01",
                timezone="Asia/Tokyo")  # fmt: skip
    known = [done, on("red/96", "blue/96", outcome="confirmed")]
    omitted = move(act="omission", accused=["blue"])
    found = [on("green/80", f"{by}/91", commitments=["calm"], **CONFIRMED) for by in ("red", "blue")]
    whole = assess(truce, [*known, omitted, *found], as_of=AS_OF)
    assert whole["calm", "blue"].compliance == "breached"
    status = assess(truce, known, as_of=AS_OF).plus(omitted).plus(*found)
    assert status.table("commitments") == whole.table("commitments")
    assert only_rows(status)


def test_many_records_more_are_sooner_found_all_at_once(truce):
    """Sixteen are added one by one; more of them, where they are more than one for 64 that were assessed."""
    acts = [move(f"green/{n}", accused=["blue"]) for n in range(101, 1206)]
    status = assess(truce, [], as_of=AS_OF).plus(*acts[:10]).plus(*acts[10:16])
    assert status["calm", "blue"].open == 16
    assert only_rows(status)
    assert not only_rows(status.plus(acts[16]))
    assert not only_rows(assess(truce, [], as_of=AS_OF).plus(*acts[:17]))
    known, more = acts[:-17], acts[-17:]
    assert len(known) == 17 * 64
    added = assess(truce, known, as_of=AS_OF).plus(*more)
    assert (added["calm", "blue"].open, only_rows(added)) == (len(acts), True)
    assert not only_rows(assess(truce, known[1:], as_of=AS_OF).plus(*more))


def test_once_all_was_found_further_records_are_added_to_that(truce):
    """Whatever else is asked for is found once, from all records, and not again for the next."""
    status = assess(truce, RECORDS, as_of=AS_OF).plus(ACCUSED)
    assert only_rows(status)
    assert status.claim("green/80").determination == "alleged"
    assert {"green/80"} <= {reason["record"] for reason in status.table("reasons")}
    more = status.plus(AGREED[0])
    assert more.first is status.whole
    assert only_rows(more)
    assert more["calm", "blue"].open == 1
    assert more.claim("green/80").determination == "under_review"
