"""Sanity of the reference model: each rule once, in the smallest case."""

import tomllib

import pytest

from model import assess

MEMO = """
ceasefire = 1
id = "memo"
title = "Memo"
adopted = 2017-05-04
in_force = 2017-05-06T00:00:00
timezone = "UTC"
[[party]]
id = "a"
guarantees = ["gov"]
[[party]]
id = "b"
[[party]]
id = "c"
[[party]]
id = "gov"
[[party]]
id = "opp"
[[party]]
id = "ahrar"
member_of = ["opp"]
[[party]]
id = "nusra"
roles = [{ role = "designated", from = 2013-05-30 }]
[[zone]]
id = "north"
covers = ["idlib"]
covers_part = ["hama"]
[[zone]]
id = "idlib"
[[zone]]
id = "hama"
[[zone]]
id = "south"
[[mechanism]]
id = "mech"
members = ["a", "b", "c"]
rule = "majority"
[[commitment]]
id = "cease"
summary = "No attacks."
duty = "refrain"
owed_by = ["gov", "opp"]
acts = ["attack"]
zones = ["north"]
[[commitment]]
id = "build"
summary = "Build it."
duty = "achieve"
owed_by = ["gov"]
due = { at = 2017-06-04 }
[[commitment]]
id = "meet"
summary = "Report weekly."
duty = "recur"
owed_by = ["a"]
every = "P1W"
"""


def memo(extra="", **changes):
    table = tomllib.loads(MEMO + extra)
    return table | changes


class Chains:
    """Writes records, numbered per author."""

    def __init__(self):
        self.records, self.count = [], {}

    def __call__(self, by, kind, **fields):
        number = self.count[by] = self.count.get(by, 0) + 1
        recorded = fields.pop("recorded", f"2017-05-20T00:00:{number:02}Z")
        self.records.append({"kind": kind, "by": by, "id": f"{by}/{number}", "recorded": recorded, **fields})
        return f"{by}/{number}"


@pytest.fixture
def say():
    return Chains()


ATTACK = {"occurred": "2017-05-14T10:00:00Z", "act": "attack.shelling", "zone": "idlib", "accused": ["ahrar"]}


def claim(result, record):
    return next(line for line in result["claims"] if line["record"] == record)


def row(result, commitment, owed_by):
    wanted = (f"memo/{commitment}", owed_by)
    return next(line for line in result["commitments"] if (line["commitment"], line["owed_by"]) == wanted)


def run(say, as_of="2017-05-31", agreement=None, **asked):
    return assess([agreement or memo()], say.records, as_of, **asked)


def test_nothing_said_is_none_recorded(say):
    """Without a record every active row says that none is recorded."""
    result = run(say)
    assert [line["compliance"] for line in result["commitments"][:3]] == ["none_recorded"] * 3
    assert result["agreements"][0]["state"] == "in_force"


def test_a_report_alone_is_alleged(say):
    """One member's report is alleged, on the row of the accused and of its group, not on nobody's."""
    one = say("a", "incident", **ATTACK)
    result = run(say)
    assert claim(result, one)["determination"] == "alleged"
    assert row(result, "cease", "opp")["compliance"] == "alleged"
    assert row(result, "cease", "ahrar")["open"] == 1
    assert row(result, "cease", None)["compliance"] == "none_recorded"
    assert row(result, "cease", "gov")["open"] == 0


def test_a_majority_establishes_and_attributes(say):
    """Two of three members make it a breach of the group and of its member."""
    one = say("a", "incident", **ATTACK)
    say("b", "finding", on=one, outcome="confirmed", attributed_to="ahrar", severity="serious")
    result = run(say)
    assert claim(result, one)["determination"] == "established"
    assert claim(result, one)["attributed_to"] == ["ahrar"]
    assert row(result, "cease", "opp")["breaches"] == 1
    assert row(result, "cease", "ahrar")["compliance"] == "breached"


