"""One pen for the tests: small truces of red and blue, and records that they write.

What a test is about stands in the test; here is what any truce needs besides. A truce is a base
of parties and mechanism (truces/red_and_blue.toml) with commitments (truces/commitments.toml), a
record one of its author's, under its number there.

    pen.truce("stop", pen.commitment("map", due="2020-06-01"), rule="any", timezone="Asia/Damascus")
    pen.incident(2, by="blue", accused="red")
"""

import tomllib
from functools import partial
from pathlib import Path

from ceasefire.record import (
    Appraisal,
    Correction,
    Decision,
    Event,
    Finding,
    Incident,
    Membership,
    Performance,
    Response,
    Tally,
    Withdrawal,
)
from ceasefire.testing import read

TRUCES = Path(__file__).parent / "truces"
BASE, COMMITMENTS = (
    tomllib.loads((TRUCES / f"{name}.toml").read_text(encoding="utf-8"))
    for name in ("red_and_blue", "commitments")
)
#: What `truce` takes for a field of its mechanism.
OF_THE_PANEL = ("members", "rule", "silence", "observers")


def truce(*commitments, **fields):
    """Return the agreement of red and blue with these commitments, and with fields of its own; None drops one.

    A commitment is one of truces/commitments.toml by name, or a table; `rule`, `members`, `silence` and
    `observers` are fields of the panel. Of a party or a zone its id is enough.
    """
    panel = BASE["mechanism"][0] | {name: fields.pop(name) for name in OF_THE_PANEL if name in fields}
    if "id" in fields:
        panel["id"] = f"{fields['id']}-panel"  # no two mechanisms of one world have one id
    tables = _stated(BASE | {"mechanism": [_stated(panel)]} | fields)
    for name in {"party", "zone"} & tables.keys():
        tables[name] = [{"id": one} if isinstance(one, str) else one for one in tables[name]]
    owed = [commitment(one) if isinstance(one, str) else one for one in commitments]
    return read(tables | {"commitment": owed})


def _stated(fields):
    return {name: value for name, value in fields.items() if value is not None}


def commitment(name, **fields):
    """Return the table of a commitment: as truces/commitments.toml has it, but for these fields; None drops one."""
    return _stated({"id": name} | COMMITMENTS.get(name, {"summary": f"{name.capitalize()}."}) | fields)


def record(kind, number=1, by="red", **fields):
    """Return an author's record of a kind, written down on 12 January 2020 unless it says otherwise."""
    return kind(**{"by": by, "id": f"{by}/{number}", "recorded": "2020-01-12T00:00:00Z"} | fields)


incident = partial(record, Incident, occurred="2020-01-10", act="attack")
performance = partial(record, Performance, occurred="2020-01-10", commitment="map", performer="blue")
event = partial(record, Event, occurred="2020-01-10", name="meeting")
decision = partial(record, Decision, occurred="2020-01-10")
membership = partial(record, Membership, occurred="2020-01-10")
tally = partial(record, Tally)
appraisal = partial(record, Appraisal)
response = partial(record, Response)
correction = partial(record, Correction)
withdrawal = partial(record, Withdrawal)


def finding(number, on="red/1", outcome="confirmed", by="blue", **fields):
    """Return what an author finds on a record."""
    return record(Finding, number, by, on=on, outcome=outcome, **fields)
