"""Properties of what more, less, later or elsewhere does to a row (P18 to P27)."""

import itertools
from datetime import timedelta

from changes import LATE, Scribe, effort, inner_rows, plus, retold, rows
from hypothesis import assume, given
from hypothesis import strategies as st

from ceasefire.assessment.obligations.compliance import COMPLIANCE
from ceasefire.clock import FOREVER, iso
from ceasefire.testing import agreement_tables, histories, moments, read, records, universe

#: The last moves a row passes through when nothing ends it.
NOONS = tuple(f"2017-{day}T12:00:00Z" for day in ("03-29", "03-30", "03-31", "04-01", "04-02"))


def of(status, name):
    """Return the rows of one commitment by bearer, with everything they rest on."""
    return {bearer: row for (commitment, bearer), row in inner_rows(status).items() if commitment == name}


def no_worse(before, after):
    """Tell whether a row has no breach and no lateness that it had not before."""
    return after.breaches <= before.breaches and len(after.missed) <= len(before.missed)


def started(row):
    """Return when a row started, or None."""
    return next((m.at for m in row.moves if m.trigger in ("started", "started_suspended")), None)


@st.composite
def rowed(draw, *, conditional=True):
    """A history with one of its commitments that has rows; without `conditional`, one without a condition."""
    history = draw(histories())
    several = [c for a in history.agreements for c in a.commitments if c.duty != "declare"]
    names = [c.name for c in several if conditional or c.when is None]
    assume(names)
    return history, draw(st.sampled_from(names))


@st.composite
def about(draw, **terms):
    """The tables of an agreement with one commitment more, `x`, of these terms, and records.

    A term may be a strategy; one that is drawn as None is left out.
    """
    tables = draw(agreement_tables(commitments=2))
    words = {"id": "x", "title": "x", "clause": "x", "summary": "What x promises."}
    words["owed_by"] = draw(st.sampled_from((["south"], ["north", "south"])))
    drawn = {name: draw(t) if isinstance(t, st.SearchStrategy) else t for name, t in terms.items()}
    tables["commitment"].append(words | {name: value for name, value in drawn.items() if value is not None})
    return tables, draw(records(read(tables)))


def same(_):
    """No change."""


DUE = st.sampled_from((None, *universe.DAYS[2:6]))
WHEN = st.sampled_from((None, None, {"event": "round"}))
EVERY = st.sampled_from(("P1D", "P2D", {"event": "round"}))
RECURRING = about(duty="recur", every=EVERY, count=st.sampled_from((1, 2)), until=DUE, when=WHEN)
ACHIEVING = about(duty="achieve", due=DUE, when=WHEN, acts=st.sampled_from((None, ["attack"])))


