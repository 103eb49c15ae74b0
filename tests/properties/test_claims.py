"""Properties of claims: rules, positions, several reports of one act (P38, P39, P53, P54)."""

from itertools import product

import pytest
from changes import LATE, Scribe, effort, lists, plus, retold, rows
from hypothesis import given
from hypothesis import strategies as st
from stage import MEMBERS, Lines, agreement, commitment

from ceasefire.assessment.determination.rules import decided_answer, decided_names, determined
from ceasefire.assessment.knowledge.statements import QUESTIONS
from ceasefire.assessment.result.view import view_of
from ceasefire.testing import agreement_tables, histories, moments, read, records

ANSWERS = (None, "confirmed", "refuted", "inconclusive")


def outcomes(found):
    """What members say, those that say something."""
    return {member: answer for member, answer in zip(MEMBERS, found, strict=True) if answer is not None}


def test_p38_consensus_majority_any():
    """What consensus establishes, majority establishes; what majority establishes and none refutes, any does."""
    for found in product(ANSWERS, repeat=3):
        says = outcomes(found)
        by = {
            rule: determined(rule, MEMBERS, says, reviewed=True) for rule in ("consensus", "majority", "any")
        }
        assert by["consensus"] != "established" or by["majority"] == "established"
        if by["majority"] == "established" and "refuted" not in found:
            assert by["any"] == "established"


def test_p38_for_every_other_question():
    """The same for answers and for names: what consensus decides, majority decides."""
    for found in product((None, "minor", "serious"), repeat=3):
        says = outcomes(found)
        agreed = decided_answer("consensus", MEMBERS, says)
        assert agreed is None or decided_answer("majority", MEMBERS, says) == agreed
    names = (frozenset(), frozenset({"north"}), frozenset({"north", "south"}))
    for found in product(names, repeat=3):
        says = {member: named for member, named in zip(MEMBERS, found, strict=True) if named}
        by = {
            r: decided_names(r, MEMBERS, says, ("north", "south")) for r in ("consensus", "majority", "any")
        }
        assert set(by["consensus"]) <= set(by["majority"]) <= set(by["any"])


@effort(25)
@given(tables=agreement_tables(), data=st.data())
def test_p38_in_whole_histories(tables, data):
    """What consensus establishes in a history, majority establishes, unless it decides that it is a duplicate."""
    said = data.draw(records(read(tables)))

    def rule(name):
        def change(changed):
            for mechanism in changed.get("mechanism", ()):
                mechanism["rule"] = name
                mechanism.pop("rules", None)

        return change

    agreed = retold(tables, said, rule("consensus")).assess(LATE).to_dict()["claims"]
    majority = retold(tables, said, rule("majority")).assess(LATE).to_dict()["claims"]
    by_record = {claim["record"]: claim["determination"] for claim in majority}
    for claim in agreed:
        if claim["determination"] == "established":
            assert by_record[claim["record"]] in ("established", "duplicate")


@effort(25)
@given(history=histories(), relays=st.booleans(), as_of=moments())
def test_p39_one_member_one_position_on_each_question(history, relays, as_of):
    """One member, one position on each question."""
    status = history.assess(as_of, relays=relays)
    members = {m.id: m.members for a in history.agreements for m in a.mechanisms}
    for heard in view_of(status).outcome.heard:
        for claim in heard.claims:
            assert set(claim.ruling.said) <= set(claim.ruling.counted) or claim.mechanism is None
            held = [
                (answer.speaker, answer.question)
                for answer, counts in heard.proceedings.answers(claim)
                if counts
            ]
            assert len(held) == len(set(held))
            said = {
                (m, q)
                for m, values in claim.ruling.said.items()
                for q, v in zip(QUESTIONS, values, strict=True)
                if v
            }
            # Who confirms a ruling in aggregate confirms by whom, too, without saying so.
            agreed = (
                {(m, q) for m, q in said if q == "attributed_to"}
                if claim.entry.record.kind == "tally"
                else set()
            )
            assert set(held) <= said <= {*held, *agreed} or claim.mechanism is None
    mine = [p for p in status.to_dict()["positions"] if p["counted"]]
    one = {(p["record"], p["mechanism"], p["member"], p["question"]) for p in mine}
    several = len(history.agreements)
    assert len(mine) <= len(one) * several
    assert several > 1 or len(mine) == len(one)
    assert all(not members[p["mechanism"]] or p["member"] in members[p["mechanism"]] for p in mine)


