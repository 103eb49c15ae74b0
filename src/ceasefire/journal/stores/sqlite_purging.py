"""Leaving no trace of what was erased in the file of a journal."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ceasefire.errors import DiskFull, JournalBusy

if TYPE_CHECKING:
    from ceasefire.journal.stores.sqlite_file import Opened


def purge(file: Opened) -> None:
    """Leave no trace of what was erased: neither in free pages nor in the log.

    Every page is written anew, then the log is emptied, for which everybody who
    reads must have finished. Raises `JournalBusy` where somebody has not in time, and
    `DiskFull` where there is no room for the new pages.
    """
    try:
        file.run("VACUUM")
        _empty_log(file)
    except (JournalBusy, DiskFull) as error:
        what = "what was erased can still be found in the file or its log: erase it again later"
        raise type(error)(f"{error}; {what}") from error


def _empty_log(file: Opened) -> None:
    until = time.monotonic() + file.patience
    while file.run("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:
        if time.monotonic() > until:
            raise JournalBusy(f"{file.name} is being read by another process")
        time.sleep(0.01)
