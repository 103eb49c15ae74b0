"""What is looked at before a record is written: its author, its name, and the records that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from ceasefire.errors import RecordError
from ceasefire.journal.chain import link as chain
from ceasefire.journal.history import reading
from ceasefire.journal.history.lineage import Standing, found_by
from ceasefire.journal.writing.amendments import judged_record, refuse, wording
from ceasefire.journal.writing.call import Call
from ceasefire.journal.writing.filled import filled
from ceasefire.record.amendments import ABOUT_RECORDS
from ceasefire.record.kinds import Correction, Finding, Record, Withdrawal

if TYPE_CHECKING:
    from collections.abc import Callable

    from ceasefire.journal.stores.store import Store
    from ceasefire.journal.writing.names import Names


@frozen
class Checks:
    """What a writer looks at, inside `writing()`."""

    store: Store
    #: Whose chain it writes; None: each record names its own author.
    author: str | None
    names: Names | None
    salt: Callable[[], bytes]
    #: As of before this call: on a chain that divides, what is written now changes nothing of it.
    standing: Standing
    #: What is known of what this call has written.
    call: Call = field(factory=Call)

    def author_of(self, record: Record) -> str:
        """Return whose chain a record goes to; raises `RecordError` where nobody's, or another's."""
        if self.author is None and record.by is None:
            raise RecordError(
                f"this {record.kind} has no author: open the journal with author=…, or write by"
            )
        if self.author is not None and record.by not in (None, self.author):
            raise RecordError(
                f"this {record.kind} is by {record.by!r}, and the journal writes for {self.author!r}: "
                "pass another's statement on with said_by and evidence"
            )
        return record.by or self.author or ""

    def rename(self, old: str, new: str, renamed: dict[str, str], *, may_be_held: bool) -> None:
        """Note the id that a record named so in its call gets; raises `RecordError` where another has it."""
        if may_be_held and found_by(self.store, old):
            raise RecordError(f"{old} is in {self.store.name} already: write it once")
        if renamed.setdefault(old, new) != new:
            raise RecordError(f"two records are named {old!r}: give each its own id, or none")

    def beside_others(self, record: Record) -> Record:
        """Return a record as it is to be written beside agreements and what is held.

        Raises `RecordError` where it cannot be written beside these.
        """
        target = self._find(record.of or "") if isinstance(record, Correction | Withdrawal) else None
        record = self.settled(record, target)
        if isinstance(record, Correction | Withdrawal):
            refuse(record, target, self._amendments)
        elif isinstance(record, Finding) and (newest := self._newest_wording(record.on or "")) != record.on:
            record = filled(record, on=newest)
        return record

    def _newest_wording(self, name: str) -> str:
        """Return the id of the wording a finding on this id judges; an id not held stays as it is."""
        if self.call.is_first_wording(name):
            return name
        named = self.call.find(name)
        held = found_by(self.store, name) if named is None else []
        if held:
            link, own = held[0]
            if not self.store.amending(own) and not chain.is_of_kind(link, ABOUT_RECORDS):
                return own  # nothing was ever said about it: its first wording is its only one
            named = self._find(name)
        if named is None:
            return name
        judged = judged_record(named, self._find)
        return wording(judged, self._amendments)[1] if judged is not None else name

    def _find(self, name: str) -> Record | None:
        return self.call.find(name) or reading.found(self.store, name)

    def _amendments(self, name: str) -> list[Record]:
        found = self.call.amendments(name)
        if found is None:
            return reading.effective(self.store, self.standing, name)
        return [a for a in found if self.standing.has_effect(a)]

    def settled(self, record: Record, target: Record | None = None) -> Record:
        """Return a record with ids for names, where the journal knows agreements."""
        return record if self.names is None else self.names.settled(record, target)
