"""Annex G: what is odd in the data. It is told, never repaired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.reporting.annexes.claims import lines
from ceasefire.reporting.document import Code, Section, words
from ceasefire.reporting.telling.references import refs
from ceasefire.reporting.telling.room import ROWS, roomed
from ceasefire.reporting.words.vocabulary import ASSESSED_IN
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.assessment.result.entries import ProblemEntry
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material


def problems(material: Material, _: Ledgers) -> Section:
    """Return the problems, those of one kind and sentence with all their records."""
    grouped: dict[tuple[str, str], list[str | None]] = {}
    for problem in material.data.problems:
        grouped.setdefault((problem.code, _sentence(problem, material)), []).append(problem.record)
    blocks = roomed(
        tuple(grouped.items()),
        ROWS,
        lambda some: lines(_line(code, sentence, records, material) for (code, sentence), records in some),
        material,
        table="problems",
    )
    return Section(id="annex-problems", title=material.text("title.annex_problems"), blocks=blocks)


def _sentence(problem: ProblemEntry, material: Material) -> str:
    """Return the sentence of a problem without the id of its record; of one nobody released, that."""
    if problem.code == "does_not_add_up":
        return material.text("problem.does_not_add_up")
    if problem.what is None:
        return material.text("naming.not_released")
    if material.vocabulary.language != ASSESSED_IN:
        return material.vocabulary.code("problem", problem.code)
    return visible(problem.what).removeprefix(f"{visible(problem.record or '')}: ")


def _line(code: str, sentence: str, records: list[str | None], material: Material) -> Words:
    return words(sentence, *refs(records, material), " ", Code(code))
