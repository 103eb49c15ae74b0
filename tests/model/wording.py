"""What each record says now: corrections applied, records taken back, and which wording a finding judges."""

import re
from dataclasses import dataclass, field

from attrs import fields

from ceasefire.record import KINDS

from . import instants

CLAIMS = ("incident", "performance", "event", "decision", "membership")
#: What a record of each kind may say; a correction that sets anything else has no effect.
FIELDS = {name: {field.name for field in fields(cls)} for name, cls in KINDS.items()}
NEVER_CORRECTED = ("correction", "withdrawal", "erasure", "branch")
ENVELOPE = {"kind", "by", "said_by", "id", "recorded", "received", "number", "previous", "hash", "key"}
NO_NEW_WORDING = {"text", "evidence", "release", "same_as", "killed", "injured"}


@dataclass
class Record:
    """A record in its newest wording."""

    id: str
    kind: str
    by: str
    said_by: str
    recorded: int
    fields: dict
    wording: str = ""
    said_when: int = 0  # `recorded` of the record that says when it occurred
    withdrawn: bool = False
    wordings: dict[str, str] = field(
        default_factory=dict
    )  # id of a claim or correction -> wording it stands for

    @property
    def is_claim(self) -> bool:
        if self.kind == "tally":  # judged only where it is a ruling: so many acts were found to be breaches
            said = self.fields.get("count") is not None and self.fields.get("period")
            return bool(self.fields.get("ruled") and said)
        return self.kind in CLAIMS or (self.kind == "response" and self.fields.get("step") == "remedy")

    @property
    def relay(self) -> bool:
        return self.said_by != self.by


@dataclass
class Ledger:
    """All records that are known, by id, and the problems met in reading them."""

    records: dict[str, Record]
    owner: dict[str, str]  # id of a record or of its correction -> id of the record
    problems: list[dict]

    def find(self, ident: str | None) -> Record | None:
        return self.records.get(self.owner.get(ident, "")) if isinstance(ident, str) else None


def id_order(ident: str) -> tuple[str, int, str]:
    """russia/2 stands before russia/10."""
    numbered = re.fullmatch(r"(.*)/(\d+)", ident)
    return (numbered[1], int(numbered[2]), ident) if numbered else (ident, -1, ident)


def own_number(raw: dict) -> int | None:
    numbered = re.fullmatch(re.escape(raw["by"]) + r"/(\d+)", raw["id"])
    return int(numbered[1]) if numbered else None


def chain_order(raws: list[dict]) -> list[dict]:
    """One author's records: by number where all have one, else by (recorded, id)."""
    if all(own_number(raw) is not None for raw in raws):
        return sorted(raws, key=lambda raw: own_number(raw) or 0)
    return sorted(raws, key=lambda raw: (instants.read_instant(raw["recorded"]), id_order(raw["id"])))


def known(raws: list[dict], known_at: int | None) -> list[dict]:
    """The records this journal had received by `known_at`."""
    if known_at is None:
        return raws
    return [r for r in raws if instants.read_instant(r.get("received") or r["recorded"]) <= known_at]


def fresh(raw: dict) -> Record:
    recorded = instants.read_instant(raw["recorded"])
    fields = {key: value for key, value in raw.items() if key not in ENVELOPE}
    said_by = raw.get("said_by") or raw["by"]
    record = Record(raw["id"], raw["kind"], raw["by"], said_by, recorded, fields, raw["id"], recorded)
    record.wordings[raw["id"]] = raw["id"]
    return record


def correct(record: Record, raw: dict) -> None:
    """Apply one correction. One that changes no own field leaves the wording as it was."""
    changes = raw.get("set") or {}
    changed = {*changes, *(raw.get("unset") or [])} - ENVELOPE
    for name in changed:
        record.fields.pop(name, None)
        if name in changes:
            record.fields[name] = changes[name]
    if changed - NO_NEW_WORDING:
        record.wording = raw["id"]
    record.wordings[raw["id"]] = record.wording
    if changed & {"occurred", "timezone", "period"}:
        record.said_when = instants.read_instant(raw["recorded"])


def refusal(raw: dict, target: dict | None, withdrawn: set[str]) -> str | None:
    """Why a correction or withdrawal has no effect, if it has none."""
    if target is None:
        return "dangling"
    if target["by"] != raw["by"]:
        return "foreign_" + raw["kind"]
    if target["kind"] == "correction":
        if raw["kind"] == "correction":
            return "correction_of_correction"
    elif target["kind"] in NEVER_CORRECTED:
        return f"{raw['kind']}_of_{target['kind']}"
    return "already_withdrawn" if target["id"] in withdrawn else None


def taken_back(
    chain: list[dict], by_id: dict[str, dict], problems: list[dict]
) -> tuple[set[str], list[dict]]:
    """Walk one author's chain: which records are withdrawn, and which corrections were written in order."""
    withdrawn: set[str] = set()
    corrections = []
    for raw in chain:
        if raw["kind"] not in {"correction", "withdrawal"}:
            continue
        why_not = refusal(raw, by_id.get(raw.get("of")), withdrawn)
        if why_not:
            problems.append({"record": raw["id"], "code": why_not})
        elif raw["kind"] == "withdrawal":
            withdrawn.add(raw["of"])
        else:
            corrections.append(raw)
    return withdrawn, corrections


def read_ledger(raws: list[dict], known_at: int | None) -> Ledger:
    """Every known record in its newest wording."""
    ledger = Ledger({}, {}, [])
    raws = known(raws, known_at)
    by_id = {raw["id"]: raw for raw in raws}
    for raw in by_id.values():
        if raw["kind"] not in NEVER_CORRECTED:
            ledger.records[raw["id"]] = fresh(raw)
            ledger.owner[raw["id"]] = raw["id"]
    for author in sorted({raw["by"] for raw in by_id.values()}):
        chain = chain_order([raw for raw in by_id.values() if raw["by"] == author])
        withdrawn, corrections = taken_back(chain, by_id, ledger.problems)
        for raw in corrections:
            ledger.owner[raw["id"]] = raw["of"]
            if (
                raw["id"] not in withdrawn
                and set(raw.get("set", {})) <= FIELDS[ledger.records[raw["of"]].kind]
            ):
                correct(ledger.records[raw["of"]], raw)
        for ident in withdrawn & set(ledger.records):
            ledger.records[ident].withdrawn = True
    return ledger


def finding_order(findings: list[Record]) -> list[Record]:
    """One author's findings, the latest last."""
    shells = [{"id": f.id, "by": f.by, "recorded": instants.write(f.recorded)} for f in findings]
    place = {shell["id"]: number for number, shell in enumerate(chain_order(shells))}
    return sorted(findings, key=lambda finding: place[finding.id])
