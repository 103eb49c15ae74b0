"""The vocabulary of a report: every sentence of ours as a pattern with slots, one file a language.

A slot takes words, so that a reference or a name keeps its place whatever the order of
a language; what is counted has a pattern for each plural class (docs/reports.md). Slots
are never put together to a sentence anywhere else.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from attrs import field, frozen

from ceasefire.reporting.document import Inline, Strong, Words, plain, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

#: Which plural class a number has, by language (Unicode CLDR, plural rules).
PLURALS: Final[Mapping[str, Callable[[int], str]]] = {"en": lambda n: "one" if n == 1 else "other"}
#: The plural classes there are.
CLASSES: Final = frozenset({"zero", "one", "two", "few", "many", "other"})
_SLOTS: Final = re.compile(r"\{(\w+)\}")

Slot = Inline | Words | int


class _Part(NamedTuple):
    """A part of a pattern: whether it is bold, and its texts and the names of its slots, in order."""

    bold: bool
    #: Each with whether it is a slot.
    pieces: tuple[tuple[bool, str], ...]


@frozen(slots=False)
class Vocabulary:
    """The patterns of one language, by their keys."""

    language: str
    _patterns: Mapping[str, Any] = field(repr=False)

    def has(self, key: str) -> bool:
        """Tell whether there is a pattern of this key."""
        return key in self._patterns

    def say(self, key: str, /, **slots: Slot) -> Words:
        """Return a pattern with its slots filled; `n` also chooses the plural class.

        Raises `KeyError` for a key or a slot that is not there: a mistake of ours.
        """
        said: list[Inline | Words] = []
        for bold, pieces in self._parsed(key, slots):
            filled = [_filled(slots[text]) if slot else text for slot, text in pieces]
            said += [Strong(plain(words(*filled)))] if bold else filled
        return words(*said)

    def text(self, key: str, /, **slots: Slot) -> str:
        """Return a pattern with its slots filled, as text alone."""
        return "".join(
            _plain(slots[text]) if slot else text
            for _, pieces in self._parsed(key, slots)
            for slot, text in pieces
        )

    def _parsed(self, key: str, slots: Mapping[str, Slot]) -> tuple[_Part, ...]:
        """Return the parts of a pattern, of those of a number the one of its plural class."""
        pattern = self._patterns[key]
        if not isinstance(pattern, str):
            pattern = pattern[PLURALS[self.language](_number(slots["n"]))]
        return _parts(pattern)

    def code(self, room: str, code: str | None) -> str:
        """Return the word for a code of a closed list; a code that has none stands for itself."""
        key = f"{room}.{code}"
        return self.text(key) if self.has(key) else (code or "–").replace("_", " ")

    def listed(self, several: Iterable[Inline | Words], key: str = "list.and") -> Words:
        """Return things as a list in a sentence: a, b and c."""
        parts = [words(one) for one in several]
        if len(parts) < 2:  # noqa: PLR2004 – one thing is no list
            return parts[0] if parts else ()
        *most, last = parts
        return self.say(key, several=self.joined(most, "list.comma"), last=last)

    def joined(self, several: Iterable[Inline | Words], key: str) -> Words:
        """Return things one after the other, with what stands between them."""
        between = self.say(key)
        parts = [words(one) for one in several]
        return words(*(words(*(between if n else ()), *part) for n, part in enumerate(parts)))


@cache
def _parts(pattern: str) -> tuple[_Part, ...]:
    """Return a pattern as its parts: those between two pairs of asterisks are bold."""
    return tuple(
        _Part(
            bool(number % 2),
            tuple((bool(n % 2), piece) for n, piece in enumerate(_SLOTS.split(part)) if piece),
        )
        for number, part in enumerate(pattern.split("**"))
    )


def _filled(slot: Slot) -> Inline | Words:
    return f"{slot:,}" if isinstance(slot, int) else slot


def _plain(slot: Slot) -> str:
    filled = _filled(slot)
    return filled if isinstance(filled, str) else plain(filled if isinstance(filled, tuple) else (filled,))


def _number(slot: Slot) -> int:
    if not isinstance(slot, int):
        raise TypeError(f"a plural class is that of a number, not of {slot!r}")
    return slot


@cache
def vocabulary(language: str = "en") -> Vocabulary:
    """Return the vocabulary of a language."""
    file = resources.files("ceasefire.reporting").joinpath("words", f"{language}.toml")
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return Vocabulary(language, dict(_flat(tables, "")))


def _flat(table: Mapping[str, Any], before: str) -> Iterable[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict) and not CLASSES.issuperset(value):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value
