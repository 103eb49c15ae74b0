"""References to records: runs of one author drawn together, the author left out where there is but one.

docs/reports.md, "Shortening".
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import At, Ref, words
from ceasefire.reporting.words.direction import left_to_right
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    several = sorted(dict.fromkeys(r for r in records if r is not None), key=_place)
    if not several:
        return ()
    runs = _runs(several)
    if len(several) <= MOST and len(runs) == len(several):
        return words(*((" ", ref(record, material)) for record in several))
    shown = [_told(run, material) for run in runs]
    if len(shown) > MOST:
        shown = [
            material.text(
                "ref.from_to", first=_told(runs[0][:1], material), last=_told(runs[-1][-1:], material)
            )
        ]
    text = ", ".join(shown)
    leads = section if len(several) > MOST else ""
    return (" ", Ref(several[0], _isolated(text, material), leads, tuple(several)))


def _isolated(text: str, material: Material) -> str:
    return left_to_right(text, material.vocabulary.direction)


@lru_cache(maxsize=65_536)
def _place(record: str) -> tuple[str, int, str]:
    author, _, number = record.rpartition("/")
    return (author, int(number), "") if number.isdecimal() and number.isascii() else (record, 0, record)


def _runs(several: list[str]) -> list[list[str]]:
    """Return records in runs of one author whose numbers follow one another; two alone are no run."""
    runs: list[list[str]] = []
    for record in several:
        author, number, _ = _place(record)
        if runs and number and _place(runs[-1][-1])[:2] == (author, number - 1):
            runs[-1].append(record)
        else:
            runs.append([record])
    return [part for run in runs for part in ([run] if len(run) >= _RUN else [[one] for one in run])]


def _told(run: list[str], material: Material) -> str:
    first = visible(short_id(run[0], material))
    return first if len(run) == 1 else f"{first}–{_place(run[-1])[1]}"