def test_a_new_wording_unseats_old_findings(say):
    """A finding on the first wording does not count once the author has changed the place."""
    one = say("a", "incident", **ATTACK)
    say("b", "finding", on=one, outcome="confirmed", attributed_to="ahrar")
    two = say("a", "correction", of=one, set={"zone": "south"})
    result = run(say)
    assert claim(result, one)["wording"] == two
    assert claim(result, one)["determination"] == "alleged"
    assert row(result, "cease", "opp")["open"] == 0


def test_a_foreign_correction_is_a_problem(say):
    """Only the author corrects; a correction withdrawn is as if absent."""
    one = say("a", "incident", **ATTACK)
    bad = say("b", "correction", of=one, set={"zone": "south"})
    mine = say("a", "correction", of=one, set={"zone": "south"})
    say("a", "withdrawal", of=mine)
    result = run(say)
    assert {"record": bad, "code": "foreign_correction"} in result["problems"]
    assert claim(result, one)["wording"] == one


def test_a_circle_counts_once(say):
    """Two reports that point at each other count as the one with the least id."""
    one = say("a", "incident", **ATTACK, same_as="b/1")
    two = say("b", "incident", **ATTACK, same_as="a/1")
    result = run(say)
    assert claim(result, two)["determination"] == "duplicate"
    assert claim(result, two)["counts_as"] == one
    assert claim(result, one)["determination"] == "established"
    assert row(result, "cease", "opp")["breaches"] == 1


def test_reports_of_a_withdrawn_one_are_the_same(say):
    """What is the same as a record that is gone is the same as each other; its author's answer counts."""
    say("a", "incident", **ATTACK)
    say("b", "incident", **ATTACK, same_as="a/1")
    say("c", "incident", **ATTACK, same_as="a/1")
    say("a", "withdrawal", of="a/1")
    result = run(say)
    assert claim(result, "a/1")["determination"] == "withdrawn"
    assert claim(result, "b/1")["determination"] == "established"
    assert claim(result, "c/1")["counts_as"] == "b/1"


def test_decisions_of_equal_fields_are_one(say):
    """A suspension recorded by two of three members is established, and nothing breaches while suspended."""
    fields = {"does": "suspend", "agreement": "memo", "occurred": "2017-05-10T00:00:00Z"}
    say("a", "decision", **fields)
    say("b", "decision", **fields)
    say("c", "incident", **ATTACK)
    result = run(say)
    assert result["agreements"][0]["state"] == "suspended"
    assert row(result, "cease", "opp")["phase"] == "suspended"
    assert row(result, "cease", "opp")["open"] == 0


def test_suspension_tolls_a_deadline(say):
    """Ten days suspended move the deadline by ten days; while it is open there is none to show."""
    for by in "ab":
        say(by, "decision", does="suspend", agreement="memo", occurred="2017-05-10T00:00:00Z")
    assert row(run(say), "build", "gov")["due"] is None
    for by in "ab":
        say(by, "decision", does="resume", agreement="memo", occurred="2017-05-20T00:00:00Z")
    assert row(run(say), "build", "gov")["due"] == "2017-06-14T23:59:59.999999Z"
    assert row(run(say, "2017-06-10"), "build", "gov")["compliance"] == "none_recorded"
    assert row(run(say, "2017-06-15"), "build", "gov")["compliance"] == "overdue"


def test_an_achieve_late_is_remedied(say):
    """Done after its deadline it is fulfilled, made good and late; a guarantor does not judge its own side."""
    one = say("b", "performance", commitment="memo/build", performer="gov", occurred="2017-06-06T12:00:00Z")
    say("a", "finding", on=one, outcome="confirmed")
    open_one = run(say, "2017-06-30")
    assert claim(open_one, one)["determination"] == "under_review"
    assert row(open_one, "build", "gov")["compliance"] == "overdue"
    assert row(open_one, "build", "gov")["open"] == 1
    say("c", "finding", on=one, outcome="confirmed")
    done = row(run(say, "2017-06-30"), "build", "gov")
    assert (done["phase"], done["compliance"]) == ("fulfilled", "remedied")


