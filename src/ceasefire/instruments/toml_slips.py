"""What word processors and habit write that is no TOML: curved quotation marks, dates with the day first.

tomllib says only that a value is invalid. Here the line is told with what to write
instead, each such line of a file at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ceasefire.errors import day_that_exists
from ceasefire.instruments.toml_lines import STRING
from ceasefire.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Quotation marks curved, low, angled, single or of full width.
_MARKS: Final = "\u201c\u201d\u201e\u201f\xab\xbb\u2018\u2019\u201a\u2039\u203a\uff02"
#: A slip that stands in no string and in no comment, which are found whole and passed over.
_SLIP: Final = regex(
    rf"{STRING.pattern}|#[^\n]*|(?P<marks>[{_MARKS}])"
    r"|(?<![\w.-])(?P<day>\d{1,2})(?P<by>[./-])(?P<month>\d{1,2})(?P=by)(?P<year>\d{4})(?![\w.-])"
    r"|(?P<named>(?m:^)[ \t]*(?:title|name|short|summary)\.[a-z]+(?=[ \t]*=))"
    r"|(?<![\w.-])(?P<unknown>\d{4}-\d\d)-00(?![\w.-])",
    re.DOTALL,
)
_QUOTED: Final = regex(rf"[{_MARKS}\"']([^{_MARKS}\"'\n]*)[{_MARKS}\"']")
_LAST_MONTH: Final = 12


def slips(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield, of a text that is no TOML, each line with such a slip: its number, what it is, what to write."""
    told: set[int] = set()
    for found in _SLIP.finditer(text):
        if found.lastgroup is None:
            continue
        line = text.count("\n", 0, found.start()) + 1
        if line not in told:
            told.add(line)
            yield (
                line,
                *(
                    _named(found)
                    if found["named"]
                    else _marks(text, found)
                    if found["marks"]
                    else _date(found)
                ),
            )


def _marks(text: str, found: re.Match[str]) -> tuple[str, str]:
    line = text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
    marks = "".join(dict.fromkeys(sign for sign in line if sign in _MARKS))
    quoted = next((one for one in _QUOTED.finditer(line) if set(one[0]) & set(_MARKS)), None)
    instead = f'write "{quoted[1]}"' if quoted else 'write "'
    named = "is no quotation mark" if len(marks) == 1 else "are no quotation marks"
    return f"{' '.join(marks)} {named} of TOML", f"{instead}, with the straight mark on both sides"


def _named(found: re.Match[str]) -> tuple[str, str]:
    key = found["named"].strip()
    return f"{key} without quotation marks is a table of TOML", f'write "{key}" = …, the key in quotes'


def _date(found: re.Match[str]) -> tuple[str, str]:
    if found["unknown"]:
        return f"{found[0]} is no date: no day is called 00", f'write the month, "{found["unknown"]}"'
    day, month, year = int(found["day"]), int(found["month"]), found["year"]
    what = f"{found[0]} is no date of TOML"
    meant = day_that_exists(int(year), month, day)
    if meant and (day > _LAST_MONTH or found["by"] == "."):
        return what, f"write {meant}, the year first"
    return what, f"write year, month and day, such as {year}-12-31"
