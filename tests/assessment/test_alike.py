"""Incidents that are alike are ruled once and weighed once: the answer is that of each by itself."""

from itertools import permutations, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import ceasefire as cf
from ceasefire.assessment.determination import determine
from ceasefire.assessment.scope.alike import Sorts

TRUCE = """
ceasefire = 1
id = "truce"
title = "A truce from 2 to 8 May"
adopted = 2017-05-01
in_force = 2017-05-02
timezone = "UTC"
excluded = ["outlaws"]
party = [
  {id = "north"}, {id = "south"}, {id = "rebels", member_of = [{group = "south", until = 2017-05-03}]},
  {id = "outlaws"}, {id = "a"}, {id = "b"}, {id = "c"},
]
zone = [{id = "valley"}, {id = "hill"}]
mechanism = [{id = "commission", members = ["a", "b", "c"], rule = "majority", oversees = ["truce"]}]

[[commitment]]
id = "no-attacks"
summary = "No attacks in the valley, but in self-defence."
duty = "refrain"
owed_by = ["north", "south"]
acts = ["attack"]
zones = ["valley"]
except_when = "in self-defence"
until = 2017-05-08

[[commitment]]
id = "aid"
summary = "Aid is let through."
duty = "refrain"
owed_by = ["south"]
acts = ["access"]
"""
DAYS = ("2017-05-01", "2017-05-02", "2017-05-03", "2017-05-05", "2017-05-06", "2017-05-08", "2017-05")
PARTIES = st.sampled_from([(), ("north",), ("south",), ("rebels",), ("rebels",), ("north", "rebels")])

ACT = {
    "by": st.sampled_from(["a", "b", "north"]),
    "occurred": st.sampled_from(DAYS),
    "act": st.sampled_from(["attack.shelling", "attack", "access.aid-blocked"]),
    "zone": st.sampled_from(["valley", "hill", None]),
    "accused": PARTIES,
    "against": st.sampled_from([(), ("outlaws",), ("north",)]),
}
SAID = {
    "by": st.sampled_from(["a", "b", "c", "north"]),
    "outcome": st.sampled_from(["confirmed", "refuted"]),
    "attributed_to": PARTIES,
    "ground": st.sampled_from([None, "self_defence"]),
    "said_by": st.sampled_from([None, "c"]),
}
#: What counts, so that it shows where something else is taken for it.
PLAIN = {
    "by": "a",
    "occurred": "2017-05-04",
    "act": "attack.shelling",
    "zone": "valley",
    "accused": ("south",),
    "against": (),
}
CONFIRMED = {"by": "b", "outcome": "confirmed", "attributed_to": ("south",), "ground": None, "said_by": None}

BY_A_MEMBER = CONFIRMED | {"by": "c", "attributed_to": ("rebels",)}
#: Days before and after the rebels left the south, between which nothing else changed.
EACH_SIDE = ("2017-05-02", "2017-05-05")


def changed(one, fields):
    """Return what is said with up to two fields said otherwise."""
    names = st.lists(st.sampled_from([*fields]), max_size=2)
    return names.flatmap(lambda names: st.fixed_dictionaries({n: fields[n] for n in names})).map(
        lambda new: one | new
    )


@st.composite
def almost_alike(draw):
    """Return incidents with the findings on each, of which few differ in more than one thing."""
    act, said = draw(changed(PLAIN, ACT)), draw(st.lists(changed(CONFIRMED, SAID), max_size=2))
    of_one = st.lists(st.tuples(changed(act, ACT), st.just(said)), min_size=5, max_size=10)
    on_one = st.lists(
        st.tuples(st.just(act), st.lists(changed(CONFIRMED, SAID), max_size=3)), min_size=5, max_size=10
    )
    return draw(st.permutations([*draw(of_one), *draw(on_one)]))


