"""A history in which every text that can be free is hostile, or a plain word in its place."""

from datetime import date

import ceasefire as cf
from ceasefire.record import from_json
from ceasefire.testing import read

NASTY = (
    "<script>alert(1)</script>",
    "</td></tr></table></main><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x=\'',
    "javascript:alert(1)",
    "<javascript:alert(1)>",
    "[click](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "see https://evil.example and www.evil.example or me@evil.example",
    "</title><style>*{display:none}</style>",
    "<!-- ",
    "]]> <?php ?>",
    "&lt;b&gt; &#60;i&#62; &amp;amp;",
    "{{ 7*7 }} {% include '/etc/passwd' %}",
    "| a | b |\n| - | - |\n# heading",
    "\n\n---\n\n1. one\n\n    code\n\n> quote\n\n```\nfence",
    "* _ ~~ `` ` ``` $x$ ^1 [^1] :smile: @user #1",
    "\\",
    "`",
    "\u202egnirts desrever\u2066\u200b\u2028\x00\x1b[31m",
    "قال\u200f “لا” \u202a(1)",
    "w" * 400,
    "\u0301" * 30,
    "$(rm -rf /) `id` ; ' \"",
)


class Writer:
    """Gives every text of a history: the hostile one, or a plain word, each with a number of its own."""

    def __init__(self, hostile, *, plain):
        self.hostile, self.plain, self.number = hostile, plain, 0

    def text(self):
        """Return the next text; a number keeps two from being equal."""
        self.number += 1
        return f"word{self.number}" if self.plain else f"{self.hostile} {self.number}"

    def name(self):
        """Return the next id: ids hold only what can be printed."""
        shown = "".join(c for c in self.hostile if c.isprintable()).strip()
        self.number += 1
        return f"word{self.number}" if self.plain or not shown else f"{shown} {self.number}"


def history(hostile, url, *, plain=False):
    """Return an agreement and records in which all that can be free text is hostile."""
    say = Writer(hostile, plain=plain)
    tables = {
        "ceasefire": 1, "id": "accord", "title": say.text(), "summary": say.text(), "note": say.text(),
        "adopted": date(2017, 3, 1), "timezone": "UTC", "sources": ["s"],
        "source": [{"id": "s", "title": say.text(), "url": url}],
        "party": [
            {"id": "ant", "name": say.text()}, {"id": "bee", "name": say.text()},
            {"id": "north", "name": say.text()},
        ],
        "standing": [{"party": "north", "as": "signatory", "note": say.text()}],
        "zone": [{"id": "plain", "name": say.text()}],
        "mechanism": [{"id": "panel", "name": say.text(), "members": ["ant", "bee"], "rule": "majority", "note": say.text()}],
        "commitment": [
            {"id": "c1", "title": say.text(), "summary": say.text(), "clause": say.text(), "note": say.text(),
             "owed_by": ["north"], "duty": "refrain", "acts": ["attack"], "zones": ["plain"],
             "except_when": say.text(), "standard": say.text(), "unverified": True},
            {"id": "c2", "title": say.text(), "summary": say.text(), "clause": say.text(),
             "owed_by": ["ant"], "duty": "declare"},
        ],
    }  # fmt: skip
    evidence = [{"title": say.text(), "url": url, "sha256": "0" * 64}]
    common = {"recorded": "2017-03-10T10:00:00Z", "evidence": evidence, "release": "public"}
    records = [
        {"kind": "incident", "by": "ant", "id": "ant/1", "occurred": "2017-03-05", "act": "attack.shelling",
         "zone": "plain", "accused": ["north"], "text": say.text(), "place": {"name": say.text()}},
        {"kind": "incident", "by": "bee", "id": "bee/1", "occurred": "2017-03-05", "act": say.name(),
         "zone": say.name(), "accused": [say.name()], "against": [say.name()], "text": say.text()},
        {"kind": "incident", "by": "bee", "id": "bee/2", "occurred": "2017-03-06", "act": "access.aid-blocked",
         "place": {"name": say.text()}},
        {"kind": "finding", "by": "bee", "id": "bee/3", "on": "ant/1", "outcome": "confirmed",
         "attributed_to": ["north"], "method": say.text()},
        {"kind": "finding", "by": "ant", "id": "ant/2", "on": say.name(), "outcome": "refuted"},
        {"kind": "response", "by": "north", "id": "north/1", "to": "ant/1", "step": "reply", "text": say.text()},
        {"kind": "response", "by": "bee", "id": "bee/4", "to": "ant/1", "step": "inquiry", "addressee": say.name(),
         "due": "2017-03-09"},
        {"kind": "event", "by": "ant", "id": "ant/3", "name": say.name(), "occurred": "2017-03-05",
         "took_part": [say.name()]},
        {"kind": "membership", "by": "ant", "id": "ant/4", "actor": say.name(), "role": say.name(),
         "occurred": "2017-03-05"},
        {"kind": "decision", "by": "ant", "id": "ant/5", "does": "release", "commitment": say.name(),
         "occurred": "2017-03-05"},
        {"kind": "tally", "by": "ant", "id": "ant/6", "period": {"from": "2017-03-05", "to": "2017-03-07"},
         "count": 3, "by_zone": {say.name(): 1}, "unit": say.text(), "text": say.text()},
        {"kind": "tally", "by": "bee", "id": "bee/5", "answers": "ant/6", "confirmed": 1, "text": say.text()},
        {"kind": "appraisal", "by": "bee", "id": "bee/6", "commitment": "accord/c1", "owed_by": say.name(),
         "period": "2017-03", "grade": "full"},
    ]  # fmt: skip
    return tables, [common | record for record in records]


def reported(hostile, url, *, plain=False, audience="author", annexes=None):
    """Return the report on that history."""
    return cf.report(assessed(hostile, url, plain=plain), audience=audience, annexes=annexes)


def assessed(hostile, url, *, plain=False):
    """Return the assessment of that history."""
    tables, records = history(hostile, url, plain=plain)
    return cf.assess(read(tables), [from_json(r) for r in records], as_of="2017-03-31", since="2017-03-03")