def test_a_missed_period_is_overdue(say):
    """Every week that has passed is owed; one open performance in each makes them disputed."""
    say("b", "performance", commitment="memo/meet", performer="a", occurred="2017-05-08")
    assert row(run(say, "2017-05-12"), "meet", "a")["compliance"] == "none_recorded"
    assert row(run(say, "2017-05-13"), "meet", "a")["compliance"] == "disputed"
    assert row(run(say, "2017-05-20"), "meet", "a")["compliance"] == "overdue"


def test_places_too_coarse_are_unclear(say):
    """A zone covered in part is unclear, another one outside, none at all unclear."""
    answers = []
    for zone in ("hama", "south", None):
        chains = Chains()
        chains("a", "incident", **(ATTACK | {"zone": zone}))
        chains("b", "finding", on="a/1", outcome="confirmed", attributed_to="ahrar")
        found = row(run(chains), "cease", "opp")
        answers.append((found["breaches"], found["open"]))
    assert answers == [(0, 1), (0, 0), (0, 1)]


def test_the_excluded_are_not_bound(say):
    """Once a member of the group is designated, its acts count against nobody."""
    agreement = memo(excluded=["role:designated"])
    say(
        "a",
        "membership",
        actor="ahrar",
        role="designated",
        joins=True,
        occurred="2017-05-10",
        basis="external",
        evidence=[{"title": "The listing"}],
    )
    say("a", "incident", **ATTACK)
    assert row(run(say, agreement=agreement), "cease", "opp")["open"] == 0


def test_unidentified_is_nobodys_breach(say):
    """Attributed to unidentified, an act is a breach on the row of nobody in particular."""
    one = say("a", "incident", **{k: v for k, v in ATTACK.items() if k != "accused"})
    assert row(run(say), "cease", None)["compliance"] == "alleged"
    for by in "ab":
        say(by, "finding", on=one, outcome="confirmed", attributed_to="unidentified")
    result = run(say)
    assert row(result, "cease", None)["breaches"] == 1
    assert row(result, "cease", "opp")["open"] == 0


def test_a_remedy_makes_good(say):
    """An established remedy leaves the breach counted."""
    one = say("a", "incident", **ATTACK)
    say("b", "finding", on=one, outcome="confirmed", attributed_to="ahrar")
    cure = say("b", "response", to=one, step="remedy", occurred="2017-05-16")
    say("c", "finding", on=cure, outcome="confirmed")
    found = row(run(say), "cease", "opp")
    assert (found["compliance"], found["breaches"]) == ("remedied", 1)


def test_tacit_renewal_and_objection(say):
    """An agreement goes on term by term until a member objects before the end."""
    agreement = memo(duration="P6M", renewal="tacit")
    assert run(say, "2018-01-01", agreement)["agreements"][0]["until"] == "2018-05-06T00:00:00Z"
    say("c", "decision", does="object", agreement="memo", occurred="2017-11-01")
    result = run(say, "2018-01-01", agreement)
    assert result["agreements"][0]["state"] == "expired"
    assert row(result, "cease", "gov")["phase"] == "concluded"


def test_a_conditional_commitment_and_its_repair(say):
    """A breach starts the duty to repair; done in time it remedies the breach."""
    agreement = memo(
        """
[[commitment]]
id = "repair"
summary = "Repair it."
duty = "achieve"
owed_by = ["opp"]
when = { breach_of = "cease", repairs = true }
within = "P1W"
"""
    )
    one = say("a", "incident", **ATTACK)
    assert row(run(say, agreement=agreement), "repair", "opp")["phase"] == "pending"
    say("b", "finding", on=one, outcome="confirmed", attributed_to="ahrar")
    result = run(say, agreement=agreement)
    assert row(result, "repair", "opp")["due"] == "2017-05-21T10:00:00Z"
    assert row(result, "repair", "opp")["compliance"] == "overdue"
    for by in "ab":
        say(
            by,
            "performance",
            commitment="memo/repair",
            performer="opp",
            occurred="2017-05-20T00:00:00Z",
            same_as="a/2",
        )
    result = run(say, agreement=agreement)
    assert row(result, "repair", "opp")["phase"] == "fulfilled"
    assert row(result, "cease", "opp")["compliance"] == "remedied"


