"""Records whose bodies are not here: each row that one of them may matter to says so.

docs/rules/compliance.md, "Records whose text is not here".

Nothing is known of such a record but who wrote it, when, and of what kind it is. So
it moves nothing; but "no breach recorded" would say too much where a record that was
withheld may be of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.assessment.result.reasons import Reason
from ceasefire.record.order import id_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.assessment.obligations.rows import Row
    from ceasefire.instruments.terms import Commitment
    from ceasefire.record import Absent

#: So many are named on a row, one by one; of the others their number is told.
MOST: Final = 12
#: Kinds that may be about anything: a finding on any claim, a decision on any commitment.
_ANYTHING: Final = frozenset({"finding", "correction", "withdrawal", "decision", "membership", "response"})


def withheld(row: Row, commitment: Commitment, absent: Iterable[Absent]) -> Iterator[Reason]:
    """Yield a reason for each record without its body that may matter to a row, in the order of ids."""
    matters = [record for record in absent if _may_matter(record, row, commitment)]
    matters.sort(key=lambda record: id_key(record.own_id))
    for record in matters[:MOST]:
        yield Reason(_written(record), record.id, "not_counted", "withheld")
    if others := matters[MOST:]:
        yield Reason(max(map(_written, others)), None, "not_counted", "withheld")


def _may_matter(record: Absent, row: Row, commitment: Commitment) -> bool:
    """Tell whether a record of this kind could move the phase or the compliance of a row."""
    if record.was in _ANYTHING:
        return True
    if record.was in ("incident", "tally"):
        return commitment.duty != "permit" and not commitment.hortatory
    if record.was == "performance":
        return row.owed_by is not None and commitment.duty in ("achieve", "recur", "permit")
    recurs = commitment.every is not None and commitment.every.event is not None
    return record.was == "event" and (commitment.when is not None or recurs)


def _written(record: Absent) -> int:
    return record.written.us if record.written is not None else 0
