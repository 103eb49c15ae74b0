"""What follows from who says what about a claim: every question decided.

docs/rules/claims.md, "The other questions".

A ruling hangs on nothing but its matter: the rule, the members counted, what each of
them says, and how the parties they name belonged to each other when the act occurred.
Few claims differ in all of that, so equal cases are ruled once.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from msgspec import field
from msgspec.structs import force_setattr

from ceasefire.assessment.determination.rules import OPEN, decided_answer, decided_names, determined
from ceasefire.assessment.knowledge.statements import (
    ATTRIBUTED_TO,
    COMMITMENTS,
    OUTCOME,
    QUESTIONS,
    SEVERITY,
)
from ceasefire.instruments.values import UNIDENTIFIED
from ceasefire.values import Entity, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ceasefire.assessment.knowledge.statements import Values
    from ceasefire.assessment.world.membership import Groups


class Matter(Value):
    """Everything a ruling hangs on."""

    #: None without a mechanism: then nobody's answers decide.
    rule: str | None
    #: The members whose answers count; without a mechanism, the parties that may contradict each other.
    counted: tuple[str, ...]
    #: What those of them say who say anything.
    said: tuple[tuple[str, Values], ...]
    #: Whether one other than its author has answered any question, counted or not.
    reviewed: bool
    incident: bool = False
    #: Whom its author accuses, as it last said.
    accusing: tuple[str, ...] = ()
    #: The stretches of time the act may have fallen in, as far as it hangs on who then belonged to whom.
    epochs: range = range(1)
    #: Whether it stands by its evidence, whoever confirms it.
    external: bool = False
    self_reported: bool = False
    circumstances: bool = False


def identified(parties: tuple[str, ...]) -> tuple[str, ...]:
    """Return parties once each, without whoever is unidentified."""
    return tuple(dict.fromkeys(party for party in parties if party != UNIDENTIFIED))


class Ruling(Entity, kw_only=True):
    """What a mechanism makes of a claim; of claims whose cases are equal, the same."""

    rule: str | None = None
    #: The members whose answers count here; without a mechanism, nobody's decide.
    counted: tuple[str, ...] = ()
    #: The position of each of them that has one.
    said: Mapping[str, Values] = field(default_factory=dict)
    determination: str
    #: Parties decided, or ("unidentified",); empty while undetermined.
    attributed: tuple[str, ...] = ()
    #: Whom its author accuses or a member names; "unidentified" left out.
    accused: tuple[str, ...] = ()
    severity: str | None = None
    under: tuple[str, ...] = ()
    ground: str | None = None
    #: Whether anyone found circumstances that a commitment may except, on the newest wording.
    circumstances: bool = False
    #: Members that consented by silence, and when their silence ended (decisions only).
    silent: tuple[str, ...] = ()
    silence_ended: int | None = None
    #: Whether an established decision would not be established without the silent.
    by_silence: bool = False
    self_reported: bool = False
    # What follows from these, worked out as it is made: it is asked of each claim.
    #: Whether it is neither established nor closed.
    open: bool = False
    #: Whether the mechanism has established it.
    established: bool = False
    #: Whether it is established, and by whom is decided (also as by somebody unidentified).
    settled: bool = False
    #: The parties it is attributed to or, while that is not decided, that are accused of it.
    named: tuple[str, ...] = ()
    #: All that what it does on rows hangs on.
    bearing: tuple[object, ...] = ()

    def __post_init__(self) -> None:
        """Work out what follows from what is decided."""
        established = self.determination == "established"
        settled = established and bool(self.attributed)
        named = identified(self.attributed if settled else self.accused)
        force_setattr(self, "open", self.determination in OPEN)
        force_setattr(self, "established", established)
        force_setattr(self, "settled", settled)
        force_setattr(self, "named", named)
        force_setattr(self, "bearing", (named, settled, self.determination, self.circumstances))

    @cached_property
    def awaiting_outcome(self) -> tuple[str, ...]:
        """Who has still to say whether it was so, as `member: question`."""
        return self._awaiting((OUTCOME,))

    @cached_property
    def awaiting_all(self) -> tuple[str, ...]:
        """The same of an incident: whether it was so, whose act it was, and how grave."""
        return self._awaiting((OUTCOME, ATTRIBUTED_TO, SEVERITY))

    def _awaiting(self, asked: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(
            f"{member}: {QUESTIONS[question]}"
            for member in self.counted
            for question in asked
            if not (member in self.said and self.said[member][question] is not None)
            and not (question == OUTCOME and member in self.silent)
        )


#: What is ruled of a claim that was taken back, or for which another record counts.
CLOSED: Final = {word: Ruling(determination=word) for word in ("withdrawn", "duplicate")}


def ruling_on(matter: Matter, groups: Groups | None, full_name: Callable[[str], str | None]) -> Ruling:
    """Decide every question of a matter."""
    said = dict(matter.said)
    outcomes = {m: str(value) for m, value in _on(OUTCOME, said).items()}
    determination = determined(matter.rule, matter.counted, outcomes, reviewed=matter.reviewed)
    if matter.external:
        determination = "established"
    if matter.rule is None:
        return Ruling(
            determination=determination,
            accused=identified(matter.accusing),
            circumstances=matter.circumstances,
        )
    if groups is None or not matter.incident:
        return Ruling(
            rule=matter.rule,
            counted=matter.counted,
            said=said,
            determination=determination,
            self_reported=matter.self_reported,
        )
    named = _on(ATTRIBUTED_TO, said)
    under, ground = _under(matter.rule, matter.counted, _on(COMMITMENTS, said), full_name)
    accused = (*matter.accusing, *(party for parties in named.values() for party in parties))
    return Ruling(
        rule=matter.rule,
        counted=matter.counted,
        said=said,
        determination=determination,
        attributed=_attributed(matter.rule, matter.counted, named, groups, matter.epochs),
        accused=identified(accused),
        severity=decided_answer(matter.rule, matter.counted, _on(SEVERITY, said)),
        under=under,
        ground=ground,
        circumstances=matter.circumstances,
    )


def _on(question: int, said: Mapping[str, Values]) -> dict[str, Any]:
    """Return the answers to one question."""
    return {member: values[question] for member, values in said.items() if values[question] is not None}


def _attributed(
    rule: str, counted: tuple[str, ...], said: Mapping[str, tuple[str, ...]], groups: Groups, epochs: range
) -> tuple[str, ...]:
    """Decide by whom, party by party; of a group and its member both decided, the member is printed."""
    named = {
        member: frozenset(parties).union(*(groups.ancestors(p, epochs) for p in parties))
        for member, parties in said.items()
    }
    candidates = sorted(frozenset().union(*named.values()))
    decided = decided_names(rule, counted, named, candidates)
    parties = tuple(p for p in decided if p != UNIDENTIFIED)
    if not parties:
        return decided
    directly = frozenset(p for parties in said.values() for p in parties)
    inner = frozenset(groups.innermost(sorted(parties, key=lambda p: p not in directly), epochs))
    return tuple(p for p in parties if p in inner)


def _under(
    rule: str,
    counted: tuple[str, ...],
    said: Mapping[str, tuple[str, ...]],
    full_name: Callable[[str], str | None],
) -> tuple[tuple[str, ...], str | None]:
    """Decide under what it falls, commitment by commitment, or the ground for which it falls under none."""
    named: dict[str, frozenset[str]] = {}
    for member, value in said.items():
        if value[0] == "ground" and len(value) == 2:  # noqa: PLR2004 – ("ground", which)
            named[member] = frozenset([f"ground:{value[1]}"])
        else:
            named[member] = frozenset(full_name(name) or name for name in value)
    decided = decided_names(rule, counted, named, sorted(frozenset().union(*named.values())))
    grounds = [name.removeprefix("ground:") for name in decided if name.startswith("ground:")]
    commitments = tuple(name for name in decided if not name.startswith("ground:"))
    if grounds and (commitments or len(grounds) > 1):
        return (), None
    return commitments, (grounds[0] if grounds else None)
