"""A stage for histories written by hand: one agreement, three members, and records a line each."""

from datetime import date

from ceasefire.record import from_json
from ceasefire.testing import History, read

MEMBERS = ("ant", "bee", "cat")
IN_FORCE = date(2017, 3, 29)


def commitment(duty="refrain", name="c0", **fields):
    """The table of a commitment of the south."""
    words = {"id": name, "title": name, "clause": name, "summary": "What it promises."}
    more = {"every": "P1D"} if duty == "recur" else {}
    return words | {"duty": duty, "owed_by": ["south"]} | more | fields


def agreement(*commitments, **head):
    """An agreement in force from 29 March 2017, in UTC unless its head says otherwise."""
    return read(agreement_tables(*commitments, **head))


def agreement_tables(*commitments, rule="any", members=MEMBERS, mechanism=(), **head):
    """The tables of such an agreement."""
    tables = {"ceasefire": 1, "id": "accord", "title": "Accord", "adopted": date(2017, 3, 28)}
    tables |= {"in_force": IN_FORCE, "timezone": "UTC"} | head
    parties = ["north", "south", *(m for m in (*MEMBERS, "owl"))]
    tables["party"] = [{"id": party} for party in parties] + [{"id": "reds", "member_of": ["south"]}]
    tables["zone"] = [{"id": "plain", "covers": ["town"]}, {"id": "town"}, {"id": "hills"}]
    if members:
        table = {"id": "panel", "members": list(members), "rule": rule}
        tables["mechanism"] = [table | dict(mechanism)]
    tables["commitment"] = list(commitments)
    return tables


class Lines:
    """Writes records, numbered in their authors' chains."""

    def __init__(self):
        self.lines, self._numbers = [], {}

    def __call__(self, by, kind, **fields):
        """Add a record and return its id."""
        number = self._numbers[by] = self._numbers.get(by, 0) + 1
        name = f"{by}/{number}"
        self.lines.append({"kind": kind, "by": by, "id": name, "recorded": "2017-04-20T00:00:00Z"} | fields)
        return name

    def history(self, *agreements):
        """The records as a history of agreements."""
        return History(agreements, tuple(from_json(line) for line in self.lines))