def test_an_omission_counts_from_the_deadline(say):
    """Named and established, a failure to act is a breach once the deadline has passed; doing it late remedies it."""
    one = say(
        "b", "incident", occurred="2017-05-20", act="omission", commitments=["memo/build"], accused=["gov"]
    )
    say("c", "finding", on=one, outcome="confirmed", attributed_to="gov")
    assert row(run(say), "build", "gov")["breaches"] == 0
    assert row(run(say, "2017-06-05"), "build", "gov")["compliance"] == "breached"
    for by in "bc":
        say(
            by,
            "performance",
            commitment="memo/build",
            performer="gov",
            occurred="2017-06-09T00:00:00Z",
            same_as="b/2",
        )
    assert row(run(say, "2017-06-30"), "build", "gov")["compliance"] == "remedied"


def test_known_at_rebuilds_the_past(say):
    """What came later is not known yet."""
    one = say("a", "incident", **ATTACK, recorded="2017-05-15T00:00:00Z")
    say("b", "finding", on=one, outcome="confirmed", attributed_to="ahrar", recorded="2017-05-25T00:00:00Z")
    assert claim(run(say, known_at="2017-05-24"), one)["determination"] == "alleged"
    assert claim(run(say, known_at="2017-05-25"), one)["determination"] == "established"


def test_silence_is_consent_from_its_end(say):
    """A decision nobody objects to takes effect when the silence ends, and not before."""
    agreement = memo()
    agreement["mechanism"][0] |= {"silence": "P3D", "rule": "consensus"}
    say(
        "a",
        "decision",
        does="suspend",
        agreement="memo",
        occurred="2017-05-10T00:00:00Z",
        recorded="2017-05-10T06:00:00Z",
    )
    assert run(say, "2017-05-12", agreement)["agreements"][0]["state"] == "in_force"
    found = run(say, "2017-05-31", agreement)["agreements"][0]
    assert (found["state"], found["from"]) == ("suspended", "2017-05-13T06:00:00Z")


def test_spans_count_by_the_start_of_the_act(say):
    """A breach before `since` is counted in the previous span only."""
    one = say("a", "incident", **ATTACK)
    say("b", "finding", on=one, outcome="confirmed", attributed_to="ahrar")
    result = run(say, "2017-05-22", since="2017-05-15")
    lines = [line for line in result["spans"] if line["owed_by"] == "opp"]
    assert [(line["span"], line["breaches"]) for line in lines] == [("period", 0), ("previous", 1)]


def test_a_relay_counts_only_if_asked_for(say):
    """B's word passed on by a stranger moves nothing, unless relays are asked for."""
    one = say("a", "incident", **ATTACK)
    say(
        "un",
        "finding",
        said_by="b",
        on=one,
        outcome="confirmed",
        attributed_to="ahrar",
        evidence=[{"title": "x"}],
    )
    assert claim(run(say), one)["determination"] == "alleged"
    assert claim(run(say, relays=True), one)["determination"] == "established"


def test_runs_makes_a_deadline_due_at_the_resumption(say):
    """Where suspension does not toll, a deadline inside it passes just after the resumption."""
    agreement = memo(suspension="runs")
    for by in "ab":
        say(by, "decision", does="suspend", agreement="memo", occurred="2017-06-01T00:00:00Z")
        say(by, "decision", does="resume", agreement="memo", occurred="2017-06-10T00:00:00Z")
    assert row(run(say, "2017-06-09", agreement), "build", "gov")["due"] is None
    assert row(run(say, "2017-06-10T00:00:00Z", agreement), "build", "gov")["compliance"] == "none_recorded"
    found = row(run(say, "2017-06-10T00:00:01Z", agreement), "build", "gov")
    assert (found["compliance"], found["due"]) == ("overdue", "2017-06-10T00:00:00Z")


