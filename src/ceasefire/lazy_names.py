"""The names of a package, each found when it is first asked for (PEP 562).

`import ceasefire` reads one small module; what a script uses is read when it uses it
(docs/speed.md, "Importing"). A package that does so imports its names for type checkers
alone, lists them in `__all__`, and says here in which module each stands; tests/test_house.py
holds the three equal. Whatever else is asked of the package is a module of it, or is refused
as Python refuses an unknown name.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def found_when_asked(
    package: str, homes: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` of a package, by what each module has: names with blanks between."""
    home_of = {name: home for home, names in homes.items() for name in names.split()}

    def find(name: str) -> object:
        if name not in home_of:
            return _module(package, name)
        found = getattr(import_module(home_of[name]), name)
        setattr(sys.modules[package], name, found)  # so that it is not asked for here again
        return found

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *home_of})

    return find, names


def _module(package: str, name: str) -> object:
    """Return a module of a package: `ceasefire.errors` is there without an import of its own."""
    whole = f"{package}.{name}"
    if not name.startswith("_"):
        try:
            return import_module(whole)
        except ModuleNotFoundError as error:
            if error.name != whole:  # it is there, and something that it needs is not
                raise
    raise AttributeError(f"module {package!r} has no attribute {name!r}")
