"""Histories changed: records added, left out or rewritten, tables changed; and answers to compare."""

import copy
import json
import re
from datetime import date, timedelta

from attrs import evolve
from hypothesis import settings

from ceasefire.assessment.result.view import view_of
from ceasefire.clock import Lasting
from ceasefire.record import Correction, from_json, judged, to_json
from ceasefire.testing import History, read

MEMBERS = ("ant", "bee", "cat")
#: After everything in the small world.
LATE = "2017-05-05"
WRITTEN = "2017-04-06T10:00:00Z"
#: What an answer says of the world, the records' count and the call apart.
LISTS = (
    "agreements",
    "commitments",
    "spans",
    "reasons",
    "claims",
    "positions",
    "tallies",
    "cases",
    "responses",
    "appraisals",
    "problems",
)


def effort(percent):
    """As many examples as the profile asks for, times a percentage: for what is dear."""
    return settings(max_examples=max(10, settings().max_examples * percent // 100))


def lists(status, *names):
    """Return lists of an answer, for comparing: all, if none is named."""
    answer = status.to_dict()
    return {name: answer[name] for name in names or LISTS}


def rows(status):
    """Return the rows of an answer by commitment and bearer."""
    return {(row["commitment"], row["owed_by"]): row for row in status.to_dict()["commitments"]}


def inner_rows(status):
    """Return the rows of an answer with everything they rest on, by commitment and bearer."""
    return {(row.commitment, row.owed_by): row for row in view_of(status).outcome.rows}


class Scribe:
    """Writes further records, under numbers that no drawn history uses."""

    def __init__(self, after=900):
        self.records, self._number = [], after

    def write(self, by, kind, **fields):
        """Add a record and return its id."""
        self._number += 1
        record = {"kind": kind, "by": by, "id": f"{by}/{self._number}", "recorded": WRITTEN} | fields
        self.records.append(from_json(record))
        return record["id"]

    def agreed(self, kind, by="ant", also=None, **fields):
        """Add a claim that every member confirms, and whatever else all of them say on it."""
        name = self.write(by, kind, **fields)
        self.confirmed(name, (m for m in MEMBERS if m != by), also)
        return name

    def confirmed(self, name, members=MEMBERS, also=None):
        """Add findings that confirm a claim."""
        for member in members:
            self.write(member, "finding", on=name, outcome="confirmed", **(also or {}))


def plus(history, scribe):
    """Return a history with what a scribe has written."""
    return evolve(history, records=(*history.records, *scribe.records))


def only(history, keep):
    """Return a history of those records of which `keep` is true."""
    return evolve(history, records=tuple(r for r in history.records if keep(r)))


def rewritten(history, rewrite):
    """Return a history whose records are rewritten, each as a JSON object."""
    return evolve(history, records=tuple(from_json(rewrite(to_json(r))) for r in history.records))


def retold(tables, records, change):
    """Return a history of one agreement, its tables changed, with the same records."""
    tables = copy.deepcopy(tables)
    change(tables)
    return History((read(tables),), tuple(records))


def is_claim(record):
    """Tell whether a record is judged."""
    return judged(record)


def pointing_at(history, name):
    """Return the records that name another in any field, corrections that would set one included."""
    return [r for r in history.records if r.id != name and f'"{name}"' in json.dumps(to_json(r))]


def says_same_as(history):
    """Tell whether any record says, or would after a correction say, that it reports another's act."""
    return any(
        getattr(r, "same_as", None) is not None or (isinstance(r, Correction) and "same_as" in r.set)
        for r in history.records
    )


def lasting(record):
    """Tell whether an act lasted."""
    return isinstance(getattr(record, "occurred", None), Lasting)


def shifted(text, days):
    """Return a text with every date in it moved by whole days."""

    def move(found):
        return (date.fromisoformat(found[0]) + timedelta(days=days)).isoformat()

    return re.sub(r"(?<!\d)\d{4}-\d\d-\d\d", move, text)
