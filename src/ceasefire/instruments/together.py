"""Several agreements used together: one world of parties, zones, acts and mechanisms.

Registers make one id mean one thing in many files; a file's own tables could
break that. So whoever assesses several agreements first brings them together
here, and gets either one definition for each id or a refusal (docs/agreement-files.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from ceasefire.errors import (
    AgreementError,
    ConflictingDefinitions,
    DifferentTimeZones,
    MissingAgreement,
    Mistake,
    UnknownAgreement,
    did_you_mean,
    nearest,
    quoted,
)
from ceasefire.instruments.keys import Keyring
from ceasefire.instruments.oversight import rivals
from ceasefire.instruments.terms import Agreement, differing
from ceasefire.values import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.instruments.terms import Act, Commitment, Mechanism, Party, Zone


class Together(Entity, kw_only=True):
    """Agreements in the order of the call, and all that they define, each id once."""

    agreements: tuple[Agreement, ...]
    #: The one IANA time zone in which all of them read dates.
    timezone: str
    parties: dict[str, Party]
    zones: dict[str, Zone]
    acts: dict[str, Act]
    mechanisms: tuple[Mechanism, ...]
    keys: Keyring
    #: By full name, agreements in the order of the call, each in file order.
    commitments: dict[str, Commitment]

    @cached_property
    def _by_short_name(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, commitment in self.commitments.items():
            found[commitment.id] = (*found.get(commitment.id, ()), name)
        return found

    def short_for(self, name: str) -> tuple[str, ...]:
        """Return the full names of the commitments that a name may be short for."""
        return self._by_short_name.get(name, ())

    def full_name(self, name: str | None) -> str | None:
        """Return the full name of a commitment; a short one will do where only one bears it."""
        if name is None or name in self.commitments:
            return name
        several = self.short_for(name)
        return several[0] if len(several) == 1 else None

    @property
    def roles(self) -> frozenset[str]:
        """Every role that an agreement defines or a party has."""
        defined = {role for agreement in self.agreements for role in agreement.roles}
        return frozenset(defined | {term.role for party in self.parties.values() for term in party.roles})


def together(agreements: Agreement | Iterable[Agreement]) -> Together:
    """Bring one or several agreements together.

    An agreement given twice counts once. Raises `ConflictingDefinitions` where one
    id is defined in two ways or two mechanisms oversee one agreement at one time, and
    `DifferentTimeZones`, which is one of these, where time zones differ;
    `AgreementError` where a commitment refers to one that an agreement given does not
    have, or conditions wait for each other across files; `MissingAgreement` where none
    is given, `UnknownAgreement` for what is none. An agreement referred to and not
    given is the caller's to ask for (`missing`).
    """
    given = some_agreements(agreements)
    if not given:
        raise MissingAgreement("no agreement is given: give one at least")
    several = tuple(_merged("agreement", ((a, a) for a in given)).values())
    zone = _one_time_zone(several)
    mechanisms = tuple(_merged("mechanism", ((a, m) for a in several for m in a.mechanisms)).values())
    for overseen, first, second in rivals(mechanisms, zone):
        raise ConflictingDefinitions(
            f"the mechanisms {first.id!r} and {second.id!r} oversee {overseen!r} at one time: "
            "let one end (until) when the other begins (from)"
        )
    result = Together(
        agreements=several,
        timezone=zone,
        parties=_merged("party", ((a, p) for a in several for p in a.parties)),
        zones=_merged("zone", ((a, z) for a in several for z in a.zones)),
        acts=_merged("act", ((a, t) for a in several for t in a.acts)),
        mechanisms=mechanisms,
        keys=Keyring(tuple(_merged("key", ((a, k) for a in several for k in a.keys), "key").values()), zone),
        commitments={c.name: c for a in several for c in a.commitments},
    )
    if mistakes := [*_unknown_commitments(result), *_circles(result)]:
        raise AgreementError(mistakes)
    return result


def missing(world: Together) -> tuple[tuple[str, str], ...]:
    """Return each reference to an agreement that was not given: who refers, and the id it names.

    References are those of commitments, of an agreement that replaces another, and of
    a mechanism in an agreement's own file to what it oversees (docs/agreement-files.md). One that
    stands in a register refers to nothing: a register is wider than any one instrument,
    and an agreement that uses it can be assessed alone (docs/agreement-files.md).
    """
    given = {agreement.id for agreement in world.agreements}
    named: dict[tuple[str, str], None] = {}
    for agreement in world.agreements:
        for commitment in agreement.commitments:
            for field, other in references(commitment):
                named[f"{field} of {commitment.name}", other.partition("/")[0]] = None
        for other in agreement.replaces:
            named[f"replaces of {agreement.id}", other] = None
        for mechanism in agreement.mechanisms:
            if ("mechanism", mechanism.id) in agreement.own:
                for other in mechanism.oversees:
                    named[f"oversees of the mechanism {mechanism.id}", other] = None
    return tuple((who, other) for who, other in named if other not in given)


def references(commitment: Commitment) -> Iterator[tuple[str, str]]:
    """Yield the full name of each commitment this one refers to, with the field that does."""
    if commitment.when is not None and commitment.when.fulfilled is not None:
        yield "when.fulfilled", commitment.when.fulfilled
    if commitment.when is not None and commitment.when.breach_of is not None:
        yield "when.breach_of", commitment.when.breach_of
    for name in ("ensures", "restates", "replaces"):
        for other in getattr(commitment, name):
            yield name, other


def some_agreements(agreements: object) -> tuple[Agreement, ...]:
    """Return one agreement or several, as given; those of a set by id, since it has no order of its own.

    Raises as `some_agreement`.
    """
    if isinstance(agreements, Iterable) and not isinstance(agreements, str):
        several = tuple(agreements)
    else:
        several = (agreements,)
    found = tuple(map(some_agreement, several))
    # any order of a set would give another report in each process
    return tuple(sorted(found, key=lambda a: a.id)) if isinstance(agreements, set | frozenset) else found


def some_agreement(value: object) -> Agreement:
    """Return an agreement as it is; raises `UnknownAgreement` for whatever else is given for one."""
    if not isinstance(value, Agreement):
        raise UnknownAgreement(
            f"{quoted(value)} is no agreement: read it first, with ceasefire.agreement(id or path)"
        )
    return value


def _merged(kind: str, definitions: Iterable[tuple[Agreement, Any]], named_by: str = "id") -> dict[str, Any]:
    kept: dict[str, tuple[Agreement, Any]] = {}
    for agreement, value in definitions:
        name = getattr(value, named_by)
        first, known = kept.setdefault(name, (agreement, value))
        if known is not value and known != value:
            where = f"{first.path or first.id} and {agreement.path or agreement.id}"
            raise ConflictingDefinitions(
                f"the {kind} {name!r} is defined in two ways ({differing(known, value)} differ) by {where}: "
                "make the definitions equal, or move them to one register"
            )
    return {name: value for name, (_, value) in kept.items()}


def _one_time_zone(agreements: tuple[Agreement, ...]) -> str:
    zones = list(dict.fromkeys(a.timezone for a in agreements))
    if len(zones) > 1:
        stated = ", ".join(f"{a.id} in {a.timezone}" for a in agreements)
        raise DifferentTimeZones(
            f"the agreements read dates in different time zones ({stated}): assess them one by one"
        )
    return zones[0]


def _unknown_commitments(world: Together) -> Iterator[Mistake]:
    given = {a.id for a in world.agreements}
    for agreement in world.agreements:
        for commitment in agreement.commitments:
            for name, other in references(commitment):
                owner = other.partition("/")[0]
                if owner in given and other not in world.commitments:
                    guess = did_you_mean(nearest(other, world.commitments))
                    yield Mistake(
                        file=agreement.path or agreement.id,
                        line=0,
                        what=f"{name} of {commitment.id!r} names {other!r}, which is not in {owner!r}{guess}",
                        instead="write the full name, agreement/commitment",
                    )


def _circles(world: Together) -> Iterator[Mistake]:
    """Yield a mistake for the first circle of conditions, and of ensures, that runs across files."""
    graphs: dict[str, dict[str, list[str]]] = {"when": {}, "ensures": {}}
    for commitment in world.commitments.values():
        for name, other in references(commitment):
            kind = name.partition(".")[0]
            if kind in graphs:
                graphs[kind].setdefault(commitment.name, []).append(other)
    for kind, graph in graphs.items():
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle = " → ".join(reversed(error.args[1]))
            agreement = next(a for a in world.agreements if error.args[1][0].startswith(f"{a.id}/"))
            yield Mistake(
                file=agreement.path or agreement.id,
                line=0,
                what=f"{kind} runs in a circle: {circle}",
                instead="take one of them out",
            )
