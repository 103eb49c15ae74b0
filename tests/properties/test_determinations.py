"""P56: every rule, three members' answers and author have exactly one determination."""

from functools import cache
from itertools import product

import pytest
from stage import MEMBERS, Lines, agreement

from ceasefire.assessment.determination.rules import decides as decides_by_rule

RULES = ("consensus", "majority", "any", "member:ant", "as-reported")
ANSWERS = ("none", "confirmed", "refuted", "inconclusive")
AUTHORS = ("ant", "bee", "cat", "owl")


def decides(rule, says, answer):
    """Whether a question is decided as this answer, by the line of the rule."""
    mine = [member for member in MEMBERS if says[member] == answer]
    others = [member for member in MEMBERS if says[member] not in ("none", answer)]
    match rule:
        case "consensus":
            return len(mine) == 3
        case "majority":
            return len(mine) >= 2
        case "any":
            return bool(mine) and answer != "inconclusive"
        case "as-reported":
            return bool(mine) and not others
    return "ant" in mine  # member:ant


def determination(rule, author, found):
    """The determination by the page: what members found, and the author's claim until it finds otherwise."""
    says = dict(zip(MEMBERS, found, strict=True))
    if says.get(author) == "none":
        says[author] = "confirmed"
    both = {"confirmed", "refuted"} <= set(says.values())
    settles = rule in ("majority", "member:ant")
    for answer, word in (("confirmed", "established"), ("refuted", "refuted")):
        if decides(rule, says, answer) and not (both and not settles):
            return word
    if both and not (settles and decides(rule, says, "inconclusive")):
        return "disputed"
    if decides(rule, says, "inconclusive") or "none" not in says.values():
        return "inconclusive"
    reviewed = any(says[member] != "none" for member in MEMBERS if member != author)
    return "under_review" if reviewed else "alleged"


@cache
def accord(rule):
    """An agreement that promises nothing, under a rule."""
    return agreement(rule=rule)


def determined(rule, author, found):
    """The determination by the library."""
    say = Lines()
    one = say(author, "incident", occurred="2017-03-30T12:00:00Z", act="attack.shelling", accused=["south"])
    for member, outcome in zip(MEMBERS, found, strict=True):
        if outcome != "none":
            say(member, "finding", on=one, outcome=outcome)
    return say.history(accord(rule)).assess("2017-04-20").claim(one).determination


@pytest.mark.parametrize("author", AUTHORS)
@pytest.mark.parametrize("rule", RULES)
def test_p56_every_answer_of_three_members_has_one_determination(rule, author):
    """Every rule, answer of each of three members and author have exactly one determination: that of the page."""
    for found in product(ANSWERS, repeat=3):
        assert determined(rule, author, found) == determination(rule, author, found), found


def test_p56_the_rules_count_members_however_many_there_are():
    """One to four members, each answering this, something else or nothing: a rule decides as the page says.

    With an even number, half of the members are no majority.
    """
    for size in (1, 2, 3, 4):
        members = ("ant", "bee", "cat", "dog")[:size]
        for said in product(("this", "else", "none"), repeat=size):
            mine = [m for m, answer in zip(members, said, strict=True) if answer == "this"]
            others = [m for m, answer in zip(members, said, strict=True) if answer == "else"]
            wanted = {
                "consensus": mine == list(members),
                "majority": len(mine) > size - len(mine),
                "any": mine != [],
                "as-reported": mine != [] and others == [],
                "member:ant": "ant" in mine,
            }
            assert {rule: decides_by_rule(rule, members, mine, others) for rule in RULES} == wanted
