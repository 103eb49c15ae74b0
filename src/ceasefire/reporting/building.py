"""From an assessment to the document of its report: one pure step, the same for every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.annexes.agreements import agreements
from ceasefire.reporting.annexes.claims import claims, reasons
from ceasefire.reporting.annexes.counts import counts
from ceasefire.reporting.annexes.making import making
from ceasefire.reporting.annexes.problems import problems
from ceasefire.reporting.annexes.texts import texts
from ceasefire.reporting.document import Document, Frame, words
from ceasefire.reporting.material.ledgers import ledgers
from ceasefire.reporting.sections.appraisals import appraisals
from ceasefire.reporting.sections.band import band, made_from, title
from ceasefire.reporting.sections.band import line as first_line
from ceasefire.reporting.sections.brief import brief
from ceasefire.reporting.sections.cases import cases
from ceasefire.reporting.sections.changes import changes
from ceasefire.reporting.sections.commitments import commitments
from ceasefire.reporting.sections.line import line
from ceasefire.reporting.sections.places import places
from ceasefire.reporting.sections.strips import strips, trend
from ceasefire.reporting.sections.tiles import tiles
from ceasefire.reporting.sections.unseen import unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ceasefire.reporting.document import Section
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material

Maker = "Callable[[Material, Ledgers], Section]"

#: Page one: what it may leave to the body stands in `sections.front`.
FRONT: Final[tuple[Maker, ...]] = (brief, tiles, strips, lambda material, _: line(material))  # type: ignore[valid-type]
#: The body, in its order.
BODY: Final = (
    lambda material, _: changes(material),
    lambda material, _: cases(material),
    places,
    lambda material, _: commitments(material),
    trend,
    unseen,
    lambda material, _: appraisals(material),
)
#: The annexes, in theirs.
ANNEXES: Final = (
    counts,
    lambda material, _: texts(material),
    lambda material, _: agreements(material),
    lambda material, _: making(material),
    lambda material, _: claims(material),
    lambda material, _: reasons(material),
    lambda material, _: problems(material),
)


def build(material: Material) -> Document:
    """Return the document of a report, with the sections that have content (docs/reports.md)."""
    held = ledgers(material)

    def made(several: Iterable[Callable[[Material, Ledgers], Section]]) -> tuple[Section, ...]:
        return tuple(section for make in several if not (section := make(material, held)).empty)

    return Document(
        title=title(material),
        line=words(*first_line(material)),
        band=band(material),
        made_from=made_from(material),
        frame=_frame(material),
        front=made(FRONT),
        body=made(BODY),
        annexes=made(ANNEXES),
    )


def _frame(material: Material) -> Frame:
    return Frame(
        language=material.vocabulary.language,
        **{
            name: material.text(f"frame.{name}")
            for name in ("skip", "audience", "contents", "foot", "annex", "key", "no_drawing")
        },
    )
