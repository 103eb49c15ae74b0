"""The names behind the ids of an assessment, as the agreements give them.

Every name comes out visible (see `visible`); an id nobody defines stands for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ceasefire.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.agreement.terms import Act, Agreement, Commitment, Mechanism, Party, Source, Standing, Zone


@frozen(kw_only=True)
class Names:
    """Everything the agreements define, by id; where two files define one id, the first is taken."""

    agreements: dict[str, Agreement]
    commitments: dict[str, Commitment]
    parties: dict[str, Party]
    zones: dict[str, Zone]
    acts: dict[str, Act]
    mechanisms: dict[str, Mechanism]
    sources: dict[str, Source]

    def party(self, party: str | None) -> str:
        """Return the name of a party, or the names of joint ones."""
        if party is None:
            return "nobody in particular"
        return listed(self._one(part) for part in party.split("+"))

    def zone(self, zone: str | None) -> str:
        """Return the name of a zone."""
        if zone is None:
            return "the whole"
        known = self.zones.get(zone)
        return visible((known.name if known else "") or zone)

    def act(self, act: str | None) -> str:
        """Return the name of an act."""
        if act is None:
            return "act not stated"
        known = self.acts.get(act)
        return visible((known.name if known else "") or act)

    def agreement(self, agreement: str) -> str:
        """Return the title of an agreement."""
        known = self.agreements.get(agreement)
        return visible((known.title if known else "") or agreement)

    def commitment(self, commitment: str) -> str:
        """Return the clause and title of a commitment."""
        known = self.commitments.get(commitment)
        if known is None:
            return visible(commitment)
        title = visible(known.title or known.id)
        return f"{visible(known.clause)} {title}" if known.clause else title

    def mechanism(self, mechanism: str | None) -> str:
        """Return the name of a mechanism, ready for a sentence."""
        if mechanism is None:
            return "no mechanism"
        known = self.mechanisms.get(mechanism)
        return visible((known.name if known else "") or mechanism)

    def standing(self, agreement: str, party: str) -> tuple[Standing, ...]:
        """Return how a party stands to an agreement, in file order; empty when it is not stated."""
        known = self.agreements.get(agreement)
        return tuple(s for s in known.standing if s.party == party) if known else ()

    def groups(self, party: str) -> tuple[str, ...]:
        """Return the names of the groups a party belongs to, or has belonged to, by the register."""
        known = self.parties.get(party)
        return tuple(dict.fromkeys(self.party(term.group) for term in known.member_of)) if known else ()

    def _one(self, party: str) -> str:
        if party in ("unidentified", "undetermined"):
            return party
        known = self.parties.get(party)
        return visible((known.name if known else "") or party)


def names_of(agreements: Iterable[Agreement]) -> Names:
    """Return the names that these agreements define."""
    several = tuple(agreements)
    result = Names(agreements={}, commitments={}, parties={}, zones={}, acts={}, mechanisms={}, sources={})
    for agreement in several:
        result.agreements.setdefault(agreement.id, agreement)
        for commitment in agreement.commitments:
            result.commitments.setdefault(commitment.name, commitment)
        for kept, defined in (
            (result.parties, agreement.parties),
            (result.zones, agreement.zones),
            (result.acts, agreement.acts),
            (result.mechanisms, agreement.mechanisms),
            (result.sources, agreement.source_list),
        ):
            for value in defined:
                kept.setdefault(value.id, value)  # type: ignore[attr-defined]
    return result


def listed(names: Iterable[str], last: str = "and") -> str:
    """Return names as a list in a sentence: a, b and c."""
    several = tuple(names)
    if len(several) <= 1:
        return "".join(several)
    return f"{', '.join(several[:-1])} {last} {several[-1]}"
