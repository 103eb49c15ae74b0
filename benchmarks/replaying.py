"""The peer: `eventsourcing` replaying as many events as there are records, from its store in memory.

Each event says what a record says, and is applied to an aggregate that keeps it: no
more than that, neither scope nor rule nor deadline. The streams are few and long, so
that what an aggregate costs beside its events hardly counts. Replaying is asking the
repository for each.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from ceasefire.record import Record

STREAMS = 40


class Stream(Aggregate):
    """A part of the history that keeps what was reported and how it was judged."""

    @event("Opened")
    def __init__(self, name: str) -> None:
        self.name = name
        self.reports: dict[str, Any] = {}
        self.answers: dict[tuple[str, str], Any] = {}

    @event("Reported")
    def report(  # noqa: PLR0913 – what a record says
        self, record: str, by: str, recorded: datetime, act: str, zone: str, accused: list[str]
    ) -> None:
        """Keep an incident."""
        self.reports[record] = (by, recorded, act, zone, accused)

    @event("Judged")
    def judge(self, record: str, by: str, recorded: datetime, on: str, outcome: str) -> None:
        """Keep what a member found."""
        self.answers[on, by] = (record, recorded, outcome)

    @event("Said")
    def say(self, record: str, by: str, recorded: datetime, what: str) -> None:
        """Keep anything else."""
        self.reports[record] = (by, recorded, what)


class Ledger:
    """An application of `eventsourcing` that holds a history, one event for each record."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._application: Application[UUID] = Application()
        streams = [Stream(name=f"stream-{number}") for number in range(STREAMS)]
        for place, record in enumerate(records):
            say(streams[place % STREAMS], record)
        for stream in streams:
            self._application.save(stream)
        self._streams = [stream.id for stream in streams]

    def replay(self) -> int:
        """Replay every event; return how many there were beside those that opened the streams."""
        versions = (self._application.repository.get(stream).version for stream in self._streams)
        return sum(version - 1 for version in versions)


def say(stream: Stream, record: Record) -> None:
    """Say in one event what a record says."""
    said: Any = record
    recorded = datetime.fromisoformat(str(record.recorded))
    envelope = {"record": record.id, "by": record.by, "recorded": recorded}
    if record.kind == "incident":
        stream.report(**envelope, act=said.act, zone=said.zone, accused=list(said.accused))
    elif record.kind == "finding":
        stream.judge(**envelope, on=said.on, outcome=said.outcome)
    else:
        stream.say(**envelope, what=record.kind)
