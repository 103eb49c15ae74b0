"""What the table of claims tells beside the list: what was said, where, of whom, on which local days.

The list has what was made of a claim; whoever reads a table wants the claim beside it.
Accused names stand beside the determination, which every row has. In an assessment
made for the public they stand only where the mechanism of every agreement that judges
the act has laid it to them, and so do text and place, which may hold a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ceasefire.assessment.codes import NO_PARTY
from ceasefire.assessment.result.entries import dicts
from ceasefire.clock import read_iso, to_local

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceasefire.assessment.result.entries import ClaimEntry
    from ceasefire.assessment.result.view import View

#: The kinds of claims that accuse: a tally that is a claim is a ruling in aggregate.
_ACTS: Final = frozenset({"incident", "tally"})


def with_sayings(status: View, claims: Sequence[ClaimEntry]) -> list[dict[str, Any]]:
    """Return the rows of the list `claims` with act, place, accused, text and local dates beside them.

    `place` is the name that the record gives, else that of its zone; `from_date` and
    `until_date` are the days of `from` and `until` in the time zone of the agreements.
    """
    nameless = _nameless(status, claims) if status.audience == "public" else frozenset()
    told = zip(dicts(claims), claims, strict=True)
    return [made | _saying(status, row, hidden=row.record in nameless) for made, row in told]


def _saying(status: View, row: ClaimEntry, *, hidden: bool) -> dict[str, Any]:
    record = status.records.get(row.record)
    spot, zone = getattr(record, "place", None), getattr(record, "zone", None)
    known = status.world.zones.get(zone) if zone is not None else None
    where = known.name if known is not None and known.name else zone
    return {
        "act": getattr(record, "act", None),
        "place": where if hidden or spot is None or spot.name is None else spot.name,
        "accused": [] if hidden else list(getattr(record, "accused", ())),
        "text": None if hidden else getattr(record, "text", None),
        "from_date": _date(row.from_, status.timezone),
        "until_date": _date(row.until, status.timezone),
    }


def _date(text: str | None, zone: str) -> str | None:
    return None if text is None else to_local(read_iso(text), zone).date().isoformat()


def _nameless(status: View, claims: Sequence[ClaimEntry]) -> frozenset[str]:
    """Return the claims about acts of which somebody is accused whom not every determination names."""
    found = set()
    for row in claims:
        accused = set(getattr(status.records.get(row.record), "accused", ()))
        named = set(row.attributed_to) - NO_PARTY if row.determination == "established" else set()
        if row.kind in _ACTS and not (accused and accused <= named):
            found.add(row.record)
    # Whoever answers to such an act, or to an answer, may name those who are accused of it.
    answering = ((r.record, status.records.get(r.record)) for r in claims if r.kind == "response")
    told = {r.record for r in claims if r.kind in _ACTS} - found
    return frozenset(found | {name for name, r in answering if getattr(r, "to", None) not in told})
