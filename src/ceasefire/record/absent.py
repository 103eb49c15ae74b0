"""A record whose body is not here, and what can still be said of it."""

from __future__ import annotations

from attrs import field, frozen

from ceasefire.record import choices
from ceasefire.record.choices import Absence  # noqa: TC001 - Hypothesis resolves the annotations
from ceasefire.record.fields import optional_text
from ceasefire.record.kinds import Record


@frozen(kw_only=True, eq=False, repr=False)
class Absent(Record):
    """A record of which only the envelope is known: who wrote it, when, and of what kind it is.

    It keeps its place in the chain, and is judged by nobody: what it said is not known.
    """

    kind = "absent"

    #: The kind of the record, such as incident.
    was: str | None = field(default=None, converter=optional_text)
    #: Why its body is not here.
    absent: Absence = field(default="withheld", converter=choices.absence)

    def __attrs_post_init__(self) -> None:
        """Check nothing: the evidence of a relay is part of what is not here."""
