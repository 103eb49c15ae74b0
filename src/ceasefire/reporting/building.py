"""From an assessment to the document of its report: one pure step, the same for every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.reporting.annexes.agreements import agreements, with_names
from ceasefire.reporting.annexes.claims import claims, reasons
from ceasefire.reporting.annexes.counts import counts
from ceasefire.reporting.annexes.making import making
from ceasefire.reporting.annexes.problems import problems
from ceasefire.reporting.annexes.texts import texts
from ceasefire.reporting.document import Document, Frame
from ceasefire.reporting.material.ledgers import ledgers
from ceasefire.reporting.sections.appraisals import appraisals, statements
from ceasefire.reporting.sections.band import band, line, made_from, title
from ceasefire.reporting.sections.cases import cases
from ceasefire.reporting.sections.changes import changes
from ceasefire.reporting.sections.commitments import commitments
from ceasefire.reporting.sections.front import front
from ceasefire.reporting.sections.places import places
from ceasefire.reporting.sections.strips import trend
from ceasefire.reporting.sections.unseen import unseen
from ceasefire.reporting.words.drawing import figure_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ceasefire.reporting.document import Section
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material

#: The body, in its order; before it stands what had no room on page one.
BODY: Final[tuple[Callable[[Material, Ledgers], Section], ...]] = (
    changes,
    cases,
    places,
    commitments,
    statements,
    trend,
    unseen,
    appraisals,
)
#: The annexes, by their letters.
ANNEXES: Final[Mapping[str, Callable[[Material, Ledgers], Section]]] = {
    "A": counts,
    "B": texts,
    "C": agreements,
    "D": making,
    "E": claims,
    "F": reasons,
    "G": problems,
}


def build(material: Material) -> Document:
    """Return the document of a report, with the sections that have content (docs/reports.md)."""
    held = ledgers(material)
    shown, moved = front(material, held)
    wanted = material.wanted.annexes
    asked = tuple(make for letter, make in ANNEXES.items() if wanted is None or letter in wanted)
    body, annexes = (tuple(make(material, held) for make in several) for several in (BODY, asked))
    annexes = with_names(annexes, (*shown, *moved, *body, *annexes), material)
    return Document(
        title=title(material),
        line=line(material),
        band=band(material),
        made_from=made_from(material),
        frame=_frame(material),
        front=shown,
        body=tuple(section for section in (*moved, *body) if not section.empty),
        annexes=tuple(section for section in annexes if not section.empty),
    )


def _frame(material: Material) -> Frame:
    def words(name: str) -> str:
        return material.text(f"frame.{name}")

    return Frame(
        language=material.vocabulary.language,
        skip=words("skip"),
        audience=words("audience"),
        contents=words("contents"),
        foot=words("foot"),
        direction=material.vocabulary.direction,
        figures=figure_words(material.days),
        attached=words("attached"),
        left_to_data=words("left_to_data"),
    )
