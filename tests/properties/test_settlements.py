"""P35, P36: what settling the open claims can do to a row, whatever way they are settled."""

from datetime import date
from itertools import product

from changes import LATE, Scribe, effort, inner_rows, plus, rows
from hypothesis import given
from hypothesis import strategies as st
from stage import Lines, agreement, commitment

from ceasefire.testing import History, agreement_tables, read, records

#: Whether rows may rest on another's: that of a commitment with a condition, and that a repair makes good.
PHASE = ("phase", "phase_from")


def open_claims(status):
    """The incidents and performances that matter to some row, with the commitments to which they do."""
    found = {}
    for row in status.outcome.rows:
        mine = [b.claim.id for b in row.incident_effects if b.effect in ("alleged", "disputed")]
        for name in (*mine, *row.open_performances):
            found.setdefault(name, []).append(row.commitment)
    return found


def by_itself(world, name):
    """Whether the rows of a commitment rest on no other: it waits for none, and none repairs its breach."""
    repairs = (c.when for c in world.commitments.values() if c.when is not None and c.when.breach_of == name)
    return world.commitments[name].when is None and not any(when.repairs for when in repairs)


def ways(claim, commitments, breached=(), *, short=False):
    """The ways in which an open claim may be settled: what every member then finds.

    Of an established one only by whom it was, and under which commitments beside those it is a breach of.
    """
    if claim.entry.record.kind == "performance":
        return [{"outcome": "confirmed"}, {"outcome": "refuted"}]
    whom = list(claim.ruling.attributed or claim.ruling.accused) or ["unidentified"]
    done = {"outcome": "confirmed", "attributed_to": whom}
    under = [done | {"commitments": sorted({*commitments, *breached})}]
    if claim.established:
        none = done | ({"commitments": sorted(breached)} if breached else {"ground": "accident"})
        return [*under, none]
    if short:
        return [done, {"outcome": "refuted"}]
    found = [{"outcome": "refuted"}, {"outcome": "inconclusive"}, done, done | {"ground": "accident"}, *under]
    return [*found, *([done | {"attributed_to": whom[:1]}] if len(whom) > 1 else [])]


def breached_by(status, name):
    """The commitments of which a claim is a breach already."""
    return {
        r.commitment
        for r in status.outcome.rows
        for b in r.incident_effects
        if b.claim.id == name and b.effect in ("breach", "ruled")
    }


def settled(history, claims, answers):
    """The history with every member finding these answers on these claims, in their newest wording."""
    scribe = Scribe(after=2000)
    for claim, answer in zip(claims, answers, strict=True):
        for member in ("ant", "bee", "cat"):
            scribe.write(member, "finding", on=claim.entry.wording, **answer)
    return plus(history, scribe)


def unchanged(status, key, before, after):
    """Whether a row without open claims is as it was, but for a phase that is its group's."""
    owing = status.world.commitments[key[0]].owed_by
    if key[1] in owing or key[1] == "+".join(owing):
        return before == after
    mine = {k: v for k, v in before.items() if k not in PHASE}
    theirs = {k: v for k, v in after.items() if k not in PHASE}
    if None in (mine["compliance"], theirs["compliance"]):
        mine["compliance"] = theirs["compliance"] = None
    return mine == theirs


def lasting(status, row):
    """How many breaches a row keeps if whatever is said to have achieved its commitment is established.

    That ends the commitment, and what is done at that instant or later is no breach of it.
    """
    breaches = [b.at for b in row.incident_effects if b.effect == "breach"]
    if status.world.commitments[row.commitment].duty != "achieve":
        return len(breaches)
    ends = [
        done.at
        for performed in row.obligation.responsibility.performances.values()
        for done in performed.open
    ]
    return sum(1 for at in breaches if at < min(ends, default=at + 1))


def designated(history):
    """The actors that any record designates."""
    return {r.actor for r in history.records if r.kind == "membership" and r.role == "designated"}