@effort(25)
@given(drawn=st.one_of(ACHIEVING, RECURRING), data=st.data(), agreed=st.booleans())
def test_p18_a_timely_performance_never_makes_it_worse(drawn, data, agreed):
    """Adding a timely performance never moves compliance up the table, nor adds a breach."""
    history, name = retold(*drawn, same), "accord/x"
    status = history.assess(LATE)
    life = status.outcome.obligations[name].life
    assume(life.start is not None)
    bearer = data.draw(st.sampled_from(life.commitment.owed_by))
    deadline = life.deadline.passes if life.deadline is not None else FOREVER
    first, last = life.start, min(life.over, deadline, status.as_of) - 1
    assume(first <= last)
    at = data.draw(st.sampled_from((first, last, (first + last) // 2)))
    scribe = Scribe()
    done = {"commitment": name, "performer": bearer, "occurred": iso(at)}
    scribe.agreed("performance", **done) if agreed else scribe.write("bee", "performance", **done)
    after = of(plus(history, scribe).assess(LATE), name)
    for key, row in of(status, name).items():
        if key not in after:  # a member's row, of acts after the duty was done
            continue
        assert after[key].breaches <= row.breaches
        if row.compliance is not None:
            assert COMPLIANCE.index(after[key].compliance) >= COMPLIANCE.index(row.compliance)


@effort(25)
@given(history=histories(), data=st.data(), as_of=moments())
def test_p19_removing_an_incident_nobody_names_never_adds_a_breach(history, data, as_of):
    """Removing an incident that no record names never adds a breach.

    False where the incident is itself said to report another's act: its author's answers then count on the other,
    and under consensus or as-reported may keep it from being decided; and of a commitment that a breach starts:
    without the first breach it may start later, its window close later, and an act fall into it.
    """
    scribe = Scribe()
    scribe.write(
        data.draw(st.sampled_from(("ant", "bee", "cat", "north"))),
        "incident",
        occurred=data.draw(st.sampled_from((*NOONS, "2017-03-31", {"from": NOONS[1]}))),
        act=data.draw(st.sampled_from(("attack.shelling", "attack", "access.aid-blocked"))),
        zone=data.draw(st.sampled_from(("plain", "town", "hills"))),
        accused=data.draw(st.sampled_from((["south"], ["north"], ["reds"], []))),
    )
    status = plus(history, scribe).assess(as_of)
    there = rows(history.assess(as_of))
    for key, row in rows(status).items():
        if key in there and status.world.commitments[key[0]].when is None:
            assert there[key]["breaches"] <= row["breaches"]


@effort(25)
@given(history_and_name=rowed(), at=st.sampled_from(NOONS))
def test_p20_release_never_adds_a_breach_or_lateness(history_and_name, at):
    """Release never adds a breach or lateness (it may keep a lateness that a later performance would make good)."""
    history, name = history_and_name
    scribe = Scribe()
    scribe.agreed("decision", does="release", commitment=name, occurred=at)
    before, after = of(history.assess(LATE), name), of(plus(history, scribe).assess(LATE), name)
    for key, row in after.items():
        assert no_worse(before[key], row)


@effort(25)
@given(
    drawn=about(duty="achieve", due=st.sampled_from(universe.DAYS[2:6]), when=WHEN), days=st.integers(1, 5)
)
def test_p21_a_later_due_never_adds_a_breach_or_lateness(drawn, days):
    """A later `due` never adds a breach or lateness to what had started.

    False of a commitment that could not start because its deadline had passed: with a later one it is owed.
    False also of an omission: who had to do it is asked as of the deadline, and by a later one may be another.
    """

    def later(changed):
        changed["commitment"][-1]["due"] += timedelta(days=days)

    tables, drawn_records = drawn
    acts = tuple(r for r in drawn_records if getattr(r, "act", None) != "omission")
    before = of(retold(tables, acts, same).assess(LATE), "accord/x")
    after = of(retold(tables, acts, later).assess(LATE), "accord/x")
    for key, row in before.items():
        if started(row) is not None:
            assert no_worse(row, after[key])


@effort(25)
@given(history_and_name=rowed(conditional=False), data=st.data())
def test_p22_a_tolling_suspension_never_adds_a_breach_or_lateness(history_and_name, data):
    """One more tolling suspension (of a commitment without `when`) never adds a breach or lateness."""
    history, name = history_and_name
    agreement = next(a for a in history.agreements if name.startswith(f"{a.id}/"))
    assume(agreement.suspension == "tolls")
    begins = data.draw(st.integers(0, len(NOONS) - 1))
    ends = data.draw(st.sampled_from((None, *NOONS[begins + 1 :])))
    target = data.draw(st.sampled_from(({"agreement": agreement.id}, {"commitment": name})))
    scribe = Scribe()
    until = {} if ends is None else {"until": ends}
    scribe.agreed("decision", does="suspend", occurred=NOONS[begins], **target, **until)
    before, after = of(history.assess(LATE), name), of(plus(history, scribe).assess(LATE), name)
    for key, row in after.items():
        assert no_worse(before[key], row)


EXCEPTIONS = {"except_zones": ["town"], "except_against": ["reds"], "except_when": "an emergency"}


@effort(25)
@given(
    drawn=about(
        duty=st.sampled_from(("refrain", "maintain", "achieve")),
        acts=st.sampled_from((["attack", "access"], ["attack.shelling", "access"])),
        zones=st.sampled_from((None, ["plain", "hills"], ["town", "river"])),
    ),
    how=st.sampled_from(("acts", "zones", *EXCEPTIONS)),
)
def test_p23_fewer_acts_or_zones_or_more_exceptions_never_add(drawn, how):
    """Fewer acts or zones, or more exceptions, never add a breach or lateness.

    False of the last act and of the last zone: a commitment without `acts` is covered by naming it, and one without
    `zones` holds everywhere.
    """

    def less(changed):
        mine = changed["commitment"][-1]
        if how in EXCEPTIONS:
            mine[how] = EXCEPTIONS[how]
        elif how in mine:
            mine[how] = mine[how][-1:]

    before = of(retold(*drawn, same).assess(LATE), "accord/x")
    after = of(retold(*drawn, less).assess(LATE), "accord/x")
    for key, row in after.items():
        assert no_worse(before[key], row) if key in before else row.breaches == 0


@effort(25)
@given(history_and_name=rowed(), data=st.data())
def test_p24_adjoining_or_repeated_suspensions_equal_their_union(history_and_name, data):
    """Adjoining or repeated suspensions equal their half-open union (in a history without resumptions of one)."""
    history, name = history_and_name
    assume(not any(r.kind == "decision" and r.does == "resume" for r in history.records))
    cuts = sorted(data.draw(st.sets(st.integers(0, 4), min_size=2, max_size=4)))
    edges = [(NOONS[a], NOONS[b]) for a, b in itertools.pairwise(cuts)]
    agreement = name.partition("/")[0]
    target = data.draw(st.sampled_from(({"agreement": agreement}, {"commitment": name})))
    several, one = Scribe(), Scribe()
    for first, last in (*edges, *edges[: data.draw(st.integers(0, 1))]):
        several.agreed("decision", does="suspend", occurred=first, until=last, **target)
    one.agreed("decision", does="suspend", occurred=edges[0][0], until=edges[-1][1], **target)
    mine, theirs = plus(history, several).assess(LATE), plus(history, one).assess(LATE)
    # Where no mechanism oversees the agreement for a while, nothing is decided then.
    drawn = {record.id for record in (*several.records, *one.records) if record.kind == "decision"}
    decided = [c for s in (mine, theirs) for c in s.to_dict()["claims"] if c["record"] in drawn]
    assume(all(claim["determination"] in ("established", "duplicate") for claim in decided))
    assert rows(mine) == rows(theirs)
    assert mine.to_dict()["agreements"] == theirs.to_dict()["agreements"]


@effort(25)
@given(
    history_and_name=rowed(),
    at=st.sampled_from(NOONS),
    does=st.sampled_from(("suspend", "release", "terminate", "renew")),
)
def test_p25_a_breach_and_lateness_survive(history_and_name, at, does):
    """A breach and lateness survive suspension, release, end and renewal; a remedied one is still counted."""
    history, name = history_and_name
    target = {"commitment": name} if does == "release" else {"agreement": name.partition("/")[0]}
    scribe = Scribe()
    scribe.agreed("decision", does=does, occurred=at, **target)
    before = history.assess(at)
    after = of(plus(history, scribe).assess(LATE), name)
    later = of(history.assess(LATE), name)
    for key, row in of(before, name).items():
        # What later records of the history itself do to it (a claim that is the same as a later one) is not meant.
        stays = {b.claim.id for b in row.incident_effects if b.effect == "breach" and b.at < before.as_of} & {
            b.claim.id for b in later[key].incident_effects if b.effect == "breach"
        }
        assert stays <= {b.claim.id for b in after[key].incident_effects if b.effect == "breach"}
        missed = {m for m in row.missed if m < before.as_of} & set(later[key].missed)
        assert missed <= set(after[key].missed)


@effort(25)
@given(history=histories(), as_of=moments())
def test_p26_nothing_is_remedied_that_was_not_breached_or_overdue(history, as_of):
    """Nothing is remedied that was not breached or overdue."""
    for row in history.assess(as_of).outcome.rows:
        breached = {b.claim.id for b in row.incident_effects if b.effect == "breach"}
        assert set(row.remedied) <= breached
        if row.compliance == "remedied":
            assert breached or row.missed
            assert breached <= set(row.remedied)


@effort(25)
@given(drawn=RECURRING, as_of=moments())
def test_p27_a_recurring_duty_is_the_sum_of_its_periods(drawn, as_of):
    """A recurring duty is the sum of its periods; every instant from start to end is in exactly one."""
    history, name = retold(*drawn, same), "accord/x"
    status = history.assess(as_of)
    life = status.outcome.obligations[name].life
    for row in of(status, name).values():
        if row.performances is None:
            continue
        periods = row.performances.periods
        assert all(a.end == b.start for a, b in itertools.pairwise(periods))
        assert all(p.start < p.end <= min(life.over, status.as_of) for p in periods)
        if periods and life.commitment.every.duration is not None:
            assert periods[0].start == life.start
        missed = [p.end for p in periods if p.owed and p.state(life.commitment.count) == "missed"]
        assert list(row.missed) == ([] if life.commitment.hortatory else missed)
        states = {p.state(life.commitment.count) for p in periods if p.owed}
        if row.compliance == "none_recorded":
            assert states <= {"kept"}
