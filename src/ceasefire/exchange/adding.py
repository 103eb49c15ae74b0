"""Adding what was read from a table to a journal: each row once, however often and by whomever.

A row is known again by its key. One that says something else than it did becomes a correction, one
whose record was withdrawn stays withdrawn, and one that says the same is left as it is, wherever
it was read from this time.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from ceasefire.errors import CeasefireError, JournalError, Mistake, RecordError, quoted
from ceasefire.exchange.table.records import RowRecord, Unknown, row_mistake, says_the_same
from ceasefire.journal import Journal
from ceasefire.record import Correction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ceasefire.exchange.table.records import Read
    from ceasefire.record import Record

#: Rows that are written together: all of them or none.
BATCH: Final = 1_000
#: Mistakes that are kept, and words: a file of a million wrong rows is not held in memory.
MOST: Final = 10_000


@frozen(kw_only=True)
class Imported:
    """What came of the rows of a table; all are counted once, but for those passed over."""

    added: int = 0
    corrected: int = 0
    #: Rows that a journal held as they are.
    held: int = 0
    #: Rows whose records were withdrawn: they stay so.
    withdrawn: int = 0
    #: Rows among those above that have no id: known by all they say, so that one that was edited is another.
    unnamed: int = 0
    #: Rows whose zone no name gave, and the point that they state did.
    located: int = 0
    #: Rows that make no record.
    refused: int = 0
    #: Why; of the first `MOST` of them.
    mistakes: tuple[Mistake, ...] = ()
    #: Words that no agreement knows, by field and word, with how many rows have them; the first `MOST`.
    unknown: tuple[tuple[Unknown, int], ...] = field(default=())

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return self.added + self.corrected + self.held + self.withdrawn + self.refused


def add_rows(
    read: Iterable[Read], journal: Journal, file: str, progress: Callable[[int], None] | None = None
) -> Imported:
    """Add rows to a journal as they are read, some at a time, and return what came of them.

    `file` is what mistakes are told of. `progress` is called with how many rows were read. What is
    held is looked at when nobody else can write: two programs that import one file at a time add it
    once. Raises a `JournalError` where the journal cannot be written.
    """
    if not isinstance(journal, Journal):
        raise JournalError(
            f"{quoted(journal)} is no journal: open it first, with Journal.open(path, author=…)"
        )
    if progress is not None and not callable(progress):
        raise RecordError(f"{quoted(progress)} is no function for progress: give one that takes a number")
    if journal.author is None:
        raise RecordError("an import is written to somebody's chain: open the journal with author=…")
    counts: Counter[str] = Counter()
    mistakes: list[Mistake] = []
    unknown: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Unknown] = {}
    for batch in _batches(read):
        rows = [one for one in batch if isinstance(one, RowRecord)]
        found, refused = _written(rows, journal, file)
        counts += found + _beside(rows)
        wrong = sorted(chain((one for one in batch if isinstance(one, Mistake)), refused), key=_line)
        counts["refused"] += len(wrong)
        mistakes += wrong[: MOST - len(mistakes)]
        for word in (word for row in rows for word in row.unknown):
            name = word.field, word.word
            if name in first or len(first) < MOST:
                unknown[name] += 1
                first.setdefault(name, word)
        if progress is not None:
            progress(sum(counts[name] for name in ("added", "corrected", "held", "withdrawn", "refused")))
    told = tuple((first[name], number) for name, number in unknown.items())
    return Imported(**counts, mistakes=tuple(mistakes), unknown=told)


def _line(mistake: Mistake) -> int:
    return mistake.line


def _beside(rows: list[RowRecord]) -> Counter[str]:
    """Return what is counted of rows beside what became of them."""
    return Counter(unnamed=sum(not row.named for row in rows), located=sum(row.located for row in rows))


def _batches(read: Iterable[Read]) -> Iterator[list[Read]]:
    found = iter(read)
    while batch := list(islice(found, BATCH)):
        yield batch


def _written(rows: list[RowRecord], journal: Journal, file: str) -> tuple[Counter[str], list[Mistake]]:
    """Write rows together; where one of them is refused, each half by itself: the others are not lost."""
    try:
        return _together(rows, journal), []
    except CeasefireError as error:
        if not isinstance(error, ValueError | LookupError):
            raise  # of the journal, not of a row
        if len(rows) == 1:
            return Counter(), [row_mistake(file, rows[0].line, error)]
    half = len(rows) // 2
    counts, mistakes = _written(rows[:half], journal, file)
    more, refused = _written(rows[half:], journal, file)
    return counts + more, mistakes + refused


def _together(rows: list[RowRecord], journal: Journal) -> Counter[str]:
    counts: Counter[str] = Counter()

    def lacking() -> list[Record]:
        counts.clear()
        held = journal.keyed(row.record.key for row in rows if row.record.key is not None)
        wanted: list[Record] = []
        for row in rows:
            known = held.get(row.record.key or "")
            if known is not None and known.withdrawn:
                counts["withdrawn"] += 1
            elif known is not None and says_the_same(known.record, row.record):
                counts["held"] += 1
            else:
                wanted.append(row.record)
        return wanted

    new = journal.extend(lacking, update=True).new if rows else ()
    corrected = sum(isinstance(one, Correction) for one in new)
    return counts + Counter(corrected=corrected, added=len(new) - corrected)
