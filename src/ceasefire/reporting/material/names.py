"""The names behind the ids of an assessment, as the agreements give them.

Every name comes out visible (see `visible`); an id nobody defines stands for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ceasefire.instruments.terms import (
        Act,
        Agreement,
        Commitment,
        Mechanism,
        Party,
        Source,
        Standing,
        Zone,
    )


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
    #: What gives the full name of a commitment, also of a short id that only one bears.
    full_name: Callable[[str], str | None]

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
        known = self.commitments.get(self.full_name(commitment) or commitment)
        if known is None:
            return visible(commitment)
        title = visible(known.title or known.id)
        return f"{visible(known.clause)}: {title}" if known.clause else title

    def promise(self, commitment: str) -> str:
        """Return the title of a commitment with its clause, for a sentence."""
        known = self.commitments.get(self.full_name(commitment) or commitment)
        if known is None:
            return visible(commitment)
        clause = f" (clause {visible(known.clause)})" if known.clause else ""
        return f"“{visible(known.title or known.id)}”{clause}"

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

    def belongs(self, party: str, group: str) -> bool:
        """Tell whether the agreements ever make a party a member of a group, if only through others."""
        seen, waiting = {party}, [party]
        while waiting:
            known = self.parties.get(waiting.pop())
            for term in known.member_of if known else ():
                if term.group == group:
                    return True
                if term.group not in seen:
                    seen.add(term.group)
                    waiting.append(term.group)
        return False

    def _one(self, party: str) -> str:
        if party in ("unidentified", "undetermined"):
            return party
        known = self.parties.get(party)
        return visible((known.name if known else "") or party)


def names_of(agreements: Iterable[Agreement], full_name: Callable[[str], str | None]) -> Names:
    """Return the names that these agreements define."""
    several = tuple(agreements)
    result = Names(
        agreements={},
        commitments={},
        parties={},
        zones={},
        acts={},
        mechanisms={},
        sources={},
        full_name=full_name,
    )
    for agreement in several:
        result.agreements.setdefault(agreement.id, agreement)
        _keep(result.commitments, ((c.name, c) for c in agreement.commitments))
        _keep(result.parties, ((p.id, p) for p in agreement.parties))
        _keep(result.zones, ((z.id, z) for z in agreement.zones))
        _keep(result.acts, ((a.id, a) for a in agreement.acts))
        _keep(result.mechanisms, ((m.id, m) for m in agreement.mechanisms))
        _keep(result.sources, ((s.id, s) for s in agreement.source_list))
    return result


def _keep(known: dict[str, Any], defined: Iterable[tuple[str, Any]]) -> None:
    for name, value in defined:
        known.setdefault(name, value)


def listed(names: Iterable[str], last: str = "and") -> str:
    """Return names as a list in a sentence: a, b and c."""
    several = tuple(names)
    if len(several) <= 1:
        return "".join(several)
    return f"{', '.join(several[:-1])} {last} {several[-1]}"
