"""What plain incidents do on the rows of a commitment, found once for all that are alike.

Of an act at an instant, or within a span, it hangs on how it is ruled and whom it names, and on how those
named stood to groups then: its sort, whatever the commitment. Under a commitment it hangs besides on the
half of its scope that is not time, and on where it lies among the instants at which the commitment begins
to be in effect or ceases to be (docs/rules/compliance.md, "The table"). Equal to `incident_effects` for
each by itself, which a property holds (tests/assessment/test_alike.py); of what is not plain no sort is
told here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.assessment.codes import OMISSION
from ceasefire.assessment.world.acts import covers
from ceasefire.assessment.world.certainty import YES
from ceasefire.record import Incident

if TYPE_CHECKING:
    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.determination.rulings import Ruling
    from ceasefire.assessment.world.membership import Groups


class Sorts:
    """The sorts of the plain incidents of one agreement, by numbers."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups
        self._numbers: dict[tuple[object, ...], int] = {}
        self._alike: dict[tuple[object, ...], int] = {}
        self._bearings: dict[tuple[object, ...], int] = {}
        self._ruled: dict[Ruling, int] = {}
        self._answered: dict[tuple[object, ...], int] = {}
        self._plain: dict[str, bool] = {}

    def of(self, claim: DeterminedClaim) -> int | None:
        """Return the sort of a claim; None where it is not plain."""
        record, times, ruling = claim.entry.record, claim.times, claim.ruling
        if type(record) is not Incident or times.lasting or record.commitments:
            return None
        plain = self._plain.get(record.act)
        if plain is None:  # an omission counts as of when it was owed
            plain = self._plain[record.act] = covers((OMISSION,), record.act) != YES
        if not plain:
            return None
        bearing = self._ruled.get(ruling)
        if bearing is None:
            bearing = self._bearings.setdefault(ruling.bearing, len(self._bearings))
            self._ruled[ruling] = bearing
        key = (bearing, self._groups.stretch(ruling.named, times))
        number = self._numbers.get(key)
        if number is None:
            ties = tuple([self._groups.tie(party, times) for party in ruling.named])
            number = self._alike.setdefault((bearing, ties), len(self._alike))
            self._numbers[key] = number
        return number

    def with_accused(self, claim: DeterminedClaim) -> int | None:
        """Return the sort of a claim where it matters, too, whom it accuses and does not count against.

        Who is accused of what is attributed to others, or of a claim that is closed, is told why it does
        not count; what that is hangs on no more than how those accused stood to groups then.
        """
        number, record, ruling = self.of(claim), claim.entry.record, claim.ruling
        if number is None or not isinstance(record, Incident):
            return None
        accused = ruling.accused or record.accused
        if accused == ruling.named:
            return number
        key = (number, accused, self._groups.stretch(accused, claim.times))
        return self._answered.setdefault(key, -1 - len(self._answered))
