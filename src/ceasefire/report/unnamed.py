"""The lists of a public report: no accused name where no determination names it (design §10).

Names are taken from the lists themselves, so that no format, JSON included, can
print them. A name also shows through a difference: in the row that is alleged where
the others are not, in a record that only the accused would write, in the commitments
an act falls under. So where an incident accuses anyone whom nobody has determined,
every row it could hide among says as little as the next: a public report is the same
whoever of those bound is accused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from ceasefire.record import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ceasefire.agreement.terms import Agreement
    from ceasefire.record.kinds import Record

Item = dict[str, Any]
Data = dict[str, Any]

#: Questions whose answers say nothing on who did it.
_NAMELESS: Final = frozenset({"outcome", "same_as", "severity", "ended"})
#: What an incident does to the row of a named bearer only because that bearer is accused.
_ACCUSING: Final = frozenset({"alleged", "disputed", "not_counted"})
#: What is told of a response whose author may not be named, and of one whose addressee may not: whether an
#: answer came would tell, beside the answers, of whom it was asked.
_NOBODY: Final = {"record": None, "by": None}
_UNASKED: Final = {"addressee": None, "state": None}
#: What a row may be called, where an allegation against its bearer may not show.
_TOLD: Final = frozenset({None, "breached", "overdue"})


@frozen(kw_only=True)
class _Incidents:
    """What is determined of the incidents of an assessment, over all agreements."""

    #: The parties to whom each is attributed by determination.
    culprits: Mapping[str, frozenset[str]]
    #: The same with those who owe a commitment that each breaches: a breach by a member is its group's too.
    named: Mapping[str, frozenset[str]]
    refuted: frozenset[str]
    #: Responses, by id, with what they are about: an incident, another response, a commitment.
    about: Mapping[str, str]

    @property
    def nameless(self) -> frozenset[str]:
        """Those of which no determination names anybody."""
        return frozenset(r for r, named in self.culprits.items() if not named) - self.refuted

    def concerns(self, record: str | None) -> str | None:
        """Return the incident a record is about, through responses to responses; itself if it is one."""
        seen: set[str] = set()
        while record is not None and record not in self.culprits and record not in seen:
            seen.add(record)
            record = self.about.get(record)
        return record if record in self.culprits else None


def unnamed(
    data: Data, agreements: Iterable[Agreement], records: Mapping[str, Record]
) -> tuple[Data, frozenset[str], frozenset[str]]:
    """Return the lists without undetermined names, the incidents without names, the records without text."""
    bearers, voices = _bearers(agreements), _voices(agreements)
    known = _incidents(data, records, bearers)
    nameless = known.nameless
    accusing = any(_accuses(data["positions"], records, record) for record in nameless)
    # A member of a bearer has a row where it is only accused, too: kept are those of members in breach.
    bearers |= {
        (r["commitment"], r["owed_by"])
        for r in data["reasons"]
        if r["effect"] == "breach" and r["owed_by"] in known.culprits.get(r["record"], ())
    }
    rows = [
        _alike(r) if accusing and r["owed_by"] is not None else r
        for r in data["commitments"]
        if r["owed_by"] is None or (r["commitment"], r["owed_by"]) in bearers
    ]
    kept = {(r["commitment"], r["owed_by"]) for r in rows}
    responses = [_response(r, known, voices) for r in data["responses"]]
    told = {r["record"] for r in responses}
    hushed = {r["record"] for r in data["responses"]} - told
    shown = data | {
        "commitments": rows,
        "spans": [
            s | {"open": None} if accusing and s["owed_by"] is not None else s
            for s in data["spans"]
            if (s["commitment"], s["owed_by"]) in kept
        ],
        # Findings that did not count stand with the positions, where they name nobody.
        "reasons": [
            r
            for r in data["reasons"]
            if r["record"] not in hushed
            and not isinstance(records.get(r["record"] or ""), Finding)
            and _nameable(r, kept, known)
        ],
        "claims": [_claim(c, nameless) for c in data["claims"] if c["record"] not in hushed],
        "positions": [
            p for p in data["positions"] if p["record"] not in hushed and _impersonal(p, known, voices)
        ],
        "cases": [c for c in data["cases"] if c["record"] not in hushed],
        "responses": responses,
        "problems": [
            _problem(p, records, hushed) for p in data["problems"] if not _reply(p["record"], known)
        ],
    }
    wordless = {r for r in known.culprits if r not in known.refuted and not _named_all(r, records, known)}
    wordless |= nameless
    # Whoever answers to such an act may name those who are accused of it.
    answering = {r for r in known.about if known.concerns(r) in wordless}
    return shown, nameless, frozenset(wordless | answering)


def _incidents(data: Data, records: Mapping[str, Record], bearers: Collection[tuple[str, str]]) -> _Incidents:
    culprits: dict[str, frozenset[str]] = {}
    for claim in data["claims"]:
        if claim["kind"] == "incident":
            culprits[claim["record"]] = culprits.get(claim["record"], frozenset()) | _attributed(claim)
    named = dict(culprits)
    for reason in data["reasons"]:
        record, row = reason["record"], (reason["commitment"], reason["owed_by"])
        if reason["effect"] == "breach" and record in named and row in bearers:
            named[record] |= frozenset(row[1].split("+"))
    pointing = ((name, getattr(r, "to", None) or getattr(r, "on", None)) for name, r in records.items())
    return _Incidents(
        culprits=culprits,
        named=named,
        refuted=frozenset(
            c["record"] for c in data["claims"] if c["kind"] == "incident" and c["determination"] == "refuted"
        ),
        about={name: target for name, target in pointing if target is not None},
    )


def _attributed(claim: Item) -> frozenset[str]:
    """Return the parties to whom an established claim is attributed."""
    if claim["determination"] != "established":
        return frozenset()
    return frozenset(claim["attributed_to"] or ()) - {"unidentified", "undetermined"}


def _bearers(agreements: Iterable[Agreement]) -> frozenset[tuple[str, str]]:
    """Return the rows that are there whoever is accused: commitments with those who owe them."""
    return frozenset(
        (c.name, owed)
        for a in agreements
        for c in a.commitments
        for owed in (*c.owed_by, "+".join(c.owed_by))
    )


def _voices(agreements: Iterable[Agreement]) -> frozenset[str]:
    """Return those who answer on anybody's acts: members and observers of the mechanisms."""
    return frozenset(p for a in agreements for m in a.mechanisms for p in (*m.members, *m.observers))


