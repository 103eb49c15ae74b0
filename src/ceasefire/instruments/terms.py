"""What an agreement says, as frozen values: the tables of an agreement file.

Each class is one table of the file format (docs/agreement-files.md) and has its fields, no more. A field
that a file leaves out is None, an empty tuple or the default that the format names. Ids are plain
strings; commitments are named in full, `agreement/commitment`, everywhere but in `Commitment.id`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable  # noqa: TC003 - attrs resolves the annotations
from typing import Final, Literal

from attrs import AttrsInstance, field, fields, frozen

from ceasefire.clock import Duration, Moment  # noqa: TC001 - cattrs resolves the annotations
from ceasefire.instruments.view import commitments_as_html
from ceasefire.patterns import regex
from ceasefire.values import ByFields

Duty = Literal["achieve", "maintain", "refrain", "recur", "permit", "declare"]
Force = Literal["binding", "political", "hortatory"]
Bearer = Literal["stated", "implied"]
Renewal = Literal["automatic", "tacit", "by-decision", "none"]
SuspensionEffect = Literal["tolls", "runs"]
StandingAs = Literal["signatory", "accepted", "joined", "named"]
Basis = Literal["text", "announced", "observed"]
Anchor = Literal["adopted", "in_force", "active"]
Survival = Literal["suspension", "end"]
#: Which names of the months reports use, where a language has several: Levantine in Arabic is أيار for May.
Months = Literal["usual", "levantine"]
#: What an id is made of; an act's parts are joined by dots, a commitment's full name by one slash.
ID: Final = regex(r"[a-z0-9-]+", re.ASCII)
#: The decision rules a mechanism may have; also `member:<party id>`.
RULES: Final = ("consensus", "majority", "any", "as-reported")
#: Roles every file may use; a file adds more by giving them to a party.
ROLES: Final = (
    "guarantor", "government", "armed-group", "umbrella", "observer", "host", "mediator", "body",
    "third-state", "designated",
)  # fmt: skip


@frozen(kw_only=True, eq=False, repr=False)
class Note(ByFields):
    """A remark, with the moment from which what it tells was known, where that is later than the text."""

    text: str
    #: A report as of, or as known at, an earlier day does not print it.
    known_from: Moment | None = None


def _notes(value: str | Note | Iterable[Note]) -> tuple[Note, ...]:
    """Return notes; a text is one that was known from the start, an empty one none."""
    if isinstance(value, str):
        return (Note(text=value),) if value else ()
    return (value,) if isinstance(value, Note) else tuple(value)


@frozen(kw_only=True, eq=False, repr=False)
class Noted(ByFields):
    """What every table may carry: our words, notes, where it comes from, codes elsewhere."""

    #: Our paraphrase; never quoted as treaty text.
    summary: str = ""
    #: Written as `note`: one, or several.
    notes: tuple[Note, ...] = field(default=(), alias="note", converter=_notes)
    #: Ids of `Source`.
    sources: tuple[str, ...] = ()
    #: Completed from general knowledge, not read in a source.
    unverified: bool = False
    #: Pairs of scheme and code, such as ("pax", "2093").
    codes: tuple[tuple[str, str], ...] = ()
    #: Names and the like in other languages: field, language, text. Written as `"name.ar"`.
    translations: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)

    def in_language(self, language: str, *names: str) -> str:
        """Return the first of these fields that is given in a language; empty if none is."""
        given = {(name, tag): text for name, tag, text in self.translations}
        return next((given[name, language] for name in names if (name, language) in given), "")

    @property
    def note(self) -> str:
        """What is noted that was known with the text itself."""
        return " ".join(one.text for one in self.notes if one.known_from is None)


@frozen(kw_only=True, eq=False, repr=False)
class Source(Noted):
    """A document or page that something was read in."""

    id: str
    title: str = ""
    symbol: str = ""
    url: str = ""
    language: str = ""
    #: The date of the document or page.
    date: Moment | None = None
    licence: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class Act(Noted):
    """A kind of act that may be a breach; `attack` covers `attack.shelling`."""

    id: str
    name: str = ""
    description: str = ""
    #: Other words for it, such as mortar or IED: what somebody means who writes one is offered.
    aliases: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class RoleTerm(ByFields):
    """A role a party has, with where it began or ended and who gave it."""

    role: str
    from_: Moment | None = None
    until: Moment | None = None
    by: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class MemberTerm(ByFields):
    """A party's membership in a group, with where it began or ended."""

    group: str
    from_: Moment | None = None
    until: Moment | None = None
    by: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class Party(Noted):
    """Anyone an agreement speaks of: a state, a group, a body, an observer."""

    id: str
    name: str = ""
    #: A name for where there is little room, such as HTS.
    short: str = ""
    aliases: tuple[str, ...] = ()
    roles: tuple[RoleTerm, ...] = ()
    member_of: tuple[MemberTerm, ...] = ()
    #: Parties whose conduct this one guarantees.
    guarantees: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Zone(Noted):
    """A place an agreement speaks of. Zones are disjoint unless these fields link them."""

    id: str
    name: str = ""
    #: A name for where there is little room.
    short: str = ""
    aliases: tuple[str, ...] = ()
    within: str | None = None
    covers: tuple[str, ...] = ()
    covers_part: tuple[str, ...] = ()
    #: Ids of outlines that together are its own, for a map.
    outline: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Office(ByFields):
    """An office in a mechanism, such as its chair, with who holds it and when: printed, no effect."""

    party: str
    office: str
    from_: Moment | None = None
    until: Moment | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Mechanism(Noted):
    """Who determines claims under which agreements, by which rule."""

    id: str
    name: str = ""
    members: tuple[str, ...] = ()
    #: Their findings are shown, never counted.
    observers: tuple[str, ...] = ()
    #: consensus, majority, any, as-reported or member:<party id>.
    rule: str = "consensus"
    #: Rules for single kinds of claim, as pairs (kind, rule).
    rules: tuple[tuple[str, str], ...] = ()
    #: Agreement ids; a file's own mechanism oversees that file by default.
    oversees: tuple[str, ...] = ()
    from_: Moment | None = None
    until: Moment | None = None
    #: The silence procedure, for decisions only: no objection in this time is consent.
    silence: Duration | None = None
    offices: tuple[Office, ...] = ()

    def rule_for(self, kind: str) -> str:
        """Return the rule under which a claim of this kind is determined.

        A count that is a ruling is of incidents, and determined by their rule unless it has its own.
        """
        rules = dict(self.rules)
        return rules.get(kind, rules.get("incident", self.rule) if kind == "tally" else self.rule)


