"""The same agreements, records and instants give the same bytes, in any process, place and language."""

import os
import subprocess
import sys
from pathlib import Path

import ceasefire as cf
from ceasefire.reporting.sheets import NAMES

ROOT = Path(__file__).parents[1]
SOURCE = Path(cf.__file__).parents[1]

#: Makes every format for two audiences, from the shipped bulletins and from the invented history.
SCRIPT = """
import sys
from pathlib import Path
from attrs import evolve
import ceasefire as cf
from ceasefire.exchange.bulletins import read_bulletins

out, valley, source = map(Path, sys.argv[1:])
three = [cf.agreement(n) for n in ("syria-ceasefire-2016", "syria-astana-2017-01-24", "syria-de-escalation-2017")]
bulletins = read_bulletins(source / "ceasefire" / "data" / "bulletins" / "syria_bulletins_2016_2018.csv")
counts = [evolve(tally, release="public") for tally in bulletins]
made = {
    "syria": cf.assess(three, counts, as_of="2017-05-14", since="2017-05-06", relays=True),
    "valley": cf.assess(
        cf.agreement(valley / "accord.toml"), cf.read_records(valley / "records.jsonl"),
        as_of="2031-03-28", since="2031-03-20",
    ),
}
for name, status in made.items():
    for audience in ("mechanism", "public"):
        report = cf.report(status, audience=audience)
        for suffix in ("md", "html", "json", "xlsx", "csv", "ics"):
            report.save(out / f"{name}-{audience}.{suffix}")
        told = {
            "geojson": report.to_geojson(), "prov": report.to_prov(), "events": report.to_events(hxl=True),
            "mermaid": report.to_mermaid(), "case": "".join(map(report.to_mermaid, report.material.claims)),
        }
        for kind, text in told.items():
            (out / f"{name}-{audience}.{kind}").write_bytes(text.encode())
        (out / f"{name}-{audience}.parquet").write_bytes(report.to_parquet("acts"))
"""
#: Processes that differ in everything a report must not depend on.
PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    {"PYTHONHASHSEED": "random", "TZ": "Asia/Damascus", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
)


def made_in(folder, place):
    """Return the bytes of every report that a process in that place makes."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, folder, ROOT / "examples" / "valley", SOURCE],
        env=os.environ | {"PYTHONPATH": str(SOURCE)} | place,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_processes_that_differ_in_everything_make_the_same_reports(tmp_path):
    """Hash seed, time zone, language and encoding leave no trace in any format."""
    first, *others = (made_in(tmp_path / str(n), place) for n, place in enumerate(PLACES))
    assert len(first) == 4 * (5 + len(NAMES) + 6)
    assert all(b"<svg" in page for name, page in first.items() if name.endswith(".html"))
    for other in others:
        assert other == first


def test_a_report_reads_no_clock(tmp_path, monkeypatch):
    """No day of making is printed unless it is given; then it is, with how to make it again, and nothing else."""
    monkeypatch.chdir(tmp_path)
    status = cf.assess(cf.agreement("syria-de-escalation-2017"), [], as_of="2017-05-14")
    plain, issued = cf.report(status).to_markdown(), cf.report(status, issued="2017-05-20").to_markdown()
    added = [line for line in issued.splitlines() if line not in plain.splitlines()]
    assert len(added) == 2
    assert "issued the end of 20 May" in added[0]
    assert "--issued 2017-05-20T20:59:59.999999Z" in added[1]