def check_p35(history, status, there):
    """Every row keeps its answer, or its breaches end between what is and what is open."""
    after, inner, left_out = rows(there), inner_rows(status), designated(history)
    for key, row in rows(status).items():
        if key not in after or key[1] in left_out or not by_itself(status.world, key[0]):
            continue
        least = lasting(status, inner[key])
        if row["open"] == 0 and least == row["breaches"]:
            assert unchanged(status, key, row, after[key]), (key, row, after[key])
        else:
            assert least <= after[key]["breaches"] <= row["breaches"] + row["open"], (key, row)


def opened(status):
    """The open claims of an answer, determined; with the commitments to which each matters, and that it breaches."""
    found = open_claims(status)
    judged = {c.id: c for heard in status.outcome.heard for c in heard.claims if c.id in found}
    return [judged[name] for name in sorted(judged)], {n: (found[n], breached_by(status, n)) for n in judged}


@st.composite
def unsettled(draw):
    """A drawn history of an agreement with two commitments more, and one to three claims that nobody has answered."""
    tables = draw(agreement_tables(commitments=2))
    tables["commitment"].append(commitment("refrain", "x", acts=["attack"], owed_by=["north", "south"]))
    duty = draw(st.sampled_from(("achieve", "recur")))
    more = {"due": date(2017, 4, 1)} if duty == "achieve" else {}
    tables["commitment"].append(commitment(duty, "y", acts=["attack"], zones=["plain"], **more))
    accord = read(tables)
    scribe = Scribe()
    for _ in range(draw(st.integers(1, 3))):
        by = draw(st.sampled_from(("ant", "bee", "cat", "north")))
        occurred = draw(st.sampled_from(OCCURRED))
        if draw(st.booleans()):
            scribe.write(by, "performance", commitment="accord/y", performer="south", occurred=occurred)
            continue
        act = draw(st.sampled_from(("attack.shelling", "attack", "omission")))
        named = {"commitments": ["accord/y"]} if act == "omission" else {}
        accused = draw(st.sampled_from((["south"], ["reds"], ["north", "south"], [])))
        zone = draw(st.sampled_from(("plain", "river", None)))
        scribe.write(by, "incident", occurred=occurred, act=act, zone=zone, accused=accused, **named)
    return plus(History((accord,), draw(records(accord, most=6))), scribe)


OCCURRED = (
    *(f"2017-{day}T12:00:00Z" for day in ("03-30", "03-31", "04-01", "04-02")),
    "2017-04-01",
    {"from": "2017-03-30T12:00:00Z", "to": "2017-04-01T12:00:00Z"},
)


@effort(15)
@given(history=unsettled())
def test_p35_every_settlement_ends_between_breaches_and_breaches_plus_open(history):
    """For every settlement of the open incidents and performances, a row with `open` 0 is unchanged (but for a phase
    that is its group's, and a compliance that is null because of it), and else its breaches end between `breaches`
    and `breaches + open`.

    Settled are incidents as the act of those already named, or of nobody known where none is, under the commitments
    to which they matter: the act of a third party, or under another commitment, is another claim. Left out are
    commitments that wait for a breach or a fulfilment, and those whose breach a repair makes good: their rows rest on
    the claims of other rows, which their own `open` does not count. Left out, too, are the rows of designated actors:
    a finding that decides under what an act falls decides it of them as well, whom the rule leaves out. And what is
    done after something was achieved is no breach once that is established: `breaches` falls by as many.
    """
    status = history.assess(LATE)
    claims, under = opened(status)
    claims = claims[:2]
    for answers in product(*(ways(claim, *under[claim.id]) for claim in claims)):
        check_p35(history, status, settled(history, claims, answers).assess(LATE))


