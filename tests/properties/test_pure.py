"""P28: an answer is a function of its input: no clock, no zone, no locale, no hash seed, no process."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

import ceasefire as cf
from ceasefire.testing import agreement_tables, read, records, text

ANSWER = """
import hashlib, json, sys, time
from pathlib import Path

import pendulum  # what it imports reads the year when it is imported, for years of two digits

import ceasefire as cf
from ceasefire import clock


def poisoned(*_):
    raise AssertionError("the clock is read")


clock.now = time.time = time.time_ns = time.localtime = time.gmtime = poisoned
for place in sorted(Path(sys.argv[1]).glob("*.toml")):
    accord = cf.agreement(place)
    status = cf.assess(accord, cf.read_records(place.with_suffix(".jsonl")), as_of="2017-04-03", since="2017-03-30")
    report = cf.report(status)
    said = [json.dumps(status.to_dict()), report.to_markdown(), report.to_json()]
    said += [report.to_html()] if place.stem == "00" else []
    print(place.stem, *(hashlib.sha256(part.encode()).hexdigest() for part in said))
"""


@pytest.fixture(scope="module")
def histories_on_disk(tmp_path_factory):
    """A folder of drawn agreements and records, as files."""
    folder = tmp_path_factory.mktemp("histories")
    drawn = []

    @seed(28)
    @settings(max_examples=60, phases=[Phase.generate], database=None)
    @given(tables=agreement_tables(), data=st.data())
    def draw(tables, data):
        said = data.draw(records(read(tables)))
        if len(said) > 2:
            drawn.append((text(tables), said))

    draw()
    for number, (tables, said) in enumerate(drawn[:20]):
        (folder / f"{number:02}.toml").write_text(tables, encoding="utf-8")
        cf.write_records(folder / f"{number:02}.jsonl", said)
    return folder


def answered(folder, **environment):
    """What another process answers, in another environment."""
    inherited = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    source = str(Path(cf.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", ANSWER, str(folder)],
        env=inherited | {"PYTHONPATH": source, "PYTHONUTF8": "1"} | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert not done.stderr, done.stderr
    return done.stdout


def test_p28_no_clock_zone_locale_process_or_hash_seed_matters(histories_on_disk):
    """No clock is read: another process, hash seed, time zone and locale give the same bytes of answer and report."""
    first = answered(histories_on_disk, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")
    assert len(first.splitlines()) == 20
    other = answered(histories_on_disk, PYTHONHASHSEED="4711", TZ="Pacific/Kiritimati", LC_ALL="tr_TR.UTF-8")
    assert other == first


def test_p28_the_process_of_the_test_answers_the_same(histories_on_disk):
    """What this process answers is what another answers: nothing is left over from what was asked before."""
    place = sorted(histories_on_disk.glob("*.toml"))[1]
    accord, said = cf.agreement(place), cf.read_records(place.with_suffix(".jsonl"))
    answers = [
        json.dumps(cf.assess(accord, said, as_of="2017-04-03", since="2017-03-30").to_dict())
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    there = answered(histories_on_disk, PYTHONHASHSEED="1", TZ="Asia/Damascus", LC_ALL="C.UTF-8")
    assert hashlib.sha256(answers[0].encode()).hexdigest() in there
