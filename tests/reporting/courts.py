"""Small agreements with mechanisms of their own, and records that each of them judges.

Parties have their ids in capitals for names, so that a test tells a name from an id.
"""

from ceasefire import assess
from ceasefire.record import from_json
from ceasefire.reporting import report
from ceasefire.testing import read

PARTIES = ("russia", "turkey", "iran", "usa", "xx", "yy")
AS_OF = "2017-05-25"


def accord(name, members=("russia", "turkey", "iran"), rule="consensus", *, oversees=None, more=(), **fields):
    """Return an agreement in which XX and YY promise neither to attack nor to deny access.

    Without `members` no mechanism of its own oversees it; `oversees` is what its own does.
    """
    mechanism = {"id": f"m-{name}", "name": f"Commission {name}", "members": list(members), "rule": rule}
    if oversees is not None:
        mechanism["oversees"] = list(oversees)
    peace = {
        "id": "no-attacks",
        "title": "No attacks",
        "summary": "Both hold their fire, and let aid and observers pass.",
    }
    peace |= {"owed_by": ["xx", "yy"], "duty": "refrain", "acts": ["attack", "access"]}
    return read(
        {
            "ceasefire": 1,
            "id": name,
            "title": f"Accord {name}",
            "adopted": "2017-05-01",
            "in_force": "2017-05-02T00:00:00+03:00",
            "timezone": "Asia/Damascus",
            "party": [{"id": party, "name": party.upper(), "roles": ["body"]} for party in PARTIES],
            "mechanism": [mechanism] if members else [],
            "commitment": [peace, *more],
            **fields,
        }
    )


def records(*given):
    """Return public records, from their kinds, authors and fields: each author's are numbered from 1."""
    numbers, found = {}, []
    for place, (kind, by, fields) in enumerate(given):
        numbers[by] = numbers.get(by, 0) + 1
        envelope = {"kind": kind, "by": by, "id": f"{by}/{numbers[by]}", "release": "public"}
        found.append(from_json(envelope | {"recorded": f"2017-05-20T00:{place:02d}:00Z"} | fields))
    return found


def attack(by, **fields):
    """Return a report of an attack."""
    return ("incident", by, {"occurred": "2017-05-10", "act": "attack"} | fields)


def finds(by, on, **said):
    """Return what a party finds on a claim."""
    return ("finding", by, {"on": on} | said)


def report_on(agreements, *given, audience="mechanism"):
    """Return the report on some records, for an audience."""
    return report(assess(agreements, records(*given), as_of=AS_OF), audience=audience)


def line(text, *parts):
    """Return the one line in which all parts stand."""
    found = [found for found in text.splitlines() if all(part in found for part in parts)]
    assert len(found) == 1, f"{len(found)} lines with {parts}: {found}"
    return found[0]
