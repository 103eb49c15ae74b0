"""What is odd in how records came to be: who wrote them, when, and whether twice.

The page docs/rules/records.md has the rules of keys, of authors and of when a record was made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.codes import Problem
from ceasefire.clock import CLOCKS_DIFFER, DAY
from ceasefire.record.content import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ceasefire.assessment.knowledge.ledger import Ledger
    from ceasefire.assessment.knowledge.wordings import Worded
    from ceasefire.assessment.world.occurrence import Times
    from ceasefire.instruments.together import Together
    from ceasefire.record import Record


def provenance(ledger: Ledger, world: Together) -> list[Problem]:
    """Return what is odd in how the records that are known came to be, whether or not they had occurred."""
    standing = [entry for entry in ledger.wordings.by_id.values() if not entry.withdrawn]
    return [
        *_unknown_authors(ledger.held.values(), world),
        *_repeated(standing),
        *_keyed_twice([*(entry.record for entry in standing), *ledger.wordings.amendments]),
        *_not_yet_occurred(standing, ledger.times),
        *_recorded_ahead(ledger.held.values()),
    ]


def _unknown_authors(records: Iterable[Record], world: Together) -> Iterator[Problem]:
    """Yield a problem for each author that no agreement knows, with the first of its records."""
    known = {*world.parties}.union(*((m.id, *m.members, *m.observers) for m in world.mechanisms))
    first: dict[str, Record] = {}
    for record in records:
        first.setdefault(record.author, record)
    for author, record in first.items():
        if author not in known:
            what = f"no agreement given knows {author!r}, the author of {record.id}"
            yield Problem(record.id, "unknown_author", what)


def _repeated(entries: Iterable[Worded]) -> Iterator[Problem]:
    """Yield a problem for each record without a key that says what one before it says, by the same author."""
    first: dict[object, Worded] = {}
    for entry in entries:
        if entry.record.key is None:
            before = first.setdefault(comparable(entry.record), entry)
            if before is not entry:
                what = (
                    f"{entry.id} says what {before.id} says, and neither has a key: if they are one, "
                    "withdraw one, else give each a key"
                )
                yield Problem(entry.id, "possible_duplicate", what)


def _keyed_twice(records: Iterable[Record]) -> Iterator[Problem]:
    first: dict[tuple[str, str], Record] = {}
    for record in records:
        if record.key is not None:
            before = first.setdefault((record.author, record.key), record)
            if before is not record:
                what = f"{record.id} has the key {record.key!r}, which {before.id} has too"
                yield Problem(record.id, "key_twice", what)


def _not_yet_occurred(entries: Iterable[Worded], times: Mapping[str, Times]) -> Iterator[Problem]:
    for entry in entries:
        at = times.get(entry.id)
        if at is not None and entry.dated is not None and at.first > entry.dated + DAY:
            what = f"{entry.id} says that it occurred more than a day after it was recorded"
            yield Problem(entry.id, "not_yet_occurred", what)


def _recorded_ahead(records: Iterable[Record]) -> Iterator[Problem]:
    for record in records:
        recorded, received = record.recorded, record.received
        if recorded is not None and received is not None and recorded.us > received.us + CLOCKS_DIFFER:
            what = f"{record.id} says that it was recorded at {recorded}, and was received at {received}"
            yield Problem(record.id, "clock_ahead", what)
