"""What every record has: the envelope, and of a claim the record that it reports the same act as.

See `docs/rules/records.md`. Every kind of record builds on these two.
"""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from ceasefire.clock import Instant  # noqa: TC001 - Hypothesis resolves the annotations
from ceasefire.errors import RecordError
from ceasefire.record import choices
from ceasefire.record.choices import Release  # noqa: TC001 - the same
from ceasefire.record.construction import ToldByField
from ceasefire.record.fields import (
    Evidence,
    evidence,
    identifier,
    optional_instant,
    optional_text,
    optional_zone,
    own_key,
)
from ceasefire.record.proof import Proof, proof
from ceasefire.values import keep_signatures

keep_signatures(
    identifier, optional_instant, optional_text, optional_zone, own_key, evidence, proof, choices.release
)


@frozen(kw_only=True, eq=False, repr=False)
class Record(ToldByField):
    """The envelope: who wrote it down, whose statement it is, when, and who may see it."""

    kind: ClassVar[str] = ""
    #: Fields a record of this kind cannot do without, each a set of alternatives.
    required: ClassVar[tuple[tuple[str, ...], ...]] = ()

    #: Fields at whose values a kind looks together with others, where it checks more than that the required
    #: ones are there; of all others it looks only at whether they are there. None: it does not tell.
    together: ClassVar[tuple[str, ...] | None] = None

    #: Whose chain this is.
    by: str | None = field(default=None, converter=identifier)
    #: Whose statement it is, if not `by`'s: the record is then a relay, and needs evidence.
    said_by: str | None = field(default=None, converter=identifier)
    id: str | None = field(default=None, converter=identifier)
    recorded: Instant | None = field(default=None, converter=optional_instant)
    #: When this journal got it: local, never hashed, so never compared.
    received: Instant | None = field(default=None, converter=optional_instant, eq=False)
    #: Its place in its author's chain, where it comes from one: never compared.
    proof: Proof | None = field(default=None, converter=proof, eq=False, repr=False)
    #: In which its own dates are read, if not the agreement's.
    timezone: str | None = field(default=None, converter=optional_zone)
    #: Who may see it; None only on a withdrawal, which is then as public as what it takes back.
    release: Release | None = field(default="mechanism", converter=choices.release)
    text: str | None = field(default=None, converter=optional_text)
    evidence: tuple[Evidence, ...] = field(factory=tuple, converter=evidence)
    #: A name of its author's own for it: see docs/rules/records.md.
    key: str | None = field(default=None, converter=own_key)

    def __attrs_post_init__(self) -> None:
        """Check what concerns several fields at once."""
        for names in self.required:
            if not self._says_one_of(names):
                lacks = [names for names in self.required if not self._says_one_of(names)]
                needed = ", and ".join(" or ".join(names) for names in lacks)
                raise RecordError(f"a record of kind {self.kind!r} needs {needed}")
        if self.said_by is None or self.by is None:  # a relay is looked at once the author is known
            return
        if self.said_by == self.by:
            object.__setattr__(self, "said_by", None)
        elif not self.evidence:
            raise RecordError(
                f"{self.by!r} relays a statement of {self.said_by!r}: name the evidence, "
                'such as [{"title": …, "url": …}]'
            )

    def _says_one_of(self, names: tuple[str, ...]) -> bool:
        """Tell whether one of some fields says anything."""
        for name in names:  # the first mostly does: a generator would cost more than all else
            value = getattr(self, name)
            if value is not None and (value or type(value) is not tuple):
                return True
        return False

    @property
    def own_id(self) -> str:
        """Its id; the empty text of one that has none yet."""
        return self.id or ""

    @property
    def author(self) -> str:
        """Whose chain this is; the empty text where no journal has filled it in yet."""
        return self.by or ""

    @property
    def speaker(self) -> str:
        """Whose statement it is: `said_by`, by default `by`; the empty text where nobody is named yet."""
        return self.said_by or self.by or ""

    @property
    def written(self) -> Instant | None:
        """When it was written down: when it says, and at the latest when it was received.

        docs/rules/time.md, "Dates that nobody has to believe".
        """
        recorded, received = self.recorded, self.received
        if recorded is None or received is None or recorded.us <= received.us:
            return recorded
        return received

    @property
    def relay(self) -> bool:
        """Whether its author passes on another's statement."""
        return self.said_by is not None and self.said_by != self.by


@frozen(kw_only=True, eq=False, repr=False)
class Claim(Record):
    """A record that is judged: it may say which other record reports the same act."""

    same_as: str | None = field(default=None, converter=identifier)
