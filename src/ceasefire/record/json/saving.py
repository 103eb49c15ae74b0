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

from ceasefire.errors import CeasefireError, UnwritableFile, path_named, reason

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
