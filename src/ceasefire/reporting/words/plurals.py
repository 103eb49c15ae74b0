"""Which plural class a whole number has in each language of a report (Unicode CLDR, plural rules)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Plurals(Value):
    """The plural classes of a language, and which of them a number of it has."""

    classes: tuple[str, ...]
    of: Callable[[int], str]


def _english(n: int) -> str:
    return "one" if n == 1 else "other"


def _french(n: int) -> str:
    if n in (0, 1):
        return "one"
    return "many" if n % 1_000_000 == 0 else "other"


def _russian(n: int) -> str:
    if n % 100 in range(11, 15):
        return "many"
    return {1: "one", 2: "few", 3: "few", 4: "few"}.get(n % 10, "many")


def _arabic(n: int) -> str:
    if n in range(3):
        return ("zero", "one", "two")[n]
    if n % 100 in range(3):
        return "other"
    return "few" if n % 100 in range(3, 11) else "many"


#: By language, in the order in which they are offered.
PLURALS: Final[Mapping[str, Plurals]] = {
    "en": Plurals(("one", "other"), _english),
    "fr": Plurals(("one", "many", "other"), _french),
    "ru": Plurals(("one", "few", "many", "other"), _russian),
    "ar": Plurals(("zero", "one", "two", "few", "many", "other"), _arabic),
    "tr": Plurals(("one", "other"), _english),
}
