"""The files beside a journal while it is open: its log (`-wal`), and the index of that (`-shm`).

Programs that write one file find each other's records by these two (docs/journals.md, "The file").
Where somebody deletes or replaces one while the journal is open, SQLite goes on with what it has
opened: two programs write two logs, and the last that closes puts its own over the other.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from pathlib import Path

#: Device and number of a file; None where there is none.
Identity = tuple[int, int] | None

_GONE: Final = (
    "was deleted, moved or replaced while it was open: what is written now would be lost; open it again"
)
_GONE_BESIDE: Final = (
    "has lost a file beside it (its name with -wal or -shm), which was deleted or replaced while it was "
    "open: what is written now would be lost; copy what is held here to a new file, close this one, open "
    "it again, and merge the copy"
)


@frozen
class Together:
    """A journal's file, its log, and the index of that: their names, and which files they were once."""

    names: tuple[str, str, str]
    files: tuple[Identity, Identity, Identity]

    def changed(self) -> str:
        """Return what became of these files since, or an empty text."""
        here = _files(self.names)
        if here == self.files:
            return ""
        return _GONE if here[0] != self.files[0] else _GONE_BESIDE

    def of_others(self) -> bool:
        """Tell whether others use the same file by another index, and so by another log or ends of it."""
        file, _, index = _files(self.names)
        return file == self.files[0] and self.files[2] is not None and index not in (None, self.files[2])


def together(path: Path) -> Together:
    """Return which files a journal's file and those beside it are now."""
    name = str(path)
    names = name, f"{name}-wal", f"{name}-shm"
    return Together(names, _files(names))


def _files(names: tuple[str, str, str]) -> tuple[Identity, Identity, Identity]:
    file, log, index = names
    return _identity(file), _identity(log), _identity(index)


def _identity(name: str) -> Identity:
    try:
        found = os.stat(name)  # noqa: PTH116 - looked at with every record, and a path is made into a text each time
    except OSError:
        return None
    return found.st_dev, found.st_ino