def _alike(row: Item) -> Item:
    """Return a row of a named bearer that looks the same whether or not it is accused."""
    told = row["compliance"] if row["compliance"] in _TOLD else None
    return row | {"compliance": told, "open": None}


def _nameable(reason: Item, kept: Collection[tuple[str, str | None]], known: _Incidents) -> bool:
    """Tell whether a reason accuses nobody whom no determination names."""
    if reason["owed_by"] is None:
        return True
    if (reason["commitment"], reason["owed_by"]) not in kept:
        return False
    record = reason["record"]
    return record not in known.culprits or record in known.refuted or reason["effect"] not in _ACCUSING


def _claim(claim: Item, nameless: Collection[str]) -> Item:
    """Return a claim without those it is attributed to, and without the duties that tell whose it is."""
    if claim["record"] not in nameless:
        return claim
    nobody = [p for p in claim["attributed_to"] or () if p == "unidentified"]
    return claim | {"attributed_to": nobody, "under": []}


def _impersonal(position: Item, known: _Incidents, voices: Collection[str]) -> bool:
    """Tell whether a position names only whom the mechanism names, and is no reply of an accused."""
    named = known.named.get(position["record"])
    if named is None:
        return True
    if position["member"] not in voices:
        return False
    if position["question"] in _NAMELESS:
        return True
    said = position["answer"] or ()
    parties = said.split(";") if isinstance(said, str) else said
    return position["question"] == "attributed_to" and set(parties) <= named | {"unidentified"}


def _response(response: Item, known: _Incidents, voices: Collection[str]) -> Item:
    """Return a response without those whom only an allegation would bring into it."""
    incident = known.concerns(response["to"])
    if incident is None or incident in known.refuted:
        return response
    if incident in known.nameless:
        return response | _NOBODY | _UNASKED
    named = known.named[incident] | frozenset(voices)
    if response["by"] in named:
        return response if response["addressee"] in (None, *named) else response | _UNASKED
    return response | _NOBODY | _UNASKED


def _problem(problem: Item, records: Mapping[str, Record], hushed: Collection[str]) -> Item:
    """Return a problem without the id of a record that only an accused would write."""
    if problem["record"] in records and problem["record"] not in hushed:
        return problem
    return problem | {"record": None}


def _reply(record: str | None, known: _Incidents) -> bool:
    """Tell whether a record, itself no incident, is about one of which nobody may be named."""
    return record not in known.culprits and known.concerns(record) in known.nameless


def _named_all(record: str, records: Mapping[str, Record], known: _Incidents) -> bool:
    """Tell whether all whom an incident accuses are named by the determination."""
    return set(getattr(records.get(record), "accused", ())) <= known.named[record]


def _accuses(positions: Iterable[Item], records: Mapping[str, Record], record: str) -> bool:
    """Tell whether an incident accuses anyone, by its author or in a member's view."""
    if getattr(records.get(record), "accused", ()):
        return True
    return any(p["record"] == record and p["question"] not in _NAMELESS for p in positions)
