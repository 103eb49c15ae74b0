"""What a copy for an audience leaves out: all that a report for it leaves out (docs/journals.md).

A body is given whole or not at all. So for the public a claim is withheld that names who
is accused, says where exactly, or says anything in free words: a copy does not know what
is determined. What the head of a record that is withheld or erased would tell – who said
it, in which time zone – cannot be taken out of it without breaking its hash, and a record
of a file written by hand could be guessed from its digest: these are left out whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from ceasefire.journal.chain.link import HEAD_OPTIONS, envelope, is_chained, record_of
from ceasefire.journal.history.reading import name_of
from ceasefire.record.choices import ALLOWED
from ceasefire.record.kinds import Correction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.journal.chain.link import Link
    from ceasefire.journal.sharing.release import Releases
    from ceasefire.record.kinds import Record

#: Fields in which a record of a kind may say of an act who did it, where exactly it was, or anything.
TELLING: Final = {
    "incident": ("accused", "place", "text"),
    "response": ("text",),
    "finding": ("attributed_to", "method", "text"),
    "correction": ("text",),
}
_ANY: Final = frozenset(name for names in TELLING.values() for name in names)


@frozen
class Withholding:
    """What is left out of a copy for an audience; nothing, of one for oneself."""

    releases: Releases

    @property
    def public(self) -> bool:
        """Whether the copy is for everybody."""
        return self.releases.allowed == ALLOWED["public"]

    def shown(self, link: Link) -> Link | None:
        """Return a link as the audience may have it; None where it is left out whole."""
        if self.releases.allowed == ALLOWED["author"]:
            return link
        # By the name that tells it from the other histories of its number: each has its own release.
        if link.body is not None and self._shows(record_of(link, name_of(self.releases.store, link))):
            return link
        said = envelope(link)
        if not is_chained(said) or not HEAD_OPTIONS.isdisjoint(said):
            return None
        return link if link.body is None else link.without_body("withheld")

    def _shows(self, record: Record) -> bool:
        return self.releases.shows(record) and not (self.public and tells(record))


def tells(record: Record) -> bool:
    """Tell whether a record says what a public report leaves out as long as nothing is determined."""
    if any(getattr(record, name) for name in TELLING.get(record.kind, ())):
        return True
    return isinstance(record, Correction) and not _ANY.isdisjoint(record.set)


def followers(links: Iterable[Link], gone: frozenset[bytes]) -> list[tuple[str, int, bytes]]:
    """Return the places of the links that follow one of those that were left out."""
    hashes = {hashed.hex() for hashed in gone}
    return [
        (link.author, link.number, link.hash)
        for link in links
        if link.hash not in gone and envelope(link)["previous"] in hashes
    ]
