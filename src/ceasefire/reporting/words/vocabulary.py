"""The vocabulary of a report: every sentence of ours as a pattern with slots, one file a language.

A slot takes words, so that a reference or a name keeps its place whatever the order of
a language; what is counted has a pattern for each plural class (docs/reports.md). Slots
are never put together to a sentence anywhere else.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from ceasefire.errors import ReportError, did_you_mean, nearest, quoted
from ceasefire.packaged import folder_of
from ceasefire.patterns import regex
from ceasefire.reporting.document import Inline, Strong, Words, plain, words
from ceasefire.reporting.words.direction import isolated
from ceasefire.reporting.words.plurals import PLURALS
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: The language of the sentences of an assessment, and of the standard list of acts.
ASSESSED_IN: Final = "en"
#: The languages written from right to left.
RIGHT_TO_LEFT: Final = frozenset({"ar"})
#: The plural classes there are.
CLASSES: Final = frozenset({"zero", "one", "two", "few", "many", "other"})
_SLOTS: Final = regex(r"\{(\w+)\}")

Slot = Inline | Words | int


class _Part(NamedTuple):
    """A part of a pattern: whether it is bold, and its texts and the names of its slots, in order."""

    bold: bool
    #: Each with whether it is a slot.
    pieces: tuple[tuple[bool, str], ...]


class Vocabulary(Value):
    """The patterns of one language, by their keys."""

    language: str
    #: A text, or one for each plural class.
    patterns: Mapping[str, Any]

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Whether the language is written from left to right, or from right to left."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def pattern(self, key: str) -> str:
        """Return a pattern as it stands, for what fills its slots itself."""
        return str(self.patterns[key])

    def number(self, number: int) -> str:
        """Return a number in digits, those of a thousand set apart as the language does it."""
        return f"{number:,}".replace(",", self.pattern("number.thousands"))

    def capital(self, text: str) -> str:
        """Return a text with its first letter a capital, as the language has it."""
        first = "İ" if self.language == "tr" and text[:1] == "i" else text[:1].upper()
        return first + text[1:]

    def has(self, key: str) -> bool:
        """Tell whether there is a pattern of this key."""
        return key in self.patterns

    def say(self, key: str, /, **slots: Slot) -> Words:
        """Return a pattern with its slots filled; `n` also chooses the plural class.

        Raises `KeyError` for a key or a slot that is not there: a mistake of ours.
        """
        said: list[Inline | Words] = []
        for bold, pieces in self._parsed(key, slots):
            filled = [self._filled(slots[text]) if slot else text for slot, text in pieces]
            said += [Strong(plain(words(*filled)))] if bold else filled
        return words(*said)

    def text(self, key: str, /, **slots: Slot) -> str:
        """Return a pattern with its slots filled, as text alone."""
        return "".join(
            self._plain(slots[text]) if slot else text
            for _, pieces in self._parsed(key, slots)
            for slot, text in pieces
        )

    def _parsed(self, key: str, slots: Mapping[str, Slot]) -> tuple[_Part, ...]:
        """Return the parts of a pattern, of those of a number the one of its plural class."""
        pattern = self.patterns[key]
        if not isinstance(pattern, str):
            pattern = pattern[PLURALS[self.language].of(_number(slots["n"]))]
        return _parts(pattern)

    def code(self, room: str, code: str | None) -> str:
        """Return the word for a code of a closed list; a code that has none stands for itself."""
        key = f"{room}.{code}"
        return self.text(key) if self.has(key) else (code or "–").replace("_", " ")

    def listed(self, several: Iterable[Inline | Words], key: str = "list.and") -> Words:
        """Return things as a list in a sentence: a, b and c."""
        parts = [self._apart(one) for one in several]
        if len(parts) < 2:  # noqa: PLR2004 – one thing is no list
            return parts[0] if parts else ()
        *most, last = parts
        return self.say(key, several=self.joined(most, "list.comma"), last=last)

    def joined(self, several: Iterable[Inline | Words], key: str) -> Words:
        """Return things one after the other, with what stands between them."""
        between = self.say(key)
        parts = [self._apart(one) for one in several]
        return words(*(words(*(between if n else ()), *part) for n, part in enumerate(parts)))

    def _apart(self, one: Inline | Words) -> Words:
        """Return one of several things as words; a text in the other direction by itself."""
        if isinstance(one, tuple) and len(one) == 1:
            (one,) = one
        return words(self._filled(one))

    def _filled(self, slot: Slot) -> Inline | Words:
        if isinstance(slot, int):
            return self.number(slot)
        return isolated(slot, self.direction) if isinstance(slot, str) else slot

    def _plain(self, slot: Slot) -> str:
        filled = self._filled(slot)
        return plain(filled if isinstance(filled, tuple) else (filled,))


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


def _number(slot: Slot) -> int:
    if not isinstance(slot, int):
        raise TypeError(f"a plural class is that of a number, not of {slot!r}")
    return slot


def vocabulary(language: str = "en") -> Vocabulary:
    """Return the vocabulary of a language; raises `ReportError` for one there is none of."""
    if not isinstance(language, str) or language not in PLURALS:
        known = ", ".join(PLURALS)
        guess = did_you_mean(nearest(language, PLURALS)) if isinstance(language, str) else ""
        raise ReportError(
            f"there are no reports in the language {quoted(language)}{guess}: write one of {known}"
        )
    return _read(language)


@cache
def _read(language: str) -> Vocabulary:
    file = folder_of("ceasefire.reporting").joinpath("words", f"{language}.toml")
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return Vocabulary(language, dict(_flat(tables, "")))


def _flat(table: Mapping[str, Any], before: str) -> Iterable[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict) and not CLASSES.issuperset(value):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value