@effort(15)
@given(history=unsettled(), data=st.data())
def test_p36_settling_one_never_raises_open(history, data):
    """Settling one open claim never raises `open` of a row whose commitment has no `when`."""
    status = history.assess(LATE)
    claims, under = opened(status)
    before = rows(status)
    claim = data.draw(st.sampled_from(claims)) if claims else None
    for answer in [] if claim is None else ways(claim, *under[claim.id]):
        for key, row in rows(settled(history, [claim], [answer]).assess(LATE)).items():
            if key in before and status.world.commitments[key[0]].when is None:
                assert row["open"] <= before[key]["open"], (key, answer)


def six_open():
    """A history of six open claims on two commitments: attacks by one, both and nobody, and performances."""
    say = Lines()
    act = {"act": "attack.shelling", "occurred": "2017-03-30T12:00:00Z"}
    say("ant", "incident", **act, accused=["south"])
    say("bee", "incident", **act, accused=["reds"])
    say("cat", "incident", **act, accused=["north", "south"])
    say("ant", "incident", **act)
    say("bee", "performance", commitment="accord/c1", performer="south", occurred="2017-03-31T12:00:00Z")
    say("cat", "performance", commitment="accord/c1", performer="south", occurred="2017-04-02T12:00:00Z")
    refrain = commitment("refrain", "c0", acts=["attack"], owed_by=["north", "south"])
    achieve = commitment("achieve", "c1", due=date(2017, 4, 1))
    return say.history(agreement(refrain, achieve, rule="consensus"))


def test_p35_all_settlements_of_six_open_claims():
    """All settlements of six open claims, one after another: each row stays within its bounds at every step."""
    history = six_open()
    status = history.assess("2017-04-20")
    claims, under = opened(status)
    assert len(claims) == 6
    for answers in product(*(ways(claim, *under[claim.id], short=True) for claim in claims)):
        there = settled(history, claims, answers).assess("2017-04-20")
        check_p35(history, status, there)
        assert not open_claims(there)


def test_p36_all_settlements_of_six_open_claims_one_by_one():
    """Settling six open claims one by one, in whichever way, never raises `open` of any row."""
    history = six_open()
    claims, under = opened(history.assess("2017-04-20"))
    answered = {(): rows(history.assess("2017-04-20"))}
    for number in range(1, 7):
        options = (ways(claim, *under[claim.id], short=True) for claim in claims[:number])
        for answers in product(*options):
            key = tuple(answer["outcome"] for answer in answers)
            answered[key] = rows(settled(history, claims[:number], answers).assess("2017-04-20"))
            before = answered[key[:-1]]
            assert all(row["open"] <= before[k]["open"] for k, row in answered[key].items() if k in before)


def test_p35_what_is_done_after_an_achievement_is_no_breach_once_it_is_established():
    """The corner in which `breaches` falls: the end of the commitment was open, the act after it was not."""
    say = Lines()
    say("bee", "performance", commitment="accord/c1", performer="south", occurred="2017-03-30T12:00:00Z")
    shelling = say(
        "ant", "incident", act="attack.shelling", occurred="2017-03-31T12:00:00Z", accused=["south"]
    )
    for member in ("ant", "bee", "cat"):
        say(member, "finding", on=shelling, outcome="confirmed", attributed_to=["south"])
    achieve = commitment("achieve", "c1", acts=["attack"], due=date(2017, 4, 1))
    history = say.history(agreement(achieve, rule="consensus"))
    status = history.assess("2017-04-20")
    claims, _ = opened(status)
    there = settled(history, claims, [{"outcome": "confirmed"}]).assess("2017-04-20")
    assert [rows(s)["accord/c1", "south"]["breaches"] for s in (status, there)] == [1, 0]
    check_p35(history, status, there)


@effort(10)
@given(history=unsettled())
def test_p35_with_six_of_a_drawn_history(history):
    """All settlements, established or refuted, of up to six open claims of a drawn history."""
    status = history.assess(LATE)
    claims, under = opened(status)
    claims = claims[:6]
    for answers in product(*(ways(claim, *under[claim.id], short=True) for claim in claims)):
        check_p35(history, status, settled(history, claims, answers).assess(LATE))
