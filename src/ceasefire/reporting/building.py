"""From an assessment to the document of its report: one pure step, the same for every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.reporting.document import Document
from ceasefire.reporting.material.ledgers import ledgers
from ceasefire.reporting.sections.access import access
from ceasefire.reporting.sections.agreements import agreements
from ceasefire.reporting.sections.cases import cases
from ceasefire.reporting.sections.claims import claims, publications
from ceasefire.reporting.sections.commitments import commitments
from ceasefire.reporting.sections.head import banner, head, subtitle, title
from ceasefire.reporting.sections.making import making, problems
from ceasefire.reporting.sections.opening import opening
from ceasefire.reporting.sections.periods import periods
from ceasefire.reporting.sections.positions import appraisals, positions
from ceasefire.reporting.sections.side_by_side import side_by_side

if TYPE_CHECKING:
    from ceasefire.reporting.material.material import Material


def build(material: Material) -> Document:
    """Return the document of a report, with the sections that have content (docs/reports.md)."""
    counts = ledgers(material)
    sections = (
        head(material),
        opening(material, counts),
        periods(material, counts),
        side_by_side(material, counts),
        agreements(material),
        commitments(material),
        cases(material),
        access(material, counts),
        positions(material),
        appraisals(material),
        problems(material),
        claims(material),
        publications(material, counts),
        making(material),
    )
    return Document(
        title=title(material),
        subtitle=subtitle(material),
        banner=banner(material),
        sections=tuple(section for section in sections if not section.empty),
    )
