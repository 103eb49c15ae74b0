"""What one assessment is asked, and all it looks at; passed to every rule."""

from dataclasses import dataclass, field

from .book import Agreement, Book
from .occurrence import Occurrence, occurred
from .wording import Ledger, Record


@dataclass
class World:
    book: Book
    ledger: Ledger
    as_of: int
    known_at: int | None
    relays: bool
    problems: list[dict] = field(default_factory=list)
    cache: dict = field(default_factory=dict)

    def problem(self, record: str | None, code: str) -> None:
        if {"record": record, "code": code} not in self.problems:
            self.problems.append({"record": record, "code": code})

    def remembered(self, key: tuple, work) -> object:
        """The answer of a question asked before; every rule is a pure function of its key."""
        if key not in self.cache:
            self.cache[key] = work()
        return self.cache[key]

    def findings(self) -> list[Record]:
        return [r for r in self.ledger.records.values() if r.kind == "finding" and not r.withdrawn]

    def claims(self, *kinds: str) -> list[Record]:
        """Claims, withdrawn ones included; an incident's remedies are of kind `response`."""
        found = [r for r in self.ledger.records.values() if r.is_claim]
        return [r for r in found if not kinds or r.kind in kinds]

    def visible(self, record: Record, agreement: Agreement) -> bool:
        """Whether the act had occurred by `as_of`; a membership is seen from its earliest instant."""
        when = occurred(record, agreement)
        if when is None:
            return False
        return (when.start.first if record.kind == "membership" else when.seen) <= self.as_of

    def when(self, record: Record, agreement: Agreement) -> Occurrence:
        found = occurred(record, agreement)
        assert found is not None, f"{record.id} does not say when it occurred"
        return found
