"""Machines that walk through the life of an agreement, a commitment and a claim, against plain models of the tables.

Each step is one hour later and writes one record, legal or not; the plain model keeps a state, and the library is
asked what the records add up to by now. A step that the tables refuse must change nothing.
"""

from datetime import UTC, date, datetime, timedelta

from changes import effort
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from stage import MEMBERS, Lines, agreement, commitment
from test_determinations import determination

from ceasefire.testing import read

START = datetime(2017, 3, 28, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Walk(RuleBasedStateMachine):
    """A history that grows by a record an hour."""

    def __init__(self):
        super().__init__()
        self.say, self.now = Lines(), START

    def later(self, hours=1):
        """Let time pass; return the instant as records write it."""
        self.now += hours * HOUR
        return self.now.replace(tzinfo=None).isoformat() + "Z"

    def decide(self, does, **target):
        """Let the mechanism decide, an hour later."""
        return self.say(
            "ant", "decision", does=does, occurred=self.later(), **(target or {"agreement": "accord"})
        )

    def status(self, *agreements):
        """What the records add up to by now."""
        return self.say.history(*agreements).assess(self.now.replace(tzinfo=None).isoformat() + "Z")

    def no_effect(self, status):
        """The decisions that are told to have changed nothing."""
        return {p["record"] for p in status.to_dict()["problems"] if p["code"] == "no_effect"}


class AgreementWalk(Walk):
    """An agreement that enters into force by decision, for three days at a time."""

    def __init__(self):
        super().__init__()
        self.accord = agreement(commitment(), in_force="by-decision", duration="P3D", renewal="by-decision")
        after = {"ceasefire": 1, "id": "after", "title": "After", "adopted": date(2017, 3, 28)}
        after |= {"in_force": "by-decision", "timezone": "UTC", "replaces": ["accord"]}
        after["mechanism"] = [{"id": "other", "members": ["ant"], "rule": "any"}]
        after["party"] = [{"id": "ant"}]
        self.after = read(after)
        self.state, self.since, self.ends = "not_in_force", None, None
        self.suspensions, self.early, self.refused = set(), set(), set()
        self.renewed = 0

    def move(self, state):
        """Move the plain model to a state."""
        self.state, self.since = state, self.now

    def over(self):
        """Let the term run out, if it has."""
        if self.ends is not None and self.now >= self.ends and self.state in ("in_force", "suspended"):
            self.state, self.since = "expired", self.ends

    @rule(hours=st.sampled_from((1, 23, 47)))
    def time_passes(self, hours):
        self.later(hours)
        self.over()

    @rule()
    def enter_into_force(self):
        self.decide("enter_into_force")
        self.over()
        if self.state == "not_in_force":
            self.ends = self.now + timedelta(days=3 * (1 + self.renewed))
            self.move("suspended" if self.early else "in_force")
            self.suspensions |= self.early

    @rule()
    def suspend(self):
        name = self.decide("suspend")
        self.over()
        if self.state == "not_in_force":
            self.early.add(name)
        elif self.state in ("in_force", "suspended"):
            self.suspensions.add(name)
            if self.state == "in_force":
                self.move("suspended")

    @rule()
    def resume(self):
        name = self.decide("resume")
        self.over()
        self.early.clear()
        if self.state == "suspended":
            self.suspensions.clear()
            self.move("in_force")
        elif self.state == "in_force":
            self.refused.add(name)

    @rule()
    def renew(self):
        name = self.decide("renew")
        self.over()
        if self.state == "not_in_force":
            self.renewed += 1  # decided ahead: its first term is one longer
        elif self.state in ("in_force", "suspended"):
            self.ends += timedelta(days=3)
        elif self.state == "expired":
            self.refused.add(name)

    @rule()
    def terminate(self):
        self.decide("terminate")
        self.over()
        if self.state in ("not_in_force", "in_force", "suspended"):
            self.move("terminated")

    @rule()
    def another_replaces_it(self):
        self.decide("enter_into_force", agreement="after")
        self.over()
        if self.state in ("not_in_force", "in_force", "suspended"):
            self.move("replaced")

    @invariant()
    def the_library_agrees(self):
        status = self.status(self.accord, self.after)
        row = status.to_dict()["agreements"][0]
        since = None if self.since is None else self.since.replace(tzinfo=None).isoformat() + "Z"
        assert (row["state"], row["from"]) == (self.state, since)
        assert self.refused <= self.no_effect(status)


DUE = timedelta(days=3)


class CommitmentWalk(Walk):
    """A commitment of any duty that waits for an event, has a deadline or a window, and may be suspended."""

    @initialize(duty=st.sampled_from(("achieve", "refrain", "maintain", "permit")))
    def begin(self, duty):
        self.duty = duty
        ends = {"within": "P3D"} if duty in ("achieve", "permit") else {}
        once = {"once": True} if duty == "permit" else {}
        acts = {"acts": ["attack"]} if duty in ("refrain", "maintain") else {}
        self.accord = agreement(
            commitment(duty, when={"event": "round"}, **ends, **once, **acts), in_force=date(2017, 3, 28)
        )
        self.phase, self.since, self.due = "pending", None, None
        self.suspended_at, self.breaches, self.overdue, self.made_good = None, 0, False, False

    def move(self, phase, at=None):
        self.phase, self.since = phase, at or self.now

    @property
    def living(self):
        """Whether it is owed, suspended or not."""
        return self.phase in ("active", "suspended")

    def tick(self):
        """Let a deadline pass or a window close."""
        if self.due is None or not self.living:
            return
        if self.duty == "permit" and self.now >= self.due:
            self.move("lapsed", self.due)
        elif self.duty == "achieve" and self.phase == "active" and self.now > self.due:
            self.overdue = True

    @rule(hours=st.sampled_from((1, 24, 72)))
    def time_passes(self, hours):
        self.later(hours)
        self.tick()

    @rule()
    def the_event_takes_place(self):
        self.say("ant", "event", name="round", occurred=self.later())
        self.tick()
        if self.phase == "pending":
            self.move("active" if self.suspended_at is None else "suspended")
            if self.duty in ("achieve", "permit"):
                self.due = self.now + DUE
            if self.suspended_at is not None:
                self.suspended_at = self.now  # what was suspended before it started moves no deadline

    @rule(whole=st.booleans())
    def suspend(self, whole):
        self.decide("suspend", **({"agreement": "accord"} if whole else {"commitment": "accord/c0"}))
        self.tick()
        if self.suspended_at is None:
            self.suspended_at = self.now
        if self.phase == "active":
            self.move("suspended")

    @rule()
    def resume_all(self):
        self.decide("resume", commitment="accord/c0")
        self.decide("resume")
        self.tick()
        if self.suspended_at is not None and self.duty == "achieve" and self.due is not None and self.living:
            waited = self.resumed_at() - self.suspended_at
            self.due += waited if not self.overdue else timedelta(0)
        if self.phase == "suspended":
            self.move("active", self.resumed_at())
        self.suspended_at = None

    def resumed_at(self):
        """When the last suspension was resumed: that of the agreement or of the commitment, whichever was there."""
        whole = [line for line in self.say.lines if line.get("does") in ("suspend", "resume")]
        own, last = self.open_of(whole, "commitment"), self.open_of(whole, "agreement")
        return self.now if last else self.now - HOUR if own else self.now

    @staticmethod
    def open_of(lines, target):
        """Whether a suspension of this target was open before its last resumption."""
        mine = [line["does"] for line in lines if target in line]
        return len(mine) > 1 and mine[-2] == "suspend"

    @rule()
    def perform(self):
        self.say("bee", "performance", commitment="accord/c0", performer="south", occurred=self.later())
        self.tick()
        if self.duty == "achieve" and self.living:
            self.made_good = self.overdue
            self.move("fulfilled")
        elif self.duty == "permit" and self.phase == "active":
            self.move("fulfilled")

    @rule()
    def another_performs(self):
        """Illegal: the north does not owe it."""
        self.say("bee", "performance", commitment="accord/c0", performer="north", occurred=self.later())
        self.tick()

    @rule()
    def attack(self):
        act = {"act": "attack.shelling", "occurred": self.later()}
        self.tick()
        self.say("ant", "incident", accused=["south"], **act)
        if self.phase == "active" and self.duty in ("refrain", "maintain"):
            self.breaches += 1

    @rule()
    def release(self):
        self.decide("release", commitment="accord/c0")
        self.tick()
        if self.phase in ("pending", "active", "suspended"):
            self.move("released")

    @rule()
    def release_of_nothing(self):
        """Illegal: no such commitment."""
        self.decide("release", commitment="accord/c9")
        self.tick()

    @precondition(lambda self: self.suspended_at is None)
    @rule()
    def terminate(self):
        self.decide("terminate")
        self.tick()
        if self.phase == "pending":
            self.move("lapsed")
        elif self.living:
            self.move("lapsed" if self.duty in ("achieve", "permit") else "concluded")

    @invariant()
    def the_library_agrees(self):
        row = self.status(self.accord)["accord/c0", "south"]
        since = None if self.since is None else self.since.replace(tzinfo=None).isoformat() + "Z"
        assert (row.phase, row.phase_from) == (self.phase, since)
        assert row.breaches == self.breaches
        if row.compliance is not None:
            late = "remedied" if self.made_good else "overdue" if self.overdue else "none_recorded"
            assert row.compliance == ("breached" if self.breaches else late)


class ClaimWalk(Walk):
    """A claim that members answer, change their minds about, correct and take back."""

    @initialize(rule=st.sampled_from(("consensus", "majority", "any", "member:ant", "as-reported")))
    def begin(self, rule):
        self.rule = rule
        observed = {"observers": ["owl"]}
        self.accord = agreement(rule=rule, mechanism=observed)
        self.claim = self.say("ant", "incident", occurred=self.later(), act="attack.shelling")
        self.wordings = [(self.claim, "2017-03-28T01:00:00Z")]
        #: What each member has said on each wording, with the finding that says so.
        self.said = {member: [] for member in MEMBERS}
        self.withdrawn = False

    @property
    def wording(self):
        """The newest wording."""
        return self.wordings[-1][0]

    @rule(member=st.sampled_from(MEMBERS), outcome=st.sampled_from(("confirmed", "refuted", "inconclusive")))
    def find(self, member, outcome):
        name = self.say(member, "finding", on=self.wording, outcome=outcome)
        self.said[member].append((name, self.wording, outcome))

    @rule(outcome=st.sampled_from(("confirmed", "refuted")))
    def an_observer_finds(self, outcome):
        """Illegal to count: an observer's finding is shown."""
        self.say("owl", "finding", on=self.wording, outcome=outcome)

    @rule(outcome=st.sampled_from(("confirmed", "refuted")), member=st.sampled_from(MEMBERS))
    def somebody_passes_on(self, outcome, member):
        """Illegal to count: a relayed statement, as relays are not asked for."""
        self.say(
            "owl", "finding", said_by=member, on=self.wording, outcome=outcome, evidence=[{"title": "note"}]
        )

    @precondition(lambda self: len(self.wordings) > 1)
    @rule(member=st.sampled_from(MEMBERS), outcome=st.sampled_from(("confirmed", "refuted")))
    def find_on_the_first_wording(self, member, outcome):
        """Illegal to count while a correction stands: on an earlier wording."""
        name = self.say(member, "finding", on=self.claim, outcome=outcome)
        self.said[member].append((name, self.claim, outcome))

    @rule(hour=st.integers(2, 9))
    def correct(self, hour):
        if self.withdrawn:
            return
        occurred = f"2017-03-28T0{hour}:00:00Z"
        name = self.say("ant", "correction", of=self.claim, set={"occurred": occurred})
        self.wordings.append((name, occurred))

    @precondition(lambda self: len(self.wordings) > 1 and not self.withdrawn)
    @rule()
    def withdraw_the_correction(self):
        """The wording before it stands again, with what was found on it."""
        self.say("ant", "withdrawal", of=self.wordings.pop()[0])

    @rule(by=st.sampled_from(("bee", "north")))
    def another_corrects(self, by):
        """Illegal: somebody else's record."""
        self.say(by, "correction", of=self.claim, set={"act": "access.aid-blocked"})

    @rule(member=st.sampled_from(MEMBERS))
    def take_back_the_latest_finding(self, member):
        if self.said[member]:
            self.say(member, "withdrawal", of=self.said[member].pop()[0])

    @rule()
    def withdraw(self):
        """Once; a second time is refused."""
        self.say("ant", "withdrawal", of=self.claim)
        self.withdrawn = True

    def found(self, member):
        """The latest answer of a member on the newest wording."""
        answers = [outcome for _, wording, outcome in self.said[member] if wording == self.wording]
        return answers[-1] if answers else "none"

    def wanted(self):
        """The determination by the page."""
        found = tuple(self.found(member) for member in MEMBERS)
        if not self.withdrawn:
            return determination(self.rule, "ant", found)
        if "confirmed" not in found[1:]:
            return "withdrawn"
        return without_its_author(self.rule, found)

    @invariant()
    def the_library_agrees(self):
        self.now = START + timedelta(days=3)
        claim = self.status(self.accord).claim(self.claim)
        assert (claim.wording, claim["from"]) == self.wordings[-1]
        assert claim.determination == self.wanted()


def without_its_author(rule, found):
    """The determination of a claim that its author took back and another member confirms.

    Its author is left out of those counted, unless it has found something on it.
    """
    says = {m: outcome for m, outcome in zip(MEMBERS, found, strict=True) if outcome != "none"}
    counted = [m for m in MEMBERS if m != "ant" or "ant" in says]
    both = {"confirmed", "refuted"} <= set(says.values())

    def decided(answer):
        mine = [m for m in counted if says.get(m) == answer]
        others = [m for m in counted if m in says and says[m] != answer]
        return {
            "consensus": len(mine) == len(counted),
            "majority": 2 * len(mine) > len(counted),
            "any": bool(mine) and answer != "inconclusive" and not both,
            "as-reported": bool(mine) and not others,
            "member:ant": "ant" in mine,
        }[rule]

    for answer, word in (("confirmed", "established"), ("refuted", "refuted")):
        if decided(answer):
            return word
    if both and not (rule in ("majority", "member:ant") and decided("inconclusive")):
        return "disputed"
    if decided("inconclusive") or all(m in says for m in counted):
        return "inconclusive"
    return "under_review"


WALKS = settings(effort(10), stateful_step_count=15)
TestAgreement = AgreementWalk.TestCase
TestAgreement.settings = WALKS
TestCommitment = CommitmentWalk.TestCase
TestCommitment.settings = WALKS
TestClaim = ClaimWalk.TestCase
TestClaim.settings = WALKS