@frozen(kw_only=True, eq=False, repr=False)
class Standing(Noted):
    """How a party stands to an agreement: who signed what, printed beside every bearer."""

    party: str
    as_: StandingAs
    from_: Moment | None = None
    until: Moment | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Effective(Noted):
    """One of several dates given for entry into force; all are kept."""

    basis: Basis
    at: Moment
    #: Set when it is one party's date only.
    by: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class Key(Noted):
    """A party's public key, with the time in which it signs."""

    party: str
    key: str
    from_: Moment | None = None
    until: Moment | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Condition(ByFields):
    """What a conditional commitment waits for: exactly one of the three names is set."""

    event: str | None = None
    #: Full name of the commitment that all who owe it must have fulfilled.
    fulfilled: str | None = None
    #: Full name of the commitment whose first breach meets the condition.
    breach_of: str | None = None
    until: Moment | None = None
    #: With `breach_of`: fulfilling this in time remedies that breach.
    repairs: bool = False
    note: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class Recurrence(ByFields):
    """How often a duty recurs: by a duration, or from one event to the next."""

    duration: Duration | None = None
    event: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Termination(ByFields):
    """Who may end an agreement alone, and how long before they must have said so."""

    by: tuple[str, ...]
    #: Counted from when the decision was taken; absent: none need run.
    notice: Duration | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Commitment(Noted):
    """One promise: who owes what, how it is breached, by when, and under which condition."""

    id: str
    #: The id of the agreement it stands in; the reader fills it in.
    agreement: str = ""
    title: str = ""
    #: A name for where there is little room.
    short: str = ""
    clause: str = ""
    duty: Duty
    force: Force = "binding"
    owed_by: tuple[str, ...] = ()
    bearer: Bearer = "stated"
    #: A label: to whom it is owed.
    owed_to: tuple[str, ...] = ()
    #: Whom a hortatory text calls on.
    addressed_to: tuple[str, ...] = ()
    #: One debt of all who owe it, one row.
    jointly: bool = False
    acts: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    except_zones: tuple[str, ...] = ()
    #: Party ids, or `role:<role>`.
    except_against: tuple[str, ...] = ()
    except_when: str = ""
    starts: Moment | None = None
    #: The deadline of an `achieve`.
    due: Moment | None = None
    due_note: str = ""
    #: The window of the other duties.
    until: Moment | None = None
    until_note: str = ""
    within: Duration | None = None
    after: Anchor = "active"
    when: Condition | None = None
    every: Recurrence | None = None
    count: int = 1
    preemptive: bool = False
    once: bool = False
    survives: tuple[Survival, ...] = ()
    #: Full names of commitments this duty of influence is about.
    ensures: tuple[str, ...] = ()
    standard: str = ""
    restates: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The full name, `agreement/commitment`."""
        return f"{self.agreement}/{self.id}"

    @property
    def hortatory(self) -> bool:
        """Whether the text calls on somebody rather than binds them."""
        return self.force == "hortatory"


@frozen(kw_only=True, eq=False, repr=False)
class Agreement(Noted):
    """One instrument with the parties, zones, acts and mechanisms it uses.

    Its `repr` is a line; `attrs.asdict` gives all there is.
    """

    id: str
    title: str = ""
    #: A name for where there is little room.
    short: str = ""
    adopted: Moment | None = None
    #: None with `by_decision`; else never None (`adopted` stands in for it).
    in_force: Moment | None = None
    by_decision: bool = False
    timezone: str = "UTC"
    duration: Duration | None = None
    renewal: Renewal = "none"
    suspension: SuspensionEffect = "tolls"
    #: Who may end it alone; None: nobody may.
    termination: Termination | None = None
    supplements: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    #: Party ids, or `role:<role>`: outside the ceasefire, neither protected nor bound.
    excluded: tuple[str, ...] = ()
    #: Its own, else that of a register it uses.
    months: Months = "usual"
    uses: tuple[str, ...] = ()
    effective: tuple[Effective, ...] = ()
    standing: tuple[Standing, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    # From here on: the file's own tables and those of the registers it uses.
    source_list: tuple[Source, ...] = ()
    parties: tuple[Party, ...] = ()
    zones: tuple[Zone, ...] = ()
    acts: tuple[Act, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    keys: tuple[Key, ...] = ()
    roles: tuple[str, ...] = ROLES
    #: Which of these the file itself defines, as pairs such as ("mechanism", "joint-committee"); the
    #: others stand in registers. Where something stands changes nothing of what it says.
    own: frozenset[tuple[str, str]] = field(default=frozenset(), eq=False, repr=False)
    #: SHA-256 of the bytes of the file, and of each register's, as pairs (id, digest), the file first.
    digests: tuple[tuple[str, str], ...] = field(default=(), eq=False)
    #: Where it was read, for messages.
    path: str = field(default="", eq=False)
    #: What deserves a second look but is no mistake, each as `file:line: …`.
    warnings: tuple[str, ...] = field(default=(), eq=False)

    def __repr__(self) -> str:
        """Return a line that says which agreement it is."""
        return f"<Agreement {self.id}: {len(self.commitments)} commitments>"

    def _repr_html_(self) -> str:
        """Return its commitments as an HTML table, for notebooks."""
        names = {party.id: party.name or party.id for party in self.parties}
        rows = [
            (c.clause, c.title or c.id, c.duty, ", ".join(names.get(party, party) for party in c.owed_by))
            for c in self.commitments
        ]
        return commitments_as_html(self.title or self.id, rows)

    def commitment(self, name: str) -> Commitment | None:
        """Return the commitment of this short or full name, or None."""
        short = name.removeprefix(f"{self.id}/")
        return next((c for c in self.commitments if c.id == short), None)


def differing(one: AttrsInstance, other: AttrsInstance) -> str:
    """Return the fields, as a file writes them, in which two definitions of one thing differ."""
    return ", ".join(
        a.alias.rstrip("_")
        for a in fields(type(one))
        if a.eq and getattr(one, a.name) != getattr(other, a.name)
    )
