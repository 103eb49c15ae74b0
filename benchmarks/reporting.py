"""What a report of many incidents costs: 10,000 of them with their findings, and a year of bulletins.

Measured in processor time, each format in a process of its own: the report with HTML after the
assessment, once with the lists of the assessment still to be made and once with them made; Markdown
and, where the library has it, PDF from the report.
"""

from __future__ import annotations

import argparse
import json
from datetime import date, timedelta
from time import process_time
from typing import TYPE_CHECKING, Any

import ceasefire as cf
from ceasefire.record import from_json
from measuring import Line, in_its_own_process, show
from synthetic import AS_OF, agreements, records

if TYPE_CHECKING:
    from ceasefire.record import Record

SIZE = 10_000
SINCE = "2018-05-02"
#: Of a hundred records of the synthetic history, 46 are incidents.
_RECORDS = 2.2
_MEGABYTE = 1_000_000


def history(incidents: int) -> list[Record]:
    """Return so many incidents with the findings on them, and a year of daily counts of two sides."""
    several = [r for r in records(int(incidents * _RECORDS) + 2) if r.kind in ("incident", "finding")]
    chosen = {r.own_id for r in [r for r in several if r.kind == "incident"][:incidents]}
    held = [r for r in several if r.own_id in chosen or getattr(r, "on", None) in chosen]
    return [*held, *map(from_json, _bulletins())]


def _bulletins() -> list[dict[str, Any]]:
    first = date.fromisoformat(SINCE)
    return [
        {
            "kind": "tally",
            "id": f"{side}/b{day}",
            "by": side,
            "recorded": "2019-04-01T00:00:00Z",
            "period": str(first + timedelta(days=day)),
            "count": day * 7 % 19,
            "unit": "cases",
        }
        for day in range(365)
        for side in ("russia", "turkey")
    ]


def status(incidents: int) -> cf.Assessment:
    """Return the assessment of such a history, with a year as its period."""
    return cf.assess(agreements(), history(incidents), as_of=AS_OF, since=SINCE)


def alone(what: str, incidents: int) -> dict[str, float]:
    """Return the seconds that one thing takes, and the megabytes of what it writes."""
    assessed = status(incidents)
    if what != "first":
        assessed.to_dict()  # what it lays out is made, and kept
    begun = process_time()
    made = cf.report(assessed)
    if what not in ("first", "html"):
        begun = process_time()
    write = {"md": "to_markdown", "pdf": "to_pdf"}.get(what, "to_html")
    written = getattr(made, write)()
    return {"seconds": process_time() - begun, "size": len(_bytes(written)) / _MEGABYTE}


def _bytes(written: str | bytes) -> bytes:
    return written.encode() if isinstance(written, str) else written


def lines(incidents: int) -> list[Line]:
    """Return what each format costs."""
    wanted = [
        ("first", "report and HTML after the assessment", 1.0, "200 cases, and two assessments compared"),
        ("html", "the same, the lists made before", 1.0, "the instant before the period is assessed, too"),
        ("md", "Markdown of the report", 0.3, "a line and its escaping for each row that is printed"),
    ]
    if hasattr(cf.StatusReport, "to_pdf"):
        wanted.append(("pdf", "PDF of the report", 3.0, "JSON of what is attached, and typst"))
    found = []
    for what, name, goal, limit in wanted:
        run = in_its_own_process(__file__, what, str(incidents))
        seconds, size = run["seconds"], run["size"]
        met = seconds <= goal and (what not in ("first", "html") or size <= 5)
        figure = f"{seconds:.2f} s, {size:.1f} MB"
        found.append(Line(f"{name}, {incidents:,} incidents", figure, f"≤ {goal} s", met, limit))
    return found


def main(arguments: Any = None) -> None:
    """Measure everything, and print each line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("size", nargs="?", type=int, default=SIZE)
    parser.add_argument("--alone", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.alone:
        what, size = asked.alone
        print(json.dumps(alone(what, int(size))))
        return
    show(lines(min(asked.size, SIZE)))


if __name__ == "__main__":
    main()
