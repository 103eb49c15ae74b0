"""What a writer remembers of the ends of its file, so that it need not ask again.

It holds as long as no other connection has written, which SQLite tells by its data version, and as long as
this one has done nothing but add records that were just written. Equal to asking the file each time;
tests/journal/test_plain_writing.py holds it. Without it every call asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from ceasefire.journal.stores.store import Tip

if TYPE_CHECKING:
    from ceasefire.journal.chain.link import New


@define
class Ends:
    """What stands at the ends of a file, as far as it was asked for."""

    #: The data version of the file for this connection; None where nothing is to be remembered.
    version: int | None = None
    #: The place of arrival given last.
    seq: int | None = None
    #: When the link that arrived last was received.
    received: int | None = None
    tips: dict[str, Tip | None] = field(factory=dict)

    def follow(self, rows: list[New]) -> None:
        """Note records that were just written, each the next of a chain that does not divide."""
        for author, number, hashed, *_ in rows:
            self.tips[author] = Tip(number, hashed, chained=True, divided=False)
        if rows:
            self.received = rows[-1][6]
