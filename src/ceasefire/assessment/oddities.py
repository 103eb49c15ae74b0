"""What is odd once everything is determined: each a problem with its record (design §12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.remedies import idle
from ceasefire.assessment.scope import OUTSIDE
from ceasefire.assessment.wordings import Problem
from ceasefire.record import Incident, Performance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ceasefire.agreement.together import Together
    from ceasefire.assessment.contexts import Courts
    from ceasefire.assessment.docket import Heard
    from ceasefire.assessment.remedies import Remedied
    from ceasefire.assessment.rows import Materials, Weighed


def oddities(  # noqa: PLR0913 – everything that was found
    world: Together,
    heard: Sequence[Heard],
    weighed: Mapping[str, Weighed],
    materials: Mapping[str, Materials],
    made_good: Remedied,
    courts: Courts,
) -> list[Problem]:
    """Return what does not fit: performances nobody owes, findings out of time, remedies of nothing."""
    found: list[Problem] = []
    for here in heard:
        found += _of_incidents(materials[here.agreement.id], weighed, courts)
        found += _not_owed(here, world, courts)
        found += idle(here.by_kind.get("response", ()), made_good)
    return found


def _of_incidents(material: Materials, weighed: Mapping[str, Weighed], courts: Courts) -> Iterator[Problem]:
    windows = {name: one.course.window for name, one in weighed.items()}
    scoping, as_of = material.scoping, material.as_of
    for claim in material.incidents:
        record = claim.entry.record
        under = claim.ruling.under
        names = record.commitments if isinstance(record, Incident) else ()
        if not (names or under):
            continue
        if not (claim.open or claim.established):
            continue
        named = {courts.full_name(name) for name in names}
        for commitment in scoping.candidates(claim):
            name = commitment.name
            if name not in windows:
                continue
            timing = scoping.timing(claim, commitment, windows[name], as_of)
            if name in under and timing.value == OUTSIDE:
                what = f"{claim.id} was put under {name}, which was not in effect when it occurred"
                yield Problem(claim.id, "out_of_time", f"{what}: it does not count there")
            static = scoping.static(claim, commitment)
            if name in named and not under and static.code == "outside_act":
                act = record.act if isinstance(record, Incident) else None
                what = f"{claim.id} names {name}, which an act {act!r} does not breach"
                yield Problem(claim.id, "no_acts", what)


def _not_owed(here: Heard, world: Together, courts: Courts) -> Iterator[Problem]:
    for claim in here.of_kind("performance"):
        record = claim.entry.record
        if not isinstance(record, Performance) or not (claim.open or claim.established):
            continue
        name = courts.full_name(record.commitment)
        if name is not None and record.performer not in world.commitments[name].owed_by:
            what = f"{claim.id}: {record.performer} does not owe {name}"
            yield Problem(claim.id, "not_owed", f"{what}, so its performance moves nothing")
