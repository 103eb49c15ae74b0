"""Access denied, and the days on which a side published nothing: what could not be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.record.kinds import Incident
from ceasefire.reporting.document import Bullets, Column, Paragraph, Ref, Row, Section, Table, words
from ceasefire.reporting.material.material import counted
from ceasefire.reporting.sections.claims import named, place
from ceasefire.reporting.words import wording
from ceasefire.times_in_words import day_ranges, days_between, read_us

if TYPE_CHECKING:
    from ceasefire.assessment.result.entries import ClaimEntry
    from ceasefire.reporting.document import Block
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material

_NO_PROOF: Final = " That is no proof that there was none."


def access(material: Material, ledgers: Ledgers) -> Section:
    """Return denials of access, and the days of the period without data, by ledger."""
    blocks: list[Block] = []
    denials = _denials(material)
    if denials is not None:
        blocks.append(denials)
    elif material.period is not None:
        blocks.append(Paragraph((f"No denial of access is {material.present} in the period.", _NO_PROOF)))
    if material.period is not None:
        blocks += _silent_days(material, ledgers)
    return Section(id="access", title="Access denied and days without data", blocks=tuple(blocks))


def _denials(material: Material) -> Table | None:
    rows: list[Row] = []
    for name, several in material.claims.items():
        record = material.record(name)
        if not isinstance(record, Incident):
            continue
        if record.act != "access" and not (record.act or "").startswith("access."):
            continue
        if not _in_period(several[0], material):
            continue
        rows.append(
            Row(
                cells=(
                    (material.occurred(record.occurred, record.timezone),),
                    (material.names.act(record.act),),
                    (place(record, material),),
                    named(several, material),
                    wording.determinations(several, material),
                    (Ref(name),),
                )
            )
        )
    if not rows:
        return None
    return Table(
        caption="Reports of access denied" + (" in the period" if material.period else ""),
        columns=(
            Column("When"), Column("What"), Column("Where"), Column("Who is named"), Column("Determination"),
            Column("Record"),
        ),
        rows=tuple(rows),
    )  # fmt: skip


def _in_period(claim: ClaimEntry, material: Material) -> bool:
    if material.period is None:
        return True
    start = read_us(claim.from_, zone=material.timezone)
    end = read_us(claim.until, end=True, zone=material.timezone)
    return (start is None or start <= material.period.last) and (end is None or end >= material.period.first)


def _silent_days(material: Material, ledgers: Ledgers) -> list[Block]:
    """Return, for each side, the local days of the period that none of its counts covers."""
    window = material.period
    if window is None:
        return []
    days = days_between(window.first, window.last, material.timezone)
    every = f"the {counted(len(days), 'day')}"
    if not ledgers.sides:
        return [Paragraph((f"No count of any side is {material.present} for any of {every} of the period.",))]
    items = []
    for side in ledgers.sides:
        covered = set(ledgers.days(side, material.timezone))
        missing = [day for day in days if day not in covered]
        said = f"{len(missing)} of {len(days)}: {day_ranges(missing)}" if missing else f"none of {len(days)}"
        items.append(words(f"{material.names.party(side)} – {said}"))
    return [
        Paragraph((f"Days of the period for which no count of a side is {material.present}:",)),
        Bullets(tuple(items)),
    ]
