"""What an audience may read of an assessment, before anything is written.

Two steps. The assessment is made again from only the records that the audience
may see (`Assessment.for_audience`), so that nothing withheld shows, not even as
a count. Then, for the public, accused names are taken from incidents that are
not determined as to who did it (design §10): from the lists themselves, so that
no format, JSON included, can print them. Where an allegation would still show
through a difference, every row it could hide among loses the same field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ceasefire.errors import ReportError, did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.assessment.result import Assessment
    from ceasefire.record.kinds import Record

AUDIENCES: Final = ("mechanism", "public", "author")
#: Questions whose answers say nothing on who did it.
_NAMELESS: Final = frozenset({"outcome", "same_as", "severity", "ended"})
#: What an incident does to the row of a named bearer only because that bearer is accused.
_ACCUSING: Final = frozenset({"alleged", "disputed", "not_counted"})

Item = dict[str, Any]
Data = dict[str, Any]


def seen_by(assessment: Assessment, audience: str) -> Assessment:
    """Return the assessment as this audience may see it; raises `ReportError` for an unknown one."""
    if audience not in AUDIENCES:
        guess = did_you_mean(nearest(str(audience), AUDIENCES))
        raise ReportError(f"{audience!r} is no audience{guess}: write {', '.join(AUDIENCES)}")
    return assessment.for_audience(audience)


def released(assessment: Assessment, audience: str) -> tuple[Data, frozenset[str]]:
    """Return the lists this audience may read, and the incidents whose accused it may not know."""
    data: Data = dict(assessment.to_dict()) | {"audience": audience}
    if audience != "public":
        return data, frozenset()
    incidents = [c for c in data["claims"] if c["kind"] == "incident"]
    named = {c["record"] for c in incidents if c["determination"] == "refuted" or _attributed(c)}
    nameless = frozenset(c["record"] for c in incidents) - named
    bearers = {
        (c.name, owed)
        for a in assessment.agreements
        for c in a.commitments
        for owed in (*c.owed_by, "+".join(c.owed_by))
    }
    return _without_names(data, assessment.records, nameless, bearers), nameless


def _attributed(claim: Item) -> frozenset[str]:
    """Return the parties to whom an established claim is attributed."""
    if claim["determination"] != "established":
        return frozenset()
    return frozenset(claim["attributed_to"] or ()) - {"unidentified", "undetermined"}


def _without_names(
    data: Data, records: Mapping[str, Record], nameless: frozenset[str], bearers: set[tuple[str, str]]
) -> Data:
    """Return the lists without the names that only an allegation gives."""
    culprits: dict[str, frozenset[str]] = {}
    incidents: dict[str, str] = {}
    for claim in data["claims"]:
        if claim["kind"] == "incident":
            incidents[claim["record"]] = claim["determination"]
            culprits[claim["record"]] = culprits.get(claim["record"], frozenset()) | _attributed(claim)
    accusing = any(_names_someone(data["positions"], records, record) for record in nameless)
    rows = [
        _alike(r) if accusing else r
        for r in data["commitments"]
        if r["owed_by"] is None or r["breaches"] or (r["commitment"], r["owed_by"]) in bearers
    ]
    kept = {(r["commitment"], r["owed_by"]) for r in rows}
    return data | {
        "commitments": rows,
        "spans": [
            s | {"open": None} if accusing and s["owed_by"] is not None else s
            for s in data["spans"]
            if (s["commitment"], s["owed_by"]) in kept
        ],
        "reasons": [r for r in data["reasons"] if _nameable(r, kept, incidents)],
        "claims": [
            c | {"attributed_to": [p for p in c["attributed_to"] or () if p == "unidentified"]}
            if c["record"] in nameless
            else c
            for c in data["claims"]
        ],
        "positions": [p for p in data["positions"] if _impersonal(p, culprits)],
        "responses": [
            r | {"by": None, "addressee": None} if r["to"] in nameless else r for r in data["responses"]
        ],
        "problems": [p | {"what": None} if p["record"] in nameless else p for p in data["problems"]],
    }


def _alike(row: Item) -> Item:
    """Return a row of a named bearer that looks the same whether or not it is accused."""
    if row["owed_by"] is None or row["compliance"] not in ("alleged", "disputed", "none_recorded"):
        return row
    return row | {"compliance": None, "open": None}


def _nameable(reason: Item, kept: set[tuple[str, str | None]], incidents: Mapping[str, str]) -> bool:
    """Tell whether a reason accuses nobody whom no determination names."""
    if reason["owed_by"] is None:
        return True
    if (reason["commitment"], reason["owed_by"]) not in kept:
        return False
    determination = incidents.get(reason["record"] or "")
    return determination in (None, "refuted") or reason["effect"] not in _ACCUSING


def _impersonal(position: Item, culprits: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a position names nobody, or only those whom the mechanism names."""
    named = culprits.get(position["record"])
    if named is None or position["question"] in _NAMELESS:
        return True
    return position["question"] == "attributed_to" and set(answers(position)) <= named | {"unidentified"}


def answers(position: Item) -> tuple[str, ...]:
    """Return what a position says, as ids or words, whether it is stored as one or as a list."""
    answer = position["answer"]
    if answer is None:
        return ()
    if isinstance(answer, str):
        return tuple(part for part in answer.split(";") if part)
    return tuple(str(part) for part in answer)


def _names_someone(positions: Iterable[Item], records: Mapping[str, Record], record: str) -> bool:
    """Tell whether an incident accuses anyone, by its author or in a member's view."""
    if getattr(records.get(record), "accused", ()):
        return True
    return any(p["record"] == record and p["question"] not in _NAMELESS for p in positions)
