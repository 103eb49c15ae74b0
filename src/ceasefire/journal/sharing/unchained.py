"""Lines without a proof, written by hand or by another program: which join a journal, and as what.

They have no chain, so each is a record by itself: it proves nothing, and never makes a fork. The
same file gives the same links wherever it is merged (docs/journals.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from ceasefire.journal.chain import link as chain
from ceasefire.record.absent import Absent
from ceasefire.record.ids import parse
from ceasefire.record.json.wire import to_json
from ceasefire.record.kinds import repointed
from ceasefire.record.proof import LARGEST_UNCHAINED, UNCHAINED, pieces, unchained_salt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.journal.chain.link import Link
    from ceasefire.record.kinds import Record


def objection(record: Record, own: str | None) -> str | None:
    """Return why a record without a proof joins no journal of this author, or None where it does."""
    if isinstance(record, Absent):
        return f"{record.id} has neither a body nor a proof: there is nothing to keep"
    return in_own_name(record.id) if record.by == own else None


def in_own_name(name: str | None) -> str:
    """Return what is told of a record without a proof in the name of whoever merges it."""
    return f"{name} is in your own name and has no proof: write it with record"


def numbered(records: Iterable[Record]) -> Iterator[Record]:
    """Yield records without a proof, with ids of the form `author/number` by which they name each other.

    An id of that form stays, but for numbers beyond `LARGEST_UNCHAINED`; any other gets a number
    beyond those of its author, in the order of the file.
    """
    given = tuple(records)
    newest: dict[str, int] = {}
    for record in given:
        newest[record.by or ""] = max(newest.get(record.by or "", 0), _number(record))
    renamed: dict[str, str] = {}
    for record in given:
        author = record.by or ""
        if not _number(record):
            newest[author] += 1
            renamed[record.id or ""] = f"{author}/{newest[author]}"
    for record in given:
        yield evolve(repointed(record, renamed), id=renamed.get(record.id or "", record.id))


def unchained(record: Record) -> Link:
    """Return the link of a record without a proof: the same wherever it is made."""
    fields = to_json(record)
    number, salt = _number(record), unchained_salt(fields)
    head, body = pieces(fields, number, UNCHAINED, salt)
    return chain.link_from(record, number, head, (salt, body), 0)


def _number(record: Record) -> int:
    """Return the number in an id of the form `author/number`, or 0."""
    found = parse(record.id or "")
    if found is None or not found.of_chain or found.author != record.by or found.number > LARGEST_UNCHAINED:
        return 0
    return found.number
