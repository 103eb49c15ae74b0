"""The kinds of record: what people say, as frozen values, under the one envelope they share.

A record is never edited: a correction is a new record. Times are aware or refused; lists are
tuples; enumerations plain strings. `by`, `recorded` and `id` a script may leave to the journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, field, fields, frozen

from ceasefire.clock import Moment, Occurrence, OneOf  # noqa: TC001 - Hypothesis resolves them
from ceasefire.errors import RecordError
from ceasefire.instruments.values import UNIDENTIFIED
from ceasefire.record import choices
from ceasefire.record.envelope import Claim, Record
from ceasefire.record.fields import (
    Place,
    Toll,
    frozen_json,
    identifier,
    identifiers,
    optional_moment,
    optional_occurrence,
    optional_period,
    optional_some_time,
    optional_text,
    place,
    some_identifiers,
    toll,
    true_if_true,
    true_unless_false,
)
from ceasefire.record.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ceasefire.record.choices import (
        BasisOfMembership,
        Confidence,
        Does,
        Grade,
        Ground,
        Outcome,
        Release,
        Severity,
        Step,
    )

__all__ = [
    "ENVELOPE", "KINDS", "SAME_WORDING", "Appraisal", "Branch", "Claim", "Correction", "Decision", "Erasure",
    "Event", "Finding", "Incident", "Membership", "Performance", "Record", "Response", "Tally", "Withdrawal",
    "field_names", "judged", "pointers", "pointing", "repointed",
]  # fmt: skip


@frozen(kw_only=True, eq=False, repr=False)
class Incident(Claim):
    """An act that may be a breach."""

    kind = "incident"
    required = (("occurred",), ("act",))

    occurred: Occurrence = field(default=None, converter=optional_occurrence)
    act: str = field(default=None, converter=identifier)
    zone: str | None = field(default=None, converter=identifier)
    place: Place | None = field(default=None, converter=place)
    #: Party ids; empty when nobody is named.
    accused: tuple[str, ...] = field(factory=tuple, converter=identifiers)
    against: tuple[str, ...] = field(factory=tuple, converter=identifiers)
    killed: Toll | None = field(default=None, converter=toll)
    injured: Toll | None = field(default=None, converter=toll)
    commitments: tuple[str, ...] = field(factory=tuple, converter=identifiers)


@frozen(kw_only=True, eq=False, repr=False)
class Performance(Claim):
    """A duty was done."""

    kind = "performance"
    required = (("commitment",), ("performer",), ("occurred",))

    commitment: str = field(default=None, converter=identifier)
    performer: str = field(default=None, converter=identifier)
    occurred: Occurrence = field(default=None, converter=optional_occurrence)


@frozen(kw_only=True, eq=False, repr=False)
class Event(Claim):
    """A condition came true, a meeting was held."""

    kind = "event"
    required = (("name",), ("occurred",))

    name: str = field(default=None, converter=identifier)
    occurred: Occurrence = field(default=None, converter=optional_occurrence)
    place: Place | None = field(default=None, converter=place)
    took_part: tuple[str, ...] = field(factory=tuple, converter=identifiers)


@frozen(kw_only=True, eq=False, repr=False)
class Decision(Claim):
    """The mechanism decided."""

    kind = "decision"
    required = (("does",), ("agreement", "commitment"), ("occurred",))
    together = ("does",)

    does: Does = field(default=None, converter=choices.does)
    agreement: str | None = field(default=None, converter=identifier)
    commitment: str | None = field(default=None, converter=identifier)
    occurred: Occurrence = field(default=None, converter=optional_occurrence)
    #: When it takes effect; by default when it was taken.
    effective: Moment | None = field(default=None, converter=optional_moment)
    #: The new end or due date; of a suspension, its end, where it was decided with one.
    until: Moment | None = field(default=None, converter=optional_moment)
    #: The suspension a resume ends; absent: all on its target that began before it.
    of: str | None = field(default=None, converter=identifier)

    def __attrs_post_init__(self) -> None:
        """Check that the decision concerns what such decisions concern."""
        super().__attrs_post_init__()
        if self.agreement and self.commitment:
            raise RecordError("a decision concerns an agreement or a commitment: write one of the two")
        if self.agreement and self.does not in choices.ON_AGREEMENT:
            raise RecordError(f"{self.does!r} concerns a commitment: write commitment instead of agreement")
        if self.commitment and self.does not in choices.ON_COMMITMENT:
            raise RecordError(f"{self.does!r} concerns an agreement: write agreement instead of commitment")
        if self.does in ("extend", "postpone") and self.until is None:
            raise RecordError(f"{self.does!r} needs until: the new end or the new due date")


@frozen(kw_only=True, eq=False, repr=False)
class Membership(Claim):
    """Joined or left a group, acceded to an agreement, was designated."""

    kind = "membership"
    required = (("actor",), ("group", "role", "agreement"), ("occurred",))
    together = ("actor", "group")

    actor: str = field(default=None, converter=identifier)
    group: str | None = field(default=None, converter=identifier)
    role: str | None = field(default=None, converter=identifier)
    agreement: str | None = field(default=None, converter=identifier)
    #: True unless it left.
    joins: bool = field(default=True, converter=true_unless_false)
    occurred: Occurrence = field(default=None, converter=optional_occurrence)
    #: external: stands by its evidence, as a UN listing does.
    basis: BasisOfMembership = field(default="mechanism", converter=choices.basis)

    def __attrs_post_init__(self) -> None:
        """Check that one thing is joined or left."""
        super().__attrs_post_init__()
        if sum(target is not None for target in (self.group, self.role, self.agreement)) > 1:
            raise RecordError("a membership is in a group, a role or an agreement: write one of the three")
        if self.actor == self.group:
            raise RecordError("nobody is a member of itself: actor and group are the same")


@frozen(kw_only=True, eq=False, repr=False)
class Appraisal(Record):
    """How far a duty was carried out, in someone's view: shown, it moves nothing."""

    kind = "appraisal"
    required = (("commitment",), ("period",), ("grade",))

    commitment: str = field(default=None, converter=identifier)
    owed_by: str | None = field(default=None, converter=identifier)
    period: Occurrence = field(default=None, converter=optional_period)
    grade: Grade = field(default=None, converter=choices.grade)


