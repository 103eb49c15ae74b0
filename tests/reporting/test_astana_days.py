"""The record of the Astana process, day by day from December 2016 to December 2024.

On a sample of days here, on all of them with HYPOTHESIS_PROFILE=thorough. What an assessment says of another day
is what a new one of that day says, and no name stands in a report without a determination beside it.
"""

import os
import re
from datetime import date, timedelta

import ceasefire as cf

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
FIRST, LAST = date(2016, 12, 20), date(2024, 12, 31)
EVERY = [(FIRST + timedelta(n)).isoformat() for n in range((LAST - FIRST).days + 1)]
#: A stride that meets every month and no rhythm of weeks; of them those that are assessed anew, and reported.
WALKED = EVERY if THOROUGH else EVERY[::131]
ANEW = WALKED[::29] if THOROUGH else WALKED[4::11]
#: The days on which something was said: between two of them no report says anything else but its date.
TOLD = sorted({str(record.recorded)[:10] for record in cf.shipped_records("syria-astana")})
REPORTED = [day for day in TOLD if day <= LAST.isoformat()][:: 1 if THOROUGH else 97]
TEXTS = [
    cf.agreement(name) for name in cf.agreements() if name not in ("syria-cessation-2016-02", "unscr-2254")
]


def test_every_day_is_as_a_new_assessment_of_it_says():
    """Days are walked forwards; rows on each, the whole result on a sample of them."""
    records = cf.shipped_records("syria-astana")
    walking = cf.assess(TEXTS, records, as_of=LAST.isoformat(), relays=True)
    for day in WALKED:
        walking = walking.at(day)
        assert not [row for row in walking.lists.commitments if row.breaches], day
        if day in ANEW:
            anew = cf.assess(TEXTS, records, as_of=day, relays=True)
            assert walking.to_dict() == anew.to_dict(), day


def test_no_report_names_anybody_without_a_determination_beside_it():
    """For the mechanism each name stands with whose allegation it is; the public reads no name of a case."""
    records = cf.shipped_records("syria-astana")
    walking = cf.assess(TEXTS, records, as_of=LAST.isoformat(), relays=True)
    for day in REPORTED:
        walking = walking.at(day)
        for audience, beside in (
            ("mechanism", r" \((alleged by [^)]+|by its own account)\)$"),
            ("public", r"^$"),
        ):
            text = cf.report(walking, audience=audience, brief=True).to_markdown()
            for line in re.findall(r"^- Who is named: (.+)$", text, re.MULTILINE):
                named = [
                    one
                    for one in re.split(r"; (?![^(]*\))", line)
                    if not one.startswith(("nobody", "not released"))
                ]
                assert all(re.search(beside, one) for one in named), (day, audience, line)
