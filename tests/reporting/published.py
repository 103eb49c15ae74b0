"""Published counts and incidents as records, and the report on them under the memorandum of May 2017."""

import re

import ceasefire as cf
from ceasefire.record import from_json

MEMO = "syria-de-escalation-2017"


def tally(number, period, count, *, by="analyst", side="russia", parts=None, unit="cases of firing", **more):
    """Return a published count."""
    said = {"kind": "tally", "by": by, "id": f"{by}/{number}", "said_by": side, "period": period}
    day = period if isinstance(period, str) else period["to"]
    said |= {"recorded": f"{day[:10]}T18:00:00Z", "act": "attack.opening-fire", "unit": unit}
    said |= {"evidence": {"title": "Bulletin", "url": f"https://example.org/{number}"}}
    said |= {} if count is None else {"count": count}
    return from_json(said | ({"by_zone": parts} if parts else {}) | more)


def answer(number, to, confirmed, *, by="analyst", side="russia", **more):
    """Return what a side says of another's count."""
    said = {"kind": "tally", "by": by, "id": f"{by}/{number}", "said_by": side, "answers": to}
    said |= {"recorded": "2017-05-14T18:00:00Z", "evidence": {"title": "Bulletin"}}
    return from_json(said | {"confirmed": confirmed} | more)


def incident(number, *, by="russia", accused=("ahrar-al-sham",), **more):
    """Return a report of shelling."""
    said = {"kind": "incident", "by": by, "id": f"{by}/{number}", "accused": list(accused)}
    said |= {"recorded": "2017-05-14T06:00:00Z", "occurred": "2017-05-13", "act": "attack.shelling"}
    return from_json(said | {"zone": "idlib-area"} | more)


def report(*records, audience="mechanism", as_of="2017-05-14", since="2017-05-08", relays=True, **asked):
    """Return the report on some records."""
    status = cf.assess(cf.agreement(MEMO), records, as_of=as_of, since=since, relays=relays)
    return cf.report(status, audience=audience, **asked)


def section(text, title):
    """Return what stands in Markdown under a heading of the second level that begins so."""
    return re.split(rf"\n## {re.escape(title)}[^\n]*\n", f"\n{text}", maxsplit=1)[1].split("\n## ", 1)[0]


def line(text, *parts):
    """Return the one line in which all parts stand."""
    found = [found for found in text.splitlines() if all(part in found for part in parts)]
    assert len(found) == 1, f"{len(found)} lines with {parts}: {found}"
    return found[0]
