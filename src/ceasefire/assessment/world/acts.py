"""Which acts a commitment covers, and what an omission is (docs/rules/scope.md, "The act")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.record import Incident

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.instruments.terms import Commitment
    from ceasefire.record import Record


NO, COARSE, COVERED = 0, 1, 2


#: The act of a duty not done.
OMISSION: Final = "omission"


def not_done(record: Record, commitment: Commitment) -> bool:
    """Tell whether an incident says that what is owed by a day, or in every period, was not done.

    It counts as of when that was owed, and only under what it names. An omission of any
    other duty is an act like others (docs/rules/compliance.md, Omissions).
    """
    owed = commitment.duty in ("achieve", "recur")
    return owed and isinstance(record, Incident) and covers((OMISSION,), record.act) == COVERED


def covers(acts: Iterable[str], act: str | None) -> int:
    """Tell whether these acts cover an act: `attack` covers `attack.shelling`, which covers it coarsely.

    An act that is not said (of a count) may be any of them.
    """
    best = NO
    if act is None:
        return COARSE if any(True for _ in acts) else NO
    for covered in acts:
        if act == covered or act.startswith(f"{covered}."):
            return COVERED
        if covered.startswith(f"{act}."):
            best = COARSE
    return best
