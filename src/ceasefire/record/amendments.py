"""Which corrections and withdrawals have effect, and what a correction makes of a record.

docs/rules/records.md, "Correction and withdrawal". A journal refuses to write one that could have
none; an assessment, which meets those of any journal, tells it as a problem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from ceasefire.errors import RecordError
from ceasefire.record.content import UNCHANGED
from ceasefire.record.fields import plain_json
from ceasefire.record.json.canonical import canonical_record
from ceasefire.record.json.plain_records import record_of_line
from ceasefire.record.json.wire import TIMES, from_json, to_json
from ceasefire.record.kinds import Branch, Correction, Erasure, Withdrawal

if TYPE_CHECKING:
    from ceasefire.record.kinds import Record

#: Kinds that say something about other records, and are not corrected themselves.
ABOUT_RECORDS: Final = (Correction, Withdrawal, Erasure, Branch)

#: Why a correction or a withdrawal has no effect.
Flaw = Literal["unknown_record", "foreign", "not_correctable", "already_withdrawn"]


def flaw(record: Correction | Withdrawal, target: Record | None, *, withdrawn: bool) -> Flaw | None:
    """Return why a correction or a withdrawal of a record has no effect, or None where it has one.

    `withdrawn` is whether the record was taken back before.
    """
    if target is None:
        return "unknown_record"
    if target.by != record.by:
        return "foreign"
    takes_correction_back = isinstance(record, Withdrawal) and isinstance(target, Correction)
    if isinstance(target, ABOUT_RECORDS) and not takes_correction_back:
        return "not_correctable"
    return "already_withdrawn" if withdrawn else None


def changed(correction: Correction) -> frozenset[str]:
    """Return the fields that a correction sets and unsets."""
    return frozenset(correction.set).union(correction.unset)


def corrected(record: Record, correction: Correction) -> Record:
    """Return a record with the fields a correction sets and unsets.

    Raises `RecordError` where that makes no record, or changes what nobody changes.
    """
    if fixed := sorted(changed(correction) & UNCHANGED):
        raise RecordError(f"{', '.join(fixed)} belongs to the envelope, which nobody changes")
    fields = {**to_json(record), **plain_json(correction.set)}
    made = {name: value for name, value in fields.items() if name not in correction.unset}
    plain = record_of_line(canonical_record(made))
    return plain[1] if plain is not None else from_json(made, kept=not TIMES & correction.set.keys())
