"""Where a journal is kept, by its address: a file, or a database of PostgreSQL."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from ceasefire.errors import JournalError, quoted
from ceasefire.journal.stores.postgres import PostgresStore
from ceasefire.journal.stores.postgres_server import ADDRESSES
from ceasefire.journal.stores.sqlite import SqliteStore
from ceasefire.journal.stores.store import PATIENCE

if TYPE_CHECKING:
    from ceasefire.journal.stores.store import Store

#: Seconds: more milliseconds than a store can count would be none.
_LONGEST_PATIENCE: Final = 1_000_000


def store_at(path: str | os.PathLike[str], patience: float = PATIENCE, *, read_only: bool = False) -> Store:
    """Open the store at a path or an address, which is made when it is not there and may be written."""
    if not isinstance(patience, int | float) or not 0 <= patience <= _LONGEST_PATIENCE:
        raise JournalError(
            f"patience={quoted(patience)} is no time to wait: write seconds, from 0 to {_LONGEST_PATIENCE}"
        )
    if is_address(path):
        return PostgresStore(os.fspath(path), patience, read_only=read_only)
    return SqliteStore(path, patience, read_only=read_only)


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path, or an address without its password, as it may be printed."""
    text = os.fspath(path)
    if not is_address(text):
        return text
    return re.sub(r"(?<=[?&]password=)[^&]*", "…", re.sub(r"(?<=//)([^/?#@]*?):[^/?#]*@", r"\1@", text))


def is_address(path: object) -> bool:
    """Tell whether this is the address of a database, not the path of a file."""
    return isinstance(path, str) and path.startswith(ADDRESSES)
