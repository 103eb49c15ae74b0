"""Corrections and withdrawals as a journal takes them: refused where the design refuses them.

The assessment meets amendments of any journal, and lists what has no effect as
a problem (docs/rules/records.md, "Correction and withdrawal"). Here, where the author still sits before
the screen, the
same rules refuse.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from ceasefire.errors import CeasefireError, RecordError
from ceasefire.record.amendments import ABOUT_RECORDS, changed, corrected, flaw
from ceasefire.record.content import UNCHANGED
from ceasefire.record.json.wire import which_field
from ceasefire.record.kinds import SAME_WORDING, Correction, Record, Withdrawal, field_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: What to write of a record that is somebody else's.
_ON_ANOTHERS: Final = "record a finding on it, or a claim of your own with same_as"


def wording(record: Record, amendments: Callable[[str], Iterable[Record]]) -> tuple[Record, str]:
    """Return a record as it now stands, with the id of the wording a finding on it judges.

    `amendments` gives the corrections and withdrawals of an id, in the order of
    authors and numbers. Those of other authors, and those that were withdrawn,
    have no effect; a correction of any field but those of `SAME_WORDING` makes a
    new wording (docs/rules/claims.md, "Wordings").
    """
    newest, name = record, record.id or ""
    for correction in in_force(record, amendments):
        newest = corrected(newest, correction)
        if changed(correction) - SAME_WORDING:
            name = correction.id or name
    return newest, name


def in_force(record: Record, amendments: Callable[[str], Iterable[Record]]) -> list[Correction]:
    """Return the corrections that made a record what it is now, in the order of its author's chain."""
    made: list[Correction] = []
    newest = record
    for amendment in amendments(record.id or ""):
        if amendment.by != record.by:
            continue
        if isinstance(amendment, Withdrawal):
            break
        if not isinstance(amendment, Correction) or is_withdrawn(amendment, amendments):
            continue
        with suppress(CeasefireError):
            newest = corrected(newest, amendment)
            made.append(amendment)
    return made


def refuse(
    record: Correction | Withdrawal, target: Record | None, amendments: Callable[[str], Iterable[Record]]
) -> None:
    """Raise `RecordError` where a correction or withdrawal could have no effect.

    docs/rules/records.md, "Correction and withdrawal".
    """
    verb = "correct" if isinstance(record, Correction) else "withdraw"
    if target is None:
        raise RecordError(
            f"{record.by} cannot {verb} {record.of!r}: there is no such record in its own chain"
        )
    code = flaw(record, target, withdrawn=is_withdrawn(target, amendments))
    if code is not None:
        anew = "withdraw it and correct anew" if isinstance(target, Correction) else "write a new record"
        why = {
            "foreign": f"a record of {target.by}: {_ON_ANOTHERS}",
            "not_correctable": f"which is of kind {target.kind!r}: {anew}",
            "already_withdrawn": "which was withdrawn: write a new record",
        }[code]
        raise RecordError(f"{record.by} cannot {verb} {target.id}, {why}")
    if isinstance(record, Correction):
        _refuse_unknown_fields(record, target)
        corrected(wording(target, amendments)[0], record)


def _refuse_unknown_fields(record: Correction, target: Record) -> None:
    """Raise `RecordError` for a field that the record which is corrected has not."""
    fields = changed(record)
    unknown = sorted(fields.difference(field_names(type(target))))
    if unknown and not fields & UNCHANGED:  # of these nobody changes any, which `corrected` tells
        instead = which_field(unknown[0], type(target))
        raise RecordError(f"{target.kind} {target.id} has no field {unknown[0]!r}{instead}")


def is_withdrawn(record: Record, amendments: Callable[[str], Iterable[Record]]) -> bool:
    """Tell whether its author has taken a record back."""
    return any(isinstance(a, Withdrawal) and a.by == record.by for a in amendments(record.id or ""))


def judged_record(record: Record, find: Callable[[str], Record | None]) -> Record | None:
    """Return what a finding on this record judges: itself, or the record that a correction is of."""
    if isinstance(record, Correction):
        return find(record.of or "")
    return None if isinstance(record, ABOUT_RECORDS) else record
