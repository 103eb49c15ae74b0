"""How members' answers become a decision: the tables of docs/rules/claims.md, "The rules", in one place.

A *question* – whether it took place, by whom, how gravely, under what, same as
what – is decided from the answers of the members counted. The same few lines
serve every question, whole or party by party.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: The determinations, in the order in which the first that applies holds.
DETERMINATIONS: Final = (
    "withdrawn",
    "duplicate",
    "established",
    "refuted",
    "disputed",
    "inconclusive",
    "under_review",
    "alleged",
)
#: Determinations that leave a claim open (with established ones whose attribution or scope is not settled).
OPEN: Final = frozenset({"alleged", "under_review", "disputed"})


def decides(rule: str, members: Sequence[str], saying: Sequence[str], otherwise: Sequence[str]) -> bool:
    """Tell whether the rule decides one answer.

    `members` are those counted, `saying` those of them whose answer it is and
    `otherwise` those of them who answered the question differently.
    """
    if rule == "consensus":
        return bool(members) and len(saying) == len(members)
    if rule == "majority":
        return 2 * len(saying) > len(members)
    if rule == "any":
        return bool(saying)
    if rule == "as-reported":
        return bool(saying) and not otherwise
    return rule.removeprefix("member:") in saying


def decided_answer(rule: str, members: Sequence[str], answers: Mapping[str, str]) -> str | None:
    """Return the one answer decided, or None; under consensus and any, two different ones decide nothing."""
    distinct = sorted(set(answers.values()))
    if rule == "any" and len(distinct) > 1:  # under consensus neither is what all say
        return None
    for answer in distinct:
        saying = [m for m in members if answers.get(m) == answer]
        otherwise = [m for m in members if m in answers and answers[m] != answer]
        if decides(rule, members, saying, otherwise):
            return answer
    return None


def decided_names(
    rule: str, members: Sequence[str], named: Mapping[str, frozenset[str]], candidates: Sequence[str]
) -> tuple[str, ...]:
    """Return which of several names are decided, each by itself: parties, or commitments."""
    chosen = []
    for name in candidates:
        saying = [m for m in members if name in named.get(m, ())]
        otherwise = [m for m in members if m in named and name not in named[m]]
        if decides(rule, members, saying, otherwise):
            chosen.append(name)
    return tuple(chosen)


def determined(
    rule: str | None, members: Sequence[str], outcomes: Mapping[str, str], *, reviewed: bool
) -> str:
    """Return the determination of a claim that stands and counts itself.

    `outcomes` holds the answers of the members counted to whether it took place;
    `reviewed` tells whether one other than its author has answered any question.
    Without a mechanism (`rule` None) nothing is established or refuted.
    """
    said = set(outcomes.values())
    contradicted = {"confirmed", "refuted"} <= said
    if rule is None:
        return "disputed" if contradicted else "alleged"
    decided = _outcome(rule, members, outcomes)
    if decided == "confirmed":
        return "established"
    if decided == "refuted":
        return "refuted"
    if contradicted and decided is None:
        return "disputed"
    if decided == "inconclusive" or (members and all(m in outcomes for m in members)):
        return "inconclusive"
    return "under_review" if reviewed else "alleged"


def _outcome(rule: str, members: Sequence[str], outcomes: Mapping[str, str]) -> str | None:
    """Return the outcome decided; under `any`, inconclusive decides nothing and is no contradiction."""
    if rule == "any":
        return decided_answer(rule, members, {m: a for m, a in outcomes.items() if a != "inconclusive"})
    return decided_answer(rule, members, outcomes)
