"""Decisions, events and memberships of equal own fields are one claim.

docs/rules/claims.md, "Decisions, events and memberships".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import fields

from ceasefire.clock import Instant, Lasting, OneOf, PartialDate
from ceasefire.record import Claim, Decision, Event, Membership
from ceasefire.record.order import id_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ceasefire.assessment.knowledge.wordings import Worded
    from ceasefire.record import Record


#: Gives the full name of a commitment; a short one will do where only one bears it.
FullName = Callable[[str | None], str | None]


_EQUALLED = frozenset({Decision, Event, Membership})


_ENVELOPE = frozenset(attribute.name for attribute in fields(Claim))


def equals(records: Mapping[str, Worded], zone: str, full_name: FullName) -> dict[str, str]:
    """Return, for each decision, event and membership, the claim that equal own fields make.

    It is called by the least id of those not withdrawn, or of all where all are. Those
    that point at another decision come last: each author points at its own record of it.
    """
    equalled = {name: e.record for name, e in records.items() if type(e.record) in _EQUALLED}
    called: dict[str, str] = {}
    for pointing in (False, True):
        groups: dict[tuple[Any, ...], list[str]] = defaultdict(list)
        for name, record in equalled.items():
            if (isinstance(record, Decision) and record.of is not None) is pointing:
                groups[_own_fields(record, zone, full_name, called)].append(name)
        for several in groups.values():
            called |= dict.fromkeys(several, min(several, key=lambda n: (records[n].withdrawn, id_key(n))))
    return {name: called[name] for name in equalled}


def _own_fields(record: Record, zone: str, full_name: FullName, called: Mapping[str, str]) -> tuple[Any, ...]:
    """Return what a record says, alike where the same is meant: by a short name, or by saying nothing."""
    own = {a.name: getattr(record, a.name) for a in fields(type(record)) if a.name not in _ENVELOPE}
    if isinstance(record, Decision):
        own["commitment"] = full_name(record.commitment) or record.commitment
        own["effective"] = record.effective or record.occurred
        if record.of is not None and record.of in called:
            own["of"] = called[record.of]
    return (record.kind, *(_comparable(value, record.timezone or zone) for value in own.values()))


def _comparable(value: object, zone: str) -> object:
    """Return a value that is equal where the same time is meant, in whatever zone it was written."""
    if isinstance(value, Lasting):
        return _comparable(value.start, zone), _comparable(value.end, zone)
    if isinstance(value, Instant | PartialDate | OneOf):
        return value.bounds(zone)
    return tuple(sorted(value)) if isinstance(value, tuple) else value
