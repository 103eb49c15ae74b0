"""Suspend, resume, and their union (docs/rules/agreements.md, "Suspension")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ceasefire.assessment.codes import Problem
from ceasefire.assessment.lifecycle.phases import by_what
from ceasefire.clock import FOREVER
from ceasefire.instruments.oversight import closing
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.lifecycle.effects import Effect
    from ceasefire.assessment.lifecycle.precedence import Trigger


class Suspension(Value):
    """One suspension, [start, end); `end` is FOREVER while it is open."""

    start: int
    end: int
    record: str
    resumed_by: str | None


def suspension_triggers(suspensions: Iterable[Suspension], as_of: int) -> list[Trigger]:
    """Return what the union of several suspensions does: one is open as long as the last of them."""
    triggers: list[Trigger] = []
    for merged in union(suspensions):
        triggers.append((merged.start, "suspended", merged.record, "by_decision"))
        if merged.end <= as_of:
            triggers.append((merged.end, "resumed", merged.resumed_by, by_what(merged.resumed_by)))
    return triggers


def union(suspensions: Iterable[Suspension]) -> list[Suspension]:
    """Return the half-open union of suspensions: overlapping and adjoining ones become one."""
    merged: list[Suspension] = []
    for suspension in sorted(suspensions, key=lambda s: (s.start, s.end)):
        if suspension.end <= suspension.start:
            continue
        if merged and suspension.start <= merged[-1].end:
            if suspension.end > merged[-1].end:
                merged[-1] = replace(merged[-1], end=suspension.end, resumed_by=suspension.resumed_by)
        else:
            merged.append(suspension)
    return merged


def suspensions_of(effects: Iterable[Effect], end: int) -> tuple[list[Suspension], list[Problem]]:
    """Return what suspend and resume decisions on one target make: [start, end) for each suspension.

    With it comes a problem for each that changes nothing.

    A resumption ends the suspension it names, else all that began strictly before it
    (docs/rules/agreements.md, "Suspension"). `end` is when what they are on ends: one that
    begins at that very instant, or later, is none.
    """
    effects = list(effects)
    late = [e.record for e in effects if e.does == "suspend" and e.at >= end]
    what = "suspends what has ended by then: it changes nothing"
    problems = [Problem(name, "no_effect", f"{name} {what}") for name in late]
    suspends = [e for e in effects if e.does == "suspend" and e.at < end]
    open_until = {e.record: (closing(e.until, e.zone) if e.until else FOREVER) for e in suspends}
    never = [e.record for e in suspends if open_until[e.record] <= e.at]
    what = "would end before it begins: it suspends nothing"
    problems += [Problem(name, "no_effect", f"{name} {what}") for name in never]
    by_record = {e.record: e for e in suspends}
    by: dict[str, str | None] = {}
    begun: list[Effect] = []
    coming = 0
    for resume in (e for e in effects if e.does == "resume"):
        while coming < len(suspends) and suspends[coming].at < resume.at:
            begun.append(suspends[coming])
            coming += 1
        if resume.of is None:
            meant, begun = begun, []  # each of them is over now
        else:
            named = by_record.get(resume.of)
            meant = [named] if named is not None and named.at <= resume.at else []
        meant = [e for e in meant if resume.at < open_until[e.record] and resume.at <= end]
        if not meant:
            what = f"{resume.record} resumes what was not suspended: it changes nothing"
            problems.append(Problem(resume.record, "no_effect", what))
        for suspend in meant:
            open_until[suspend.record] = resume.at
            by[suspend.record] = resume.record
    return [Suspension(e.at, open_until[e.record], e.record, by.get(e.record)) for e in suspends], problems
