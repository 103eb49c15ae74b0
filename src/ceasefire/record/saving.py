"""Saving a file: whole or not at all, and only ever in the place of a file.

What is written is written beside its place and moved there, so that nobody reads
half of it. A link stays a link: the file that it leads to is replaced. A device or
a pipe is none, and moving a file to its place would take it away.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ceasefire.errors import CeasefireError, UnreadableFile, UnwritableFile, reason

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def saving(path: object) -> Iterator[IO[bytes]]:
    """Give a file to write into, which is in its place once all is written, and never otherwise.

    A file that was there stays until then. Raises `UnwritableFile` where there can be
    none, and where there is something else: a folder, a device, a pipe.
    """
    name = path_named(path, "written")
    try:
        target = _place(name)
        beside = target.with_name(f".{target.name[:40]}.{secrets.token_hex(6)}")
        try:
            with beside.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        if isinstance(error, CeasefireError):
            raise
        raise UnwritableFile(f"{Path(name)!s:.200} cannot be written: {reason(error)}") from error


def path_named(path: object, what: str) -> str:
    """Return the path of a file as a text; raises for what is none.

    `what` is to be done with it, "read" or "written": the error is `UnreadableFile` or
    `UnwritableFile`.
    """
    error = UnreadableFile if what == "read" else UnwritableFile
    name = os.fspath(path) if isinstance(path, str | os.PathLike) else None
    if not isinstance(name, str):
        raise error(f"{path!r:.80} cannot be {what}: give the path of a file as a text")
    if "\0" in name or not _encodable(name):
        raise error(f"{name!r:.80} cannot be {what}: it holds a character that no path has: take it out")
    return name


def _place(name: str) -> Path:
    """Return where a file of that name is written: of a link, what it leads to."""
    target = Path(name)
    if target.is_symlink():
        target = Path(os.path.realpath(target))
    kind = stat.S_IFREG
    with suppress(FileNotFoundError):
        kind = stat.S_IFMT(target.stat().st_mode)
    if kind == stat.S_IFDIR:
        raise UnwritableFile(f"{target} cannot be written: it is a folder: name a file in it")
    if kind != stat.S_IFREG:
        raise UnwritableFile(f"{target} cannot be written: it is no regular file: name another")
    return target


def _encodable(name: str) -> bool:
    """Tell whether the system can be asked for a file of that name: half a character has no bytes."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return True
