"""What is determined, what is open, what is past its date: the figures behind the first page.

Of the report's instant and, asked of the material of the instant before, of that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.record.kinds import Incident

if TYPE_CHECKING:
    from ceasefire.assessment.result.entries import ClaimEntry
    from ceasefire.reporting.material.audience import Seen
    from ceasefire.reporting.material.material import Material

    Key = tuple[str, str | None]

UNDECIDED: Final = ("disputed", "under_review", "alleged", "inconclusive")
#: Things due that somebody owes under a commitment: what else falls due is no deadline.
OWED: Final = frozenset({"deadline", "period", "window", "condition"})
_ASIDE: Final = frozenset({"withdrawn", "duplicate"})


def breaches(material: Material) -> dict[str, list[Key]]:
    """Return every established breach: its record, with the rows of which it is one."""
    found: dict[str, list[Key]] = {}
    for row, several in material.grounds_of.items():
        for reason in several:
            if reason.effect == "breach" and reason.record is not None:
                found.setdefault(reason.record, []).append(row)
    return found


def counting(material: Material) -> dict[str, list[ClaimEntry]]:
    """Return the claims that count themselves, each as every agreement judges it."""
    return {
        record: kept
        for record, several in material.claims.items()
        if (kept := [c for c in several if c.determination not in _ASIDE])
    }


def overall(several: list[ClaimEntry]) -> str:
    """Return the determination of a claim over all agreements: decided if any has, else open if any is."""
    if len(several) == 1:
        return several[0].determination
    codes: list[str] = [claim.determination for claim in several]
    for sort in (("established", "refuted"), UNDECIDED):
        if found := [code for code in sort if code in codes]:
            return found[0]
    return codes[0]


def undecided(material: Material) -> dict[str, list[ClaimEntry]]:
    """Return the reports of acts that are not determined, as the key figures have them."""
    return {
        record: material.claims[record]
        for record in material.figures["claims", "open"].records
        if record in material.claims
    }


def overdue(seen: Material | Seen) -> dict[tuple[str, str | None], list[str | None]]:
    """Return the deadlines that passed with no established performance, each with all who owe it still."""
    found: dict[tuple[str, str | None], list[str | None]] = {}
    for row in seen.data.commitments:
        if row.compliance == "overdue":
            found.setdefault((row.commitment, row.due), []).append(row.owed_by)
    return found


def denials(material: Material) -> dict[str, list[ClaimEntry]]:
    """Return the reports of access denied in the period."""
    found = {}
    for name, several in material.claims.items():
        record = material.record(name)
        act = record.act or "" if isinstance(record, Incident) else ""
        if (act == "access" or act.startswith("access.")) and _within(several[0], material):
            found[name] = several
    return found


def _within(claim: ClaimEntry, material: Material) -> bool:
    if material.period is None:
        return True
    start = material.us(claim.from_) if claim.from_ else material.period.first
    end = material.us(claim.until, end=True) if claim.until else material.period.last
    return start <= material.period.last and end >= material.period.first


def began_in_period(record: str, material: Material) -> bool:
    """Tell whether an act began in the period, by the latest instant at which it may have."""
    began = material.began.get(record)
    return began is not None and material.in_period(began)