def records(several):
    """Return incidents, each with the findings on it, numbered in the chains of their authors."""
    numbers, written = {}, []

    def add(kind, by, **said):
        numbers[by] = numbers.get(by, 0) + 1
        now = f"2017-06-01T00:00:{len(written) % 60:02d}Z"
        written.append(kind(by=by, id=f"{by}/{numbers[by]}", recorded=now, **said))
        return written[-1].id

    add(cf.Decision, "a", does="suspend", agreement="truce", occurred="2017-05-06", until="2017-05-07")
    add(cf.Finding, "b", on="a/1", outcome="confirmed")
    for incident, on in several:
        name = add(cf.Incident, **incident)
        for said in on:
            relayed = said["said_by"] not in (None, said["by"])
            evidence = [{"title": "A letter"}] if relayed else []
            named = said["attributed_to"] or None
            add(cf.Finding, **{**said, "attributed_to": named}, on=name, evidence=evidence)
    return written


@pytest.fixture
def truce_by(tmp_path):
    """The truce with the mechanism's rule given, of which one member guarantees a side."""

    def made(rule):
        text = TRUCE.replace('rule = "majority"', f'rule = "{rule}"')
        text = text.replace('{id = "a"}', '{id = "a", guarantees = ["north"]}')
        file = tmp_path / f"{rule}.toml"
        report = (
            'id = "report"\nsummary = "Monthly."\nduty = "recur"\nevery = "P1M"\nowed_by = ["north", "south"]'
        )
        file.write_text(f"{text}\n[[commitment]]\n{report}\n", encoding="utf-8")
        return cf.agreement(file)

    return made


@pytest.fixture(scope="module")
def truce(tmp_path_factory):
    """The truce, with a pause of a day and a group that leaves a side."""
    file = tmp_path_factory.mktemp("alike") / "truce.toml"
    file.write_text(TRUCE, encoding="utf-8")
    return cf.agreement(file)


@settings(max_examples=settings.default.max_examples * 2 // 5)
@given(almost_alike())
@example([(PLAIN | {"accused": ("rebels",), "occurred": day}, []) for day in EACH_SIDE])
@example([(PLAIN | {"occurred": day, "accused": ()}, [CONFIRMED, BY_A_MEMBER]) for day in EACH_SIDE])
@example([(PLAIN, [CONFIRMED | {"by": "c"}]), (PLAIN, [CONFIRMED | {"said_by": "c"}])])
@example([(PLAIN, list(words)) for words in permutations([CONFIRMED, CONFIRMED | {"outcome": "refuted"}])])
@example(
    [(PLAIN, list(words)) for words in permutations([CONFIRMED | {"by": "c"}, CONFIRMED | {"said_by": "c"}])]
)
def test_what_is_alike_is_answered_alike(truce, several):
    """Without the two memories of plain incidents every list is the same."""
    said = records(several)
    for relays in (False, True):
        remembered = cf.assess(truce, said, as_of="2017-06-02", relays=relays).to_dict()
        with pytest.MonkeyPatch.context() as without:
            without.setattr(determine, "alike", lambda *_: None)
            without.setattr(Sorts, "of", lambda *_: None)
            assert cf.assess(truce, said, as_of="2017-06-02", relays=relays).to_dict() == remembered


@pytest.mark.parametrize("rule", ["consensus", "majority"])
def test_performances_that_are_alike_are_ruled_alike(truce_by, rule):
    """Who guarantees a side is not asked by majority, and is by consensus: the answer is that of each by itself."""
    said = []
    who = product(("north", "south"), ("a", "b", "north"), ("confirmed", "refuted"))
    for number, (performer, by, outcome) in enumerate(who, start=11):
        done = {"commitment": "truce/report", "performer": performer, "occurred": "2017-05-03"}
        envelope = {"recorded": "2017-06-01T00:00:00Z"}
        said.append(cf.Performance(by=by, id=f"{by}/{number}", **envelope, **done))
        judged = {"on": said[-1].id, **envelope}
        others = [member for member in "abc" if member != by]
        said += [cf.Finding(by=m, id=f"{m}/{number + 20}", outcome=outcome, **judged) for m in others[:2]]
    remembered = cf.assess(truce_by(rule), said, as_of="2017-06-02").to_dict()
    with pytest.MonkeyPatch.context() as without:
        without.setattr(determine, "alike", lambda *_: None)
        assert cf.assess(truce_by(rule), said, as_of="2017-06-02").to_dict() == remembered
    assert {claim["determination"] for claim in remembered["claims"]} > {"established"}
