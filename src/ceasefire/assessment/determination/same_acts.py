"""Several reports, one act: which record counts for which, and what was taken back.

docs/rules/claims.md, "One act, several reports".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.codes import Problem
from ceasefire.assessment.determination.members import members_counted, speakers_counted
from ceasefire.assessment.determination.positions import positions
from ceasefire.assessment.determination.rules import decided_answer
from ceasefire.assessment.knowledge.statements import OUTCOME, SAME_AS
from ceasefire.errors import with_article
from ceasefire.record.order import id_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ceasefire.assessment.determination.claims import Proceedings
    from ceasefire.assessment.knowledge.wordings import Worded
    from ceasefire.assessment.world.membership import Groups


def involved_claims(proceedings: Proceedings, entries: Iterable[Worded]) -> dict[str, Worded]:
    """Return the claims that another may count for, or that may be gone: any other stands for itself.

    A chain of reports is followed among the claims judged here; what another agreement
    alone judges is here as if unknown (docs/rules/claims.md).
    """
    linked = proceedings.linked
    return {e.id: e for e in entries if e.withdrawn or e.id in proceedings.equal or e.id in linked}


def taken_back(
    proceedings: Proceedings, involved: Mapping[str, Worded], equal: Mapping[str, str]
) -> set[str]:
    """Return what was taken back: beside an equal record that stands, or with nobody else confirming it."""
    several: dict[str, list[Worded]] = {}
    for name, first in equal.items():
        several.setdefault(first, []).append(involved[name])
    return {
        name
        for name, entry in involved.items()
        if entry.withdrawn
        and (
            equal.get(name, name) != name
            or not _kept_by_others(proceedings, entry, several.get(name, [entry]))
        )
    }


def _kept_by_others(proceedings: Proceedings, entry: Worded, equal: Iterable[Worded]) -> bool:
    """Tell whether a member other than its author confirms a claim its author took back."""
    mechanism = proceedings.mechanism_of(entry)
    if mechanism is None:
        return False
    statements = [statement for one in equal for statement in proceedings.statements(one, ())]
    said = positions(mechanism.members, statements, relays=proceedings.relays)
    return any(
        member != entry.record.by and values[OUTCOME] == "confirmed" for member, values in said.items()
    )


def same_acts_among(
    proceedings: Proceedings,
    standing: Mapping[str, Worded],
    equal: Mapping[str, str],
    groups: Groups | None,
) -> tuple[dict[str, str], list[Problem]]:
    """Return which record counts for which of those that stand, and what is odd.

    It is the last that each link leads to.
    """
    links: dict[str, str] = {}
    problems: list[Problem] = []
    for name, entry in standing.items():
        link = _link(proceedings, entry, groups)
        if link is None:
            continue
        if link in proceedings.coming:
            continue  # what has not occurred yet is the same as nothing
        kind = entry.record.kind
        reached = standing.get(link)
        # What is not there is one thing for each kind of claim: no act is the same as one of another kind.
        links[name] = link if reached is not None and reached.record.kind == kind else f"{link}\0{kind}"
        target = proceedings.linked.get(link)
        if target is not None and target.record.kind != kind:
            kind = with_article(target.record.kind)
            what = f"{name} is said to report the same act as {link}, which is {kind}"
            problems.append(Problem(name, "other_kind", f"{what}: it is not followed"))
    return counting(standing, links, equal), problems


def _link(proceedings: Proceedings, entry: Worded, groups: Groups | None) -> str | None:
    """Return what a record is the same as: what a mechanism decided replaces what the record says.

    Where the author alone decides, its findings do (docs/rules/claims.md).
    """
    own: str | None = getattr(entry.record, "same_as", None)
    if not any(finding.values[SAME_AS] for finding in proceedings.findings_on(entry.id)):
        return own
    mechanism = proceedings.mechanism_of(entry)
    if mechanism is None:
        return own
    held = positions(
        speakers_counted(mechanism, entry), proceedings.statements(entry, ()), relays=proceedings.relays
    )
    counted, _ = members_counted(mechanism, entry, proceedings.times[entry.id], held, groups)
    said = {m: held[m][SAME_AS] for m in counted if m in held and held[m][SAME_AS] is not None}
    return decided_answer(mechanism.rule_for(entry.record.kind), counted, said) or own


def counting(ids: Iterable[str], links: Mapping[str, str], equal: Mapping[str, str]) -> dict[str, str]:
    """Return, for each id, the id of the record that counts for it.

    `ids` are the claims that stand, `links` what each says it is the same as (a
    link to anything else than one of the ids leads to a hole), `equal` the first
    of those with equal fields.
    """
    nodes = {name: equal.get(name, name) for name in ids}
    onward: dict[str, str] = {}
    for name in sorted(nodes, key=id_key):
        target = links.get(name)
        if target is None:
            continue
        end = nodes.get(target)
        if end != nodes[name]:
            onward.setdefault(nodes[name], f"hole:{target}" if end is None else end)
    standing = dict.fromkeys(nodes.values())
    ends = _ends(standing, onward)
    least = {end: end for end in standing}
    for node in sorted(ends, key=id_key):
        least.setdefault(ends[node], node)
    return {name: least[ends[node]] for name, node in nodes.items()}


def _ends(nodes: Collection[str], onward: Mapping[str, str]) -> dict[str, str]:
    """Return where each node's chain ends: a node, a circle (by its least id) or a hole."""
    ends: dict[str, str] = {}
    for start in nodes:
        path: list[str] = []
        place: dict[str, int] = {}
        node = start
        while node not in ends and node not in place and node in onward:
            place[node] = len(path)
            path.append(node)
            node = onward[node]
        if node in ends:
            end = ends[node]
        elif node in place:
            end = min(path[place[node] :], key=id_key)
        else:
            end = node
            if node in nodes:
                ends[node] = node
        for passed in path:
            ends[passed] = end
    return ends