def test_a_deadline_that_passes_with_the_end_is_judged(say):
    """An agreement that ends with the day of the deadline leaves it overdue; one that ends before does not."""
    for day, compliance in (("2017-06-04", "overdue"), ("2017-06-03", "none_recorded")):
        chains = Chains()
        for by in "ab":
            chains(by, "decision", does="terminate", agreement="memo", occurred="2017-05-30", effective=day)
        found = row(run(chains, "2017-06-30"), "build", "gov")
        assert (found["phase"], found["compliance"]) == ("lapsed", compliance)


def test_a_group_left_before_the_act_owes_nothing_for_it(say):
    """An established leaving unbinds; an open one makes the act unclear."""
    say(
        "a",
        "membership",
        actor="ahrar",
        group="opp",
        joins=False,
        occurred="2017-05-10T00:00:00Z",
        basis="mechanism",
    )
    one = say("a", "incident", **ATTACK)
    say("b", "finding", on=one, outcome="confirmed", attributed_to="ahrar")
    found = row(run(say), "cease", "opp")
    assert (found["breaches"], found["open"]) == (0, 1)
    say("b", "finding", on="a/1", outcome="confirmed")
    found = row(run(say), "cease", "opp")
    assert (found["breaches"], found["open"]) == (0, 0)


def test_a_decided_ground_puts_an_act_under_nothing(say):
    """Two of three members see an accident: established, and no breach."""
    one = say("a", "incident", **ATTACK)
    say("b", "finding", on=one, outcome="confirmed", attributed_to="ahrar", ground="accident")
    say("c", "finding", on=one, ground="accident")
    result = run(say)
    assert claim(result, one)["determination"] == "established"
    assert row(result, "cease", "opp")["breaches"] == 0


def test_a_circle_broken_by_a_finding_counts_twice(say):
    """The mechanism may decide that a record reports an act of its own."""
    one = say("a", "incident", **ATTACK, same_as="b/1")
    two = say("b", "incident", **ATTACK)
    for by in "bc":
        say(by, "finding", on=one, same_as=one)
    result = run(say)
    assert (claim(result, one)["counts_as"], claim(result, two)["counts_as"]) == (one, two)


def test_with_no_mechanism_parties_only_contradict(say):
    """Nothing is established without a mechanism; parties that contradict each other dispute."""
    agreement = memo(mechanism=[])
    one = say("gov", "incident", **ATTACK)
    assert claim(run(say, agreement=agreement), one)["determination"] == "alleged"
    say("opp", "finding", on=one, outcome="refuted")
    assert claim(run(say, agreement=agreement), one)["determination"] == "disputed"


def test_release_comes_before_the_end_of_a_period(say):
    """A week that ends at the instant of release is not owed."""
    for by in "bc":
        say(by, "decision", does="release", commitment="memo/meet", occurred="2017-05-13T00:00:00Z")
    found = row(run(say), "meet", "a")
    assert (found["phase"], found["compliance"]) == ("released", "none_recorded")
    chains = Chains()
    for by in "bc":
        chains(by, "decision", does="terminate", agreement="memo", occurred="2017-05-13T00:00:00Z")
    assert row(run(chains), "meet", "a")["compliance"] == "overdue"


def test_one_joint_debtor_performs_for_all(say):
    """A joint debt is one row, fulfilled by one of its debtors and breached by any."""
    agreement = memo(
        """
[[commitment]]
id = "both"
summary = "Together."
duty = "achieve"
jointly = true
owed_by = ["gov", "opp"]
"""
    )
    one = say("a", "performance", commitment="memo/both", performer="opp", occurred="2017-05-14")
    say("b", "finding", on=one, outcome="confirmed")
    assert row(run(say, agreement=agreement), "both", "gov+opp")["phase"] == "fulfilled"


def test_a_newer_agreement_ends_the_one_it_replaces(say):
    """`replaces` ends the older agreement when the newer enters into force."""
    newer = {"id": "newer", "title": "x", "adopted": "2017-05-20", "timezone": "UTC", "replaces": ["memo"]}
    result = assess([memo(), newer], say.records, "2017-05-31")
    assert [line["state"] for line in result["agreements"]] == ["replaced", "in_force"]