@frozen(kw_only=True, eq=False, repr=False)
class Finding(Record):
    """A judgement on a claim; each field is one question, and may be left open."""

    kind = "finding"
    required = (
        ("on",),
        ("outcome", "same_as", "attributed_to", "severity", "commitments", "ground", "ended", "confidence",
         "method"),
    )  # fmt: skip
    together = ("attributed_to",)

    on: str = field(default=None, converter=identifier)
    outcome: Outcome | None = field(default=None, converter=choices.outcome)
    same_as: str | None = field(default=None, converter=identifier)
    #: Party ids, or ("unidentified",).
    attributed_to: tuple[str, ...] | None = field(default=None, converter=some_identifiers)
    severity: Severity | None = field(default=None, converter=choices.severity)
    commitments: tuple[str, ...] | None = field(default=None, converter=some_identifiers)
    ground: Ground | None = field(default=None, converter=choices.ground)
    ended: Moment | OneOf | None = field(default=None, converter=optional_some_time)
    confidence: Confidence | None = field(default=None, converter=choices.confidence)
    method: str | None = field(default=None, converter=optional_text)

    def __attrs_post_init__(self) -> None:
        """Check that what it says can be said together."""
        super().__attrs_post_init__()
        if self.commitments and self.ground:
            raise RecordError("a ground says it falls under no commitment: write commitments or ground")
        if self.attributed_to and UNIDENTIFIED in self.attributed_to and len(self.attributed_to) > 1:
            raise RecordError("attributed_to is unidentified or names parties, not both")


@frozen(kw_only=True, eq=False, repr=False)
class Response(Claim):
    """What was done about it. With step `remedy` it is a claim, judged like one."""

    kind = "response"
    required = (("to",), ("step",))

    #: A record, or a commitment with `owed_by` and, for a period, `period`.
    to: str = field(default=None, converter=identifier)
    owed_by: str | None = field(default=None, converter=identifier)
    period: Occurrence | None = field(default=None, converter=optional_period)
    step: Step = field(default=None, converter=choices.step)
    #: Absent: when it was recorded.
    occurred: Occurrence | None = field(default=None, converter=optional_occurrence)
    addressee: str | None = field(default=None, converter=identifier)
    due: Moment | None = field(default=None, converter=optional_moment)
    closes: bool = field(default=False, converter=true_if_true)


