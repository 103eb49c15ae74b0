"""What is odd once everything is determined: each a problem with its record.

docs/rules/result.md, "problems".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.codes import Problem
from ceasefire.assessment.obligations.remedies import idle
from ceasefire.assessment.scope.timing import timing
from ceasefire.assessment.world.certainty import NO
from ceasefire.record import Incident, Performance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ceasefire.assessment.determination.determinations import Determinations
    from ceasefire.assessment.obligations.obligation import Materials, Obligation
    from ceasefire.assessment.obligations.rows import Row
    from ceasefire.assessment.world.jurisdiction import Jurisdiction
    from ceasefire.instruments.together import Together


def problems_of(
    world: Together,
    obligations: Mapping[str, Obligation],
    materials: Mapping[str, Materials],
    rows: Iterable[Row],
    jurisdiction: Jurisdiction,
) -> list[Problem]:
    """Return what does not fit: performances nobody owes, findings out of time, remedies of nothing."""
    found: list[Problem] = []
    cures = {cure.record for row in rows for cure in row.cures}
    for material in materials.values():
        found += _of_incidents(material, obligations, jurisdiction)
        found += _not_owed(material.determinations, world, jurisdiction)
        found += idle(material.determinations.by_kind.get("response", ()), cures)
    return found


def _of_incidents(
    material: Materials, obligations: Mapping[str, Obligation], jurisdiction: Jurisdiction
) -> Iterator[Problem]:
    windows = {name: one.life.window for name, one in obligations.items()}
    scoping, as_of = material.scoping, material.as_of
    for claim in material.incidents:
        record = claim.entry.record
        under = claim.ruling.under
        names = record.commitments if isinstance(record, Incident) else ()
        if not (names or under):
            continue
        if not (claim.open or claim.established):
            continue
        named = {jurisdiction.full_name(name) for name in names}
        for commitment in scoping.candidates(claim):
            name = commitment.name
            if name not in windows:
                continue
            time = timing(claim, commitment, windows[name], as_of)
            if name in under and time.value == NO:
                what = f"{claim.id} was put under {name}, which was not in effect when it occurred"
                yield Problem(claim.id, "out_of_time", f"{what}: it does not count there")
            static = scoping.static(claim, commitment)
            if name in named and not under and static.code == "outside_act":
                act = record.act if isinstance(record, Incident) else None
                what = f"{claim.id} names {name}, which an act {act!r} does not breach"
                yield Problem(claim.id, "no_acts", what)


def _not_owed(
    determinations: Determinations, world: Together, jurisdiction: Jurisdiction
) -> Iterator[Problem]:
    for claim in determinations.of_kind("performance"):
        record = claim.entry.record
        if not isinstance(record, Performance) or not (claim.open or claim.established):
            continue
        name = jurisdiction.full_name(record.commitment)
        if name is not None and record.performer not in world.commitments[name].owed_by:
            what = f"{claim.id}: {record.performer} does not owe {name}"
            yield Problem(claim.id, "not_owed", f"{what}, so its performance moves nothing")
