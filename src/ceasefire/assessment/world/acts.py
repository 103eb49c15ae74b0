"""Which acts a commitment covers, and what an omission is (docs/rules/scope.md, "The act")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.assessment.codes import OMISSION
from ceasefire.assessment.world.certainty import MAYBE, NO, YES, Certainty
from ceasefire.record import Incident

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.instruments.terms import Commitment
    from ceasefire.record import Record


#: The duties to do something by a day, or in every period: what is not done then is an omission.
OWED_IN_TIME: Final = frozenset({"achieve", "recur"})


def is_omission(record: Record, commitment: Commitment) -> bool:
    """Tell whether an incident says that what is owed by a day, or in every period, was not done.

    It counts as of when that was owed, and only under what it names. An omission of any
    other duty is an act like others (docs/rules/compliance.md, "Omissions").
    """
    owed = commitment.duty in OWED_IN_TIME
    return owed and isinstance(record, Incident) and covers((OMISSION,), record.act) == YES


def covers(acts: Iterable[str], act: str | None) -> Certainty:
    """Tell whether these acts cover an act: `attack` covers `attack.shelling`, which may be meant by it.

    An act that is not said (of a count) may be any of them.
    """
    best = NO
    if act is None:
        return MAYBE if any(True for _ in acts) else NO
    for covered in acts:
        if act == covered or act.startswith(f"{covered}."):
            return YES
        if covered.startswith(f"{act}."):
            best = MAYBE
    return best
