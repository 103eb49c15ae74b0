"""What is taken over from an earlier assessment: nothing that another day or a record more bears on, all else.

On one small history with every kind of record (history.py). The property for drawn histories stands
in tests/properties/test_again.py.
"""

from itertools import chain

import history
import pytest
from history import AS_OF, RECORDS, record

import pen
from ceasefire.assessment import assess
from ceasefire.assessment.determination.reuse import differ_from, same
from ceasefire.assessment.obligations.reuse import alike, standing
from ceasefire.assessment.result.view import view_of
from ceasefire.clock import FOREVER, instant
from ceasefire.errors import RecordError
from ceasefire.record import from_json
from ceasefire.record.order import merged

DAYS = [
    "2020-01-05",
    "2020-01-11",
    "2020-01-25",
    "2020-02-03",
    "2020-02-11",
    "2020-02-20",
    "2020-03-02",
    AS_OF,
]


def told(status):
    """All that an assessment says, and the records it looked at in their order."""
    return status.to_dict(), list(status.records)


@pytest.fixture(scope="module")
def truce():
    """Return the agreement the history is under."""
    return history.truce()


@pytest.mark.parametrize("days", [DAYS, DAYS[::-1]], ids=["on", "back"])
def test_each_day_is_told_as_if_it_had_been_asked_first(truce, days):
    """From day to day, with the period before it."""
    status = assess(truce, RECORDS, as_of=days[0])
    for day in days[1:]:
        status = status.at(day, since="2020-01-03")
        assert status.to_dict() == assess(truce, RECORDS, as_of=day, since="2020-01-03").to_dict()


@pytest.mark.parametrize("turned", [False, True], ids=["as they came", "the last first"])
def test_records_that_come_one_by_one_are_told_as_if_they_had_come_at_once(truce, turned):
    """Amendments after what they amend, or before it; what a record names, known before or after it."""
    several = RECORDS[::-1] if turned else RECORDS
    status = assess(truce, several[:1], as_of=AS_OF)
    for place in range(1, len(several)):
        status = status.plus(several[place])
        assert told(status) == told(assess(truce, several[: place + 1], as_of=AS_OF)), several[place].id


@pytest.mark.parametrize("place", range(len(RECORDS)), ids=[r.id for r in RECORDS])
def test_whichever_record_comes_last_it_is_told_as_if_it_had_come_with_the_others(truce, place):
    """All but one, and then that one; on the same day and on an earlier one."""
    others = [*RECORDS[:place], *RECORDS[place + 1 :]]
    whole = assess(truce, others, as_of=AS_OF).plus(RECORDS[place])
    assert whole.to_dict() == assess(truce, [*others, RECORDS[place]], as_of=AS_OF).to_dict()
    assert whole.at("2020-02-20").to_dict() == assess(truce, RECORDS, as_of="2020-02-20").to_dict() | {
        "made_from": whole.to_dict()["made_from"]
    }


def test_what_had_not_been_received_is_left_out_of_what_is_added(truce):
    """As known on a day, a record written later is not there, whenever it is given."""
    known = {"as_of": AS_OF, "known_at": "2020-01-31"}
    added = assess(truce, RECORDS[:20], **known).plus(*RECORDS[20:])
    assert added.to_dict() == assess(truce, RECORDS, **known).to_dict()


@pytest.mark.parametrize(
    "lines",
    [
        ['blue/90 correction 03-08 {"of": "blue/18", "set": {"on": "red/1"}}'],
        [
            'green/90 correction 03-08 {"of": "green/4", "set": {"act": "attack.shelling"}}',
            'blue/90 finding 03-09 {"on": "green/90", "outcome": "refuted"}',
            'green/91 withdrawal 03-10 {"of": "green/90"}',
        ],
    ],
    ids=["a finding that is on another record now", "a wording that was taken back after a finding on it"],
)
def test_a_finding_is_gone_from_where_it_no_longer_is(truce, lines):
    """It counted there before, and nothing that is new names it."""
    status, several = assess(truce, RECORDS, as_of=AS_OF), [*RECORDS]
    for line in lines:
        several.append(record(line))
        status = status.plus(several[-1])
        assert told(status) == told(assess(truce, several, as_of=AS_OF))


