"""The closed lists of words a record may use, each with its converter.

Enumerations are plain strings (docs/rules/records.md): a file and a script write the same
word, and a type checker knows them all. A word that is not on its list is refused
with the nearest that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from ceasefire.errors import RecordError, did_you_mean, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

Release = Literal["mechanism", "public", "author"]
Outcome = Literal["confirmed", "refuted", "inconclusive"]
Severity = Literal["technical", "minor", "serious"]
Ground = Literal[
    "excluded_actor", "outside_area", "outside_time", "self_defence", "exempt_act", "exercise", "accident"
]
Confidence = Literal["low", "moderate", "high"]
Does = Literal[
    "enter_into_force", "suspend", "resume", "renew", "object", "extend", "terminate", "release", "postpone"
]
BasisOfMembership = Literal["mechanism", "external"]
Grade = Literal["none", "minimal", "intermediate", "full", "unknown"]
Step = Literal[
    "notification", "reply", "note", "contact", "demand", "inquiry", "recommendation", "measure", "sanction",
    "remedy",
]  # fmt: skip
#: withheld: this copy was made without the body. erased: it was removed for good.
Absence = Literal["withheld", "erased"]


#: What a decision may concern (docs/rules/records.md, "Decision"): these an agreement, those a commitment,
#: suspensions either.
ON_AGREEMENT: Final = frozenset(
    {"enter_into_force", "renew", "object", "extend", "terminate", "suspend", "resume"}
)
ON_COMMITMENT: Final = frozenset({"release", "postpone", "suspend", "resume"})

#: The releases that each audience may see.
ALLOWED: Final[Mapping[str, frozenset[str]]] = {
    "public": frozenset({"public"}),
    "mechanism": frozenset({"mechanism", "public"}),
    "author": frozenset({"author", "mechanism", "public"}),
}


def readable(audience: str, by: str | None) -> frozenset[str]:
    """Return the releases of an author's records that an audience may see: a party sees all of its own.

    docs/rules/records.md, "Fields that every record has". An audience that is none of the
    words is the id of a party.
    """
    found = ALLOWED.get(audience)
    return found or ALLOWED["author" if audience == by else "mechanism"]


def leaves_no_trace(audience: str) -> bool:
    """Tell whether what an audience may not see leaves no trace at all: of the public, and of a party."""
    return audience == "public" or audience not in ALLOWED


def release(value: object) -> Release:
    """Return who may see a record: the mechanism, unless it says otherwise."""
    found: Release | None = _chosen(value, Release)
    return found or "mechanism"


def some_release(value: object) -> Release | None:
    """Return who may see a piece of evidence or a withdrawal, or None: then the record it is of says it."""
    found: Release | None = _chosen(value, Release)
    return found


def basis(value: object) -> BasisOfMembership:
    """Return by what a membership stands: the mechanism's finding, unless it says otherwise."""
    found: BasisOfMembership | None = _chosen(value, BasisOfMembership)
    return found or "mechanism"


def absence(value: object) -> Absence:
    """Return why a body is not here: withheld, unless it says otherwise."""
    found: Absence | None = _chosen(value, Absence)
    return found or "withheld"


def outcome(value: object) -> Outcome | None:
    """Return whether such an act took place, or None."""
    found: Outcome | None = _chosen(value, Outcome)
    return found


def severity(value: object) -> Severity | None:
    """Return how gravely, or None."""
    found: Severity | None = _chosen(value, Severity)
    return found


def ground(value: object) -> Ground | None:
    """Return for which ground an act falls under no commitment, or None."""
    found: Ground | None = _chosen(value, Ground)
    return found


def confidence(value: object) -> Confidence | None:
    """Return how sure a finding is, or None."""
    found: Confidence | None = _chosen(value, Confidence)
    return found


def does(value: object) -> Does | None:
    """Return what a decision does, or None."""
    found: Does | None = _chosen(value, Does)
    return found


def grade(value: object) -> Grade | None:
    """Return how far a duty was carried out, or None."""
    found: Grade | None = _chosen(value, Grade)
    return found


def step(value: object) -> Step | None:
    """Return what kind of step a response is, or None."""
    found: Step | None = _chosen(value, Step)
    return found


def _chosen(value: object, literal: Any) -> Any:
    """Return None or a value of the Literal; refuse anything else with a suggestion."""
    if value is None:
        return None
    allowed: tuple[str, ...] = literal.__args__  # what get_args gives, without its questions
    if value in allowed:
        return allowed[allowed.index(value)]  # a plain text, though a member of an enum may be equal to it
    guess = did_you_mean(nearest(value, allowed)) if isinstance(value, str) else ""
    raise RecordError(f"{quoted(value)} is not one of {', '.join(allowed)}{guess}")
