"""Copies of a journal: for a backup, or for somebody who may not see all of it.

A copy holds every record and every seal of the journal, and so the same heads. Of a record that its
audience may not see the body is left out, and the salt with it: nobody can guess it
from what is there, and the chain still verifies. Where more than the body must not be
told the record is left out whole (`withholding`). What was erased stays erased.
"""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from ceasefire.errors import CeasefireError, UnwritableFile, path_named, reason
from ceasefire.journal.chain.link import line_of
from ceasefire.journal.history.lineage import seen
from ceasefire.journal.sharing.withholding import Withholding, followers
from ceasefire.journal.stores.address import is_address
from ceasefire.journal.stores.sqlite import SqliteStore
from ceasefire.record.json.files import write_lines

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from ceasefire.journal.chain.link import Link
    from ceasefire.journal.sharing.release import Releases
    from ceasefire.journal.stores.store import Store

#: Endings of the names of files that hold a record a line; any other is a journal.
LINES: Final = frozenset({".jsonl", ".ndjson"})


@frozen(kw_only=True)
class Copied:
    """What a copy holds."""

    path: Path
    records: int
    #: Of how many the body was left out for the audience.
    withheld: int
    #: How many were left out whole: even their heads, or a digest of their words, would tell.
    left_out: int = 0


def copied(store: Store, path: str | os.PathLike[str], releases: Releases) -> Copied:
    """Copy a store to a new file; raises `UnwritableFile` where there is one already, or can be none."""
    if is_address(path):
        raise UnwritableFile("a copy is a file: to have it in a database, open a journal there and merge")
    target = Path(path_named(path, "written"))
    counts = {"records": 0, "withheld": 0, "left_out": 0}
    withholding = Withholding(releases)
    if target.suffix.lower() in LINES:
        _refuse_existing(target)
        write_lines(target, _lines(store, withholding, counts))
    else:
        _copy_journal(store, target, withholding, counts)
    return Copied(path=target, **counts)


def _lines(store: Store, withholding: Withholding, counts: dict[str, int]) -> Iterator[dict[str, Any]]:
    for _, same in groupby(store.links(), key=lambda link: (link.author, link.number)):
        links = tuple(same)
        names = {link.hash: name for link, name in seen(links)}
        for link in links:
            if (shown := _shown(link, withholding, counts)) is not None:
                yield line_of(shown, names.get(link.hash, link.id))
    for seal in store.seals():
        yield {"seal": seal.to_json()}


def _copy_journal(store: Store, target: Path, withholding: Withholding, counts: dict[str, int]) -> None:
    with _new_file(target) as beside:
        copy = SqliteStore(beside)
        try:
            with copy.writing():
                came: list[int] = []
                gone: set[bytes] = set()
                merged = store.merged()
                for link in store.arrivals():
                    if (shown := _shown(link, withholding, counts)) is None:
                        gone.add(link.hash)
                        continue
                    copy.add(shown)
                    came += [counts["records"]] if any(link.seq in places for places in merged) else []
                for places in _runs(came):
                    copy.note_merged(places)
                copy.await_before(place for place in store.awaiting() if place[2] not in gone)
                if gone:
                    copy.await_before(followers(store.arrivals(), frozenset(gone)))
                for seal in sorted(store.seals(), key=lambda seal: seal.seq):
                    copy.add_seal(seal)
        finally:
            copy.close()


def _shown(link: Link, withholding: Withholding, counts: dict[str, int]) -> Link | None:
    """Return a link as the audience may have it, if it may, and count it."""
    shown = withholding.shown(link)
    counts["left_out" if shown is None else "records"] += 1
    counts["withheld"] += shown is not None and shown.body is None and link.body is not None
    return shown


def _runs(places: list[int]) -> Iterator[range]:
    """Yield ascending places as ranges without a hole."""
    first = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            yield range(places[first], places[at - 1] + 1)
            first = at


@contextmanager
def _new_file(target: Path) -> Iterator[Path]:
    """Give a place beside a new file, and move what was made there to it once it is whole."""
    _refuse_existing(target)
    beside = target.with_name(f".{target.name[:40]}.{secrets.token_hex(6)}")
    try:
        yield beside
        beside.rename(target)
    except OSError as error:
        if isinstance(error, CeasefireError):
            raise
        raise UnwritableFile(f"{target} cannot be written: {reason(error)}") from error
    finally:
        for name in (beside.name, f"{beside.name}-wal", f"{beside.name}-shm"):
            beside.with_name(name).unlink(missing_ok=True)


def _refuse_existing(target: Path) -> None:
    try:
        found = not target.name or target.is_symlink() or target.exists()
    except OSError as error:  # such as a name that is too long
        raise UnwritableFile(f"{target!s:.200} cannot be written: {reason(error)}") from error
    if found:
        raise UnwritableFile(f"{target} is there already, and a copy overwrites nothing: name another file")
    if not target.absolute().parent.is_dir():
        raise UnwritableFile(f"{target}: there is no folder {target.parent}: make it first")