def test_what_is_found_anew_for_a_fork_goes_on_as_if_it_had_been_known(truce):
    """On another day, and for an audience, the records are called as they then are."""
    fork = [
        record('red/90@00000000000a incident 03-05 {"occurred": "2020-03-04", "act": "attack"}'),
        record('red/90 incident 03-05 {"occurred": "2020-03-03", "act": "attack", "release": "author"}'),
    ]
    status = assess(truce, RECORDS, as_of=AS_OF).plus(*fork)
    whole = assess(truce, [*RECORDS, *fork], as_of=AS_OF)
    assert told(status.at("2020-03-09")) == told(whole.at("2020-03-09"))
    for audience in ("author", "mechanism", "public"):
        assert told(status.for_audience(audience)) == told(whole.for_audience(audience))


# What is the same is not found again


def claims(status):
    """Return the claims as determined, by their ids."""
    return {claim.id: claim for heard in view_of(status).outcome.heard for claim in heard.claims}


def anew(before, after):
    """Return the claims that both have and that were determined anew for the second."""
    first, second = claims(before), claims(after)
    return sorted(name for name in first.keys() & second.keys() if first[name] is not second[name])


@pytest.mark.parametrize("back", [False, True], ids=["on", "back"])
def test_on_another_day_nothing_is_determined_anew_but_what_silence_or_memberships_decide(truce, back):
    """Members may have been silent for long enough by then; who left a group by then was in it before."""
    days = ("2020-02-14", "2020-02-25")[:: -1 if back else 1]
    status = assess(truce, RECORDS, as_of=days[0])
    later = status.at(days[1])
    assert anew(status, later) == ["blue/7", "red/12", "red/13"]
    last = assess(truce, RECORDS, as_of=AS_OF)
    assert anew(last, last.at("2020-03-20")) == ["blue/7", "red/12", "red/13"]


def test_a_report_of_an_act_counts_under_the_first_one_once_that_is_known(truce):
    """It says that it reports the same act as a record that came after it: till then it counts itself."""
    act = '{"occurred": "2020-03-04", "act": "attack", "zone": "north"}'
    first = record(f"red/90 incident 03-05 {act}")
    again = record(f'blue/90 incident 03-05 {act[:-1]}, "same_as": "red/90"}}')
    status = assess(truce, [*RECORDS, again], as_of=AS_OF)
    assert claims(status)["blue/90"].counts_as == "blue/90"
    assert claims(status.plus(first))["blue/90"].counts_as == "red/90"


#: Of the militia, over some weeks; one of the members who determine it may be on its side before it is done.
DONE = '"commitment": "report", "performer": "militia"'
OVER_WEEKS = (
    f'green/91 performance 01-22 {{"occurred": {{"from": "2020-01-21", "to": "2020-02-25"}}, {DONE}}}'
)
JOINED = (
    'red/91 membership 02-16 {"occurred": "2020-02-15", "actor": "militia", "group": "red"}',
    'blue/91 finding 02-16 {"on": "red/91", "outcome": "confirmed"}',
)


@pytest.mark.parametrize("days", [("2020-02-10", "2020-03-01"), ("2020-03-01", "2020-02-10")])
def test_who_joined_a_side_before_a_performance_was_complete_is_judged_by_it_no_more(days):
    """It is judged as of its completion: what red said of it before the militia was its own does not count then."""
    any_of_them = history.truce(rule="any", silence=None)
    first = f'green/90 performance 01-21 {{"occurred": "2020-01-20", {DONE}}}'
    last = f'green/92 performance 02-21 {{"occurred": "2020-02-20", {DONE}, "same_as": "green/90"}}'
    confirmed = 'red/90 finding 01-23 {"on": "green/91", "outcome": "confirmed"}'
    the_same = 'red/90 finding 01-23 {"on": "green/91", "same_as": "green/90"}'
    for lines, changes in (
        ((OVER_WEEKS, confirmed, *JOINED), {("green/91", "established"), ("green/91", "under_review")}),
        (
            (first, OVER_WEEKS, the_same, *JOINED, last),
            {("green/91", "duplicate"), ("green/91", "under_review")},
        ),
    ):
        several = [record(line) for line in lines]
        status = assess(any_of_them, several, as_of=days[0])
        then = status.at(days[1])
        assert told(then) == told(assess(any_of_them, several, as_of=days[1]))
        of_it = {(name, c.determination) for one in (status, then) for name, c in claims(one).items()}
        assert {one for one in of_it if one[0] == "green/91"} == changes


def test_an_event_that_is_corrected_later_is_told_in_its_newest_wording(truce):
    """Its time is the same, and nobody has judged it."""
    event = record('red/90 event 03-05 {"occurred": "2020-03-04", "name": "talks"}')
    correction = record(
        'red/91 correction 03-06 {"of": "red/90", "set": {"place": {"name": "the old mill"}}}'
    )
    status = assess(truce, [*RECORDS, event], as_of=AS_OF).plus(correction)
    assert claims(status)["red/90"].entry.wording == "red/91"


