"""A journal in a PostgreSQL database, for a mission with many writers.

The tables are those of the SQLite store, in a schema of their own (`postgres.sql`).
A writer holds the journal alone from its first look at the end of a chain until its
commit, so two never give the same number, and nothing is received before what others
have seen. Append-only holds twice: by triggers, and by what the role that programs
connect with may do (docs/postgres.md).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from ceasefire.errors import JournalError, ReadOnlyJournal
from ceasefire.journal.chain.link import NOT_CHAINED, key_in, link_of_new
from ceasefire.journal.stores.postgres_server import Server
from ceasefire.journal.stores.sql_rows import (
    SEALS,
    link_of_row,
    received_last,
    row_of_link,
    seal_of_row,
    selection,
)
from ceasefire.journal.stores.store import Tip, hashes_from_to
from ceasefire.record.json.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ceasefire.journal.chain.link import Link, New
    from ceasefire.journal.chain.seal import Seal
    from ceasefire.journal.stores.store import Place, Row

#: Links read in one go while iterating.
_CHUNK: Final = 2_000
#: The step of the tables that brought what came by merge.
_WITH_MERGES: Final = 3
_RECORD: Final = (
    "INSERT INTO records (seq, author, number, hash, head, received, receipt) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
_BODY: Final = "INSERT INTO bodies (seq, salt, body, target) VALUES (%s, %s, %s, %s)"
_ABSENCE: Final = "INSERT INTO absences (seq, reason) VALUES (%s, %s)"
_TIP: Final = (
    "SELECT number, hash, position(%s in head) = 0, "
    "EXISTS (SELECT 1 FROM doubles WHERE author = records.author) "
    "OR EXISTS (SELECT 1 FROM awaiting WHERE author = records.author) "
    "FROM records WHERE author = %s ORDER BY number DESC, hash DESC LIMIT 1"
)
_NEWEST: Final = "SELECT number, hash FROM records WHERE author = %s"


@define
class _Turn:
    """What a writer knows while it holds the journal alone, so that it need not ask again."""

    #: The places of arrival given last, of records and of seals.
    given: tuple[int, int]
    #: Links that were added and not sent yet.
    waiting: list[Link] = field(factory=list)
    #: The greatest number of an author's links, waiting ones included.
    ends: dict[str, int] = field(factory=dict)
    #: The least number that several of an author's links have.
    doubles: dict[str, int | None] = field(factory=dict)


class PostgresStore:
    """A store in a schema of a PostgreSQL database, made there by its owner when it is empty."""

    def __init__(self, address: str, patience: float, *, read_only: bool = False) -> None:
        self._server = Server(address, patience, read_only=read_only)
        self._row = selection()
        #: Inside `writing()`.
        self._turn: _Turn | None = None
        self.name = self._server.name

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to add; all that was added is on the disk when the block ends, or none of it."""
        if not self._server.writable:
            raise ReadOnlyJournal(f"{self.name} cannot be written: it was opened for reading only")
        if self._turn is not None:
            raise JournalError(f"{self.name} is being written: record when that is done")
        self._server.require_newest()
        try:
            with self._server.transaction():
                before = self._places()
                self._turn = turn = _Turn(before)
                yield
                self._send()
                if turn.given != before:
                    self._server.do("INSERT INTO writes VALUES (%s, %s)", *turn.given)
        finally:
            self._turn = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Look at one moment, whatever others add until the block ends."""
        if self._turn is not None:
            yield
            return
        with self._server.moment():
            yield

    def add(self, link: Link) -> None:
        """Add a link, inside `writing()`: it is sent with others, before anything is asked for."""
        turn = self._mine()
        turn.given = (turn.given[0] + 1, turn.given[1])
        if link.number > self._end(link.author):
            turn.ends[link.author] = link.number
        else:
            turn.doubles.pop(link.author, None)
        turn.waiting.append(link.kept(turn.given[0]))
        if len(turn.waiting) >= _CHUNK:
            self._send()

    def add_new(self, rows: list[New]) -> None:
        """Add records that were just written, inside `writing()`."""
        for row in rows:
            self.add(link_of_new(row))

    def fill(self, held: Link, link: Link) -> None:
        """Add the body that a link held without one lacks, inside `writing()`."""
        self._send()
        self._server.do(_BODY, held.seq, link.salt, link.body, link.target)

    def erase(self, held: Link) -> None:
        """Mark the body of a link as erased and take it away, inside `writing()`."""
        self._send()
        self._server.do(f"{_ABSENCE} ON CONFLICT DO NOTHING", held.seq, "erased")
        self._server.do("SELECT erase_body(%s)", held.seq)

    def purge(self) -> None:
        """Leave no trace of what was erased in the table, where the role that is connected owns it.

        What is left then is the server's: its log until it is recycled, its backups
        until they are destroyed (docs/postgres.md).
        """
        if self._server.owned():
            self._server.do("VACUUM (FULL) bodies")

    def tip(self, author: str) -> Tip | None:
        """Return what an author's next record has to know of those before it, or None without any."""
        found = self._rows(_TIP, NOT_CHAINED, author)
        return Tip(*found[0]) if found else None

    def newest_chained(self, author: str) -> tuple[int, bytes] | None:
        """Return number and hash of the newest that the author chained: the first met from the end."""
        query = f"{_NEWEST} AND position(%s in head) = 0 ORDER BY number DESC, hash DESC LIMIT 1"
        found = self._rows(query, author, NOT_CHAINED)
        return (found[0][0], found[0][1]) if found else None

    def authors(self) -> list[str]:
        """Return all authors, sorted; each is found by one step in the index."""
        found: list[str] = []
        query = "SELECT author FROM records WHERE author > %s ORDER BY author LIMIT 1"
        while row := self._rows(query, found[-1] if found else ""):
            found.append(row[0][0])
        return found

    def links(self, known_at: int | None = None) -> Iterator[Link]:
        """Yield the links held now, by author, number and hash, a chunk at a time.

        What is added meanwhile is not among them, so a loop may record.
        """
        bound = 2**63 - 1 if known_at is None else known_at
        return self._chunks("(author, number, hash)", ("", 0, b""), " AND received <= %s", (bound,))

    def rows(self) -> Iterator[Row]:
        """Yield the same links as rows."""
        return map(row_of_link, self.links())

    def arrivals(self, after: int = 0) -> Iterator[Link]:
        """Yield the links held now in the order in which they arrived, of those after a place in it."""
        return self._chunks("(seq)", (after,), "", ())

    def chain_from(self, author: str, number: int) -> Iterator[Link]:
        """Yield an author's links from a number on, by number and hash."""
        return self._chunks("(author, number, hash)", (author, number, b""), " AND author = %s", (author,))

    def find(self, author: str, number: int) -> list[Link]:
        """Return the links of this number: none, one, or those of a fork, by hash."""
        if self._turn is not None and number > self._end(author):
            return []
        query = f"{self._row} WHERE author = %s AND number = %s ORDER BY hash"
        return [self._link(row) for row in self._rows(query, author, number)]

    def first_two(self, author: str, number: int, *, chained: bool = False) -> list[Link]:
        """Return the first two links of this number by hash, or of those that their author chained."""
        if self._turn is not None and number > self._end(author):
            return []
        condition, bound = (" AND position(%s in head) = 0", (NOT_CHAINED,)) if chained else ("", ())
        query = f"{self._row} WHERE author = %s AND number = %s{condition} ORDER BY hash LIMIT 2"
        return [self._link(row) for row in self._rows(query, author, number, *bound)]

    def starting(self, author: str, number: int, digits: str) -> list[Link]:
        """Return the links of this number whose hash begins with these hexadecimal digits, by hash."""
        if self._turn is not None and number > self._end(author):
            return []
        query = f"{self._row} WHERE author = %s AND number = %s AND hash BETWEEN %s AND %s ORDER BY hash"
        return [self._link(row) for row in self._rows(query, author, number, *hashes_from_to(digits))]

    def held(self, author: str, number: int, hashed: bytes) -> Link | None:
        """Return the link of this place, or None."""
        if self._turn is not None and number > self._end(author):
            return None
        found = self._rows(f"{self._row} WHERE (author, number, hash) = (%s, %s, %s)", author, number, hashed)
        return self._link(found[0]) if found else None

    def number_before(self, author: str, number: int) -> int:
        """Return the greatest number below this one that an author's links have, or 0."""
        query = "SELECT max(number) FROM records WHERE author = %s AND number < %s"
        return int(self._rows(query, author, number)[0][0] or 0)

    def first_double(self, author: str) -> int | None:
        """Return the least number that several of an author's links have, or None."""
        known = {} if self._turn is None else self._turn.doubles
        if author not in known:
            known[author] = self._rows("SELECT min(number) FROM doubles WHERE author = %s", author)[0][0]
        return known[author]

    def amending(self, target: str) -> list[Link]:
        """Return the links that are `of` this record, by author, number and hash."""
        query = f"{self._row} WHERE target = %s ORDER BY author, number, hash"
        return [self._link(row) for row in self._rows(query, target)]

    def targets(self) -> set[str]:
        """Return the ids that any link is `of`."""
        return {row[0] for row in self._rows("SELECT DISTINCT target FROM bodies WHERE target IS NOT NULL")}

    def keyed(self, author: str, keys: Collection[str]) -> list[Link]:
        """Return an author's links whose bodies give them one of these keys, by number and hash.

        Inside `writing()`: the tables are then at the newest step, which has an index of keys.
        """
        written = [canonical(key).decode()[1:-1] for key in keys]
        query = f"{self._row} WHERE key = ANY(%s) AND author = %s"
        found = [self._link(row) for row in self._rows(query, written, author)]
        kept = [link for link in found if key_in(link.body) in keys]
        return sorted(kept, key=lambda link: (link.number, link.hash))

    def await_before(self, places: Iterable[Place]) -> None:
        """Note that these links arrived before the ones they follow, inside `writing()`."""
        for place in places:
            self._server.do("INSERT INTO awaiting VALUES (%s, %s, %s) ON CONFLICT DO NOTHING", *place)

    def arrived_before(self, places: Iterable[Place]) -> None:
        """Note that the ones before these links are there now, inside `writing()`."""
        for place in places:
            self._server.do("DELETE FROM awaiting WHERE (author, number, hash) = (%s, %s, %s)", *place)

    def awaiting(self, author: str | None = None) -> list[Place]:
        """Return the links that arrived before the ones they follow, which have not come, sorted."""
        query = "SELECT author, number, hash FROM awaiting"
        of_one = () if author is None else (author,)
        found = self._rows(f"{query}{' WHERE author = %s' if of_one else ''} ORDER BY 1, 2, 3", *of_one)
        return [(row[0], row[1], row[2]) for row in found]

    def note_merged(self, places: range) -> None:
        """Note that the links of these places of arrival came by merge, inside `writing()`."""
        self._send()
        self._server.do("SELECT note_merged(%s::bigint)", places.start)

    def merged(self) -> list[range]:
        """Return the places of arrival of what came by merge, in their order."""
        if self._server.step < _WITH_MERGES:
            return []
        found = self._rows("SELECT first, last FROM merges ORDER BY 1")
        return [range(row[0], row[1] + 1) for row in found]

    def add_seal(self, seal: Seal) -> None:
        """Add a seal that is not held, inside `writing()`."""
        turn = self._mine()
        turn.given = (turn.given[0], turn.given[1] + 1)
        kept = seal.kept(turn.given[1])
        self._server.do(
            "INSERT INTO seals (author, length, head, key, at, signature, received, seq, receipt) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            kept.author, kept.length, kept.head, kept.key, kept.at, kept.signature, kept.received, kept.seq,
            kept.receipt,
        )  # fmt: skip

    def seals(self) -> list[Seal]:
        """Return the seals held, sorted."""
        return sorted(seal_of_row(row, self.name) for row in self._rows(SEALS))

    def lost_seals(self) -> int:
        """Return how many seals were added and are not there any more."""
        return max(self._places()[1] - int(self._rows("SELECT count(signature) FROM seals")[0][0]), 0)

    def last_arrival(self) -> tuple[int, bytes] | None:
        """Return the place and the hash of the link that arrived last, or None."""
        found = self._rows("SELECT seq, hash FROM records ORDER BY seq DESC LIMIT 1")
        return (found[0][0], found[0][1]) if found else None

    def last_received(self) -> int | None:
        """Return when the link that arrived last was received."""
        found = self._rows("SELECT received FROM records ORDER BY seq DESC LIMIT 1")
        return received_last(int(found[0][0]) if found else None, self.name)

    def counted(self) -> int:
        """Return how many links are held, counted one by one: no index is believed."""
        return int(self._rows("SELECT count(head) FROM records")[0][0])

    def lost(self) -> int:
        """Return how many links were added and are not there any more."""
        return max(self._places()[0] - self.counted(), 0)

    def unfit(self) -> list[str]:
        """Return nothing: indexes are the server's, and counters are guarded by triggers."""
        return []

    def salvaged(self) -> Iterator[Link]:
        """Yield everything: a damaged database is the server's to mend."""
        return self.arrivals()

    def __len__(self) -> int:
        return int(self._rows("SELECT count(*) FROM records")[0][0])

    def close(self) -> None:
        """Close the connection."""
        self._server.close()

    def _mine(self) -> _Turn:
        if self._turn is None:
            raise JournalError(f"{self.name} is written inside writing() only")
        return self._turn

    def _end(self, author: str) -> int:
        """Return the greatest number of an author's links, inside `writing()`."""
        ends = self._mine().ends
        if author not in ends:
            ends[author] = int(
                self._rows("SELECT coalesce(max(number), 0) FROM records WHERE author = %s", author)[0][0]
            )
        return ends[author]

    def _send(self) -> None:
        """Send what was added."""
        if self._turn is None or not self._turn.waiting:
            return
        links, self._turn.waiting = self._turn.waiting, []
        self._server.do_all(
            _RECORD, [(k.seq, k.author, k.number, k.hash, k.head, k.received, k.receipt) for k in links]
        )
        self._server.do_all(_BODY, [(k.seq, k.salt, k.body, k.target) for k in links if k.body is not None])
        self._server.do_all(_ABSENCE, [(k.seq, k.absent or "withheld") for k in links if k.body is None])

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        self._send()
        return self._server.rows(query, *values)

    def _places(self) -> tuple[int, int]:
        """Return the places of arrival given last, of rows that are gone included."""
        found = self._rows(
            "SELECT greatest((SELECT max(seq) FROM records), (SELECT max(records) FROM writes), 0), "
            "greatest((SELECT max(seq) FROM seals), (SELECT max(seals) FROM writes), 0)"
        )
        return int(found[0][0]), int(found[0][1])

    def _chunks(
        self, key: str, after: tuple[Any, ...], condition: str, bounds: tuple[Any, ...]
    ) -> Iterator[Link]:
        """Yield the links beyond a key, by key, of those held now."""
        last = self._rows("SELECT coalesce(max(seq), 0) FROM records")[0][0]
        marks = ", ".join(["%s"] * len(after))
        query = (
            f"{self._row} WHERE {key} > ({marks}) AND seq <= %s{condition} "
            f"ORDER BY {key.strip('()')} LIMIT {_CHUNK}"
        )
        while True:
            rows = self._rows(query, *after, last, *bounds)
            yield from map(self._link, rows)
            if len(rows) < _CHUNK:
                return
            after = rows[-1][1:4] if len(after) > 1 else rows[-1][:1]

    def _link(self, row: tuple[Any, ...]) -> Link:
        return link_of_row(row, self.name)