GRAPHS = [
    links for size in (1, 2, 3, 4) for links in product((None, *range(size)), repeat=size)
]  # every report names none or one of them: every graph of that size


def told(links, rule, confirmed):
    """Reports of one act by members in turn, linked so; each with whether the others confirm it."""
    say = Lines()
    names = [f"{MEMBERS[n % 3]}/{1 + n // 3}" for n in range(len(links))]
    for n, link in enumerate(links):
        more = {} if link is None else {"same_as": names[link]}
        act = {"occurred": "2017-03-30T12:00:00Z", "act": "attack.shelling", "accused": ["south"]}
        say(MEMBERS[n % 3], "incident", **act, **more)
    for name, agreed in zip(names, confirmed, strict=True):
        for member in MEMBERS if agreed else ():
            say(member, "finding", on=name, outcome="confirmed", attributed_to="south")
    accord = agreement(commitment(acts=["attack"]), rule=rule)
    return names, say.history(accord).assess("2017-04-20")


def counts_for(links, names, report):
    """The report that counts: the last that names no other; in a circle the one with the least id."""
    passed = []
    while report not in passed and links[report] not in (None, report):
        passed.append(report)
        report = links[report]
    circle = passed[passed.index(report) :] if report in passed else [report]
    return min(names[one] for one in circle)


def connected(links):
    """The parts of a graph that hang together."""
    parts = {n: {n} for n in range(len(links))}
    for n, link in enumerate(links):
        if link is not None:
            whole = parts[n] | parts[link]
            for one in whole:
                parts[one] = whole
    return {frozenset(part) for part in parts.values()}


@pytest.mark.parametrize("rule", ["any", "consensus"])
def test_p53_connected_reports_count_once(rule):
    """In every `same_as` graph, circles included, connected reports count at most once, and at least once if one is.

    Established by itself under `any`, where each member's report is; under consensus, where all say so of each.
    """
    for links in GRAPHS:
        names, status = told(links, rule, [rule == "consensus"] * len(links))
        claims = {c["record"]: c for c in status.to_dict()["claims"]}
        for part in connected(links):
            counting = [n for n in part if claims[names[n]]["counts_as"] == names[n]]
            assert len(counting) == 1, links
            assert {counts_for(links, names, n) for n in part} == {names[counting[0]]}, links
            assert {claims[names[n]]["counts_as"] for n in part} == {names[counting[0]]}, links
            assert claims[names[counting[0]]]["determination"] == "established"
        assert status["accord/c0", "south"]["breaches"] == len(connected(links)), links


def test_p53_a_report_established_alone_does_not_establish_the_one_that_counts():
    """Findings on a report that is a duplicate are not findings on the one that counts: only its author's answers are.

    So "at least once if any is established" holds of what is determined, not of what each report would be by itself:
    all members confirm the first here, and nobody but its author the second, which counts.
    """
    _, status = told((1, None), "consensus", (True, False))
    assert status.claim("ant/1").determination == "duplicate"
    assert status.claim("bee/1").determination == "under_review"
    assert status["accord/c0", "south"]["breaches"] == 0


@effort(25)
@given(history=histories(), data=st.data(), as_of=moments())
def test_p54_recorded_by_all_equals_recorded_and_confirmed_by_all(history, data, as_of):
    """A decision recorded by all members equals one recorded and confirmed by all."""
    does = data.draw(st.sampled_from(("suspend", "resume", "terminate", "enter_into_force", "renew")))
    fields = {"does": does, "agreement": "accord", "occurred": data.draw(moments())}
    each, one = Scribe(), Scribe()
    for member in MEMBERS:
        each.write(member, "decision", **fields)
    one.agreed("decision", **fields)
    names = ("agreements", "commitments")
    assert lists(plus(history, each).assess(as_of), *names) == lists(plus(history, one).assess(as_of), *names)


def test_p54_the_rows_of_both_are_there():
    """The comparison above is of something: a suspension recorded by all suspends the row."""
    say = Lines()
    for member in MEMBERS:
        say(member, "decision", does="suspend", agreement="accord", occurred="2017-03-30T12:00:00Z")
    status = say.history(agreement(commitment(), rule="consensus")).assess("2017-04-20")
    assert rows(status)["accord/c0", "south"]["phase"] == "suspended"
