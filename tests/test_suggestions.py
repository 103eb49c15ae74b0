"""What a misspelt word is taken for: a suggestion has to be likely, or there is none."""

from collections import Counter

import pytest

import ceasefire as cf
from ceasefire.errors import nearest
from ceasefire.instruments.act_names import act_meant

KNOWN = ("ahrar-al-sham", "armed-opposition", "russia", "syria-de-escalation-2017", "syria-ceasefire-2016")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("rusia", "russia"),
        ("ahrar-al-shamm", "ahrar-al-sham"),
        ("ahrar", "ahrar-al-sham"),
        ("arm", "armed-opposition"),
        ("syria", None),
        ("a", None),
        ("", None),
        ("x" * 100_000, None),
    ],
)
def test_a_word_is_taken_for_one_like_it_or_for_the_only_one_it_begins(word, meant):
    """Letters that are missing or wrong are guessed; of two that begin alike neither is preferred."""
    assert nearest(word, KNOWN) == meant
    assert nearest(word, iter(KNOWN)) == meant
    assert nearest(word, ()) is None


MEMO = cf.agreement("syria-de-escalation-2017")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("attack.mortar", "attack.shelling"),
        ("attack.mortars", "attack.shelling"),
        ("mortar", "attack.shelling"),
        ("attack.artillery", "attack.shelling"),
        ("attack.rocket", "attack.shelling"),
        ("attack.rockets", "attack.shelling"),
        ("attack.ied", "attack.mine-ied"),
        ("attack.IED", "attack.mine-ied"),
        ("attack.landmine", "attack.mine-ied"),
        ("attack.land-mine", "attack.mine-ied"),
        ("attack.mine", "attack.mine-ied"),
        ("attack.barrel_bombs", "attack.air-strike"),
        ("attack.airstrike", "attack.air-strike"),
        ("attack.uav", "attack.drone"),
        ("kidnapping", "civilians.abduction"),
        ("attack.kidnapping", "civilians.abduction"),
        ("civilians.kidnappings", "civilians.abduction"),
        ("Air strikes", "attack.air-strike"),
        ("attack.gas-attack", "attack.chemical"),
        ("sniper", "attack.sniper"),
        ("looting", "civilians.property"),
    ],
)
def test_an_act_is_taken_for_what_means_it(word, meant):
    """What people call an act is offered as that act, in every place where a wrong one is told."""
    assert act_meant(word, MEMO.acts) == meant
    with (
        cf.Journal.in_memory(author="turkey", agreements=[MEMO]) as journal,
        pytest.raises(cf.UnknownId, match=f"did you mean '{meant}'") as told,
    ):
        journal.record(cf.Incident(occurred="2017-05-14", act=word))
    assert told.value.nearest == meant
    record = cf.Incident(
        id="turkey/1", by="turkey", recorded="2017-05-15T00:00:00Z", occurred="2017-05-14", act=word
    )
    [problem] = cf.assess(MEMO, [record], as_of="2017-05-31").to_dict()["problems"]
    assert f"did you mean '{meant}'" in problem["what"]


@pytest.mark.parametrize("word", ["attack.shellling", "flower", "", "x" * 100_000, "."])
def test_what_no_act_is_called_is_left_to_its_spelling(word):
    """A meaning is offered only where there is one."""
    assert act_meant(word, MEMO.acts) is None


def test_no_two_acts_are_called_alike_and_each_is_found_by_all_it_is_called():
    """Whoever writes a name, an id's last part or an alias is led to that act, and to no other."""
    aliases = Counter(alias.casefold() for act in MEMO.acts for alias in act.aliases)
    assert [alias for alias, times in aliases.items() if times > 1] == []
    for act in MEMO.acts:
        top = act.id.partition(".")[0]
        for word in (act.name, *act.aliases):
            assert act_meant(word, MEMO.acts) == act.id, word
            assert act_meant(f"{top}.{word}", MEMO.acts) == act.id, word


def test_a_misspelt_act_of_an_agreement_file_is_offered_by_its_meaning(tmp_path):
    """In a file too, with its line."""
    path = tmp_path / "pact.toml"
    path.write_text(
        'ceasefire = 1\nid = "pact"\nadopted = 2020-01-01\n[[party]]\nid = "one"\n[[commitment]]\nid = "c"\n'
        'summary = "s"\nowed_by = "one"\nduty = "refrain"\nacts = ["attack.mortar"]\n'
    )
    [mistake], _ = cf.check(path)
    assert mistake.what == "acts: unknown act 'attack.mortar' – did you mean 'attack.shelling'?"
    assert mistake.line == 11
