"""References to records: runs of one author drawn together, the author left out where there is but one.

docs/reports.md, "Shortening".
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import At, Ref, words
from ceasefire.reporting.material.material import numbered
from ceasefire.reporting.words.direction import left_to_right
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.material import Material

#: More records than this are told by a reference that leads to where all of them stand.
MOST: Final = 6
_RUN: Final = 3


def short_id(record: str, material: Material) -> str:
    """Return the id of a record as this report writes it."""
    return record.rpartition("/")[2] if material.only_author else record


def ref(record: str, material: Material) -> Ref:
    """Return a reference to one record."""
    return Ref(record, _isolated(short_id(record, material), material))


def at(record: str, material: Material) -> At:
    """Return the id of a record where it is told."""
    return At(record, short_id(record, material))


def refs(records: Iterable[str | None], material: Material, section: str = "") -> Words:
    """Return a reference to each of some records, or one to the section that has them all.

    A blank stands before it, so that it can follow any word; nothing where there is no record.
    """
    several = _in_order(records, material)
    if not several:
        return ()
    runs = list(islice(_runs(several), MOST + 1))
    if len(several) <= MOST and len(runs) == len(several):
        return words(*((" ", ref(record, material)) for record in several))
    if len(runs) > MOST:
        first, last = (_told([record], material) for record in (several[0], several[-1]))
        text = material.text("ref.from_to", first=first, last=last)
    else:
        text = ", ".join(_told(run, material) for run in runs)
    leads = section if len(several) > MOST else ""
    return (" ", Ref(several[0], _isolated(text, material), leads, tuple(several)))


def _in_order(records: Iterable[str | None], material: Material) -> list[str]:
    """Return records by author and number, each once."""
    distinct = dict.fromkeys(record for record in records if record is not None)
    try:
        return sorted(distinct, key=material.places.__getitem__)
    except KeyError:  # one is not held
        return sorted(distinct, key=numbered)


def _isolated(text: str, material: Material) -> str:
    return left_to_right(text, material.vocabulary.direction)


def _runs(several: Sequence[str]) -> Iterator[list[str]]:
    """Yield records in runs of one author whose numbers follow one another; two alone are no run."""
    run: list[str] = []
    before: tuple[str, int] | None = None
    for record in several:
        author, number, _ = numbered(record)
        if run and not (number and before == (author, number - 1)):
            yield from _parts(run)
            run = []
        run.append(record)
        before = author, number
    yield from _parts(run)


def _parts(run: list[str]) -> list[list[str]]:
    return [run] if len(run) >= _RUN else [[record] for record in run]


def _told(run: list[str], material: Material) -> str:
    first = visible(short_id(run[0], material))
    return first if len(run) == 1 else f"{first}–{numbered(run[-1])[1]}"
