"""The kinds of record: what is said, by whom, as frozen values and as JSON."""

from typing import TYPE_CHECKING

from ceasefire.lazy_names import found_when_asked

if TYPE_CHECKING:
    from ceasefire.record.absent import Absent
    from ceasefire.record.fields import Evidence, Place, Toll
    from ceasefire.record.json.canonical import canonical
    from ceasefire.record.json.files import RecordList, read_records, write_records
    from ceasefire.record.json.wire import from_json, to_json
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
else:  # type checkers, which see the names above, refuse whatever is none of them
    __getattr__, __dir__ = found_when_asked(
        __name__,
        {
            "ceasefire.record.absent": "Absent",
            "ceasefire.record.fields": "Evidence Place Toll",
            "ceasefire.record.json.canonical": "canonical",
            "ceasefire.record.json.files": "RecordList read_records write_records",
            "ceasefire.record.json.wire": "from_json to_json",
            "ceasefire.record.kinds": (
                "KINDS Appraisal Branch Claim Correction Decision Erasure Event Finding Incident "
                "Membership Performance Record Response Tally Withdrawal judged"
            ),
        },
    )

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
