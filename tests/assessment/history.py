"""One small history with every kind of record, and of each what can go wrong with it."""

import json

import pen
from ceasefire.record import from_json

BY_FRONT = {"owed_by": "front"}
OWED = (
    pen.commitment("stop", owed_by=["front", "blue"], zones=["north"]),
    pen.commitment("handover", duty="achieve", due="2020-03-01", **BY_FRONT),
    pen.commitment("report", **BY_FRONT),
    pen.commitment(
        "mend", duty="achieve", when={"breach_of": "stop", "repairs": True}, within="P2W", **BY_FRONT
    ),
)
TERMS = {
    "duration": "P3M",
    "renewal": "tacit",
    "silence": "P3D",
    "party": ["red", "blue", "green", {"id": "front", "roles": ["umbrella"]}, "militia"],
    "zone": [{"id": "north", "name": "The north"}, {"id": "south", "name": "The south"}],
}


def truce(*more, **terms):
    """Return the agreement that the history is under, with more commitments or on other terms."""
    return pen.truce(*OWED, *more, **TERMS | terms)


#: Each line a record: `id kind recorded-on-which-day-of-2020 fields`.
HISTORY = """
red/1 incident 01-12 {"occurred": "2020-01-10", "act": "attack.shelling", "zone": "north", "accused": ["militia"]}
blue/1 incident 01-13 {"occurred": "2020-01-10", "act": "attack.shelling", "zone": "north", "same_as": "red/1"}
blue/2 finding 01-14 {"on": "red/1", "outcome": "confirmed", "attributed_to": ["front"]}
red/2 correction 01-15 {"of": "red/1", "set": {"occurred": "2020-01-11"}}
blue/3 finding 01-16 {"on": "red/2", "outcome": "confirmed", "attributed_to": ["militia"], "severity": "minor"}
red/3 correction 01-17 {"of": "red/1", "set": {"text": "more words"}}
red/4 withdrawal 01-18 {"of": "red/3"}
red/5 correction 01-19 {"of": "red/1", "set": {"by": "blue"}}
red/6 correction 01-19 {"of": "blue/1", "set": {"zone": "south"}}
red/7 correction 01-19 {"of": "red/4", "set": {"text": "words"}}
red/8 withdrawal 01-20 {"of": "red/3"}
red/9 withdrawal 01-20 {"of": "purple/1"}
red/10 membership 01-08 {"occurred": "2020-01-05", "actor": "militia", "group": "front"}
blue/4 membership 01-09 {"occurred": "2020-01-05", "actor": "militia", "group": "front", "text": "so they did"}
blue/5 membership 02-16 {"occurred": "2020-02-15", "actor": "militia", "group": "front", "joins": false}
red/11 performance 02-21 {"occurred": "2020-02-20", "commitment": "handover", "performer": "front"}
blue/6 finding 02-22 {"on": "red/11", "outcome": "confirmed"}
red/12 decision 02-01 {"occurred": "2020-02-01", "does": "suspend", "commitment": "stop"}
blue/7 decision 02-02 {"occurred": "2020-02-01", "does": "suspend", "commitment": "stop", "text": "we too"}
red/13 decision 02-10 {"occurred": "2020-02-10T12:00:00Z", "does": "resume", "commitment": "stop", "of": "red/12"}
red/14 event 02-11 {"occurred": "2020-02-11", "name": "meeting"}
blue/8 event 02-12 {"occurred": "2020-02-11", "name": "meeting", "text": "in the tent"}
red/15 tally 02-13 {"period": "2020-02-12", "count": 5, "by_zone": {"north": 2, "south": 2}, "act": "attack"}
blue/9 tally 02-14 {"answers": "red/15", "confirmed": 1}
green/1 tally 02-14 {"period": "2020-02-12", "count": 1, "zone": "nowhere"}
red/16 response 01-20 {"to": "red/1", "step": "demand", "addressee": "front", "due": "2020-01-30"}
front/1 response 01-21 {"to": "red/1", "step": "reply"}
red/17 response 01-25 {"to": "red/1", "step": "remedy", "occurred": "2020-01-24", "closes": true}
blue/10 finding 01-26 {"on": "red/17", "outcome": "confirmed"}
blue/11 incident 03-02 {"occurred": "2020-03-01", "act": "attack", "place": {"name": "the old mill"}}
blue/12 incident 03-02 {"occurred": "2020-03-01", "act": "attack.sniper", "zone": "north", "accused": ["front"]}
blue/13 withdrawal 03-03 {"of": "blue/12"}
red/18 finding 03-04 {"on": "blue/12", "outcome": "confirmed"}
red/19 finding 03-04 {"on": "purple/2", "outcome": "confirmed"}
green/2 finding 01-22 {"on": "red/1", "outcome": "refuted"}
green/3 incident 03-05 {"occurred": "2020-03-04", "act": "attack", "zone": "north", "same_as": "red/10"}
green/4 incident 03-06 {"occurred": "2020-03-05", "act": "attack", "zone": "north", "accused": ["blue", "nobody"]}
green/5 finding 03-06 {"on": "red/15", "outcome": "confirmed"}
red/20 appraisal 03-07 {"commitment": "handover", "period": "2020-02", "grade": "full", "owed_by": "front"}
red/21 performance 01-30 {"occurred": "2020-01-20", "commitment": "report", "performer": "front"}
blue/14 finding 01-31 {"on": "red/21", "outcome": "confirmed"}
red/22 incident 03-09 {"occurred": "2020-03-08", "act": "omission", "commitments": ["report"], "accused": ["front"]}
blue/15 finding 03-10 {"on": "red/22", "outcome": "confirmed"}
blue/16 finding 03-11 {"on": "blue/1", "same_as": "red/1"}
red/23 performance 01-31 {"occurred": "2020-01-26", "commitment": "mend", "performer": "front"}
blue/17 finding 02-01 {"on": "red/23", "outcome": "confirmed"}
red/24 incident 02-03 {"occurred": {"from": "2020-01-28", "to": "2020-02-28"}, "act": "attack", "zone": "north", "accused": ["front"]}
blue/18 finding 02-04 {"on": "red/24", "outcome": "confirmed"}
red/25 decision 03-30 {"occurred": "2020-03-30", "does": "object", "agreement": "truce"}
"""  # fmt: skip


def record(line):
    """Return the record of a line."""
    name, kind, day, fields = line.split(" ", 3)
    head = {"kind": kind, "by": name.partition("/")[0], "id": name, "recorded": f"2020-{day}T09:00:00Z"}
    return from_json(head | json.loads(fields))


RECORDS = [record(line) for line in HISTORY.strip().splitlines()]
AS_OF = "2020-04-10"
