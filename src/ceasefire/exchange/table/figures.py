"""Figures as a table writes them, told by an example of 1234.5, and bounds (docs/imports.md, "A mapping")."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ceasefire.patterns import regex

#: The figure by which a mapping shows how figures are written.
_EXAMPLE: Final = regex(r"1([.,' ]?)234(?:([.,])5)?", re.ASCII)
_N: Final = r" *(\d{1,15}) *"
#: How tables write bounds of a number of people: which of them each figure is, and what it is short of that.
_BOUNDS: Final = (
    (regex(rf"(?:≥|>=){_N}", re.ASCII), (("low", 0),)),
    (regex(rf"{_N}\+", re.ASCII), (("low", 0),)),
    (regex(rf">{_N}", re.ASCII), (("low", 1),)),
    (regex(rf"(?:≤|<=){_N}", re.ASCII), (("high", 0),)),
    (regex(rf"<{_N}", re.ASCII), (("high", -1),)),
    (regex(rf"{_N}[-\u2013]{_N}", re.ASCII), (("low", 0), ("high", 0))),
)
#: Blanks that part thousands: also those that do not break.
_BLANKS: Final = "[ \u00a0\u202f]"


def figures_flaw(example: str) -> str | None:
    """Return what is wrong with the example by which figures are read, or None."""
    found = _EXAMPLE.fullmatch(example)
    if found is None or (found[1] and found[1] == found[2]) or not any(found.groups()):
        return "does not show how 1234.5 is written"
    return None


@lru_cache(maxsize=8)
def _figure(example: str) -> tuple[re.Pattern[str], str]:
    """Return the pattern of a figure that is written as the example is, and the mark between thousands."""
    found = _EXAMPLE.fullmatch(example)
    thousands, decimal = found.groups("") if found else ("", "")
    mark = _BLANKS if thousands == " " else re.escape(thousands)
    whole = rf"\d{{1,3}}(?:{mark}\d{{3}})+|\d+" if thousands else r"\d+"
    part = rf"(?:{re.escape(decimal)}(\d+))?" if decimal else "()"
    return re.compile(rf"([-+]?)({whole}){part}", re.ASCII), mark


def plain_figure(cell: str, example: str | None) -> str:
    """Return a figure as records have it, of one that is written as the example is; others as they are."""
    cell = plain_digits(cell)
    if example is None:
        return cell
    pattern, mark = _figure(example)
    found = pattern.fullmatch(cell)
    if found is None:
        return cell
    whole = re.sub(mark, "", found[2]) if mark else found[2]
    return f"{found[1]}{whole}" + (f".{found[3]}" if found[3] else "")


def bounded(name: str, cell: str) -> tuple[tuple[str, str], ...]:
    """Return what a cell says of the best estimate of a number of people: that, or bounds of it.

    `10+`, `≥10` and `>9` are at least ten, `<=10` and `<11` at most ten, `3-5` is from three to five.
    """
    for pattern, bounds in _BOUNDS:
        if found := pattern.fullmatch(cell):
            figures = [int(said) + beyond for said, (_, beyond) in zip(found.groups(), bounds, strict=True)]
            if min(figures) >= 0:
                whose = name.removesuffix(".best")
                return tuple(
                    (f"{whose}.{bound}", str(n)) for (bound, _), n in zip(bounds, figures, strict=True)
                )
    return ((name, cell),)


def plain_digits(cell: str) -> str:
    """Return a text with the digits of other scripts as 0 to 9."""
    if cell.isascii():
        return cell
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in cell)
