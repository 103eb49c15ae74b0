"""The kinds of record: what is said, by whom, as frozen values and as JSON."""

from ceasefire.record.absent import Absent
from ceasefire.record.canonical import canonical
from ceasefire.record.fields import Evidence, Place, Toll
from ceasefire.record.files import RecordList, read_records, write_records
from ceasefire.record.kinds import (
    KINDS,
    Appraisal,
    Branch,
    Claim,
    Correction,
    Decision,
    Erasure,
    Event,
    Finding,
    Incident,
    Membership,
    Performance,
    Record,
    Response,
    Tally,
    Withdrawal,
    judged,
)
from ceasefire.record.wire import from_json, to_json

__all__ = [
    "KINDS",
    "Absent",
    "Appraisal",
    "Branch",
    "Claim",
    "Correction",
    "Decision",
    "Erasure",
    "Event",
    "Evidence",
    "Finding",
    "Incident",
    "Membership",
    "Performance",
    "Place",
    "Record",
    "RecordList",
    "Response",
    "Tally",
    "Toll",
    "Withdrawal",
    "canonical",
    "from_json",
    "judged",
    "read_records",
    "to_json",
    "write_records",
]