def test_what_was_taken_back_is_not_determined_anew(truce):
    """Nobody else confirms it, on that day or on another."""
    back = record('green/9 withdrawal 03-07 {"of": "green/4"}')
    status = assess(truce, [*RECORDS, back], as_of=AS_OF)
    assert claims(status)["green/4"].determination == "withdrawn"
    assert "green/4" not in anew(status, status.at("2020-03-20"))


def test_what_was_taken_back_is_gone_once_who_confirmed_it_refutes_an_equal_record(truce):
    """A finding on either is on the one claim, also where both records were taken back."""
    one, other = (
        record(f'blue/{number} event 03-0{day} {{"occurred": "2020-02-28", "name": "talks"}}')
        for number, day in ((90, 1), (92, 4))
    )
    back = [record(f'blue/{n + 1} withdrawal 03-05 {{"of": "blue/{n}"}}') for n in (90, 92)]
    confirmed, refuted = (
        record(f'red/{n} finding 03-0{n - 84} {{"on": "blue/{on}", "outcome": "{outcome}"}}')
        for n, on, outcome in ((90, 90, "confirmed"), (91, 92, "refuted"))
    )
    status = assess(truce, [*RECORDS, one, back[0], confirmed], as_of=AS_OF)
    assert claims(status)["blue/90"].determination == "established"
    later = status.plus(other, back[1], refuted)
    assert claims(later)["blue/90"].determination == "withdrawn"


PLAIN = record('red/90 incident 03-05 {"occurred": "2020-03-04", "act": "attack"}')


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('red/90 branch 03-05 {"keep": "00000000000a"}', "may settle a fork"),
        ('red/90 erasure 03-05 {"of": "red/1", "reason": "asked"}', "tells of a body that is gone"),
        ('red/90@00000000000a incident 03-05 {"occurred": "2020-03-04", "act": "attack"}', "is of a fork"),
        ('red/90 finding 03-05 {"on": "red/1@00000000000a", "outcome": "refuted"}', "names one"),
        ('red/1 incident 03-05 {"occurred": "2020-03-04", "act": "attack"}', "has an id that is taken"),
    ],
)
def test_what_is_rare_is_found_anew_from_all_records(truce, line, why):
    """Such a record may change what others are called, or whether they have effect."""
    status = assess(truce, RECORDS, as_of=AS_OF)
    more = status.plus(record(line))
    assert view_of(more).fresh is None, why
    assert view_of(status.plus(PLAIN)).fresh is not None
    assert more.to_dict() == assess(truce, [*RECORDS, record(line)], as_of=AS_OF).to_dict()


def test_two_records_of_one_id_are_found_anew(truce):
    """Also where both are new."""
    status = assess(truce, RECORDS, as_of=AS_OF)
    other = record('red/90 incident 03-05 {"occurred": "2020-03-03", "act": "attack"}')
    more = status.plus(PLAIN, other)
    assert view_of(more).fresh is None
    assert more.to_dict() == assess(truce, [*RECORDS, PLAIN, other], as_of=AS_OF).to_dict()


def test_beside_a_fork_all_is_found_anew(truce):
    """Nobody knows which branch a further record is on."""
    fork = record('red/80@00000000000a incident 03-05 {"occurred": "2020-03-04", "act": "attack"}')
    status = assess(truce, [*RECORDS, fork], as_of=AS_OF)
    assert view_of(status.plus(PLAIN)).fresh is None


@pytest.mark.parametrize("missing", ["id", "by"])
def test_a_record_that_cannot_be_assessed_is_refused_as_if_it_had_come_with_the_others(truce, missing):
    """It has no id, or no author."""
    fields = {"kind": "event", "by": "red", "id": "red/90", "occurred": "2020-03-04", "name": "meeting"}
    unwritten = from_json({name: value for name, value in fields.items() if name != missing})
    with pytest.raises(RecordError, match="has no id or no author"):
        assess(truce, RECORDS[:1], as_of=AS_OF).plus(unwritten)


# By time


def assessed(*records, owed="stop", **terms):
    """Return what is determined of records, and the obligation of blue, at the end of March."""
    agreement = pen.truce(owed, rule="any", party=["red", "blue", "green"], **terms)
    outcome = view_of(assess(agreement, records, as_of="2020-03-31")).outcome
    return outcome.heard[0], outcome.obligations["truce/stop"]


