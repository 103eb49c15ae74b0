"""A claim as one agreement's mechanism determines it, and everything it is determined with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from ceasefire.assessment.contexts import judged_at
from ceasefire.assessment.rules import OPEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ceasefire.agreement.terms import Agreement, Mechanism
    from ceasefire.assessment.contexts import Courts
    from ceasefire.assessment.positions import Answer, Judgement
    from ceasefire.assessment.times import Times
    from ceasefire.assessment.wordings import Worded

#: Grounds which, found by anyone, make an incident unclear where a commitment excepts circumstances (§6).
CIRCUMSTANCES: Final = frozenset({"self_defence", "exempt_act", "exercise"})

UNIDENTIFIED: Final = "unidentified"

Held = dict[str, dict[str, "Answer"]]


@frozen(kw_only=True)
class Determined:
    """A claim as one agreement's mechanism determines it."""

    entry: Worded
    agreement: str
    times: Times
    mechanism: Mechanism | None
    rule: str | None
    #: The members whose answers count here; without a mechanism, nobody's decide.
    counted: tuple[str, ...]
    held: Held
    determination: str
    #: The id of the record that counts for it: its own, unless it is a duplicate.
    counts_as: str
    #: The ids of every report counted under it, its own first.
    reports: tuple[str, ...] = ()
    #: Whose statement it is: its author, and those of equal records.
    authors: tuple[str, ...] = ()
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
    #: Whether a member other than its author has answered any question, counted or not.
    reviewed: bool = False
    #: Every answer on it, counted or not, and those on earlier wordings.
    answers: tuple[Answer, ...] = ()
    earlier: tuple[Answer, ...] = ()

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.entry.id

    @property
    def open(self) -> bool:
        """Whether it is neither established nor closed."""
        return self.determination in OPEN

    @property
    def established(self) -> bool:
        """Whether the mechanism has established it."""
        return self.determination == "established"

    @property
    def settled(self) -> bool:
        """Whether it is established, and by whom is decided (also as by somebody unidentified)."""
        return self.established and bool(self.attributed)

    @property
    def named(self) -> tuple[str, ...]:
        """The parties it is attributed to or, while that is not decided, that are accused of it."""
        return tuple(p for p in (self.attributed if self.settled else self.accused) if p != UNIDENTIFIED)


@frozen(kw_only=True)
class Docket:
    """Everything one agreement needs to determine claims."""

    agreement: Agreement
    courts: Courts
    findings: Mapping[str, list[Judgement]]
    times: Mapping[str, Times]
    #: Decisions, events and memberships: the record that stands for all of equal fields.
    equal: Mapping[str, str]
    #: Every claim that is said to report the same act as another, and that other.
    linked: tuple[Worded, ...]
    as_of: int
    known_at: int | None
    relays: bool

    def mechanism_of(self, entry: Worded) -> Mechanism | None:
        """Return the mechanism that determines a claim under this agreement."""
        return self.courts.mechanism(self.agreement.id, *judged_at(entry.record, self.times[entry.id]))

    def findings_on(self, name: str) -> list[Judgement]:
        """Return the findings on a record, on whichever wording."""
        return self.findings.get(name, [])
