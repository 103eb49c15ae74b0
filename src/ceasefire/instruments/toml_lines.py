"""On which line of a TOML text each key stands.

tomllib reads values and forgets where they were; a lawyer who corrects a file
needs the line. The index is made only when there is something to tell, from a
text that tomllib has accepted, so this walks and never judges.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from contextlib import suppress
from functools import lru_cache
from typing import Final

from ceasefire.patterns import regex

#: A place in a file: keys and positions in lists, such as ("commitment", 3, "due").
Path = tuple[str | int, ...]

_BLANK: Final = regex(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY: Final = regex(r"""[ \t]*([A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*""")
STRING: Final = regex(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN: Final = regex(r"[^,\]}\n#]+")
#: Digits of the longest number that is read: of longer ones Python refuses to make a text.
LONGEST_NUMBER: Final = 100
_DIGITS: Final = regex(rf"[0-9A-Fa-f_]{{{LONGEST_NUMBER + 1}}}")
#: A long number that stands in no string and in no comment, which are found whole and passed over.
_LONG: Final = regex(
    rf"{STRING.pattern}|#[^\n]*|(?P<number>(?:\d|0x[0-9A-Fa-f])[0-9A-Fa-f_]{{{LONGEST_NUMBER},}})", re.DOTALL
)


@lru_cache(maxsize=8)
def line_index(text: str) -> dict[Path, int]:
    """Return the line (1-based) of every key, list item and table header of a valid TOML text."""
    walk = _Walk(text)
    with suppress(RecursionError, IndexError):  # what was reached keeps its line; the rest has its table's
        walk.document()
    return walk.lines


def line_of(text: str, path: Path) -> int:
    """Return the line of a place, of the table around it if it is absent, at last of the file: 1."""
    lines = line_index(text)
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return 1


def line_of_long_number(text: str) -> int:
    """Return the line of the first number that is too long to be read, in whatever base; 0 without one."""
    if not _DIGITS.search(text):
        return 0
    first = next((found.start() for found in _LONG.finditer(text) if found["number"]), None)
    return 0 if first is None else text.count("\n", 0, first) + 1


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._counts: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        self._skip()
        while self.at < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)
            self._skip()

    def _header(self) -> Path:
        line, many = self._line(), self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        names = self._names()
        self.at += 2 if many else 1
        path = self._inside(names[:-1])
        path = (*path, names[-1])
        if many:
            number = self._counts[path] = self._counts.get(path, -1) + 1
            self.lines.setdefault(path, line)
            path = (*path, number)
        self.lines.setdefault(path, line)
        return path

    def _inside(self, names: list[str]) -> Path:
        """Return the place of a header's outer names: of a list of tables, its last one."""
        path: Path = ()
        for name in names:
            path = (*path, name)
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _pair(self, table: Path) -> None:
        line = self._line()
        for name in self._names():
            table = (*table, name)
            self.lines.setdefault(table, line)
        self.at += 1  # the equals sign
        self._skip()
        self._value(table)

    def _names(self) -> list[str]:
        names = []
        while found := _KEY.match(self.text, self.at):
            name = found[1]
            names.append(tomllib.loads(f"k={name}")["k"] if name[0] in "\"'" else name)
            self.at = found.end()
            if not self.text.startswith(".", self.at):
                return names
            self.at += 1
        raise IndexError(self.at)

    def _value(self, path: Path) -> None:
        opening = self.text[self.at]
        if opening == "[":
            self._items(path)
        elif opening == "{":
            self._inline(path)
        elif found := (STRING if opening in "\"'" else _PLAIN).match(self.text, self.at):
            self.at = found.end()
        else:
            raise IndexError(self.at)

    def _items(self, path: Path) -> None:
        self.at += 1
        number = 0
        while self._next("]"):
            self.lines[(*path, number)] = self._line()
            self._value((*path, number))
            number += 1

    def _inline(self, path: Path) -> None:
        self.at += 1
        while self._next("}"):
            self._pair(path)

    def _next(self, closing: str) -> bool:
        """Go to the next item, or behind the closing bracket: then return False."""
        self._skip()
        if self.text.startswith(",", self.at):
            self.at += 1
            self._skip()
        if self.text.startswith(closing, self.at):
            self.at += 1
            return False
        return self.at < len(self.text)

    def _skip(self) -> None:
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _line(self) -> int:
        return bisect_left(self._breaks, self.at) + 1
