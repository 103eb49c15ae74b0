"""What was derived from what, as PROV-JSON (W3C member submission of 24 April 2013).

A record from its evidence, a row of a table from its file, a correction from the record that
it corrects, a finding from the claim that it judges, the assessment from the records and texts.
Who is accused of what stands nowhere in it: it tells of documents, not of acts.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from attrs import asdict
from msgspec.structs import astuple

from ceasefire.clock import iso
from ceasefire.data_sets import A_ROW
from ceasefire.record.kinds import pointing
from ceasefire.visible import json_safe

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from ceasefire.record.fields import Evidence
    from ceasefire.record.kinds import Record
    from ceasefire.reporting.material.material import Material

#: Prefixes of names, and the spaces they stand for.
_PREFIXES: Final = {
    "ceasefire": "urn:ceasefire:term:",
    "record": "urn:ceasefire:record:",
    "evidence": "urn:ceasefire:evidence:",
    "file": "urn:ceasefire:sha256:",
    "agreement": "urn:ceasefire:agreement:",
    "assessment": "urn:ceasefire:assessment:",
    "party": "urn:ceasefire:party:",
}
#: Characters of the digests that name evidence and assessments.
_DIGEST: Final = 16


class _Entity(NamedTuple):
    """A thing that was made: its name, and what is said of it."""

    name: str
    said: dict[str, Any]


class _Attributed(NamedTuple):
    """That somebody wrote a thing, or that it is their statement."""

    made: str
    party: str
    way: str


class _Derived(NamedTuple):
    """That one thing was made from another, and in which way."""

    made: str
    source: str
    way: str


_Statement = _Entity | _Attributed | _Derived


def to_prov(material: Material) -> str:
    """Return what was derived from what, of the records that an edition tells of."""
    told = _told(material)
    stated = [one for name in told for one in _of_record(material.records[name], told, material)]
    entities = (one.name for one in stated if isinstance(one, _Entity))
    stated += _of_assessment([name for name in entities if name.startswith("record:")], material)
    return _written(stated)


def _of_record(record: Record, told: Collection[str], material: Material) -> Iterator[_Statement]:
    """Yield what there is to say of a record: whose it is, what it rests on, what amends it."""
    name = _record(record.own_id)
    yield _Entity(name, _said(record))
    yield _Attributed(name, record.author, "author")
    if record.speaker != record.author:
        yield _Attributed(name, record.speaker, "speaker")
    for one in () if record.own_id in material.wordless else material.evidence(record):
        yield from _of_evidence(one, name)
    for way, target in pointing(record).items():
        if target in told:
            yield _Derived(name, _record(target), way)
    for amendment, way in _amendments(record.own_id, material):
        yield _Entity(_record(amendment), {"ceasefire:id": amendment, "prov:type": _name(f"ceasefire:{way}")})
        yield _Attributed(_record(amendment), record.author, "author")
        yield _Derived(_record(amendment), name, way)


def _of_evidence(one: Evidence, record: str) -> Iterator[_Statement]:
    """Yield what a record rests on; a row of a table was itself made from a file."""
    name = f"evidence:{_digest(asdict(one))}"
    told = {part: value for part, value in asdict(one).items() if value is not None and part != "release"}
    yield _Entity(name, {f"ceasefire:{part}": value for part, value in told.items()})
    yield _Derived(record, name, "evidence")
    if one.kind == A_ROW and one.sha256:
        file = f"file:{_local(one.sha256)}"
        yield _Entity(file, {"prov:type": _name("ceasefire:file")})
        yield _Derived(name, file, "row")


def _of_assessment(records: Iterable[str], material: Material) -> Iterator[_Statement]:
    """Yield what the assessment was made from: records, and the texts of agreements."""
    lists = material.data
    name = f"assessment:{_digest([material.audience, astuple(lists.asked), astuple(lists.made_from)])}"
    asked = {"audience": material.audience, "as_of": iso(material.as_of)}
    if material.known_at is not None:
        asked["known_at"] = iso(material.known_at)
    told = {f"ceasefire:{part}": value for part, value in asked.items()}
    yield _Entity(name, {"prov:type": _name("ceasefire:assessment")} | told)
    for record in records:
        yield _Derived(name, record, "assessed")
    for agreement, digest in lists.made_from.agreements.items():
        text = f"agreement:{_local(agreement)}"
        yield _Entity(text, {"ceasefire:id": agreement, "ceasefire:sha256": digest})
        yield _Derived(name, text, "assessed")


def _told(material: Material) -> dict[str, None]:
    """Return the records that an edition tells of, in their order.

    To the public those alone that stand in one of its lists: who answers to an act may be who is accused.
    """
    if material.audience != "public":
        return dict.fromkeys(material.records)
    data = material.data
    listed: set[str | None] = {position.finding for position in data.positions}
    for rows in (data.claims, data.tallies, data.responses, data.appraisals):
        listed.update(row.record for row in rows)
    return {name: None for name in material.records if name in listed}


def _amendments(name: str, material: Material) -> Iterator[tuple[str, str]]:
    """Yield the corrections of a record and the withdrawal of it, each with what it is."""
    for correction in material.corrections.get(name, ()):
        yield correction, "correction"
    if (withdrawal := material.takings_back.get(name)) is not None:
        yield withdrawal.own_id, "withdrawal"


def _said(record: Record) -> dict[str, Any]:
    made = {"ceasefire:id": record.own_id, "prov:type": _name(f"ceasefire:{record.kind}")}
    return made if record.recorded is None else made | {"ceasefire:recorded": iso(record.recorded.us)}


def _digest(value: Any) -> str:
    return sha256(json.dumps(value, ensure_ascii=True, sort_keys=True).encode()).hexdigest()[:_DIGEST]


def _record(name: str) -> str:
    return f"record:{_local(name)}"


def _local(name: str) -> str:
    """Return an id as the local part of a name: whatever is in it, no reader takes it for syntax."""
    return quote(name, safe="")


def _name(qualified: str) -> dict[str, str]:
    return {"$": qualified, "type": "xsd:QName"}


def _written(stated: Sequence[_Statement]) -> str:
    """Return a document of PROV-JSON; relations are numbered from one to the last, as readers do."""
    attributed = [one for one in stated if isinstance(one, _Attributed)]
    derived = [one for one in stated if isinstance(one, _Derived)]
    document: dict[str, dict[str, Any]] = {
        "prefix": _PREFIXES,
        "entity": {one.name: one.said for one in stated if isinstance(one, _Entity)},
        "agent": {_agent(one.party): {"ceasefire:id": one.party} for one in attributed},
        "wasAttributedTo": {
            f"_:id{n}": {"prov:entity": one.made, "prov:agent": _agent(one.party), "ceasefire:as": one.way}
            for n, one in enumerate(attributed, 1)
        },
        "wasDerivedFrom": {
            f"_:id{n}": {
                "prov:generatedEntity": one.made,
                "prov:usedEntity": one.source,
                "prov:type": _types(one.way),
            }
            for n, one in enumerate(derived, len(attributed) + 1)
        },
    }
    kept = {name: part for name, part in document.items() if part}
    return json_safe(json.dumps(kept, ensure_ascii=False, indent=1)) + "\n"


def _agent(party: str) -> str:
    return f"party:{_local(party)}"


def _types(way: str) -> Any:
    """Return how a thing was derived; a correction is a revision of PROV, too."""
    own = _name(f"ceasefire:{way}")
    return [own, _name("prov:Revision")] if way == "correction" else own
