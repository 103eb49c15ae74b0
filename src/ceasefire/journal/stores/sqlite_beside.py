"""The files beside a journal while it is open: its log (`-wal`), and the index of that (`-shm`).

Programs that write one file find each other's records by these two (docs/journals.md, "The file").
Where somebody deletes or replaces one while the journal is open, SQLite goes on with what it has
opened: two programs write two logs, and the last that closes puts its own over the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

#: Device and number of a file; None where there is none.
Identity = tuple[int, int] | None
#: Those of a journal's file, of its log, and of the index of that.
Together = tuple[Identity, Identity, Identity]

_BESIDE: Final = ("-wal", "-shm")
_GONE: Final = (
    "was deleted, moved or replaced while it was open: what is written now would be lost; open it again"
)
_GONE_BESIDE: Final = (
    "has lost a file beside it (its name with -wal or -shm), which was deleted or replaced while it was "
    "open: what is written now would be lost; copy what is held here to a new file, close this one, open "
    "it again, and merge the copy"
)


def together(path: Path) -> Together:
    """Return which files a journal's file and those beside it are now."""
    log, index = (_identity(path.with_name(path.name + end)) for end in _BESIDE)
    return _identity(path), log, index


def changed_since(path: Path, opened: Together) -> str:
    """Return what became of a journal's files since it was opened, or an empty text."""
    here = together(path)
    if here[0] != opened[0]:
        return _GONE
    return _GONE_BESIDE if here != opened else ""


def of_others(path: Path, opened: Together) -> bool:
    """Tell whether others use the same file by another index, and so by another log or other ends of it."""
    here = together(path)
    return here[0] == opened[0] and opened[2] is not None and here[2] not in (None, opened[2])


def _identity(path: Path) -> Identity:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