@frozen(kw_only=True, eq=False, repr=False)
class Correction(Record):
    """Changes an own record: a new record beside it, which makes a new wording."""

    kind = "correction"
    required = (("of",),)

    of: str = field(default=None, converter=identifier)
    #: Field to new value, in the JSON form of the record corrected.
    set: Any = field(factory=dict, converter=frozen_json, hash=False)
    unset: tuple[str, ...] = field(factory=tuple, converter=identifiers)

    def __attrs_post_init__(self) -> None:
        """Check that something changes, and nothing twice."""
        super().__attrs_post_init__()
        if not hasattr(self.set, "keys"):
            raise RecordError('set is an object of fields: write {"zone": "idlib"}')
        if not self.set and not self.unset:
            raise RecordError("a correction changes something: write set or unset")
        if both := sorted(self.set.keys() & set(self.unset)):
            raise RecordError(f"{', '.join(both)} stands in set and in unset: write one of the two")


@frozen(kw_only=True, eq=False, repr=False)
class Withdrawal(Record):
    """Takes an own record back; as public as that, unless its release says otherwise."""

    kind = "withdrawal"
    required = (("of",),)

    release: Release | None = field(default=None, converter=choices.some_release)
    of: str = field(default=None, converter=identifier)


@frozen(kw_only=True, eq=False, repr=False)
class Erasure(Record):
    """A body was removed from this journal."""

    kind = "erasure"
    required = (("of",), ("reason",))

    of: str = field(default=None, converter=identifier)
    reason: str = field(default=None, converter=optional_text)


@frozen(kw_only=True, eq=False, repr=False)
class Branch(Record):
    """Settles a fork of one's own chain."""

    kind = "branch"
    required = (("keep",),)

    #: The hash of the branch that stands.
    keep: str = field(default=None, converter=optional_text)


#: Every kind of record by its name.
KINDS: Final[dict[str, type[Record]]] = {
    cls.kind: cls for cls in (
        Incident, Performance, Event, Decision, Membership, Tally, Appraisal, Finding, Response, Correction,
        Withdrawal, Erasure, Branch,
    )
}  # fmt: skip

#: The fields of the envelope, which a correction never changes.
ENVELOPE: Final = ("kind", "by", "said_by", "id", "recorded", "received", "proof", "timezone", "release")
#: Fields by which a record points at another, whatever its kind; the `to` of a response may be a commitment.
_POINTERS: Final = ("on", "of", "same_as", "to", "answers")
#: Fields whose correction leaves the wording, and so the findings on it, as they are
#: (docs/rules/claims.md, "Wordings").
SAME_WORDING: Final = frozenset({"killed", "injured", "text", "evidence", "release", "same_as"})


def judged(record: Record) -> bool:
    """Tell whether a record is a claim: the first five kinds, a remedy, and a count that is a ruling."""
    if isinstance(record, Tally):
        return record.ruled
    return isinstance(record, Claim) and (not isinstance(record, Response) or record.step == "remedy")


def field_names(cls: type[Record]) -> tuple[str, ...]:
    """Return the names of all fields of a kind, `kind` itself left out."""
    return tuple(attribute.name for attribute in fields(cls))


_POINTERS_OF: Final = {
    cls: tuple(name for name in _POINTERS if name in field_names(cls)) for cls in KINDS.values()
}


def pointers(cls: type[Record]) -> tuple[str, ...]:
    """Return the fields by which a record of a kind points at another; none of one whose body is not here."""
    return _POINTERS_OF.get(cls, ())


def pointing(record: Record) -> dict[str, str]:
    """Return the ids that a record points at, by field."""
    found = ((name, getattr(record, name)) for name in pointers(type(record)))
    return {name: value for name, value in found if value is not None}


def repointed(record: Record, names: Mapping[str, str]) -> Record:
    """Return a record that points at others by the names that these have now."""
    changed = {name: names[value] for name, value in pointing(record).items() if value in names}
    return evolve(record, **changed) if changed else record