def responsibility(*records, **terms):
    """Return whose acts count on whose row of a commitment, with its life."""
    return assessed(*records, **terms)[1].responsibility


def day(number):
    """Return when a day of January began."""
    return f"2020-01-{number:02d}T00:00:00Z"


def paused(first, last):
    """Return the decision that all is suspended from one day of January until another."""
    return pen.decision(first, does="suspend", agreement="truce", occurred=day(first), until=day(last))


def over(on):
    """Return the decision that the truce ends on a day of January."""
    return pen.decision(on, does="terminate", agreement="truce", occurred=day(on))


@pytest.mark.parametrize(
    ("one", "other", "same_times"),
    [
        ((), (), True),
        ((paused(10, 20),), (paused(10, 20),), True),
        ((), (over(20),), False),
        ((), (paused(10, 20),), False),
        ((paused(10, 20),), (paused(12, 20),), False),
        ((paused(10, 20),), (paused(10, 30),), False),
        ((paused(10, 20), paused(24, 26)), (paused(10, 20),), False),
    ],
)
def test_two_lives_of_a_commitment_are_alike_where_it_was_in_effect_at_the_same_times(one, other, same_times):
    """When each suspension began and ended, when it ended."""
    assert alike(responsibility(*one), responsibility(*other)) is same_times
    assert alike(responsibility(*other), responsibility(*one)) is same_times


def test_a_life_that_began_later_or_never_is_not_alike():
    """Two that never began are."""
    whole, later = (
        responsibility(owed=pen.commitment("stop", starts=start)) for start in ("2020-01-05", "2020-01-10")
    )
    never = responsibility(in_force="by-decision")
    assert alike(never, never)
    assert not any([alike(whole, later), alike(later, whole), alike(never, whole), alike(whole, never)])


def test_where_others_are_bound_or_what_was_done_may_bear_on_it_nothing_is_alike():
    """An omission hangs on all performances."""
    both = responsibility(owed=pen.commitment("stop", owed_by=["red", "blue"]))
    member = responsibility(pen.membership(actor="green", group="blue"), pen.incident(2, accused="green"))
    for other in (both, member):
        assert not alike(other, responsibility())
    for duty, expected in (("achieve", False), ("recur", False), ("maintain", True), ("permit", True)):
        more = {"achieve": {"due": "2020-03-01"}, "recur": {"every": "P1M"}}.get(duty, {})
        same = responsibility(owed=pen.commitment("stop", duty=duty, **more))
        assert alike(same, same) is expected


def test_effects_stand_of_claims_that_are_the_same_where_all_is_alike():
    """Of those that did not last: what lasts is seen further on another day."""
    acts = [pen.incident(n, occurred=day(n), accused="blue") for n in (10, 20)]
    lasting = pen.incident(1, occurred={"from": "2020-01-02", "to": "2020-01-03"}, accused="blue")
    determined, before = assessed(*acts, lasting)
    unchanged = same(determined, determined.claims)
    found, alike_too = standing(unchanged, before.weighed, before.responsibility, responsibility())
    assert [effect.claim.id for effect in before.incident_effects] == ["red/1", "red/10", "red/20"]
    assert found.effects() == before.incident_effects[1:]
    assert alike_too is unchanged.instant
    others = responsibility(owed=pen.commitment("stop", owed_by=["red", "blue"]))
    for other in (responsibility(over(20)), others):
        found, alike_too = standing(unchanged, before.weighed, before.responsibility, other)
        assert (found.effects(), alike_too) == ((), frozenset())


def test_accounts_of_memberships_differ_from_the_first_change_that_only_one_has():
    """Those that both have tell nothing."""
    joined = [pen.membership(n, actor="green", group="blue", occurred=day(n)) for n in (10, 20, 30)]
    all_three, first, last_two = (
        assessed(*several)[0].changes for several in (joined, joined[:1], joined[1:])
    )
    assert differ_from(all_three, all_three) == FOREVER
    assert differ_from(all_three, first) == instant(day(20)).us
    assert differ_from(last_two, all_three) == instant(day(10)).us


@pytest.mark.parametrize("many", [3, 16, 17, 40])
def test_two_ordered_lists_are_put_together_in_order(many):
    """However many the one has beside the other."""
    several, more = list(range(0, 2 * many, 2)), [-1, 3]
    wanted = sorted(chain(several, more))
    assert merged(several.copy(), more, lambda n: n) == wanted
    assert merged(several.copy(), [], lambda n: n) == several
    assert merged([], more, lambda n: n) == more
